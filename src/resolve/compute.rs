//! Values nobody writes: inherited from the record around a group, derived within a record, rolled up over others.

use super::catalog::{Entry, EntryIx};
use crate::diagnostic::{Diagnostics, messages};
use crate::schema::rules::{RollUpHow, within};
use crate::schema::{Condition, Derive, Field, Inherit, RollUp, Schemas, Scope, Type};
use crate::value::time::{Calendar, Now, day_of};
use crate::value::{self, Decimal, Fields, Held, Kind, Money, Origin, Price, Quantity, Value};
use rayon::prelude::*;
use std::sync::Arc;

/// By what dates are judged: the instant of the build and the working days of the site.
#[derive(Clone, Copy)]
pub struct Clock<'a> {
    /// The instant.
    pub now: Now,
    /// Which days are worked.
    pub calendar: &'a Calendar,
}

/// Fills every computed value. Roll-ups over back links run twice, so that one may build on another.
pub fn values(entries: &mut [Entry], schemas: &Schemas, clock: Clock<'_>, diagnostics: &mut Diagnostics) {
    super::each(entries, diagnostics, |entry, diagnostics| {
        let schema = &schemas.types[entry.of];
        if any(&schema.fields, |field| field.inherit.is_some()) {
            let record = entry.fields.clone();
            inherit(&mut entry.fields, &schema.fields, &record, &entry.file, "", diagnostics);
        }
        derive_all(entry, schema, clock);
        let own = rolled(entry, schema, |roll_up| roll_up.over.is_none(), &[]);
        if !own.is_empty() {
            set_all(entry, schema, own);
            derive_all(entry, schema, clock);
        }
    });
    for _ in 0..2 {
        let computed: Vec<Vec<(Arc<str>, Decimal)>> =
            entries.par_iter().map(|entry| rolled(entry, &schemas.types[entry.of], |roll_up| roll_up.over.is_some(), entries)).collect();
        for (entry, values) in entries.iter_mut().zip(computed).filter(|(_, values)| !values.is_empty()) {
            let schema = &schemas.types[entry.of];
            set_all(entry, schema, values);
            derive_all(entry, schema, clock);
        }
    }
}

/// Does a field of a type, at any depth, ask for something?
fn any(fields: &[Field], asks: fn(&Field) -> bool) -> bool {
    fields.iter().any(|field| asks(field) || any(&field.fields, asks))
}

fn inherit(
    fields: &mut Fields,
    schema: &[Field],
    record: &Fields,
    file: &crate::diagnostic::SitePath,
    prefix: &str,
    diagnostics: &mut Diagnostics,
) {
    for field in schema {
        let path = if prefix.is_empty() { field.key.to_string() } else { format!("{prefix}.{}", field.key) };
        if let Some(held) = fields.get_mut(&field.key) {
            match &mut held.value {
                Value::Group(inner) => inherit(inner, &field.fields, record, file, &path, diagnostics),
                Value::List(items) => {
                    for item in items {
                        let spot = item.spot;
                        let Value::Group(inner) = &mut item.value else { continue };
                        inherit(inner, &field.fields, record, file, &path, diagnostics);
                        for missing in field.fields.iter().filter(|f| f.required && f.inherit.is_some() && inner.get(&f.key).is_none()) {
                            let place = spot.at(file).in_field(format!("{path}.{}", missing.key));
                            diagnostics.push(messages::resolve::nothing_to_inherit(place, &missing.label));
                        }
                    }
                }
                _ => {}
            }
            continue;
        }
        let Some(from) = &field.inherit else { continue };
        if let Some(held) = source(from, fields).and_then(|path| record.at(path)) {
            fields.set(&field.key, Held { from: Origin::Inherited, ..held.clone() });
        }
    }
}

/// The path that an absent value is taken from.
fn source<'a>(inherit: &'a Inherit, item: &Fields) -> Option<&'a str> {
    match inherit {
        Inherit::From(path) => Some(path),
        Inherit::By { field, cases, otherwise } => {
            let word = match item.value(field) {
                Some(Value::Text(text) | Value::Choice(text)) => text.clone(),
                Some(value) => value::number::of(value)?.normalize().to_string(),
                None => return None,
            };
            cases.iter().find(|(case, _)| *case == word).map(|(_, path)| path.as_str()).or(otherwise.as_deref())
        }
    }
}

fn derive_all(entry: &mut Entry, schema: &Type, clock: Clock<'_>) {
    if !any(&schema.fields, |field| field.derive.is_some()) {
        return;
    }
    let record = entry.fields.clone();
    derive(&mut entry.fields, &schema.fields, &record, clock);
}

fn derive(fields: &mut Fields, schema: &[Field], record: &Fields, clock: Clock<'_>) {
    for field in schema {
        match fields.get_mut(&field.key).map(|held| &mut held.value) {
            Some(Value::Group(inner)) => derive(inner, &field.fields, record, clock),
            Some(Value::List(items)) if !field.fields.is_empty() => items.iter_mut().for_each(|item| {
                if let Value::Group(inner) = &mut item.value {
                    derive(inner, &field.fields, record, clock);
                }
            }),
            _ => {}
        }
        if let Some(formula) = &field.derive {
            let scope = Scope { inner: fields, outer: Some(record) };
            if let Some(value) = formula_value(formula, &field.kind, scope, clock) {
                fields.set(&field.key, Held::derived(value));
            }
        }
    }
}

fn formula_value(formula: &Derive, kind: &Kind, scope: Scope<'_>, clock: Clock<'_>) -> Option<Value> {
    let number = |path: &str| scope.get(path).and_then(|held| value::number::of(&held.value));
    let day = |path: &str| scope.value(path).and_then(|value| day_of(&value));
    let result = match formula {
        Derive::Ratio(a, b) => part(number(a)?, number(b)?)?,
        Derive::Difference(a, b) => number(a)?.checked_sub(number(b)?)?,
        Derive::DaysBetween(a, b) => value::time::day_number(day(b)?).checked_sub(value::time::day_number(day(a)?))?,
        Derive::Product(paths) => paths.iter().try_fold(Decimal::ONE, |product, path| product.checked_mul(number(path)?))?,
        Derive::Sum(paths) => {
            let given: Vec<Decimal> = paths.iter().filter_map(|path| number(path)).collect();
            let none = given.is_empty();
            given.into_iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one)).filter(|_| !none)?
        }
        Derive::Reduction(a, b) => part(number(a)?.checked_sub(number(b)?)?, number(a)?)?,
        Derive::Rest(a) => part(Decimal::ONE_HUNDRED.checked_sub(number(a)?)?, Decimal::ONE_HUNDRED)?,
        Derive::Workdays(a, b) => Decimal::from(clock.calendar.workdays(day(a)?, day(b)?)),
        Derive::FirstOf(cases) => {
            let case = cases.iter().find(|case| scope.holds_at(&case.when, Some(clock.now)))?;
            return Some(match kind {
                Kind::Flag => Value::Flag(case.is == "true"),
                _ => Value::Choice(case.is.clone()),
            });
        }
    };
    of_kind(kind, result)
}

/// One number as a part of another.
fn part(of: Decimal, whole: Decimal) -> Option<Decimal> {
    of.checked_div(Some(whole).filter(|whole| !whole.is_zero())?).map(|ratio| ratio.round_dp(6))
}

/// A computed number as a value of the field's kind.
fn of_kind(kind: &Kind, number: Decimal) -> Option<Value> {
    Some(match kind {
        Kind::Integer => Value::Integer(i64::try_from(number.round()).ok()?),
        Kind::Quantity(_) => Value::Quantity(Quantity { amount: number, typed: None }),
        Kind::Money(_) => Value::Money(Money { price: Price::Fixed(number), typed: None }),
        // A ratio in a percent field is shown as per cent.
        Kind::Percent => Value::Decimal(number.checked_mul(Decimal::ONE_HUNDRED)?.round_dp(2)),
        _ => Value::Decimal(number),
    })
}

fn set_all(entry: &mut Entry, schema: &Type, values: Vec<(Arc<str>, Decimal)>) {
    for (path, number) in values {
        let Some(field) = schema.field_at(&path) else { continue };
        let Some(value) = of_kind(&field.kind, number) else { continue };
        match path.split_once('.') {
            None => entry.fields.set(&field.key, Held::derived(value)),
            Some((group, _)) => {
                if let Some(Value::Group(inner)) = entry.fields.get_mut(group).map(|held| &mut held.value) {
                    inner.set(&field.key, Held::derived(value));
                }
            }
        }
    }
}

/// The roll-ups of an entry that `wanted` picks, by the path of their field.
fn rolled(entry: &Entry, schema: &Type, wanted: fn(&RollUp) -> bool, entries: &[Entry]) -> Vec<(Arc<str>, Decimal)> {
    let mut values = Vec::new();
    let nested =
        schema.fields.iter().filter(|field| !field.many).flat_map(|group| group.fields.iter().map(move |field| (Some(&group.key), field)));
    for (group, field) in schema.fields.iter().map(|field| (None, field)).chain(nested) {
        let Some(roll_up) = field.roll_up.as_ref().filter(|roll_up| wanted(roll_up)) else { continue };
        let records: Vec<&Fields> = match &roll_up.over {
            None => vec![&entry.fields],
            Some(name) => {
                let list = entry.backs.iter().find(|(known, _)| known == name);
                list.map(|(_, list)| list.iter().map(|&ix: &EntryIx| &entries[ix].fields).collect()).unwrap_or_default()
            }
        };
        if let Some(number) = roll(roll_up, &records) {
            values.push((group.map_or_else(|| field.key.clone(), |group| format!("{group}.{}", field.key).into()), number));
        }
    }
    values
}

/// One roll-up over some records.
fn roll(roll_up: &RollUp, records: &[&Fields]) -> Option<Decimal> {
    let group = group_of(roll_up);
    let mut seen = 0usize;
    let mut numbers: Vec<Decimal> = Vec::new();
    let mut count = 0usize;
    for record in records {
        let Some(group) = &group else {
            seen += 1;
            if Scope::record(record).holds(&roll_up.when) {
                count += 1;
                numbers.extend(roll_up.of.as_deref().and_then(|path| record.at(path)).and_then(|held| amount(&held.value)));
            }
            continue;
        };
        let when: Vec<Condition> = roll_up.when.iter().map(|c| Condition { path: c.path_within(group), test: c.test.clone() }).collect();
        let leaf = roll_up.of.as_deref().map(|path| within(path, group));
        for item in record.all(group) {
            let Value::Group(inner) = &item.value else { continue };
            seen += 1;
            if (Scope { inner, outer: Some(record) }).holds(&when) {
                count += 1;
                numbers.extend(
                    leaf.as_deref().filter(|leaf| *leaf != group).and_then(|leaf| inner.at(leaf)).and_then(|held| amount(&held.value)),
                );
            }
        }
    }
    match roll_up.how {
        RollUpHow::Count => Some(Decimal::from(count)),
        RollUpHow::Sum => (seen > 0).then(|| numbers.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(*n))).flatten(),
        RollUpHow::Min => numbers.into_iter().min(),
        RollUpHow::Max => numbers.into_iter().max(),
    }
}

/// The group whose items a roll-up looks at, if it looks into one: `spaces` of `spaces.area_m2`.
fn group_of(roll_up: &RollUp) -> Option<String> {
    let of = roll_up.of.as_deref().and_then(|path| {
        path.split_once('.').map(|(group, _)| group.to_string()).or_else(|| (roll_up.how == RollUpHow::Count).then(|| path.to_string()))
    });
    of.or_else(|| roll_up.when.iter().find_map(|condition| condition.path.split_once('.').map(|(group, _)| group.to_string())))
}

/// The number of a value; the lower end of a range of money.
fn amount(value: &Value) -> Option<Decimal> {
    match value {
        Value::Money(Money { price: Price::Range(from, _), .. }) => Some(*from),
        other => value::number::of(other),
    }
}
