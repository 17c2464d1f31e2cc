//! The words of the search: what stands for what, how it is read, what is often sought. A site says it in `site.yaml`,
//! a theme in `search.yaml`; both are read with the grammar of the field `search` of `site.yaml`.

use super::check;
use super::keys::KeyTable;
use super::record::Reader;
use super::theme::Sources;
use crate::diagnostic::{Diagnostics, SitePath, messages};
use crate::source::{encoding, yaml};
use crate::value::{Fields, Held, Lang, Value, Zone};

/// The words of one place.
#[derive(Debug, Clone, Default)]
pub struct SearchWords {
    /// Is there no search at all?
    pub off: bool,
    /// What is offered below the box.
    pub hot: Vec<String>,
    /// Words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Chinese words with their syllables, as many as characters.
    pub readings: Vec<(String, Vec<String>)>,
}

/// Reads the field.
pub fn words(field: Option<&Held>, file: &SitePath, diagnostics: &mut Diagnostics) -> SearchWords {
    match field.map(|held| &held.value) {
        Some(Value::Group(fields)) => of_fields(fields, file, diagnostics),
        _ => SearchWords::default(),
    }
}

/// Reads the theme's file, where it has one.
pub fn of_theme(sources: &Sources<'_>, diagnostics: &mut Diagnostics) -> SearchWords {
    let Some((_, file, bytes)) = sources.under("search.yaml").next() else { return SearchWords::default() };
    let Some(text) = encoding::decode(file, bytes, diagnostics) else { return SearchWords::default() };
    let Some(node) = yaml::parse(file, &text, 1, diagnostics) else { return SearchWords::default() };
    let grammar = super::site::grammar();
    let Some(group) = grammar.field("search") else { return SearchWords::default() };
    let zone = Zone::shanghai();
    let reader = Reader { file, zone: &zone, lang: Lang::Zh, in_cells: false, sample: false };
    let fields = reader.fields(&node, &group.fields, &KeyTable::new(&group.fields), "", diagnostics);
    check::bounds(&fields, &group.fields, file, "", diagnostics);
    of_fields(&fields, file, diagnostics)
}

fn of_fields(fields: &Fields, file: &SitePath, diagnostics: &mut Diagnostics) -> SearchWords {
    let mut words = SearchWords { off: matches!(fields.value("off"), Some(Value::Flag(true))), ..SearchWords::default() };
    let texts = |key: &str| {
        let all = fields.all(key).into_iter();
        all.filter_map(|held| if let Value::Text(text) = &held.value { Some((text.clone(), held.spot)) } else { None }).collect::<Vec<_>>()
    };
    let sides = |text: &str| text.split(['=', '＝']).map(|side| side.trim().to_string()).collect::<Vec<String>>();
    words.hot = texts("hot").into_iter().map(|(text, _)| text).collect();
    words.synonyms = texts("synonyms").into_iter().map(|(text, _)| sides(&text)).collect();
    for (text, spot) in texts("readings") {
        // A text without a sign between its sides was reported with its pattern.
        let [word, said] = sides(&text).try_into().unwrap_or_default();
        let said: Vec<String> = said.split_whitespace().map(|syllable| syllable.replace('ü', "v")).collect();
        let (characters, syllables) = (word.chars().count(), said.len());
        if characters == syllables {
            words.readings.push((word, said));
        } else if !said.is_empty() {
            diagnostics.push(messages::read::reading_count(spot.at(file).in_field("readings"), &word, characters, syllables));
        }
    }
    words
}
