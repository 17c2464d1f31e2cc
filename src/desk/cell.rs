//! One cell ↔ one value: what a spreadsheet made of it, read through the kind of its field; and back.

use super::columns::Column;
use super::{Cell, Grid, Spot, grid};
use crate::diagnostic::{Diagnostic, Diagnostics, SitePath, messages};
use crate::schema::{Field, Role};
use crate::source::edit::{self, Plain};
use crate::source::{Node, Scalar, Shape, yaml};
use crate::value::number::{narrow, plain};
use crate::value::{self, Kind, Lang, Link, Price, Value, Zone, show, time};
use std::collections::BTreeMap;

/// What a cell asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// This value.
    Set(Plain),
    /// No value: the cell says （空）.
    Clear,
}

/// What reading cells needs beside the cell.
pub struct Reader<'a> {
    /// The workbook.
    pub file: &'a SitePath,
    /// The sheet.
    pub grid: &'a Grid,
    /// The zone of the site.
    pub zone: &'a Zone,
    /// The records of each title: type and id.
    pub titles: &'a BTreeMap<String, Vec<(String, String)>>,
}

/// The signs between several values of one cell.
const BETWEEN: [char; 6] = ['；', ';', '|', '｜', '\n', '、'];
/// Serial numbers of days from 1950 to 2119; smaller numbers are years, larger ones are written out.
const SERIALS: std::ops::RangeInclusive<f64> = 18_264.0..=80_000.0;

/// Does the cell say that the value shall be taken away?
pub fn clears(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if matches!(text.trim(), "（空）" | "(空)"))
}

impl Reader<'_> {
    /// What a cell asks for, or what is wrong with it.
    pub fn wish(&self, column: &Column<'_>, spot: Spot, cell: &Cell) -> Result<Wish, Vec<Diagnostic>> {
        if clears(cell) {
            return Ok(Wish::Clear);
        }
        let said = |found: Diagnostic| self.grid.said_of(self.file, spot, found.in_field(&column.key()));
        let field = column.leaf();
        let text = self.typed(field, spot, cell).map_err(|found| vec![said(found)])?;
        let mut noted = Diagnostics::new();
        let wanted = if column.is_whole() {
            self.whole(column, &text, &mut noted)
        } else if field.many {
            let items = self.items(field, &text, &mut noted);
            let items = items.iter().map(|item| self.single(column, item, &mut noted)).collect::<Option<Vec<Plain>>>();
            items.map(Plain::List)
        } else {
            self.single(column, &text, &mut noted)
        };
        match wanted {
            Some(value) if !noted.has_errors() => Ok(Wish::Set(value)),
            _ => Err(noted.iter().cloned().map(said).collect()),
        }
    }

    /// The text that the cell stands for.
    fn typed(&self, field: &Field, spot: Spot, cell: &Cell) -> Result<String, Diagnostic> {
        let place = self.grid.place(self.file, spot);
        let label = &field.label;
        match (cell, &field.kind) {
            (Cell::Fault(fault), _) => Err(messages::desk::cell_fault(place, label, fault)),
            (Cell::Flag(flag), _) => Ok(if *flag { "是" } else { "否" }.to_string()),
            (Cell::Text(text), _) => Ok(text.trim().replace("\r\n", "\n")),
            (Cell::Date([year, month, day, ..]), Kind::Date) if *year > 1900 => Ok(format!("{year:04}-{month:02}-{day:02}")),
            (Cell::Date([year, month, ..]), Kind::Month) if *year > 1900 => Ok(format!("{year:04}-{month:02}")),
            (Cell::Date([year, month, day, hour, minute]), Kind::DateTime) if *year > 1900 => {
                Ok(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"))
            }
            (Cell::Date([year, month, day, ..]), _) => {
                Err(messages::desk::cell_is_date(place, label, &format!("{year}-{month:02}-{day:02}")))
            }
            (Cell::Number(number, _), Kind::Date | Kind::Month | Kind::DateTime) => self.serial(*number, field, spot),
            (Cell::Number(number, percent), Kind::Percent) => match percent {
                Some(true) => Ok(grid::digits(number * 100.0)),
                None if *number <= 1.0 && *number > 0.0 => Err(messages::desk::percent_unclear(place, label, &grid::digits(*number))),
                _ => Ok(grid::digits(*number)),
            },
            (Cell::Number(number, Some(true)), kind) if !kind.counts() => Ok(format!("{}%", grid::digits(number * 100.0))),
            (Cell::Number(number, _), kind) if !kind.counts() && number.abs() >= 1e15 => {
                Err(messages::desk::digits_lost(place, label, &grid::digits(*number)))
            }
            (Cell::Number(number, _), _) => Ok(grid::digits(*number)),
        }
    }

    /// A number in a field of dates: a serial number, or a date written together.
    fn serial(&self, number: f64, field: &Field, spot: Spot) -> Result<String, Diagnostic> {
        let text = grid::digits(number);
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if digits && text.len() == 8 {
            return Ok(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
        }
        if digits && text.len() == 6 && field.kind == Kind::Month {
            return Ok(format!("{}-{}", &text[..4], &text[4..]));
        }
        if !SERIALS.contains(&number) {
            // `2026.1` may be January or October.
            let place = self.grid.place(self.file, spot);
            return Err(messages::desk::date_is_number(place, &field.label, &text));
        }
        let days = if self.grid.from_1904 { number + 1462.0 } else { number };
        let epoch = time::day(1899, 12, 30);
        #[allow(clippy::cast_possible_truncation, reason = "within the range above")]
        let day = epoch.and_then(|epoch| time::later(epoch, days.floor() as i64)).map(|day| day.to_string()).unwrap_or_default();
        #[allow(clippy::cast_possible_truncation, reason = "minutes of a day")]
        let minutes = (days.fract() * 1440.0).round() as i64;
        Ok(match field.kind {
            Kind::Month => day.rsplit_once('-').map(|(month, _)| month.to_string()).unwrap_or(day),
            Kind::DateTime => format!("{day} {:02}:{:02}", minutes / 60 % 24, minutes % 60),
            _ => day,
        })
    }

    /// The values of a cell that holds several.
    fn items(&self, field: &Field, text: &str, noted: &mut Diagnostics) -> Vec<String> {
        if text.starts_with('[')
            && text.ends_with(']')
            && let Some(Plain::List(items)) = self.yaml(text, noted)
        {
            return items
                .into_iter()
                .filter_map(|item| if let Plain::Text(text) | Plain::Verbatim(text) = item { Some(text) } else { None })
                .collect();
        }
        let words = field.role == Some(Role::Keywords) || matches!(field.kind, Kind::Choice(_) | Kind::Link { .. });
        let is_between = |c: char| BETWEEN.contains(&c) || words && matches!(c, '，' | ',');
        text.split(is_between).map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect()
    }

    /// A picture, a point, a list within a list: YAML in one cell.
    fn whole(&self, column: &Column<'_>, text: &str, noted: &mut Diagnostics) -> Option<Plain> {
        let value = if text.starts_with(['{', '[']) { self.yaml(text, noted)? } else { Plain::Text(text.to_string()) };
        let field = column.leaf();
        if field.kind == Kind::Group {
            return Some(value);
        }
        let nodes = match &value {
            Plain::List(items) if field.many => items.iter().map(node).collect(),
            other => vec![node(other)],
        };
        let key = column.key();
        let reading = value::Reading { file: self.file, path: &key, label: &field.label, zone: self.zone, sample: false };
        nodes.iter().try_for_each(|node| value::read(&field.kind, node, &reading, noted).map(|_| ()))?;
        Some(value)
    }

    fn yaml(&self, text: &str, noted: &mut Diagnostics) -> Option<Plain> {
        let node = yaml::parse(self.file, &format!("k: {text}"), 1, noted)?;
        node.get("k").map(Plain::of)
    }

    /// One value, spelled as files spell it.
    fn single(&self, column: &Column<'_>, text: &str, noted: &mut Diagnostics) -> Option<Plain> {
        let field = column.leaf();
        let text = match &column.measure {
            Some(measure) if is_bare(text) => format!("{}{measure}", narrow(text)),
            _ => text.to_string(),
        };
        let text = match &field.kind {
            Kind::Link { to, .. } => self.record(&text, to),
            _ => text,
        };
        spelled(field, &column.key(), &text, self.file, self.zone, noted)
    }

    /// The id of the record that has a title, where only one has it.
    fn record(&self, text: &str, to: &[String]) -> String {
        let known = self.titles.get(text).map(Vec::as_slice).unwrap_or_default();
        let mut fitting = known.iter().filter(|(of, _)| to.contains(of));
        match (fitting.next(), fitting.next()) {
            (Some((_, id)), None) => id.clone(),
            _ => text.to_string(),
        }
    }
}

/// Only digits and what stands between them?
fn is_bare(text: &str) -> bool {
    let plain = narrow(text.trim());
    !plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit() || ".,- ~".contains(c))
}

fn node(value: &Plain) -> Node {
    let scalar = |text: &str, quoted| Shape::Scalar(Scalar { text: text.to_string(), quoted });
    let spot = crate::source::Spot { line: 1, column: 1, length: 0 };
    let shape = match value {
        Plain::Empty => Shape::Null,
        Plain::Text(text) => scalar(text, true),
        Plain::Verbatim(text) => scalar(text, false),
        Plain::List(items) => Shape::List(items.iter().map(node).collect()),
        Plain::Group(entries) => {
            Shape::Map(entries.iter().map(|(key, value)| crate::source::Entry { key: key.clone(), spot, value: node(value) }).collect())
        }
    };
    Node { spot, shape }
}

/// A text as files spell the value it means; `None` after an error was noted.
pub fn spelled(field: &Field, path: &str, text: &str, file: &SitePath, zone: &Zone, noted: &mut Diagnostics) -> Option<Plain> {
    let verbatim = |text: String| Some(Plain::Verbatim(text));
    if field.kind == Kind::Markdown {
        return Some(Plain::Text(if text.contains('\n') { format!("{}\n", text.trim()) } else { text.trim().to_string() }));
    }
    let reading = value::Reading { file, path, label: &field.label, zone, sample: true };
    let typed = node(&Plain::Verbatim(text.to_string()));
    match value::read(&field.kind, &typed, &reading, noted)? {
        Value::Integer(number) => verbatim(number.to_string()),
        Value::Decimal(number) => verbatim(plain(number)),
        Value::Quantity(quantity) => match quantity.typed {
            Some(typed) => Some(Plain::Text(narrow(&typed))),
            None => verbatim(plain(quantity.amount)),
        },
        Value::Money(money) => match (money.typed, money.price) {
            (Some(typed), _) => Some(Plain::Text(narrow(&typed))),
            (None, Price::Fixed(amount)) => verbatim(plain(amount)),
            (None, Price::Range(from, to)) => Some(Plain::Text(format!("{}-{}", plain(from), plain(to)))),
            (None, Price::Negotiable) => Some(Plain::Text("面议".to_string())),
            (None, Price::Tender) => Some(Plain::Text(text.trim().to_string())),
        },
        Value::Flag(flag) => verbatim(if flag { "是" } else { "否" }.to_string()),
        Value::Choice(key) => Some(Plain::Text(key)),
        Value::Date(day) => verbatim(day.to_string()),
        Value::Month(month) => verbatim(format!("{:04}-{:02}", month.year, month.month)),
        Value::Moment(moment) => {
            let minute = time::minute(moment.local);
            verbatim(minute.strip_suffix(" 00:00").map(str::to_string).unwrap_or(minute))
        }
        Value::Range(Some(from), Some(to)) => verbatim(format!("{}-{}", plain(from), plain(to))),
        Value::Link(Link::Named(name)) => Some(Plain::Text(name)),
        Value::Text(text) => Some(Plain::Text(text)),
        _ => Some(Plain::Text(text.trim().to_string())),
    }
}

/// What a field of a file says, spelled the same way; what cannot be read stays as it is.
pub fn known(column: &Column<'_>, node: &Node, zone: &Zone) -> Plain {
    let field = column.leaf();
    let one = |node: &Node| {
        let text = node.scalar()?;
        let mut noted = Diagnostics::new();
        spelled(field, "", text, &SitePath::new(""), zone, &mut noted).filter(|_| !noted.has_errors())
    };
    if column.is_whole() {
        return Plain::of(node);
    }
    match &node.shape {
        Shape::List(items) if field.many => Plain::List(items.iter().map(|item| one(item).unwrap_or_else(|| Plain::of(item))).collect()),
        Shape::Scalar(scalar) if field.many => {
            // Keywords on one line.
            let parts = scalar.text.split(['，', ',', '、', '；', ';', '|', '｜']).map(str::trim).filter(|part| !part.is_empty());
            let text = |part: &str| Node { spot: node.spot, shape: Shape::Scalar(Scalar { text: part.to_string(), quoted: false }) };
            Plain::List(parts.map(|part| one(&text(part)).unwrap_or_else(|| Plain::Text(part.to_string()))).collect())
        }
        _ => one(node).unwrap_or_else(|| Plain::of(node)),
    }
}

/// Do both mean the same? 2.7 亩 are 1800 ㎡.
pub fn same(column: &Column<'_>, one: &Plain, other: &Plain, zone: &Zone) -> bool {
    let amount = |value: &Plain| {
        let (Plain::Text(text) | Plain::Verbatim(text)) = value else { return None };
        let (file, label) = (SitePath::new(""), &column.leaf().label);
        let reading = value::Reading { file: &file, path: "", label, zone, sample: true };
        let mut noted = Diagnostics::new();
        let read = value::read(&column.leaf().kind, &node(&Plain::Verbatim(text.clone())), &reading, &mut noted)?;
        match read {
            Value::Quantity(quantity) => Some(Price::Fixed(quantity.amount)),
            Value::Money(money) => Some(money.price),
            _ => None,
        }
    };
    one.says(other) || column.leaf().kind.counts() && amount(one).is_some_and(|known| amount(other) == Some(known))
}

/// A value as a clerk reads it in a sheet.
pub fn shown(column: &Column<'_>, value: &Plain) -> String {
    let field = column.leaf();
    let word = |text: &str| match &field.kind {
        Kind::Choice(_) => show::show(&Value::Choice(text.to_string()), &field.kind, Lang::Zh).text,
        _ => text.to_string(),
    };
    match value {
        _ if column.is_whole() => match value {
            Plain::Text(text) | Plain::Verbatim(text) if !text.starts_with(['{', '[']) => text.clone(),
            other => edit::in_line(other),
        },
        Plain::Empty => String::new(),
        Plain::Text(text) | Plain::Verbatim(text) => word(text),
        Plain::List(items) => {
            let words: Vec<String> = items
                .iter()
                .map(|item| if let Plain::Text(text) | Plain::Verbatim(text) = item { word(text) } else { edit::in_line(item) })
                .collect();
            let odd =
                |word: &String| word.contains(BETWEEN) || word.contains(['，', ',']) || word.starts_with('[') || word.trim().is_empty();
            if words.iter().any(odd) { edit::in_line(value) } else { words.join("；") }
        }
        Plain::Group(_) => edit::in_line(value),
    }
}
