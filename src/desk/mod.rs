//! DESK: spreadsheets of an office ↔ records. What a workbook says, as changes of files; and records as a workbook.
//!
//! In: the bytes of a workbook and a read site. Out: the new texts of files with a report of every record, or every
//! fault at its cell; the other way round, the bytes of a workbook that reads back as no change. Never: touches the
//! disk, guesses, or takes anything away that nobody asked to take away.

pub mod book;
pub mod cell;
pub mod columns;
pub mod export;
pub mod grid;
pub mod import;
mod judge;
mod merge;
mod open;
mod rows;
mod source;

pub use grid::{Cell, Grid, Spot};
pub use import::{FieldChange, Import, Outcome, What};
pub use open::open;
