//! What files of the content said before they were changed, whoever changed them: a command or the forms.
//!
//! Every change has a folder of its own, `.parkpress/history/<moment>-<verb>/`: the files as they were, under their own
//! paths, and `LIST`, which says what became of each. Nothing of it is published, and all of it may be deleted.

use super::Failure;
use crate::desk::Edit;
use crate::diagnostic::{SitePath, said};
use crate::plan::clashes::is_possible;
use crate::source::hex;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// The list in the folder of a change.
const LIST: &str = "changes.json";

/// So many earlier texts of a file are kept; only what the forms saved is ever cleared away.
const KEPT: usize = 200;

/// The verb of a save in the forms.
pub const SAVE: &str = "save";

/// An earlier text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The folder of the change that replaced it.
    pub name: String,
    /// When it was replaced, as a clock on the wall showed it: `2026-11-24 09:00:00`.
    pub until: String,
    /// What replaced it: `save`, `rename`, `import` …
    pub verb: String,
    /// What the file was called then.
    pub path: SitePath,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A change by the name of its folder: `20261124-090000-fix`, the second of that second `20261124-090000-2-fix`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    stamp: String,
    number: u32,
    verb: String,
}

impl Name {
    /// Reads a name; nothing else is ever looked for on the disk.
    fn parse(name: &str) -> Option<Name> {
        let stamp = name.get(..15)?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let sound = stamp.split_once('-').is_some_and(|(day, time)| day.len() == 8 && digits(day) && digits(time));
        let rest = name.get(15..)?.strip_prefix('-')?;
        let (number, verb) = match rest.split_once('-') {
            Some((number, verb)) if digits(number) => (number.parse().ok()?, verb),
            _ => (1, rest),
        };
        let plain = !verb.is_empty() && verb.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        (sound && plain).then(|| Name { stamp: stamp.to_string(), number, verb: verb.to_string() })
    }
    fn folder(&self) -> String {
        if self.number == 1 { format!("{}-{}", self.stamp, self.verb) } else { format!("{}-{}-{}", self.stamp, self.number, self.verb) }
    }
    fn until(&self) -> String {
        let part = |from, to| self.stamp.get(from..to).unwrap_or_default();
        format!("{}-{}-{} {}:{}:{}", part(0, 4), part(4, 6), part(6, 8), part(9, 11), part(11, 13), part(13, 15))
    }
}

fn home(root: &Path) -> PathBuf {
    root.join(".parkpress/history")
}

/// All changes, the newest first.
fn names(root: &Path) -> Vec<Name> {
    let entries = fs::read_dir(home(root)).into_iter().flatten().flatten();
    let mut names: Vec<Name> = entries.filter_map(|entry| Name::parse(entry.file_name().to_str()?)).collect();
    names.sort_by(|a, b| b.cmp(a));
    names
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Keeps what a change replaces; gives the folder, where there was anything.
pub(super) fn keep(root: &Path, edits: &[Edit], stamp: &str, verb: &str) -> Result<Option<PathBuf>, Failure> {
    if edits.iter().all(|edit| edit.before.is_none()) {
        return Ok(None);
    }
    let known = names(root);
    let number = known.iter().find(|name| name.stamp == stamp).map_or(1, |name| name.number + 1);
    let folder = home(root).join(Name { stamp: stamp.to_string(), number, verb: verb.to_string() }.folder());
    let write = |place: PathBuf, bytes: &[u8]| {
        let above = place.parent().unwrap_or(&folder);
        fs::create_dir_all(above).and_then(|()| fs::write(&place, bytes)).map_err(|error| Failure::io(&place, &error))
    };
    for edit in edits {
        if let Some(bytes) = &edit.before {
            write(folder.join(edit.path.as_str()), bytes)?;
        }
    }
    let line = |edit: &Edit| json!({"path": edit.path.as_str(), "from": edit.from.as_ref().map(SitePath::as_str), "after": edit.after.as_deref().map(digest)});
    let list = Json::from(edits.iter().map(line).collect::<Vec<_>>());
    write(folder.join(LIST), format!("{list:#}\n").as_bytes())?;
    // A site is often kept in git; its past is there already.
    let _ = fs::write(root.join(".parkpress/.gitignore"), "*\n");
    if verb == SAVE {
        clear(root, &known, edits);
    }
    Ok(Some(folder))
}

/// Clears away the oldest saves of files that have too many.
fn clear(root: &Path, known: &[Name], edits: &[Edit]) {
    for edit in edits {
        let saves = known.iter().filter(|name| name.verb == SAVE).map(|name| home(root).join(name.folder()));
        for old in saves.filter(|folder| folder.join(edit.path.as_str()).is_file()).skip(KEPT - 1) {
            let _ = fs::remove_dir_all(old);
        }
    }
}

/// What a change noted: path, where it came from, the digest of what was written. Nothing where a path leads out of the
/// content: somebody has edited the list.
fn list(root: &Path, name: &Name) -> Vec<(SitePath, Option<SitePath>, Option<String>)> {
    let text = fs::read_to_string(home(root).join(name.folder()).join(LIST)).unwrap_or_default();
    let lines: Vec<Json> = serde_json::from_str(&text).unwrap_or_default();
    let word = |line: &Json, key: &str| line[key].as_str().map(str::to_string);
    let read = |line: &Json| {
        Some((SitePath::new(line["path"].as_str()?), word(line, "from").map(|path| SitePath::new(&path)), word(line, "after")))
    };
    let is_ours = |path: &SitePath| path.as_str().starts_with("content/") && is_possible(path.as_str());
    let found: Vec<_> = lines.iter().filter_map(read).collect();
    let sound = found.iter().all(|(path, from, _)| is_ours(path) && from.as_ref().is_none_or(is_ours));
    if sound { found } else { Vec::new() }
}

/// The earlier texts of a file, the newest first; through every renaming, also those under its earlier names.
pub fn versions(root: &Path, path: &SitePath) -> Vec<Version> {
    let mut path = path.clone();
    let mut found = Vec::new();
    for name in names(root) {
        let folder = home(root).join(name.folder());
        // A save moves nothing, and is what happens most.
        if name.verb != SAVE
            && let Some((_, Some(from), _)) = list(root, &name).into_iter().find(|(known, ..)| *known == path)
        {
            path = from;
        }
        if let Some(data) = fs::metadata(folder.join(path.as_str())).ok().filter(fs::Metadata::is_file) {
            found.push(Version {
                until: name.until(),
                verb: name.verb.clone(),
                path: path.clone(),
                bytes: data.len(),
                name: name.folder(),
            });
        }
    }
    found
}

/// One earlier text, by the name of its change.
pub fn version(root: &Path, path: &SitePath, name: &str) -> Option<Vec<u8>> {
    let found = versions(root, path).into_iter().find(|version| version.name == name)?;
    fs::read(home(root).join(found.name).join(found.path.as_str())).ok()
}

/// What takes a change back; refused where any of its files has been changed since.
pub fn undoing(root: &Path, name: &str) -> Result<Vec<Edit>, Failure> {
    let refuse = |zh: String, en: String| Failure { code: "undo-refused", message: said(zh, en), hint: None, exit: 2 };
    let known = Name::parse(name).map(|name| (list(root, &name), home(root).join(name.folder()))).filter(|(list, _)| !list.is_empty());
    let (list, folder) = known.ok_or_else(|| refuse("没有这次修改的记录。".into(), "Nothing is kept of that change.".into()))?;
    let went = |from: &SitePath| list.iter().any(|(path, _, after)| path == from && after.is_none());
    let mut edits = Vec::new();
    for (path, _, after) in &list {
        let read = |place: PathBuf| match fs::read(&place) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::io(&place, &error)),
        };
        let now = read(root.join(path.as_str()))?;
        if now.as_deref().map(digest) != *after {
            return Err(refuse(format!("“{path}”后来又改过，不能撤销。"), format!("“{path}” was changed since; this cannot be undone.")));
        }
        // Whatever moved there moves back.
        let from = after.is_none().then(|| list.iter().find(|(_, from, _)| from.as_ref() == Some(path) && went(path))).flatten();
        edits.push(Edit {
            path: path.clone(),
            from: from.map(|(new, ..)| new.clone()),
            before: now,
            after: read(folder.join(path.as_str()))?,
        });
    }
    Ok(edits)
}
