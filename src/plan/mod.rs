//! PLAN: [`Catalog`] → the list of what the site will contain, without rendering anything.
//!
//! In: the catalog. Out: [`Planned`] items, each with its path in the output and what to render. Never: renders,
//! reads a file, or plans an empty column.

pub mod archive;
pub mod boards;
pub mod clashes;
pub mod compare;
pub mod facets;
pub mod needs;
pub mod pictures;
pub mod search;

pub use archive::Period;
pub use facets::Facet;
pub use search::Shelf;

use crate::diagnostic::SitePath;
use crate::read::{NeedsPart, ThemeText};
use crate::resolve::{Catalog, Entry, EntryIx, PageUrl, State};
use crate::schema::Type;
use crate::value::Lang;
use std::sync::Arc;

/// One item of the site.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The path in the output, with `/`.
    pub path: String,
    /// What it is.
    pub job: Job,
}

/// What to render: `of` is the index of a type, pages count from 0.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields are named in the sentence above")]
pub enum Job {
    /// The page of a record.
    Record(EntryIx),
    /// The sheet of a record, for printing.
    Sheet(EntryIx),
    /// One page of the list of a type, counted from 0.
    List { of: usize, lang: Lang, page: usize },
    /// The records of a year, or of a month of it.
    Archive { of: usize, lang: Lang, period: Period, page: usize },
    /// The records of a list with one value of a filter, for readers without JavaScript.
    Facet { of: usize, lang: Lang, facet: Arc<Facet>, page: usize },
    /// All keywords.
    Terms(Lang),
    /// One page of the records of a keyword.
    Term { lang: Lang, term: usize, page: usize },
    /// A page that the theme defines; index into the theme's pages.
    Page { def: usize, lang: Lang },
    /// The search page.
    Search(Lang),
    /// A part of the complete index of titles, for readers without JavaScript.
    Titles { lang: Lang, of: Shelf, page: usize },
    /// A file of the search.
    SearchPart { lang: Lang, part: search::Part },
    /// The site map for people.
    SiteMap(Lang),
    /// Which page shows which clause.
    Trace(Lang),
    /// `404.html`.
    NotFound,
    /// A page that leads from an old address to the new one; index into the redirects.
    Redirect(usize),
    /// The newest records, of one type or of all, as Atom or JSON Feed.
    Feed { of: Option<usize>, lang: Lang, json: bool },
    /// The records of a type as a calendar.
    Calendar { of: usize, lang: Lang },
    /// `sitemap.xml`.
    Sitemap,
    /// `robots.txt`.
    Robots,
    /// All public records of a type as JSON.
    DataJson(usize),
    /// All rows of a type as CSV.
    DataCsv(usize),
    /// The JSON Schema of the public data of a type.
    DataSchema(usize),
    /// `build.json`.
    BuildInfo,
    /// The style sheet.
    Style,
    /// The icon in the browser's tab.
    Icon,
    /// The style sheet of single pages; index into the theme's.
    PageStyle(usize),
    /// A script of the theme; index into the theme's scripts.
    Script(usize),
    /// The rows of a large finder as a script.
    FinderData { of: usize, lang: Lang },
    /// What is offered, as a script for the fit report.
    FitData(Lang),
    /// The comparison of chosen rows.
    Compare { of: usize, lang: Lang },
    /// A part of the rows that can be compared, as a script.
    CompareData { of: usize, lang: Lang, part: usize },
    /// A file of the content.
    Media(SitePath),
    /// A picture of the content in one of its sizes.
    Picture { file: SitePath, width: u32 },
}

/// How many records a list page shows where the type does not say.
const PER_PAGE: usize = 20;
/// Up to so many rows a finder prints into its page.
pub const ROWS_IN_PAGE: usize = 1500;

/// So many rows a page of a facet shows.
pub const ROWS_IN_FACET: usize = 200;

/// Plans the whole site. The order is stable: pages by language, then machine outputs, then files.
pub fn plan(catalog: &Catalog) -> Vec<Planned> {
    let mut plan = Planner { catalog, items: Vec::new() };
    for &lang in &catalog.site.languages {
        plan.pages(lang);
    }
    for (ix, entry) in catalog.entries.iter().enumerate() {
        plan.add(entry.url.file(), Job::Record(ix));
        if has_sheet(catalog, entry) {
            plan.add(sheet_url(entry).file(), Job::Sheet(ix));
        }
    }
    for (ix, redirect) in catalog.redirects.iter().enumerate() {
        plan.add(redirect.from.file(), Job::Redirect(ix));
    }
    plan.machine();
    plan.items
}

struct Planner<'a> {
    catalog: &'a Catalog,
    items: Vec<Planned>,
}

impl Planner<'_> {
    fn add(&mut self, path: impl Into<String>, job: Job) {
        self.items.push(Planned { path: path.into(), job });
    }

    fn pages(&mut self, lang: Lang) {
        let catalog = self.catalog;
        for (def, page) in catalog.theme.pages.iter().enumerate().filter(|(_, page)| boards::has_page(catalog, page, lang)) {
            if page.needs == Some(NeedsPart::Fit) {
                self.add(needs::data_path(catalog, lang), Job::FitData(lang));
            }
            self.add(page_url(catalog, lang, &page.path).file(), Job::Page { def, lang });
        }
        for of in 0..catalog.schemas.types.len() {
            self.lists(of, lang);
        }
        if let Some(terms) = catalog.terms.get(&lang).filter(|terms| !terms.is_empty()) {
            self.add(page_url(catalog, lang, "tags").file(), Job::Terms(lang));
            for (ix, term) in terms.iter().enumerate() {
                for page in 0..pages(term.entries.len(), PER_PAGE) {
                    self.add(pager_url(&term.url, page).file(), Job::Term { lang, term: ix, page });
                }
            }
        }
        self.add(page_url(catalog, lang, "search").file(), Job::Search(lang));
        for (of, count) in search::shelves(catalog, lang) {
            for page in 0..pages(count, search::PER_SHELF_PAGE) {
                self.add(pager_url(&search::shelf_url(catalog, lang, of), page).file(), Job::Titles { lang, of, page });
            }
        }
        if search::is_on(catalog, lang) {
            let folder = search::folder(catalog, lang);
            for part in search::parts(catalog, lang) {
                self.add(format!("{folder}{}", part.file()), Job::SearchPart { lang, part });
            }
        }
        self.add(page_url(catalog, lang, "sitemap").file(), Job::SiteMap(lang));
        if catalog.trace.is_some() {
            self.add(page_url(catalog, lang, boards::TRACE).file(), Job::Trace(lang));
        }
    }

    fn lists(&mut self, of: usize, lang: Lang) {
        let catalog = self.catalog;
        let schema = &catalog.schemas.types[of];
        let Some(list) = catalog.lists.get(&(of, lang)).filter(|_| has_list(catalog, of, lang)) else { return };
        let url = list_url(catalog, of, lang);
        for page in 0..pages(list.len(), per_page(schema)) {
            self.add(pager_url(&url, page).file(), Job::List { of, lang, page });
        }
        if let Some(url) = calendar_path(catalog, of, lang) {
            self.add(url, Job::Calendar { of, lang });
        }
        for (period, entries) in archive::periods(catalog, of, lang) {
            for page in 0..pages(entries.len(), per_page(schema)) {
                let path = pager_url(&period.url(catalog, of, lang), page).file();
                self.add(path, Job::Archive { of, lang, period, page });
            }
        }
        for facet in facets::facets(catalog, of, lang) {
            let (url, facet) = (facet.url(catalog, of, lang), Arc::new(facet));
            for page in 0..pages(facet.rows.len(), ROWS_IN_FACET) {
                self.add(pager_url(&url, page).file(), Job::Facet { of, lang, facet: facet.clone(), page });
            }
        }
        if schema.finder.is_some() {
            self.add(compare::url(catalog, of, lang).file(), Job::Compare { of, lang });
            for part in 0..compare::parts(catalog, of, lang) {
                self.add(compare::path(catalog, of, lang, part), Job::CompareData { of, lang, part });
            }
        }
        if schema.finder.is_some() && crate::resolve::rows::count(list, catalog, schema) > ROWS_IN_PAGE {
            self.add(finder_data_path(catalog, of, lang), Job::FinderData { of, lang });
        }
    }

    fn machine(&mut self) {
        let catalog = self.catalog;
        if !catalog.is_companion {
            self.add("404.html", Job::NotFound);
            self.add("robots.txt", Job::Robots);
        }
        self.add("build.json", Job::BuildInfo);
        if catalog.site.base_url.is_some() {
            self.add("sitemap.xml", Job::Sitemap);
            for &lang in &catalog.site.languages {
                for of in std::iter::once(None).chain((0..catalog.schemas.types.len()).map(Some)) {
                    if !feed_entries(catalog, of, lang).is_empty() {
                        let url = of.map_or_else(|| page_url(catalog, lang, ""), |of| list_url(catalog, of, lang));
                        self.add(format!("{}feed.xml", url.as_str()), Job::Feed { of, lang, json: false });
                        if of.is_none() {
                            self.add(format!("{}feed.json", url.as_str()), Job::Feed { of, lang, json: true });
                        }
                    }
                }
            }
        }
        let default = catalog.site.default_lang();
        for (of, schema) in catalog.schemas.types.iter().enumerate().filter(|_| catalog.site.open_data) {
            if catalog.lists.get(&(of, default)).is_some_and(|list| !list.is_empty()) {
                self.add(format!("data/{}.json", schema.folder), Job::DataJson(of));
                self.add(format!("data/{}.csv", schema.folder), Job::DataCsv(of));
                self.add(format!("data/schema/{}.json", schema.name), Job::DataSchema(of));
            }
        }
        self.add(style_path(catalog), Job::Style);
        for ix in 0..catalog.theme.page_styles.len() {
            self.add(page_style_path(catalog, ix), Job::PageStyle(ix));
        }
        if let Some(path) = icon_path(catalog).filter(|_| catalog.identity.icon.is_some()) {
            self.add(path, Job::Icon);
        }
        for ix in 0..catalog.theme.scripts.len() {
            self.add(script_path(catalog, ix), Job::Script(ix));
        }
        for (file, media) in &catalog.media {
            self.add(media.path.clone(), Job::Media(file.clone()));
            for size in pictures::sizes(media).into_iter().filter(|size| size.path != media.path) {
                self.add(size.path, Job::Picture { file: file.clone(), width: size.width });
            }
        }
    }
}

/// The address of a page of the site in a language.
pub fn page_url(catalog: &Catalog, lang: Lang, path: &str) -> PageUrl {
    PageUrl::new(lang, catalog.site.default_lang(), path)
}

/// Does a record have a sheet for printing?
pub fn has_sheet(catalog: &Catalog, entry: &Entry) -> bool {
    entry.state != State::Withdrawn && !catalog.type_of(entry).sheet.is_empty()
}

/// The address of the sheet of a record.
pub fn sheet_url(entry: &Entry) -> PageUrl {
    entry.url.child("sheet")
}

/// Does a type have a list in a language? One whose only records are withdrawn or at the root has none.
pub fn has_list(catalog: &Catalog, of: usize, lang: Lang) -> bool {
    !catalog.schemas.types[of].at_root && catalog.lists.get(&(of, lang)).is_some_and(|list| !list.is_empty())
}

/// The address of the list of a type.
pub fn list_url(catalog: &Catalog, of: usize, lang: Lang) -> PageUrl {
    page_url(catalog, lang, &catalog.schemas.types[of].folder)
}

/// `events/calendar.ics`: the calendar of a type whose records are appointments.
pub fn calendar_path(catalog: &Catalog, of: usize, lang: Lang) -> Option<String> {
    catalog.schemas.types[of].calendar.as_ref().filter(|_| has_list(catalog, of, lang))?;
    Some(format!("{}calendar.ics", list_url(catalog, of, lang).as_str()))
}

/// The address of a page of a list, counted from 0: the second one is `page/2/`.
pub fn pager_url(url: &PageUrl, page: usize) -> PageUrl {
    if page == 0 { url.clone() } else { url.child(&format!("page/{}", page + 1)) }
}

/// How many records a page of the list shows; a finder shows all.
pub fn per_page(schema: &Type) -> usize {
    match schema.per_page {
        0 if schema.finder.is_some() => usize::MAX,
        0 => PER_PAGE,
        n => n,
    }
}

/// How many records a page of a keyword shows.
pub fn per_term_page() -> usize {
    PER_PAGE
}

/// How many pages `items` need.
pub fn pages(items: usize, per_page: usize) -> usize {
    items.div_ceil(per_page).max(1)
}

/// The newest records that a feed lists: 30 dated ones, of one type or of every type that has a feed.
pub fn feed_entries(catalog: &Catalog, of: Option<usize>, lang: Lang) -> &[EntryIx] {
    catalog.feeds.get(&(of, lang)).map_or(&[], Vec::as_slice)
}

/// The style sheet and the scripts of the theme.
pub fn theme_assets(catalog: &Catalog) -> Vec<String> {
    let scripts = (0..catalog.theme.scripts.len()).map(|ix| script_path(catalog, ix));
    std::iter::once(style_path(catalog)).chain(scripts).collect()
}

/// `assets/site.<hash>.css`.
pub fn style_path(catalog: &Catalog) -> String {
    let mut hash = Hash::new();
    hash.add(&catalog.theme.palette.css());
    catalog.theme.styles.iter().for_each(|style| hash.add(&style.text));
    format!("assets/site.{}.css", hash.word())
}

/// The icon in the browser's tab: a drawing of its own, else the logo where it is square.
pub fn icon_path(catalog: &Catalog) -> Option<String> {
    let Some(icon) = &catalog.identity.icon else {
        let logo = catalog.identity.logo.as_ref().filter(|logo| logo.square)?;
        return Some(crate::resolve::url::encode(&logo.path));
    };
    let mut hash = Hash::new();
    hash.add(icon);
    Some(format!("assets/icon.{}.svg", hash.word()))
}

/// `assets/<name>.<hash>.css`.
pub fn page_style_path(catalog: &Catalog, ix: usize) -> String {
    hashed(&catalog.theme.page_styles[ix], "css")
}

/// `assets/<name>.<hash>.js`.
pub fn script_path(catalog: &Catalog, ix: usize) -> String {
    hashed(&catalog.theme.scripts[ix], "js")
}

fn hashed(text: &ThemeText, ending: &str) -> String {
    let mut hash = Hash::new();
    hash.add(&text.text);
    format!("assets/{}.{}.{ending}", text.stem(), hash.word())
}

/// `assets/finder-<folder>.<hash>.js`: its name changes with the content of the site.
pub fn finder_data_path(catalog: &Catalog, of: usize, lang: Lang) -> String {
    let folder = &catalog.schemas.types[of].folder;
    format!("assets/finder-{folder}-{}.{}.js", lang.code(), catalog.digest.get(..10).unwrap_or(&catalog.digest))
}

/// The digest in asset names.
struct Hash(sha2::Sha256);

impl Hash {
    fn new() -> Hash {
        Hash(sha2::Digest::new())
    }
    fn add(&mut self, text: &str) {
        sha2::Digest::update(&mut self.0, text.as_bytes());
    }
    fn word(self) -> String {
        sha2::Digest::finalize(self.0).iter().take(5).map(|byte| format!("{byte:02x}")).collect()
    }
}
