//! Tells a type to machines and people: JSON Schema of the public data, columns of tables.

use super::{Field, Privacy, Schemas, Type};
use crate::value::{Kind, Lang};
use serde_json::{Map, Value as Json, json};

/// A column of a flat table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The dotted path; fields of the rows begin with the key of their group.
    pub path: String,
    /// What people call it.
    pub label: String,
}

/// The columns of a type: every public field, groups dotted, the rows of a finder spread out.
pub fn columns(of: &Type) -> Vec<Column> {
    let mut columns = Vec::new();
    flat(&of.fields, "", "", of.rows.as_deref(), &mut columns);
    columns
}

fn flat(fields: &[Field], prefix: &str, label: &str, rows: Option<&str>, columns: &mut Vec<Column>) {
    for field in fields.iter().filter(|field| field.privacy != Privacy::Private) {
        let path = if prefix.is_empty() { field.key.to_string() } else { format!("{prefix}.{}", field.key) };
        let label = format!("{label}{}", field.label.zh);
        let spread = field.kind == Kind::Group && (!field.many || rows == Some(&*field.key));
        if spread {
            flat(&field.fields, &path, &format!("{label}·"), None, columns);
        } else {
            columns.push(Column { path, label });
        }
    }
}

/// The JSON Schema (2020-12) of `/data/<folder>.json`.
pub fn json_schema(of: &Type, schemas: &Schemas) -> Json {
    let mut record = object(&of.fields, schemas);
    record["properties"]["id"] = json!({"type": "string"});
    record["properties"]["url"] = json!({"type": "string"});
    record["properties"]["standing"] = json!({"type": "string"});
    if let Some(given) = record["required"].as_array_mut() {
        given.extend(["id".into(), "url".into(), "standing".into()]);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": of.label.en,
        "x-label": of.label.zh,
        "type": "object",
        "required": ["type", "total", "records"],
        "properties": {
            "type": {"const": &*of.name},
            "total": {"type": "integer"},
            "records": {"type": "array", "items": record},
        },
    })
}

fn object(fields: &[Field], schemas: &Schemas) -> Json {
    let public = fields.iter().filter(|field| field.privacy != Privacy::Private);
    let properties: Map<String, Json> = public.map(|field| (field.key.to_string(), property(field, schemas))).collect();
    // A record that is public has them: what is required was checked when it was read.
    let given: Vec<&str> =
        fields.iter().filter(|field| field.required && field.privacy == Privacy::Public).map(|field| &*field.key).collect();
    json!({"type": "object", "properties": properties, "required": given})
}

fn property(field: &Field, schemas: &Schemas) -> Json {
    let mut one = match &field.kind {
        Kind::Integer => json!({"type": "integer"}),
        Kind::Decimal | Kind::Percent => json!({"type": "number"}),
        Kind::Quantity(unit) => json!({"type": "number", "x-unit": unit.label(Lang::Zh)}),
        Kind::Money(per) => json!({"type": "object", "x-unit": per.label(Lang::Zh), "properties": {
            "amount": {"type": "number"}, "from": {"type": "number"}, "to": {"type": "number"},
            "word": {"enum": ["negotiable", "tender"]}, "unit": {"type": "string"}}}),
        Kind::Choice(choices) => json!({"enum": choices.iter().map(|choice| choice.key.as_str()).collect::<Vec<_>>()}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Date => json!({"type": "string", "format": "date"}),
        Kind::Range(_) => {
            json!({"type": "object", "properties": {"min": {"type": ["number", "null"]}, "max": {"type": ["number", "null"]}}})
        }
        Kind::Dates(_) | Kind::Image | Kind::File | Kind::Place => json!({"type": "object"}),
        Kind::Group => object(&field.fields, schemas),
        _ => json!({"type": "string"}),
    };
    limits(&mut one, field);
    one["title"] = field.label.en.clone().into();
    one["x-label"] = field.label.zh.clone().into();
    if let Some(hint) = &field.hint {
        one["description"] = hint.en.clone().into();
    }
    if field.is_computed() {
        one["readOnly"] = true.into();
    }
    if field.many { json!({"type": "array", "items": one, "title": field.label.en, "x-label": field.label.zh}) } else { one }
}

/// What bounds a value, as far as JSON Schema has words for it.
fn limits(one: &mut Json, field: &Field) {
    let number = |limit: Option<crate::value::Decimal>| limit.map(crate::value::json::number);
    let words = match &field.kind {
        Kind::Integer | Kind::Decimal | Kind::Percent | Kind::Quantity(_) => ["minimum", "maximum"],
        Kind::Text => ["minLength", "maxLength"],
        _ => return,
    };
    for (word, limit) in words.into_iter().zip([field.bounds.min, field.bounds.max]) {
        if let Some(limit) = number(limit) {
            one[word] = limit;
        }
    }
}
