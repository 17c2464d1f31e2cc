//! Adds a line to the ledger of a record: whole or not at all, and only behind the line that was read.

use super::Failure;
use crate::diagnostic::{SitePath, said};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Adds a line. `seen` is what the ledger was when the signature was judged; if somebody has signed since, nothing is
/// written.
pub fn append(root: &Path, ledger: &SitePath, seen: &[u8], line: &str) -> Result<(), Failure> {
    let path = root.join(ledger.as_str());
    let folder = path.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
    // One after another: the lock belongs to the process and ends with it, whatever happens. Names with a dot are no content.
    let guard = folder.join(".lock");
    let lock = File::create(&guard).map_err(|error| Failure::io(&guard, &error))?;
    lock.lock().map_err(|error| Failure::io(&guard, &error))?;
    let result = add(&path, seen, line);
    // The lock is gone with the file; a leftover name disturbs nobody.
    drop(lock);
    let _ = fs::remove_file(&guard);
    result
}

fn add(path: &Path, seen: &[u8], line: &str) -> Result<(), Failure> {
    let now = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(Failure::io(path, &error)),
    };
    if now != seen {
        return Err(Failure {
            code: "ledger-moved",
            message: said("刚才有人签过同一条内容，这次没有写入。", "Somebody has signed this record just now; nothing was written."),
            hint: Some(said("用 parkpress review status 查看后再签。", "Look at “parkpress review status”, then sign again.")),
            exit: 2,
        });
    }
    let mut whole = now;
    if !whole.is_empty() && !whole.ends_with(b"\n") {
        whole.push(b'\n');
    }
    whole.extend_from_slice(line.as_bytes());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.new"));
    let written = File::create(&beside).and_then(|mut file| file.write_all(&whole).and_then(|()| file.sync_all()));
    written.and_then(|()| fs::rename(&beside, path)).map_err(|error| {
        let _ = fs::remove_file(&beside);
        Failure::io(path, &error)
    })
}

#[cfg(test)]
mod tests {
    use super::append;
    use crate::diagnostic::SitePath;
    use std::fs;

    #[test]
    fn a_line_is_added_only_behind_what_was_seen() {
        let root = std::env::temp_dir().join(format!("parkpress-ledger-{}", std::process::id()));
        let ledger = SitePath::new("content/_review/a/b.jsonl");
        assert!(append(&root, &ledger, b"", "one\n").is_ok());
        assert!(append(&root, &ledger, b"one\n", "two\n").is_ok());
        let late = append(&root, &ledger, b"one\n", "three\n").expect_err("because another line came first");
        assert_eq!((late.code, late.exit), ("ledger-moved", 2));
        let folder = root.join("content/_review/a");
        assert_eq!(fs::read_to_string(folder.join("b.jsonl")).expect("a ledger"), "one\ntwo\n");
        let names: Vec<_> = fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(names, ["b.jsonl"], "nothing is left behind");
        // Two at once: one of them is told to look again, and no line is lost.
        let seen = b"one\ntwo\n";
        let results: Vec<bool> = std::thread::scope(|scope| {
            let sign = |line: &'static str| {
                scope.spawn({
                    let (root, ledger) = (&root, &ledger);
                    move || append(root, ledger, seen, line).is_ok()
                })
            };
            [sign("x\n"), sign("y\n")].into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(results.iter().filter(|done| **done).count(), 1);
        assert_eq!(fs::read_to_string(folder.join("b.jsonl")).expect("a ledger").lines().count(), 3);
        fs::remove_dir_all(&root).expect("to clean up");
    }
}
