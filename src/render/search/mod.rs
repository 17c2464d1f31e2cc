//! The search of a language as files: an index of terms, what the browser needs to read it, and the documents to show.
//!
//! Everything is a classic script that hands a value to `parkpressPart`, so that it works under `script-src 'self'`,
//! below any path and from a folder. The index comes from the catalog, which holds nothing withheld; it is computed
//! when the first of its files is asked for and kept.

pub mod finders;
pub mod tokens;

mod fold;
mod index;
mod packs;
mod texts;

use crate::plan::search::{Part, documents, per_pack};
use crate::render::views::in_lang;
use crate::resolve::{Catalog, EntryIx};
use crate::value::Lang;
use index::Index;
use serde_json::{Value as Json, json};
use std::sync::OnceLock;

/// The search of every language, made when first asked for.
pub struct Searches(Vec<(Lang, OnceLock<Search>)>);

/// The search of one language.
struct Search {
    documents: Vec<(EntryIx, Option<EntryIx>)>,
    index: Index,
}

impl Searches {
    /// Nothing is computed yet.
    pub fn new(languages: &[Lang]) -> Searches {
        Searches(languages.iter().map(|&lang| (lang, OnceLock::new())).collect())
    }

    /// One file.
    pub fn file(&self, catalog: &Catalog, lang: Lang, part: Part) -> Vec<u8> {
        let Some((_, search)) = self.0.iter().find(|(known, _)| *known == lang) else { return Vec::new() };
        let search = search.get_or_init(|| {
            let documents = documents(catalog, lang);
            let index = index::build(catalog, &documents, &crate::plan::search::readings(catalog), rayon::current_num_threads());
            Search { documents, index }
        });
        match part {
            Part::Head => script("head", &head(catalog, search, lang)),
            Part::More => script("more", &more(&search.index)),
            Part::Titles => script("titles", &packs::titles(catalog, &search.documents, lang)),
            Part::Dates => script("dates", &packs::dates(catalog, &search.documents)),
            Part::Pack(n) => {
                let size = per_pack(search.documents.len());
                let here = search.documents.chunks(size).nth(n).unwrap_or_default();
                script(&format!("d{n}"), &packs::pack(catalog, here))
            }
            // Terms hold neither quotes nor backslashes, and raw line ends are the shortest ones.
            Part::Shard(n) => format!("parkpressPart(\"t{n}\",`{}`)\n", search.index.shards.get(n).map_or("", String::as_str)).into_bytes(),
        }
    }
}

fn script(name: &str, value: &Json) -> Vec<u8> {
    // `<` cannot end a script element in a file of its own; it is escaped all the same, so that it never can.
    format!("parkpressPart(\"{name}\",{})\n", value.to_string().replace('<', "\\u003c")).into_bytes()
}

/// What every question needs.
fn head(catalog: &Catalog, search: &Search, lang: Lang) -> Json {
    let mut types: Vec<(usize, usize)> = Vec::new();
    let mut parents: Vec<EntryIx> = Vec::new();
    let mut runs: Vec<(i64, usize)> = Vec::new();
    for (ix, parent) in &search.documents {
        let of = catalog.entries[*ix].of;
        match types.last_mut().filter(|(known, _)| *known == of) {
            Some((_, count)) => *count += 1,
            None => types.push((of, 1)),
        }
        let parent = parent.map_or(-1, |parent| {
            let at = parents.iter().position(|known| *known == parent).unwrap_or_else(|| {
                parents.push(parent);
                parents.len() - 1
            });
            i64::try_from(at).unwrap_or(-1)
        });
        match runs.last_mut().filter(|(known, _)| *known == parent) {
            Some((_, count)) => *count += 1,
            None => runs.push((parent, 1)),
        }
    }
    let label = |of: usize| {
        let schema = &catalog.schemas.types[of];
        in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang).to_string()
    };
    json!({
        "n": search.documents.len(),
        "per": per_pack(search.documents.len()),
        "types": types.into_iter().map(|(of, count)| json!([label(of), count])).collect::<Vec<Json>>(),
        "parents": parents.into_iter().map(|ix| catalog.entries[ix].title.clone()).collect::<Vec<String>>(),
        "runs": runs,
        "cuts": search.index.cuts,
        "synonyms": catalog.theme.search.synonyms.iter().chain(&catalog.site.search.synonyms).collect::<Vec<_>>(),
        "finders": finders::views(catalog, lang),
    })
}

/// What only some questions need: the traditional characters of what occurs, and the syllables.
fn more(index: &Index) -> Json {
    let fold: String = fold::pairs().filter(|(_, simple)| index.chars.contains(simple)).flat_map(|(a, b)| [a, b]).collect();
    json!({ "fold": fold, "syllables": index.syllables.iter().map(String::as_str).collect::<Vec<&str>>().join(" ") })
}
