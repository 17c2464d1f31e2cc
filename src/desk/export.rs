//! Records → a sheet that reads back as no change.

use super::book::Offer;
use super::cell;
use super::columns::{self, Column};
use super::source;
use crate::project::Snapshot;
use crate::read::Project;
use crate::read::keys::KeyTable;
use crate::schema::{Field, Type};
use crate::source::edit::Plain;
use crate::source::{Node, Shape};
use crate::value::Kind;

/// A value in a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Out {
    /// Nothing.
    Blank,
    /// Text, whatever it begins with.
    Text(String),
    /// A number, with its digits.
    Number(f64),
}

/// What a sheet holds: its columns, and rows of values behind the id of their record.
pub struct Table<'s> {
    /// The columns with their headers.
    pub columns: Vec<(String, Column<'s>)>,
    /// The rows: id, values.
    pub rows: Vec<(String, Vec<Out>)>,
    /// Records that cannot be read and are left out.
    pub left_out: Vec<String>,
    /// How many columns stay out because nothing needs them.
    pub fewer: usize,
}

/// Which columns a sheet has.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Private ones too?
    pub internal: bool,
    /// Those as well that nothing needs?
    pub all: bool,
}

/// The sheet of a type: the columns that a record must or should fill, that the type shows first, and that some record
/// fills, so that it can be filled in and still be looked over.
pub fn table<'s>(project: &'s Project, snapshot: &Snapshot, of: usize, wanted: Wanted) -> Table<'s> {
    let schema = &project.schemas.types[of];
    let keys = KeyTable::new(&schema.fields);
    let columns: Vec<Column<'s>> = columns::all(schema).into_iter().filter(|column| wanted.internal || !column.is_private()).collect();
    let mut table = Table { columns: Vec::new(), rows: Vec::new(), left_out: Vec::new(), fewer: 0 };
    for (id, known) in source::records(project, snapshot, of) {
        let Ok(node) = &known.node else {
            table.left_out.push(id);
            continue;
        };
        let mut rows: Vec<Vec<Out>> = vec![vec![Out::Blank; columns.len()]];
        for (at, column) in columns.iter().enumerate() {
            let values = values(schema, &keys, node, column);
            for (row, value) in values.into_iter().enumerate() {
                let Some(value) = value else { continue };
                while rows.len() <= row {
                    rows.push(vec![Out::Blank; columns.len()]);
                }
                rows[row][at] = out(column, &cell::known(column, value, &project.site.zone));
            }
        }
        table.rows.extend(rows.into_iter().map(|row| (id.clone(), row)));
    }
    let is_used = |at: usize| table.rows.iter().any(|(_, values)| values[at] != Out::Blank);
    let kept: Vec<bool> = (0..columns.len()).map(|at| wanted.all || columns::is_main(schema, &columns[at]) || is_used(at)).collect();
    table.fewer = kept.iter().filter(|kept| !**kept).count();
    for (_, values) in &mut table.rows {
        let mut kept = kept.iter();
        values.retain(|_| kept.next().copied().unwrap_or_default());
    }
    let shown = columns.into_iter().zip(kept).filter(|(_, kept)| *kept);
    table.columns = shown.map(|(column, _)| (columns::header(schema, &keys, &column), column)).collect();
    table
}

/// The values of a column in a record: one, or one for each item of its list.
fn values<'n>(schema: &Type, keys: &KeyTable, node: &'n Node, column: &Column<'_>) -> Vec<Option<&'n Node>> {
    match column.list {
        None => vec![along(Some(node), &schema.fields, Some(keys), &column.path)],
        Some(length) => {
            let (mut level, mut table) = (schema.fields.as_slice(), Some(keys));
            for field in &column.path[..length] {
                let index = level.iter().position(|known| known.key == field.key);
                table = table.zip(index).and_then(|(table, index)| table.group(index));
                level = &field.fields;
            }
            let list = along(Some(node), &schema.fields, Some(keys), &column.path[..length]);
            let items: Vec<&Node> = match list.map(|list| &list.shape) {
                Some(Shape::List(items)) => items.iter().collect(),
                Some(Shape::Map(_)) => list.into_iter().collect(),
                _ => Vec::new(),
            };
            items.into_iter().map(|item| along(Some(item), level, table, &column.path[length..])).collect()
        }
    }
}

fn along<'n>(node: Option<&'n Node>, fields: &[Field], keys: Option<&KeyTable>, path: &[&Field]) -> Option<&'n Node> {
    let (mut here, mut level, mut table) = (node?, fields, keys);
    for field in path {
        let index = level.iter().position(|known| known.key == field.key)?;
        here = here.map()?.iter().find(|entry| table.and_then(|table| table.find(&entry.key)) == Some(index)).map(|entry| &entry.value)?;
        table = table.and_then(|table| table.group(index));
        level = &level[index].fields;
    }
    Some(here).filter(|node| !node.is_null())
}

fn out(column: &Column<'_>, value: &Plain) -> Out {
    let text = cell::shown(column, value);
    if text.is_empty() {
        return Out::Blank;
    }
    let counts = column.leaf().kind.counts() && !column.leaf().many || column.leaf().kind == Kind::Integer;
    match (value, text.parse::<f64>()) {
        (Plain::Verbatim(_), Ok(number)) if counts && super::grid::digits(number) == text => Out::Number(number),
        _ => Out::Text(text),
    }
}

/// The words that the columns of a table offer: choices, yes and no, ids of records.
pub fn offers(project: &Project, table: &Table<'_>) -> Vec<Offer> {
    let ids = |to: &[String]| {
        let own = project.records.iter().filter(|record| record.lang == project.site.default_lang());
        let mut ids: Vec<String> =
            own.filter(|record| to.iter().any(|of| **of == *record.id.of)).map(|record| record.id.id.to_string()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let words = |field: &Field| match &field.kind {
        Kind::Choice(choices) => choices.iter().map(|choice| choice.label.zh.clone()).collect(),
        Kind::Flag => vec!["是".to_string(), "否".to_string()],
        Kind::Link { to, .. } => ids(to),
        _ => Vec::new(),
    };
    let single = table.columns.iter().enumerate().filter(|(_, (_, column))| !column.leaf().many);
    let offers = single.map(|(at, (_, column))| Offer { column: at, words: words(column.leaf()) });
    offers.filter(|offer| !offer.words.is_empty()).collect()
}
