//! Takes away every field that is not public, at any depth. What this removes cannot reach an output.

use super::catalog::{Entry, HeldBack};
use crate::schema::{Derive, Field, Privacy, Role, Scope, Type};
use crate::value::{Fields, Value};

/// Strips the private fields of a record; their texts are added to `secrets`.
pub fn strip(fields: &mut Fields, schema: &Type, secrets: &mut Vec<String>) {
    // Only conditions look at the values around a field; copying them for every record would cost more than all the rest.
    if !conditional(&schema.fields) {
        return plain(fields, &schema.fields, secrets);
    }
    let whole = fields.clone();
    level(fields, &schema.fields, &whole, secrets);
}

/// Leaves of a withdrawn record only what its tombstone says.
pub fn entomb(fields: &mut Fields, schema: &Type) {
    let kept = [Role::Title, Role::Withdrawal, Role::State, Role::Sample, Role::Redirects, Role::Date];
    fields.retain(|key, _| schema.field(key).and_then(|field| field.role).is_some_and(|role| kept.contains(&role)));
}

/// Is it disclosed only to those who ask for it?
pub fn is_on_request(fields: &Fields, schema: &Type) -> bool {
    let openness = schema.with_role(Role::Openness).and_then(|field| fields.value(&field.key));
    matches!(openness, Some(Value::Choice(word)) if word == "on_request")
}

/// Leaves of a record that is disclosed on request what a catalogue of documents says of it: name, outline, origin, dates
/// and the type's block of document data, with what that is derived from. (Regulation on Government Information, on catalogues.)
pub fn catalogue(fields: &mut Fields, schema: &Type) {
    let kept = [
        Role::Title,
        Role::Summary,
        Role::Date,
        Role::Updated,
        Role::Expires,
        Role::Verified,
        Role::Source,
        Role::Author,
        Role::Openness,
        Role::State,
        Role::Sample,
        Role::Redirects,
        Role::Archives,
    ];
    let block: Vec<&Field> = schema.block.iter().filter_map(|key| schema.field(key)).collect();
    let asked = |field: &&Field| match &field.derive {
        Some(Derive::FirstOf(cases)) => cases.iter().flat_map(|case| &case.when).map(|condition| condition.path.clone()).collect(),
        _ => Vec::new(),
    };
    let behind: Vec<String> = block.iter().flat_map(asked).collect();
    let stays = |field: &Field| {
        field.role.is_some_and(|role| kept.contains(&role)) || schema.block.iter().chain(&behind).any(|key| *key == *field.key)
    };
    fields.retain(|key, _| schema.field(key).is_some_and(stays));
}

/// The texts that no output may hold: private ones and titles of withheld records. Short ones are words that may stand
/// anywhere, and what is public elsewhere is no secret.
pub fn secrets(private: &[String], held: &[HeldBack], entries: &[Entry]) -> Vec<String> {
    let long = |text: &&String| text.chars().count() >= 8;
    let public = |text: &String| {
        entries.iter().any(|entry| {
            entry.title.contains(text.as_str())
                || entry.fields.iter().any(|(_, held)| matches!(&held.value, Value::Text(own) if own.contains(text.as_str())))
        })
    };
    let titles = held.iter().map(|held| &held.title);
    let mut found: Vec<String> = private.iter().chain(titles).filter(long).filter(|text| !public(text)).cloned().collect();
    found.sort();
    found.dedup();
    found
}

/// The texts of a private field. What a silence is about stands in public prose by its nature: only its reason, the third of
/// its fields, is the office's.
fn hidden(field: &Field, value: &Value, found: &mut Vec<String>) {
    match (field.role, field.fields.get(2), value) {
        (Some(Role::Silence), Some(reason), Value::List(items)) => {
            let groups = items.iter().filter_map(|item| if let Value::Group(group) = &item.value { Some(group) } else { None });
            groups.filter_map(|group| group.value(&reason.key)).for_each(|value| texts(value, found));
        }
        _ => texts(value, found),
    }
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Text(text) => found.push(text.clone()),
        Value::Markdown(document) => found.extend(document.text.lines().map(|line| line.trim().to_string())),
        Value::Group(inner) => inner.iter().for_each(|(_, held)| texts(&held.value, found)),
        Value::List(items) => items.iter().for_each(|item| texts(&item.value, found)),
        _ => {}
    }
}

fn conditional(schema: &[Field]) -> bool {
    schema.iter().any(|field| matches!(field.privacy, Privacy::PublicWhen(_) | Privacy::PublicWithin(_)) || conditional(&field.fields))
}

/// [`level`] for a type whose privacy depends on nothing.
fn plain(fields: &mut Fields, schema: &[Field], secrets: &mut Vec<String>) {
    fields.retain(|key, held| {
        let Some(field) = schema.iter().find(|field| &*field.key == key) else { return false };
        if field.privacy != Privacy::Public {
            hidden(field, &held.value, secrets);
            return false;
        }
        match &mut held.value {
            Value::Group(inner) => plain(inner, &field.fields, secrets),
            Value::List(items) => items.iter_mut().for_each(|item| {
                if let Value::Group(inner) = &mut item.value {
                    plain(inner, &field.fields, secrets);
                }
            }),
            _ => {}
        }
        true
    });
}

fn level(fields: &mut Fields, schema: &[Field], record: &Fields, secrets: &mut Vec<String>) {
    let around = fields.clone();
    let scope = Scope { inner: &around, outer: Some(record) };
    fields.retain(|key, held| {
        let Some(field) = schema.iter().find(|field| &*field.key == key) else { return false };
        if !is_public(field, scope) {
            hidden(field, &held.value, secrets);
            return false;
        }
        match &mut held.value {
            Value::Group(inner) => level(inner, &field.fields, record, secrets),
            Value::List(items) => items.iter_mut().for_each(|item| {
                if let Value::Group(inner) = &mut item.value {
                    level(inner, &field.fields, record, secrets);
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
        Privacy::PublicWithin(path) => scope.get(path).is_some_and(|held| names(&held.value, field)),
    }
}

/// Does a list of words name a field, by its key or as people call it?
fn names(value: &Value, field: &Field) -> bool {
    match value {
        Value::Text(word) | Value::Choice(word) => *word == *field.key || *word == field.label.zh || field.also.contains(word),
        Value::List(items) => items.iter().any(|item| names(&item.value, field)),
        _ => false,
    }
}
