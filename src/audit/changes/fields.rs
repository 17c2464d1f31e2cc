//! Two versions of a record, field by field, in the words that readers see.

use super::FieldChange;
use crate::diagnostic::{Said, said};
use crate::read::Record;
use crate::resolve::{Catalog, Entry};
use crate::schema::{Field, Privacy, Role, Schemas};
use crate::value::{self, Fields, Held, Kind, Lang, Link, Origin, RecordId, Value};
use std::collections::BTreeMap;

/// More of a text than this is not repeated.
const MOST: usize = 400;

/// What changed between two versions of a public record.
pub fn between(old: (&Catalog, &Entry), new: (&Catalog, &Entry)) -> Vec<FieldChange> {
    let schema = new.0.type_of(new.1);
    let mut walk = Walk { old: old.0, new: new.0, lang: new.1.lang, found: Vec::new() };
    walk.level(&old.1.fields, &new.1.fields, &schema.fields, &said("", ""), "");
    let text = |entry: &Entry| entry.body.as_ref().map(|body| body.text.clone()).unwrap_or_default();
    let label = schema.with_role(Role::Body).map_or_else(|| said("正文", "Text"), |field| field.label.clone());
    walk.prose("body", label, &text(old.1), &text(new.1));
    walk.found
}

struct Walk<'a> {
    old: &'a Catalog,
    new: &'a Catalog,
    lang: Lang,
    found: Vec<FieldChange>,
}

impl Walk<'_> {
    fn level(&mut self, old: &Fields, new: &Fields, schema: &[Field], around: &Said, prefix: &str) {
        // How it stands is said of the whole record.
        for field in schema.iter().filter(|field| field.role != Some(Role::State)) {
            let (before, now) = (old.get(&field.key), new.get(&field.key));
            // What another language or the building says is reported there.
            let elsewhere = |held: Option<&Held>| held.is_none_or(|held| matches!(held.from, Origin::OtherLanguage | Origin::Inherited));
            if elsewhere(before) && elsewhere(now) {
                continue;
            }
            let (path, label) = (join(prefix, &field.key), within(around, &field.label));
            self.field(before, now, field, label, path);
        }
    }

    fn field(&mut self, old: Option<&Held>, new: Option<&Held>, field: &Field, label: Said, path: String) {
        let empty = Fields::new();
        match (old.map(|held| &held.value), new.map(|held| &held.value)) {
            (Some(Value::Group(_)) | None, Some(Value::Group(_)) | None) => {
                let inner = |held: Option<&Held>| match held.map(|held| &held.value) {
                    Some(Value::Group(inner)) => inner.clone(),
                    _ => empty.clone(),
                };
                self.level(&inner(old), &inner(new), &field.fields, &label, &path);
            }
            (Some(Value::Markdown(before)), Some(Value::Markdown(now))) => self.prose(&path, label, &before.text, &now.text),
            _ if field.kind == Kind::Group => self.items(old, new, field, &label, &path),
            (before, now) => {
                let from = before.map(|value| words(value, field, self.old, self.lang));
                let to = now.map(|value| words(value, field, self.new, self.lang));
                if from != to {
                    let computed = new.or(old).is_some_and(|held| held.from == Origin::Derived);
                    self.found.push(FieldChange { path, label, from, to, computed, private: false });
                }
            }
        }
    }

    /// The items of a group, known by their key where the group has one, else by their place.
    fn items(&mut self, old: Option<&Held>, new: Option<&Held>, field: &Field, label: &Said, path: &str) {
        let (before, now) = (keyed(old, field), keyed(new, field));
        for (key, item) in &now {
            let (label, path) = (said(format!("{} {key}", label.zh), format!("{} {key}", label.en)), join(path, key));
            match before.iter().find(|(known, _)| known == key) {
                Some((_, was)) => self.level(was, item, &field.fields, &label, &path),
                None => self.whole(None, Some(item), field, label, path),
            }
        }
        for (key, was) in before.iter().filter(|(key, _)| !now.iter().any(|(known, _)| known == key)) {
            let label = said(format!("{} {key}", label.zh), format!("{} {key}", label.en));
            self.whole(Some(was), None, field, label, join(path, key));
        }
    }

    /// An item that is new or gone, in one line.
    fn whole(&mut self, old: Option<&Fields>, new: Option<&Fields>, field: &Field, label: Said, path: String) {
        let said = |fields: &Fields, catalog: &Catalog| cut(&group(fields, &field.fields, catalog, self.lang));
        let (from, to) = (old.map(|fields| said(fields, self.old)), new.map(|fields| said(fields, self.new)));
        self.found.push(FieldChange { path, label, from, to, computed: false, private: false });
    }

    /// A long text: only the lines between the first and the last that differ.
    fn prose(&mut self, path: &str, label: Said, old: &str, new: &str) {
        if old == new {
            return;
        }
        let (before, now): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let first = before.iter().zip(&now).take_while(|(a, b)| a == b).count();
        let last = before[first..].iter().rev().zip(now[first..].iter().rev()).take_while(|(a, b)| a == b).count();
        let middle = |lines: &[&str]| Some(cut(&lines[first..lines.len() - last].join("\n"))).filter(|text| !text.is_empty());
        let (from, to) = (middle(&before), middle(&now));
        self.found.push(FieldChange { path: path.to_string(), label, from, to, computed: false, private: false });
    }
}

fn join(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { key.to_string() } else { format!("{prefix}.{key}") }
}

fn within(around: &Said, label: &Said) -> Said {
    if around.zh.is_empty() {
        return label.clone();
    }
    said(format!("{} · {}", around.zh, label.zh), format!("{} · {}", around.en, label.en))
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MOST { text.to_string() } else { text.chars().take(MOST).collect::<String>() + "…" }
}

fn keyed<'a>(held: Option<&'a Held>, field: &Field) -> Vec<(String, &'a Fields)> {
    let items = match held.map(|held| &held.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let key = |nth: usize, inner: &Fields| match field.item_key.as_deref().and_then(|key| inner.value(key)) {
        Some(Value::Text(text)) => text.clone(),
        _ => (nth + 1).to_string(),
    };
    let groups = items.iter().enumerate().filter_map(|(nth, item)| match &item.value {
        Value::Group(inner) => Some((key(nth, inner), inner)),
        _ => None,
    });
    groups.collect()
}

/// A value as readers see it.
fn words(value: &Value, field: &Field, catalog: &Catalog, lang: Lang) -> String {
    match value {
        Value::List(items) => {
            let all: Vec<String> = items.iter().map(|item| words(&item.value, field, catalog, lang)).collect();
            all.join(if lang.is_chinese() { "、" } else { ", " })
        }
        Value::Group(inner) => group(inner, &field.fields, catalog, lang),
        Value::Link(Link::Record(id)) => match catalog.find(id, lang).map(|ix| &catalog.entries[ix]) {
            Some(entry) => entry.title.clone(),
            None => id.to_string(),
        },
        Value::Link(Link::Text(text) | Link::Named(text)) => text.clone(),
        Value::Media(media) if media.alt.is_empty() => media.src.clone(),
        Value::Media(media) => format!("{} ({})", media.src, media.alt),
        Value::Markdown(document) => cut(&document.text),
        other => value::show::show(other, &field.kind, lang).text,
    }
}

fn group(fields: &Fields, schema: &[Field], catalog: &Catalog, lang: Lang) -> String {
    let label = |field: &Field| if lang.is_chinese() { field.label.zh.clone() } else { field.label.en.clone() };
    let written = schema.iter().filter_map(|field| Some((field, fields.get(&field.key).filter(|held| held.from == Origin::Written)?)));
    let parts: Vec<String> =
        written.map(|(field, held)| format!("{} {}", label(field), words(&held.value, field, catalog, lang))).collect();
    parts.join(if lang.is_chinese() { "，" } else { ", " })
}

/// The private fields that changed, by record.
#[derive(Default)]
pub struct Unseen(BTreeMap<(RecordId, Lang), Vec<FieldChange>>);

impl Unseen {
    /// Compares the records as written.
    pub fn between(old: &[Record], new: &[Record], schemas: &Schemas) -> Unseen {
        let before: BTreeMap<(&RecordId, Lang), &Record> = old.iter().map(|record| ((&record.id, record.lang), record)).collect();
        let mut found = BTreeMap::new();
        for record in new {
            let Some(was) = before.get(&(&record.id, record.lang)) else { continue };
            let mut changed = Vec::new();
            unseen(Some(&was.fields), Some(&record.fields), &schemas.types[record.of].fields, &said("", ""), "", &mut changed);
            if !changed.is_empty() {
                found.insert((record.id.clone(), record.lang), changed);
            }
        }
        Unseen(found)
    }

    /// Those of one record.
    pub fn of(&self, id: &RecordId, lang: Lang) -> Vec<FieldChange> {
        self.0.get(&(id.clone(), lang)).cloned().unwrap_or_default()
    }
}

fn unseen(old: Option<&Fields>, new: Option<&Fields>, schema: &[Field], around: &Said, prefix: &str, found: &mut Vec<FieldChange>) {
    for field in schema {
        let (before, now) = (old.and_then(|fields| fields.get(&field.key)), new.and_then(|fields| fields.get(&field.key)));
        let (path, label) = (join(prefix, &field.key), within(around, &field.label));
        if field.privacy != Privacy::Public {
            // Where it is public for once, the public fields say so too; here it costs one line without values.
            if before.map(|held| bare(&held.value)) != now.map(|held| bare(&held.value)) {
                found.push(FieldChange { path, label, from: None, to: None, computed: false, private: true });
            }
            continue;
        }
        if field.fields.is_empty() {
            continue;
        }
        if field.many {
            let (before, now) = (keyed(before, field), keyed(now, field));
            for (key, item) in &now {
                let was = before.iter().find(|(known, _)| known == key).map(|(_, was)| *was);
                let label = said(format!("{} {key}", label.zh), format!("{} {key}", label.en));
                unseen(was, Some(item), &field.fields, &label, &join(&path, key), found);
            }
        } else {
            let inner = |held: Option<&'_ Held>| match held.map(|held| held.value.clone()) {
                Some(Value::Group(inner)) => Some(inner),
                _ => None,
            };
            unseen(inner(before).as_ref(), inner(now).as_ref(), &field.fields, &label, &path, found);
        }
    }
}

/// A value without the places where it stands, to be compared only.
fn bare(value: &Value) -> String {
    match value {
        Value::Group(inner) => inner.iter().map(|(key, held)| format!("{key}={};", bare(&held.value))).collect(),
        Value::List(items) => items.iter().map(|item| bare(&item.value) + ",").collect(),
        Value::Markdown(document) => document.text.clone(),
        other => format!("{other:?}"),
    }
}
