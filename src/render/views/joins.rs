//! The records that the page of another record shows beside it: those that belong to it, are about it, or are like it.
//!
//! Every join is indexed once for a language, so that ten thousand pages do not each look through ten thousand records.

use crate::plan::boards::takes;
use crate::read::{Join, Selection};
use crate::resolve::{Catalog, EntryIx};
use crate::schema::{Role, Scope, Type};
use crate::value::{self, Decimal, Lang, Link, Value};
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// All joins of a theme by page definition, selection and language, made when first asked for.
pub struct Joins(HashMap<(usize, usize, Lang), OnceLock<Index>>);

/// The records of a selection by what they are joined by; each place in the order of the selection.
#[derive(Default)]
struct Index {
    all: Vec<EntryIx>,
    by: HashMap<String, Vec<(Option<Decimal>, usize)>>,
}

impl Joins {
    /// Nothing yet.
    pub fn new(catalog: &Catalog) -> Joins {
        let defs = catalog.theme.pages.iter().enumerate().filter(|(_, page)| page.record.is_some());
        let keys = defs.flat_map(|(def, page)| (0..page.select.len()).map(move |at| (def, at)));
        let languages = &catalog.site.languages;
        Joins(keys.flat_map(|(def, at)| languages.iter().map(move |&lang| ((def, at, lang), OnceLock::new()))).collect())
    }

    /// The records that a selection joins to an entry, in its order.
    pub fn of(&self, catalog: &Catalog, key: (usize, usize), selection: &Selection, ix: EntryIx) -> Vec<EntryIx> {
        let entry = &catalog.entries[ix];
        if selection.join == Some(Join::Own) {
            return if Scope::record(&entry.fields).holds(&selection.when) { vec![ix] } else { Vec::new() };
        }
        let Some(schema) = catalog.schemas.named(&selection.of) else { return Vec::new() };
        let Some(index) = self.0.get(&(key.0, key.1, entry.lang)) else { return Vec::new() };
        let index = index.get_or_init(|| made(catalog, selection, schema, entry.lang));
        let own = entry.id.id.to_string();
        let parent = match catalog.role(entry, Role::Parent) {
            Some(Value::Link(Link::Record(id))) => Some(id.id.to_string()),
            _ => None,
        };
        let found = match &selection.join {
            None | Some(Join::Own) => index.all.clone(),
            Some(Join::To(_)) => index.merged(&[own]),
            Some(Join::About(_)) => index.merged(&[own, parent.unwrap_or_default(), String::new()]),
            Some(Join::Same { fields, nearest }) => {
                let value = |field: &String| entry.fields.at(field).map(|held| word(&held.value)).unwrap_or_default();
                let key: Vec<String> = fields.iter().map(value).collect();
                let number = nearest.as_ref().and_then(|field| value::number::of(&entry.fields.at(field)?.value));
                // One more than is shown, since the record itself may be among them.
                index.nearest(&key.join("\n"), number, selection.limit.saturating_add(1))
            }
        };
        found.into_iter().filter(|other| *other != ix).collect()
    }
}

impl Index {
    fn merged(&self, keys: &[String]) -> Vec<EntryIx> {
        let places: BTreeSet<usize> = keys.iter().filter_map(|key| self.by.get(key)).flatten().map(|(_, place)| *place).collect();
        places.into_iter().map(|place| self.all[place]).collect()
    }

    /// The nearest by number, the nearest first; in the order of the selection where there is no number.
    fn nearest(&self, key: &str, number: Option<Decimal>, most: usize) -> Vec<EntryIx> {
        let Some(like) = self.by.get(key) else { return Vec::new() };
        let Some(number) = number else { return like.iter().take(most).map(|(_, place)| self.all[*place]).collect() };
        // They stand by number, so the nearest ones are around the place where this number would stand.
        let at = like.partition_point(|(other, _)| other.is_some_and(|other| other < number));
        let around = &like[at.saturating_sub(most)..(at + most).min(like.len())];
        let mut near: Vec<(Decimal, usize)> =
            around.iter().filter_map(|(other, place)| Some((other.as_ref()?.checked_sub(number)?.abs(), *place))).collect();
        near.sort();
        near.into_iter().take(most).map(|(_, place)| self.all[place]).collect()
    }
}

fn made(catalog: &Catalog, selection: &Selection, schema: &Type, lang: Lang) -> Index {
    let of = catalog.schemas.types.iter().position(|of| of.name == schema.name);
    let list = of.and_then(|of| catalog.lists.get(&(of, lang))).map_or(&[][..], Vec::as_slice);
    let fields = |ix: EntryIx| &catalog.entries[ix].fields;
    let mut all: Vec<EntryIx> = list.iter().copied().filter(|&ix| takes(catalog, selection, ix)).collect();
    if !selection.order.is_empty() {
        crate::resolve::sort_by(&mut all, &catalog.entries, schema, &selection.order);
    }
    let mut index = Index::default();
    for (place, &ix) in all.iter().enumerate() {
        let words = match &selection.join {
            None | Some(Join::Own) => Vec::new(),
            Some(Join::To(field)) => linked(fields(ix).all(field)),
            Some(Join::About(field)) => {
                let to = linked(fields(ix).all(field));
                if to.is_empty() { vec![String::new()] } else { to }
            }
            Some(Join::Same { fields: same, .. }) => {
                let value = |field: &String| fields(ix).at(field).map(|held| word(&held.value)).unwrap_or_default();
                vec![same.iter().map(value).collect::<Vec<String>>().join("\n")]
            }
        };
        let number = match &selection.join {
            Some(Join::Same { nearest: Some(field), .. }) => fields(ix).at(field).and_then(|held| value::number::of(&held.value)),
            _ => None,
        };
        for word in words {
            index.by.entry(word).or_default().push((number, place));
        }
    }
    if matches!(selection.join, Some(Join::Same { nearest: Some(_), .. })) {
        index.by.values_mut().for_each(|like| like.sort());
    }
    index.all = all;
    index
}

fn linked(held: Vec<&value::Held>) -> Vec<String> {
    held.into_iter()
        .filter_map(|held| match &held.value {
            Value::Link(Link::Record(id)) => Some(id.id.to_string()),
            _ => None,
        })
        .collect()
}

/// A value as a word that is the same for the same value.
fn word(value: &Value) -> String {
    match value {
        Value::Choice(word) | Value::Text(word) => word.clone(),
        Value::Flag(flag) => flag.to_string(),
        Value::Link(Link::Record(id)) => id.id.to_string(),
        Value::Link(Link::Text(text) | Link::Named(text)) => text.clone(),
        Value::List(items) => items.iter().map(|item| word(&item.value)).collect::<Vec<String>>().join("\u{1f}"),
        other => value::number::of(other).map(|number| number.normalize().to_string()).unwrap_or_default(),
    }
}
