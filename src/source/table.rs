//! CSV: one row is one mapping; headers are keys or labels, dotted for nested fields.

use super::{Entry, Node, Scalar, Shape, Spot};
use crate::diagnostic::{Diagnostics, Place, SitePath, messages};

/// The rows of a table as mappings. An empty cell is an absent field; an apostrophe that protects a formula is dropped.
pub fn rows(file: &SitePath, text: &str, diagnostics: &mut Diagnostics) -> Vec<Node> {
    if text.matches('"').count() % 2 == 1 {
        let before = text.rfind('"').map_or("", |at| &text[..at]);
        let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
        diagnostics.push(messages::source::csv_syntax(Place::new(file, line, 1)));
        return Vec::new();
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => records.push(record),
            Err(error) => {
                let line = error.position().map_or(1, |at| u32::try_from(at.line()).unwrap_or(1));
                diagnostics.push(messages::source::csv_syntax(Place::new(file, line, 1)));
                return Vec::new();
            }
        }
    }
    // The reader says where it stood before it passed over empty lines.
    let line_of = |record: &csv::StringRecord| {
        record.position().map_or(1, |at| {
            let rest = usize::try_from(at.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
            let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
            u32::try_from(at.line() + blank as u64).unwrap_or(1)
        })
    };
    let mut records = records.into_iter().filter(|record| record.iter().any(|cell| !cell.trim().is_empty()));
    let Some(header) = records.next() else { return Vec::new() };
    let header_line = line_of(&header);
    let keys: Vec<String> = header.iter().map(|key| key.trim().to_string()).collect();
    for (at, key) in keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        if keys[..at].contains(key) {
            diagnostics.push(messages::source::csv_header_twice(Place::new(file, header_line, column(at)), key));
        }
    }
    let mut rows = Vec::new();
    for record in records {
        let line = line_of(&record);
        let mut entries: Vec<Entry> = Vec::new();
        for (at, cell) in record.iter().enumerate().map(|(at, cell)| (at, cell.trim())).filter(|(_, cell)| !cell.is_empty()) {
            let spot = Spot { line, column: column(at), length: 0 };
            match keys.get(at).map(String::as_str) {
                None => diagnostics.push(messages::source::csv_row_length(spot.at(file), keys.len(), record.len())),
                Some("") => diagnostics.push(messages::source::csv_header_empty(Place::new(file, header_line, column(at)), at + 1)),
                Some(key) if entries.iter().any(|known| known.key == key) => {}
                Some(key) => {
                    let text = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell);
                    let shape = Shape::Scalar(Scalar { text: text.to_string(), quoted: false });
                    // The key stands in the header, and what is wrong with it is told once.
                    let header = Spot { line: header_line, ..spot };
                    entries.push(Entry { key: key.to_string(), spot: header, value: Node { spot, shape } });
                }
            }
        }
        rows.push(Node { spot: Spot { line, column: 1, length: 0 }, shape: Shape::Map(entries) });
    }
    rows
}

/// The cells of a small table inside another text, each row with its line counted from 0; the table begins on
/// `first_line` of the file. `None` after an error was noted.
pub fn cells(file: &SitePath, text: &str, first_line: u32, diagnostics: &mut Diagnostics) -> Option<Vec<(u32, Vec<String>)>> {
    let plain = text.replace('，', ",");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(&plain)).from_reader(plain.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let Ok(record) = record else {
            diagnostics.push(messages::source::csv_syntax(Place::new(file, first_line, 1)));
            return None;
        };
        let line = record.position().map_or(0, |at| u32::try_from(at.line()).unwrap_or(1).saturating_sub(1));
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((line, record.iter().map(|cell| cell.trim().to_string()).collect()));
        }
    }
    Some(rows)
}

/// Every row of a table that is no record yet, with its number as a spreadsheet counts it, from 1. `None` after an error
/// was noted.
pub fn grid(file: &SitePath, text: &str, diagnostics: &mut Diagnostics) -> Option<Vec<(u32, Vec<String>)>> {
    let broken = |line: u64| messages::source::csv_syntax(Place::new(file, u32::try_from(line).unwrap_or(1), 1));
    if text.matches('"').count() % 2 == 1 {
        diagnostics.push(broken(text.lines().count() as u64));
        return None;
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    // Lines that the reader leaves out are rows all the same; breaks inside a cell are none.
    let (mut number, mut line) = (0, 1);
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                diagnostics.push(broken(error.position().map_or(1, csv::Position::line)));
                return None;
            }
        };
        let at = record.position().map_or(line, csv::Position::line);
        number += u32::try_from(at.saturating_sub(line)).unwrap_or(0) + 1;
        line = at + 1 + record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        rows.push((number, record.iter().map(str::to_string).collect()));
    }
    Some(rows)
}

/// Rows as a table that every spreadsheet reads: UTF-8 with a mark, lines as on Windows.
pub fn write(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![0xEF, 0xBB, 0xBF]);
    // Writing into memory cannot fail.
    rows.iter().for_each(|row| drop(writer.write_record(row)));
    writer.into_inner().unwrap_or_default()
}

/// A table has no characters to point at: the number of the cell stands for the column.
fn column(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

/// The sign that separates the headers.
pub(super) fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: char| header.matches(sign).count();
    [(b'\t', count('\t')), (b';', count(';')), (b',', count(','))].into_iter().max_by_key(|(_, n)| *n).map_or(b',', |(sign, _)| sign)
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::diagnostic::{Diagnostics, SitePath};

    #[test]
    fn cells_become_fields_with_their_rows() {
        let mut noted = Diagnostics::new();
        let rows = rows(&SitePath::new("content/a.csv"), "id,名称,ground.a\n\na1,\"甲\n乙\",'=1\na2,,\n", &mut noted);
        assert_eq!(noted.iter().count(), 0);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].get("名称").unwrap().scalar(), Some("甲\n乙"));
        assert_eq!(rows[0].get("ground.a").unwrap().scalar(), Some("=1"));
        assert_eq!((rows[0].spot.line, rows[1].spot.line, rows[1].map().unwrap().len()), (3, 5, 1));
    }

    #[test]
    fn broken_tables_are_explained() {
        let mut noted = Diagnostics::new();
        rows(&SitePath::new("content/a.csv"), "id,a,a,\n1,2,3,4,5\n", &mut noted);
        let codes: Vec<_> = noted.iter().map(|d| d.code).collect();
        assert_eq!(codes, vec!["csv-header-twice", "csv-header-empty", "csv-row-length"]);
    }
}
