//! Pages that the theme defines: which of them have something to show, and what an address leads to.

use super::{has_list, list_url, page_url};
use crate::read::{PageDef, Selection};
use crate::resolve::{Catalog, EntryIx, PageUrl};
use crate::schema::Scope;
use crate::value::Lang;

/// The path of the page that lists the clauses of the trace.
pub const TRACE: &str = "about/trace";

/// The records of a selection on a page that is no record's, in the order of their type.
pub fn records(catalog: &Catalog, selection: &Selection, lang: Lang) -> Vec<EntryIx> {
    let of = catalog.schemas.types.iter().position(|of| *of.name == *selection.of);
    let all = of.and_then(|of| catalog.lists.get(&(of, lang))).map_or(&[][..], Vec::as_slice);
    all.iter().copied().filter(|&ix| takes(catalog, selection, ix)).collect()
}

/// Does a selection take a record? Its conditions must hold, and it must still hold itself, unless the past is wanted too.
pub fn takes(catalog: &Catalog, selection: &Selection, ix: EntryIx) -> bool {
    let entry = &catalog.entries[ix];
    (selection.past || entry.state.is_current()) && Scope::record(&entry.fields).holds(&selection.when)
}

/// Is a definition a page of its own in a language? A board without any record is none, nor is an overview without boards.
pub fn has_page(catalog: &Catalog, page: &PageDef, lang: Lang) -> bool {
    let is_board = |page: &PageDef| page.part.is_some();
    let has_records = |page: &PageDef| page.select.iter().any(|selection| !records(catalog, selection, lang).is_empty());
    match page {
        PageDef { record: Some(_), .. } => false,
        PageDef { overview: true, .. } => catalog.theme.pages.iter().any(|page| is_board(page) && has_records(page)),
        page => (!is_board(page) || has_records(page)) && super::needs::has_part(catalog, page, lang),
    }
}

/// The boards of a language by part: those of one part stand together, in the order of their ranks.
pub fn boards(catalog: &Catalog, lang: Lang) -> Vec<(&str, Vec<&PageDef>)> {
    let mut pages: Vec<&PageDef> = catalog.theme.pages.iter().filter(|page| page.part.is_some() && has_page(catalog, page, lang)).collect();
    pages.sort_by(|a, b| (a.rank, &a.name).cmp(&(b.rank, &b.name)));
    let mut parts: Vec<(&str, Vec<&PageDef>)> = Vec::new();
    for page in pages {
        let part = page.part.as_deref().unwrap_or_default();
        match parts.iter_mut().find(|(known, _)| *known == part) {
            Some((_, list)) => list.push(page),
            None => parts.push((part, vec![page])),
        }
    }
    parts
}

/// The title and the address of the page at a path, in a language or else in the default one.
pub fn at(catalog: &Catalog, path: &str, lang: Lang) -> Option<(String, PageUrl)> {
    let languages = [lang, catalog.site.default_lang()];
    languages.into_iter().find_map(|lang| {
        let url = page_url(catalog, lang, path);
        let said = |said: &crate::diagnostic::Said| if lang.is_chinese() { said.zh.clone() } else { said.en.clone() };
        let page = catalog.theme.pages.iter().find(|page| page.path == path && has_page(catalog, page, lang));
        let of = |of: usize| list_url(catalog, of, lang) == url && has_list(catalog, of, lang);
        let title = if let Some(page) = page {
            Some(said(&page.title))
        } else if let Some(of) = (0..catalog.schemas.types.len()).find(|&ix| of(ix)) {
            let schema = &catalog.schemas.types[of];
            Some(said(schema.title.as_ref().unwrap_or(&schema.label)))
        } else {
            catalog.entries.iter().find(|entry| entry.url == url).map(|entry| entry.title.clone())
        };
        Some((title?, url))
    })
}
