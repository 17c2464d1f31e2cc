//! Links, images and blocks of prose: checked against what exists, and named by what they mean.

use super::Candidate;
use super::links::{Index, MediaIndex, Sought};
use crate::diagnostic::{Diagnostics, Place, SitePath, messages, nearest};
use crate::read::Intro;
use crate::source::Spot;
use crate::value::{Document, Fields, Lang, RecordId, Target, Value};
use std::collections::BTreeMap;

/// Resolves every piece of prose of every candidate: bodies and `markdown` fields at any depth.
pub fn resolve(candidates: &mut [Candidate], index: &Index<'_>, media: &MediaIndex<'_>, diagnostics: &mut Diagnostics) {
    super::each(candidates, diagnostics, |candidate, diagnostics| {
        let record = &mut candidate.record;
        let file = record.file.clone();
        let mut work = Work { file: &file, own: Some(&record.id), public: candidate.state.is_some(), index, media, diagnostics };
        if let Some(body) = &mut record.body {
            work.document(body);
        }
        work.fields(&mut record.fields);
    });
}

/// Resolves the introductions, by folder and language.
pub fn intros(
    intros: Vec<Intro>,
    index: &Index<'_>,
    media: &MediaIndex<'_>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<(String, Lang), Intro> {
    let mut resolved = BTreeMap::new();
    for mut intro in intros {
        let file = intro.file.clone();
        if let Some(body) = &mut intro.body {
            Work { file: &file, own: None, public: true, index, media, diagnostics }.document(body);
        }
        resolved.insert((intro.folder.clone(), intro.lang), intro);
    }
    resolved
}

struct Work<'a, 'd> {
    file: &'a SitePath,
    own: Option<&'a RecordId>,
    public: bool,
    index: &'a Index<'a>,
    media: &'a MediaIndex<'a>,
    diagnostics: &'d mut Diagnostics,
}

impl Work<'_, '_> {
    fn fields(&mut self, fields: &mut Fields) {
        fields.retain(|_, held| {
            self.value(&mut held.value);
            true
        });
    }

    fn value(&mut self, value: &mut Value) {
        match value {
            Value::Markdown(document) => self.document(document),
            Value::Group(inner) => self.fields(inner),
            Value::List(items) => items.iter_mut().for_each(|item| self.value(&mut item.value)),
            _ => {}
        }
    }

    fn document(&mut self, document: &mut Document) {
        let headings: Vec<String> = document.headings.iter().map(|heading| heading.id.clone()).collect();
        for link in &mut document.links {
            self.link(&mut link.target, link.spot, &headings);
        }
        for image in &mut document.images {
            self.file(&mut image.target, image.spot, true);
        }
        for block in &mut document.blocks {
            if let Some(record) = &mut block.record {
                self.link(&mut record.target, record.spot, &headings);
            }
            if let Some(media) = &mut block.media {
                self.file(&mut media.target, media.spot, true);
            }
            if let Some(body) = &mut block.body {
                self.document(body);
            }
        }
    }

    fn place(&self, spot: Spot) -> Place {
        spot.at(self.file)
    }

    fn link(&mut self, target: &mut Target, spot: Spot, headings: &[String]) {
        match target {
            Target::Anchor(anchor) => {
                let known = self.own.map_or(&[][..], |id| self.index.anchors_of(id));
                let anchor = anchor.clone();
                self.anchor(&anchor, spot, headings.iter().chain(known));
            }
            Target::Record(name, anchor) => match self.index.seek(name, None) {
                Sought::Found(id, public) => *target = self.found(id, public, anchor.take(), spot),
                Sought::Several(ids) => {
                    let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
                    self.diagnostics.push(messages::resolve::link_ambiguous(self.place(spot), name, &names));
                }
                Sought::Nothing(near) => {
                    self.diagnostics.push(messages::resolve::prose_link_unknown(self.place(spot), name, near.as_deref()));
                }
            },
            Target::Relative(path, anchor) => {
                let (path, anchor) = (path.clone(), anchor.take());
                self.relative(target, &path, anchor, spot);
            }
            _ => {}
        }
    }

    fn relative(&mut self, target: &mut Target, path: &str, anchor: Option<String>, spot: Spot) {
        let Some(there) = self.file.beside(path) else {
            self.diagnostics.push(messages::resolve::link_leaves_site(self.place(spot), path));
            return;
        };
        if path.starts_with('/') && self.index.beside.iter().any(|at| there.as_str().split('/').next().is_some_and(|first| first == *at)) {
            *target = Target::Beside(path.trim_start_matches('/').to_string(), anchor);
            return;
        }
        if let Some((id, public)) = self.index.of_file(&there) {
            *target = self.found(id, public, anchor, spot);
            return;
        }
        if let Some((file, _)) = self.media.find(self.file, path) {
            if super::published::is_allowed(&file, false) {
                *target = Target::File(file);
            } else {
                self.diagnostics.push(messages::resolve::media_type(self.place(spot), path, false));
            }
            return;
        }
        let inside = there.as_str().strip_prefix("content").unwrap_or(there.as_str()).trim_matches('/');
        let folder = inside.strip_suffix("/_index.md").unwrap_or(inside);
        if folder.is_empty() || self.index.schemas.in_folder(folder).is_some_and(|of| !of.at_root) {
            *target = Target::Folder(folder.to_string());
            return;
        }
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        match self.index.seek(stem, None) {
            Sought::Found(id, public) => *target = self.found(id, public, anchor, spot),
            Sought::Nothing(near) => self.diagnostics.push(messages::resolve::prose_link_unknown(self.place(spot), path, near.as_deref())),
            Sought::Several(_) => self.diagnostics.push(messages::resolve::prose_link_unknown(self.place(spot), path, None)),
        }
    }

    /// A record that exists; one that is not public is replaced by the list of its type.
    fn found(&mut self, id: RecordId, public: bool, anchor: Option<String>, spot: Spot) -> Target {
        if !public {
            if self.public {
                self.diagnostics.push(messages::resolve::prose_link_withheld(self.place(spot), &id.to_string()));
            }
            return Target::Folder(self.index.folder_of(&id));
        }
        if let Some(anchor) = &anchor {
            let known: Vec<String> = self.index.anchors_of(&id).to_vec();
            self.anchor(anchor, spot, known.iter());
        }
        Target::Page(id, anchor)
    }

    fn anchor<'s>(&mut self, anchor: &str, spot: Spot, known: impl Iterator<Item = &'s String>) {
        let known: Vec<&String> = known.collect();
        if !known.iter().any(|id| *id == anchor) {
            let near = nearest(anchor, known.iter().map(|id| id.as_str()));
            self.diagnostics.push(messages::resolve::anchor_unknown(self.place(spot), anchor, near));
        }
    }

    fn file(&mut self, target: &mut Target, spot: Spot, is_image: bool) {
        let (Target::Relative(path, _) | Target::Record(path, _)) = &*target else {
            if matches!(target, Target::Absolute(_)) {
                self.diagnostics.push(messages::resolve::image_elsewhere(self.place(spot)));
            }
            return;
        };
        match self.media.find(self.file, path) {
            Some((file, _)) if super::published::is_allowed(&file, is_image) => *target = Target::File(file),
            Some(_) => self.diagnostics.push(messages::resolve::media_type(self.place(spot), path, is_image)),
            None => self.diagnostics.push(messages::resolve::media_missing(self.place(spot), path, self.media.nearest(path).as_deref())),
        }
    }
}
