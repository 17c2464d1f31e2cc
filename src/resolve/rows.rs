//! The rows of a finder: the items of the group that the type names (spaces of a building); a record without any is
//! one row.

use super::catalog::{Catalog, EntryIx};
use crate::schema::{Field, Type};
use crate::value::{Fields, Held, Value};

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The record.
    pub entry: EntryIx,
    /// The fields of the record.
    pub record: &'a Fields,
    /// The fields of the item, where the row is one.
    pub item: Option<&'a Fields>,
    /// Which item of the record it is.
    pub nth: Option<usize>,
    /// The key of the item, such as the number of a space.
    pub key: Option<&'a str>,
}

impl<'a> Row<'a> {
    /// The value of a field: the item's wins over the record's of the same name.
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.item.and_then(|item| item.value(key)).or_else(|| self.record.at(key).map(|held| &held.value))
    }
}

/// The rows of some records, in their order.
pub fn of<'a>(list: &[EntryIx], catalog: &'a Catalog, schema: &Type) -> Vec<Row<'a>> {
    let mut rows = Vec::with_capacity(list.len());
    for &entry in list {
        match items(entry, catalog, schema).filter(|items| !items.is_empty()) {
            Some(items) => rows.extend((0..items.len()).map(|nth| row(entry, Some(nth), catalog, schema))),
            None => rows.push(row(entry, None, catalog, schema)),
        }
    }
    rows
}

/// The row of a record, or of one of its items.
pub fn row<'a>(entry: EntryIx, nth: Option<usize>, catalog: &'a Catalog, schema: &Type) -> Row<'a> {
    let record = &catalog.entries[entry].fields;
    let item = nth.and_then(|nth| match &items(entry, catalog, schema)?.get(nth)?.value {
        Value::Group(fields) => Some(fields),
        _ => None,
    });
    let key = group(schema).and_then(|group| group.item_key.as_deref()).and_then(|key| match item?.value(key) {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    });
    Row { entry, record, item, nth, key }
}

fn group(schema: &Type) -> Option<&Field> {
    schema.rows.as_deref().and_then(|rows| schema.field(rows))
}

fn items<'a>(entry: EntryIx, catalog: &'a Catalog, schema: &Type) -> Option<&'a [Held]> {
    match catalog.entries[entry].fields.value(&group(schema)?.key) {
        Some(Value::List(items)) => Some(items),
        _ => None,
    }
}

/// How many rows some records have.
pub fn count(list: &[EntryIx], catalog: &Catalog, schema: &Type) -> usize {
    of(list, catalog, schema).len()
}
