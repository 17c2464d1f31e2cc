//! What passes with time inside a record: items that are over, and the instants at which computed words change.

use super::compute::Clock;
use crate::diagnostic::{Diagnostics, SitePath, messages};
use crate::schema::{Condition, Derive, Field, Scope, Type};
use crate::value::time::{is_past, turning_points};
use crate::value::{Fields, Instant, Value, Zone};

/// Takes away the items of groups whose last day is over, and says so: they must not stand on pages, but the file
/// should be put in order.
pub fn leave_out(fields: &mut Fields, schema: &[Field], clock: Clock<'_>, file: &SitePath, said: bool, diagnostics: &mut Diagnostics) {
    for field in schema {
        match fields.get_mut(&field.key).map(|held| &mut held.value) {
            Some(Value::Group(inner)) => leave_out(inner, &field.fields, clock, file, said, diagnostics),
            Some(Value::List(items)) if !field.fields.is_empty() => {
                items.retain(|item| {
                    let (Value::Group(inner), Some(until)) = (&item.value, &field.until) else { return true };
                    let Some(held) = inner.get(until).filter(|held| is_past(&held.value, clock.now) == Some(true)) else { return true };
                    if let Some(label) = field.field(until).map(|field| &field.label).filter(|_| said) {
                        let on = crate::value::time::day_of(&held.value).map(|day| day.to_string()).unwrap_or_default();
                        let place = held.spot.at(file).in_field(format!("{}.{until}", field.key));
                        diagnostics.push(messages::lint::item_over(place, &field.label, label, &on));
                    }
                    false
                });
                for item in items {
                    if let Value::Group(inner) = &mut item.value {
                        leave_out(inner, &field.fields, clock, file, said, diagnostics);
                    }
                }
            }
            _ => {}
        }
        if matches!(fields.value(&field.key), Some(Value::List(items)) if items.is_empty()) && field.until.is_some() {
            fields.remove(&field.key);
        }
    }
}

/// The next instant after now at which something inside a record passes.
pub fn next(fields: &Fields, schema: &Type, clock: Clock<'_>, zone: &Zone) -> Option<Instant> {
    let mut instants = Vec::new();
    collect(Scope::record(fields), &schema.fields, zone, &mut instants);
    instants.into_iter().filter(|at| *at > clock.now.instant).min()
}

fn collect(scope: Scope<'_>, schema: &[Field], zone: &Zone, instants: &mut Vec<Instant>) {
    for field in schema {
        if let Some(Derive::FirstOf(cases)) = &field.derive {
            let asked = |condition: &&Condition| condition.test.asks_the_clock();
            for condition in cases.iter().flat_map(|case| &case.when).filter(asked) {
                instants.extend(scope.value(&condition.path).map(|value| turning_points(&value, zone)).unwrap_or_default());
            }
        }
        let groups: Vec<&Fields> = match scope.inner.value(&field.key) {
            Some(Value::Group(inner)) => vec![inner],
            Some(Value::List(items)) if !field.fields.is_empty() => {
                items.iter().filter_map(|item| if let Value::Group(inner) = &item.value { Some(inner) } else { None }).collect()
            }
            _ => continue,
        };
        for inner in groups {
            if let Some(value) = field.until.as_ref().and_then(|until| inner.value(until)) {
                instants.extend(turning_points(value, zone));
            }
            collect(Scope { inner, outer: Some(scope.outer.unwrap_or(scope.inner)) }, &field.fields, zone, instants);
        }
    }
}
