//! The values of a form, before and after → the changes of its file. Pure.
//!
//! Only what differs is changed, under the key that stands in the file, so that comments, order and spelling of
//! everything else stay. Items of a list of groups carry `_at`, the place they had when the form was made.

use super::values::{entry_of, is_empty};
use crate::read::keys::KeyTable;
use crate::schema::{Field, Role};
use crate::source::Node;
use crate::source::edit::{Change, Plain, Step};
use crate::value::Kind;
use serde_json::{Map, Value as Json};

type Values = Map<String, Json>;

/// The changes from the values of a file to those of a form. `node` is the tree of the file.
pub fn between(node: &Node, fields: &[Field], keys: &KeyTable, before: &Values, after: &Values) -> Vec<Change> {
    let mut changes = Vec::new();
    level(Some(node), fields, keys, before, after, &[], &mut changes);
    changes
}

fn level(
    node: Option<&Node>,
    fields: &[Field],
    keys: &KeyTable,
    before: &Values,
    after: &Values,
    path: &[Step],
    changes: &mut Vec<Change>,
) {
    for (index, field) in fields.iter().enumerate() {
        // Prose is no field of a file with front matter, and is changed as prose everywhere.
        if field.is_computed() || field.role == Some(Role::Body) {
            continue;
        }
        let (Some(old), Some(new)) = (before.get(&*field.key), after.get(&*field.key)) else { continue };
        let entry = entry_of(node, index, keys);
        let mut own = path.to_vec();
        own.push(Step::Key(entry.map_or_else(|| field.key.to_string(), |entry| entry.key.clone())));
        if same(old, new) {
            continue;
        }
        if is_empty(new) {
            if entry.is_some() {
                changes.push(Change::Remove { path: own });
            }
            continue;
        }
        let inner = entry.map(|entry| &entry.value);
        match (keys.group(index), old, new) {
            (Some(group), Json::Array(old), Json::Array(new)) if inner.is_some_and(|node| node.list().is_some()) => {
                items(inner, field, group, old, new, &own, changes);
            }
            (Some(group), Json::Object(old), Json::Object(new)) if inner.is_some_and(|node| node.map().is_some()) => {
                level(inner, &field.fields, group, old, new, &own, changes);
            }
            _ => changes.push(Change::Set { path: own, value: plain(field, new) }),
        }
    }
}

/// A list of groups: what was taken away goes first, what stayed is changed inside, what is new comes last.
fn items(node: Option<&Node>, field: &Field, keys: &KeyTable, old: &[Json], new: &[Json], path: &[Step], changes: &mut Vec<Change>) {
    let new: Vec<&Json> = new.iter().filter(|item| !is_empty(item)).collect();
    let at = |item: &Json| item["_at"].as_u64().and_then(|at| usize::try_from(at).ok()).filter(|at| *at < old.len());
    let kept: Vec<usize> = new.iter().filter_map(|item| at(item)).collect();
    let in_order = kept.windows(2).all(|pair| pair[0] < pair[1]) && new.iter().skip(kept.len()).all(|item| at(item).is_none());
    if !in_order {
        // Items that changed places are written anew: a comment would only stand beside the wrong one.
        let value = Plain::List(new.iter().map(|item| one(field, item)).collect());
        changes.push(Change::Set { path: path.to_vec(), value });
        return;
    }
    let step = |index: usize| path.iter().cloned().chain([Step::Item(index)]).collect::<Vec<Step>>();
    for gone in (0..old.len()).rev().filter(|index| !kept.contains(index)) {
        changes.push(Change::Remove { path: step(gone) });
    }
    let nodes = node.and_then(Node::list).unwrap_or_default();
    for (index, item) in new.iter().enumerate() {
        match (at(item), item) {
            (Some(at), Json::Object(values)) => {
                let Json::Object(known) = &old[at] else { continue };
                level(nodes.get(at), &field.fields, keys, known, values, &step(index), changes);
            }
            _ => changes.push(Change::Set { path: step(index), value: one(field, item) }),
        }
    }
}

/// A value as it is written anew.
pub fn plain(field: &Field, value: &Json) -> Plain {
    match value {
        Json::Array(items) if field.many => Plain::List(items.iter().filter(|item| !is_empty(item)).map(|item| one(field, item)).collect()),
        value => one(field, value),
    }
}

fn one(field: &Field, value: &Json) -> Plain {
    let text = |value: &Json| value.as_str().unwrap_or_default().trim().to_string();
    match (&field.kind, value) {
        (Kind::Group, Json::Object(values)) => {
            let given = field.fields.iter().filter(|field| !field.is_computed()).filter_map(|field| {
                let value = values.get(&*field.key).filter(|value| !is_empty(value))?;
                Some((field.key.to_string(), plain(field, value)))
            });
            Plain::Group(given.collect())
        }
        (Kind::Image | Kind::File, Json::Object(parts)) => group(parts, &["src", "alt", "caption", "credit", "licence"], false),
        (Kind::Place, Json::Object(parts)) => group(parts, &["lng", "lat", "crs"], true),
        (Kind::Dates(choices), Json::Object(parts)) => {
            let known: Vec<&str> = choices.iter().map(|choice| choice.key.as_str()).collect();
            group(parts, &known, true)
        }
        (Kind::Flag, value) => match text(value).as_str() {
            "true" => Plain::Verbatim("是".to_string()),
            "false" => Plain::Verbatim("否".to_string()),
            other => Plain::Text(other.to_string()),
        },
        (Kind::Markdown, value) => Plain::Text(value.as_str().unwrap_or_default().trim_end().to_string()),
        (kind, value) if kind.counts() || matches!(kind, Kind::Date | Kind::Month | Kind::DateTime | Kind::Range(_)) => {
            number(&text(value))
        }
        (_, value) => Plain::Text(text(value)),
    }
}

fn group(parts: &Values, order: &[&str], counts: bool) -> Plain {
    let given = order.iter().filter_map(|key| {
        let text = parts.get(*key)?.as_str()?.trim();
        (!text.is_empty()).then(|| ((*key).to_string(), if counts { number(text) } else { Plain::Text(text.to_string()) }))
    });
    Plain::Group(given.collect())
}

/// Numbers and days stand in a file as people write them; anything odd is quoted where it has to be.
fn number(text: &str) -> Plain {
    let digits = text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with(|c: char| c.is_ascii_digit());
    let sound = digits && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | ' ' | ':')) && !text.contains(": ");
    if sound { Plain::Verbatim(text.to_string()) } else { Plain::Text(text.to_string()) }
}

/// Are two values of a form the same? Empty is the same as absent, and blanks at the ends do not count.
fn same(old: &Json, new: &Json) -> bool {
    match (old, new) {
        (Json::String(old), Json::String(new)) => old.trim() == new.trim(),
        (Json::Array(old), Json::Array(new)) => {
            let new: Vec<&Json> = new.iter().filter(|item| !is_empty(item)).collect();
            let moved = new.iter().enumerate().any(|(index, item)| item["_at"].as_u64().is_some_and(|at| at != index as u64));
            !moved && old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new))
        }
        (Json::Object(old), Json::Object(new)) => {
            let keys = old.keys().chain(new.keys()).filter(|key| !key.starts_with('_'));
            keys.into_iter().all(|key| same(old.get(key).unwrap_or(&Json::Null), new.get(key).unwrap_or(&Json::Null)))
        }
        (old, new) => old == new || is_empty(old) && is_empty(new),
    }
}
