//! Changes files of the content: all of them or none, with a copy of what was there before.
//!
//! Whoever changes content, a command or the forms, does it here; [`history`](super::history) keeps what was replaced.

use super::{Failure, history};
use crate::desk::Edit;
use crate::diagnostic::{SitePath, said};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Carries changes out. `stamp` is the moment as [`stamp`](crate::value::Instant::stamp) writes it, `verb` what is done; gives
/// the folder of the copies, where anything was kept.
pub fn edit(root: &Path, changes: &[Edit], stamp: &str, verb: &str) -> Result<Option<PathBuf>, Failure> {
    for change in changes {
        let now = read(&root.join(change.path.as_str()))?;
        if now != change.before {
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
    let kept = history::keep(root, changes, stamp, verb)?;
    let mut staged = Vec::new();
    for change in changes {
        if let Some(bytes) = &change.after {
            match stage(root, &change.path, bytes) {
                Ok(beside) => staged.push((beside, root.join(change.path.as_str()))),
                Err(failure) => {
                    staged.iter().for_each(|(beside, _)| drop(fs::remove_file(beside)));
                    return Err(failure);
                }
            }
        }
    }
    let mut done: Vec<&Edit> = Vec::new();
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
                let _ = match &undone.before {
                    Some(bytes) => fs::write(&path, bytes),
                    None => fs::remove_file(&path),
                };
            }
            staged.iter().for_each(|(beside, _)| drop(fs::remove_file(beside)));
            return Err(Failure::io(&path, &error));
        }
        done.push(change);
    }
    Ok(kept)
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io(path, &error)),
    }
}

fn stage(root: &Path, path: &SitePath, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let place = root.join(path.as_str());
    let folder = place.parent().unwrap_or(root);
    // A folder that is a link may lead anywhere.
    if let Some(link) = folder.ancestors().take_while(|above| *above != root).find(|above| above.is_symlink()) {
        let shown = link.display().to_string().replace('\\', "/");
        return Err(Failure {
            code: "edit-through-link",
            message: said(format!("“{shown}”是一个链接，“{path}”没有写入。"), format!("“{shown}” is a link; “{path}” was not written.")),
            hint: Some(said("换成真正的文件夹。", "Put a real folder in its place.")),
            exit: 2,
        });
    }
    fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
    // Names with a dot are no content.
    let beside = folder.join(format!(".{}.{}.new", path.name(), std::process::id()));
    let written = File::create(&beside).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    // Colleagues who could change the file still can.
    let written = written.and_then(|()| match fs::metadata(&place) {
        Ok(known) => fs::set_permissions(&beside, known.permissions()),
        Err(_) => Ok(()),
    });
    written.map(|()| beside.clone()).map_err(|error| {
        let _ = fs::remove_file(&beside);
        Failure::io(&place, &error)
    })
}

#[cfg(test)]
mod tests {
    use super::edit;
    use crate::desk::Edit;
    use crate::diagnostic::SitePath;
    use crate::write::history;
    use std::fs;

    fn change(path: &SitePath, before: Option<&str>, after: Option<&str>) -> Edit {
        let bytes = |text: Option<&str>| text.map(|text| text.as_bytes().to_vec());
        Edit { path: path.clone(), from: None, before: bytes(before), after: bytes(after) }
    }

    #[test]
    fn files_change_together_and_what_was_there_is_kept() {
        let root = std::env::temp_dir().join(format!("parkpress-edit-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("content/a")).expect("a folder");
        fs::write(root.join("content/a/old.md"), "old").expect("a file");
        fs::write(root.join("content/a/stays.md"), "one").expect("a file");
        let (old, stays, new) = (SitePath::new("content/a/old.md"), SitePath::new("content/a/stays.md"), SitePath::new("content/b/new.md"));
        let changes = [
            Edit { from: Some(old.clone()), ..change(&new, None, Some("old")) },
            change(&stays, Some("one"), Some("two")),
            change(&old, Some("old"), None),
        ];
        let kept = edit(&root, &changes, "20261124-090000", "fix").expect("it works").expect("something was kept");
        let text = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_default();
        assert_eq!(
            (text("content/b/new.md"), text("content/a/stays.md"), text("content/a/old.md")),
            ("old".into(), "two".into(), String::new())
        );
        assert_eq!(fs::read_to_string(kept.join("content/a/old.md")).expect("a copy"), "old");
        assert_eq!(fs::read_to_string(kept.join("content/a/stays.md")).expect("a copy"), "one");
        // Somebody was faster: nothing is written, not even what could be.
        let again = [change(&new, Some("old"), Some("lost")), change(&stays, Some("one"), Some("lost"))];
        let failure = edit(&root, &again, "20261124-090000", "fix").expect_err("because a file has changed");
        assert_eq!((failure.code, failure.exit), ("file-moved", 2));
        assert_eq!((text("content/b/new.md"), text("content/a/stays.md")), ("old".into(), "two".into()));
        // One of them cannot be written: the others are as they were.
        fs::create_dir_all(root.join("content/a/folder.md/x")).expect("a folder in the way");
        let folder = SitePath::new("content/a/old.md/inside.md");
        fs::write(root.join("content/a/old.md"), "in the way").expect("a file");
        let third = [change(&stays, Some("two"), Some("lost")), change(&folder, None, Some("lost"))];
        assert!(edit(&root, &third, "20261124-090000", "fix").is_err());
        assert_eq!(text("content/a/stays.md"), "two");
        let names: Vec<_> = fs::read_dir(root.join("content/a")).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
        assert!(names.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{names:?}");
        fs::remove_dir_all(&root).expect("to clean up");
    }
    #[cfg(unix)]
    #[test]
    fn no_change_goes_through_a_link_and_none_takes_rights_away() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let base = std::env::temp_dir().join(format!("parkpress-edit-link-{}", std::process::id()));
        let _ = fs::remove_dir_all(&base);
        let root = base.join("site");
        fs::create_dir_all(root.join("content")).expect("a folder");
        fs::create_dir_all(base.join("elsewhere")).expect("a folder");
        symlink(base.join("elsewhere"), root.join("content/media")).expect("a link");
        let picture = change(&SitePath::new("content/media/a/b.png"), None, Some("x"));
        assert_eq!(edit(&root, &[picture], "20261124-090000", "import").expect_err("it leads out").code, "edit-through-link");
        assert_eq!(fs::read_dir(base.join("elsewhere")).expect("a folder").count(), 0);
        let shared = root.join("content/a.md");
        fs::write(&shared, "1").expect("a file");
        fs::set_permissions(&shared, fs::Permissions::from_mode(0o664)).expect("rights");
        edit(&root, &[change(&SitePath::new("content/a.md"), Some("1"), Some("2"))], "20261124-090000", "fix").expect("it works");
        assert_eq!(fs::metadata(&shared).expect("a file").permissions().mode() & 0o777, 0o664);
        fs::remove_dir_all(&base).expect("to clean up");
    }

    #[test]
    fn one_history_follows_a_file_through_its_names_and_takes_a_change_back() {
        let root = std::env::temp_dir().join(format!("parkpress-history-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let (a, b, n) = (SitePath::new("content/x/a.md"), SitePath::new("content/x/b.md"), SitePath::new("content/n.md"));
        let go = |stamp: &str, verb: &str, edits: &[Edit]| {
            let kept = edit(&root, edits, stamp, verb).expect("it works");
            kept.and_then(|folder| Some(folder.file_name()?.to_str()?.to_string())).unwrap_or_default()
        };
        let text = |path: &SitePath| fs::read_to_string(root.join(path.as_str())).ok();
        assert_eq!(go("20261124-090000", "save", &[change(&a, None, Some("1")), change(&n, None, Some("see a"))]), "", "nothing was there");
        assert_eq!(go("20261124-090000", "save", &[change(&a, Some("1"), Some("2"))]), "20261124-090000-save");
        assert_eq!(go("20261124-090000", "fix", &[change(&a, Some("2"), Some("3"))]), "20261124-090000-2-fix");
        let moved = [
            Edit { from: Some(a.clone()), ..change(&b, None, Some("3")) },
            change(&a, Some("3"), None),
            change(&n, Some("see a"), Some("see b")),
        ];
        let rename = go("20261124-090001", "rename", &moved);
        for at in 2..12 {
            go("20261124-090002", "save", &[change(&b, Some(&(at + 1).to_string()), Some(&(at + 2).to_string()))]);
        }
        let past = |path: &SitePath| {
            let list = history::versions(&root, path);
            let text = |name: &str| history::version(&root, path, name).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
            list.iter().map(|one| format!("{} {}", one.verb, text(&one.name))).collect::<Vec<_>>()
        };
        assert_eq!(past(&b)[..3], ["save 12", "save 11", "save 10"], "the tenth of a second is after the ninth");
        assert_eq!(past(&b)[9..], ["save 3", "rename 3", "fix 2", "save 1"]);
        assert_eq!(history::versions(&root, &b)[0].until, "2026-11-24 09:00:02");
        for name in ["..", "../../content/x/b.md", "", "content", "20261124-090000-../..", "20261124-090000"] {
            assert!(history::version(&root, &b, name).is_none() && history::undoing(&root, name).is_err(), "{name}");
        }
        assert!(history::undoing(&root, &rename).is_err_and(|why| why.message.en.contains("x/b.md")), "it was changed since");
        go("20261124-090003", "save", &[change(&b, Some("13"), Some("3"))]);
        let back = history::undoing(&root, &rename).expect("everything is as the change left it");
        assert_eq!(go("20261124-090004", "undo", &back), "20261124-090004-undo");
        assert_eq!((text(&a).as_deref(), text(&b), text(&n).as_deref()), (Some("3"), None, Some("see a")));
        assert_eq!(past(&a)[..2], ["undo 3", "save 13"], "the past of the other name is its own");
        // A list that somebody has edited leads nowhere.
        let edited = root.join(".parkpress/history/20261124-090005-fix");
        fs::create_dir_all(&edited).expect("a folder");
        for odd in ["../outside.md", "content/../outside.md", "/outside.md", "themes/a.html"] {
            let list = format!("[{{\"path\": \"{odd}\", \"from\": null, \"after\": null}}]");
            fs::write(edited.join("changes.json"), list).expect("a list");
            assert!(history::undoing(&root, "20261124-090005-fix").is_err(), "{odd}");
        }
        for at in 0..250 {
            go(
                "20261125-090000",
                "save",
                &[change(&n, Some(&if at == 0 { "see a".to_string() } else { at.to_string() }), Some(&(at + 1).to_string()))],
            );
        }
        let kept = past(&n);
        assert_eq!((kept.len(), &*kept[0]), (202, "save 249"), "200 saves and the two changes that were none");
        fs::remove_dir_all(&root).expect("to clean up");
    }
}
