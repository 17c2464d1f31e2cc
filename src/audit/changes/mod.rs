//! What a build changes for readers against the build before, for the person who signs: pages added, changed, withdrawn
//! and gone, and each field with its old and its new value.
//!
//! Both sides are catalogs, so that the report sees exactly what readers see. Of private fields it says only that they
//! changed: the report is printed, signed and filed, and must not carry what the site withholds.

mod fields;
mod page;
mod print;

pub use page::{STYLE, page};
pub use print::{json, text};

use crate::diagnostic::{Said, SitePath};
use crate::read::Record;
use crate::resolve::{Catalog, Entry, State};
use crate::value::{Lang, RecordId};
use std::collections::BTreeMap;

/// A site at one instant: what is public, and its records as written, private fields included.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// What is public.
    pub catalog: &'a Catalog,
    /// The records as written.
    pub records: &'a [Record],
    /// The digests of what it publishes as it is; a file without one is compared by its size.
    pub media: &'a BTreeMap<SitePath, String>,
}

/// What changed.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The name of the site.
    pub site: String,
    /// The instant of the build before; `None` where there was none.
    pub since: Option<String>,
    /// The instant of this build.
    pub at: String,
    /// The digest of the content that is reported.
    pub content: String,
    /// Pages that are new.
    pub added: Vec<Item>,
    /// Pages that say something else.
    pub changed: Vec<Item>,
    /// Pages of which a tombstone is left.
    pub withdrawn: Vec<Item>,
    /// Pages that are gone.
    pub gone: Vec<Item>,
    /// Pictures and attachments: path, and whether it is new, another one, or gone.
    pub files: Vec<(String, FileChange)>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileChange {
    /// It is new.
    Added,
    /// Its bytes are others.
    Changed,
    /// It is no longer published.
    Gone,
}

/// A page of a record.
#[derive(Debug, Clone)]
pub struct Item {
    /// What people call the type.
    pub label: Said,
    /// Type and id.
    pub id: RecordId,
    /// The language.
    pub lang: Lang,
    /// The title, the new one where it changed.
    pub title: String,
    /// The address below the root.
    pub path: String,
    /// How it stood and how it stands, where that changed.
    pub states: Option<(String, String)>,
    /// What changed in it.
    pub fields: Vec<FieldChange>,
}

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The dotted path with the keys of items: `spaces.101.rent`.
    pub path: String,
    /// What people call it.
    pub label: Said,
    /// What it said; `None` where it was not given, or is private.
    pub from: Option<String>,
    /// What it says; `None` where it is not given, or is private.
    pub to: Option<String>,
    /// Was it computed from others?
    pub computed: bool,
    /// Its values are withheld.
    pub private: bool,
}

impl Report {
    /// Nothing at all?
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.withdrawn.is_empty() && self.gone.is_empty() && self.files.is_empty()
    }
}

/// Compares two builds of a site; without the one before every page is new.
pub fn between(old: Option<Side<'_>>, new: Side<'_>) -> Report {
    let catalog = new.catalog;
    let zone = &catalog.site.zone;
    let mut report = Report {
        site: catalog.site.name.clone(),
        since: old.map(|old| old.catalog.at.minute_in(&old.catalog.site.zone)),
        at: catalog.at.minute_in(zone),
        content: catalog.digest.clone(),
        ..Report::default()
    };
    let before: BTreeMap<(&RecordId, Lang), &Entry> = old.map(|old| by_key(old.catalog)).unwrap_or_default();
    let now = by_key(catalog);
    let unseen = old.map(|old| fields::Unseen::between(old.records, new.records, &catalog.schemas)).unwrap_or_default();
    for (key, entry) in &now {
        let item = |states, fields| Item { states, fields, ..item(catalog, entry) };
        let was = before.get(key).copied();
        match (was.zip(old), entry.state) {
            (None, State::Withdrawn) => report.withdrawn.push(item(None, Vec::new())),
            (None, _) => report.added.push(item(None, Vec::new())),
            (Some((was, _)), State::Withdrawn) if was.state != State::Withdrawn => {
                report.withdrawn.push(item(Some((was.state.word().to_string(), entry.state.word().to_string())), Vec::new()));
            }
            (Some((was, old)), _) => {
                let mut changed = fields::between((old.catalog, was), (catalog, entry));
                changed.extend(unseen.of(&entry.id, entry.lang));
                let states = (was.state != entry.state).then(|| (was.state.word().to_string(), entry.state.word().to_string()));
                if !changed.is_empty() || states.is_some() {
                    report.changed.push(item(states, changed));
                }
            }
        }
    }
    if let Some(old) = old {
        for (key, was) in before.iter().filter(|(key, _)| !now.contains_key(*key)) {
            let held = catalog.held.iter().find(|held| (&held.id, held.lang) == *key);
            let word = held.map_or("deleted", |held| held.state.as_str()).to_string();
            report.gone.push(Item { states: Some((was.state.word().to_string(), word)), ..item(old.catalog, was) });
        }
        files(old, new, &mut report.files);
    }
    report
}

fn by_key(catalog: &Catalog) -> BTreeMap<(&RecordId, Lang), &Entry> {
    catalog.entries.iter().map(|entry| ((&entry.id, entry.lang), entry)).collect()
}

fn item(catalog: &Catalog, entry: &Entry) -> Item {
    Item {
        label: catalog.type_of(entry).label.clone(),
        id: entry.id.clone(),
        lang: entry.lang,
        title: entry.title.clone(),
        path: entry.url.link(false),
        states: None,
        fields: Vec::new(),
    }
}

fn files(old: Side<'_>, new: Side<'_>, found: &mut Vec<(String, FileChange)>) {
    let same_bytes = |file: &SitePath| old.media.get(file).zip(new.media.get(file)).is_none_or(|(was, is)| was == is);
    let (old, new) = (old.catalog, new.catalog);
    for (file, media) in &new.media {
        match old.media.get(file) {
            None => found.push((media.path.clone(), FileChange::Added)),
            Some(before) if before.blob.bytes != media.blob.bytes || !same_bytes(file) => {
                found.push((media.path.clone(), FileChange::Changed))
            }
            Some(_) => {}
        }
    }
    found.extend(
        old.media.iter().filter(|(file, _)| !new.media.contains_key(*file)).map(|(_, media)| (media.path.clone(), FileChange::Gone)),
    );
}
