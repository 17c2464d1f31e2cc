//! What is costly to make, kept in `.parkpress/cache/` below the root of the site. It may be deleted at any time; it is
//! never published.

use crate::render::Memo;
use crate::source::hex;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A folder of pictures by their key. Every file begins with the digest of what it holds.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    used: Mutex<HashSet<String>>,
}

impl Cache {
    /// The cache of a site.
    pub fn of(root: &Path) -> Cache {
        Cache { folder: root.join(".parkpress/cache/images"), used: Mutex::default() }
    }

    /// Removes what was neither asked for nor put since this cache was opened: pictures that are gone.
    pub fn prune(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if !used.contains(&*entry.file_name().to_string_lossy()) {
                // What cannot be removed now is removed another time.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn use_of(&self, key: &str) -> PathBuf {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_string());
        self.folder.join(key)
    }
}

/// The digest covers the key too: a file under another name is not what its name says.
fn digest(key: &str, bytes: &[u8]) -> String {
    hex(&Sha256::new().chain_update(key).chain_update([0]).chain_update(bytes).finalize())
}

impl Memo for Cache {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        let whole = fs::read(self.use_of(key)).ok()?;
        let (head, bytes) = whole.split_at_checked(64)?;
        (head == digest(key, bytes).as_bytes()).then(|| bytes.to_vec())
    }

    /// A disk that is full or read-only only costs time: nothing is said.
    fn put(&self, key: &str, bytes: &[u8]) {
        let place = self.use_of(key);
        let Some(above) = self.folder.parent() else { return };
        if !self.folder.is_dir() && fs::create_dir_all(&self.folder).is_ok() {
            // A site is often kept in git; its cache is not part of it.
            let _ = fs::write(above.join(".gitignore"), "*\n");
        }
        // Two processes may put the same picture: each writes its own file, and the last one stays.
        let own = self.folder.join(format!("{key}.{}.tmp", std::process::id()));
        if fs::write(&own, [digest(key, bytes).as_bytes(), bytes].concat()).is_err() || fs::rename(&own, &place).is_err() {
            let _ = fs::remove_file(&own);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cache;
    use crate::render::Memo;
    use std::fs;

    #[test]
    fn what_was_put_comes_back_and_what_was_spoilt_does_not() {
        let root = std::env::temp_dir().join(format!("parkpress-cache-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let cache = Cache::of(&root);
        assert_eq!(cache.get("a-1-480"), None);
        cache.put("a-1-480", b"picture");
        cache.put("b-1-480", b"other");
        assert_eq!(cache.get("a-1-480").as_deref(), Some(b"picture".as_slice()));
        let folder = root.join(".parkpress/cache/images");
        let place = folder.join("a-1-480");
        let sound = fs::read(&place).expect("because it was put");
        for spoilt in [
            &sound[..sound.len() - 1],
            &sound[..10],
            &[sound.as_slice(), b"x"].concat(),
            &fs::read(folder.join("b-1-480")).expect("because it was put"),
        ] {
            fs::write(&place, spoilt).expect("because the folder is ours");
            assert_eq!(cache.get("a-1-480"), None);
        }
        cache.put("a-1-480", b"picture");
        assert_eq!(cache.get("a-1-480").as_deref(), Some(b"picture".as_slice()));
        let later = Cache::of(&root);
        later.get("a-1-480");
        later.prune();
        assert!(place.is_file() && !folder.join("b-1-480").exists());
        fs::remove_dir_all(root.join(".parkpress")).expect("because the cache may be deleted");
        assert_eq!(later.get("a-1-480"), None);
        fs::remove_dir_all(&root).expect("because the folder is ours");
    }
}
