//! Changes a record's file in place: what was not asked to change stays byte for byte, comments, order and quotes
//! included.
//!
//! In: the text of a `.md`, `.yaml` or `.yml` file and what should be different. Out: the new text, which has been read
//! again and found to hold exactly the wanted values, or the reason why it was not changed. Never: guesses.

mod print;
mod shape;
mod splice;

use super::{Node, Shape, Spot, encoding, front_matter, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Said, SitePath, messages, said};
use shape::{Move, Tree};
use std::ops::Range;

/// One step of the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The key of a mapping, as typed in the file ([`tree`] tells which spelling that is).
    Key(String),
    /// An item of a list, from 0; the length of the list appends.
    Item(usize),
}

/// A value to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plain {
    /// A text; quoted where YAML or the reader would take it for something else, a block where it has several lines.
    Text(String),
    /// A scalar as it is: `12000`, `2026-03-05`, `true`.
    Verbatim(String),
    /// A list.
    List(Vec<Plain>),
    /// A mapping, in this order.
    Group(Vec<(String, Plain)>),
    /// Nothing behind the colon.
    Empty,
}

impl Plain {
    /// A value as it stands in a file.
    pub fn of(node: &Node) -> Plain {
        match &node.shape {
            Shape::Null => Plain::Empty,
            Shape::Scalar(scalar) if scalar.quoted => Plain::Text(scalar.text.clone()),
            Shape::Scalar(scalar) => Plain::Verbatim(scalar.text.clone()),
            Shape::List(items) => Plain::List(items.iter().map(Plain::of).collect()),
            Shape::Map(entries) => Plain::Group(entries.iter().map(|entry| (entry.key.clone(), Plain::of(&entry.value))).collect()),
        }
    }
    /// Do both say the same, however it is quoted and in whatever order its keys stand?
    pub fn says(&self, other: &Plain) -> bool {
        Tree::from(self) == Tree::from(other)
    }
}

/// One change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Give a value; keys on the way that are missing are made. What is so already is left alone, item by item.
    Set {
        /// Where.
        path: Vec<Step>,
        /// What.
        value: Plain,
    },
    /// Take a key or an item away; nothing happens where it is not there.
    Remove {
        /// Where.
        path: Vec<Step>,
    },
    /// Give the Markdown: what stands below the front matter, or under `body:` of a `.yaml` file.
    Body(String),
}

/// Why a file was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Where in the file.
    pub place: Place,
    /// Why.
    pub why: Said,
    /// What is wrong with the file itself, where that is the reason.
    pub found: Vec<Diagnostic>,
}

impl Refused {
    /// As diagnostics: the mistakes of the file, or one that says why it was left alone.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        if self.found.is_empty() { vec![messages::source::edit_refused(self.place.clone(), &self.why)] } else { self.found.clone() }
    }
}

/// Changes a text. Line ends and a byte order mark stay as they are. `order` names keys in the order of the type, dotted
/// within groups (`spaces.area_m2`): a new key is put behind the nearest one before it, else behind the last.
pub fn apply(file: &SitePath, text: &str, changes: &[Change], order: &[&str]) -> Result<String, Refused> {
    let (before, body_before) = values(file, text)?;
    let mut sheet = Sheet::open(file, text);
    let (mut wanted, mut body) = (before, body_before.map(|body| body.trim().to_string()));
    for change in changes {
        match change {
            Change::Set { path, value } => sheet.set(&mut wanted, path, value, order)?,
            Change::Remove { path } => {
                if wanted.at(path).is_some() {
                    sheet.act(&mut wanted, Move::Cut(path.clone()))?;
                }
            }
            Change::Body(prose) if sheet.is_markdown => {
                sheet.prose(prose);
                body = Some(prose.trim().to_string());
            }
            Change::Body(prose) => {
                let key = ["正文"].into_iter().find(|key| wanted.at(&[Step::Key((*key).to_string())]).is_some()).unwrap_or("body");
                let path = [Step::Key(key.to_string())];
                let same = matches!(wanted.at(&path), Some(Tree::Scalar(known, _)) if known.trim() == prose.trim());
                if !same {
                    sheet.set(&mut wanted, &path, &Plain::Text(format!("{}\n", prose.trim())), &[])?;
                }
            }
        }
    }
    let after = sheet.close();
    let odd = || {
        let why = said(
            "改动后的文件读出来与所要的不一致，没有改动。请手工修改。",
            "After the change the file would not read as wanted; it was left alone. Edit it by hand.",
        );
        Refused { place: Place::start(file), why, found: Vec::new() }
    };
    let (found, found_body) = values(file, &after).map_err(|_| odd())?;
    let same_body = found_body.map(|body| body.trim().to_string()).unwrap_or_default() == body.unwrap_or_default();
    if found == wanted && same_body { Ok(after) } else { Err(odd()) }
}

/// A key of a mapping as it is written, quoted where it would not be read as one.
pub fn key(name: &str) -> String {
    print::key(name)
}

/// A value on one line, as it stands behind a colon: lists and groups between brackets.
pub fn in_line(value: &Plain) -> String {
    print::in_line(value, false)
}

/// [`apply`] for the bytes of a file: a file in UTF-16 or GB18030 stays in it.
pub fn apply_bytes(file: &SitePath, bytes: &[u8], changes: &[Change], order: &[&str]) -> Result<Vec<u8>, Refused> {
    let Some(typed) = encoding::Typed::of(bytes) else {
        let mut noted = Diagnostics::new();
        encoding::decode(file, bytes, &mut noted);
        let why = said("文件读不懂，没有改动。", "The file cannot be read; it was left alone.");
        return Err(Refused { place: Place::start(file), why, found: noted.iter().cloned().collect() });
    };
    apply(file, &typed.text, changes, order).map(|text| typed.encode(&text))
}

/// What a file says: its fields with the keys as typed, and the Markdown of a `.md` file.
pub fn tree(file: &SitePath, text: &str) -> Result<(Node, Option<String>), Refused> {
    let mut noted = Diagnostics::new();
    let plain = text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n");
    let read = if is_markdown(file) {
        front_matter::split(file, &plain, &mut noted).and_then(|halves| {
            let empty = Node { spot: Spot { line: 1, column: 1, length: 0 }, shape: Shape::Map(Vec::new()) };
            let node = halves.front.map_or(Some(empty), |front| yaml::parse(file, front, halves.front_line, &mut noted))?;
            Some((node, Some(halves.body.to_string())))
        })
    } else {
        yaml::parse(file, &plain, 1, &mut noted).map(|node| (node, None))
    };
    let found: Vec<Diagnostic> = noted.iter().cloned().collect();
    match read {
        Some((node, body)) if !noted.has_errors() && node.map().is_some() && !plain.contains('\r') => Ok((node, body)),
        _ => {
            let place = found.first().and_then(|first| first.place.clone()).unwrap_or_else(|| Place::start(file));
            let why = said("文件本身有错，改正以后再改。", "The file has mistakes; mend them first.");
            Err(Refused { place, why, found })
        }
    }
}

fn values(file: &SitePath, text: &str) -> Result<(Tree, Option<String>), Refused> {
    tree(file, text).map(|(node, body)| (Tree::from(&node), body))
}

fn is_markdown(file: &SitePath) -> bool {
    matches!(file.extension().as_str(), "md" | "markdown")
}

/// A file while it is changed.
struct Sheet<'a> {
    file: &'a SitePath,
    is_markdown: bool,
    /// Did a `.md` file have front matter?
    is_fenced: bool,
    /// What stands before the YAML: a mark, blank lines, the fence.
    before: String,
    yaml: String,
    /// What stands behind it: the fence, the Markdown.
    after: String,
    /// The line of the file on which the YAML begins.
    first_line: u32,
    eol: &'static str,
}

impl<'a> Sheet<'a> {
    fn open(file: &'a SitePath, text: &str) -> Sheet<'a> {
        let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let is_markdown = is_markdown(file);
        let fences = if is_markdown { fences(text, mark) } else { Some(mark..text.len()) };
        let range = fences.clone().unwrap_or(mark..mark);
        let (before, after) = (text[..range.start].to_string(), text[range.end..].to_string());
        let first_line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
        Sheet { file, is_markdown, is_fenced: fences.is_some(), before, yaml: text[range].to_string(), after, first_line, eol }
    }

    fn close(self) -> String {
        if !self.is_markdown || self.is_fenced || self.yaml.is_empty() {
            return self.before + &self.yaml + &self.after;
        }
        let gap = if self.after.starts_with(['\r', '\n']) || self.after.is_empty() { "" } else { self.eol };
        format!("{}---{eol}{}---{eol}{gap}{}", self.before, self.yaml, self.after, eol = self.eol)
    }

    fn refuse(&self, at: usize, why: Said) -> Refused {
        let before = &self.yaml[..at.min(self.yaml.len())];
        let line = self.first_line + u32::try_from(before.matches('\n').count()).unwrap_or(0);
        let column = before.rsplit('\n').next().map_or(1, |line| line.chars().count() + 1);
        Refused { place: Place::new(self.file, line, u32::try_from(column).unwrap_or(1)), why, found: Vec::new() }
    }

    /// Gives a value, making what is missing on the way.
    fn set(&mut self, wanted: &mut Tree, path: &[Step], value: &Plain, order: &[&str]) -> Result<(), Refused> {
        let (mut path, mut value) = (path.to_vec(), value.clone());
        while let Some((last, parents)) = path.split_last()
            && matches!(wanted.at(parents), None | Some(Tree::Null))
            && !parents.is_empty()
        {
            value = match last {
                Step::Key(key) => Plain::Group(vec![(key.clone(), value)]),
                Step::Item(_) => Plain::List(vec![value]),
            };
            path.pop();
        }
        let prefix: Vec<&str> =
            path.iter().rev().skip(1).rev().filter_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None }).collect();
        let prefix = prefix.iter().map(|key| format!("{key}.")).collect::<String>();
        let siblings: Vec<String> =
            order.iter().filter_map(|key| key.strip_prefix(&prefix)).filter(|key| !key.contains('.')).map(str::to_string).collect();
        let mut list = Vec::new();
        shape::moves(wanted.at(&path), &path, &value, &siblings, &mut list);
        list.into_iter().try_for_each(|one| self.act(wanted, one))
    }

    /// Does one thing to the text and to the tree that is wanted of it.
    fn act(&mut self, wanted: &mut Tree, one: Move) -> Result<(), Refused> {
        let done = match &one {
            Move::Put(path, value, _) => wanted.put(path, Tree::from(value)),
            Move::Cut(path) => wanted.cut(path),
        };
        if !done {
            return Err(self.refuse(0, said("没有这个位置。", "There is no such place.")));
        }
        match splice::splice(&self.yaml, self.eol, &one) {
            Ok((range, with)) => {
                self.yaml.replace_range(range, &with);
                Ok(())
            }
            Err((at, why)) => Err(self.refuse(at, why)),
        }
    }

    /// Gives the Markdown below the front matter.
    fn prose(&mut self, prose: &str) {
        let fence = if self.is_fenced { self.after.find('\n').map_or(self.after.len(), |at| at + 1) } else { 0 };
        let (fence, old) = self.after.split_at(fence);
        if old.replace("\r\n", "\n").trim() == prose.trim() {
            return;
        }
        let blank = &old[..old.len() - old.trim_start_matches(['\r', '\n']).len()];
        let blank = if blank.is_empty() && self.is_fenced { self.eol } else { blank };
        let text = prose.trim().replace("\r\n", "\n").replace('\n', self.eol);
        let line = if fence.ends_with('\n') || fence.is_empty() { "" } else { self.eol };
        self.after = if text.is_empty() { format!("{fence}{line}") } else { format!("{fence}{line}{blank}{text}{}", self.eol) };
    }
}

/// The bytes between the fences.
fn fences(text: &str, mark: usize) -> Option<Range<usize>> {
    let mut at = mark;
    let mut start = None;
    for line in text[mark..].split_inclusive('\n') {
        let bare = line.trim_end();
        match start {
            None if bare.is_empty() => {}
            None if bare == "---" => start = Some(at + line.len()),
            None => return None,
            Some(from) if bare == "---" || bare == "..." => return Some(from..at),
            Some(_) => {}
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests;
