//! The files of content on the disk: read, exchanged whole, and remembered before every change.
//!
//! Whatever a browser says, a path is only ever one that the content has or that was built from a type and an id, and
//! its folder is looked at again on the disk: a link that leads out of `content/` is refused.

use crate::diagnostic::{Said, SitePath, failed, said};
use crate::source::hex;
use crate::value::Instant;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// So many earlier texts of a file are kept.
const KEPT: usize = 200;

/// The folder of earlier texts below the root of the site.
const HISTORY: &str = ".parkpress/history";

/// An earlier text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its name: the instant at which it was replaced, and its digest.
    pub name: String,
    /// That instant.
    pub until: String,
    /// Its size in bytes.
    pub bytes: u64,
}

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

/// Puts a text in the place of another, all or nothing. What was there goes to the history first.
pub fn replace(root: &Path, path: &SitePath, bytes: &[u8], now: Instant) -> Result<(), Said> {
    let place = inside(root, path)?;
    if let Some(before) = read(root, path)? {
        if before == bytes {
            return Ok(());
        }
        remember(root, path, &before, now)?;
    }
    let folder = place.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(|error| refused(path, &error))?;
    // The folder may be new only now; where it leads is known when it is there.
    let place = inside(root, path)?;
    put(&place, bytes).map_err(|error| refused(path, &error))
}

/// Writes a file beside its place, forces it to the disk, and only then gives it its name.
fn put(place: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Names with a dot in front are no content: nobody reads half a file.
    let beside = place.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let written = File::create(&beside).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.and_then(|()| fs::rename(&beside, place)).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}

fn remember(root: &Path, path: &SitePath, bytes: &[u8], now: Instant) -> Result<(), Said> {
    let folder = shelf(root, path);
    fs::create_dir_all(&folder).map_err(|error| refused(path, &error))?;
    // A site is often kept in git; its earlier texts are there already.
    let _ = fs::write(root.join(".parkpress/.gitignore"), "*\n");
    let digest: String = digest(Some(bytes)).chars().take(12).collect();
    let mut kept = versions(root, path);
    if kept.first().is_some_and(|newest| newest.name.ends_with(&digest)) {
        return Ok(());
    }
    // Two changes within a second keep their order by a number.
    let stamp = now.basic();
    let number = kept.iter().filter(|known| known.until == stamp).count();
    let name = format!("{stamp}-{number:03}-{digest}");
    put(&folder.join(&name), bytes).map_err(|error| refused(path, &error))?;
    for old in kept.drain(..).skip(KEPT - 1) {
        let _ = fs::remove_file(folder.join(old.name));
    }
    Ok(())
}

/// The earlier texts of a file, the newest first.
pub fn versions(root: &Path, path: &SitePath) -> Vec<Version> {
    let entries = fs::read_dir(shelf(root, path)).into_iter().flatten().flatten();
    let mut found: Vec<Version> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let until = is_name(&name).then(|| name.split('-').next().unwrap_or_default().to_string())?;
            Some(Version { until, bytes: entry.metadata().ok()?.len(), name })
        })
        .collect();
    found.sort_by(|a, b| b.name.cmp(&a.name));
    found
}

/// One earlier text, by its name.
pub fn version(root: &Path, path: &SitePath, name: &str) -> Option<Vec<u8>> {
    is_name(name).then(|| fs::read(shelf(root, path).join(name)).ok())?
}

/// Is it a name that [`remember`] gives? No other name is ever looked for.
fn is_name(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let plain = |part: &&str| part.bytes().all(|b| b.is_ascii_alphanumeric());
    parts.len() == 3 && parts.iter().all(plain) && parts[0].len() == 16 && parts[2].len() == 12
}

fn shelf(root: &Path, path: &SitePath) -> PathBuf {
    root.join(HISTORY).join(path.as_str())
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
    use super::{digest, read, replace, version, versions};
    use crate::diagnostic::SitePath;
    use crate::value::Instant;
    use std::fs;
    use std::path::PathBuf;

    fn site(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("parkpress-admin-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("content/halls")).expect("because the folder is ours");
        root
    }

    fn at(text: &str) -> Instant {
        Instant::from_rfc3339(text).expect("an instant")
    }

    #[test]
    fn every_text_before_a_change_is_kept_and_comes_back() {
        let root = site("history");
        let path = SitePath::new("content/halls/a.md");
        assert_eq!((read(&root, &path), digest(None)), (Ok(None), String::new()));
        for text in ["one", "two", "three", "three"] {
            assert!(replace(&root, &path, text.as_bytes(), at("2026-11-24T01:00:00Z")).is_ok());
        }
        let kept = versions(&root, &path);
        let texts: Vec<_> = kept.iter().filter_map(|known| version(&root, &path, &known.name)).collect();
        assert_eq!(texts, [b"two".to_vec(), b"one".to_vec()], "the newest first, and no change is no version");
        assert_eq!(kept[0].until, "20261124T010000Z");
        assert!(replace(&root, &path, b"four", at("2026-11-25T01:00:00Z")).is_ok());
        assert_eq!(version(&root, &path, &versions(&root, &path)[0].name).as_deref(), Some(&b"three"[..]));
        for name in ["../../../content/halls/a.md", "", "20261124T010000Z-000-../../../../x", "a-b-c"] {
            assert_eq!(version(&root, &path, name), None, "{name}");
        }
        let left: Vec<_> = fs::read_dir(root.join("content/halls")).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(left, ["a.md"], "nothing is left beside it");
        fs::remove_dir_all(&root).expect("because the folder is ours");
    }

    #[test]
    fn nothing_outside_the_content_is_read_or_written() {
        let root = site("outside");
        let now = at("2026-11-24T01:00:00Z");
        for path in ["content/../x.md", "themes/a.md", "content/halls/../../x.md", "/etc/passwd", "content/halls/con.md", "content"] {
            let path = SitePath::new(path);
            assert!(read(&root, &path).is_err() && replace(&root, &path, b"x", now).is_err(), "{path}");
        }
        #[cfg(unix)]
        {
            let elsewhere = site("elsewhere");
            fs::write(elsewhere.join("secret.md"), "secret").expect("because the folder is ours");
            std::os::unix::fs::symlink(&elsewhere, root.join("content/away")).expect("a link");
            std::os::unix::fs::symlink(elsewhere.join("secret.md"), root.join("content/halls/link.md")).expect("a link");
            for path in ["content/away/secret.md", "content/away/new/x.md", "content/halls/link.md"] {
                let path = SitePath::new(path);
                assert!(read(&root, &path).is_err() && replace(&root, &path, b"x", now).is_err(), "{path}");
            }
            assert_eq!(fs::read_to_string(elsewhere.join("secret.md")).expect("it"), "secret");
            fs::remove_dir_all(&elsewhere).expect("because the folder is ours");
        }
        fs::remove_dir_all(&root).expect("because the folder is ours");
    }
}
