//! Lists: of a type, page by page; of all keywords; of one keyword.

use super::map::{self, MapView};
use super::meta;
use super::page::{Crumb, PageView};
use super::{Make, PageContext, in_lang};
use crate::diagnostic::Diagnostic;
use crate::plan::Period;
use crate::plan::{list_url, page_url, pager_url, pages, per_page, per_term_page};
use crate::render::document::Printing;
use crate::render::engine::Prepared;
use crate::resolve::{Catalog, EntryIx, PageUrl, State};
use crate::value::Lang;
use serde::Serialize;

/// A list.
#[derive(Serialize)]
pub struct ListView {
    /// How many records the whole list has.
    pub total: usize,
    /// The introduction.
    pub intro: String,
    /// How the records of the whole list lie to each other, on its first page.
    pub map: Option<MapView>,
    /// The cards of this page.
    pub cards: Vec<Prepared>,
    /// The cards of what was archived, which come last in every list.
    pub past: Vec<Prepared>,
    /// The pages of the list.
    pub pager: Pager,
    /// The years and months of a dated list.
    pub years: Vec<YearView>,
    /// The heading of the chosen year or month.
    pub period: String,
    /// The periods before and after it.
    pub around: (Option<PeriodView>, Option<PeriodView>),
    /// The calendar of a list of appointments, below the root.
    pub calendar: Option<String>,
    /// Data files for people who count: JSON and CSV, below the root.
    pub data: Option<(String, String)>,
}

/// A year of a dated list.
#[derive(Serialize)]
pub struct YearView {
    /// The year itself.
    pub year: PeriodView,
    /// Its months, the newest first.
    pub months: Vec<PeriodView>,
}

/// A year or a month.
#[derive(Serialize)]
pub struct PeriodView {
    /// What people read: `2026年`, `3月`.
    pub label: String,
    /// Its page, below the root.
    pub path: String,
    /// How many records it has.
    pub total: usize,
    /// Is it the one that is shown?
    pub here: bool,
}

/// The pages of a list; the template sees only these few links.
#[derive(Debug, Default, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Pages around this one with their numbers; 0 stands for a gap.
    pub links: Vec<(usize, String)>,
}

/// The pager of a list at an address.
pub fn pager(catalog: &Catalog, url: &PageUrl, page: usize, pages: usize) -> Pager {
    let link = |page: usize| pager_url(url, page).link(catalog.portable);
    // The first, the last and the pages around this one: a pager never grows with the list.
    let around = page.saturating_sub(2)..(page + 3).min(pages);
    let mut numbers: Vec<usize> = std::iter::once(0).chain(around).chain(std::iter::once(pages.saturating_sub(1))).collect();
    numbers.dedup();
    numbers.sort_unstable();
    numbers.dedup();
    let mut links: Vec<(usize, String)> = Vec::new();
    for number in numbers {
        if links.last().is_some_and(|(last, _)| number > *last) {
            links.push((0, String::new()));
        }
        links.push((number + 1, link(number)));
    }
    Pager { page: page + 1, pages, previous: (page > 0).then(|| link(page - 1)), next: (page + 1 < pages).then(|| link(page + 1)), links }
}

/// Title, summary and body of the introduction of a folder.
pub struct Introduction {
    /// The heading.
    pub title: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// HTML.
    pub html: String,
}

/// The introduction of a folder in a language.
pub fn introduction(make: Make<'_>, folder: &str, lang: Lang, root: &str) -> Result<Introduction, Diagnostic> {
    let catalog = make.catalog;
    let intro = catalog.intros.get(&(folder.to_string(), lang));
    let printing = Printing { catalog, root, lang, engine: Some((make.engine, make.shared)) };
    Ok(Introduction {
        title: intro.and_then(|intro| intro.title.clone()),
        summary: intro.and_then(|intro| intro.summary.clone()),
        html: intro.and_then(|intro| intro.body.as_ref()).map(|body| printing.html(body)).transpose()?.unwrap_or_default(),
    })
}

/// The head of a page of a type's list.
pub fn head(catalog: &Catalog, of: usize, lang: Lang, url: &PageUrl, page: usize, intro: &Introduction) -> PageView {
    let schema = &catalog.schemas.types[of];
    let title = intro.title.clone().unwrap_or_else(|| in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang).to_string());
    let mut head = PageView::new(catalog, lang, url, "list", &title, intro.summary.as_deref().unwrap_or_default());
    if page > 0 {
        head.head_title = format!("{title} ({}) - {}", page + 1, super::page::site_name(catalog, lang));
    }
    let mut head = head.with_way(catalog, lang, Some(of));
    let others = catalog
        .site
        .languages
        .iter()
        .copied()
        .filter(|other| page == 0 && catalog.lists.get(&(of, *other)).is_some_and(|list| !list.is_empty()));
    head = head.in_languages(catalog, lang, others.map(|other| (other, list_url(catalog, of, other))));
    head.of = schema.name.to_string();
    meta::of_column(&mut head, catalog, of, lang);
    let feed = schema.feed && catalog.site.base_url.is_some() && !crate::plan::feed_entries(catalog, Some(of), lang).is_empty();
    head.feed = feed.then(|| format!("{}feed.xml", list_url(catalog, of, lang).link(false)));
    head
}

/// The data files of a type, on the pages of the language they are in and where the site offers them.
pub fn data_files(catalog: &Catalog, of: usize, lang: Lang) -> Option<(String, String)> {
    let folder = &catalog.schemas.types[of].folder;
    let offered = catalog.site.open_data && lang == catalog.site.default_lang();
    offered.then(|| (format!("data/{folder}.json"), format!("data/{folder}.csv")))
}

/// One page of the list of a type.
pub fn of_type(make: Make<'_>, of: usize, lang: Lang, page: usize) -> Result<(String, PageContext), Diagnostic> {
    let catalog = make.catalog;
    let schema = &catalog.schemas.types[of];
    let url = list_url(catalog, of, lang);
    let here = pager_url(&url, page);
    let root = here.root();
    let list = catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice);
    let size = per_page(schema);
    let (cards, past) = parted(make, list.chunks(size).nth(page).unwrap_or_default());
    let intro = introduction(make, &schema.folder, lang, &root)?;
    let head = head(catalog, of, lang, &here, page, &intro);
    let view = ListView {
        total: list.len(),
        intro: if page == 0 { intro.html } else { String::new() },
        map: if page == 0 { map::of_list(catalog, list) } else { None },
        cards,
        past,
        pager: pager(catalog, &url, page, pages(list.len(), size)),
        years: years(make, of, lang, None),
        period: String::new(),
        around: (None, None),
        calendar: crate::plan::calendar_path(catalog, of, lang),
        data: data_files(catalog, of, lang),
    };
    let parts = vec![("list".to_string(), make.engine.prepare(&view))];
    Ok(("list.html".to_string(), PageContext { lang, root, page: head, parts }))
}

/// The cards of a page of a list, and apart from them those of what was archived.
fn parted(make: Make<'_>, list: &[EntryIx]) -> (Vec<Prepared>, Vec<Prepared>) {
    let (past, current): (Vec<EntryIx>, Vec<EntryIx>) = list.iter().partition(|&&ix| make.catalog.entries[ix].state == State::Archived);
    (make.cards(&current), make.cards(&past))
}

/// The years of a dated list, the newest first.
fn years(make: Make<'_>, of: usize, lang: Lang, here: Option<Period>) -> Vec<YearView> {
    let mut years: Vec<YearView> = Vec::new();
    for (&period, entries) in make.shared.periods(make.catalog, of, lang) {
        let view = period_view(make.catalog, of, lang, period, entries.len(), here);
        match (period.month, years.last_mut()) {
            (Some(_), Some(year)) => year.months.insert(0, view),
            _ => years.push(YearView { year: view, months: Vec::new() }),
        }
    }
    years.reverse();
    years
}

fn period_view(catalog: &Catalog, of: usize, lang: Lang, period: Period, total: usize, here: Option<Period>) -> PeriodView {
    let label = match period.month {
        Some(month) if lang.is_chinese() => format!("{month}月"),
        Some(month) => format!("{:04}-{month:02}", period.year),
        None if lang.is_chinese() => format!("{}年", period.year),
        None => period.year.to_string(),
    };
    PeriodView { label, path: period.url(catalog, of, lang).link(catalog.portable), total, here: here == Some(period) }
}

/// One page of a year or of a month.
pub fn archive(make: Make<'_>, of: usize, lang: Lang, period: Period, page: usize) -> (String, PageContext) {
    let catalog = make.catalog;
    let schema = &catalog.schemas.types[of];
    let url = period.url(catalog, of, lang);
    let here = pager_url(&url, page);
    let periods = make.shared.periods(catalog, of, lang);
    let entries = periods.get(&period).map_or(&[][..], Vec::as_slice);
    let name = match period.month {
        Some(month) if lang.is_chinese() => format!("{}年{month}月", period.year),
        Some(month) => format!("{:04}-{month:02}", period.year),
        None => period_view(catalog, of, lang, period, 0, None).label,
    };
    let column = in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang);
    let title = if lang.is_chinese() { format!("{column}：{name}") } else { format!("{column}: {name}") };
    let intro = Introduction { title: Some(title.clone()), summary: None, html: String::new() };
    let mut head = head(catalog, of, lang, &here, 1, &intro);
    head.kind = "archive".to_string();
    head.head_title =
        format!("{title}{} - {}", if page > 0 { format!(" ({})", page + 1) } else { String::new() }, super::page::site_name(catalog, lang));
    // The neighbours are of the same length: a month beside months, a year beside years.
    let alike: Vec<Period> = periods.keys().copied().filter(|other| other.month.is_some() == period.month.is_some()).collect();
    let at = alike.iter().position(|other| *other == period).unwrap_or(0);
    let view = |at: Option<usize>| {
        let other = *alike.get(at?)?;
        let mut view = period_view(catalog, of, lang, other, periods.get(&other).map_or(0, Vec::len), None);
        if other.month.is_some() && lang.is_chinese() {
            view.label = format!("{}年{}", other.year, view.label);
        }
        Some(view)
    };
    let size = per_page(schema);
    let (cards, past) = parted(make, entries.chunks(size).nth(page).unwrap_or_default());
    let view = ListView {
        total: entries.len(),
        intro: String::new(),
        map: None,
        cards,
        past,
        pager: pager(catalog, &url, page, pages(entries.len(), size)),
        years: years(make, of, lang, Some(period)),
        period: name,
        around: (view(at.checked_add(1)), view(at.checked_sub(1))),
        calendar: None,
        data: None,
    };
    let parts = vec![("list".to_string(), make.engine.prepare(&view))];
    ("list.html".to_string(), PageContext { lang, root: here.root(), page: head, parts })
}

#[derive(Serialize)]
struct TermView {
    name: String,
    path: String,
    count: usize,
}

/// All keywords.
pub fn terms(make: Make<'_>, lang: Lang) -> (String, PageContext) {
    let catalog = make.catalog;
    let url = page_url(catalog, lang, "tags");
    let title = make.word("tags", lang);
    let head = PageView::new(catalog, lang, &url, "tags", &title, "").with_way(catalog, lang, None);
    let terms: Vec<TermView> = catalog
        .terms
        .get(&lang)
        .into_iter()
        .flatten()
        .map(|term| TermView { name: term.name.clone(), path: term.url.link(catalog.portable), count: term.entries.len() })
        .collect();
    let parts = vec![("terms".to_string(), make.engine.prepare(&terms))];
    ("tags.html".to_string(), PageContext { lang, root: url.root(), page: head, parts })
}

/// One page of a keyword.
pub fn term(make: Make<'_>, lang: Lang, term: usize, page: usize) -> (String, PageContext) {
    let catalog = make.catalog;
    let Some(term) = catalog.terms.get(&lang).and_then(|terms| terms.get(term)) else { return terms(make, lang) };
    let here = pager_url(&term.url, page);
    let mut head = PageView::new(catalog, lang, &here, "tag", &term.name, "").with_way(catalog, lang, None);
    let all = page_url(catalog, lang, "tags").link(catalog.portable);
    head.breadcrumbs.insert(1, Crumb { title: make.word("tags", lang), path: Some(all) });
    let size = per_term_page();
    let (cards, past) = parted(make, term.entries.chunks(size).nth(page).unwrap_or_default());
    let view = ListView {
        total: term.entries.len(),
        intro: String::new(),
        map: None,
        cards,
        past,
        pager: pager(catalog, &term.url, page, pages(term.entries.len(), size)),
        years: Vec::new(),
        period: String::new(),
        around: (None, None),
        calendar: None,
        data: None,
    };
    let parts = vec![("list".to_string(), make.engine.prepare(&view))];
    ("list.html".to_string(), PageContext { lang, root: here.root(), page: head, parts })
}
