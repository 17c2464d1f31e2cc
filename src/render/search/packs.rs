//! The documents as results show them, a few to a file; their titles; their dates.

use crate::render::views::{card, facts, in_lang};
use crate::resolve::{Catalog, Entry, EntryIx};
use crate::schema::{Role, Show};
use crate::value::{self, Decimal, Kind, Lang, Money, Price, Value};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// So many characters of a document are kept for excerpts.
const EXCERPT: usize = 400;
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
    let own = card.facts.iter().map(|fact| (fact.label.clone(), facts::joined(&fact.pieces, entry.lang)));
    let shown = row_facts(catalog, entry).into_iter().chain(own).take(FACTS).map(|(label, value)| json!([label, value]));
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

/// What the rows of a record offer, each number from its least to its most: areas, heights, rents.
fn row_facts(catalog: &Catalog, entry: &Entry) -> Vec<(String, String)> {
    let schema = catalog.type_of(entry);
    let Some(group) = schema.rows.as_deref().and_then(|rows| schema.field(rows)) else { return Vec::new() };
    let shown = group.fields.iter().filter(|field| field.shows(Show::Card));
    shown
        .filter_map(|field| {
            let all = entry.fields.all(&format!("{}.{}", group.key, field.key));
            let numbers: Vec<Decimal> = all.iter().flat_map(|held| ends(&held.value)).collect();
            let (least, most) = (*numbers.iter().min()?, *numbers.iter().max()?);
            let whole = match field.kind {
                Kind::Money(_) => {
                    let price = if least == most { Price::Fixed(least) } else { Price::Range(least, most) };
                    Value::Money(Money { price, typed: None })
                }
                Kind::Quantity(_) => Value::Range(Some(least), Some(most)),
                _ => return None,
            };
            Some((in_lang(&field.label, entry.lang).to_string(), value::show::show(&whole, &field.kind, entry.lang).text))
        })
        .collect()
}

fn ends(value: &Value) -> Vec<Decimal> {
    match value {
        Value::Money(Money { price: Price::Range(from, to), .. }) => vec![*from, *to],
        other => value::number::of(other).into_iter().collect(),
    }
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
