//! What the last build of a site was made from, kept in `.parkpress/last/` for the next change report. It may be deleted
//! at any time; it is never published.
//!
//! The texts are kept, not the pages: the next report reads them as it reads the new ones, so that both sides are
//! understood alike. Of other files it keeps path and size, and of those that are published a digest.

use crate::diagnostic::SitePath;
use crate::project::{Blob, BlobSource, Snapshot};
use crate::resolve::{Catalog, MediaOut};
use crate::source::hex;
use rayon::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

/// How much is handed to the disk at once, in bytes.
const BUFFER: usize = 1 << 18;

/// What is kept of the builds of one output folder.
#[derive(Debug)]
pub struct Last {
    folder: PathBuf,
    name: String,
}

/// An earlier build.
#[derive(Debug)]
pub struct Kept {
    /// What it was made from.
    pub snapshot: Snapshot,
    /// Its instant, with its zone.
    pub at: String,
    /// The digests of the pictures and attachments that it published.
    pub media: Digests,
}

/// Files by the digest of their bytes.
pub type Digests = BTreeMap<SitePath, String>;

/// The digests of everything that a site publishes as it is. Pictures were looked at and have theirs; a file that cannot
/// be read is told by whoever copies it.
pub fn digests(catalog: &Catalog) -> Digests {
    let digest = |(file, media): (&SitePath, &MediaOut)| {
        let digest = match &media.image {
            Some(facts) => facts.digest.clone(),
            None => hex(&Sha256::digest(media.blob.read().ok()?)),
        };
        Some((file.clone(), digest))
    };
    catalog.media.par_iter().filter_map(digest).collect()
}

/// The name of what a build is made from: its texts, and the bytes of what it publishes.
pub fn name(catalog: &Catalog, media: &Digests) -> String {
    let whole = media.iter().fold(Sha256::new().chain_update(&catalog.digest), |hash, (file, digest)| {
        hash.chain_update(file.as_str()).chain_update([0]).chain_update(digest).chain_update([0])
    });
    hex(&whole.finalize())
}

impl Last {
    /// Of a site and the folder it is written to. A preview with drafts has a past of its own.
    pub fn of(root: &Path, out: &Path, drafts: bool) -> Last {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let place = out.strip_prefix(&root).unwrap_or(out).to_string_lossy().replace('\\', "/");
        let digest = hex(&Sha256::new().chain_update(place).chain_update([0, u8::from(drafts)]).finalize());
        Last { folder: root.join(".parkpress/last"), name: digest.chars().take(16).collect() }
    }

    /// The earlier build, if it is known and whole.
    pub fn read(&self) -> Option<Kept> {
        let head: Value = serde_json::from_slice(&fs::read(self.folder.join(format!("{}.json", self.name))).ok()?).ok()?;
        let bundle = fs::read(self.bundle(head["content"].as_str()?)).ok()?;
        let end = bundle.iter().position(|byte| *byte == b'\n')?;
        let index: Value = serde_json::from_slice(&bundle[..end]).ok()?;
        let mut snapshot = Snapshot::default();
        let mut at = end + 1;
        for (path, size) in index["texts"].as_object()? {
            let next = at.checked_add(usize::try_from(size.as_u64()?).ok()?)?;
            snapshot.texts.insert(SitePath::new(path), bundle.get(at..next)?.into());
            at = next;
        }
        for (path, size) in index["files"].as_object()? {
            let blob = Blob::new(BlobSource::Memory(Arc::from([])), size.as_u64()?, 0);
            snapshot.blobs.insert(SitePath::new(path), blob);
        }
        // A build before this was kept has none; then sizes are compared.
        let media = index["media"].as_object().into_iter().flatten();
        let media = media.map(|(path, digest)| (SitePath::new(path), digest.as_str().unwrap_or_default().to_string())).collect();
        Some(Kept { snapshot, at: head["at"].as_str()?.to_string(), media })
    }

    /// Writes down what a build is made from, while it is being made; [`Last::keep`] makes it the last one. A disk that is
    /// full only costs the next report: nothing is said.
    pub fn prepare(&self, snapshot: Snapshot, media: Digests, content: &str) -> Writing {
        let (folder, place) = (self.folder.clone(), self.bundle(content));
        // A machine that has no thread left has none for a report either.
        Writing(std::thread::Builder::new().spawn(move || write(&folder, &place, &snapshot, &media)).ok())
    }

    /// A build was published: the next report compares with it. What no build needs any more is removed.
    pub fn keep(&self, writing: Writing, content: &str, at: &str) {
        drop(writing);
        let head = format!("{}\n", json!({"content": content, "at": at}));
        put(&self.folder.join(format!("{}.json", self.name)), std::iter::once(head.as_bytes()));
        let entries = || fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let head = |path: &Path| -> Option<String> {
            let head: Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
            Some(head["content"].as_str()?.to_string())
        };
        let needed: BTreeSet<PathBuf> = entries()
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            .filter_map(|path| head(&path))
            .map(|content| self.bundle(&content))
            .collect();
        for path in entries().filter(|path| path.extension().is_none_or(|ending| ending != "json") && !needed.contains(path)) {
            let _ = fs::remove_file(path);
        }
    }

    fn bundle(&self, content: &str) -> PathBuf {
        // The name comes from a file that somebody may have edited.
        let name: String = content.chars().filter(char::is_ascii_alphanumeric).collect();
        self.folder.join(format!("{name}.texts"))
    }
}

/// What [`Last::prepare`] does beside the build; it ends before this does.
#[derive(Debug)]
pub struct Writing(Option<JoinHandle<()>>);

impl Drop for Writing {
    fn drop(&mut self) {
        // A panic there only costs the next report.
        let _ = self.0.take().map(JoinHandle::join);
    }
}

fn write(folder: &Path, place: &Path, snapshot: &Snapshot, media: &Digests) {
    let Some(above) = folder.parent() else { return };
    if fs::create_dir_all(folder).is_err() {
        return;
    }
    // A site is often kept in git; its past is there already.
    let _ = fs::write(above.join(".gitignore"), "*\n");
    let texts: serde_json::Map<String, Value> = snapshot.texts.iter().map(|(path, text)| (path.to_string(), text.len().into())).collect();
    let files: serde_json::Map<String, Value> = snapshot.blobs.iter().map(|(path, blob)| (path.to_string(), blob.bytes.into())).collect();
    let media: serde_json::Map<String, Value> = media.iter().map(|(path, digest)| (path.to_string(), digest.as_str().into())).collect();
    let head = format!("{}\n", json!({"texts": texts, "files": files, "media": media}));
    let size = head.len() + snapshot.texts.values().map(|text| text.len()).sum::<usize>();
    // The name is the digest of the content: a whole file of this name needs no second writing.
    if fs::metadata(place).is_ok_and(|known| known.len() == size as u64) {
        return;
    }
    put(place, std::iter::once(head.as_bytes()).chain(snapshot.texts.values().map(|text| &**text)));
}

/// Writes the report for the person who signs, and its style, below `.parkpress/report/`; gives the place of the page.
pub fn report(root: &Path, page: &str, style: &str) -> Result<PathBuf, super::Failure> {
    let folder = root.join(".parkpress/report");
    fs::create_dir_all(&folder).map_err(|error| super::Failure::io(&folder, &error))?;
    let _ = fs::write(root.join(".parkpress/.gitignore"), "*\n");
    for (name, text) in [("report.css", style), ("report.html", page)] {
        let place = folder.join(name);
        fs::write(&place, text).map_err(|error| super::Failure::io(&place, &error))?;
    }
    Ok(folder.join("report.html"))
}

fn put<'a>(place: &Path, mut pieces: impl Iterator<Item = &'a [u8]>) {
    let own = place.with_extension(format!("{}.tmp", std::process::id()));
    let written = fs::File::create(&own).and_then(|file| {
        let mut file = BufWriter::with_capacity(BUFFER, file);
        pieces.try_for_each(|piece| file.write_all(piece))?;
        file.flush()
    });
    if written.is_err() || fs::rename(&own, place).is_err() {
        let _ = fs::remove_file(&own);
    }
}
