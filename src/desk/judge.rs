//! The site as it would be after an import, judged like any other: what is newly wrong, said of the cell it comes from.

use super::Spot;
use super::import::{Ask, Import};
use super::rows::{Draft, Head};
use crate::diagnostic::{Diagnostic, Diagnostics, SitePath};
use crate::project::Snapshot;
use crate::read;
use crate::resolve;
use crate::schema::Role;
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
}

/// Notes what is wrong with the site after the import and was not before.
pub fn judge(
    ask: &Ask<'_>,
    head: &Head<'_>,
    import: &Import,
    touched: &BTreeMap<SitePath, Touched<'_>>,
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
    for found in said(&after, ask).iter().filter(|found| !known.contains(&key(found))) {
        let Some(place) = &found.place else {
            diagnostics.push(found.clone());
            continue;
        };
        match touched.get(&place.file) {
            None => diagnostics.push(found.clone()),
            Some(record) => {
                let spot = spot(place.field.as_deref(), head, record);
                // A cell that could not be read was told already, and so was what is missing for it.
                if !record.draft.faults.contains(&spot) {
                    diagnostics.push(ask.grid.said_of(ask.file, spot, found.clone()));
                }
            }
        }
    }
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
