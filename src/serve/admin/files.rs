//! The files of content on the disk, read and changed.
//!
//! Whatever a browser says, a path is only ever one that the content has or that was built from a type and an id, and
//! its folder is looked at again on the disk: a link that leads out of `content/` is refused.

use crate::desk::Edit;
use crate::diagnostic::{Said, SitePath, failed, said};
use crate::source::hex;
use crate::write;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The digest that a form carries; of a file that is not there, of nothing.
pub fn digest(bytes: Option<&[u8]>) -> String {
    bytes.map_or_else(String::new, |bytes| hex(&Sha256::digest(bytes)))
}

/// The bytes of a file of content; `None` where there is none.
pub fn read(root: &Path, path: &SitePath) -> Result<Option<Vec<u8>>, Said> {
    let place = inside(root, path)?;
    match fs::symlink_metadata(&place) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Ok(data) if !data.is_file() => return Err(outside(path)),
        _ => {}
    }
    fs::read(&place).map(Some).map_err(|error| refused(path, &error))
}

/// Carries changes out, all or none; what was there goes to the history first. Gives the name of the change, where anything
/// was kept.
pub fn write(root: &Path, edits: &[Edit], stamp: &str, verb: &str) -> Result<Option<String>, (u16, Said)> {
    for edit in edits {
        // Asks where the path leads, too.
        read(root, &edit.path).map_err(|why| (500, why))?;
    }
    match write::edit(root, edits, stamp, verb) {
        Ok(kept) => Ok(kept.and_then(|folder| Some(folder.file_name()?.to_str()?.to_string()))),
        // Somebody else was faster.
        Err(failure) if failure.code == "file-moved" => Err((409, failure.message)),
        Err(failure) => Err((500, failure.message)),
    }
}

/// Where a file of content is on the disk, if it is below `content/` whatever links there are.
fn inside(root: &Path, path: &SitePath) -> Result<PathBuf, Said> {
    let sound = path.as_str().starts_with("content/") && crate::plan::clashes::is_possible(path.as_str());
    if !sound {
        return Err(outside(path));
    }
    let content = root.join("content").canonicalize().map_err(|error| refused(path, &error))?;
    let place = root.join(path.as_str());
    let mut above = place.parent();
    while let Some(folder) = above {
        match folder.canonicalize() {
            Ok(real) if real.starts_with(&content) => return Ok(place),
            Ok(_) => return Err(outside(path)),
            // It will be made; where it will lie is decided by the one above.
            Err(_) => above = folder.parent(),
        }
    }
    Err(outside(path))
}

fn outside(path: &SitePath) -> Said {
    said(format!("“{path}”不在内容文件夹里，没有动它。"), format!("“{path}” does not lie in the content folder; it was left alone."))
}

fn refused(path: &SitePath, error: &std::io::Error) -> Said {
    failed(format!("“{path}”读写失败"), format!("“{path}” could not be read or written"), error)
}

#[cfg(test)]
mod tests {
    use super::{digest, read, write};
    use crate::desk::Edit;
    use crate::diagnostic::SitePath;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn site(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("parkpress-admin-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("content/halls")).expect("because the folder is ours");
        root
    }

    fn put(root: &Path, path: &SitePath, before: Option<&str>) -> Result<Option<String>, u16> {
        let edit = Edit { path: path.clone(), from: None, before: before.map(|text| text.as_bytes().to_vec()), after: Some(b"x".to_vec()) };
        write(root, &[edit], "20261124-090000", "save").map_err(|(status, _)| status)
    }

    #[test]
    fn a_file_is_written_over_the_text_that_was_read_and_no_other() {
        let root = site("written");
        let path = SitePath::new("content/halls/a.md");
        assert_eq!((read(&root, &path), digest(None)), (Ok(None), String::new()));
        assert_eq!(put(&root, &path, None), Ok(None));
        assert_eq!(put(&root, &path, Some("y")), Err(409));
        assert_eq!(put(&root, &path, Some("x")), Ok(Some("20261124-090000-save".to_string())));
        let left: Vec<_> = fs::read_dir(root.join("content/halls")).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(left, ["a.md"], "nothing is left beside it");
        fs::remove_dir_all(&root).expect("because the folder is ours");
    }

    #[test]
    fn nothing_outside_the_content_is_read_or_written() {
        let root = site("outside");
        for path in ["content/../x.md", "themes/a.md", "content/halls/../../x.md", "/etc/passwd", "content/halls/con.md", "content"] {
            let path = SitePath::new(path);
            assert!(read(&root, &path).is_err() && put(&root, &path, None) == Err(500), "{path}");
        }
        #[cfg(unix)]
        {
            let elsewhere = site("elsewhere");
            fs::write(elsewhere.join("secret.md"), "secret").expect("because the folder is ours");
            std::os::unix::fs::symlink(&elsewhere, root.join("content/away")).expect("a link");
            std::os::unix::fs::symlink(elsewhere.join("secret.md"), root.join("content/halls/link.md")).expect("a link");
            for path in ["content/away/secret.md", "content/away/new/x.md", "content/halls/link.md"] {
                let path = SitePath::new(path);
                assert!(read(&root, &path).is_err() && put(&root, &path, Some("secret")) == Err(500), "{path}");
            }
            assert_eq!(fs::read_to_string(elsewhere.join("secret.md")).expect("it"), "secret");
            fs::remove_dir_all(&elsewhere).expect("because the folder is ours");
        }
        fs::remove_dir_all(&root).expect("because the folder is ours");
    }
}
