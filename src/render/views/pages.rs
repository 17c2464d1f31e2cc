//! Pages that are no records: those the theme defines, search, site map, 404, redirects.

use super::boards::{self, Line};
use super::charts;
use super::finder_rows::{self, ColumnView, RowView};
use super::meta;
use super::page::{Alternate, PageView};
use super::{Make, PageContext, in_lang};
use super::{list, needs};
use crate::diagnostic::Diagnostic;
use crate::plan::{self, has_list, list_url, page_url};
use crate::read::{ChartQuery, Selection};
use crate::render::charts::ChartView;
use crate::render::engine::Prepared;
use crate::resolve::rows::{self, Row};
use crate::resolve::{Catalog, EntryIx, PageUrl, State};
use crate::schema::{COLUMN_TYPES, Condition, Scope, Type};
use crate::value::Lang;
use serde::Serialize;

#[derive(Serialize)]
struct SelectionView<'a> {
    name: &'a str,
    /// The heading and the explanation of a section of a board.
    heading: Option<&'a str>,
    text: &'a str,
    total: usize,
    label: String,
    title: String,
    path: String,
    /// Is there a list page at that path?
    list: bool,
    /// The data file, in the default language.
    data: Option<String>,
    cards: Vec<Prepared>,
    as_cards: bool,
    /// What a section shows, group by group; one group without a label where nothing is grouped.
    groups: Vec<GroupView>,
    /// The headings of its tables.
    headings: Vec<boards::Heading>,
    sums: Vec<boards::SumView>,
    /// Since when all of it is verified.
    verified: Option<(String, String)>,
    /// How many lines it has.
    shown: usize,
    /// How many records there are in the default language, where this one has fewer; else 0.
    all: usize,
    chart: Option<ChartView>,
    charts: Vec<ChartView>,
    /// The rows of a finder's type with their headings, where the selection asks for them.
    rows: Vec<RowView>,
    columns: Vec<ColumnView>,
    total_rows: usize,
}

#[derive(Serialize)]
struct GroupView {
    key: String,
    label: String,
    total: usize,
    sums: Vec<boards::SumView>,
    lines: Vec<boards::RowView>,
    stages: Vec<boards::StagesView>,
    cards: Vec<Prepared>,
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
    let languages = catalog.site.languages.iter().filter(|&&other| plan::boards::has_page(catalog, def, other));
    let others: Vec<(Lang, PageUrl)> = languages.map(|&other| (other, page_url(catalog, other, &def.path))).collect();
    page = page.in_languages(catalog, lang, others);
    meta::as_column(
        &mut page,
        catalog,
        lang,
        if is_home { COLUMN_TYPES[0] } else { def.column_type.as_deref().unwrap_or(COLUMN_TYPES[1]) },
    );
    page.json_ld = is_home.then(|| crate::render::schema_org::site(catalog, lang)).flatten();
    let mut parts = vec![("intro".to_string(), make.engine.prepare(&intro.html))];
    if let Some(what) = def.needs {
        parts.push(("needs".to_string(), needs::part(make, what, lang)));
    }
    let mut sections = Vec::new();
    for selection in &def.select {
        let Some(of) = catalog.schemas.types.iter().position(|of| *of.name == *selection.of) else { continue };
        let mut list = plan::boards::records(catalog, selection, lang);
        if !selection.order.is_empty() {
            crate::resolve::sort_by(&mut list, &catalog.entries, &catalog.schemas.types[of], &selection.order);
        }
        let is_section = selection.heading.is_some() && !list.is_empty();
        page.sample |= def.part.is_some() && list.iter().any(|&ix| catalog.entries[ix].sample);
        let part = selected(make, of, selection, list, lang);
        if is_section {
            sections.push(part.clone());
        }
        parts.push((selection.name.clone(), part));
    }
    parts.push(("sections".to_string(), make.engine.prepare(&sections)));
    if def.part.is_some() {
        page = page.below_overview(catalog, lang);
        page.part = def.part.clone().unwrap_or_default();
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
    let is_board = !selection.table.is_empty() || selection.timeline.is_some();
    let lines = boards::lines(catalog, schema, &list, selection);
    let mut rows = match &selection.rows {
        Some(when) if !is_board => finder_lines(catalog, schema, &list, when),
        _ => Vec::new(),
    };
    let total_rows = rows.len();
    let sums = |lines: &[Line<'_>]| selection.sums.iter().filter_map(|path| boards::sum(schema, lines, path, lang)).collect();
    let chart = |query: &ChartQuery, name: &str| charts::of_selection(make, schema, &list, query, name, lang);
    let further = selection.charts.iter().enumerate();
    let (first, further) = (
        selection.chart.as_ref().and_then(|query| chart(query, &selection.name)),
        further.filter_map(|(at, query)| chart(query, &format!("{}-{}", selection.name, at + 1))).collect(),
    );
    let table = boards::Table::new(catalog, schema, selection, &lines, lang);
    let with_cards = |group: Option<&str>| !is_board && (group.is_some() == selection.group.is_some());
    let group = |key: String, label: String, lines: &[Line<'_>], grouped: Option<&str>| {
        let mut entries: Vec<EntryIx> = lines.iter().map(|line| line.entry).collect();
        entries.dedup();
        GroupView {
            key,
            label,
            total: lines.len(),
            sums: sums(lines),
            lines: if selection.table.is_empty() { Vec::new() } else { lines.iter().map(|line| table.row(line)).collect() },
            stages: lines.iter().filter_map(|line| boards::stages(catalog, schema, line, selection, lang)).collect(),
            cards: if with_cards(grouped) { make.cards(&entries) } else { Vec::new() },
        }
    };
    let groups = match &selection.group {
        Some(path) => boards::groups(catalog, schema, &lines, path, lang)
            .into_iter()
            .map(|found| group(found.key, found.label, &found.lines, Some(path)))
            .collect(),
        None if is_board && !lines.is_empty() => {
            let shown = if selection.limit > 0 { &lines[..lines.len().min(selection.limit)] } else { &lines[..] };
            vec![group(String::new(), String::new(), shown, None)]
        }
        None => Vec::new(),
    };
    let all = boards_of_default(catalog, selection, lang, total);
    if selection.limit > 0 {
        list.truncate(selection.limit);
        rows.truncate(selection.limit);
    }
    make.engine.prepare(&SelectionView {
        name: &selection.name,
        heading: selection.heading.as_ref().map(|said| in_lang(said, lang)),
        text: selection.text.as_ref().map(|said| in_lang(said, lang)).unwrap_or_default(),
        headings: table.headings(),
        sums: sums(&lines),
        verified: boards::verified(catalog, &lines, lang),
        shown: lines.len(),
        all,
        list: has_list(catalog, of, lang),
        data: list::data_files(catalog, of, lang).map(|(_, table)| table),
        as_cards: selection.cards,
        charts: further,
        rows: rows.iter().map(|row| finder_rows::row_view(catalog, schema, row, lang)).collect(),
        columns: if rows.is_empty() { Vec::new() } else { finder_rows::headings(catalog, schema, lang) },
        total_rows,
        total,
        label: in_lang(&schema.label, lang).to_string(),
        title: in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang).to_string(),
        path: list_url(catalog, of, lang).link(catalog.portable),
        cards: if selection.rows.is_some() || is_board || selection.group.is_some() { Vec::new() } else { make.cards(&list) },
        groups,
        chart: first,
    })
}

/// The rows of a finder's type that hold.
fn finder_lines<'a>(catalog: &'a Catalog, schema: &Type, list: &[EntryIx], when: &[Condition]) -> Vec<Row<'a>> {
    let holds = |row: &Row<'_>| match (row.item, schema.rows.as_deref()) {
        (Some(item), Some(group)) => {
            let scope = Scope { inner: item, outer: Some(row.record) };
            when.iter().all(|condition| scope.holds(&[Condition { path: condition.path_within(group), ..condition.clone() }]))
        }
        _ => Scope::record(row.record).holds(when),
    };
    rows::of(list, catalog, schema).into_iter().filter(holds).collect()
}

/// How many records the selection has in the default language, where that is more than in this one.
fn boards_of_default(catalog: &Catalog, selection: &Selection, lang: Lang, here: usize) -> usize {
    if lang == catalog.site.default_lang() || selection.join.is_some() {
        return 0;
    }
    Some(plan::boards::records(catalog, selection, catalog.site.default_lang()).len()).filter(|all| *all > here).unwrap_or(0)
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
    let branches = if make.catalog.theme.named.has("branches") { tree(make.catalog, lang) } else { Vec::new() };
    let parts = vec![("branches".to_string(), make.engine.prepare(&branches))];
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
