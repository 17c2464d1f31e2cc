//! Everything in the content that leads to one record or to its files, each with its place and what it should become.

mod prose;

use crate::diagnostic::{Place, SitePath};
use crate::project::Snapshot;
use crate::read::Project;
use crate::schema::{Field, Type};
use crate::source::Spot;
use crate::source::encoding::Typed;
use crate::value::{Fields, Held, Kind, Link, RecordId, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What is sought, and what it becomes.
pub struct Aim<'a> {
    /// The record.
    pub id: &'a RecordId,
    /// Its type.
    pub of: &'a Type,
    /// The id it will have; its own where nothing is renamed.
    pub new_id: &'a str,
    /// Its files and the files beside it, with the paths they will have.
    pub moves: BTreeMap<SitePath, SitePath>,
}

/// One place that leads to the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub place: Place,
    /// The bytes of the text that name it.
    pub range: Range<usize>,
    /// What should stand there.
    pub with: String,
}

impl Aim<'_> {
    /// Does a name mean the record? `id`, `type/id`, `folder/id`.
    fn is_named(&self, name: &str, to: Option<&[String]>) -> bool {
        let name = name.trim().trim_matches('/');
        let allowed = to.is_none_or(|to| to.iter().any(|word| *word == *self.of.name));
        let bare = name.split_once('/').filter(|(first, _)| *first == &*self.of.name || *first == self.of.folder).map(|(_, id)| id);
        allowed && (bare == Some(&*self.id.id) || (to.is_some() || self.of.at_root) && name == &*self.id.id)
    }

    /// A name with the new id.
    fn renamed(&self, name: &str) -> String {
        match name.rfind(&*self.id.id) {
            Some(at) => format!("{}{}{}", &name[..at], self.new_id, &name[at + self.id.id.len()..]),
            None => name.to_string(),
        }
    }

    /// A path as `from` writes it, for a file that will lie elsewhere; `None` where it leads to none of them.
    fn path(&self, from: &SitePath, typed: &str) -> Option<String> {
        let plain = typed.trim_start_matches('/');
        let beside = from.beside(typed);
        let places =
            [beside.clone(), Some(SitePath::new(&format!("content/{plain}"))), Some(SitePath::new(&format!("content/media/{plain}")))];
        let (at, old) =
            places.into_iter().enumerate().find_map(|(at, path)| Some((at, path.filter(|path| self.moves.contains_key(path))?)))?;
        let new = &self.moves[&old];
        let home = self.moves.get(from).unwrap_or(from);
        Some(match at {
            // A path keeps its form where only the name changes.
            0 if old.folder() == new.folder() && home.folder() == from.folder() => {
                let keep = typed.len().checked_sub(old.name().len())?;
                format!("{}{}", typed.get(..keep)?, new.name())
            }
            0 => relative(home.folder(), new.as_str()),
            1 => new.as_str().strip_prefix("content/")?.to_string(),
            _ => new.as_str().strip_prefix("content/media/")?.to_string(),
        })
    }
}

/// The way from a folder to a file.
fn relative(folder: &str, to: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let common = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// Every place, by file, in the order of the text.
pub fn all(snapshot: &Snapshot, project: &Project, aim: &Aim<'_>) -> BTreeMap<SitePath, Vec<Found>> {
    let mut work = Work { aim, texts: BTreeMap::new(), found: BTreeMap::new() };
    for (path, bytes) in snapshot.texts.iter().filter(|(path, _)| path.as_str().starts_with("content/")) {
        let attached = path.as_str().starts_with("content/media/") || path.as_str().starts_with(crate::read::ledger::FOLDER);
        if let Some(typed) = Typed::of(bytes).filter(|_| !attached) {
            work.texts.insert(path.clone(), typed.text);
        }
    }
    for record in &project.records {
        work.fields(&record.file, &record.fields, &project.schemas.types[record.of].fields);
    }
    work.fields(&project.site.file, &project.site.fields, &crate::read::site::grammar().fields);
    let Work { texts, mut found, .. } = work;
    for (path, text) in &texts {
        let more = prose::all(path, text, aim, snapshot);
        if !more.is_empty() {
            found.entry(path.clone()).or_default().extend(more);
        }
    }
    for list in found.values_mut() {
        list.sort_by_key(|found| (found.range.start, found.range.end));
        let mut seen = BTreeSet::new();
        list.retain(|found| seen.insert((found.range.start, found.range.end)));
    }
    found
}

/// A text with all places changed.
pub fn rewritten(text: &str, found: &[Found]) -> String {
    let mut text = text.to_string();
    for one in found.iter().rev() {
        if text.get(one.range.clone()).is_some() {
            text.replace_range(one.range.clone(), &one.with);
        }
    }
    text
}

struct Work<'a, 'b> {
    aim: &'a Aim<'b>,
    texts: BTreeMap<SitePath, String>,
    found: BTreeMap<SitePath, Vec<Found>>,
}

impl Work<'_, '_> {
    fn fields(&mut self, file: &SitePath, fields: &Fields, schema: &[Field]) {
        for (key, held) in fields.iter() {
            let Some(field) = schema.iter().find(|field| field.key == *key) else { continue };
            match &held.value {
                Value::List(items) => items.iter().for_each(|item| self.one(file, item, field)),
                _ => self.one(file, held, field),
            }
        }
    }

    fn one(&mut self, file: &SitePath, held: &Held, field: &Field) {
        match (&held.value, &field.kind) {
            (Value::Group(inner), _) => self.fields(file, inner, &field.fields),
            (Value::Link(Link::Named(name)), Kind::Link { to, .. }) if self.aim.is_named(name, Some(to)) => {
                self.note(file, held.spot, name, &self.aim.renamed(name));
            }
            (Value::Media(media), _) => {
                if let Some(new) = self.aim.path(file, &media.src) {
                    self.note(file, held.spot, &media.src, &new);
                }
            }
            _ => {}
        }
    }

    /// Notes a word that stands at a spot or soon behind it.
    fn note(&mut self, file: &SitePath, spot: Spot, typed: &str, with: &str) {
        let Some(text) = self.texts.get(file) else { return };
        let range = if file.extension() == "csv" { cell(text, spot) } else { from(text, spot) };
        let Some(range) = range else { return };
        let Some(start) = word(&text[range.clone()], typed).map(|at| range.start + at) else { return };
        let place = place(file, text, start).spanning(typed.chars().count());
        let found = Found { place, range: start..start + typed.len(), with: with.to_string() };
        self.found.entry(file.clone()).or_default().push(found);
    }
}

/// Where a word stands by itself: `east` is no part of `north-east`.
fn word(text: &str, wanted: &str) -> Option<usize> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
    text.match_indices(wanted)
        .find(|(at, _)| !text[..*at].ends_with(inside) && !text[at + wanted.len()..].starts_with(inside))
        .map(|(at, _)| at)
}

/// The place of a byte of a file.
fn place(file: &SitePath, text: &str, at: usize) -> Place {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{FEFF}').chars().count() + 1;
    Place::new(file, u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// The text from a spot on.
fn from(text: &str, spot: Spot) -> Option<Range<usize>> {
    let start: usize = text.split_inclusive('\n').take(spot.line.saturating_sub(1) as usize).map(str::len).sum();
    let line = text.get(start..)?;
    let mark = usize::from(start == 0 && text.starts_with('\u{FEFF}'));
    let at = line.char_indices().nth(spot.column.saturating_sub(1) as usize + mark).map_or(0, |(at, _)| at);
    Some(start + at..text.len())
}

/// A cell of a table: rows know their line, cells their number.
fn cell(text: &str, spot: Spot) -> Option<Range<usize>> {
    let start: usize = text.split_inclusive('\n').take(spot.line.saturating_sub(1) as usize).map(str::len).sum();
    let sign = [',', '\t', ';'].into_iter().max_by_key(|sign| text.lines().next().unwrap_or_default().matches(*sign).count())?;
    let (mut number, mut begin, mut quoted) = (1, start, false);
    for (at, c) in text.get(start..)?.char_indices().map(|(at, c)| (start + at, c)) {
        match c {
            '"' => quoted = !quoted,
            c if !quoted && (c == sign || c == '\n') => {
                if number == spot.column {
                    return Some(begin..at);
                }
                if c == '\n' {
                    return None;
                }
                (number, begin) = (number + 1, at + c.len_utf8());
            }
            _ => {}
        }
    }
    (number == spot.column).then_some(begin..text.len())
}

#[cfg(test)]
mod tests {
    use super::{cell, relative, word};
    use crate::source::Spot;

    #[test]
    fn ways_words_and_cells_are_found() {
        assert_eq!(relative("content/pages/about", "content/pages/trace.md"), "../trace.md");
        assert_eq!(relative("content/news", "content/parks/a.md"), "../parks/a.md");
        assert_eq!(relative("content/parks", "content/parks/a.md"), "a.md");
        assert_eq!(word("[north-east, east]", "east"), Some(13));
        assert_eq!(word("north-east", "east"), None);
        let table = "id,a\n1,\"x,\ny\",z\n";
        let found = cell(table, Spot { line: 2, column: 3, length: 0 }).map(|range| &table[range]);
        assert_eq!(found, Some("z"));
    }
}
