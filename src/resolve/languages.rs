//! Sidecars: a record in another language says only what differs; the rest is the record in the default language.

use crate::diagnostic::{Diagnostics, Place, messages};
use crate::read::{Record, Site};
use crate::schema::{Field, Schemas};
use crate::value::{Fields, Held, Lang, Origin, RecordId, Value};
use std::collections::BTreeMap;

/// Every record complete in each language it exists in. Two files for one record are an error; the first is kept.
pub fn merge(records: Vec<Record>, site: &Site, schemas: &Schemas, diagnostics: &mut Diagnostics) -> Vec<Record> {
    let mut sorted: BTreeMap<(RecordId, Lang), Record> = BTreeMap::new();
    for record in records {
        let place = Place::new(&record.file, record.line, 1);
        match sorted.get(&(record.id.clone(), record.lang)) {
            Some(first) => {
                let first = Place::new(&first.file, first.line, 1);
                diagnostics.push(messages::resolve::id_twice(place, &record.id.id, first));
            }
            None => {
                sorted.insert((record.id.clone(), record.lang), record);
            }
        }
    }
    let default = site.default_lang();
    let sidecars: Vec<(RecordId, Lang)> = sorted.keys().filter(|(_, lang)| *lang != default).cloned().collect();
    for key in sidecars {
        let Some(mut side) = sorted.remove(&key) else { continue };
        let Some(base) = sorted.get(&(key.0.clone(), default)) else {
            diagnostics.push(messages::resolve::sidecar_alone(Place::new(&side.file, side.line, 1), &key.0.id, key.1.code()));
            continue;
        };
        side.fields = overlay(&base.fields, &side.fields, &schemas.types[side.of].fields);
        side.body = side.body.or_else(|| base.body.clone());
        sorted.insert(key, side);
    }
    sorted.into_values().collect()
}

/// `base` with what `side` says laid over it.
fn overlay(base: &Fields, side: &Fields, schema: &[Field]) -> Fields {
    let mut merged = Fields::new();
    for field in schema {
        let held = match (base.get(&field.key), side.get(&field.key)) {
            (None, None) => continue,
            (Some(base), None) => Held { from: Origin::OtherLanguage, ..base.clone() },
            (None, Some(side)) => side.clone(),
            (Some(base), Some(side)) => Held { value: overlay_value(&base.value, &side.value, field), ..side.clone() },
        };
        merged.set(&field.key, held);
    }
    merged
}

fn overlay_value(base: &Value, side: &Value, field: &Field) -> Value {
    match (base, side, &field.item_key) {
        (Value::Group(base), Value::Group(side), _) => Value::Group(overlay(base, side, &field.fields)),
        (Value::List(base), Value::List(side), Some(key)) => {
            let of = |held: &Held| match &held.value {
                Value::Group(inner) => inner.value(key).cloned(),
                _ => None,
            };
            let merged = base.iter().map(|item| match (side.iter().find(|other| of(other) == of(item)), &item.value) {
                (Some(Held { value: Value::Group(other), spot, from }), Value::Group(inner)) => {
                    Held { value: Value::Group(overlay(inner, other, &field.fields)), spot: *spot, from: *from }
                }
                _ => item.clone(),
            });
            Value::List(merged.collect())
        }
        (_, side, _) => side.clone(),
    }
}
