//! Values for machines: JSON, and cells of a table.

use super::number::plain;
use super::{Decimal, Kind, Lang, Link, Price, Value, show, time};
use serde_json::{Value as Json, json};

/// An exact number: integers stay integers.
pub fn number(number: Decimal) -> Json {
    let number = number.round_dp(6).normalize();
    match (number.fract().is_zero(), i64::try_from(number)) {
        (true, Ok(whole)) => whole.into(),
        _ => number.to_string().parse::<f64>().map_or(Json::Null, Json::from),
    }
}

/// A value as JSON. Units stand in the schema; a price says its measure, because a word has none.
pub fn json(value: &Value, kind: &Kind) -> Json {
    match value {
        Value::Text(text) | Value::Choice(text) => text.clone().into(),
        Value::Markdown(document) => document.text.clone().into(),
        Value::Integer(integer) => (*integer).into(),
        Value::Decimal(decimal) => number(*decimal),
        Value::Quantity(quantity) => number(quantity.amount),
        Value::Money(money) => {
            let unit = match kind {
                Kind::Money(per) => per.label(Lang::Zh),
                _ => String::new(),
            };
            match money.price {
                Price::Fixed(amount) => json!({"amount": number(amount), "unit": unit}),
                Price::Range(from, to) => json!({"from": number(from), "to": number(to), "unit": unit}),
                Price::Negotiable => json!({"word": "negotiable", "unit": unit}),
                Price::Tender => json!({"word": "tender", "unit": unit}),
            }
        }
        Value::Flag(flag) => (*flag).into(),
        Value::Date(day) => day.to_string().into(),
        Value::Month(_) | Value::Moment(_) => time::sortable(value).map_or(Json::Null, Json::from),
        Value::Range(from, to) => json!({"min": from.map(number), "max": to.map(number)}),
        Value::Dates(dates) => {
            dates.iter().map(|(key, day)| (key.clone(), Json::from(day.to_string()))).collect::<serde_json::Map<_, _>>().into()
        }
        Value::Link(Link::Record(id)) => id.to_string().into(),
        Value::Link(Link::Text(text)) => text.clone().into(),
        Value::Link(Link::Named(_)) => Json::Null,
        Value::Media(media) => {
            json!({"src": media.src, "alt": media.alt, "caption": media.caption, "credit": media.credit, "bytes": media.bytes})
        }
        Value::Place(point) => json!({"lng": point.lng, "lat": point.lat, "crs": show::crs_name(point.crs)}),
        Value::List(items) => items.iter().map(|item| json(&item.value, kind)).collect::<Vec<_>>().into(),
        Value::Group(fields) => {
            fields.iter().map(|(key, held)| (key.to_string(), json(&held.value, &Kind::Text))).collect::<serde_json::Map<_, _>>().into()
        }
    }
}

/// A value as the cell of a table: plain numbers in the unit of the column, words in Chinese.
pub fn cell(value: &Value, kind: &Kind) -> String {
    match value {
        Value::Integer(integer) => integer.to_string(),
        Value::Decimal(decimal) => plain(*decimal),
        Value::Quantity(quantity) => plain(quantity.amount.round_dp(6)),
        Value::Money(money) => match money.price {
            Price::Fixed(amount) => plain(amount),
            Price::Range(from, to) => format!("{}-{}", plain(from), plain(to)),
            _ => show::show(value, kind, Lang::Zh).text,
        },
        Value::Range(from, to) => format!("{}-{}", from.map(plain).unwrap_or_default(), to.map(plain).unwrap_or_default()),
        Value::Date(_) | Value::Month(_) | Value::Moment(_) => time::sortable(value).unwrap_or_default(),
        Value::Link(Link::Record(id)) => id.id.to_string(),
        Value::Link(Link::Text(text)) => text.clone(),
        Value::Media(media) => media.src.clone(),
        Value::Place(point) => format!("{},{} {}", point.lng, point.lat, show::crs_name(point.crs)),
        other => show::show(other, kind, Lang::Zh).text,
    }
}
