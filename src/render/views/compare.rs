//! The comparison of chosen rows. Which rows is in the address or in the reader's own list, so a script draws the table;
//! without scripts the page leads to the tables of the facet pages.

use super::finder;
use super::finder_rows::{self, RowView};
use super::list;
use super::{Make, PageContext};
use crate::plan::{compare, facets};
use crate::render::engine::Prepared;
use crate::resolve::Catalog;
use crate::resolve::rows::{self, Row};
use crate::schema::{Field, Role, Show, Type};
use crate::value::Lang;
use serde::Serialize;
use serde_json::{Value as Json, json};

#[derive(Serialize)]
struct CompareView {
    list: String,
    /// The addresses of the parts, below the root, as one text for the script.
    parts: String,
    facets: Vec<finder::FacetView>,
}

/// The page.
pub fn page(make: Make<'_>, of: usize, lang: Lang) -> (String, PageContext) {
    let catalog = make.catalog;
    let here = compare::url(catalog, of, lang);
    let intro = list::Introduction { title: Some(make.word("compare_title", lang)), summary: None, html: String::new() };
    let mut head = list::head(catalog, of, lang, &here, 0, &intro);
    head.kind = "compare".to_string();
    head.noindex = true;
    head.alternates.clear();
    let parts: Vec<String> = (0..compare::parts(catalog, of, lang)).map(|part| compare::path(catalog, of, lang, part)).collect();
    let view = CompareView {
        list: crate::plan::list_url(catalog, of, lang).link(catalog.portable),
        parts: parts.join(" "),
        facets: finder::facet_views(catalog, of, lang),
    };
    let parts: Vec<(String, Prepared)> = vec![("compare".to_string(), make.engine.prepare(&view))];
    ("compare.html".to_string(), PageContext { lang, root: here.root(), page: head, parts })
}

/// What is compared: the fields that say so, then those of cards.
fn fields(schema: &Type) -> Vec<&Field> {
    let mut fields = facets::shown(schema, Show::Compare);
    for field in finder_rows::columns(schema) {
        if !fields.iter().any(|known| known.key == field.key) {
            fields.push(field);
        }
    }
    fields
}

/// One part as a classic script: for every row its words, in the order of the labels.
pub fn data_script(catalog: &Catalog, of: usize, lang: Lang, part: usize) -> Vec<u8> {
    let schema = &catalog.schemas.types[of];
    let parts = compare::parts(catalog, of, lang);
    let list = catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice);
    let here: Vec<_> = list.iter().copied().filter(|&ix| compare::part_of(&catalog.entries[ix], parts) == part).collect();
    let compared = fields(schema);
    let rows: Vec<Json> = rows::of(&here, catalog, schema).iter().map(|row| data(catalog, schema, row, &compared, lang)).collect();
    let mut labels: Vec<String> = compared.iter().map(|field| super::in_lang(&field.label, lang).to_string()).collect();
    let parent = schema.with_role(Role::Parent).map(|field| super::in_lang(&field.label, lang).to_string());
    labels.insert(0, parent.unwrap_or_default());
    labels.extend(finder_rows::trusts(catalog, schema, lang));
    let data = json!({ "labels": labels, "rows": rows });
    // `<` cannot end a script element in a file of its own; it is escaped all the same, so that it never can.
    format!("(window.parkpressCompare=window.parkpressCompare||[]).push({});\n", data.to_string().replace('<', "\\u003c")).into_bytes()
}

fn data(catalog: &Catalog, schema: &Type, row: &Row<'_>, fields: &[&Field], lang: Lang) -> Json {
    let view: RowView = finder_rows::row_of(catalog, schema, row, fields, lang);
    let mut cells = vec![view.parent.clone()];
    cells.extend(view.cells.iter().map(|fact| super::facts::joined(&fact.pieces, lang)));
    json!({ "row": view.name(), "path": view.path, "title": view.title, "key": view.key, "cells": cells })
}
