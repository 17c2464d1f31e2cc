//! A record as the sheet tells it beside the record on disk: what changes, field by field.

use super::cell::{self, Wish};
use super::columns::Column;
use super::rows::{Draft, Given, Head};
use super::{FieldChange, Spot};
use crate::diagnostic::{Diagnostic, messages};
use crate::read::keys::KeyTable;
use crate::schema::{Field, Role, Type};
use crate::source::edit::{Change, Plain, Step};
use crate::source::{Node, Shape};
use crate::value::Zone;

/// What follows from one record of the sheet.
#[derive(Default)]
pub struct Merged {
    /// The changes of its file.
    pub changes: Vec<Change>,
    /// The same in words.
    pub fields: Vec<FieldChange>,
    /// Items on disk that the sheet does not have: list and key.
    pub kept: Vec<String>,
    /// Which row of the sheet an item of a list comes from: list, index, row.
    pub rows: Vec<(String, usize, u32)>,
    /// What cannot be done, each at its cell.
    pub faults: Vec<(Spot, Diagnostic)>,
}

/// What merging needs beside the record.
pub struct Merger<'a, 's> {
    /// The type.
    pub of: &'s Type,
    /// Its words.
    pub keys: &'a KeyTable,
    /// The head of the sheet.
    pub head: &'a Head<'s>,
    /// The zone of the site.
    pub zone: &'a Zone,
    /// Do empty cells take values away?
    pub clear: bool,
}

/// Where a field stands in a tree: the keys as typed, and its value.
struct Found<'n> {
    steps: Vec<Step>,
    node: Option<&'n Node>,
}

impl<'s> Merger<'_, 's> {
    /// Compares one record with what its file says; `None` for a new one.
    pub fn merge(&self, draft: &Draft, known: Option<&Node>, body: Option<&str>) -> Merged {
        let mut merged = Merged::default();
        for (at, (_, column)) in self.head.columns.iter().enumerate().filter(|(_, (_, column))| column.list.is_none()) {
            let given = draft.values.iter().find(|given| given.column == at);
            if column.leaf().role == Some(Role::Body) {
                self.prose(given, body, column, &mut merged);
                continue;
            }
            let found = self.find(known, &self.of.fields, self.keys, &column.path);
            self.value(given, column, found, None, draft.faults.is_empty(), &mut merged);
        }
        let mut lists: Vec<(String, usize)> =
            self.head.columns.iter().filter_map(|(_, column)| Some((column.list_key()?, column.list?))).collect();
        lists.dedup();
        lists.sort();
        lists.dedup();
        for (key, length) in lists {
            self.list(&key, length, draft, known, &mut merged);
        }
        merged
    }

    fn prose(&self, given: Option<&Given>, body: Option<&str>, column: &Column<'_>, merged: &mut Merged) {
        let Some(Given { wish: Wish::Set(Plain::Text(text)), spot, .. }) = given else { return };
        let old = body.unwrap_or_default().trim();
        if old != text.trim() {
            merged.changes.push(Change::Body(text.clone()));
            let short = |text: &str| text.trim().chars().take(20).collect::<String>();
            let (old, new) = (short(old), short(text));
            merged.fields.push(FieldChange { key: column.key(), label: column.label(), item: None, old, new, spot: Some(*spot) });
        }
    }

    /// Where a way leads, with the keys as typed.
    fn find<'n>(&self, node: Option<&'n Node>, fields: &[Field], keys: &KeyTable, path: &[&Field]) -> Found<'n> {
        let (mut here, mut level, mut table, mut steps) = (node, fields, Some(keys), Vec::new());
        for field in path {
            let index = level.iter().position(|known| known.key == field.key);
            let entries = here.and_then(Node::map).unwrap_or_default();
            let entry = entries.iter().find(|entry| index.is_some() && table.and_then(|table| table.find(&entry.key)) == index);
            steps.push(Step::Key(entry.map_or_else(|| field.key.to_string(), |entry| entry.key.clone())));
            here = entry.map(|entry| &entry.value);
            table = table.zip(index).and_then(|(table, index)| table.group(index));
            level = index.map_or(&[], |index| level[index].fields.as_slice());
        }
        Found { steps, node: here.filter(|node| !node.is_null()) }
    }

    /// One value beside the known one.
    fn value(&self, given: Option<&Given>, column: &Column<'_>, found: Found<'_>, item: Option<&str>, sound: bool, merged: &mut Merged) {
        let old = found.node.map(|node| cell::known(column, node, self.zone));
        let said = |value: Option<&Plain>| value.map(|value| cell::shown(column, value)).unwrap_or_default();
        let change = |new: Option<&Plain>, spot| FieldChange {
            key: column.key(),
            label: column.label(),
            item: item.map(str::to_string),
            old: said(old.as_ref()),
            new: said(new),
            spot,
        };
        match given {
            Some(Given { wish: Wish::Set(value), spot, .. }) => {
                if old.as_ref().is_some_and(|old| cell::same(column, old, value, self.zone)) {
                    return;
                }
                merged.fields.push(change(Some(value), Some(*spot)));
                merged.changes.push(Change::Set { path: found.steps, value: value.clone() });
            }
            Some(Given { wish: Wish::Clear, spot, .. }) if found.node.is_some() => {
                merged.fields.push(change(None, Some(*spot)));
                merged.changes.push(Change::Remove { path: found.steps });
            }
            None if self.clear && sound && found.node.is_some() => {
                merged.fields.push(change(None, None));
                merged.changes.push(Change::Remove { path: found.steps });
            }
            _ => {}
        }
    }

    /// The items of a list: known by their key, else by their place.
    fn list(&self, key: &str, length: usize, draft: &Draft, known: Option<&Node>, merged: &mut Merged) {
        let columns: Vec<(usize, &Column<'s>)> = self
            .head
            .columns
            .iter()
            .enumerate()
            .map(|(at, (_, column))| (at, column))
            .filter(|(_, column)| column.list_key().as_deref() == Some(key))
            .collect();
        let Some((_, first)) = columns.first() else { return };
        let group = first.path[length - 1];
        let items: &[(u32, Vec<Given>)] = draft.lists.iter().find(|(known, _)| known == key).map_or(&[], |(_, items)| items);
        let found = self.find(known, &self.of.fields, self.keys, &first.path[..length]);
        let nodes: Vec<&Node> = match found.node.map(|node| &node.shape) {
            Some(Shape::List(nodes)) => nodes.iter().collect(),
            Some(Shape::Map(_)) => found.node.into_iter().collect(),
            _ => Vec::new(),
        };
        let single = matches!(found.node.map(|node| &node.shape), Some(Shape::Map(_)));
        let by = group
            .item_key
            .as_deref()
            .and_then(|own| columns.iter().find(|(_, column)| column.path.len() == length + 1 && *column.leaf().key == *own));
        let keys = self.table(&first.path[..length]);
        let name_of = |node: &Node| {
            let (_, column) = by?;
            let found = self.find(Some(node), &group.fields, keys?, &column.path[length..]);
            found.node.map(|node| text_of(&cell::known(column, node, self.zone)))
        };
        let mut used = vec![false; nodes.len()];
        let mut names: Vec<String> = Vec::new();
        let mut more: Vec<Plain> = Vec::new();
        for (index, (row, values)) in items.iter().enumerate() {
            let name = by.and_then(|(at, _)| values.iter().find(|given| given.column == *at)).and_then(|given| match &given.wish {
                Wish::Set(value) => Some(text_of(value)),
                Wish::Clear => None,
            });
            let first = by.map_or(Spot::new(*row, self.head.columns[columns[0].0].0), |(at, _)| Spot::new(*row, self.head.columns[*at].0));
            let place = |spot: Spot| crate::diagnostic::Place::new(&crate::diagnostic::SitePath::new(""), spot.row, spot.column);
            if group.item_key.is_some() {
                let Some(name) = &name else {
                    // Where the cell of the key is wrong, that was told.
                    if !draft.faults.iter().any(|spot| spot.row == *row) {
                        merged.faults.push((
                            first,
                            messages::desk::item_unnamed(place(first), &group.label, by.map(|(_, column)| &column.leaf().label)),
                        ));
                    }
                    continue;
                };
                if names.contains(name) {
                    merged.faults.push((first, messages::desk::item_twice(place(first), &group.label, name)));
                    continue;
                }
                names.push(name.clone());
            }
            let at = match &name {
                Some(name) if group.item_key.is_some() => nodes.iter().position(|node| name_of(node).as_deref() == Some(name.as_str())),
                _ => (index < nodes.len()).then_some(index),
            };
            let shown = name.clone().unwrap_or_else(|| (index + 1).to_string());
            match at {
                Some(at) => {
                    used[at] = true;
                    merged.rows.push((key.to_string(), at, *row));
                    for (column_at, column) in &columns {
                        let given = values.iter().find(|given| given.column == *column_at);
                        let inner = keys.map(|keys| self.find(Some(nodes[at]), &group.fields, keys, &column.path[length..]));
                        let Some(inner) = inner else { continue };
                        let before = found.steps.iter().cloned().chain((!single).then_some(Step::Item(at)));
                        let steps = before.chain(inner.steps).collect();
                        self.value(given, column, Found { steps, node: inner.node }, Some(&shown), draft.faults.is_empty(), merged);
                    }
                }
                None => {
                    let mut entries = Vec::new();
                    for given in values {
                        let column = &self.head.columns[given.column].1;
                        let Wish::Set(value) = &given.wish else { continue };
                        nested(&mut entries, &column.path[length..], value);
                        let new = cell::shown(column, value);
                        let (key, label) = (column.key(), column.label());
                        merged.fields.push(FieldChange {
                            key,
                            label,
                            item: Some(shown.clone()),
                            old: String::new(),
                            new,
                            spot: Some(given.spot),
                        });
                    }
                    entries.sort_by_key(|(key, _)| group.fields.iter().position(|field| *field.key == **key));
                    merged.rows.push((key.to_string(), nodes.len() + more.len(), *row));
                    more.push(Plain::Group(entries));
                }
            }
        }
        self.rest(group, &found.steps, &nodes, &used, &name_of, !items.is_empty() || known.is_some() && draft.faults.is_empty(), merged);
        if single && !more.is_empty() {
            // One item written without a dash: the list is written out.
            let whole = nodes.iter().map(|node| Plain::of(node)).chain(more).collect();
            merged.changes.push(Change::Set { path: found.steps, value: Plain::List(whole) });
        } else if nodes.is_empty() && !more.is_empty() {
            merged.changes.push(Change::Set { path: found.steps, value: Plain::List(more) });
        } else {
            let taken = if self.clear { used.iter().filter(|used| !**used).count() } else { 0 };
            for (at, value) in more.into_iter().enumerate() {
                let path = found.steps.iter().cloned().chain([Step::Item(nodes.len() - taken + at)]).collect();
                merged.changes.push(Change::Set { path, value });
            }
        }
    }

    /// Items on disk that the sheet does not have: kept and named, or taken away where that was asked for.
    #[allow(clippy::too_many_arguments, reason = "the parts of one list; a struct would only rename them")]
    fn rest(
        &self,
        group: &Field,
        steps: &[Step],
        nodes: &[&Node],
        used: &[bool],
        name_of: &dyn Fn(&Node) -> Option<String>,
        told: bool,
        merged: &mut Merged,
    ) {
        for (at, node) in nodes.iter().enumerate().rev().filter(|(at, _)| told && !used[*at]) {
            let name = name_of(node).unwrap_or_else(|| (at + 1).to_string());
            if self.clear {
                let label = group.label.zh.clone();
                merged.fields.push(FieldChange {
                    key: group.key.to_string(),
                    label,
                    item: Some(name.clone()),
                    old: name,
                    new: String::new(),
                    spot: None,
                });
                merged.changes.push(Change::Remove { path: steps.iter().cloned().chain([Step::Item(at)]).collect() });
            } else {
                merged.kept.push(format!("{} {name}", group.label.zh));
            }
        }
    }

    /// The words of the group at the end of a way.
    fn table(&self, path: &[&Field]) -> Option<&KeyTable> {
        let (mut level, mut table) = (self.of.fields.as_slice(), self.keys);
        for field in path {
            let index = level.iter().position(|known| known.key == field.key)?;
            table = table.group(index)?;
            level = &level[index].fields;
        }
        Some(table)
    }

    /// The keys of a file in the order of the type, as they are typed there.
    pub fn order(&self, known: Option<&Node>) -> Vec<String> {
        let mut order = Vec::new();
        for field in &self.of.fields {
            let found = self.find(known, &self.of.fields, self.keys, &[field]);
            let Some(Step::Key(typed)) = found.steps.into_iter().next() else { continue };
            order.extend(field.fields.iter().map(|inner| format!("{typed}.{}", inner.key)));
            order.push(typed);
        }
        order
    }
}

fn text_of(value: &Plain) -> String {
    match value {
        Plain::Text(text) | Plain::Verbatim(text) => text.clone(),
        _ => String::new(),
    }
}

/// Puts a value into a group, making the groups on the way.
fn nested(entries: &mut Vec<(String, Plain)>, path: &[&Field], value: &Plain) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        entries.push((first.key.to_string(), value.clone()));
        return;
    }
    let at = entries.iter().position(|(key, _)| **key == *first.key).unwrap_or_else(|| {
        entries.push((first.key.to_string(), Plain::Group(Vec::new())));
        entries.len() - 1
    });
    if let Plain::Group(inner) = &mut entries[at].1 {
        nested(inner, rest, value);
    }
}
