//! The finder: every lettable row of a type with a form that filters, sorts and counts.
//!
//! The rows stand in the page, so that it works without JavaScript; the form appears with it. A large finder keeps its
//! rows in a script instead.

use super::facts::{Fact, Reader, is_fact};
use super::list;
use super::{Make, PageContext, in_lang};
use crate::diagnostic::Diagnostic;
use crate::plan::{Facet, ROWS_IN_PAGE, facets, finder_data_path, list_url, pages, per_page};
use crate::render::engine::Prepared;
use crate::resolve::rows::{self, Row};
use crate::resolve::{Catalog, EntryIx};
use crate::schema::{Field, Role, Show, Type};
use crate::value::{self, Kind, Lang, Link, Price, Value};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

#[derive(Serialize)]
struct FinderView {
    total: usize,
    records: usize,
    intro: String,
    columns: Vec<String>,
    rows: Vec<RowView>,
    filters: Vec<FilterView>,
    sorts: Vec<(String, String)>,
    facets: Vec<FacetView>,
    large: bool,
    data: Option<(String, String)>,
    pager: list::Pager,
    facet_title: Option<String>,
}

/// A row as the page and the script see it.
#[derive(Serialize)]
struct RowView {
    record: String,
    key: String,
    path: String,
    title: String,
    parent: String,
    cells: Vec<Fact>,
    state: Option<&'static str>,
    sample: bool,
    values: String,
}

#[derive(Serialize)]
struct FilterView {
    key: String,
    label: String,
    /// `range`, `choice`, `flag`, `date`.
    kind: &'static str,
    unit: String,
    options: Vec<OptionView>,
}

#[derive(Serialize)]
struct OptionView {
    value: String,
    label: String,
    count: usize,
}

#[derive(Serialize)]
struct FacetView {
    label: String,
    links: Vec<(String, String, usize)>,
}

/// The finder of a type.
pub fn page(make: Make<'_>, of: usize, lang: Lang, page: usize) -> Result<(String, PageContext), Diagnostic> {
    let catalog = make.catalog;
    let schema = &catalog.schemas.types[of];
    let url = list_url(catalog, of, lang);
    let here = crate::plan::pager_url(&url, page);
    let root = here.root();
    let list = catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice);
    let intro = list::introduction(make, &schema.folder, lang, &root)?;
    let mut head = list::head(catalog, of, lang, &here, page, &intro);
    let all = rows::of(list, catalog, schema);
    let large = all.len() > ROWS_IN_PAGE;
    if large {
        head.data_script = Some(finder_data_path(catalog, of, lang));
    }
    let size = per_page(schema);
    let slice: Vec<Row<'_>> = match (large, size) {
        // A large finder prints a first screenful; the script draws the rest.
        (true, _) => all.iter().copied().take(50).collect(),
        (false, usize::MAX) => all.clone(),
        (false, size) => rows::of(list.chunks(size).nth(page).unwrap_or_default(), catalog, schema),
    };
    let view = FinderView {
        total: all.len(),
        records: list.len(),
        intro: intro.html,
        columns: columns(schema).iter().map(|field| in_lang(&field.label, lang).to_string()).collect(),
        rows: slice.iter().map(|row| row_view(catalog, schema, row, lang)).collect(),
        filters: filters(catalog, schema, &all, lang),
        sorts: sorts(schema, lang),
        facets: facet_views(catalog, of, lang),
        large,
        data: (lang == catalog.site.default_lang()).then(|| list::data_files(catalog, of)),
        pager: list::pager(catalog, &url, page, pages(list.len(), size)),
        facet_title: None,
    };
    let parts: Vec<(String, Prepared)> = vec![("finder".to_string(), make.engine.prepare(&view))];
    Ok(("finder.html".to_string(), PageContext { lang, root, page: head, parts }))
}

/// The rows with one value of one filter.
pub fn facet(make: Make<'_>, of: usize, lang: Lang, facet: &Facet) -> (String, PageContext) {
    let catalog = make.catalog;
    let schema = &catalog.schemas.types[of];
    let here = facet.url(catalog, of, lang);
    let rows: Vec<Row<'_>> = facet.rows.iter().map(|&(entry, nth)| rows::row(entry, nth, catalog, schema)).collect();
    let field = facets::filters(schema).into_iter().find(|field| *field.key == *facet.field);
    let label = field.map_or_else(|| facet.value.clone(), |field| word_label(catalog, field, &facet.value, lang));
    let title =
        format!("{}{}{label}", in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang), if lang.is_chinese() { "：" } else { ": " });
    let empty = list::Introduction { title: Some(title.clone()), summary: None, html: String::new() };
    let mut head = list::head(catalog, of, lang, &here, 1, &empty);
    head.kind = "facet".to_string();
    head.head_title = format!("{title} - {}", super::page::site_name(catalog, lang));
    let total = rows.len();
    let view = FinderView {
        total,
        records: total,
        intro: String::new(),
        columns: columns(schema).iter().map(|field| in_lang(&field.label, lang).to_string()).collect(),
        rows: rows.iter().take(ROWS_IN_PAGE).map(|row| row_view(catalog, schema, row, lang)).collect(),
        filters: Vec::new(),
        sorts: Vec::new(),
        facets: Vec::new(),
        large: false,
        data: None,
        pager: list::Pager::default(),
        facet_title: Some(label),
    };
    let parts = vec![("finder".to_string(), make.engine.prepare(&view))];
    ("finder.html".to_string(), PageContext { lang, root: here.root(), page: head, parts })
}

/// The columns of the finder: what cards show, in the order of the schema.
fn columns(schema: &Type) -> Vec<&Field> {
    facets::shown(schema, Show::Card).into_iter().filter(|field| is_fact(field) && field.kind != Kind::Group).collect()
}

fn row_view(catalog: &Catalog, schema: &Type, row: &Row<'_>, lang: Lang) -> RowView {
    let entry = &catalog.entries[row.entry];
    let reader = Reader { catalog, lang };
    let cell = |field: &&Field| {
        let held = row.item.and_then(|item| item.get(&field.key)).or_else(|| row.record.get(&field.key));
        let fact = held.and_then(|held| reader.fact(field, held, &field.key));
        fact.unwrap_or_else(|| Fact {
            key: field.key.to_string(),
            label: in_lang(&field.label, lang).to_string(),
            pieces: Vec::new(),
            inherited: false,
            computed: false,
        })
    };
    let parent = match catalog.role(entry, Role::Parent) {
        Some(Value::Link(Link::Record(id))) => catalog.find(id, lang).map(|ix| catalog.entries[ix].title.clone()).unwrap_or_default(),
        _ => String::new(),
    };
    let anchor = row.key.map(|key| format!("#u-{}", crate::resolve::url::encode(key))).unwrap_or_default();
    RowView {
        record: entry.id.to_string(),
        key: row.key.unwrap_or_default().to_string(),
        path: format!("{}{anchor}", entry.url.link(catalog.portable)),
        title: entry.title.clone(),
        parent,
        cells: columns(schema).iter().map(cell).collect(),
        state: super::card::state_word(entry.state),
        sample: entry.sample,
        values: Json::Object(values(schema, row)).to_string(),
    }
}

/// The values of a row that the form compares: numbers, words, dates, each under its field.
fn values(schema: &Type, row: &Row<'_>) -> Map<String, Json> {
    let mut fields = facets::filters(schema);
    for field in columns(schema) {
        if !fields.iter().any(|known| known.key == field.key) {
            fields.push(field);
        }
    }
    fields.into_iter().filter_map(|field| Some((field.key.to_string(), plain(row.get(&field.key)?)?))).collect()
}

fn plain(value: &Value) -> Option<Json> {
    let number = |n: value::Decimal| n.normalize().to_string().parse::<f64>().ok().map(Json::from);
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

fn filters(catalog: &Catalog, schema: &Type, rows: &[Row<'_>], lang: Lang) -> Vec<FilterView> {
    let mut views = Vec::new();
    for field in facets::filters(schema) {
        let (kind, unit) = match &field.kind {
            Kind::Choice(_) | Kind::Link { .. } => ("choice", String::new()),
            Kind::Flag => ("flag", String::new()),
            Kind::Date | Kind::DateTime | Kind::Month => ("date", String::new()),
            Kind::Quantity(unit) => ("range", unit.label(lang).to_string()),
            Kind::Money(per) => ("range", per.label(lang)),
            Kind::Percent => ("range", "%".to_string()),
            Kind::Integer | Kind::Decimal | Kind::Range(_) => ("range", String::new()),
            _ => continue,
        };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut given = false;
        for row in rows {
            given |= row.get(&field.key).is_some();
            facets::words(row, &field.key).into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
        }
        if !given {
            continue;
        }
        let mut options: Vec<OptionView> =
            counts.into_iter().map(|(value, count)| OptionView { label: word_label(catalog, field, &value, lang), value, count }).collect();
        if let Kind::Choice(choices) = &field.kind {
            options.sort_by_key(|option| choices.iter().position(|choice| choice.key == option.value));
        }
        views.push(FilterView { key: field.key.to_string(), label: in_lang(&field.label, lang).to_string(), kind, unit, options });
    }
    views
}

/// What people call a word of a choice, a flag or a linked record.
fn word_label(catalog: &Catalog, field: &Field, word: &str, lang: Lang) -> String {
    match &field.kind {
        Kind::Choice(choices) => choices.iter().find(|choice| choice.key == word).map(|choice| in_lang(&choice.label, lang).to_string()),
        Kind::Flag => Some(catalog.word(if word == "true" { "yes" } else { "no" }, lang)),
        Kind::Link { to, .. } => to.iter().find_map(|of| {
            let id = value::RecordId { of: of.as_str().into(), id: word.into() };
            catalog.find(&id, lang).map(|ix| catalog.entries[ix].title.clone())
        }),
        _ => None,
    }
    .unwrap_or_else(|| word.to_string())
}

/// What rows can be sorted by: every number and date that the form knows.
fn sorts(schema: &Type, lang: Lang) -> Vec<(String, String)> {
    let sortable = |field: &&Field| {
        matches!(
            field.kind,
            Kind::Quantity(_) | Kind::Money(_) | Kind::Integer | Kind::Decimal | Kind::Percent | Kind::Date | Kind::Range(_)
        )
    };
    let mut fields = facets::filters(schema);
    for field in columns(schema) {
        if !fields.iter().any(|known| known.key == field.key) {
            fields.push(field);
        }
    }
    fields.into_iter().filter(sortable).map(|field| (field.key.to_string(), in_lang(&field.label, lang).to_string())).collect()
}

fn facet_views(catalog: &Catalog, of: usize, lang: Lang) -> Vec<FacetView> {
    let schema = &catalog.schemas.types[of];
    let mut views: Vec<(String, FacetView)> = Vec::new();
    for facet in facets::facets(catalog, of, lang) {
        let Some(field) = facets::filters(schema).into_iter().find(|field| *field.key == *facet.field) else { continue };
        let link = (word_label(catalog, field, &facet.value, lang), facet.url(catalog, of, lang).link(catalog.portable), facet.rows.len());
        match views.last_mut().filter(|(key, _)| *key == facet.field) {
            Some((_, view)) => view.links.push(link),
            None => views.push((facet.field.clone(), FacetView { label: in_lang(&field.label, lang).to_string(), links: vec![link] })),
        }
    }
    views.into_iter().map(|(_, view)| view).collect()
}

/// The rows of a large finder as a classic script: columns of values, so that it stays small.
pub fn data_script(catalog: &Catalog, of: usize, lang: Lang) -> Vec<u8> {
    let schema = &catalog.schemas.types[of];
    let list: &[EntryIx] = catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice);
    let rows = rows::of(list, catalog, schema);
    let views: Vec<RowView> = rows.iter().map(|row| row_view(catalog, schema, row, lang)).collect();
    let column = |pick: &dyn Fn(&RowView) -> Json| Json::Array(views.iter().map(pick).collect());
    let keys: Vec<String> = facets::filters(schema).into_iter().chain(columns(schema)).map(|field| field.key.to_string()).collect();
    let mut by_key: Map<String, Json> = Map::new();
    let all: Vec<Map<String, Json>> = rows.iter().map(|row| values(schema, row)).collect();
    for key in keys {
        by_key
            .entry(key.clone())
            .or_insert_with(|| Json::Array(all.iter().map(|row| row.get(&key).cloned().unwrap_or(Json::Null)).collect()));
    }
    let cell = |fact: &Fact| Json::from(super::facts::joined(&fact.pieces, lang));
    let data = json!({
        "record": column(&|row| row.record.clone().into()),
        "key": column(&|row| row.key.clone().into()),
        "path": column(&|row| row.path.clone().into()),
        "title": column(&|row| row.title.clone().into()),
        "parent": column(&|row| row.parent.clone().into()),
        "cells": column(&|row| Json::Array(row.cells.iter().map(cell).collect())),
        "values": by_key,
    });
    // `<` cannot end a script element in a file of its own; it is escaped all the same, so that it never can.
    format!("window.parkpressRows={};\n", data.to_string().replace('<', "\\u003c")).into_bytes()
}
