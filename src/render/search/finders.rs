//! What a question may say that a finder can filter: its number fields with their names and units, its choices.

use crate::plan::{facets, list_url};
use crate::render::views::in_lang;
use crate::resolve::Catalog;
use crate::schema::needs::Compare;
use crate::schema::{Field, Type};
use crate::value::{Decimal, Kind, Lang, Unit};
use serde_json::{Map, Value as Json, json};

/// The finders of a language that have rows.
pub fn views(catalog: &Catalog, lang: Lang) -> Vec<Json> {
    let types = catalog.schemas.types.iter().enumerate();
    let with_rows =
        types.filter(|(of, schema)| schema.finder.is_some() && catalog.lists.get(&(*of, lang)).is_some_and(|list| !list.is_empty()));
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
        Kind::Quantity(unit) => Some(number(catalog, schema, field, (label, unit.label(lang)), units(*unit))),
        Kind::Money(per) => {
            let shown = per.label(Lang::Zh);
            let unit = shown.split('/').next().unwrap_or_default().to_string();
            Some(number(catalog, schema, field, (label, &per.label(lang)), Map::from_iter([(unit, json!(1))])))
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

/// Is a number in a question the least there must be, or the most there may be? What people are asked about a field says
/// so; of a field that nobody is asked about, a price is the most it may cost.
fn side(catalog: &Catalog, schema: &Type, field: &Field) -> &'static str {
    match catalog.theme.needs.about(&schema.name, &field.key).map(|(_, one)| one.test) {
        Some(Compare::AtMost) => "max",
        Some(_) => "min",
        None if matches!(field.kind, Kind::Money(_)) => "max",
        None => "min",
    }
}

fn number(catalog: &Catalog, schema: &Type, field: &Field, (label, unit): (&str, &str), units: Map<String, Json>) -> Json {
    let limit = |limit: Option<Decimal>| limit.and_then(|limit| limit.normalize().to_string().parse::<f64>().ok());
    json!({
        "key": &*field.key,
        "label": label,
        "words": names(catalog, schema, field),
        "units": units,
        "unit": unit,
        "side": side(catalog, schema, field),
        "bounds": [limit(field.bounds.min.or(field.bounds.sane_min)), limit(field.bounds.max.or(field.bounds.sane_max))],
    })
}

/// Everything a field is called: its labels and synonyms, those of the record's own field of the same name, how people are
/// asked about it, and what the site says instead of a part of them (承重 for 荷载).
fn names(catalog: &Catalog, schema: &Type, field: &Field) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let add = |names: &mut Vec<String>, name: &str| {
        let name = name.to_lowercase();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    };
    for field in [Some(field), schema.field(&field.key)].into_iter().flatten() {
        [&field.label.zh, &field.label.en].into_iter().chain(&field.also).for_each(|name| add(&mut names, name));
    }
    if let Some((question, _)) = catalog.theme.needs.about(&schema.name, &field.key) {
        question.words().for_each(|word| add(&mut names, word));
    }
    for group in catalog.theme.search.synonyms.iter().chain(&catalog.site.search.synonyms) {
        if group.iter().any(|word| field.label.zh.contains(word.as_str())) {
            group.iter().for_each(|word| add(&mut names, word));
        }
    }
    names
}

/// The spellings of every unit of the same dimension, with how many of the field's unit one of them is. Nobody says
/// `吨/㎡` when the name of the field already says that it is a load: the part before the stroke will do. Units a thousand
/// times as large measure other things (kilometres are no height).
fn units(unit: Unit) -> Map<String, Json> {
    let mut found = Map::new();
    for (spelling, factor) in unit.spellings() {
        let Some(factor) = factor
            .round_dp(10)
            .normalize()
            .to_string()
            .parse::<f64>()
            .ok()
            .filter(|_| factor > Decimal::ZERO && factor < Decimal::ONE_THOUSAND)
        else {
            continue;
        };
        let short = spelling.split('/').next().unwrap_or_default().to_string();
        for word in [spelling, short] {
            found.entry(word).or_insert_with(|| json!(factor));
        }
    }
    found
}
