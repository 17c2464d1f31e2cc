//! The rows of a finder: the items of the group that the type names (spaces of a building); a record without any is
//! one row.

use super::catalog::{Catalog, EntryIx};
use crate::schema::Type;
use crate::value::{Fields, Value};

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The record.
    pub entry: EntryIx,
    /// The fields of the record.
    pub record: &'a Fields,
    /// The fields of the item, where the row is one.
    pub item: Option<&'a Fields>,
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
    let group = schema.rows.as_deref().and_then(|rows| schema.field(rows));
    let mut rows = Vec::with_capacity(list.len());
    for &entry in list {
        let record = &catalog.entries[entry].fields;
        let whole = Row { entry, record, item: None, key: None };
        let items = group.and_then(|group| match record.value(&group.key) {
            Some(Value::List(items)) if !items.is_empty() => Some((group, items)),
            _ => None,
        });
        let Some((group, items)) = items else {
            rows.push(whole);
            continue;
        };
        for item in items {
            let Value::Group(fields) = &item.value else { continue };
            let key = group.item_key.as_deref().and_then(|key| match fields.value(key) {
                Some(Value::Text(text)) => Some(text.as_str()),
                _ => None,
            });
            rows.push(Row { item: Some(fields), key, ..whole });
        }
    }
    rows
}

/// How many rows some records have.
pub fn count(list: &[EntryIx], catalog: &Catalog, schema: &Type) -> usize {
    of(list, catalog, schema).len()
}
