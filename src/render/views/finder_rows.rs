//! The rows of a finder as the page and its scripts see them: cells for people, values for the form.

use super::card::Picture;
use super::facts::{Fact, Piece, Reader, is_fact};
use super::in_lang;
use crate::plan::facets;
use crate::resolve::rows::{self, Row};
use crate::resolve::{Catalog, EntryIx};
use crate::schema::{Field, Layout, Role, Show, Type};
use crate::value::{self, Kind, Lang, Link, Price, Value};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

/// A row as the page and the script see it.
#[derive(Serialize)]
pub struct RowView {
    /// `type/id`.
    pub record: String,
    /// The key of the item; empty for a whole record.
    pub key: String,
    /// The address below the root.
    pub path: String,
    /// The name of the record.
    pub title: String,
    /// The record above it.
    pub parent: String,
    /// Does the name of the record say it already, as most names of buildings do?
    pub named: bool,
    /// Its values, one for each heading.
    pub cells: Vec<Fact>,
    /// The picture and the summary of the record, where the rows are cards at first.
    pub cover: Option<Picture>,
    /// One or two sentences.
    pub summary: String,
    /// The word of an unusual state.
    pub state: Option<&'static str>,
    /// Is it sample data?
    pub sample: bool,
}

impl RowView {
    /// The name by which addresses and lists know the row: `type/id` or `type/id:key`.
    pub fn name(&self) -> String {
        if self.key.is_empty() { self.record.clone() } else { format!("{}:{}", self.record, self.key) }
    }
}

/// A heading of the table.
#[derive(Serialize)]
pub struct ColumnView {
    /// The key of the field; empty where the column is no field.
    pub key: String,
    /// The words.
    pub label: String,
    /// The key of the unit, for scripts that convert: `m2`, `元/㎡·月`.
    pub unit: String,
}

/// The headings: the columns, then when a row was verified and whom to call.
pub fn headings(catalog: &Catalog, schema: &Type, lang: Lang) -> Vec<ColumnView> {
    let mut headings: Vec<ColumnView> = columns(schema)
        .into_iter()
        .map(|field| ColumnView {
            key: field.key.to_string(),
            label: in_lang(&field.label, lang).to_string(),
            unit: match &field.kind {
                Kind::Quantity(unit) => unit.name().to_string(),
                Kind::Money(per) => per.label(Lang::Zh),
                _ => String::new(),
            },
        })
        .collect();
    headings.extend(trusts(catalog, schema, lang).into_iter().map(|label| ColumnView { key: String::new(), label, unit: String::new() }));
    headings
}

/// The headings of what makes a row trustworthy: when it was verified and whom to call.
pub fn trusts(catalog: &Catalog, schema: &Type, lang: Lang) -> Vec<String> {
    if !is_offered(schema) {
        return Vec::new();
    }
    let both = [(Role::Verified, "verified"), (Role::Contact, "phone")];
    both.into_iter().filter(|(role, _)| schema.with_role(*role).is_some()).map(|(_, word)| catalog.word(word, lang)).collect()
}

/// Only what somebody offers has somebody to call: a document has neither.
fn is_offered(schema: &Type) -> bool {
    schema.with_role(Role::Contact).is_some()
}

/// When a row was verified and whom to call: without both, no number of a row can be trusted.
fn trust(catalog: &Catalog, schema: &Type, row: &Row<'_>, lang: Lang) -> Vec<Fact> {
    if !is_offered(schema) {
        return Vec::new();
    }
    let reader = Reader { catalog, lang };
    let of = |role: Role| schema.with_role(role).map(|field| (field, row.record.get(&field.key)));
    let mut cells = Vec::new();
    if let Some((field, held)) = of(Role::Verified) {
        cells.push(held.and_then(|held| reader.fact(field, held, &field.key)).unwrap_or_else(|| blank(field, lang)));
    }
    if let Some((field, held)) = of(Role::Contact) {
        let phones = held.and_then(|held| phone(catalog, &held.value, lang));
        cells.push(Fact { label: catalog.word("phone", lang), pieces: phones.into_iter().collect(), ..blank(field, lang) });
    }
    cells
}

/// The first telephone number of the first contact.
fn phone(catalog: &Catalog, value: &Value, lang: Lang) -> Option<Piece> {
    match value {
        Value::List(items) => items.iter().find_map(|item| phone(catalog, &item.value, lang)),
        Value::Link(Link::Record(id)) => {
            let entry = &catalog.entries[catalog.find(id, lang)?];
            let field =
                catalog.type_of(entry).fields.iter().find(|field| field.kind == Kind::Phone && entry.fields.get(&field.key).is_some())?;
            Reader { catalog, lang }.fact(field, entry.fields.get(&field.key)?, &field.key)?.pieces.into_iter().next()
        }
        _ => None,
    }
}

fn blank(field: &Field, lang: Lang) -> Fact {
    Fact {
        key: field.key.to_string(),
        label: in_lang(&field.label, lang).to_string(),
        pieces: Vec::new(),
        inherited: false,
        computed: false,
    }
}

/// The columns of the finder: what cards show, in the order of the schema; the key of an item stands in its name.
pub fn columns(schema: &Type) -> Vec<&Field> {
    let key = schema.rows.as_deref().and_then(|rows| schema.field(rows)?.item_key.clone());
    let wanted = |field: &&Field| is_fact(field) && field.kind != Kind::Group && key.as_deref() != Some(&*field.key);
    facets::shown(schema, Show::Card).into_iter().filter(wanted).collect()
}

/// A row with the columns of the finder.
pub fn row_view(catalog: &Catalog, schema: &Type, row: &Row<'_>, lang: Lang) -> RowView {
    row_of(catalog, schema, row, &columns(schema), lang)
}

/// A row with columns of one's own.
pub fn row_of(catalog: &Catalog, schema: &Type, row: &Row<'_>, fields: &[&Field], lang: Lang) -> RowView {
    let entry = &catalog.entries[row.entry];
    let reader = Reader { catalog, lang };
    let cell = |field: &&Field| {
        let held = row.item.and_then(|item| item.get(&field.key)).or_else(|| row.record.get(&field.key));
        let fact = held.and_then(|held| reader.fact(field, held, &field.key));
        fact.unwrap_or_else(|| blank(field, lang))
    };
    let parent = match catalog.role(entry, Role::Parent) {
        Some(Value::Link(Link::Record(id))) => catalog.find(id, lang).map(|ix| catalog.entries[ix].title.clone()).unwrap_or_default(),
        _ => String::new(),
    };
    let cards = schema.finder == Some(Layout::Cards);
    let anchor = row.key.map(|key| format!("#u-{}", crate::resolve::url::encode(key))).unwrap_or_default();
    RowView {
        record: entry.id.to_string(),
        key: row.key.unwrap_or_default().to_string(),
        path: format!("{}{anchor}", entry.url.link(catalog.portable)),
        title: entry.title.clone(),
        named: entry.title.contains(&parent),
        parent,
        cells: fields.iter().map(cell).chain(trust(catalog, schema, row, lang)).collect(),
        cover: if cards { super::card::cover(catalog, row.entry) } else { None },
        summary: if cards { entry.summary.clone() } else { String::new() },
        state: super::card::state_word(entry.state),
        sample: entry.sample,
    }
}

/// The fields whose values the form compares: its own and those of the columns.
pub fn fields_of(schema: &Type) -> Vec<&Field> {
    let mut fields = facets::filters(schema);
    for field in columns(schema) {
        if !fields.iter().any(|known| known.key == field.key) {
            fields.push(field);
        }
    }
    fields
}

/// The values of a row that the form compares: numbers, words, dates, each under its field.
fn values(schema: &Type, row: &Row<'_>) -> Map<String, Json> {
    fields_of(schema).into_iter().filter_map(|field| Some((field.key.to_string(), plain(row.get(&field.key)?)?))).collect()
}

/// A value as scripts compare it.
pub fn plain(value: &Value) -> Option<Json> {
    // A whole number is written as one: `.0` on every number of every row is weight without meaning.
    let number = |n: value::Decimal| {
        let text = n.normalize().to_string();
        text.parse::<i64>().ok().map(Json::from).or_else(|| text.parse::<f64>().ok().map(Json::from))
    };
    match value {
        Value::Choice(word) | Value::Text(word) => Some(word.clone().into()),
        Value::Flag(flag) => Some(flag.to_string().into()),
        Value::Link(Link::Record(id)) => Some(id.id.to_string().into()),
        Value::Link(Link::Text(text)) => Some(text.clone().into()),
        Value::Money(money) => match money.price {
            Price::Fixed(amount) => number(amount),
            Price::Range(from, to) => Some(json!([number(from)?, number(to)?])),
            // Not a number, and not absent either: the form counts it apart.
            Price::Negotiable | Price::Tender => Some(json!("agreed")),
        },
        Value::Range(from, to) => Some(json!([from.and_then(number), to.and_then(number)])),
        Value::List(items) => Some(Json::Array(items.iter().filter_map(|item| plain(&item.value)).collect())),
        Value::Date(_) | Value::Moment(_) | Value::Month(_) => value::time::sortable(value).map(Json::from),
        other => value::number::of(other).and_then(number),
    }
}

/// What the form compares: for every field the values of all rows, in their order.
fn by_field(schema: &Type, rows: &[Row<'_>]) -> Map<String, Json> {
    let all: Vec<Map<String, Json>> = rows.iter().map(|row| values(schema, row)).collect();
    let mut by_field: Map<String, Json> = Map::new();
    for field in facets::filters(schema).into_iter().chain(columns(schema)) {
        let column = || Json::Array(all.iter().map(|row| row.get(&*field.key).cloned().unwrap_or(Json::Null)).collect());
        by_field.entry(field.key.to_string()).or_insert_with(column);
    }
    by_field
}

/// The values of the rows of a page, as the text of a data block: by field they pack into a third of what they take row
/// by row.
pub fn data_block(schema: &Type, rows: &[Row<'_>]) -> String {
    Json::Object(by_field(schema, rows)).to_string().replace('<', "\\u003c")
}

/// The rows of a large finder as a classic script: columns of values, so that it stays small.
pub fn data_script(catalog: &Catalog, of: usize, lang: Lang) -> Vec<u8> {
    let schema = &catalog.schemas.types[of];
    let list: &[EntryIx] = catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice);
    let rows = rows::of(list, catalog, schema);
    let views: Vec<RowView> = rows.iter().map(|row| row_view(catalog, schema, row, lang)).collect();
    let column = |pick: &dyn Fn(&RowView) -> Json| Json::Array(views.iter().map(pick).collect());
    let cell = |fact: &Fact| Json::from(super::facts::joined(&fact.pieces, lang));
    let data = json!({
        "record": column(&|row| row.record.clone().into()),
        "key": column(&|row| row.key.clone().into()),
        "path": column(&|row| row.path.clone().into()),
        "title": column(&|row| row.title.clone().into()),
        "parent": column(&|row| row.parent.clone().into()),
        "cells": column(&|row| Json::Array(row.cells.iter().map(cell).collect())),
        "values": by_field(schema, &rows),
    });
    // `<` cannot end a script element in a file of its own; it is escaped all the same, so that it never can.
    let folder = json!(schema.folder);
    let data = data.to_string().replace('<', "\\u003c");
    // By folder: the fit report reads the rows of several finders.
    format!("(window.parkpressRows=window.parkpressRows||{{}})[{folder}]={data};\n").into_bytes()
}
