//! The documents as results show them, a few to a file; their titles; their dates.

use crate::render::views::{card, facts};
use crate::resolve::{Catalog, Entry, EntryIx};
use crate::schema::Role;
use crate::value::{self, Lang};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// So many characters of a document are kept for excerpts.
const EXCERPT: usize = 480;
/// So many characters of titles are offered while somebody types.
const TITLES: usize = 24_000;
/// So many facts a result shows.
const FACTS: usize = 6;

type Documents = [(EntryIx, Option<EntryIx>)];

/// A few documents: title, address, date, state, sample, facts, text.
pub fn pack(catalog: &Catalog, documents: &Documents) -> Json {
    Json::Array(documents.iter().map(|(ix, _)| document(catalog, *ix)).collect())
}

fn document(catalog: &Catalog, ix: EntryIx) -> Json {
    let entry = &catalog.entries[ix];
    let card = card::view(catalog, ix);
    let shown = card.facts.iter().take(FACTS).map(|fact| json!([fact.label, facts::joined(&fact.pieces, entry.lang)]));
    json!([
        card.title,
        card.path,
        card.date.map_or(String::new(), |(shown, _)| shown),
        card.state.map_or(String::new(), |state| catalog.word(&format!("state_{state}"), entry.lang)),
        u8::from(card.sample),
        shown.collect::<Vec<Json>>(),
        excerpt(entry),
    ])
}

/// The text that excerpts are cut from: the summary, where somebody wrote one, and the beginning of the prose.
fn excerpt(entry: &Entry) -> String {
    let body = entry.body.as_ref().map_or("", |body| body.text.as_str());
    let begins = entry.summary.trim_end_matches('…');
    let all = if body.contains(begins) { body.to_string() } else { format!("{}\n{body}", entry.summary) };
    let text: Vec<&str> = all.split_whitespace().collect();
    text.join(" ").chars().take(EXCERPT).collect()
}

/// Titles for suggestions: every title once, in the order of the documents, as far as they are short enough to load.
pub fn titles(catalog: &Catalog, documents: &Documents, lang: Lang) -> Json {
    let keywords = catalog.terms.get(&lang).into_iter().flatten().map(|term| term.name.as_str());
    let titles = documents.iter().map(|(ix, _)| catalog.entries[*ix].title.as_str());
    let (mut seen, mut length) = (BTreeSet::new(), 0);
    let mut found: Vec<&str> = Vec::new();
    for text in keywords.take(200).chain(titles) {
        length += text.chars().count();
        if length > TITLES {
            break;
        }
        if seen.insert(text) {
            found.push(text);
        }
    }
    json!(found)
}

/// The date of every document as a number that sorts, 0 where it has none.
pub fn dates(catalog: &Catalog, documents: &Documents) -> Json {
    let date = |entry: &Entry| {
        let said = [Role::Updated, Role::Date].into_iter().find_map(|role| catalog.role(entry, role))?;
        let digits: String = value::time::sortable(said)?.chars().filter(char::is_ascii_digit).take(8).collect();
        digits.parse::<u32>().ok()
    };
    json!(documents.iter().map(|(ix, _)| date(&catalog.entries[*ix]).unwrap_or(0)).collect::<Vec<u32>>())
}
