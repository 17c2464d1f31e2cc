//! The site as it would be after an import, judged like any other: what is newly wrong, said of the cell it comes from.

use super::Spot;
use super::import::{Ask, Import};
use super::rows::{Draft, Head};
use crate::diagnostic::{Diagnostic, Diagnostics, SitePath, messages};
use crate::project::Snapshot;
use crate::read;
use crate::resolve;
use crate::schema::{Role, Type};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// A file that the import would write, and the rows it comes from.
pub struct Touched<'a> {
    /// The record as the sheet tells it.
    pub draft: &'a Draft,
    /// Which row an item of a list comes from: list, index, row.
    pub rows: Vec<(String, usize, u32)>,
    /// The cell that names the record.
    pub spot: Spot,
    /// Its line, where it stands in a table with others.
    pub line: Option<u32>,
}

/// Notes what is wrong with the site after the import and was not before.
pub fn judge(
    ask: &Ask<'_>,
    of: &Type,
    head: &Head<'_>,
    import: &Import,
    touched: &BTreeMap<SitePath, Vec<Touched<'_>>>,
    snapshot: &Snapshot,
    diagnostics: &mut Diagnostics,
) {
    if import.files.is_empty() {
        return;
    }
    let mut after = snapshot.clone();
    for (file, bytes) in &import.files {
        after.insert(file.clone(), Arc::from(bytes.as_slice()));
    }
    let before = said(snapshot, ask);
    let known: HashSet<_> = before.iter().map(key).collect();
    let mut without: BTreeMap<String, usize> = BTreeMap::new();
    for found in said(&after, ask).iter().filter(|found| !known.contains(&key(found))) {
        let Some(place) = &found.place else {
            diagnostics.push(found.clone());
            continue;
        };
        let records = touched.get(&place.file);
        match records.and_then(|records| records.iter().find(|record| record.line.is_none_or(|line| line == place.line))) {
            None => diagnostics.push(found.clone()),
            // A column that is not there is told once, not for every row.
            Some(_) if found.code == MISSING && !has_column(place.field.as_deref(), head) => {
                *without.entry(bare(place.field.as_deref().unwrap_or_default())).or_default() += 1;
            }
            Some(record) => {
                let spot = spot(place.field.as_deref(), head, record);
                // A cell that could not be read was told already, and so was what is missing for it.
                if !record.draft.faults.contains(&spot) {
                    let mut found = found.clone();
                    if found.code == MISSING {
                        found.hints = vec![crate::diagnostic::said("填上这一格。", "Fill the cell.")];
                    }
                    diagnostics.push(ask.grid.said_of(ask.file, spot, found));
                }
            }
        }
    }
    for (key, count) in without {
        let spot = Spot::new(head.row, 1);
        let label = of.field_at(&key).map_or_else(|| crate::diagnostic::said(key.as_str(), key.as_str()), |field| field.label.clone());
        let found = messages::desk::column_missing(ask.grid.place(ask.file, spot).in_field(&key), &label, count);
        diagnostics.push(ask.grid.said_of(ask.file, spot, found));
    }
}

/// The code of what must be given and is not.
const MISSING: &str = "field-missing";

/// The way to a field without the numbers of items.
fn bare(field: &str) -> String {
    field.split('.').filter(|part| part.parse::<usize>().is_err()).collect::<Vec<&str>>().join(".")
}

fn has_column(field: Option<&str>, head: &Head<'_>) -> bool {
    let key = bare(field.unwrap_or_default());
    let below = |name: &str, whole: &str| name == whole || name.strip_prefix(whole).is_some_and(|rest| rest.starts_with('.'));
    head.columns.iter().any(|(_, column)| below(&column.key(), &key) || below(&key, &column.key()))
}

type Key<'d> = (&'static str, Option<&'d SitePath>, Option<&'d str>, &'d str);

fn key(found: &Diagnostic) -> Key<'_> {
    let place = found.place.as_ref();
    (found.code, place.map(|place| &place.file), place.and_then(|place| place.field.as_deref()), &found.message.zh)
}

fn said(snapshot: &Snapshot, ask: &Ask<'_>) -> Diagnostics {
    let mut noted = Diagnostics::new();
    if let Some(project) = read::project(snapshot, &mut noted) {
        resolve::catalog(project, snapshot, ask.options, &mut noted);
    }
    noted
}

/// The cell of a field, else the one that names the record.
fn spot(field: Option<&str>, head: &Head<'_>, record: &Touched<'_>) -> Spot {
    let Some(field) = field else { return record.spot };
    let (mut list, mut item, mut parts) = (String::new(), None, Vec::new());
    for part in field.split('.') {
        match part.parse::<usize>() {
            Ok(number) if item.is_none() => {
                list = parts.join(".");
                item = Some(number.saturating_sub(1));
            }
            Ok(_) => {}
            Err(_) => parts.push(part),
        }
    }
    let key = parts.join(".");
    let row = item.and_then(|item| record.rows.iter().find(|(known, at, _)| *known == list && *at == item)).map(|(.., row)| *row);
    let same = |name: &str| name == key || key.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    let column = head
        .columns
        .iter()
        .find(|(_, column)| same(&column.key()))
        .or_else(|| head.columns.iter().find(|(_, column)| column.key().strip_prefix(&key).is_some_and(|rest| rest.starts_with('.'))));
    let title = head.columns.iter().find(|(_, column)| column.leaf().role == Some(Role::Title)).map(|(at, _)| *at);
    let at = column.map(|(at, _)| *at).or(title).unwrap_or(record.spot.column);
    let given = column.is_some().then(|| record.draft.values.iter().find(|given| head.columns[given.column].0 == at)).flatten();
    match (row, given) {
        (Some(row), _) => Spot::new(row, at),
        (None, Some(given)) => given.spot,
        (None, None) => Spot::new(record.spot.row, at),
    }
}
