//! Charts as people write them: a small table (Markdown or CSV) under a typed block of prose, or a description in YAML.

use crate::diagnostic::{Diagnostics, Place, SitePath, messages, nearest};
use crate::source::{Node, Spot, table};
use crate::value::chart::{Chart, ChartKind, Fault, Point};
use crate::value::{Decimal, number};

/// A row of cells with its place.
struct Row {
    place: Place,
    cells: Vec<String>,
}

/// What stands beside the numbers of a chart.
#[derive(Debug, Clone, Default)]
pub struct Words<'a> {
    /// The word of the kind.
    pub kind: &'a str,
    /// The anchor.
    pub id: String,
    /// What it shows.
    pub title: &'a str,
    /// The unit.
    pub unit: &'a str,
    /// Who says so.
    pub source: &'a str,
    /// To which day the numbers belong.
    pub as_of: &'a str,
}

/// Reads the kind of a chart.
pub fn kind(word: &str, place: Place, diagnostics: &mut Diagnostics) -> Option<ChartKind> {
    let kind = ChartKind::named(word);
    if kind.is_none() {
        diagnostics.push(messages::chart::kind_unknown(place, word, nearest(word, ChartKind::all_words()), &ChartKind::words()));
    }
    kind
}

/// A chart from a table whose first line stands on `first_line`; the first row names the columns. `None` after an error was noted.
pub fn of_table(
    words: &Words<'_>,
    text: &str,
    file: &SitePath,
    first_line: u32,
    at: Place,
    diagnostics: &mut Diagnostics,
) -> Option<Chart> {
    let kind = kind(words.kind, at.clone(), diagnostics)?;
    let mut rows = cells(text, file, first_line, diagnostics)?.into_iter();
    let Some(head) = rows.next() else {
        diagnostics.push(messages::chart::unfit(at, kind.word(), &Fault::Empty.why()));
        return None;
    };
    assemble(kind, words, head, rows.collect(), at, diagnostics)
}

/// A chart from YAML: `{kind, title, unit, source, as_of, columns: […], rows: [[name, number, …], …]}`.
pub fn of_node(node: &Node, id: &str, file: &SitePath, diagnostics: &mut Diagnostics) -> Option<Chart> {
    const WORDS: [&str; 7] = ["kind", "title", "unit", "source", "as_of", "head", "rows"];
    super::theme_pages::known(node, &WORDS, file, diagnostics);
    let text = |key: &str| node.get(key).and_then(Node::scalar).unwrap_or_default();
    let place = |key: &str| node.get(key).map_or(node.spot, |node| node.spot).at(file);
    let words = Words {
        kind: text("kind"),
        id: id.to_string(),
        title: text("title"),
        unit: text("unit"),
        source: text("source"),
        as_of: text("as_of"),
    };
    let row = |node: &Node| {
        let cells = node.list().unwrap_or_default().iter().map(|cell| cell.scalar().unwrap_or_default().to_string());
        Row { place: node.spot.at(file), cells: cells.collect() }
    };
    let kind = kind(words.kind, place("kind"), diagnostics)?;
    let head = node.get("head").map_or_else(|| Row { place: place("head"), cells: Vec::new() }, row);
    let rows = node.get("rows").and_then(Node::list).unwrap_or_default().iter().map(row).collect();
    assemble(kind, &words, head, rows, place("rows"), diagnostics)
}

fn assemble(kind: ChartKind, words: &Words<'_>, head: Row, rows: Vec<Row>, at: Place, diagnostics: &mut Diagnostics) -> Option<Chart> {
    let names = if kind == ChartKind::Flow { 2 } else { 1 };
    let columns = head.cells.len();
    if columns <= names || !kind.takes_series() && columns > names + 1 {
        diagnostics.push(messages::chart::columns(head.place, kind.word(), columns, names));
        return None;
    }
    let mut heads = head.cells.into_iter();
    let mut chart = Chart {
        kind,
        id: words.id.clone(),
        title: words.title.to_string(),
        unit: words.unit.to_string(),
        head: heads.next().unwrap_or_default(),
        to_head: if kind == ChartKind::Flow { heads.next().unwrap_or_default() } else { String::new() },
        series: Vec::new(),
        points: Vec::new(),
        source: words.source.to_string(),
        as_of: words.as_of.to_string(),
    };
    chart.series = heads.collect();
    let (mut places, mut sound) = (Vec::new(), true);
    for row in rows {
        if row.cells.len() != columns {
            diagnostics.push(messages::chart::row_length(row.place, columns, row.cells.len()));
            sound = false;
            continue;
        }
        let values: Vec<Option<Option<Decimal>>> = row.cells[names..].iter().map(|cell| value(cell, &row.place, diagnostics)).collect();
        sound &= values.iter().all(Option::is_some);
        chart.points.push(Point {
            label: row.cells[0].clone(),
            to: (kind == ChartKind::Flow).then(|| row.cells[1].clone()),
            values: values.into_iter().map(Option::flatten).collect(),
        });
        places.push(row.place);
    }
    (sound && fits(&chart, &places, at, diagnostics)).then_some(chart)
}

/// Notes what keeps a chart from being drawn, with the row where there is one.
fn fits(chart: &Chart, places: &[Place], at: Place, diagnostics: &mut Diagnostics) -> bool {
    let Some(fault) = chart.fault() else { return true };
    let row = match fault {
        Fault::Negative(row) | Fault::Circle(row) => places.get(row).cloned(),
        _ => None,
    };
    diagnostics.push(messages::chart::unfit(row.unwrap_or(at), chart.kind.word(), &fault.why()));
    false
}

/// A number, or nothing; `None` after an error was noted.
fn value(cell: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Option<Decimal>> {
    if matches!(cell, "" | "-" | "–" | "—" | "——" | "…") {
        return Some(None);
    }
    let percent = cell.trim_end_matches(['%', '％']);
    match number::leading(percent) {
        Ok((number, rest)) if rest.is_empty() => Some(Some(number)),
        _ => {
            diagnostics.push(messages::chart::number(place.clone(), cell));
            None
        }
    }
}

/// The rows of a Markdown table or of CSV; `None` after an error was noted.
fn cells(text: &str, file: &SitePath, first_line: u32, diagnostics: &mut Diagnostics) -> Option<Vec<Row>> {
    let place = |line: u32| Spot { line: first_line + line, column: 1, length: 0 }.at(file);
    if !text.trim_start().starts_with('|') {
        let rows = table::cells(file, text, first_line, diagnostics)?;
        return Some(rows.into_iter().map(|(line, cells)| Row { place: place(line), cells }).collect());
    }
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let inner = line.trim().trim_start_matches('|');
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let cells: Vec<String> = inner.split('|').map(|cell| cell.trim().to_string()).collect();
        let rule = cells.iter().all(|cell| cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':')));
        if !(rule && at == 1) {
            rows.push(Row { place: place(u32::try_from(at).unwrap_or(0)), cells });
        }
    }
    Some(rows)
}
