//! Pages that are no records: those the theme defines, search, site map, 404, redirects.

use super::charts;
use super::finder_rows::{self, ColumnView, RowView};
use super::joins::takes;
use super::list;
use super::meta;
use super::page::{Alternate, PageView};
use super::{Make, PageContext, in_lang};
use crate::diagnostic::Diagnostic;
use crate::plan::{list_url, page_url};
use crate::read::Selection;
use crate::render::charts::ChartView;
use crate::render::engine::Prepared;
use crate::resolve::rows::{self, Row};
use crate::resolve::{Catalog, EntryIx, PageUrl, State};
use crate::schema::{COLUMN_TYPES, Condition, Scope, Type};
use crate::value::{self, Decimal, Kind, Lang, Value};
use serde::Serialize;

#[derive(Serialize)]
struct SelectionView {
    total: usize,
    label: String,
    title: String,
    path: String,
    cards: Vec<Prepared>,
    groups: Vec<GroupView>,
    sums: Vec<SumView>,
    chart: Option<ChartView>,
    /// The rows of a finder's type with their headings, where the selection asks for them.
    rows: Vec<RowView>,
    columns: Vec<ColumnView>,
    total_rows: usize,
}

#[derive(Serialize)]
struct GroupView {
    key: String,
    label: String,
    cards: Vec<Prepared>,
}

#[derive(Serialize)]
struct SumView {
    key: String,
    label: String,
    text: String,
}

/// A page that the theme defines.
pub fn defined(make: Make<'_>, def: usize, lang: Lang) -> Result<(String, PageContext), Diagnostic> {
    let catalog = make.catalog;
    let def = &catalog.theme.pages[def];
    let url = page_url(catalog, lang, &def.path);
    let root = url.root();
    let is_home = def.path.is_empty();
    let intro = list::introduction(make, &def.path, lang, &root)?;
    let site = super::page::site_name(catalog, lang);
    let title = intro.title.clone().unwrap_or_else(|| if is_home { site } else { in_lang(&def.title, lang).to_string() });
    let said = def.summary.as_ref().map(|said| in_lang(said, lang).to_string());
    let summary = intro.summary.clone().or(said).or_else(|| catalog.site.text("summary").map(str::to_string)).unwrap_or_default();
    let mut page = PageView::new(catalog, lang, &url, &def.name, &title, &summary);
    if !is_home {
        page = page.with_way(catalog, lang, None);
    } else if catalog.site.base_url.is_some() && !crate::plan::feed_entries(catalog, None, lang).is_empty() {
        page.feed = Some(format!("{}feed.xml", url.link(false)));
    }
    let others: Vec<(Lang, PageUrl)> = catalog.site.languages.iter().map(|&other| (other, page_url(catalog, other, &def.path))).collect();
    page = page.in_languages(catalog, lang, others);
    meta::as_column(
        &mut page,
        catalog,
        lang,
        if is_home { COLUMN_TYPES[0] } else { def.column_type.as_deref().unwrap_or(COLUMN_TYPES[1]) },
    );
    page.json_ld = is_home.then(|| crate::render::schema_org::site(catalog, lang)).flatten();
    let mut parts = vec![("intro".to_string(), make.engine.prepare(&intro.html))];
    for selection in &def.select {
        let Some(of) = catalog.schemas.types.iter().position(|of| *of.name == *selection.of) else { continue };
        let all = catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice);
        let mut list: Vec<EntryIx> = all.iter().copied().filter(|&ix| takes(catalog, selection, ix)).collect();
        if !selection.order.is_empty() {
            crate::resolve::sort_by(&mut list, &catalog.entries, &catalog.schemas.types[of], &selection.order);
        }
        parts.push((selection.name.clone(), selected(make, of, selection, list, lang)));
    }
    Ok((def.template.clone(), PageContext { lang, root, page, parts }))
}

/// What the page of a record shows of other records: the template and the parts of its definition, if there is one.
pub fn of_record(make: Make<'_>, ix: EntryIx) -> Option<(String, Vec<(String, Prepared)>)> {
    let catalog = make.catalog;
    let entry = &catalog.entries[ix];
    let name = &catalog.type_of(entry).name;
    let (def, page) = catalog.theme.pages.iter().enumerate().find(|(_, page)| page.record.as_deref() == Some(&**name))?;
    let part = |(at, selection): (usize, &Selection)| {
        let of = catalog.schemas.types.iter().position(|of| *of.name == *selection.of)?;
        let list = make.shared.joins.of(catalog, (def, at), selection, ix);
        Some((selection.name.clone(), selected(make, of, selection, list, entry.lang)))
    };
    Some((page.template.clone(), page.select.iter().enumerate().filter_map(part).collect()))
}

fn selected(make: Make<'_>, of: usize, selection: &Selection, mut list: Vec<EntryIx>, lang: Lang) -> Prepared {
    let catalog = make.catalog;
    let schema = &catalog.schemas.types[of];
    let total = list.len();
    let holds = |row: &Row<'_>, when: &[Condition]| match (row.item, schema.rows.as_deref()) {
        (Some(item), Some(group)) => {
            let scope = Scope { inner: item, outer: Some(row.record) };
            when.iter().all(|condition| scope.holds(&[Condition { path: condition.path_within(group), ..condition.clone() }]))
        }
        _ => Scope::record(row.record).holds(when),
    };
    let mut rows: Vec<Row<'_>> = match &selection.rows {
        Some(when) => rows::of(&list, catalog, schema).into_iter().filter(|row| holds(row, when)).collect(),
        None => Vec::new(),
    };
    let total_rows = rows.len();
    let sums = selection.sums.iter().filter_map(|path| sum(catalog, schema, &list, path, lang)).collect();
    let groups = selection.group.as_ref().map(|field| groups(make, schema, &list, field, lang)).unwrap_or_default();
    let chart = selection.chart.as_ref().and_then(|query| charts::of_selection(make, schema, &list, query, &selection.name, lang));
    if selection.limit > 0 {
        list.truncate(selection.limit);
        rows.truncate(selection.limit);
    }
    make.engine.prepare(&SelectionView {
        rows: rows.iter().map(|row| finder_rows::row_view(catalog, schema, row, lang)).collect(),
        columns: if rows.is_empty() { Vec::new() } else { finder_rows::headings(catalog, schema, lang) },
        total_rows,
        total,
        label: in_lang(&schema.label, lang).to_string(),
        title: in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang).to_string(),
        path: list_url(catalog, of, lang).link(catalog.portable),
        cards: if selection.rows.is_some() { Vec::new() } else { make.cards(&list) },
        groups,
        sums,
        chart,
    })
}

/// The sum of a field over a selection, in the words of its kind.
fn sum(catalog: &Catalog, schema: &Type, list: &[EntryIx], path: &str, lang: Lang) -> Option<SumView> {
    let field = schema.field_at(path)?;
    let numbers: Vec<Decimal> =
        list.iter().flat_map(|&ix| catalog.entries[ix].fields.all(path)).filter_map(|held| value::number::of(&held.value)).collect();
    let total = numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number)).filter(|_| !numbers.is_empty())?;
    let value = match &field.kind {
        Kind::Integer => Value::Integer(total.try_into().ok()?),
        Kind::Quantity(_) => Value::Quantity(value::Quantity { amount: total, typed: None }),
        Kind::Money(_) => Value::Money(value::Money { price: value::Price::Fixed(total), typed: None }),
        _ => Value::Decimal(total),
    };
    Some(SumView {
        key: path.to_string(),
        label: in_lang(&field.label, lang).to_string(),
        text: value::show::show(&value, &field.kind, lang).text,
    })
}

fn groups(make: Make<'_>, schema: &Type, list: &[EntryIx], path: &str, lang: Lang) -> Vec<GroupView> {
    let catalog = make.catalog;
    let Some(field) = schema.field_at(path) else { return Vec::new() };
    let reader = super::facts::Reader { catalog, lang };
    let mut found: Vec<(String, String, Vec<EntryIx>)> = Vec::new();
    for &ix in list {
        let held = catalog.entries[ix].fields.at(path);
        let label = held.map(|held| super::facts::joined(&reader.pieces(&held.value, field), lang)).unwrap_or_default();
        let key = match held.map(|held| &held.value) {
            Some(Value::Choice(word)) => word.clone(),
            _ => label.clone(),
        };
        match found.iter_mut().find(|(known, _, _)| *known == key) {
            Some((_, _, list)) => list.push(ix),
            None => found.push((key, label, vec![ix])),
        }
    }
    if let Kind::Choice(choices) = &field.kind {
        found.sort_by_key(|(key, _, _)| choices.iter().position(|choice| choice.key == *key).unwrap_or(usize::MAX));
    }
    found.into_iter().map(|(key, label, list)| GroupView { key, label, cards: make.cards(&list) }).collect()
}

/// A list with its records, for the site map.
#[derive(Serialize)]
pub struct Branch {
    title: String,
    path: String,
    total: usize,
    leaves: Vec<(String, String)>,
}

/// Every list with its records.
pub fn tree(catalog: &Catalog, lang: Lang) -> Vec<Branch> {
    let mut branches = Vec::new();
    for (of, schema) in catalog.schemas.types.iter().enumerate() {
        let Some(list) = catalog.lists.get(&(of, lang)).filter(|list| !list.is_empty()) else { continue };
        let leaf = |&ix: &EntryIx| (catalog.entries[ix].title.clone(), catalog.entries[ix].url.link(catalog.portable));
        branches.push(Branch {
            title: in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang).to_string(),
            path: if schema.at_root { String::new() } else { list_url(catalog, of, lang).link(catalog.portable) },
            total: list.len(),
            leaves: list.iter().map(leaf).collect(),
        });
    }
    branches
}

/// The head of a page whose name is also its word.
pub fn plain(make: Make<'_>, lang: Lang, path: &str, kind: &str) -> (PageUrl, PageView) {
    let catalog = make.catalog;
    let url = page_url(catalog, lang, path);
    let others: Vec<(Lang, PageUrl)> = catalog.site.languages.iter().map(|&other| (other, page_url(catalog, other, path))).collect();
    let page = PageView::new(catalog, lang, &url, kind, &make.word(kind, lang), "").with_way(catalog, lang, None);
    (url, page.in_languages(catalog, lang, others))
}

/// The site map for people.
pub fn site_map(make: Make<'_>, lang: Lang) -> (String, PageContext) {
    let (url, page) = plain(make, lang, "sitemap", "sitemap");
    let parts = vec![("branches".to_string(), make.engine.prepare(&tree(make.catalog, lang)))];
    ("sitemap.html".to_string(), PageContext { lang, root: url.root(), page, parts })
}

/// `404.html`: shown at any depth, so that its links begin at the root of the server.
pub fn not_found(make: Make<'_>) -> (String, PageContext) {
    let catalog = make.catalog;
    let lang = catalog.site.default_lang();
    let mut page = PageView::new(catalog, lang, &PageUrl::raw("404"), "not_found", &make.word("not_found", lang), "");
    page.noindex = true;
    page.canonical = None;
    ("404.html".to_string(), PageContext { lang, root: catalog.site.base_path(), page, parts: Vec::new() })
}

/// A page that leads from an old address to the new one.
pub fn redirect(catalog: &Catalog, ix: usize) -> PageContext {
    let redirect = &catalog.redirects[ix];
    let entry = &catalog.entries[redirect.to];
    let mut page = PageView::new(catalog, entry.lang, &redirect.from, "redirect", &entry.title, "");
    page.noindex = true;
    page.canonical = super::page::absolute(catalog, &entry.url.link(false));
    page.alternates = vec![Alternate { label: "", lang: entry.lang.html(), path: entry.url.link(catalog.portable), absolute: None }];
    if entry.state == State::Withdrawn {
        page.canonical = None;
    }
    PageContext { lang: entry.lang, root: redirect.from.root(), page, parts: Vec::new() }
}
