//! The finder: every lettable row of a type with a form that filters, sorts and counts.
//!
//! The rows stand in the page, so that it works without JavaScript; the form appears with it. A large finder keeps its
//! rows in a script instead.

use super::finder_rows::{self, ColumnView, RowView, columns, row_view};
use super::list;
use super::map;
use super::{Make, PageContext, in_lang};
use crate::diagnostic::Diagnostic;
use crate::plan::{Facet, ROWS_IN_FACET, ROWS_IN_PAGE, facets, finder_data_path, list_url, pages, per_page};
use crate::render::engine::Prepared;
use crate::resolve::rows::{self, Row};
use crate::resolve::{Catalog, EntryIx};
use crate::schema::{Field, Layout, Type};
use crate::value::{self, Kind, Lang};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct FinderView {
    total: usize,
    records: usize,
    intro: String,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
    filters: Vec<FilterView>,
    sorts: Vec<(String, String)>,
    facets: Vec<FacetView>,
    large: bool,
    /// Are all rows sample data? Then that is said once.
    all_sample: bool,
    /// What the form compares, as the text of a data block; empty where there is no form or a script brings it.
    values: String,
    /// Are the rows parts of records (spaces of a building)?
    parts: bool,
    /// Where the records with coordinates lie.
    map: Option<map::MapView>,
    /// Are the rows cards at first?
    cards: bool,
    data: Option<(String, String)>,
    compare: String,
    pager: list::Pager,
    facet_title: Option<String>,
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
    /// A band without its unit: `<500`, `500–1,000`, `≥1,000`.
    short: String,
    count: usize,
}

/// The facet pages of one field.
#[derive(Serialize)]
pub struct FacetView {
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
        columns: finder_rows::headings(catalog, schema, lang),
        rows: slice.iter().map(|row| row_view(catalog, schema, row, lang)).collect(),
        filters: filters(catalog, schema, &all, lang),
        sorts: sorts(schema, lang),
        facets: facet_views(catalog, of, lang),
        all_sample: all_sample(catalog, list),
        values: if large { String::new() } else { finder_rows::data_block(schema, &slice) },
        large,
        parts: schema.rows.is_some(),
        map: map::of_list(catalog, list),
        cards: schema.finder == Some(Layout::Cards) && !large,
        data: list::data_files(catalog, of, lang),
        compare: crate::plan::compare::url(catalog, of, lang).link(catalog.portable),
        pager: list::pager(catalog, &url, page, pages(list.len(), size)),
        facet_title: None,
    };
    let parts: Vec<(String, Prepared)> = vec![("finder".to_string(), make.engine.prepare(&view))];
    Ok(("finder.html".to_string(), PageContext { lang, root, page: head, parts }))
}

/// The rows with one value of one filter.
pub fn facet(make: Make<'_>, of: usize, lang: Lang, facet: &Facet, page: usize) -> (String, PageContext) {
    let catalog = make.catalog;
    let schema = &catalog.schemas.types[of];
    let url = facet.url(catalog, of, lang);
    let here = crate::plan::pager_url(&url, page);
    let rows: Vec<Row<'_>> = facet
        .rows
        .chunks(ROWS_IN_FACET)
        .nth(page)
        .unwrap_or_default()
        .iter()
        .map(|&(entry, nth)| rows::row(entry, nth, catalog, schema))
        .collect();
    let field = facets::filters(schema).into_iter().find(|field| *field.key == *facet.field);
    let label = field.map_or_else(|| facet.value.clone(), |field| word_label(catalog, field, &facet.value, lang));
    let title =
        format!("{}{}{label}", in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang), if lang.is_chinese() { "：" } else { ": " });
    let empty = list::Introduction { title: Some(title.clone()), summary: None, html: String::new() };
    let mut head = list::head(catalog, of, lang, &here, 1, &empty);
    head.kind = "facet".to_string();
    let number = if page > 0 { format!(" ({})", page + 1) } else { String::new() };
    head.head_title = format!("{title}{number} - {}", super::page::site_name(catalog, lang));
    let total = facet.rows.len();
    let view = FinderView {
        total,
        records: total,
        intro: String::new(),
        columns: finder_rows::headings(catalog, schema, lang),
        rows: rows.iter().map(|row| row_view(catalog, schema, row, lang)).collect(),
        filters: Vec::new(),
        sorts: Vec::new(),
        facets: Vec::new(),
        all_sample: facet.rows.iter().all(|&(ix, _)| catalog.entries[ix].sample),
        values: String::new(),
        large: false,
        parts: schema.rows.is_some(),
        map: None,
        cards: schema.finder == Some(Layout::Cards),
        data: None,
        compare: String::new(),
        pager: list::pager(catalog, &url, page, pages(total, ROWS_IN_FACET)),
        facet_title: Some(label),
    };
    let parts = vec![("finder".to_string(), make.engine.prepare(&view))];
    ("finder.html".to_string(), PageContext { lang, root: here.root(), page: head, parts })
}

fn all_sample(catalog: &Catalog, list: &[EntryIx]) -> bool {
    list.iter().all(|&ix| catalog.entries[ix].sample)
}

fn filters(catalog: &Catalog, schema: &Type, rows: &[Row<'_>], lang: Lang) -> Vec<FilterView> {
    let mut views = Vec::new();
    for field in facets::filters(schema) {
        let kind = match &field.kind {
            Kind::Choice(_) | Kind::Link { .. } => "choice",
            Kind::Flag => "flag",
            Kind::Date | Kind::DateTime | Kind::Month => "date",
            Kind::Quantity(_) | Kind::Money(_) | Kind::Percent | Kind::Integer | Kind::Decimal | Kind::Range(_) => "range",
            _ => continue,
        };
        let unit = unit_label(field, lang);
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut given = false;
        for row in rows {
            given |= row.get(&field.key).is_some();
            facets::words(row, field).into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
        }
        if !given {
            continue;
        }
        let mut options: Vec<OptionView> = counts
            .into_iter()
            .map(|(value, count)| OptionView { label: word_label(catalog, field, &value, lang), short: band_short(&value), value, count })
            .collect();
        if let Kind::Choice(choices) = &field.kind {
            options.sort_by_key(|option| choices.iter().position(|choice| choice.key == option.value));
        }
        let bands = facets::bands(field);
        options.sort_by_key(|option| bands.iter().position(|band| *band == option.value));
        views.push(FilterView { key: field.key.to_string(), label: in_lang(&field.label, lang).to_string(), kind, unit, options });
    }
    views
}

/// What people call a word of a choice, a flag or a linked record.
fn word_label(catalog: &Catalog, field: &Field, word: &str, lang: Lang) -> String {
    if !field.bands.is_empty() {
        return band_label(field, word, lang);
    }
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

/// A band as people read it: 500 以下, 500–1,000, 1,000 以上, with the unit.
fn band_label(field: &Field, word: &str, lang: Lang) -> String {
    let unit = unit_label(field, lang);
    let number = |text: &str| text.parse().map_or_else(|_| text.to_string(), value::number::grouped);
    match word.split_once('-') {
        Some(("0", to)) if lang.is_chinese() => format!("{} {unit}以下", number(to)),
        Some(("0", to)) => format!("below {} {unit}", number(to)),
        Some((from, "")) if lang.is_chinese() => format!("{} {unit}以上", number(from)),
        Some((from, "")) => format!("{} {unit} and more", number(from)),
        Some((from, to)) => format!("{}–{} {unit}", number(from), number(to)),
        None => word.to_string(),
    }
}

fn band_short(word: &str) -> String {
    let number = |text: &str| text.parse().map_or_else(|_| text.to_string(), value::number::grouped);
    match word.split_once('-') {
        Some(("0", to)) => format!("<{}", number(to)),
        Some((from, "")) => format!("≥{}", number(from)),
        Some((from, to)) => format!("{}–{}", number(from), number(to)),
        None => word.to_string(),
    }
}

fn unit_label(field: &Field, lang: Lang) -> String {
    match &field.kind {
        Kind::Quantity(unit) => unit.label(lang).to_string(),
        Kind::Money(per) => per.label(lang),
        Kind::Percent => "%".to_string(),
        _ => String::new(),
    }
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

/// The facet pages, by field.
pub fn facet_views(catalog: &Catalog, of: usize, lang: Lang) -> Vec<FacetView> {
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
