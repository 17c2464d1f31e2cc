//! A type as a form: what a page must know to draw the fields of a record. Pure: schema in, JSON out.

use crate::diagnostic::Said;
use crate::schema::{Field, Privacy, Role, Type};
use crate::value::{Choice, Kind, Lang};
use serde_json::{Value as Json, json};

/// A sentence in both languages.
pub fn said(text: &Said) -> Json {
    json!({"zh": text.in_tongue(crate::diagnostic::Tongue::Zh), "en": text.in_tongue(crate::diagnostic::Tongue::En)})
}

/// The form of a type.
pub fn of(schema: &Type) -> Json {
    let key = |role| schema.with_role(role).map(|field| field.key.to_string());
    let sections: Vec<Json> = schema.sections.iter().map(|section| json!({"key": section.key, "label": said(&section.label)})).collect();
    json!({
        "type": &*schema.name,
        "label": said(&schema.label),
        "folder": schema.folder,
        "nested": schema.at_root,
        "title": key(Role::Title),
        "body": key(Role::Body),
        "state": key(Role::State),
        "sample": key(Role::Sample),
        "date": key(Role::Date),
        "summary": key(Role::Summary),
        "cover": key(Role::Cover),
        "withdrawal": key(Role::Withdrawal),
        "rows": schema.rows,
        "sections": sections,
        "states": schema.with_role(Role::State).map(|field| choices(&field.kind)),
        "fields": fields(&schema.fields),
    })
}

fn fields(fields: &[Field]) -> Vec<Json> {
    fields.iter().filter(|field| !field.is_computed()).map(field).collect()
}

fn field(field: &Field) -> Json {
    let unit = |lang| field.kind.unit_label(lang);
    let mut shown = json!({
        "key": &*field.key,
        "kind": field.kind.name(),
        "label": said(&field.label),
        "required": field.required,
        "perhaps": !field.required_when.is_empty(),
        "private": field.privacy == Privacy::Private || crate::read::is_private_key(&field.key),
        "limited": matches!(field.privacy, Privacy::PublicWhen(_) | Privacy::PublicWithin(_)),
        "many": field.many,
    });
    let mut put = |key: &str, value: Json| shown[key] = value;
    if let Some(hint) = &field.hint {
        put("hint", said(hint));
    }
    // Fields that every type has stand behind those of its own.
    put("common", (field.place.file.name() == "_common.yaml").into());
    if let Some(section) = &field.section {
        put("section", section.clone().into());
    }
    if !unit(Lang::Zh).is_empty() {
        put("unit", json!({"zh": unit(Lang::Zh), "en": unit(Lang::En)}));
    }
    if let Some(example) = &field.example {
        put("example", example.clone().into());
    }
    for (key, bound) in [("min", field.bounds.min), ("max", field.bounds.max)] {
        if let Some(bound) = bound {
            put(key, bound.normalize().to_string().into());
        }
    }
    for (key, bound) in [("least", field.bounds.least), ("most", field.bounds.most)] {
        if let Some(bound) = bound {
            put(key, bound.into());
        }
    }
    match &field.kind {
        Kind::Choice(_) | Kind::Dates(_) => put("choices", choices(&field.kind)),
        Kind::Link { to, or_text, .. } => {
            put("to", to.clone().into());
            put("text", (*or_text).into());
        }
        Kind::Group => {
            put("fields", fields(&field.fields).into());
            put("item", field.item_key.clone().into());
        }
        _ => {}
    }
    shown
}

fn choices(kind: &Kind) -> Json {
    let (Kind::Choice(list) | Kind::Dates(list)) = kind else { return Json::Null };
    list.iter().map(|Choice { key, label, .. }| json!({"key": key, "label": said(label)})).collect()
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::diagnostic::Diagnostics;
    use crate::project::Snapshot;

    #[test]
    fn every_kind_says_what_its_control_needs_and_computed_fields_have_none() {
        let mut noted = Diagnostics::new();
        let snapshot = Snapshot::from_texts([
            ("content/site.yaml", "title: 甲\n".as_bytes()),
            (
                "content/_types/hall.yaml",
                "type: hall\nlabel: {zh: 厅, en: Hall}\nfolder: halls\nfields:\n  area: {kind: quantity, unit: m2, min: 1, required: true, label: {zh: 面积, en: Area}}\n  internal_note: {kind: text, label: {zh: 备注, en: Note}}\n  use: {kind: choice, label: {zh: 用途, en: Use}, of: {a: {zh: 甲, en: A}}}\n  rooms: {kind: group, many: true, key: no, label: {zh: 间, en: Rooms}, fields: {no: {kind: text, label: {zh: 号, en: No}}}}\n  double: {kind: decimal, derive: {ratio: [area, area]}, label: {zh: 比, en: Ratio}}\n".as_bytes(),
            ),
        ]);
        let project = crate::read::project(&snapshot, &mut noted).expect("a site");
        let form = of(project.schemas.named("hall").expect("its type"));
        let field = |key: &str| form["fields"].as_array().and_then(|list| list.iter().find(|one| one["key"] == key)).cloned();
        let area = field("area").expect("the area");
        assert_eq!((&area["unit"]["zh"], &area["min"], &area["required"]), (&"㎡".into(), &"1".into(), &true.into()));
        assert_eq!(field("internal_note").expect("the note")["private"], true);
        assert_eq!(field("use").expect("the use")["choices"][0]["label"]["en"], "A");
        assert_eq!(field("rooms").expect("the rooms")["fields"][0]["key"], "no");
        assert_eq!(field("double"), None, "nobody writes a computed value");
        assert!(form["state"] == "state" && form["states"].as_array().is_some_and(|list| list.len() == 6));
    }
}
