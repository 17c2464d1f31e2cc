//! Walks a site's folder. Regular files only: links, pipes and devices are named and left alone.

use super::{Blob, BlobSource, Failure, Snapshot, is_text};
use crate::diagnostic::{Diagnostics, SitePath, messages};
use crate::source::encoding::LARGEST;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

type Bytes = Arc<[u8]>;

/// The root of the site that contains `from`: the nearest folder upwards with `content/site.yaml`.
pub fn discover(from: &Path) -> Option<PathBuf> {
    from.ancestors().find(|folder| folder.join("content/site.yaml").is_file()).map(Path::to_path_buf)
}

/// Loads a site: every text under `content/` and `themes/` into memory, every other file by name and size.
pub fn load(root: &Path) -> Result<(Snapshot, Diagnostics), Failure> {
    let mut diagnostics = Diagnostics::new();
    let mut files: Vec<(SitePath, PathBuf)> = Vec::new();
    for top in ["content", "themes"] {
        walk(root, top, &mut files, &mut diagnostics)?;
    }
    let read: Result<Vec<(SitePath, Loaded)>, Failure> =
        files.into_par_iter().map(|(path, disk)| one(&path, disk).map(|loaded| (path, loaded))).collect();
    let mut snapshot = Snapshot::default();
    for (path, loaded) in read? {
        match loaded {
            Loaded::Text(bytes) => {
                snapshot.texts.insert(path, bytes);
            }
            Loaded::Blob(blob) => {
                snapshot.blobs.insert(path, blob);
            }
            Loaded::Huge(bytes) => {
                diagnostics.push(messages::source::file_too_large(&path, usize::try_from(bytes).unwrap_or(usize::MAX), LARGEST));
            }
        }
    }
    Ok((snapshot, diagnostics))
}

/// What a file is to a site.
enum Loaded {
    Text(Bytes),
    Blob(Blob),
    /// A text that is too large, in bytes: it is not even read.
    Huge(u64),
}

fn one(path: &SitePath, disk: PathBuf) -> Result<Loaded, Failure> {
    let failed = |error| Failure::reading(&disk, error);
    let data = std::fs::symlink_metadata(&disk).map_err(failed)?;
    let large = usize::try_from(data.len()).map_or(true, |bytes| bytes > LARGEST);
    // A large table among the media is an attachment.
    if !is_text(path) || large && path.as_str().starts_with("content/media/") {
        let changed = data.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok()).map_or(0, |age| age.as_nanos());
        return Ok(Loaded::Blob(Blob::new(BlobSource::Disk(disk), data.len(), changed)));
    }
    if large {
        return Ok(Loaded::Huge(data.len()));
    }
    Ok(Loaded::Text(std::fs::read(&disk).map_err(failed)?.into()))
}

/// Loads a site in a folder of another one; `None` where there is none, or where the folder leads out of the other.
pub fn load_below(root: &Path, folder: &str) -> Result<Option<(Snapshot, Diagnostics)>, Failure> {
    let below = root.join(folder);
    let inside = root.canonicalize().ok().zip(below.canonicalize().ok()).is_some_and(|(root, real)| real != root && real.starts_with(root));
    let is_site = inside && below.join("content/site.yaml").is_file();
    is_site.then(|| load(&below)).transpose()
}

fn walk(root: &Path, top: &str, files: &mut Vec<(SitePath, PathBuf)>, diagnostics: &mut Diagnostics) -> Result<(), Failure> {
    let folder = root.join(top);
    // A walk would go through a link at its own beginning.
    if folder.is_symlink() {
        diagnostics.push(messages::read::file_not_regular(&SitePath::new(top), true));
        return Ok(());
    }
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in WalkDir::new(&folder).follow_links(false).sort_by_file_name().into_iter().filter_entry(|entry| !is_junk(entry)) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(&folder).to_path_buf();
            Failure::reading(&path, error.into())
        })?;
        let Ok(inside) = entry.path().strip_prefix(root) else { continue };
        let path = SitePath::new(&inside.to_string_lossy());
        let kind = entry.file_type();
        if kind.is_dir() {
            continue;
        }
        if !kind.is_file() {
            diagnostics.push(messages::read::file_not_regular(&path, kind.is_symlink()));
            continue;
        }
        files.push((path, entry.into_path()));
    }
    Ok(())
}

/// Files that offices and editors leave behind. They are never content.
fn is_junk(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() > 0 && (name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || is_leftover(&name.to_ascii_lowercase()))
}

fn is_leftover(name: &str) -> bool {
    matches!(name, "thumbs.db" | "desktop.ini") || [".bak", ".tmp", ".swp", ".orig"].iter().any(|ending| name.ends_with(ending))
}
