//! A sheet as cells, whatever program wrote it.

use crate::diagnostic::{Diagnostic, Place, SitePath, said};
use std::collections::BTreeMap;

/// Where a cell is; row and column count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The row.
    pub row: u32,
    /// The column.
    pub column: u32,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A number: its digits, and whether it is shown as a percentage where that is known.
    Number(f64, Option<bool>),
    /// A number that the sheet shows as a date: year, month, day, hour, minute.
    Date([u16; 5]),
    /// TRUE or FALSE.
    Flag(bool),
    /// What a formula left behind: `#N/A`.
    Fault(String),
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// Its name; empty for a table of plain text.
    pub name: String,
    /// Is it hidden?
    pub is_hidden: bool,
    /// Does it count days from 1904?
    pub from_1904: bool,
    /// The cells that hold something, by row and column.
    pub cells: BTreeMap<Spot, Cell>,
    /// Merged cells: first and last.
    pub merged: Vec<(Spot, Spot)>,
}

impl Cell {
    /// The text of a cell, its number as it was typed; `None` for dates, flags and faults.
    pub fn text(&self) -> Option<String> {
        match self {
            Cell::Text(text) => Some(text.trim().to_string()),
            Cell::Number(number, _) => Some(digits(*number)),
            _ => None,
        }
    }
    /// Is nothing in it that a person would see?
    pub fn is_blank(&self) -> bool {
        matches!(self, Cell::Text(text) if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}').is_empty())
    }
}

/// A number with fifteen digits, as spreadsheets show it: `0.1 + 0.2` is 0.3.
pub fn digits(number: f64) -> String {
    let short = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    if short.fract() == 0.0 && short.abs() < 1e15 { format!("{short:.0}") } else { short.to_string() }
}

impl Spot {
    /// A spot.
    pub fn new(row: u32, column: u32) -> Spot {
        Spot { row, column }
    }
    /// `D7`.
    pub fn address(self) -> String {
        format!("{}{}", letters(self.column), self.row)
    }
}

/// The letters of a column: 1 is A, 27 is AA.
pub fn letters(column: u32) -> String {
    let (mut left, mut text) = (column, String::new());
    while left > 0 {
        left -= 1;
        text.insert(0, char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    text
}

impl Grid {
    /// The cell at a spot.
    pub fn at(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.get(&Spot::new(row, column))
    }
    /// The numbers of the rows that hold something.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|spot| spot.row).collect();
        rows.dedup();
        rows
    }
    /// The cells of a row.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &Cell)> {
        self.cells.range(Spot::new(row, 0)..Spot::new(row + 1, 0)).map(|(spot, cell)| (spot.column, cell))
    }
    /// Every merged cell says what the first of them says. Blank cells are none.
    pub fn spread(&mut self) {
        self.cells.retain(|_, cell| !cell.is_blank());
        for (first, last) in self.merged.clone() {
            let Some(cell) = self.cells.get(&first).cloned() else { continue };
            for row in first.row..=last.row {
                for column in first.column..=last.column {
                    self.cells.entry(Spot::new(row, column)).or_insert_with(|| cell.clone());
                }
            }
        }
    }
    /// `厂房!D7`.
    pub fn address(&self, spot: Spot) -> String {
        if self.name.is_empty() { spot.address() } else { format!("{}!{}", self.name, spot.address()) }
    }
    /// A cell as a place: the row stands for the line.
    pub fn place(&self, file: &SitePath, spot: Spot) -> Place {
        Place::new(file, spot.row, spot.column)
    }
    /// The same diagnostic, said of a cell.
    pub fn said_of(&self, file: &SitePath, spot: Spot, mut diagnostic: Diagnostic) -> Diagnostic {
        let field = diagnostic.place.take().and_then(|place| place.field);
        diagnostic.place = Some(Place { field, ..self.place(file, spot) });
        let address = self.address(spot);
        diagnostic.message = said(format!("{address}：{}", diagnostic.message.zh), format!("{address}: {}", diagnostic.message.en));
        diagnostic
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Grid, Spot, digits, letters};

    #[test]
    fn addresses_and_numbers_are_those_of_the_sheet() {
        assert_eq!((letters(1), letters(26), letters(27), letters(703)), ("A".into(), "Z".into(), "AA".into(), "AAA".into()));
        assert_eq!(Spot::new(7, 4).address(), "D7");
        for (number, text) in
            [(0.1 + 0.2, "0.3"), (8.1, "8.1"), (1800.0, "1800"), (-2.50, "-2.5"), (0.75, "0.75"), (123_456_789_012.0, "123456789012")]
        {
            assert_eq!(digits(number), text);
        }
    }

    #[test]
    fn merged_cells_all_say_the_same() {
        let mut grid = Grid { merged: vec![(Spot::new(2, 1), Spot::new(3, 1))], ..Grid::default() };
        grid.cells.insert(Spot::new(2, 1), Cell::Text("甲".into()));
        grid.cells.insert(Spot::new(3, 1), Cell::Text(" ".into()));
        grid.spread();
        assert_eq!(grid.at(3, 1), Some(&Cell::Text("甲".into())));
        assert_eq!(grid.rows(), vec![2, 3]);
    }
}
