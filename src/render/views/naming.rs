//! The names under which values are counted and grouped, and their order.

use super::facts::{Reader, joined};
use super::in_lang;
use crate::resolve::Catalog;
use crate::schema::Field;
use crate::value::{Held, Kind, Lang, Value, time};

/// Where a name stands among the others: as its choice says, in time, or as it comes; what is not given comes last.
#[derive(Debug, Clone, PartialEq, PartialOrd, Eq, Ord)]
#[allow(missing_docs, reason = "the words are those of the sentence above")]
pub enum Rank {
    First,
    Choice(usize),
    Time(String),
    Plain,
    Missing,
}

/// A name with its rank.
pub type Name = (Rank, String);

/// The names under which a value is counted; dates count under their year, dates of stages under every stage reached.
pub fn names(catalog: &Catalog, field: &Field, held: Option<&Held>, lang: Lang) -> Vec<Name> {
    let Some(held) = held else { return vec![(Rank::Missing, catalog.word("missing", lang))] };
    let reader = Reader { catalog, lang };
    let one = |value: &Value| {
        let year = time::sortable(value).and_then(|sortable| Some(sortable.get(..4)?.to_string()));
        match (value, year) {
            (_, Some(year)) => (Rank::Time(year.clone()), year),
            // A year is written as a text, and stands in time all the same.
            (Value::Text(text), None) if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) => {
                (Rank::Time(text.clone()), text.clone())
            }
            (Value::Choice(key), None) => {
                let choices = if let Kind::Choice(choices) = &field.kind { choices.as_slice() } else { &[] };
                let at = choices.iter().position(|choice| choice.key == *key).unwrap_or(usize::MAX);
                (Rank::Choice(at), joined(&reader.pieces(value, field), lang))
            }
            _ => (Rank::Plain, joined(&reader.pieces(value, field), lang)),
        }
    };
    match (&held.value, &field.kind) {
        // What has reached a stage has also passed those before it: each date counts.
        (Value::Dates(dates), Kind::Dates(choices)) => {
            let name = |(key, _): &(String, time::Day)| {
                let at = choices.iter().position(|choice| choice.key == *key)?;
                Some((Rank::Choice(at), in_lang(&choices[at].label, lang).to_string()))
            };
            dates.iter().filter_map(name).collect()
        }
        (Value::List(items), _) => items.iter().map(|item| one(&item.value)).collect(),
        (value, _) => vec![one(value)],
    }
}
