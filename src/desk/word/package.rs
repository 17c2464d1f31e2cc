//! The bytes of a Word file → its parts, or why it is none that is read.

use super::words;
use crate::desk::parcel::{self, LARGEST, Refusal};
use crate::diagnostic::{Diagnostic, SitePath, messages};
use crate::source::archive::Part;
use crate::source::xml::{self, Element, Fault};
use std::collections::BTreeMap;

/// The parts of a file.
pub struct Package<'b> {
    parts: Vec<Part<'b>>,
    file: &'b SitePath,
}

/// Where a relationship leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// A part of the file, by its name.
    Part(String),
    /// An address outside.
    Outside(String),
}

/// A relationship of a part: its kind (the last word of its type) and where it leads.
pub type Relations = BTreeMap<String, (String, Goal)>;

/// Does this module answer for a file of such a name?
pub fn is_word(ending: &str) -> bool {
    matches!(ending, "docx" | "docm" | "dotx" | "dotm" | "doc" | "dot" | "wps" | "wpt" | "rtf" | "odt" | "uot" | "uof")
}

impl<'b> Package<'b> {
    /// Opens a file.
    pub fn open(file: &'b SitePath, bytes: &'b [u8]) -> Result<Package<'b>, Diagnostic> {
        let begins = |sign: &[u8]| bytes.starts_with(sign);
        if bytes.len() > LARGEST {
            return Err(messages::word::too_large(file));
        }
        if begins(&[0xD0, 0xCF, 0x11, 0xE0]) {
            let locked = parcel::holds(bytes, "EncryptedPackage");
            return Err(if locked { messages::word::locked(file) } else { messages::word::old(file) });
        }
        let typed = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start_matches('\u{FEFF}').trim_start().to_lowercase();
        if ["{\\rtf", "<html", "<!doctype", "mime-version", "<?xml"].iter().any(|sign| typed.starts_with(sign)) {
            return Err(messages::word::old(file));
        }
        if !begins(b"PK\x03\x04") {
            return Err(messages::word::unreadable(file));
        }
        let parts = parcel::parts(bytes).map_err(|refusal| match refusal {
            Refusal::Broken => messages::word::unreadable(file),
            Refusal::Bomb => messages::word::bomb(file),
            Refusal::Outside(name) => messages::word::outside(file, &words::short(&name)),
            Refusal::Locked => messages::word::locked(file),
            Refusal::Macros => messages::word::macros(file),
        })?;
        Ok(Package { parts, file })
    }

    /// A file without parts.
    #[cfg(test)]
    pub(super) fn empty(file: &'b SitePath) -> Package<'b> {
        Package { parts: Vec::new(), file }
    }

    /// The bytes of a part.
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let part = self.parts.iter().find(|part| part.name.eq_ignore_ascii_case(name.as_bytes()))?;
        part.unpack(parcel::most(part)).ok()
    }

    /// A part as a tree; `None` where there is none.
    pub fn tree(&self, name: &str) -> Result<Option<Element>, Diagnostic> {
        let Some(bytes) = self.bytes(name) else { return Ok(None) };
        xml::parse(&bytes).map(Some).map_err(|fault| match fault {
            Fault::Broken => messages::word::unreadable(self.file),
            Fault::Hostile => messages::word::hostile(self.file),
        })
    }

    /// The relationships of a part.
    pub fn relations(&self, name: &str) -> Result<Relations, Diagnostic> {
        let (folder, own) = name.rsplit_once('/').unwrap_or(("", name));
        let list = if folder.is_empty() { format!("_rels/{own}.rels") } else { format!("{folder}/_rels/{own}.rels") };
        let mut relations = Relations::new();
        let Some(tree) = self.tree(&list)? else { return Ok(relations) };
        for relation in tree.elements().filter(|element| element.name == "Relationship") {
            let (Some(id), Some(target)) = (relation.get("Id"), relation.get("Target")) else { continue };
            let kind = relation.get("Type").unwrap_or_default().rsplit('/').next().unwrap_or_default().to_string();
            let goal = if relation.get("TargetMode") == Some("External") {
                Goal::Outside(target.to_string())
            } else {
                Goal::Part(inside(folder, target).ok_or_else(|| messages::word::outside(self.file, &words::short(target)))?)
            };
            relations.insert(id.to_string(), (kind, goal));
        }
        Ok(relations)
    }

    /// The name of the part that is the document.
    pub fn document(&self) -> Result<String, Diagnostic> {
        let relations = self.relations("")?;
        let found = relations.into_values().find_map(|(kind, goal)| match goal {
            Goal::Part(name) if kind == "officeDocument" => Some(name),
            _ => None,
        });
        Ok(found.unwrap_or_else(|| "word/document.xml".to_string()))
    }

    /// The names of the parts whose names begin so.
    pub fn named(&self, beginning: &str) -> Vec<String> {
        let names = self.parts.iter().map(|part| String::from_utf8_lossy(part.name).into_owned());
        names.filter(|name| name.starts_with(beginning)).collect()
    }
}

/// The name of a part as another one spells it; `None` where it would lie outside.
fn inside(folder: &str, target: &str) -> Option<String> {
    let target = target.replace('\\', "/");
    let (from, path) = match target.strip_prefix('/') {
        Some(whole) => ("", whole.to_string()),
        None => (folder, target),
    };
    let mut steps: Vec<&str> = from.split('/').filter(|step| !step.is_empty()).collect();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step if step.contains(':') => return None,
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn parts_are_named_inside_the_file_only() {
        assert_eq!(inside("word", "media/a.png").as_deref(), Some("word/media/a.png"));
        assert_eq!(inside("word", "/word/./b.xml").as_deref(), Some("word/b.xml"));
        assert_eq!(inside("word", "../c.xml").as_deref(), Some("c.xml"));
        for target in ["../../etc/passwd", "..\\..\\x", "file:///etc/passwd", "C:\\x", "/../x"] {
            assert_eq!(inside("word", target), None, "{target}");
        }
    }
}
