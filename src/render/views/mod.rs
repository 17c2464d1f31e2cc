//! The only types that templates see. A view is plain data made from the catalog; templates decide how it looks.

pub mod boards;
pub mod card;
pub mod charts;
pub mod compare;
pub mod facts;
pub mod finder;
pub mod finder_rows;
pub mod fit;
pub mod joins;
pub mod list;
pub mod map;
pub mod meta;
mod naming;
pub mod needs;
pub mod page;
pub mod pages;
pub mod record;
pub mod search;
pub mod share;
pub mod sheet;
pub mod trace;

use super::engine::{Engine, Prepared};
use super::shared::Shared;
use crate::diagnostic::{Diagnostic, Said};
use crate::plan::Job;
use crate::resolve::Catalog;
use crate::value::Lang;
use page::PageView;

/// Everything a page template gets beside what all pages share.
pub struct PageContext {
    /// The language.
    pub lang: Lang,
    /// The way up to the root of the site.
    pub root: String,
    /// Title, addresses, breadcrumbs and meta data.
    pub page: PageView,
    /// The parts of its own by their name.
    pub parts: Vec<(String, Prepared)>,
}

/// A sentence in the language of a page.
pub fn in_lang(said: &Said, lang: Lang) -> &str {
    let (first, second) = if lang.is_chinese() { (&said.zh, &said.en) } else { (&said.en, &said.zh) };
    if first.is_empty() { second } else { first }
}

/// The template and the context of a page.
pub fn page_of(catalog: &Catalog, shared: &Shared, engine: &Engine, job: &Job) -> Result<(String, PageContext), Diagnostic> {
    let make = Make { catalog, shared, engine };
    Ok(match job {
        Job::Record(ix) => record::page(make, *ix)?,
        Job::List { of, lang, page } if catalog.schemas.types[*of].finder.is_some() => finder::page(make, *of, *lang, *page)?,
        Job::List { of, lang, page } => list::of_type(make, *of, *lang, *page)?,
        Job::Archive { of, lang, period, page } => list::archive(make, *of, *lang, *period, *page),
        Job::Facet { of, lang, facet, page } => finder::facet(make, *of, *lang, facet, *page),
        Job::Compare { of, lang } => compare::page(make, *of, *lang),
        Job::Sheet(ix) => sheet::page(make, *ix),
        Job::Terms(lang) => list::terms(make, *lang),
        Job::Term { lang, term, page } => list::term(make, *lang, *term, *page),
        Job::Page { def, lang } => pages::defined(make, *def, *lang)?,
        Job::Search(lang) => search::page(make, *lang),
        Job::Titles { lang, of, page } => search::shelf(make, *lang, *of, *page),
        Job::SiteMap(lang) => pages::site_map(make, *lang),
        Job::Trace(lang) => trace::page(make, *lang),
        _ => pages::not_found(make),
    })
}

/// What making a page needs.
#[derive(Clone, Copy)]
pub struct Make<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The shared values and cards.
    pub shared: &'a Shared,
    /// The templates.
    pub engine: &'a Engine,
}

impl Make<'_> {
    /// The cards of some entries.
    pub fn cards(&self, list: &[crate::resolve::EntryIx]) -> Vec<Prepared> {
        list.iter().map(|&ix| self.shared.card(self.catalog, self.engine, ix)).collect()
    }
    /// A word of the theme.
    pub fn word(&self, key: &str, lang: Lang) -> String {
        self.catalog.word(key, lang)
    }
}
