//! Diagnostics of a record → problems beside its fields. Pure.
//!
//! A problem names its field by the path of English keys that the form knows; one that only has a line gets the field on
//! that line.

use super::form::said;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, SitePath};
use crate::read::keys::KeyTable;
use crate::schema::{Field, Role, Type};
use crate::source::Node;
use serde_json::{Value as Json, json};

/// The tree of a record's file, as far as it could be read.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The file.
    pub file: &'a SitePath,
    /// Its tree.
    pub node: Option<&'a Node>,
    /// The line on which the prose begins, in a file that has prose below its fields.
    pub body_line: Option<u32>,
    /// The line of its row, in a table.
    pub row: Option<u32>,
}

/// The problems of a file, the errors first.
pub fn of(diagnostics: &Diagnostics, seen: Seen<'_>, schema: &Type, keys: &KeyTable) -> Vec<Json> {
    let own = |found: &&Diagnostic| {
        found.place.as_ref().is_some_and(|place| place.file == *seen.file && seen.row.is_none_or(|line| place.line == line))
    };
    let mut found: Vec<&Diagnostic> = diagnostics.sorted().into_iter().filter(own).collect();
    found.sort_by_key(|one| one.severity);
    found.into_iter().map(|one| problem(one, seen, schema, keys)).collect()
}

fn problem(found: &Diagnostic, seen: Seen<'_>, schema: &Type, keys: &KeyTable) -> Json {
    let field = found.place.as_ref().and_then(|place| {
        let body = || seen.body_line.filter(|line| place.line >= *line).and_then(|_| schema.with_role(Role::Body));
        match &place.field {
            Some(typed) => english(typed, &schema.fields, keys),
            // Cells of a table stand on one line; their number is their column.
            None if seen.row.is_some() => {
                let entry = seen.node?.map()?.iter().find(|entry| entry.value.spot.column == place.column)?;
                keys.find(&entry.key).map(|index| schema.fields[index].key.to_string())
            }
            None => body().map(|field| field.key.to_string()).or_else(|| at_line(place.line, seen.node?, &schema.fields, keys)),
        }
    });
    json!({
        "code": found.code,
        "error": found.severity == Severity::Error,
        "field": field,
        "message": said(&found.message),
        "hints": found.hints.iter().map(said).collect::<Vec<_>>(),
    })
}

/// Is anything wrong that keeps the record from being published?
pub fn stops(problems: &[Json]) -> bool {
    problems.iter().any(|problem| problem["error"] == true)
}

/// A path with whatever keys were typed, in English keys; as much of it as the form knows.
fn english(typed: &str, fields: &[Field], keys: &KeyTable) -> Option<String> {
    let (mut level, mut table) = (Some(fields), Some(keys));
    let mut path = String::new();
    for part in typed.split('.') {
        let number = part.bytes().all(|b| b.is_ascii_digit());
        let key = match (number, level, table) {
            // Counted from one in messages, from nought in a form.
            (true, _, _) if !path.is_empty() => part.parse::<usize>().ok()?.checked_sub(1)?.to_string(),
            (_, Some(fields), Some(keys)) => {
                let Some(index) = keys.find(part) else { break };
                (level, table) = (Some(fields[index].fields.as_slice()), keys.group(index));
                fields[index].key.to_string()
            }
            _ => part.to_string(),
        };
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&key);
    }
    (!path.is_empty()).then_some(path)
}

/// The field that stands on a line: the last one that begins on it or before it.
fn at_line(line: u32, node: &Node, fields: &[Field], keys: &KeyTable) -> Option<String> {
    let entry = node.map()?.iter().rfind(|entry| entry.spot.line <= line)?;
    let index = keys.find(&entry.key)?;
    let field = &fields[index];
    let Some(table) = keys.group(index) else { return Some(field.key.to_string()) };
    let inner = match entry.value.list() {
        Some(items) => items.iter().enumerate().rfind(|(_, item)| item.spot.line <= line).map(|(at, item)| {
            let deeper = at_line(line, item, &field.fields, table);
            deeper.map_or_else(|| at.to_string(), |deeper| format!("{at}.{deeper}"))
        }),
        None => at_line(line, &entry.value, &field.fields, table),
    };
    Some(inner.map_or_else(|| field.key.to_string(), |inner| format!("{}.{inner}", field.key)))
}
