//! Takes away every field that is not public, at any depth. What this removes cannot reach an output.

use crate::schema::{Field, Privacy, Scope, Type};
use crate::value::{Fields, Value};

/// Strips the private fields of a record.
pub fn strip(fields: &mut Fields, schema: &Type) {
    let whole = fields.clone();
    level(fields, &schema.fields, &whole);
}

fn level(fields: &mut Fields, schema: &[Field], record: &Fields) {
    let around = fields.clone();
    let scope = Scope { inner: &around, outer: Some(record) };
    fields.retain(|key, held| {
        let Some(field) = schema.iter().find(|field| &*field.key == key) else { return false };
        if !is_public(field, scope) {
            return false;
        }
        match &mut held.value {
            Value::Group(inner) => level(inner, &field.fields, record),
            Value::List(items) => items.iter_mut().for_each(|item| {
                if let Value::Group(inner) = &mut item.value {
                    level(inner, &field.fields, record);
                }
            }),
            _ => {}
        }
        true
    });
}

fn is_public(field: &Field, scope: Scope<'_>) -> bool {
    match &field.privacy {
        Privacy::Public => true,
        Privacy::Private => false,
        Privacy::PublicWhen(conditions) => scope.holds(conditions),
        Privacy::PublicWithin(path) => scope.get(path).is_some_and(|held| names(&held.value, &field.key)),
    }
}

/// Does a list of words name a field?
fn names(value: &Value, key: &str) -> bool {
    match value {
        Value::Text(word) | Value::Choice(word) => word == key,
        Value::List(items) => items.iter().any(|item| names(&item.value, key)),
        _ => false,
    }
}
