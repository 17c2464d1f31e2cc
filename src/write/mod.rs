//! WRITE: bytes → one atomic exchange of the site. The only module that writes it.
//!
//! In: items as they are rendered. Out: the new site in place of the old one, all or nothing. Never: deletes what an
//! earlier build of this site did not write, follows a link out of the site, or leaves a mixed site behind.
//!
//! A [`Stage`] is a sibling folder. Unchanged files are hard links to the old site's, so they keep their time stamps.
//! `edit` changes files of the content, `history` keeps what they said. `kit` puts the pieces of one record somewhere. [`Cache`] keeps pictures between builds, [`Last`] what the last build was made from. `guard` refuses dangerous places, `exchange` swaps, `manifest` remembers what was written.

mod cache;
mod edit;
mod exchange;
mod guard;
pub mod history;
mod kit;
mod last;
mod ledger;
mod manifest;
mod platform;

pub use cache::Cache;
pub use edit::edit;
pub use exchange::rollback;
pub use guard::FOLDER;
pub use kit::kit;
pub use last::{Digests, Last, digests, name, report};
pub use ledger::append;
pub use platform::let_run;

#[cfg(test)]
mod tests;

use crate::diagnostic::{Said, failed, said};
use crate::source::hex;
use manifest::Manifest;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Where a site goes.
#[derive(Debug, Clone)]
pub struct Target {
    /// The root of the site that is built.
    pub root: PathBuf,
    /// The folder that will hold the finished site.
    pub out: PathBuf,
    /// How many earlier sites are kept for `rollback`.
    pub keep: usize,
    /// What it holds where that is no site: the name of a kit. Nothing takes the place of something else.
    pub kit: Option<String>,
}

/// Why nothing was written.
#[derive(Debug)]
pub struct Failure {
    /// A stable word.
    pub code: &'static str,
    /// What happened.
    pub message: Said,
    /// What to do.
    pub hint: Option<Said>,
    /// 2 for a refusal, 3 when the machine failed.
    pub exit: u8,
}

impl Failure {
    fn io(what: &Path, error: &std::io::Error) -> Failure {
        let shown = what.display().to_string().replace('\\', "/");
        let message = failed(format!("写不了“{shown}”"), format!("Cannot write “{shown}”"), error);
        Failure {
            code: "write-failed",
            message,
            hint: Some(said("检查磁盘空间和权限；原来的网站没有变。", "Check space and permissions; the old site is unchanged.")),
            exit: 3,
        }
    }
}

/// What a build did to the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files of the old site that are gone.
    pub removed: usize,
    /// Files that somebody else put there; they were kept.
    pub foreign: Vec<String>,
    /// The size of the site in bytes.
    pub bytes: u64,
}

/// A site in the making, beside the old one.
#[derive(Debug)]
pub struct Stage {
    target: Target,
    folder: PathBuf,
    old: Manifest,
    made: Mutex<Made>,
    folders: Mutex<HashSet<String>>,
    _lock: fs::File,
    done: bool,
}

#[derive(Debug, Default)]
struct Made {
    files: BTreeMap<String, String>,
    /// Lower-case paths: some systems cannot tell `A` from `a`.
    folded: BTreeSet<String>,
    receipt: Receipt,
    /// Files that are here for one generation only.
    kept: BTreeSet<String>,
}

impl Stage {
    /// Checks the place, takes the lock, finishes or clears what a killed build left, and opens an empty stage.
    pub fn open(target: &Target) -> Result<Stage, Failure> {
        let target = guard::check(target)?;
        let lock = exchange::lock(&target)?;
        exchange::recover(&target)?;
        let folder = exchange::stage_folder(&target);
        exchange::clear(&folder)?;
        fs::create_dir_all(&folder).map_err(|error| Failure::io(&folder, &error))?;
        let old = Manifest::read(&exchange::live(&target))?.unwrap_or_default();
        // The mark comes first, so that a killed build can be told from somebody's folder.
        Manifest { kit: target.kit.clone(), ..Manifest::default() }.write(&folder)?;
        Ok(Stage { target, folder, old, made: Mutex::default(), folders: Mutex::default(), _lock: lock, done: false })
    }

    /// Adds a file. The path uses `/` and lies below the site.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let hash = hex(&Sha256::digest(bytes));
        let place = self.place(path)?;
        let unchanged = self.reuse(path, &hash, bytes, &place);
        if !unchanged {
            fs::write(&place, bytes).map_err(|error| Failure::io(&place, &error))?;
        }
        self.note(path, hash, bytes.len() as u64, unchanged)
    }

    /// Adds a file of the content by copying it.
    pub fn put_file(&self, path: &str, source: &Path) -> Result<(), Failure> {
        let bytes = fs::read(source).map_err(|error| Failure::io(source, &error))?;
        self.put(path, &bytes)
    }

    /// Keeps a file of the old site for one generation, so that pages still open in a browser find their styles.
    pub fn retain(&self, path: &str) -> Result<(), Failure> {
        let Some(hash) = self.old.files.get(path).filter(|_| !self.old.kept.contains(path)).cloned() else { return Ok(()) };
        if self.made().files.contains_key(path) {
            return Ok(());
        }
        let source = exchange::live(&self.target).join(path);
        let place = self.place(path)?;
        if source.is_file() && !source.is_symlink() && fs::read(&source).is_ok_and(|bytes| hex(&Sha256::digest(bytes)) == hash) {
            platform::link_or_copy(&source, &place).map_err(|error| Failure::io(&place, &error))?;
            let size = fs::metadata(&place).map_or(0, |data| data.len());
            self.note(path, hash, size, true)?;
            self.made().kept.insert(path.to_string());
        }
        Ok(())
    }

    /// The files of the old site whose path begins so.
    pub fn old_files(&self, prefix: &str) -> Vec<String> {
        self.old.files.keys().filter(|path| path.starts_with(prefix)).cloned().collect()
    }

    /// Puts the new site in the place of the old one.
    pub fn commit(mut self) -> Result<Receipt, Failure> {
        let live = exchange::live(&self.target);
        let made = std::mem::take(&mut *self.made());
        let mut receipt = made.receipt;
        receipt.removed = self.old.files.keys().filter(|path| !made.files.contains_key(*path)).count();
        receipt.foreign = self.carry_foreign(&live, &made.files)?;
        Manifest { files: made.files, kept: made.kept, kit: self.target.kit.clone() }.write(&self.folder)?;
        exchange::swap(&self.target, &self.folder)?;
        self.done = true;
        Ok(receipt)
    }

    fn made(&self) -> std::sync::MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The place of a path in the stage, with its folders made.
    fn place(&self, path: &str) -> Result<PathBuf, Failure> {
        guard::check_path(path)?;
        if let Some((folder, _)) = path.rsplit_once('/') {
            // The lock is not held while the disk works: making a folder twice does no harm.
            let known = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
            let made = known().contains(folder);
            if !made {
                let place = self.folder.join(folder);
                fs::create_dir_all(&place).map_err(|error| Failure::io(&place, &error))?;
                known().insert(folder.to_string());
            }
        }
        Ok(self.folder.join(path))
    }

    /// Takes the old site's file where it has the same bytes, not only the same record: somebody may have changed it since.
    fn reuse(&self, path: &str, hash: &str, bytes: &[u8], place: &Path) -> bool {
        if self.old.files.get(path).map(String::as_str) != Some(hash) {
            return false;
        }
        let source = exchange::live(&self.target).join(path);
        let like = fs::symlink_metadata(&source).is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64);
        let same = like && fs::read(&source).is_ok_and(|old| old == bytes);
        same && platform::link_or_copy(&source, place).is_ok()
    }

    fn note(&self, path: &str, hash: String, size: u64, unchanged: bool) -> Result<(), Failure> {
        let mut made = self.made();
        if !made.folded.insert(path.to_lowercase()) {
            return Err(Failure {
                code: "path-twice",
                message: said(
                    format!("有两个文件要写到“{path}”（大小写不同也算相同）。"),
                    format!("Two files want the path “{path}” (case is ignored)."),
                ),
                hint: None,
                exit: 1,
            });
        }
        made.files.insert(path.to_string(), hash);
        made.receipt.bytes += size;
        if unchanged {
            made.receipt.unchanged += 1;
        } else {
            made.receipt.written += 1;
        }
        Ok(())
    }

    /// Carries over what somebody else put into the folder. Links are not followed and not copied.
    fn carry_foreign(&self, live: &Path, made: &BTreeMap<String, String>) -> Result<Vec<String>, Failure> {
        let mut foreign = Vec::new();
        if !live.is_dir() {
            return Ok(foreign);
        }
        for entry in walkdir::WalkDir::new(live).follow_links(false).sort_by_file_name().into_iter().flatten() {
            let Ok(inside) = entry.path().strip_prefix(live) else { continue };
            let path = inside.to_string_lossy().replace('\\', "/");
            if !entry.file_type().is_file() || path == manifest::NAME || self.old.files.contains_key(&path) || made.contains_key(&path) {
                continue;
            }
            if made.keys().any(|known| known.starts_with(&format!("{path}/"))) {
                continue;
            }
            let place = self.folder.join(inside);
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
            }
            platform::link_or_copy(entry.path(), &place).map_err(|error| Failure::io(&place, &error))?;
            foreign.push(path);
        }
        Ok(foreign)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.done {
            // A failed build leaves nothing; what cannot be removed now the next build clears.
            let _ = exchange::clear(&self.folder);
        }
    }
}
