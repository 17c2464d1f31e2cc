//! The exchange of the old site and the new one, the lock, the journal, and the way back.

use super::manifest::{Manifest, NAME};
use super::{Failure, Receipt, Target, guard, platform};
use crate::diagnostic::said;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder beside the site: `.public.parkpress-<word>`.
fn sibling(out: &Path, word: &str) -> PathBuf {
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    out.with_file_name(format!(".{name}.parkpress-{word}"))
}

/// Is the folder a mount point, which cannot be renamed? Then the site lives in `current` inside it.
fn is_mount(target: &Target) -> bool {
    target.out.join("current").join(NAME).is_file()
}

/// The folder that holds the site.
pub fn live(target: &Target) -> PathBuf {
    if is_mount(target) { target.out.join("current") } else { target.out.clone() }
}

/// The folder in which the new site is made.
pub fn stage_folder(target: &Target) -> PathBuf {
    sibling(&live(target), "stage")
}

fn previous(target: &Target, number: usize) -> PathBuf {
    sibling(&live(target), &format!("previous-{number}"))
}

fn journal(target: &Target) -> PathBuf {
    sibling(&live(target), "journal")
}

/// Takes the lock of the site; the system releases it when the process ends, however it ends.
pub fn lock(target: &Target) -> Result<fs::File, Failure> {
    let folder = target.root.join(".parkpress");
    fs::create_dir_all(&folder).map_err(|error| Failure::io(&folder, &error))?;
    let path = folder.join("lock");
    let file = fs::File::create(&path).map_err(|error| Failure::io(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Failure {
            code: "build-running",
            message: said("这个网站正在被另一个构建写入。", "Another build of this site is running."),
            hint: Some(said("等它结束后再试。", "Try again when it has ended.")),
            exit: 2,
        }),
        Err(fs::TryLockError::Error(error)) => Err(Failure::io(&path, &error)),
    }
}

/// Removes a folder beside the site, if it carries our mark.
pub fn clear(folder: &Path) -> Result<(), Failure> {
    if !folder.exists() {
        return Ok(());
    }
    let empty = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if folder.is_symlink() || !folder.join(NAME).is_file() && !empty {
        return Err(Failure {
            code: "stage-not-ours",
            message: said(
                format!("“{}”不是本工具留下的，不敢删除。", folder.display()),
                format!("“{}” was not left by this tool and is not touched.", folder.display()),
            ),
            hint: Some(said("移走它再构建。", "Move it away and build again.")),
            exit: 2,
        });
    }
    let failed = |error: std::io::Error| Failure::io(folder, &error);
    for path in mark_last(fs::read_dir(folder).map_err(failed)?.flatten().map(|entry| entry.path())) {
        if path.is_dir() && !path.is_symlink() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.map_err(failed)?;
    }
    fs::remove_dir(folder).map_err(failed)
}

/// The order in which a folder is cleared: a build killed on the way must not leave a folder without its mark, which
/// nobody dares to touch.
fn mark_last(entries: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = entries.collect();
    paths.sort_by_key(|path| path.ends_with(NAME));
    paths
}

/// Finishes an exchange by renaming that was cut off between its two steps.
pub fn recover(target: &Target) -> Result<(), Failure> {
    let note = journal(target);
    if !note.exists() {
        return Ok(());
    }
    let (live, old) = (live(target), sibling(&live(target), "old"));
    if !live.exists() && old.exists() {
        fs::rename(&old, &live).map_err(|error| Failure::io(&live, &error))?;
    }
    clear(&old)?;
    fs::remove_file(&note).map_err(|error| Failure::io(&note, &error))
}

/// Puts the stage in the place of the site. Afterwards the old site is kept or removed.
pub fn swap(target: &Target, stage: &Path) -> Result<(), Failure> {
    let live = live(target);
    let failed = |error: std::io::Error| Failure::io(&live, &error);
    if !live.exists() {
        if let Some(parent) = live.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        return fs::rename(stage, &live).map_err(failed);
    }
    let old = match platform::exchange(stage, &live) {
        Ok(true) => stage.to_path_buf(),
        Ok(false) => rename_with_journal(target, stage, &live)?,
        // A mount point is busy: the site moves into a folder inside it.
        Err(error) if error.kind() == std::io::ErrorKind::ResourceBusy || error.kind() == std::io::ErrorKind::CrossesDevices => {
            return into_mount(&live, stage);
        }
        Err(error) => return Err(failed(error)),
    };
    keep(target, &old)
}

/// Two renames with a note between them, for systems that cannot exchange.
fn rename_with_journal(target: &Target, stage: &Path, live: &Path) -> Result<PathBuf, Failure> {
    let (note, old) = (journal(target), sibling(live, "old"));
    clear(&old)?;
    fs::write(&note, "exchange\n").map_err(|error| Failure::io(&note, &error))?;
    fs::rename(live, &old).map_err(|error| Failure::io(live, &error))?;
    if let Err(error) = fs::rename(stage, live) {
        // Back to where we were.
        let _ = fs::rename(&old, live);
        let _ = fs::remove_file(&note);
        return Err(Failure::io(live, &error));
    }
    fs::remove_file(&note).map_err(|error| Failure::io(&note, &error))?;
    Ok(old)
}

fn into_mount(out: &Path, stage: &Path) -> Result<(), Failure> {
    let current = out.join("current");
    let failed = |error: std::io::Error| Failure::io(&current, &error);
    let making = out.join(".current.parkpress-stage");
    clear(&making)?;
    for entry in walkdir::WalkDir::new(stage).follow_links(false).into_iter().flatten() {
        let Ok(inside) = entry.path().strip_prefix(stage) else { continue };
        let place = making.join(inside);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&place).map_err(failed)?;
        } else {
            fs::copy(entry.path(), &place).map_err(failed)?;
        }
    }
    if current.exists() {
        if platform::exchange(&making, &current).map_err(failed)? {
            return clear(&making);
        }
        fs::remove_dir_all(&current).map_err(failed)?;
    }
    fs::rename(&making, &current).map_err(failed)?;
    clear(stage)
}

/// Keeps the old site as the newest of the earlier ones, or removes it with them: an earlier site that is not the one
/// before would bring back what was withdrawn since.
fn keep(target: &Target, old: &Path) -> Result<(), Failure> {
    let mut last = 1;
    while previous(target, last).exists() {
        last += 1;
    }
    for number in (1..last).rev() {
        let folder = previous(target, number);
        if number >= target.keep {
            clear(&folder)?;
        } else {
            let next = previous(target, number + 1);
            fs::rename(&folder, &next).map_err(|error| Failure::io(&next, &error))?;
        }
    }
    if target.keep == 0 {
        return clear(old);
    }
    let first = previous(target, 1);
    fs::rename(old, &first).map_err(|error| Failure::io(&first, &error))
}

/// Brings back the newest of the earlier sites; the present one takes its place, so that a second call undoes the first.
pub fn rollback(target: &Target) -> Result<Receipt, Failure> {
    let target = guard::check(target)?;
    let _lock = lock(&target)?;
    recover(&target)?;
    let (live, first) = (live(&target), previous(&target, 1));
    let Some(manifest) = Manifest::read(&first)? else {
        return Err(Failure {
            code: "nothing-to-roll-back",
            message: said("没有保留以前的网站。", "No earlier site was kept."),
            hint: Some(said("构建时加 --keep 1 会保留上一次的网站。", "Build with --keep 1 to keep the site before.")),
            exit: 2,
        });
    };
    if !platform::exchange(&first, &live).map_err(|error| Failure::io(&live, &error))? {
        let old = rename_with_journal(&target, &first, &live)?;
        fs::rename(&old, &first).map_err(|error| Failure::io(&first, &error))?;
    }
    Ok(Receipt { written: manifest.files.len(), ..Receipt::default() })
}

#[cfg(test)]
mod tests {
    use super::mark_last;
    use std::path::PathBuf;

    #[test]
    fn the_mark_is_cleared_last() {
        let names = [".parkpress.json", "assets", "index.html"].map(|name| PathBuf::from("site").join(name));
        assert_eq!(mark_last(names.into_iter()).last(), Some(&PathBuf::from("site/.parkpress.json")));
    }
}
