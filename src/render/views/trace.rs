//! The page that lists which page shows which clause.

use super::pages::plain;
use super::{Make, PageContext, in_lang};
use crate::plan::boards;
use crate::value::Lang;
use serde::Serialize;

#[derive(Serialize)]
struct TraceView {
    covered: usize,
    total: usize,
    clauses: Vec<ClauseView>,
}

#[derive(Serialize)]
struct ClauseView {
    no: String,
    title: String,
    /// The title of the page that shows it.
    page: String,
    /// Its address below the root, at the element where that has an id; empty where nothing shows the clause yet.
    path: String,
    element: String,
}

/// The page.
pub fn page(make: Make<'_>, lang: Lang) -> (String, PageContext) {
    let catalog = make.catalog;
    let (url, page) = plain(make, lang, boards::TRACE, "trace");
    let trace = catalog.trace.iter().flat_map(|trace| &trace.clauses);
    let clauses: Vec<ClauseView> = trace
        .map(|clause| {
            let found = clause.page.as_deref().and_then(|path| boards::at(catalog, path, lang));
            let (page, path) = found.map(|(title, url)| (title, url.link(catalog.portable))).unwrap_or_default();
            // Only the page in the default language is known to hold the element.
            let here = clause.page.as_deref().map(|path| crate::plan::page_url(catalog, catalog.site.default_lang(), path));
            let known = here.is_some_and(|here| here.link(catalog.portable) == path) && !clause.element.contains('=');
            let anchor = if known { format!("#{}", crate::resolve::url::encode(&clause.element)) } else { String::new() };
            ClauseView {
                no: clause.no.clone(),
                title: in_lang(&clause.title, lang).to_string(),
                page,
                path: if path.is_empty() && clause.page.as_deref() != Some("") { path } else { format!("{path}{anchor}") },
                element: clause.element.clone(),
            }
        })
        .collect();
    let covered = catalog.trace.as_ref().map(crate::read::Trace::covered).unwrap_or_default();
    let view = TraceView { covered, total: clauses.len(), clauses };
    let parts = vec![("trace".to_string(), make.engine.prepare(&view))];
    ("trace.html".to_string(), PageContext { lang, root: url.root(), page, parts })
}
