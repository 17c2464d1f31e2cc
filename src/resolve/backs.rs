//! The other end of every link: which records point at a record, under the names the schemas give.

use super::catalog::{Entry, EntryIx};
use crate::read::Site;
use crate::schema::{Field, Schemas};
use crate::source::lookup::Lookup;
use crate::value::{Fields, Kind, Lang, Link, RecordId, Value};
use rayon::prelude::*;

/// Fills `backs` of every entry, in the order of the linking type's list.
///
/// A page in another language lists the linking record in its own language, else in the default one, so that the
/// numbers of a park are the same in every language.
pub fn link(entries: &mut [Entry], schemas: &Schemas, by_id: &Lookup<RecordId, Vec<EntryIx>>, site: &Site) {
    let default = site.default_lang();
    let pointed = |entry: &Entry| {
        let mut pointed = Vec::new();
        if entry.lang == default {
            collect(&entry.fields, &schemas.types[entry.of].fields, &mut pointed);
        }
        pointed
    };
    let all: Vec<_> = entries.par_iter().map(pointed).collect();
    let mut found: Lookup<(RecordId, &str), Vec<EntryIx>> = Lookup::default();
    for (ix, pointed) in all.into_iter().enumerate() {
        for target in pointed {
            let list = found.entry(target).or_default();
            if list.last() != Some(&ix) {
                list.push(ix);
            }
        }
    }
    let names = names(schemas);
    let shown: &[Entry] = entries;
    let in_lang = |ix: EntryIx, lang: Lang| {
        let mut all = by_id.get(&shown[ix].id).into_iter().flatten().copied();
        all.find(|&other| shown[other].lang == lang).unwrap_or(ix)
    };
    let listed: Vec<(EntryIx, &str, Vec<EntryIx>)> = found
        .into_par_iter()
        .flat_map_iter(|((target, name), linking)| {
            let of_page = move |&ix: &EntryIx| {
                let mut list: Vec<EntryIx> = linking.iter().map(|&from| in_lang(from, shown[ix].lang)).collect();
                super::lists::sort(&mut list, shown, schemas);
                (ix, name, list)
            };
            by_id.get(&target).into_iter().flatten().map(of_page)
        })
        .collect();
    for (ix, name, list) in listed {
        entries[ix].backs.push((name.to_string(), list));
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

fn collect<'s>(fields: &Fields, schema: &'s [Field], pointed: &mut Vec<(RecordId, &'s str)>) {
    for (key, held) in fields.iter() {
        let Some(field) = schema.iter().find(|field| field.key == *key) else { continue };
        let mut one = |value: &Value| match (value, &field.kind) {
            (Value::Link(Link::Record(id)), Kind::Link { back: Some(back), .. }) => pointed.push((id.clone(), back)),
            (Value::Group(inner), _) => collect(inner, &field.fields, pointed),
            _ => {}
        };
        match &held.value {
            Value::List(items) => items.iter().for_each(|item| one(&item.value)),
            value => one(value),
        }
    }
}
