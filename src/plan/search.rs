//! The parts of the search of a language: how many files there are and what they are called. Nothing is computed here
//! but counts, so that the preview starts at once.

use super::page_url;
use crate::resolve::{Catalog, EntryIx, PageUrl};
use crate::schema::Role;
use crate::value::pinyin::Readings;
use crate::value::{Lang, Link, Value};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// More files than this for one language help nobody.
const MOST_SHARDS: usize = 2048;
const MOST_PACKS: usize = 4096;
/// Up to so many records the whole index stands on the search page itself.
pub const INDEX_IN_PAGE: usize = 240;
/// So many titles a page of a shelf shows.
pub const PER_SHELF_PAGE: usize = 600;

/// A part of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What every question needs: counts, names, where each term is.
    Head,
    /// What some questions need: traditional characters, syllables.
    More,
    /// Titles for suggestions.
    Titles,
    /// The dates of all documents, for the order by date.
    Dates,
    /// A part of the terms.
    Shard(usize),
    /// A few documents.
    Pack(usize),
}

impl Part {
    /// The name of its file.
    pub fn file(self) -> String {
        match self {
            Part::Head => "head.js".to_string(),
            Part::More => "more.js".to_string(),
            Part::Titles => "titles.js".to_string(),
            Part::Dates => "dates.js".to_string(),
            Part::Shard(n) => format!("t{n}.js"),
            Part::Pack(n) => format!("d{n}.js"),
        }
    }
}

/// Does the site have a search?
pub fn is_on(catalog: &Catalog, lang: Lang) -> bool {
    !catalog.site.search.off && has_script(catalog) && count(catalog, lang) > 0
}

/// How many documents a language has.
pub fn count(catalog: &Catalog, lang: Lang) -> usize {
    catalog.lists.iter().filter(|((_, of), _)| *of == lang).map(|(_, list)| list.len()).sum()
}

/// How many files the terms of so many documents are split into.
pub fn shards(documents: usize) -> usize {
    (documents / 9).max(1).next_power_of_two().min(MOST_SHARDS)
}

/// How many documents one file holds.
pub fn per_pack(documents: usize) -> usize {
    documents.div_ceil(MOST_PACKS).max(3)
}

/// All parts of the search of a language.
pub fn parts(catalog: &Catalog, lang: Lang) -> Vec<Part> {
    let documents = count(catalog, lang);
    let mut parts = vec![Part::Head, Part::More, Part::Titles, Part::Dates];
    parts.extend((0..shards(documents)).map(Part::Shard));
    parts.extend((0..documents.div_ceil(per_pack(documents))).map(Part::Pack));
    parts
}

/// `search/zh.<hash>/`: the name changes whenever the content, what of it is public, or the tool does.
pub fn folder(catalog: &Catalog, lang: Lang) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(&catalog.digest);
    hash.update([u8::from(catalog.portable), u8::from(catalog.drafts)]);
    for entry in &catalog.entries {
        hash.update(&*entry.id.id);
        hash.update([0, entry.of as u8, entry.state as u8]);
    }
    let word: String = hash.finalize().iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    format!("search/{}.{word}/", lang.code())
}

/// The documents of a language by type and by the record above them, and in the order of their list below that. Each
/// comes with that record: a record that others lie in counts as lying in itself.
pub fn documents(catalog: &Catalog, lang: Lang) -> Vec<(EntryIx, Option<EntryIx>)> {
    let mut above: HashMap<EntryIx, Option<EntryIx>> = HashMap::new();
    let mut rank: HashMap<EntryIx, usize> = HashMap::new();
    let lists: Vec<&Vec<EntryIx>> = catalog.lists.iter().filter(|((_, of), _)| *of == lang).map(|(_, list)| list).collect();
    for (at, &ix) in lists.iter().copied().flatten().enumerate() {
        rank.insert(ix, at);
        above.insert(ix, parent(catalog, ix, lang));
    }
    let parents: Vec<EntryIx> = above.values().flatten().copied().collect();
    for ix in parents {
        above.insert(ix, Some(ix));
    }
    let mut found = Vec::with_capacity(rank.len());
    for list in lists {
        let mut of_type: Vec<(EntryIx, Option<EntryIx>)> = list.iter().map(|&ix| (ix, above.get(&ix).copied().flatten())).collect();
        of_type.sort_by_key(|(_, parent)| parent.map_or(usize::MAX, |parent| rank.get(&parent).copied().unwrap_or(usize::MAX - 1)));
        found.extend(of_type);
    }
    found
}

fn parent(catalog: &Catalog, ix: EntryIx, lang: Lang) -> Option<EntryIx> {
    match catalog.role(&catalog.entries[ix], Role::Parent)? {
        // What lies above its own kind (a policy above its interpretation) is no place to look in.
        Value::Link(Link::Record(id)) => catalog
            .find(id, lang)
            .filter(|&above| catalog.entries[above].lang == lang && catalog.entries[above].of != catalog.entries[ix].of),
        _ => None,
    }
}

/// The readings of the theme and of the site.
pub fn readings(catalog: &Catalog) -> Readings {
    Readings::new(catalog.theme.search.readings.iter().chain(&catalog.site.search.readings))
}

/// A part of the complete index of titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shelf {
    /// All records of a type; the index of the type.
    Section(usize),
    /// All titles that begin with a letter, as they are read aloud; `#` for those without one.
    Letter(char),
}

/// Every shelf with its records in the order of their titles' list or reading.
pub fn shelved(catalog: &Catalog, lang: Lang) -> BTreeMap<Shelf, Vec<EntryIx>> {
    let readings = readings(catalog);
    // What no template names is not made.
    let by_letter = catalog.theme.named.has("letters");
    let mut shelves: BTreeMap<Shelf, Vec<EntryIx>> = BTreeMap::new();
    let mut letters: BTreeMap<char, Vec<(String, EntryIx)>> = BTreeMap::new();
    for ((of, _), list) in catalog.lists.iter().filter(|((_, of), _)| *of == lang) {
        shelves.insert(Shelf::Section(*of), list.clone());
        for &ix in list.iter().filter(|_| by_letter) {
            let title = &catalog.entries[ix].title;
            letters.entry(readings.letter(title)).or_default().push((readings.key(title), ix));
        }
    }
    for (letter, mut list) in letters {
        list.sort();
        shelves.insert(Shelf::Letter(letter), list.into_iter().map(|(_, ix)| ix).collect());
    }
    shelves
}

/// The shelves that have pages of their own, with how many titles each holds: none where the index stands in the page.
pub fn shelves(catalog: &Catalog, lang: Lang) -> Vec<(Shelf, usize)> {
    if !is_split(catalog, lang) {
        return Vec::new();
    }
    shelved(catalog, lang).into_iter().map(|(shelf, list)| (shelf, list.len())).collect()
}

/// Is the index too long for the search page?
pub fn is_split(catalog: &Catalog, lang: Lang) -> bool {
    has_script(catalog) && count(catalog, lang) > INDEX_IN_PAGE
}

/// The address of a shelf.
pub fn shelf_url(catalog: &Catalog, lang: Lang, shelf: Shelf) -> PageUrl {
    let name = match shelf {
        Shelf::Section(of) => catalog.schemas.types[of].folder.clone(),
        Shelf::Letter('#') => "0".to_string(),
        Shelf::Letter(letter) => letter.to_ascii_lowercase().to_string(),
    };
    page_url(catalog, lang, &format!("search/index/{name}"))
}

/// A theme without the script has a plain page of titles and no search.
fn has_script(catalog: &Catalog) -> bool {
    catalog.theme.scripts.iter().any(|script| script.file.as_ref().is_some_and(|file| file.name() == "search.js"))
}
