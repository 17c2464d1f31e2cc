//! The bytes of a workbook → its sheets. The only module that knows the crate `calamine`.
//!
//! A workbook is looked into before it is read (`parcel.rs`). Cells are read one by one, so that a cell in the last row costs nothing.

use super::parcel::{self, LARGEST, Refusal};
use super::{Cell, Grid, Spot};
use crate::diagnostic::{Diagnostic, Diagnostics, SitePath, messages};
use crate::source::{encoding, table};
use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xls, Xlsx};
use std::io::Cursor;

/// So many cells of one sheet.
const CELLS: usize = 1_000_000;

/// The sheets of a workbook or table, or why it is not read.
pub fn open(file: &SitePath, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Vec<Grid>> {
    let opened = match (file.extension().as_str(), bytes) {
        _ if bytes.len() > LARGEST => Err(messages::desk::book_too_large(file)),
        (_, [b'P', b'K', 3, 4, ..]) => xlsx(file, bytes),
        (_, [0xD0, 0xCF, 0x11, 0xE0, ..]) => old(file, bytes),
        ("csv" | "txt" | "tsv", _) => return text(file, bytes, diagnostics).map(|grid| vec![grid]),
        _ => Err(messages::desk::book_unreadable(file)),
    };
    match opened {
        Ok(mut grids) => {
            grids.iter_mut().for_each(Grid::spread);
            Some(grids)
        }
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            None
        }
    }
}

fn text(file: &SitePath, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Grid> {
    let mut noted = Diagnostics::new();
    let text = encoding::decode(file, bytes, &mut noted);
    // Excel writes tables in GBK: that is no fault of the clerk.
    noted.iter().filter(|found| found.code != "encoding-not-utf8").for_each(|found| diagnostics.push(found.clone()));
    let mut grid = Grid::default();
    for (row, cells) in table::grid(file, &text?, diagnostics)? {
        for (column, cell) in cells.into_iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            let text = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(&cell);
            grid.cells.insert(Spot::new(row, u32::try_from(column + 1).unwrap_or(u32::MAX)), Cell::Text(text.to_string()));
        }
    }
    grid.spread();
    Some(grid)
}

/// The old formats of Excel and WPS share a container; in it also lie workbooks with a password.
fn old(file: &SitePath, bytes: &[u8]) -> Result<Vec<Grid>, Diagnostic> {
    if parcel::holds(bytes, "EncryptedPackage") {
        return Err(messages::desk::book_locked(file));
    }
    if file.extension() == "et" || file.extension() == "ett" {
        return Err(messages::desk::book_et(file));
    }
    if parcel::holds(bytes, "_VBA_PROJECT") {
        return Err(messages::desk::book_macros(file));
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| {
        if error.to_string().to_lowercase().contains("password") {
            messages::desk::book_locked(file)
        } else {
            messages::desk::book_unreadable(file)
        }
    })?;
    let from_1904 = book.has_1904_epoch();
    let mut grids = Vec::new();
    for sheet in book.sheets_metadata().to_vec().into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut grid = Grid { name: sheet.name.clone(), is_hidden: sheet.visible != SheetVisible::Visible, from_1904, ..Grid::default() };
        let range = book.worksheet_range(&sheet.name).map_err(|_| messages::desk::book_unreadable(file))?;
        let start = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at = |first: u32, more: usize| first + u32::try_from(more).unwrap_or(0) + 1;
            if let Some(cell) = old_cell(value) {
                grid.cells.insert(Spot::new(at(start.0, row), at(start.1, column)), cell);
            }
        }
        grid.merged = merged(&book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default());
        grids.push(grid);
    }
    Ok(grids)
}

fn xlsx(file: &SitePath, bytes: &[u8]) -> Result<Vec<Grid>, Diagnostic> {
    parcel::parts(bytes).map_err(|refusal| refused(file, refusal))?;
    let broken = || messages::desk::book_unreadable(file);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let from_1904 = book.has_1904_epoch();
    let mut grids = Vec::new();
    for sheet in book.sheets_metadata().to_vec().into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut grid = Grid { name: sheet.name.clone(), is_hidden: sheet.visible != SheetVisible::Visible, from_1904, ..Grid::default() };
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|_| broken())?;
        let percent: Vec<bool> = cells
            .styles()
            .iter()
            .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
            .collect();
        let mut count = 0;
        while let Some((found, style)) = cells.next_cell_with_style_id().map_err(|_| broken())? {
            count += 1;
            if count > CELLS {
                return Err(messages::desk::book_too_large(file));
            }
            let (row, column) = found.get_position();
            if let Some(cell) = cell(found.get_value().clone(), Some(percent.get(style).copied().unwrap_or(false))) {
                grid.cells.insert(Spot::new(row + 1, column + 1), cell);
            }
        }
        drop(cells);
        grid.merged = merged(&book.merge_cells_by_sheet_name(&sheet.name).map_err(|_| broken())?);
        grids.push(grid);
    }
    Ok(grids)
}

/// Ranges of merged cells, as long as they are no more cells than a sheet may have.
fn merged(ranges: &[calamine::Dimensions]) -> Vec<(Spot, Spot)> {
    let spot = |(row, column): (u32, u32)| Spot::new(row.saturating_add(1), column.saturating_add(1));
    let mut left = CELLS;
    let fits = |first: Spot, last: Spot| {
        let high = usize::try_from(last.row.checked_sub(first.row)?).ok()? + 1;
        high.checked_mul(usize::try_from(last.column.checked_sub(first.column)?).ok()? + 1)
    };
    let mut found = Vec::new();
    for (first, last) in ranges.iter().map(|range| (spot(range.start), spot(range.end))) {
        if let Some(rest) = fits(first, last).and_then(|area| left.checked_sub(area)) {
            left = rest;
            found.push((first, last));
        }
    }
    found
}

fn cell(value: DataRef<'_>, percent: Option<bool>) -> Option<Cell> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::Text(text),
        DataRef::SharedString(text) => Cell::Text(text.to_string()),
        DataRef::DateTimeIso(text) => Cell::Text(text.replace('T', " ")),
        #[allow(clippy::cast_precision_loss, reason = "cells hold no more digits than a float")]
        DataRef::Int(number) => Cell::Number(number as f64, percent),
        DataRef::Float(number) => Cell::Number(number, percent),
        DataRef::Bool(flag) => Cell::Flag(flag),
        DataRef::DateTime(date) => {
            let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
            Cell::Date([year, u16::from(month), u16::from(day), u16::from(hour), u16::from(minute)])
        }
        DataRef::Error(error) => Cell::Fault(error.to_string()),
    })
}

/// The value of a cell of an old workbook, which does not say how it is shown.
fn old_cell(value: &Data) -> Option<Cell> {
    cell(
        match value {
            Data::Empty => DataRef::Empty,
            Data::String(text) | Data::DurationIso(text) => DataRef::String(text.clone()),
            Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
            Data::Int(number) => DataRef::Int(*number),
            Data::Float(number) => DataRef::Float(*number),
            Data::Bool(flag) => DataRef::Bool(*flag),
            Data::DateTime(date) => DataRef::DateTime(*date),
            Data::Error(error) => DataRef::Error(error.clone()),
        },
        None,
    )
}

/// Why an archive is no workbook that is read.
fn refused(file: &SitePath, refusal: Refusal) -> Diagnostic {
    match refusal {
        Refusal::Broken => messages::desk::book_unreadable(file),
        Refusal::Bomb => messages::desk::book_bomb(file),
        Refusal::Outside(name) => messages::desk::book_traversal(file, &name),
        Refusal::Locked => messages::desk::book_locked(file),
        Refusal::Macros => messages::desk::book_macros(file),
    }
}
