//! Links and media of fields: names become records and files that exist.

use super::{Candidate, State};
use crate::diagnostic::{Diagnostics, Place, SitePath, messages, nearest};
use crate::project::{Blob, Snapshot};
use crate::read::Beside;
use crate::schema::{Field, Schemas, Type};
use crate::source::lookup::{Known, Lookup};
use crate::value::{Fields, Held, Kind, Link, Media, RecordId, Value};
use rayon::prelude::*;
use std::sync::Arc;

/// Which records there are, and which of them are public.
pub struct Index<'a> {
    /// By type: id → public?
    by_type: Vec<Lookup<Arc<str>, bool>>,
    /// Those of which more than a tombstone is shown.
    living: Known<RecordId>,
    /// The record of a file.
    by_file: Lookup<SitePath, RecordId>,
    /// The anchors of a record's page: headings of its prose and keys of its rows.
    anchors: Lookup<RecordId, Vec<String>>,
    /// The paths at which companions are published.
    pub beside: Vec<&'a str>,
    /// The types.
    pub schemas: &'a Schemas,
}

/// What a name leads to.
pub enum Sought {
    /// A record; is it public?
    Found(RecordId, bool),
    /// Two types have a record of this id.
    Several(Vec<RecordId>),
    /// Nothing; the nearest id.
    Nothing(Option<String>),
}

impl<'a> Index<'a> {
    /// Indexes all candidates.
    pub fn new(candidates: &[Candidate], schemas: &'a Schemas, beside: &'a [Beside]) -> Index<'a> {
        let by_type = || {
            let mut by_type = vec![Lookup::default(); schemas.types.len()];
            for candidate in candidates {
                *by_type[candidate.record.of].entry(candidate.record.id.id.clone()).or_default() |= candidate.state.is_some();
            }
            by_type
        };
        let living = || candidates.iter().filter(|candidate| is_living(candidate)).map(|candidate| candidate.record.id.clone()).collect();
        let by_file = || candidates.iter().map(|candidate| (candidate.record.file.clone(), candidate.record.id.clone())).collect();
        let anchors = || {
            let of = |candidate: &Candidate| anchors(candidate, &schemas.types[candidate.record.of]);
            let all: Vec<Vec<String>> = candidates.par_iter().map(of).collect();
            let mut by_record: Lookup<RecordId, Vec<String>> = Lookup::default();
            for (candidate, anchors) in candidates.iter().zip(all).filter(|(_, anchors)| !anchors.is_empty()) {
                by_record.entry(candidate.record.id.clone()).or_default().extend(anchors);
            }
            by_record
        };
        let ((by_type, living), (by_file, anchors)) = rayon::join(|| rayon::join(by_type, living), || rayon::join(by_file, anchors));
        Index { by_type, living, by_file, anchors, beside: beside.iter().map(|beside| beside.at.as_str()).collect(), schemas }
    }
    /// Seeks a record: `id`, `type/id`, `folder/id`, or a nested id of a type at the root.
    pub fn seek(&self, name: &str, to: Option<&[String]>) -> Sought {
        let name = name.trim().trim_matches('/');
        let wanted = |of: usize| to.is_none_or(|to| to.iter().any(|word| *word == *self.schemas.types[of].name));
        let mut found = Vec::new();
        for (of, schema) in self.schemas.types.iter().enumerate().filter(|(of, _)| wanted(*of)) {
            let with_type = name.split_once('/').filter(|(first, _)| *first == &*schema.name || *first == schema.folder).map(|(_, id)| id);
            for id in [with_type, (to.is_some() || schema.at_root).then_some(name)].into_iter().flatten() {
                if let Some((id, public)) = self.by_type[of].get_key_value(id) {
                    found.push((RecordId { of: schema.name.clone(), id: id.clone() }, *public));
                }
            }
        }
        match found.len() {
            0 => {
                let mut names: Vec<_> = (0..self.by_type.len()).filter(|of| wanted(*of)).flat_map(|of| self.by_type[of].keys()).collect();
                // Of two names equally near, the same is told every time.
                names.sort();
                let last = name.rsplit('/').next().unwrap_or(name);
                Sought::Nothing(nearest(last, names.iter().map(|id| &***id)).map(str::to_string))
            }
            1 => found.pop().map_or(Sought::Nothing(None), |(id, public)| Sought::Found(id, public)),
            _ => Sought::Several(found.into_iter().map(|(id, _)| id).collect()),
        }
    }
    /// The record of a file.
    pub fn of_file(&self, file: &SitePath) -> Option<(RecordId, bool)> {
        let id = self.by_file.get(file)?;
        let of = self.schemas.types.iter().position(|of| of.name == id.of)?;
        Some((id.clone(), self.by_type[of].get(&id.id).copied().unwrap_or(false)))
    }
    /// The folder of a record's type, as a link target; empty for types at the root.
    pub fn folder_of(&self, id: &RecordId) -> String {
        self.schemas.named(&id.of).filter(|of| !of.at_root).map(|of| of.folder.clone()).unwrap_or_default()
    }
    /// The anchors of a record's page that content knows of.
    pub fn anchors_of(&self, id: &RecordId) -> &[String] {
        self.anchors.get(id).map_or(&[], Vec::as_slice)
    }
}

/// The anchors that the page of a candidate will have.
fn anchors(candidate: &Candidate, schema: &Type) -> Vec<String> {
    let record = &candidate.record;
    let prose =
        record.fields.iter().filter_map(|(_, held)| if let Value::Markdown(document) = &held.value { Some(&**document) } else { None });
    let headings = record.body.iter().chain(prose).flat_map(|document| &document.headings);
    let mut anchors: Vec<String> = headings.map(|heading| heading.id.clone()).collect();
    if let Some(field) = schema.rows.as_deref().and_then(|rows| schema.field(rows))
        && let Some(key) = &field.item_key
    {
        let keys = record.fields.all(&format!("{}.{key}", field.key));
        anchors.extend(keys.iter().filter_map(|held| if let Value::Text(text) = &held.value { Some(format!("u-{text}")) } else { None }));
    }
    anchors
}

fn is_living(candidate: &Candidate) -> bool {
    candidate.state.is_some_and(|state| state != State::Withdrawn)
}

/// The files that may be published.
pub struct MediaIndex<'a> {
    snapshot: &'a Snapshot,
}

impl<'a> MediaIndex<'a> {
    /// The files of a snapshot.
    pub fn new(snapshot: &'a Snapshot) -> MediaIndex<'a> {
        MediaIndex { snapshot }
    }
    /// The file that a path means: beside the text, below `content/`, or below `content/media/`.
    pub fn find(&self, from: &SitePath, src: &str) -> Option<(SitePath, Blob)> {
        let plain = src.trim_start_matches('/');
        let places =
            [from.beside(src), Some(SitePath::new(&format!("content/{plain}"))), Some(SitePath::new(&format!("content/media/{plain}")))];
        places.into_iter().flatten().filter(|path| !path.as_str().contains("/../")).find_map(|path| Some((path.clone(), self.blob(&path)?)))
    }
    /// The bytes of a file.
    pub fn blob(&self, path: &SitePath) -> Option<Blob> {
        if let Some(blob) = self.snapshot.blobs.get(path).filter(|_| path.as_str().starts_with("content/")) {
            return Some(blob.clone());
        }
        // A table in content/media/ is an attachment, though it was loaded like a text.
        let bytes = self.snapshot.texts.get(path).filter(|_| path.as_str().starts_with("content/media/"))?;
        Some(Blob::in_memory(bytes.clone()))
    }
    /// The nearest file name to one that does not exist.
    pub fn nearest(&self, src: &str) -> Option<String> {
        let wanted = src.rsplit('/').next().unwrap_or(src);
        let names = self.snapshot.blobs.keys().filter(|path| path.as_str().starts_with("content/"));
        nearest(wanted, names.map(SitePath::name)).map(str::to_string)
    }
}

/// Resolves links and media in the fields of every candidate, withheld ones included.
pub fn resolve(candidates: &mut [Candidate], index: &Index<'_>, media: &MediaIndex<'_>, schemas: &Schemas, diagnostics: &mut Diagnostics) {
    super::each(candidates, diagnostics, |candidate, diagnostics| {
        let schema = &schemas.types[candidate.record.of];
        let file = candidate.record.file.clone();
        let mut work = Work { file: &file, public: is_living(candidate), index, media, diagnostics };
        work.level(&mut candidate.record.fields, &schema.fields, "");
    });
    cycles(candidates, schemas, diagnostics);
}

/// Resolves media in the settings of the site.
pub fn settings(site: &mut crate::read::Site, index: &Index<'_>, media: &MediaIndex<'_>, diagnostics: &mut Diagnostics) {
    let grammar = crate::read::site::grammar();
    let file = site.file.clone();
    Work { file: &file, public: true, index, media, diagnostics }.level(&mut site.fields, &grammar.fields, "");
}

struct Work<'a, 'd> {
    file: &'a SitePath,
    public: bool,
    index: &'a Index<'a>,
    media: &'a MediaIndex<'a>,
    diagnostics: &'d mut Diagnostics,
}

impl Work<'_, '_> {
    fn level(&mut self, fields: &mut Fields, schema: &[Field], prefix: &str) {
        fields.retain(|key, held| {
            if !leads(&held.value) {
                return true;
            }
            let Some(field) = schema.iter().find(|field| &*field.key == key) else { return true };
            let path = if prefix.is_empty() { key.to_string() } else { format!("{prefix}.{key}") };
            let Held { value, spot, .. } = held;
            match value {
                Value::List(items) => {
                    items.retain_mut(|item| self.one(&mut item.value, field, item.spot.at(self.file).in_field(&path), &path));
                    !items.is_empty()
                }
                value => self.one(value, field, spot.at(self.file).in_field(&path), &path),
            }
        });
    }

    /// Resolves one value; `false` takes it away, because it leads to something that is not public.
    fn one(&mut self, value: &mut Value, field: &Field, place: Place, path: &str) -> bool {
        match (value, &field.kind) {
            (Value::Group(inner), _) => {
                self.level(inner, &field.fields, path);
                true
            }
            (Value::Link(link), Kind::Link { to, or_text, .. }) => self.link(link, field, to, *or_text, place),
            (Value::Media(media), kind) => {
                self.media(media, *kind == Kind::Image, place);
                true
            }
            _ => true,
        }
    }

    fn link(&mut self, link: &mut Link, field: &Field, to: &[String], or_text: bool, place: Place) -> bool {
        let Link::Named(name) = link else { return true };
        match self.index.seek(name, Some(to)) {
            // Prose may lead to a tombstone; a fact, a card or a sum must not be made from one.
            Sought::Found(id, true) if !self.index.living.contains(&id) => {
                if self.public {
                    self.diagnostics.push(messages::resolve::link_withdrawn(place, &field.label, &id.to_string()));
                }
                return false;
            }
            Sought::Found(id, true) => *link = Link::Record(id),
            Sought::Found(id, false) => {
                if self.public {
                    self.diagnostics.push(messages::resolve::link_withheld(place, &field.label, &id.to_string()));
                }
                return false;
            }
            Sought::Several(ids) => {
                let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
                self.diagnostics.push(messages::resolve::link_ambiguous(place, name, &names));
            }
            Sought::Nothing(_) if or_text => *link = Link::Text(std::mem::take(name)),
            Sought::Nothing(near) => {
                let types: Vec<_> =
                    to.iter().filter_map(|name| self.index.schemas.named(name)).map(|of| (&of.label, of.folder.as_str())).collect();
                self.diagnostics.push(messages::resolve::link_unknown(place, &field.label, name, &types, near.as_deref()));
            }
        }
        true
    }

    fn media(&mut self, media: &mut Media, is_image: bool, place: Place) {
        match self.media.find(self.file, &media.src) {
            Some((path, _)) if !super::published::is_allowed(&path, is_image) => {
                self.diagnostics.push(messages::resolve::media_type(place, &media.src, is_image));
            }
            Some((path, blob)) => {
                media.bytes = blob.bytes;
                media.file = Some(path);
            }
            None => self.diagnostics.push(messages::resolve::media_missing(place, &media.src, self.media.nearest(&media.src).as_deref())),
        }
    }
}

/// Can a value lead to a record or a file? Most are plain, and for them nothing need be looked up.
fn leads(value: &Value) -> bool {
    match value {
        Value::Group(_) | Value::Link(_) | Value::Media(_) => true,
        Value::List(items) => items.is_empty() || items.iter().any(|item| leads(&item.value)),
        _ => false,
    }
}

/// A record cannot lie below itself.
fn cycles(candidates: &[Candidate], schemas: &Schemas, diagnostics: &mut Diagnostics) {
    let parent = |candidate: &Candidate| {
        let field = schemas.types[candidate.record.of].with_role(crate::schema::Role::Parent)?;
        match candidate.record.fields.value(&field.key) {
            Some(Value::Link(Link::Record(id))) => Some(id.clone()),
            _ => None,
        }
    };
    let parents: Lookup<&RecordId, RecordId> =
        candidates.iter().filter_map(|candidate| Some((&candidate.record.id, parent(candidate)?))).collect();
    for candidate in candidates {
        let mut above = parents.get(&candidate.record.id);
        for _ in 0..64 {
            match above {
                Some(id) if *id == candidate.record.id => {
                    let key = schemas.types[candidate.record.of].with_role(crate::schema::Role::Parent).map_or("", |field| &*field.key);
                    let spot = candidate.record.fields.get(key).map(|held| held.spot).unwrap_or_default();
                    diagnostics.push(messages::resolve::link_cycle(spot.at(&candidate.record.file).in_field(key), &id.to_string()));
                    break;
                }
                Some(id) => above = parents.get(id),
                None => break,
            }
        }
    }
}
