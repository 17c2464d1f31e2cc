//! What a record must satisfy: bounds, required fields, rules across fields. Rules that need other records or the
//! clock wait until `resolve` calls [`late`].
//!
//! Paths are sought in the item of a group first, then in the record around it ([`crate::schema::Scope`]).

mod dates;
mod required;
mod rules;

pub use required::required;
pub use rules::{Late, late, percent_apart, rules};

use super::record::{join, plain_number};
use crate::diagnostic::{Diagnostics, SitePath, messages};
use crate::schema::{Bounds, Field};
use crate::source::Spot;
use crate::value::{self, Decimal, Fields, Kind, Value};

/// Checks amounts, lengths, counts and patterns of every field that is given.
pub fn bounds(fields: &Fields, schema: &[Field], file: &SitePath, prefix: &str, diagnostics: &mut Diagnostics) {
    for field in schema {
        let Some(held) = fields.get(&field.key) else { continue };
        let path = join(prefix, &field.key);
        match &held.value {
            Value::List(items) => {
                count(items.len(), field, held.spot, file, &path, diagnostics);
                for (index, item) in items.iter().enumerate() {
                    one(&item.value, field, item.spot, file, &format!("{path}.{}", index + 1), diagnostics);
                }
            }
            value => one(value, field, held.spot, file, &path, diagnostics),
        }
    }
}

fn one(value: &Value, field: &Field, spot: Spot, file: &SitePath, path: &str, diagnostics: &mut Diagnostics) {
    let place = || spot.at(file).in_field(path);
    if let Value::Group(inner) = value {
        return bounds(inner, &field.fields, file, path, diagnostics);
    }
    let Bounds { min, max, sane_min, sane_max, .. } = &field.bounds;
    if let Value::Text(text) = value {
        if min.is_none() && max.is_none() && field.pattern.is_none() {
            return;
        }
        let length = Decimal::from(text.chars().count());
        if max.is_some_and(|max| length > max) || min.is_some_and(|min| length < min) {
            diagnostics.push(messages::read::text_length(
                place(),
                &field.label,
                text.chars().count(),
                written(*min).as_deref(),
                written(*max).as_deref(),
            ));
        }
        if let Some(pattern) = field.pattern.as_deref().filter(|pattern| !crate::schema::parse::matches(pattern, text)) {
            diagnostics.push(messages::read::pattern_mismatch(place(), &field.label, text, pattern, field.example.as_deref()));
        }
        return;
    }
    if [min, max, sane_min, sane_max].into_iter().all(Option::is_none) {
        return;
    }
    let unit = || match &field.kind {
        Kind::Quantity(unit) => unit.label(value::Lang::Zh).to_string(),
        Kind::Percent => "%".to_string(),
        _ => String::new(),
    };
    for number in numbers(value) {
        let shown = || plain_number(number);
        if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
            diagnostics.push(messages::read::out_of_range(
                place(),
                &field.label,
                &shown(),
                &unit(),
                written(*min).as_deref(),
                written(*max).as_deref(),
            ));
        } else if sane_min.is_some_and(|min| number < min) || sane_max.is_some_and(|max| number > max) {
            diagnostics.push(messages::read::probably_a_slip(
                place(),
                &field.label,
                &shown(),
                &unit(),
                written(*sane_min).as_deref(),
                written(*sane_max).as_deref(),
            ));
        }
    }
}

/// Warns of computed values that are unlikely: their operands were probably mistyped.
pub fn computed(fields: &Fields, schema: &[Field], file: &SitePath, start: Spot, prefix: &str, diagnostics: &mut Diagnostics) {
    for field in schema {
        let Some(held) = fields.get(&field.key) else { continue };
        let path = join(prefix, &field.key);
        match &held.value {
            Value::List(items) if !field.fields.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    if let Value::Group(inner) = &item.value {
                        computed(inner, &field.fields, file, item.spot, &format!("{path}.{}", index + 1), diagnostics);
                    }
                }
            }
            Value::Group(inner) => computed(inner, &field.fields, file, held.spot, &path, diagnostics),
            value if field.is_computed() && (field.bounds.sane_min.is_some() || field.bounds.sane_max.is_some()) => {
                one(value, field, start, file, &path, diagnostics);
            }
            _ => {}
        }
    }
}

fn written(limit: Option<Decimal>) -> Option<String> {
    limit.map(plain_number)
}

/// The numbers of a value: both ends of a range or price.
fn numbers(value: &Value) -> Vec<Decimal> {
    match value {
        Value::Range(from, to) => from.iter().chain(to).copied().collect(),
        Value::Money(money) => match money.price {
            value::Price::Fixed(amount) => vec![amount],
            value::Price::Range(from, to) => vec![from, to],
            _ => Vec::new(),
        },
        other => value::number::of(other).into_iter().collect(),
    }
}

fn count(items: usize, field: &Field, spot: Spot, file: &SitePath, path: &str, diagnostics: &mut Diagnostics) {
    let Bounds { least, most, .. } = field.bounds;
    if least.is_some_and(|least| items < least) || most.is_some_and(|most| items > most) {
        diagnostics.push(messages::read::count_wrong(spot.at(file).in_field(path), &field.label, items, least, most));
    }
}
