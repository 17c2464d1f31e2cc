//! Fields that must be given, always or under conditions.

use crate::diagnostic::{Diagnostics, SitePath, messages};
use crate::read::record::join;
use crate::schema::{Field, Role, Scope, Type};
use crate::source::{Node, Shape, Spot};
use crate::value::{Fields, Held, Value};

/// Notes every missing field of a record and of the groups it has. A field that was written wrongly is not also missing.
pub fn required(fields: &Fields, schema: &Type, node: &Node, file: &SitePath, start: Spot, has_body: bool, diagnostics: &mut Diagnostics) {
    let level = Level { file, start, prefix: "", root: node, written: written_keys(node), diagnostics };
    let body = schema.with_role(Role::Body).filter(|_| has_body).map(|field| field.key.clone());
    walk(Scope::record(fields), &schema.fields, body.as_deref(), level);
}

struct Level<'a> {
    file: &'a SitePath,
    start: Spot,
    prefix: &'a str,
    /// The whole tree of the record, in which the nodes of its groups are found by their spots.
    root: &'a Node,
    written: Vec<&'a str>,
    diagnostics: &'a mut Diagnostics,
}

fn walk(scope: Scope<'_>, fields: &[Field], given: Option<&str>, level: Level<'_>) {
    for field in fields {
        if let Some(held) = scope.inner.get(&field.key).filter(|held| !is_empty(&held.value)) {
            if !field.fields.is_empty() {
                inside(held, scope, field, &join(level.prefix, &field.key), level.root, level.file, level.diagnostics);
            }
            continue;
        }
        let needed = field.required || field.required_when.iter().any(|conditions| scope.holds(conditions));
        let expected = field.expected || field.expected_when.iter().any(|conditions| scope.holds(conditions));
        // A value that came through inheritance is filled in later; it is missing only if nothing can give it.
        let inherited = field.inherit.is_some();
        let misread =
            level.written.iter().any(|key| **key == *field.key || **key == field.label.zh || field.also.iter().any(|also| also == key));
        if (needed || expected) && !misread && !inherited && given != Some(&*field.key) && !field.is_computed() {
            let place = level.start.at(level.file).in_field(join(level.prefix, &field.key));
            let missing = messages::read::Missing {
                key: &field.key,
                label: &field.label,
                example: field.example.as_deref(),
                hint: field.hint.as_ref(),
                conditional: !field.required && !field.expected,
            };
            level.diagnostics.push(if needed {
                messages::read::field_missing(place, missing)
            } else {
                messages::lint::field_expected(place, missing)
            });
        }
    }
}

fn inside(held: &Held, around: Scope<'_>, field: &Field, path: &str, root: &Node, file: &SitePath, diagnostics: &mut Diagnostics) {
    match &held.value {
        Value::Group(inner) => {
            let scope = Scope { inner, outer: Some(around.outer.unwrap_or(around.inner)) };
            walk(
                scope,
                &field.fields,
                None,
                Level {
                    file,
                    start: held.spot,
                    prefix: path,
                    root,
                    written: mapping_at(root, held.spot).map(written_keys).unwrap_or_default(),
                    diagnostics,
                },
            );
        }
        Value::List(items) if !field.fields.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                inside(item, around, field, &format!("{path}.{}", index + 1), root, file, diagnostics);
            }
        }
        _ => {}
    }
}

/// The mapping that begins at a spot.
fn mapping_at(node: &Node, spot: Spot) -> Option<&Node> {
    match &node.shape {
        Shape::Map(entries) => {
            let inner = entries.iter().find_map(|entry| mapping_at(&entry.value, spot));
            inner.or((node.spot == spot).then_some(node))
        }
        Shape::List(items) => items.iter().find_map(|item| mapping_at(item, spot)),
        _ => None,
    }
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::List(items) if items.is_empty()) || matches!(value, Value::Text(text) if text.is_empty())
}

/// The keys that have something behind them, be it behind a colon that ended no key.
fn written_keys(node: &Node) -> Vec<&str> {
    let entries = node.map().unwrap_or_default().iter();
    let written = entries.filter(|entry| !entry.value.is_null() || entry.key.contains([':', '：']));
    written.filter_map(|entry| entry.key.split([':', '：']).next()).map(str::trim).collect()
}
