//! LOAD: disk → [`Snapshot`]. The only module that reads the content of a site.
//!
//! In: the root of a site. Out: the bytes of every text and the list of every other file. Never: decodes, parses,
//! follows a link, or looks outside the root.

mod embedded;
mod load;

pub use embedded::{embedded_starter, embedded_theme, is_embedded};
pub use load::{discover, load, load_below};

use crate::diagnostic::{Said, SitePath, failed};
use crate::picture;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// Everything the build may look at. The same snapshot at the same instant gives the same bytes.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// `content/**` and `themes/**` with a text ending: undecoded bytes.
    pub texts: BTreeMap<SitePath, Arc<[u8]>>,
    /// Every other file below `content/` and `themes/`.
    pub blobs: BTreeMap<SitePath, Blob>,
}

/// A file that is copied, not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Where its bytes are.
    pub source: BlobSource,
    /// Size in bytes.
    pub bytes: u64,
    /// When the disk says that it was changed, in nanoseconds; 0 in memory. Only ever compared, never published.
    changed: u128,
    /// What it is as an image, once somebody has asked.
    looked: Arc<OnceLock<Result<picture::Facts, picture::Trouble>>>,
}

/// Where the bytes of a blob are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobSource {
    /// On disk.
    Disk(PathBuf),
    /// In memory (tests, embedded theme files).
    Memory(Arc<[u8]>),
}

impl Blob {
    /// A blob at its place.
    pub fn new(source: BlobSource, bytes: u64, changed: u128) -> Blob {
        Blob { source, bytes, changed, looked: Arc::default() }
    }
    /// A blob in memory.
    pub fn in_memory(bytes: Arc<[u8]>) -> Blob {
        let size = bytes.len() as u64;
        Blob::new(BlobSource::Memory(bytes), size, 0)
    }
    /// What it is as an image. The bytes are read once, whoever asks.
    pub fn picture(&self, ending: &str) -> Result<&Result<picture::Facts, picture::Trouble>, Failure> {
        if let Some(looked) = self.looked.get() {
            return Ok(looked);
        }
        let bytes = self.read()?;
        Ok(self.looked.get_or_init(|| picture::look(ending, &bytes)))
    }
    /// Reads the bytes.
    pub fn read(&self) -> Result<Arc<[u8]>, Failure> {
        match &self.source {
            BlobSource::Memory(bytes) => Ok(bytes.clone()),
            BlobSource::Disk(path) => std::fs::read(path).map(Into::into).map_err(|error| Failure::reading(path, error)),
        }
    }
}

/// The machine failed, not the content: exit code 3.
#[derive(Debug)]
pub struct Failure {
    /// What was being done to which file, with the system's reason.
    pub message: Said,
}

impl Failure {
    /// A file or folder could not be read.
    pub fn reading(path: &std::path::Path, error: std::io::Error) -> Failure {
        let shown = path.display().to_string().replace('\\', "/");
        Failure { message: failed(format!("读不到“{shown}”"), format!("Cannot read “{shown}”"), &error) }
    }
}

impl Snapshot {
    /// A snapshot from texts, for tests and for sites that live in memory.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Snapshot {
        let mut snapshot = Snapshot::default();
        for (path, bytes) in texts {
            snapshot.insert(SitePath::new(path), bytes.into());
        }
        snapshot
    }
    /// Adds one file, as a text or a blob by its ending.
    pub fn insert(&mut self, path: SitePath, bytes: Arc<[u8]>) {
        if is_text(&path) {
            self.texts.insert(path, bytes);
        } else {
            self.blobs.insert(path, Blob::in_memory(bytes));
        }
    }
    /// Takes over what an earlier snapshot knows of files that have not changed since, so that `serve` reads a photo once.
    pub fn remember(&mut self, earlier: &Snapshot) {
        for (path, blob) in &mut self.blobs {
            if let Some(known) = earlier.blobs.get(path)
                && (&known.source, known.bytes, known.changed) == (&blob.source, blob.bytes, blob.changed)
            {
                blob.looked = known.looked.clone();
            }
        }
    }
}

/// Is this a file that the build reads instead of copying it? Content texts, and every file of a theme's grammar.
pub fn is_text(path: &SitePath) -> bool {
    let ending = path.extension();
    match path.as_str().split('/').next() {
        // The ledgers of the review are lines of JSON.
        Some("content") if ending == "jsonl" => path.as_str().starts_with("content/_review/"),
        Some("content") => matches!(ending.as_str(), "md" | "markdown" | "yaml" | "yml" | "csv"),
        Some("themes") => matches!(ending.as_str(), "html" | "yaml" | "yml" | "css" | "js" | "xml" | "svg" | "txt"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Blob, BlobSource, Snapshot, picture};
    use crate::diagnostic::SitePath;
    use std::path::PathBuf;

    #[test]
    fn an_image_is_read_again_only_when_it_has_changed() {
        let path = SitePath::new("content/media/a.png");
        let snapshot = |changed: u128| {
            let mut snapshot = Snapshot::default();
            // No such file: whoever reads it fails.
            snapshot.blobs.insert(path.clone(), Blob::new(BlobSource::Disk(PathBuf::from("there is no such file")), 5, changed));
            snapshot
        };
        let earlier = snapshot(7);
        assert!(earlier.blobs[&path].looked.set(Err(picture::Trouble::Broken)).is_ok());
        let (mut same, mut other) = (snapshot(7), snapshot(8));
        same.remember(&earlier);
        other.remember(&earlier);
        assert!(matches!(same.blobs[&path].picture("png"), Ok(Err(picture::Trouble::Broken))));
        assert!(other.blobs[&path].picture("png").is_err());
    }
}
