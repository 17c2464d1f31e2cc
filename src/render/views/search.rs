//! The search page: the box, what the script needs, and the complete index by section and by letter, which works without
//! JavaScript. A long index has pages of its own.

use super::page::{Crumb, PageView};
use super::{Make, PageContext, in_lang, list, pages};
use crate::plan::search::{self, PER_SHELF_PAGE, Shelf};
use crate::plan::{page_url, pager_url};
use crate::render::engine::Prepared;
use crate::resolve::url::encode;
use crate::resolve::{Catalog, EntryIx};
use crate::value::Lang;
use serde::Serialize;

#[derive(Serialize)]
struct SearchView {
    /// Where the parts of the search lie, below the root; none where the site has no search.
    parts: Option<String>,
    /// Words often sought, as read and as in an address.
    hot: Vec<(String, String)>,
    sections: Vec<ShelfView>,
    letters: Vec<ShelfView>,
}

#[derive(Serialize)]
struct ShelfView {
    title: String,
    anchor: String,
    /// The page of the shelf, where it has one.
    path: Option<String>,
    total: usize,
    leaves: Vec<(String, String)>,
}

#[derive(Serialize)]
struct TitlesView {
    total: usize,
    leaves: Vec<(String, String)>,
    pager: list::Pager,
}

/// The page.
pub fn page(make: Make<'_>, lang: Lang) -> (String, PageContext) {
    let catalog = make.catalog;
    let (url, page) = pages::plain(make, lang, "search", "search");
    let split = search::is_split(catalog, lang);
    let (mut sections, mut letters) = (Vec::new(), Vec::new());
    let named = |part: &str| catalog.theme.named.has(part);
    let is_shown = |shelf: &Shelf| named(if matches!(shelf, Shelf::Section(_)) { "sections" } else { "letters" });
    let shelves = (named("sections") || named("letters")).then(|| make.shared.shelves(catalog, lang));
    for (shelf, list) in shelves.into_iter().flatten().filter(|(shelf, _)| is_shown(shelf)) {
        let view = ShelfView {
            title: title(catalog, lang, *shelf),
            anchor: match shelf {
                Shelf::Letter(letter) if *letter != '#' => format!("az-{}", letter.to_ascii_lowercase()),
                Shelf::Letter(_) => "az-0".to_string(),
                Shelf::Section(of) => format!("in-{}", catalog.schemas.types[*of].folder),
            },
            path: split.then(|| search::shelf_url(catalog, lang, *shelf).link(catalog.portable)),
            total: list.len(),
            leaves: if split { Vec::new() } else { leaves(catalog, list) },
        };
        match shelf {
            Shelf::Section(_) => sections.push(view),
            Shelf::Letter(_) => letters.push(view),
        }
    }
    let view = SearchView {
        parts: search::is_on(catalog, lang).then(|| search::folder(catalog, lang)),
        hot: catalog.site.search.hot.iter().map(|word| (word.clone(), encode(word))).collect(),
        sections,
        letters,
    };
    // The older name is what themes of their own may know.
    let branches = if split || !named("branches") { Vec::new() } else { pages::tree(catalog, lang) };
    let parts: Vec<(String, Prepared)> =
        vec![("search".into(), make.engine.prepare(&view)), ("branches".into(), make.engine.prepare(&branches))];
    ("search.html".to_string(), PageContext { lang, root: url.root(), page, parts })
}

fn title(catalog: &Catalog, lang: Lang, shelf: Shelf) -> String {
    match shelf {
        Shelf::Section(of) => {
            let schema = &catalog.schemas.types[of];
            in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang).to_string()
        }
        Shelf::Letter(letter) => letter.to_string(),
    }
}

fn leaves(catalog: &Catalog, list: &[EntryIx]) -> Vec<(String, String)> {
    list.iter().map(|&ix| (catalog.entries[ix].title.clone(), catalog.entries[ix].url.link(catalog.portable))).collect()
}

/// One page of a shelf.
pub fn shelf(make: Make<'_>, lang: Lang, shelf: Shelf, page: usize) -> (String, PageContext) {
    let catalog = make.catalog;
    let url = search::shelf_url(catalog, lang, shelf);
    let here = pager_url(&url, page);
    let list = make.shared.shelves(catalog, lang).get(&shelf).cloned().unwrap_or_default();
    let title = title(catalog, lang, shelf);
    let mut head = PageView::new(catalog, lang, &here, "titles", &title, "").with_way(catalog, lang, None);
    let way = page_url(catalog, lang, "search").link(catalog.portable);
    head.breadcrumbs.insert(1, Crumb { title: make.word("search", lang), path: Some(way) });
    head.noindex = true;
    let view = TitlesView {
        total: list.len(),
        leaves: leaves(catalog, list.chunks(PER_SHELF_PAGE).nth(page).unwrap_or_default()),
        pager: list::pager(catalog, &url, page, crate::plan::pages(list.len(), PER_SHELF_PAGE)),
    };
    let parts = vec![("titles".to_string(), make.engine.prepare(&view))];
    ("titles.html".to_string(), PageContext { lang, root: here.root(), page: head, parts })
}
