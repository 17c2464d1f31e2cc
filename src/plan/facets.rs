//! Facets: the values of the choice filters of a list, each with a page of its own for readers without JavaScript.

use super::list_url;
use crate::resolve::rows::{self, Row};
use crate::resolve::{Catalog, EntryIx, PageUrl};
use crate::schema::{Field, Show, Type};
use crate::value::{self, Kind, Lang, Link, Value};
use std::collections::BTreeMap;

/// One value of one filter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facet {
    /// The key of the field.
    pub field: String,
    /// The value: the key of a choice, the id of a record, `true` or `false`.
    pub value: String,
    /// Its rows: the record and, where the row is one of its items, which.
    pub rows: Vec<(EntryIx, Option<usize>)>,
}

impl Facet {
    /// The address of its page.
    pub fn url(&self, catalog: &Catalog, of: usize, lang: Lang) -> PageUrl {
        list_url(catalog, of, lang).child(&format!("by/{}/{}", self.field, self.value))
    }
}

/// The facets of a finder that have rows, in the order of the fields and their values.
pub fn facets(catalog: &Catalog, of: usize, lang: Lang) -> Vec<Facet> {
    let schema = &catalog.schemas.types[of];
    if schema.finder.is_none() {
        return Vec::new();
    }
    let list = catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice);
    let rows = rows::of(list, catalog, schema);
    let mut all = Vec::new();
    for field in filters(schema).into_iter().filter(|field| is_facet(field)) {
        let mut found: BTreeMap<String, Vec<(EntryIx, Option<usize>)>> = BTreeMap::new();
        for row in &rows {
            for word in words(row, field) {
                let of_word = found.entry(word).or_default();
                if of_word.last() != Some(&(row.entry, row.nth)) {
                    of_word.push((row.entry, row.nth));
                }
            }
        }
        let rank = |word: &str| match &field.kind {
            Kind::Choice(choices) => choices.iter().position(|choice| choice.key == word).unwrap_or(usize::MAX),
            _ => bands(field).iter().position(|band| *band == word).unwrap_or(usize::MAX),
        };
        let mut values: Vec<(String, Vec<_>)> = found.into_iter().collect();
        values.sort_by_key(|(word, _)| rank(word));
        all.extend(values.into_iter().map(|(value, rows)| Facet { field: field.key.to_string(), value, rows }));
    }
    all
}

/// The fields of the filter form: those of the rows first, then the record's own of other names.
pub fn filters(schema: &Type) -> Vec<&Field> {
    shown(schema, Show::Filter)
}

/// The fields that show somewhere in a finder: those of the rows win over the record's of the same name.
pub fn shown(schema: &Type, show: Show) -> Vec<&Field> {
    let group = schema.rows.as_deref().and_then(|rows| schema.field(rows));
    let inner = group.map_or(&[][..], |group| group.fields.as_slice());
    let mut found: Vec<&Field> = inner.iter().filter(|field| field.shows(show)).collect();
    for field in schema.fields.iter().filter(|field| field.shows(show)) {
        if !found.iter().any(|known| known.key == field.key) {
            found.push(field);
        }
    }
    found
}

fn is_facet(field: &Field) -> bool {
    matches!(field.kind, Kind::Choice(_) | Kind::Flag | Kind::Link { .. }) || !field.bands.is_empty()
}

/// The bands of a number field as words: `0-500`, `500-1000`, `1000-`.
pub fn bands(field: &Field) -> Vec<String> {
    let mut from = "0".to_string();
    let mut bands = Vec::with_capacity(field.bands.len() + 1);
    for limit in &field.bands {
        let to = limit.normalize().to_string();
        bands.push(format!("{from}-{to}"));
        from = to;
    }
    if !bands.is_empty() {
        bands.push(format!("{from}-"));
    }
    bands
}

/// The words of a row in a field: choices, flags, linked records, or the band of its number. A range of rents stands in
/// the band of its lower end; what is to be agreed stands in none.
pub fn words(row: &Row<'_>, field: &Field) -> Vec<String> {
    let Some(value) = row.get(&field.key) else { return Vec::new() };
    if field.bands.is_empty() {
        return words_of(value);
    }
    let number = match value {
        Value::Money(value::Money { price: value::Price::Range(from, _), .. }) => Some(*from),
        other => value::number::of(other),
    };
    let at = number.map(|number| field.bands.iter().take_while(|limit| **limit <= number).count());
    at.and_then(|at| bands(field).into_iter().nth(at)).into_iter().collect()
}

fn words_of(value: &Value) -> Vec<String> {
    match value {
        Value::Choice(word) => vec![word.clone()],
        Value::Flag(flag) => vec![flag.to_string()],
        Value::Link(Link::Record(id)) => vec![id.id.to_string()],
        Value::List(items) => items.iter().flat_map(|item| words_of(&item.value)).collect(),
        _ => Vec::new(),
    }
}
