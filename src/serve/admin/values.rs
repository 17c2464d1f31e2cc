//! The tree of a record as the values of its form. Pure: node in, JSON out.
//!
//! What was typed stays as it is, but for what a control can only show in one way: choices by their key, days as
//! `2026-11-24`, flags as `true` and `false`. What cannot be read is shown as it was typed.

use crate::diagnostic::{Diagnostics, Said, SitePath};
use crate::read::keys::KeyTable;
use crate::schema::{Field, Role};
use crate::source::{Entry, Node, Shape};
use crate::value::number::plain;
use crate::value::{self, Decimal, Kind, Value, Zone, show, time};
use serde_json::{Map, Value as Json, json};

/// The values of one level by English keys. Every field that can be written has one; an empty one is `""`, `[]` or `{}`.
pub fn of(node: Option<&Node>, fields: &[Field], keys: &KeyTable, zone: &Zone) -> Map<String, Json> {
    let mut values = Map::new();
    for (index, field) in fields.iter().enumerate().filter(|(_, field)| !field.is_computed()) {
        let found = entry_of(node, index, keys).map(|entry| &entry.value);
        values.insert(field.key.to_string(), value(found, field, keys.group(index), zone));
    }
    values
}

/// The entry of a mapping that means a field.
pub fn entry_of<'n>(node: Option<&'n Node>, index: usize, keys: &KeyTable) -> Option<&'n Entry> {
    node?.map()?.iter().find(|entry| keys.find(&entry.key) == Some(index))
}

fn value(node: Option<&Node>, field: &Field, keys: Option<&KeyTable>, zone: &Zone) -> Json {
    if !field.many {
        return one(node, field, keys, zone);
    }
    match node.map(|node| &node.shape) {
        None | Some(Shape::Null) => json!([]),
        Some(Shape::List(items)) => items.iter().map(|item| one(Some(item), field, keys, zone)).collect(),
        // Keywords are written in one line: `标准厂房、飞地`.
        Some(Shape::Scalar(scalar)) if field.role == Some(Role::Keywords) => {
            scalar.text.split(['，', ',', '、', '；', ';']).map(str::trim).filter(|part| !part.is_empty()).map(Json::from).collect()
        }
        Some(_) => json!([one(node, field, keys, zone)]),
    }
}

fn one(node: Option<&Node>, field: &Field, keys: Option<&KeyTable>, zone: &Zone) -> Json {
    if field.kind == Kind::Group {
        return keys.map_or_else(|| json!({}), |keys| of(node, &field.fields, keys, zone).into());
    }
    let typed = node.and_then(Node::scalar).map(str::trim).unwrap_or_default();
    let read = node.filter(|node| !node.is_null() && is_shown_in_one_way(&field.kind)).and_then(|node| read(&field.kind, node, zone));
    match (&field.kind, read) {
        (Kind::Image | Kind::File, read) => media(node, read),
        (Kind::Place, Some(Value::Place(point))) => {
            json!({"lng": point.lng.to_string(), "lat": point.lat.to_string(), "crs": show::crs_name(point.crs)})
        }
        (Kind::Place, _) => place(node),
        (Kind::Dates(_), Some(Value::Dates(dates))) => {
            dates.into_iter().map(|(key, day)| (key, Json::from(day.to_string()))).collect::<Map<_, _>>().into()
        }
        (Kind::Dates(_), _) => json!({}),
        (_, Some(read)) => shown(&read).unwrap_or_else(|| typed.to_string()).into(),
        // Prose keeps its line ends inside, and blanks at its beginning may mean something.
        (Kind::Markdown, None) => node.and_then(Node::scalar).map(str::trim_end).unwrap_or_default().into(),
        _ => typed.into(),
    }
}

fn is_shown_in_one_way(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Choice(_)
            | Kind::Flag
            | Kind::Date
            | Kind::Month
            | Kind::DateTime
            | Kind::Range(_)
            | Kind::Dates(_)
            | Kind::Place
            | Kind::Image
            | Kind::File
    )
}

fn read(kind: &Kind, node: &Node, zone: &Zone) -> Option<Value> {
    let (file, label) = (SitePath::new(""), Said::default());
    let reading = value::Reading { file: &file, path: "", label: &label, zone, sample: false };
    let mut noted = Diagnostics::new();
    value::read(kind, node, &reading, &mut noted).filter(|_| !noted.has_errors())
}

fn shown(value: &Value) -> Option<String> {
    Some(match value {
        Value::Choice(key) => key.clone(),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Month(month) => format!("{:04}-{:02}", month.year, month.month),
        Value::Moment(moment) => time::minute(moment.local),
        Value::Range(from, to) if from == to => plain((*from)?),
        Value::Range(from, to) => {
            let side = |end: &Option<Decimal>| end.map(plain).unwrap_or_default();
            // A hyphen at an end would be a sign.
            let between = if from.is_some() && to.is_some() { "-" } else { "~" };
            format!("{}{between}{}", side(from), side(to))
        }
        _ => return None,
    })
}

/// The parts of a picture or an attachment; those of a spoilt one as far as they can be told.
fn media(node: Option<&Node>, read: Option<Value>) -> Json {
    let Some(Value::Media(media)) = read else {
        let part = |words: &[&str]| {
            let found = words.iter().find_map(|word| node?.get(word)?.scalar());
            found.unwrap_or_default().trim().to_string()
        };
        let src = node.and_then(Node::scalar).map_or_else(|| part(&["src", "图片", "文件", "路径"]), |text| text.trim().to_string());
        let (alt, caption) = (part(&["alt", "替代文字", "图片说明"]), part(&["caption", "title", "标题", "说明", "图注"]));
        return json!({"src": src, "alt": alt, "caption": caption, "credit": part(&["credit", "来源", "作者", "摄影"]), "licence": part(&["licence", "license", "许可", "授权"])});
    };
    let text = |text: Option<String>| text.unwrap_or_default();
    json!({"src": media.src, "alt": media.alt, "caption": text(media.caption), "credit": text(media.credit), "licence": text(media.licence)})
}

fn place(node: Option<&Node>) -> Json {
    let part = |words: &[&str]| words.iter().find_map(|word| node?.get(word)?.scalar()).unwrap_or_default().trim().to_string();
    let (lng, lat) = (part(&["lng", "lon", "经度", "longitude"]), part(&["lat", "纬度", "latitude"]));
    json!({"lng": lng, "lat": lat, "crs": part(&["crs", "坐标系", "系统"])})
}

/// Is a value of a form empty, so that the field is absent? Marks that begin with `_` are no values.
pub fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(items) => items.iter().all(is_empty),
        Json::Object(parts) => parts.iter().filter(|(key, _)| !key.starts_with('_')).all(|(_, part)| is_empty(part)),
        _ => false,
    }
}
