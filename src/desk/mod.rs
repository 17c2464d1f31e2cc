//! DESK: the helpers of the person who writes. What files would become, worked out in memory: spreadsheets of an office
//! ↔ records, repairs, new ids.
//!
//! In: a read site and what somebody wants done: the bytes of a workbook, a wish. Out: the new texts of files with a
//! report, or every fault at its place; the other way round, the bytes of a workbook that reads back as no change.
//! Never: touches the disk, guesses, asks a person, reads a clock, or takes anything away that nobody asked to take away.

pub mod ask;
pub mod book;
pub mod cell;
pub mod columns;
pub mod diff;
pub mod editor;
pub mod export;
pub mod fix;
pub mod grid;
pub mod import;
mod judge;
mod merge;
mod open;
mod parcel;
pub mod refs;
pub mod remove;
pub mod rename;
pub mod row;
mod rows;
mod same;
pub mod source;
pub mod starter;
pub mod whole;
pub mod word;

pub use grid::{Cell, Grid, Spot};
pub use import::{FieldChange, Import, Outcome, What};
pub use open::open;
pub use parcel::LARGEST;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, SitePath};
use crate::project::Snapshot;
use std::collections::HashMap;

/// A file that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub path: SitePath,
    /// The file that moves here, where it is one that goes in the same change.
    pub from: Option<SitePath>,
    /// Its bytes as they were read; `None` where it is new.
    pub before: Option<Vec<u8>>,
    /// Its bytes as they shall be; `None` where it goes.
    pub after: Option<Vec<u8>>,
}

/// The site as it would be.
pub fn changed(snapshot: &Snapshot, edits: &[Edit]) -> Snapshot {
    let mut changed = snapshot.clone();
    for edit in edits {
        changed.texts.remove(&edit.path);
        changed.blobs.remove(&edit.path);
        if let Some(bytes) = &edit.after {
            changed.insert(edit.path.clone(), bytes.as_slice().into());
        }
    }
    changed
}

/// The errors that edits bring in: those of which a file has more than before, whatever it was called.
pub fn new_errors(before: &Diagnostics, after: &Diagnostics, edits: &[Edit]) -> Vec<Diagnostic> {
    let key = |found: &Diagnostic, edits: &[Edit]| {
        let file = found.place.as_ref().map(|place| place.file.clone());
        let from = edits.iter().find(|edit| Some(&edit.path) == file.as_ref()).and_then(|edit| edit.from.clone());
        (found.code, from.or(file))
    };
    let errors = |all: &'_ Diagnostics| -> Vec<Diagnostic> {
        all.sorted().into_iter().filter(|found| found.severity == Severity::Error).cloned().collect()
    };
    let mut known: HashMap<_, usize> = HashMap::new();
    for found in errors(before) {
        *known.entry(key(&found, &[])).or_default() += 1;
    }
    let mut new = Vec::new();
    for found in errors(after) {
        match known.get_mut(&key(&found, edits)).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => new.push(found),
        }
    }
    new
}
