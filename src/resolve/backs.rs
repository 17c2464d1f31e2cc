//! The other end of every link: which records point at a record, under the names the schemas give.

use super::catalog::{Entry, EntryIx};
use crate::read::Site;
use crate::schema::{Field, Schemas};
use crate::value::{Fields, Kind, Link, RecordId, Value};
use std::collections::{BTreeMap, HashMap};

/// Fills `backs` of every entry, in the order of the linking type's list.
///
/// A page in another language lists the linking record in its own language, else in the default one, so that the
/// numbers of a park are the same in every language.
pub fn link(entries: &mut [Entry], schemas: &Schemas, by_id: &HashMap<RecordId, Vec<EntryIx>>, site: &Site) {
    let default = site.default_lang();
    let mut found: BTreeMap<(RecordId, String), Vec<RecordId>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.lang == default) {
        let mut pointed = Vec::new();
        collect(&entry.fields, &schemas.types[entry.of].fields, &mut pointed);
        for (target, name) in pointed {
            let list = found.entry((target, name)).or_default();
            if list.last() != Some(&entry.id) {
                list.push(entry.id.clone());
            }
        }
    }
    let names = names(schemas);
    for ((target, name), linking) in found {
        for &ix in by_id.get(&target).into_iter().flatten() {
            let lang = entries[ix].lang;
            let mut list: Vec<EntryIx> = linking
                .iter()
                .filter_map(|id| {
                    let all = by_id.get(id)?;
                    let of = |wanted| all.iter().copied().find(|&other| entries[other].lang == wanted);
                    of(lang).or_else(|| of(default))
                })
                .collect();
            super::lists::sort(&mut list, entries, schemas);
            entries[ix].backs.push((name.clone(), list));
        }
    }
    for entry in entries {
        entry.backs.sort_by_key(|(name, _)| names.iter().position(|known| known == name));
    }
}

/// The names of all back links in the order of the types and their fields.
fn names(schemas: &Schemas) -> Vec<String> {
    fn walk(fields: &[Field], names: &mut Vec<String>) {
        for field in fields {
            if let Kind::Link { back: Some(back), .. } = &field.kind {
                names.push(back.clone());
            }
            walk(&field.fields, names);
        }
    }
    let mut all = Vec::new();
    schemas.types.iter().for_each(|of| walk(&of.fields, &mut all));
    all
}

fn collect(fields: &Fields, schema: &[Field], pointed: &mut Vec<(RecordId, String)>) {
    for (key, held) in fields.iter() {
        let Some(field) = schema.iter().find(|field| field.key == *key) else { continue };
        let values: Vec<&Value> = match &held.value {
            Value::List(items) => items.iter().map(|item| &item.value).collect(),
            value => vec![value],
        };
        for value in values {
            match (value, &field.kind) {
                (Value::Link(Link::Record(id)), Kind::Link { back: Some(back), .. }) => pointed.push((id.clone(), back.clone())),
                (Value::Group(inner), _) => collect(inner, &field.fields, pointed),
                _ => {}
            }
        }
    }
}
