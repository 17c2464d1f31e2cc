//! Changes files of the content: all of them or none, with a copy of what was there before.
//!
//! The copies lie below `.parkpress/history/<moment>/` under the paths of their files, so that nothing a command has
//! changed is ever lost. They are not published and may be deleted.

use super::Failure;
use crate::diagnostic::{SitePath, said};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file with its bytes as they were read and as they shall be; `None` where there is no file.
pub struct Change<'a> {
    /// The file.
    pub path: &'a SitePath,
    /// What was read.
    pub before: Option<&'a [u8]>,
    /// What shall be there.
    pub after: Option<&'a [u8]>,
}

/// Carries changes out. `moment` names the folder of the copies, such as `20261124-090000-fix`; gives the folder, where
/// anything was kept.
pub fn edit(root: &Path, changes: &[Change<'_>], moment: &str) -> Result<Option<PathBuf>, Failure> {
    for change in changes {
        let now = read(&root.join(change.path.as_str()))?;
        if now.as_deref() != change.before {
            return Err(Failure {
                code: "file-moved",
                message: said(
                    format!("“{}”刚才被别的程序改过，什么都没有写入。", change.path),
                    format!("“{}” was changed by another program just now; nothing was written.", change.path),
                ),
                hint: Some(said("再运行一次。", "Run the command again.")),
                exit: 2,
            });
        }
    }
    let history = keep(root, changes, moment)?;
    let mut staged = Vec::new();
    for change in changes {
        if let Some(bytes) = change.after {
            match stage(root, change.path, bytes) {
                Ok(beside) => staged.push((beside, root.join(change.path.as_str()))),
                Err(failure) => {
                    staged.iter().for_each(|(beside, _)| drop(fs::remove_file(beside)));
                    return Err(failure);
                }
            }
        }
    }
    let mut done: Vec<&Change<'_>> = Vec::new();
    for change in changes {
        let path = root.join(change.path.as_str());
        let result = match staged.iter().find(|(_, place)| *place == path) {
            Some((beside, place)) => fs::rename(beside, place),
            None => fs::remove_file(&path),
        };
        if let Err(error) = result {
            // Back to what was there: the copies are in memory still.
            for undone in done.iter().rev() {
                let path = root.join(undone.path.as_str());
                let _ = match undone.before {
                    Some(bytes) => fs::write(&path, bytes),
                    None => fs::remove_file(&path),
                };
            }
            staged.iter().for_each(|(beside, _)| drop(fs::remove_file(beside)));
            return Err(Failure::io(&path, &error));
        }
        done.push(change);
    }
    Ok(history)
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io(path, &error)),
    }
}

fn keep(root: &Path, changes: &[Change<'_>], moment: &str) -> Result<Option<PathBuf>, Failure> {
    if changes.iter().all(|change| change.before.is_none()) {
        return Ok(None);
    }
    let own = root.join(".parkpress");
    let base = own.join("history");
    // Two commands in one second have a folder each.
    let free = (1..).map(|number| base.join(if number == 1 { moment.to_string() } else { format!("{moment}-{number}") }));
    let Some(folder) = free.into_iter().find(|folder| !folder.exists()) else { return Ok(None) };
    for change in changes {
        let Some(bytes) = change.before else { continue };
        let place = folder.join(change.path.as_str());
        let above = place.parent().unwrap_or(&folder);
        fs::create_dir_all(above).map_err(|error| Failure::io(above, &error))?;
        fs::write(&place, bytes).map_err(|error| Failure::io(&place, &error))?;
    }
    // A site is often kept in git; its past is there already.
    let _ = fs::write(own.join(".gitignore"), "*\n");
    Ok(Some(folder))
}

fn stage(root: &Path, path: &SitePath, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let place = root.join(path.as_str());
    let folder = place.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
    // Names with a dot are no content.
    let beside = folder.join(format!(".{}.{}.new", path.name(), std::process::id()));
    let written = File::create(&beside).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.map(|()| beside.clone()).map_err(|error| {
        let _ = fs::remove_file(&beside);
        Failure::io(&place, &error)
    })
}

#[cfg(test)]
mod tests {
    use super::{Change, edit};
    use crate::diagnostic::SitePath;
    use std::fs;

    #[test]
    fn files_change_together_and_what_was_there_is_kept() {
        let root = std::env::temp_dir().join(format!("parkpress-edit-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("content/a")).expect("a folder");
        fs::write(root.join("content/a/old.md"), "old").expect("a file");
        fs::write(root.join("content/a/stays.md"), "one").expect("a file");
        let (old, stays, new) = (SitePath::new("content/a/old.md"), SitePath::new("content/a/stays.md"), SitePath::new("content/b/new.md"));
        let changes = [
            Change { path: &new, before: None, after: Some(b"old") },
            Change { path: &stays, before: Some(b"one"), after: Some(b"two") },
            Change { path: &old, before: Some(b"old"), after: None },
        ];
        let kept = edit(&root, &changes, "x").expect("it works").expect("something was kept");
        let text = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_default();
        assert_eq!(
            (text("content/b/new.md"), text("content/a/stays.md"), text("content/a/old.md")),
            ("old".into(), "two".into(), String::new())
        );
        assert_eq!(fs::read_to_string(kept.join("content/a/old.md")).expect("a copy"), "old");
        assert_eq!(fs::read_to_string(kept.join("content/a/stays.md")).expect("a copy"), "one");
        // Somebody was faster: nothing is written, not even what could be.
        let again = [
            Change { path: &new, before: Some(b"old"), after: Some(b"lost") },
            Change { path: &stays, before: Some(b"one"), after: Some(b"lost") },
        ];
        let failure = edit(&root, &again, "x").expect_err("because a file has changed");
        assert_eq!((failure.code, failure.exit), ("file-moved", 2));
        assert_eq!((text("content/b/new.md"), text("content/a/stays.md")), ("old".into(), "two".into()));
        // One of them cannot be written: the others are as they were.
        fs::create_dir_all(root.join("content/a/folder.md/x")).expect("a folder in the way");
        let folder = SitePath::new("content/a/old.md/inside.md");
        fs::write(root.join("content/a/old.md"), "in the way").expect("a file");
        let third = [
            Change { path: &stays, before: Some(b"two"), after: Some(b"lost") },
            Change { path: &folder, before: None, after: Some(b"lost") },
        ];
        assert!(edit(&root, &third, "x").is_err());
        assert_eq!(text("content/a/stays.md"), "two");
        let names: Vec<_> = fs::read_dir(root.join("content/a")).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
        assert!(names.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{names:?}");
        fs::remove_dir_all(&root).expect("to clean up");
    }
}
