//! What is offered, as a script for the fit report: by type the checks and, for each of them, the values of all rows.
//!
//! What the script of a large finder holds already is not told again: the report reads it there.

use super::finder_rows::{self, plain};
use super::{in_lang, needs};
use crate::plan::needs::{Offered, data_path, offers};
use crate::plan::{ROWS_IN_PAGE, facets, finder_data_path, list_url};
use crate::resolve::Catalog;
use crate::resolve::rows::{self, Row};
use crate::schema::needs::{Compare, Comparison, Question, SELF, field_of_row};
use crate::schema::{Field, Test, Type};
use crate::value::{Kind, Lang, Value};
use serde_json::{Map, Value as Json, json};

/// The scripts of the page, below the root.
pub fn scripts(catalog: &Catalog, lang: Lang) -> Vec<String> {
    let large = offers(catalog, lang).into_iter().filter(|offer| is_large(catalog, offer.of, lang));
    large.map(|offer| finder_data_path(catalog, offer.of, lang)).chain([data_path(catalog, lang)]).collect()
}

/// Does the finder of a type keep its rows in a script?
fn is_large(catalog: &Catalog, of: usize, lang: Lang) -> bool {
    let schema = &catalog.schemas.types[of];
    let list = catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice);
    schema.finder.is_some() && rows::count(list, catalog, schema) > ROWS_IN_PAGE
}

/// The script.
pub fn data_script(catalog: &Catalog, lang: Lang) -> Vec<u8> {
    let types: Vec<Json> = offers(catalog, lang).iter().map(|offer| of_type(catalog, offer, lang)).collect();
    // `<` cannot end a script element in a file of its own; it is escaped all the same, so that it never can.
    format!("window.parkpressFit={};\n", Json::Array(types).to_string().replace('<', "\\u003c")).into_bytes()
}

fn of_type(catalog: &Catalog, offer: &Offered<'_>, lang: Lang) -> Json {
    let schema = &catalog.schemas.types[offer.of];
    let large = is_large(catalog, offer.of, lang);
    let known = if large { finder_rows::fields_of(schema) } else { Vec::new() };
    let mut columns: Map<String, Json> = Map::new();
    let mut checks = Vec::new();
    for question in &catalog.theme.needs.questions {
        let Some(one) = question.of(&schema.name) else { continue };
        let (mut check, column) = check(catalog, schema, question, one, offer, lang);
        let key = one.fields.join("+");
        // A column of the finder's script has the same key and the same values.
        if one.test == Compare::Named || one.fields.len() > 1 || !known.iter().any(|field| *field.key == *key) {
            check["column"] = format!("{}.{key}", question.key).into();
            columns.insert(format!("{}.{key}", question.key), column);
        } else {
            check["column"] = key.into();
        }
        checks.push(check);
    }
    let mut data = json!({
        "of": schema.folder,
        "label": needs::title(schema, lang),
        "list": list_url(catalog, offer.of, lang).link(catalog.portable),
        "checks": checks,
        "values": columns,
        "always": always(catalog, schema),
    });
    if large {
        data["at"] = offer.rows.iter().map(|(at, _)| *at).collect();
        return data;
    }
    let views: Vec<finder_rows::RowView> = offer.rows.iter().map(|(_, row)| finder_rows::row_of(catalog, schema, row, &[], lang)).collect();
    data["path"] = views.iter().map(|row| row.path.as_str()).collect();
    data["title"] = views.iter().map(|row| row.title.as_str()).collect();
    data["key"] = views.iter().map(|row| row.key.as_str()).collect();
    data["parent"] = views.iter().map(|row| if row.named { "" } else { row.parent.as_str() }).collect();
    data
}

/// What of the condition on offers the finder can filter, so that a link to it shows the same rows.
fn always(catalog: &Catalog, schema: &Type) -> Vec<(String, String)> {
    let group = schema.rows.as_deref().unwrap_or_default();
    let offer = catalog.theme.needs.offers.iter().find(|offer| *offer.of == *schema.name);
    let mut pairs = Vec::new();
    for condition in offer.map_or(&[][..], |offer| offer.when.as_slice()) {
        let key = condition.path_within(group);
        if let (Test::Is(words), true) = (&condition.test, facets::filters(schema).iter().any(|field| *field.key == *key)) {
            pairs.extend(words.iter().map(|word| (key.clone(), word.clone())));
        }
    }
    pairs
}

/// How a question is compared with the rows of a type, and the values of all of them.
fn check(catalog: &Catalog, schema: &Type, question: &Question, one: &Comparison, offer: &Offered<'_>, lang: Lang) -> (Json, Json) {
    let fields: Vec<&Field> = one.fields.iter().filter_map(|path| field_of_row(schema, path)).collect();
    let label = fields.first().filter(|_| one.fields.len() == 1).map_or(&question.label, |field| &field.label);
    let filter = fields.first().filter(|field| one.fields.len() == 1 && facets::filters(schema).iter().any(|known| known.key == field.key));
    let mut check =
        json!({ "question": question.key, "test": one.test.word(), "label": in_lang(label, lang), "unit": question.kind.unit_label(lang) });
    if let Some(field) = filter {
        check["filter"] = field.key.as_ref().into();
    }
    if one.test == Compare::Named {
        let (column, texts) = named(question, one, offer);
        check["texts"] = texts;
        return (check, column);
    }
    let values: Vec<Vec<&Value>> = offer.rows.iter().map(|(_, row)| one.fields.iter().flat_map(|path| at(row, path)).collect()).collect();
    let words: Map<String, Json> = match fields.first().map(|field| &field.kind) {
        Some(Kind::Choice(choices)) => choices.iter().map(|choice| (choice.key.clone(), in_lang(&choice.label, lang).into())).collect(),
        Some(Kind::Link { .. }) => fields.first().map(|field| titles(catalog, field, &values, lang)).unwrap_or_default(),
        None => offer
            .rows
            .iter()
            .map(|(_, row)| (catalog.entries[row.entry].id.id.to_string(), catalog.entries[row.entry].title.clone().into()))
            .collect(),
        _ => Map::new(),
    };
    if !words.is_empty() {
        check["words"] = words.into();
    }
    if let Some(means) = means(question, one.test, fields.first().map(|field| &field.kind)) {
        check["means"] = means;
    }
    let is_self = one.fields.iter().any(|path| path == SELF);
    let column = offer.rows.iter().zip(&values).map(|((_, row), values)| {
        let plain: Vec<Json> = values.iter().filter_map(|value| plain(value)).collect();
        match plain.len() {
            0 if is_self => catalog.entries[row.entry].id.id.to_string().into(),
            0 => Json::Null,
            1 => plain.into_iter().next().unwrap_or_default(),
            _ => plain.into(),
        }
    });
    (check, column.collect())
}

/// The values of a row at a path: the item's win over the record's, and a path may go through lists.
fn at<'a>(row: &Row<'a>, path: &str) -> Vec<&'a Value> {
    match row.item.and_then(|item| item.value(path)) {
        Some(value) => vec![value],
        None => row.record.all(path).into_iter().map(|held| &held.value).collect(),
    }
}

fn titles(catalog: &Catalog, field: &Field, values: &[Vec<&Value>], lang: Lang) -> Map<String, Json> {
    let all = values
        .iter()
        .flatten()
        .filter_map(|value| Some((plain(value)?.as_str()?.to_string(), needs::shown(catalog, value, field, lang).into())));
    all.collect()
}

/// What an answer means in the words of the field, where it is more or other than the word itself: synonyms of a choice,
/// or everything at or before it in the order of the choices.
fn means(question: &Question, test: Compare, kind: Option<&Kind>) -> Option<Json> {
    let Some(Kind::Choice(words)) = kind else { return None };
    let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
    let of = |nth: usize, key: &str, also: &[String]| -> Vec<String> {
        match test {
            Compare::AtMost => keys.iter().take(nth + 1).map(|key| (*key).to_string()).collect(),
            Compare::AtLeast => keys.iter().skip(nth).map(|key| (*key).to_string()).collect(),
            _ => {
                std::iter::once(key).chain(also.iter().map(String::as_str)).filter(|word| keys.contains(word)).map(str::to_string).collect()
            }
        }
    };
    let all = question.choices().iter().enumerate().map(|(nth, choice)| (choice.key.clone(), of(nth, &choice.key, &choice.also)));
    let all: Vec<(String, Vec<String>)> = all.collect();
    let same = all.iter().all(|(key, words)| words.len() == 1 && words[0] == *key);
    (!same).then(|| all.into_iter().map(|(key, words)| (key, words.into())).collect::<Map<String, Json>>().into())
}

/// Texts that name choices: each text once with what it names and what it refuses, and for every row which text.
fn named(question: &Question, one: &Comparison, offer: &Offered<'_>) -> (Json, Json) {
    let mut texts: Vec<(String, String)> = Vec::new();
    let joined = |row: &Row<'_>, paths: &[String]| {
        let all = paths.iter().flat_map(|path| at(row, path)).flat_map(list);
        all.filter_map(|value| if let Value::Text(text) = value { Some(text.as_str()) } else { None }).collect::<Vec<&str>>().join("、")
    };
    let column: Vec<Json> = offer
        .rows
        .iter()
        .map(|(_, row)| {
            let pair = (joined(row, &one.fields), joined(row, &one.refused));
            if pair == (String::new(), String::new()) {
                return Json::Null;
            }
            let at = texts.iter().position(|known| *known == pair).unwrap_or_else(|| {
                texts.push(pair);
                texts.len() - 1
            });
            at.into()
        })
        .collect();
    let told = texts.iter().map(|(named, refused)| json!([named, refused, names(question, named), names(question, refused)]));
    (column.into(), told.collect())
}

fn list(value: &Value) -> Vec<&Value> {
    if let Value::List(items) = value { items.iter().map(|item| &item.value).collect() } else { vec![value] }
}

/// The choices that a text names by their label or a synonym.
fn names(question: &Question, text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let says = |word: &String| !word.is_empty() && text.contains(&word.to_lowercase());
    let named = question.choices().iter().filter(|choice| [&choice.label.zh, &choice.label.en].into_iter().chain(&choice.also).any(says));
    named.map(|choice| choice.key.clone()).collect()
}
