//! What a question may say that a finder can filter: its number fields with their names and units, its choices.

use crate::plan::{facets, list_url};
use crate::render::views::in_lang;
use crate::resolve::Catalog;
use crate::schema::{Field, Type};
use crate::value::{Decimal, Kind, Lang, Unit};
use serde_json::{Map, Value as Json, json};

/// The finders of a language that have rows.
pub fn views(catalog: &Catalog, lang: Lang) -> Vec<Json> {
    let types = catalog.schemas.types.iter().enumerate();
    let with_rows =
        types.filter(|(of, schema)| schema.rows.is_some() && catalog.lists.get(&(*of, lang)).is_some_and(|list| !list.is_empty()));
    with_rows
        .map(|(of, schema)| {
            json!({
                "title": in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang),
                "path": list_url(catalog, of, lang).link(catalog.portable),
                "fields": facets::filters(schema).into_iter().filter_map(|field| view(catalog, schema, field, lang)).collect::<Vec<Json>>(),
            })
        })
        .collect()
}

fn view(catalog: &Catalog, schema: &Type, field: &Field, lang: Lang) -> Option<Json> {
    let label = in_lang(&field.label, lang);
    match &field.kind {
        Kind::Quantity(unit) => Some(number(schema, field, label, units(*unit), unit.label(lang), "min")),
        // What something costs is asked as the most it may cost, everything else as the least there must be.
        Kind::Money(per) => {
            let shown = per.label(Lang::Zh);
            let unit = shown.split('/').next().unwrap_or_default().to_string();
            Some(number(schema, field, label, Map::from_iter([(unit, json!(1))]), &per.label(lang), "max"))
        }
        Kind::Choice(choices) => {
            let words = choices.iter().map(|choice| json!([choice.key, in_lang(&choice.label, lang)]));
            Some(json!({ "key": &*field.key, "label": label, "choices": words.collect::<Vec<Json>>() }))
        }
        Kind::Link { to, .. } => {
            let linked = to.iter().filter_map(|of| catalog.schemas.types.iter().position(|known| *known.name == *of));
            let entries = linked.filter_map(|of| catalog.lists.get(&(of, lang))).flatten().take(200);
            let words = entries.map(|&ix| json!([&*catalog.entries[ix].id.id, catalog.entries[ix].title]));
            Some(json!({ "key": &*field.key, "label": label, "choices": words.collect::<Vec<Json>>() }))
        }
        _ => None,
    }
}

fn number(schema: &Type, field: &Field, label: &str, units: Map<String, Json>, unit: &str, side: &str) -> Json {
    json!({ "key": &*field.key, "label": label, "words": names(schema, field), "units": units, "unit": unit, "side": side })
}

/// Everything a field is called: its labels and synonyms, and those of the record's own field of the same name.
fn names(schema: &Type, field: &Field) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for field in [Some(field), schema.field(&field.key)].into_iter().flatten() {
        for name in [&field.label.zh, &field.label.en].into_iter().chain(&field.also) {
            let name = name.to_lowercase();
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// The spellings of every unit of the same dimension, with how many of the field's unit one of them is. Nobody says
/// `吨/㎡` when the name of the field already says that it is a load: the part before the stroke will do.
fn units(unit: Unit) -> Map<String, Json> {
    let mut found = Map::new();
    for (spelling, factor) in unit.spellings() {
        let Some(factor) = factor.round_dp(10).normalize().to_string().parse::<f64>().ok().filter(|_| factor > Decimal::ZERO) else {
            continue;
        };
        let short = spelling.split('/').next().unwrap_or_default().to_string();
        for word in [spelling, short] {
            found.entry(word).or_insert_with(|| json!(factor));
        }
    }
    found
}
