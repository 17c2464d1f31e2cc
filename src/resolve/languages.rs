//! Sidecars: a record in another language says only what differs; the rest is the record in the default language.

use crate::diagnostic::{Diagnostics, Place, messages};
use crate::read::{Record, Site};
use crate::schema::{Field, Schemas};
use crate::value::{Fields, Held, Origin, Value};
use rayon::prelude::*;

/// Every record complete in each language it exists in, in the order of ids and languages. Two files for one record are an
/// error; the first is kept.
pub fn merge(mut records: Vec<Record>, site: &Site, schemas: &Schemas, diagnostics: &mut Diagnostics) -> Vec<Record> {
    records.par_sort_by(|a, b| a.id.cmp(&b.id).then(a.lang.cmp(&b.lang)));
    records.dedup_by(|second, first| {
        let twice = second.id == first.id && second.lang == first.lang;
        if twice {
            let place = |record: &Record| Place::new(&record.file, record.line, 1);
            diagnostics.push(messages::resolve::id_twice(place(second), &second.id.id, place(first)));
        }
        twice
    });
    let default = site.default_lang();
    let mut base: Option<usize> = None;
    let mut alone = Vec::new();
    for at in 0..records.len() {
        let side = &records[at];
        if base.is_none_or(|base| records[base].id != side.id) {
            let of_record = records[at..].iter().take_while(|other| other.id == side.id);
            base = of_record.map(|other| other.lang).position(|lang| lang == default).map(|nth| at + nth);
        }
        let Some(base) = base.map(|base| &records[base]) else {
            diagnostics.push(messages::resolve::sidecar_alone(Place::new(&side.file, side.line, 1), &side.id.id, side.lang.code()));
            alone.push(at);
            continue;
        };
        if side.lang != default {
            let fields = overlay(&base.fields, &side.fields, &schemas.types[side.of].fields);
            let body = side.body.is_none().then(|| base.body.clone()).flatten();
            let side = &mut records[at];
            side.fields = fields;
            side.body = side.body.take().or(body);
        }
    }
    let (mut alone, mut at) = (alone.into_iter().peekable(), 0);
    records.retain(|_| {
        let is_alone = alone.next_if_eq(&at).is_some();
        at += 1;
        !is_alone
    });
    records
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
