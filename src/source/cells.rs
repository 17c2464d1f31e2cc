//! Changes a table in place: cells and rows. Every other byte stays: quotes, line ends, delimiter, mark.
//!
//! The result is read again and must hold exactly what was asked for; anything else is refused.

use super::table::delimiter;
use std::ops::Range;

/// A row as it is written.
struct Row {
    /// Its line, from 1.
    line: u32,
    /// Its bytes without the line end.
    bare: Range<usize>,
    /// The end of its line end.
    end: usize,
    /// The bytes of its cells, with their quotes.
    cells: Vec<Range<usize>>,
}

/// The rows of a text; lines that are empty belong to nobody.
fn scan(text: &str, sign: u8) -> Vec<Row> {
    let bytes = text.as_bytes();
    let mut rows = Vec::new();
    let mut at = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut line = 1;
    while at < bytes.len() {
        if matches!(bytes[at], b'\r' | b'\n') {
            line += u32::from(bytes[at] == b'\n');
            at += 1;
            continue;
        }
        let (start, first, mut cell, mut cells, mut quoted) = (at, line, at, Vec::new(), false);
        while at < bytes.len() {
            match bytes[at] {
                // A quote means something only at the beginning of a cell, and inside one that began with it.
                b'"' if quoted || at == cell => quoted = !quoted,
                b'"' if bytes[at - 1] == b'"' && bytes[cell] == b'"' => quoted = true,
                b'\r' | b'\n' if !quoted => break,
                b'\n' => line += 1,
                byte if byte == sign && !quoted => {
                    cells.push(cell..at);
                    cell = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        cells.push(cell..at);
        let bare = start..at;
        if bytes.get(at) == Some(&b'\r') {
            at += 1;
        }
        if bytes.get(at) == Some(&b'\n') {
            (at, line) = (at + 1, line + 1);
        }
        rows.push(Row { line: first, bare, end: at, cells });
    }
    rows
}

/// The same rows as the reader of tables sees them.
fn read(text: &str, sign: u8) -> Option<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(sign).from_reader(text.as_bytes());
    reader.records().map(|record| Some(record.ok()?.iter().map(str::to_string).collect())).collect()
}

/// A table that is open for changes: what is written and what is read, row for row.
struct Sheet<'a> {
    text: &'a str,
    sign: u8,
    rows: Vec<Row>,
    read: Vec<Vec<String>>,
    head: usize,
}

impl<'a> Sheet<'a> {
    fn open(text: &'a str) -> Option<Sheet<'a>> {
        // A quote without an end would swallow the rest of the table.
        if text.matches('"').count() % 2 == 1 {
            return None;
        }
        let sign = delimiter(text);
        let (rows, read) = (scan(text, sign), read(text, sign)?);
        let alike = rows.len() == read.len() && rows.iter().zip(&read).all(|(row, cells)| row.cells.len() == cells.len());
        let head = read.iter().position(|cells| !is_blank(cells)).filter(|_| alike)?;
        Some(Sheet { text, sign, rows, read, head })
    }
    /// The row that begins on a line and says something.
    fn row(&self, line: u32) -> Option<usize> {
        let found = self.rows.iter().zip(&self.read).position(|(row, cells)| row.line == line && !is_blank(cells));
        found.filter(|row| *row > self.head)
    }
    fn column(&self, header: &str) -> Option<usize> {
        self.read[self.head].iter().position(|known| known.trim_start_matches('\u{FEFF}').trim() == header)
    }
    /// A cell as it is written; one that stood in quotes keeps them.
    fn written(&self, cell: &str, old: &str) -> String {
        let sign = char::from(self.sign);
        let needs = cell.contains([sign, '"', '\r', '\n']) || cell.trim() != cell || old.starts_with('"');
        if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_string() }
    }
    fn agrees(&self, after: String, wanted: &[Vec<String>]) -> Option<String> {
        (read(&after, self.sign)?.as_slice() == wanted).then_some(after)
    }
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

/// The headers of a table.
pub fn headers(text: &str) -> Vec<String> {
    let found = Sheet::open(text).map(|sheet| sheet.read[sheet.head].clone()).unwrap_or_default();
    found.iter().map(|header| header.trim_start_matches('\u{FEFF}').trim().to_string()).collect()
}

/// What a cell of the row that begins on a line says.
pub fn cell(text: &str, line: u32, header: &str) -> Option<String> {
    let sheet = Sheet::open(text)?;
    sheet.read[sheet.row(line)?].get(sheet.column(header)?).cloned()
}

/// The line on which the row begins that says something under a header.
pub fn line(text: &str, is_header: impl Fn(&str) -> bool, wanted: &str) -> Option<u32> {
    let sheet = Sheet::open(text)?;
    let column = sheet.read[sheet.head].iter().position(|header| is_header(header.trim_start_matches('\u{FEFF}').trim()))?;
    let row = sheet.read.iter().skip(sheet.head + 1).position(|cells| cells.get(column).is_some_and(|cell| cell.trim() == wanted))?;
    sheet.rows.get(sheet.head + 1 + row).map(|row| row.line)
}

/// The lines of the row that begins on a line.
pub fn lines(text: &str, line: u32) -> Range<u32> {
    let row = Sheet::open(text).and_then(|sheet| sheet.row(line).map(|row| sheet.rows[row].bare.clone()));
    let more = row.map_or(0, |bare| text[bare].matches('\n').count());
    line..line.saturating_add(1 + u32::try_from(more).unwrap_or(0))
}

/// A table in which the row that begins on a line has other cells, by header; an empty one is cleared. A header that is
/// not there becomes a column at the end. `None` where that cannot be done.
pub fn change(text: &str, line: u32, cells: &[(String, String)]) -> Option<String> {
    let sheet = Sheet::open(text)?;
    let row = sheet.row(line)?;
    let mut wanted = sheet.read.clone();
    let (mut heads, mut tail) = (String::new(), String::new());
    let mut ranges: Vec<(Range<usize>, String)> = Vec::new();
    let sign = char::from(sheet.sign);
    for (header, cell) in cells {
        let cell = if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell.clone() };
        let column = match sheet.column(header).or_else(|| wanted[sheet.head].iter().position(|known| known == header)) {
            Some(column) => column,
            None if cell.is_empty() => continue,
            None => {
                wanted[sheet.head].push(header.clone());
                heads.push(sign);
                heads.push_str(&sheet.written(header, ""));
                wanted[sheet.head].len() - 1
            }
        };
        if let Some(range) = sheet.rows[row].cells.get(column) {
            if wanted[row][column].trim() != cell {
                ranges.push((range.clone(), sheet.written(&cell, &text[range.clone()])));
                wanted[row][column] = cell;
            }
        } else if !cell.is_empty() || wanted[row].len() > column {
            while wanted[row].len() <= column {
                wanted[row].push(String::new());
            }
            wanted[row][column] = cell;
        }
    }
    for cell in wanted[row].iter().skip(sheet.rows[row].cells.len()) {
        tail.push(sign);
        tail.push_str(&sheet.written(cell, ""));
    }
    let mut after = sheet.text.to_string();
    // From the end, so that the places before stay true.
    after.insert_str(sheet.rows[row].bare.end, &tail);
    ranges.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    ranges.into_iter().for_each(|(range, with)| after.replace_range(range, &with));
    after.insert_str(sheet.rows[sheet.head].bare.end, &heads);
    sheet.agrees(after, &wanted)
}

/// A table without the row that begins on a line.
pub fn without(text: &str, line: u32) -> Option<String> {
    let sheet = Sheet::open(text)?;
    let row = sheet.row(line)?;
    let mut wanted = sheet.read.clone();
    wanted.remove(row);
    let mut after = sheet.text.to_string();
    after.replace_range(sheet.rows[row].bare.start..sheet.rows[row].end, "");
    sheet.agrees(after, &wanted)
}

#[cfg(test)]
mod tests {
    use super::{change, headers, line, lines, without};
    use crate::diagnostic::{Diagnostics, SitePath};
    use crate::source::table;

    const TABLE: &str = "\u{FEFF}id;名称;电话\r\n\r\na;\"甲;乙\";1\r\n\"b\";\"丙\r\n丁\";\"2\"\r\nc;a \"q\" b\r\n;;\r\nd; 戊 ;'=1";

    fn cell(line: u32, header: &str, text: &str) -> Option<String> {
        change(TABLE, line, &[(header.to_string(), text.to_string())])
    }

    #[test]
    fn a_cell_is_changed_and_every_other_byte_stays() {
        assert_eq!(headers(TABLE), ["id", "名称", "电话"]);
        assert_eq!(cell(3, "电话", "2;3"), Some(TABLE.replace(";1\r\n", ";\"2;3\"\r\n")));
        assert_eq!(cell(3, "名称", ""), Some(TABLE.replace("\"甲;乙\"", "\"\"")), "quotes stay");
        assert_eq!(cell(4, "id", "bb"), Some(TABLE.replace("\"b\"", "\"bb\"")));
        assert_eq!(cell(4, "名称", "说\"好\""), Some(TABLE.replace("\"丙\r\n丁\"", "\"说\"\"好\"\"\"")));
        assert_eq!(cell(6, "电话", "3"), Some(TABLE.replace("a \"q\" b", "a \"q\" b;3")), "a short row grows");
        assert_eq!(cell(8, "名称", "戊"), Some(TABLE.to_string()), "the same is no change");
        assert_eq!(cell(8, "电话", "=1"), Some(TABLE.to_string()));
        let wider = cell(3, "楼层", "-1").expect("a new column");
        assert_eq!(wider, TABLE.replace("电话", "电话;楼层").replace(";1\r\n", ";1;'-1\r\n"));
        assert_eq!(cell(3, "楼层", ""), Some(TABLE.to_string()), "nothing needs no column");
        for line in [1, 2, 5, 7, 99] {
            assert_eq!((cell(line, "电话", "9"), without(TABLE, line)), (None, None), "{line} begins no row");
        }
        let decoded = TABLE.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        let plain = table::rows(&SitePath::new("content/a.csv"), &decoded, &mut Diagnostics::new());
        assert_eq!(plain.iter().map(|row| row.spot.line).collect::<Vec<_>>(), [3, 4, 6, 8], "lines are those of the decoded file");
        assert_eq!((line(TABLE, |header| header == "id", "c"), line(TABLE, |header| header == "id", "x")), (Some(6), None));
        assert_eq!((lines(TABLE, 3), lines(TABLE, 4)), (3..4, 4..6));
        assert_eq!(change("id,a\nx,\"1\n", 2, &[("a".to_string(), "2".to_string())]), None, "a quote without an end");
        let tabs = change("id\ta\nx\t1\n", 2, &[("a".to_string(), "2,3;4".to_string())]);
        assert_eq!(tabs.as_deref(), Some("id\ta\nx\t2,3;4\n"));
    }

    #[test]
    fn a_row_goes_with_its_line_end() {
        assert_eq!(without(TABLE, 3), Some(TABLE.replace("a;\"甲;乙\";1\r\n", "")));
        assert_eq!(without(TABLE, 4), Some(TABLE.replace("\"b\";\"丙\r\n丁\";\"2\"\r\n", "")));
        assert_eq!(without(TABLE, 8), Some(TABLE.replace("d; 戊 ;'=1", "")));
    }
}
