//! Open data: all public records of a type as JSON and as a table, and the schema of the JSON.

use crate::resolve::rows;
use crate::resolve::{Catalog, Entry};
use crate::schema::describe::{self, Column};
use crate::schema::{Field, Type};
use crate::value::{Fields, Value, json as value_json};
use rayon::prelude::*;
use serde_json::{Map, Value as Json, json};

/// So many records are turned into JSON at once, on all cores.
const LINES_AT_ONCE: usize = 256;

fn listed(catalog: &Catalog, of: usize) -> Vec<&Entry> {
    let list = catalog.lists.get(&(of, catalog.site.default_lang())).map_or(&[][..], Vec::as_slice);
    list.iter().map(|&ix| &catalog.entries[ix]).collect()
}

/// `/data/<folder>.json`.
pub fn json(catalog: &Catalog, of: usize) -> Vec<u8> {
    let schema = &catalog.schemas.types[of];
    let listed = listed(catalog, of);
    let head = json!({
        "type": &*schema.name,
        "label": {"zh": schema.label.zh, "en": schema.label.en},
        "schema": format!("data/schema/{}.json", schema.name),
        "at": catalog.at.rfc3339(&catalog.site.zone),
        "total": listed.len(),
    });
    // One line per record: small, quick to make, and a changed record is one changed line. A part at a time, so that a
    // large list is not in memory twice.
    let head = head.to_string();
    let mut text = format!("{},\"records\":[\n", head.strip_suffix('}').unwrap_or(&head));
    let mut lines: Vec<String> = Vec::new();
    for (at, part) in listed.chunks(LINES_AT_ONCE).enumerate() {
        part.par_iter().map(|entry| record(entry, schema).to_string()).collect_into_vec(&mut lines);
        text.push_str(if at > 0 { ",\n" } else { "" });
        text.push_str(&lines.join(",\n"));
    }
    text.push_str("\n]}\n");
    text.into_bytes()
}

fn record(entry: &Entry, schema: &Type) -> Json {
    let mut record = Map::new();
    record.insert("id".into(), entry.id.id.to_string().into());
    record.insert("url".into(), entry.url.link(false).into());
    // The field `state` is what was written; what follows from dates and corrections is said here.
    record.insert("standing".into(), entry.state.word().into());
    record.extend(object(&entry.fields, &schema.fields));
    if let Some(body) = &entry.body {
        record.insert("body".into(), body.text.clone().into());
    }
    Json::Object(record)
}

fn object(fields: &Fields, schema: &[Field]) -> Map<String, Json> {
    schema.iter().filter_map(|field| Some((field.key.to_string(), value(fields.value(&field.key)?, field)))).collect()
}

fn value(value: &Value, field: &Field) -> Json {
    match value {
        Value::Group(inner) => Json::Object(object(inner, &field.fields)),
        Value::List(items) => Json::Array(items.iter().map(|item| self::value(&item.value, field)).collect()),
        other => value_json::json(other, &field.kind),
    }
}

/// `/data/schema/<type>.json`.
pub fn schema(catalog: &Catalog, of: usize) -> Vec<u8> {
    format!("{:#}\n", describe::json_schema(&catalog.schemas.types[of], &catalog.schemas)).into_bytes()
}

/// `/data/<folder>.csv`: one line per finder row, with a BOM so that Excel reads Chinese.
pub fn csv(catalog: &Catalog, of: usize) -> Vec<u8> {
    let schema = &catalog.schemas.types[of];
    let columns = describe::columns(schema);
    let list = catalog.lists.get(&(of, catalog.site.default_lang())).map_or(&[][..], Vec::as_slice);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![0xEF, 0xBB, 0xBF]);
    // Writing into memory cannot fail.
    let mut write = |line: &[String]| drop(writer.write_record(line.iter().map(|cell| harmless(cell))));
    let head: Vec<String> =
        ["id", "url"].into_iter().chain(columns.iter().map(|column| column.path.as_str())).map(str::to_string).collect();
    write(&head);
    for row in rows::of(list, catalog, schema) {
        let entry = &catalog.entries[row.entry];
        let anchor = row.key.map(|key| format!("#u-{key}")).unwrap_or_default();
        let mut line = vec![entry.id.id.to_string(), format!("{}{anchor}", entry.url.link(false))];
        line.extend(columns.iter().map(|column| cell(column, schema, &row)));
        write(&line);
    }
    writer.into_inner().unwrap_or_default()
}

fn cell(column: &Column, schema: &Type, row: &rows::Row<'_>) -> String {
    let Some(field) = schema.field_at(&column.path) else { return String::new() };
    let in_rows = schema.rows.as_deref().and_then(|rows| column.path.strip_prefix(rows)).and_then(|rest| rest.strip_prefix('.'));
    let held = match in_rows {
        Some(inner) => row.item.and_then(|item| item.at(inner)),
        None => row.record.at(&column.path),
    };
    held.map(|held| text(&held.value, field)).unwrap_or_default()
}

fn text(value: &Value, field: &Field) -> String {
    match value {
        Value::List(items) => items.iter().map(|item| text(&item.value, field)).collect::<Vec<_>>().join("；"),
        Value::Group(inner) => {
            let parts = field.fields.iter().filter_map(|child| Some(format!("{}={}", child.key, text(inner.value(&child.key)?, child))));
            parts.collect::<Vec<_>>().join("，")
        }
        other => value_json::cell(other, &field.kind),
    }
}

/// A cell that a spreadsheet would run as a formula begins with an apostrophe instead. Plain negative numbers stay.
fn harmless(cell: &str) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) && cell.parse::<f64>().is_err();
    if risky { format!("'{cell}") } else { cell.to_string() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn cells_never_become_formulas() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(harmless("+86 597"), "'+86 597");
        assert_eq!(harmless("-12.5"), "-12.5");
        assert_eq!(harmless("0597-000-0001"), "0597-000-0001");
    }
}
