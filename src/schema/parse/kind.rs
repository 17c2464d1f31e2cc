//! `kind:` with what belongs to it: unit, measure of money, choices, targets of a link, check of a code.

use super::Scan;
use crate::diagnostic::{messages, said};
use crate::source::{Node, Shape};
use crate::value::text::Check;
use crate::value::{Choice, Kind, Unit, money};

/// Which attributes go with which kinds only.
const FITS: [(&str, &[&str]); 12] = [
    ("unit", &["quantity", "range"]),
    ("of", &["money", "choice", "dates"]),
    ("to", &["link"]),
    ("back", &["link"]),
    ("or_text", &["link"]),
    ("pattern", &["text", "code"]),
    ("check", &["code"]),
    ("fields", &["group"]),
    ("key", &["group"]),
    ("until", &["group"]),
    ("bands", &["integer", "decimal", "percent", "quantity", "money"]),
    ("sane", &["integer", "decimal", "percent", "quantity", "money", "range"]),
];

/// Reads the kind of a field. `None` after an error was noted.
pub fn kind(scan: &mut Scan<'_>, node: &Node, key: &str) -> Option<Kind> {
    let found = scan.needed(node, key, "kind", "kind: text")?;
    let name = scan.text(found, "kind")?;
    scan.one_of(&name, found.spot, "kind", &Kind::NAMES)?;
    for (word, kinds) in FITS {
        if let Some(value) = node.get(word).filter(|_| !kinds.contains(&name.as_str())) {
            let place = scan.place(value.spot, word);
            scan.note(messages::schema::attribute_unfit(place, word, &name, &kinds.join("、")));
        }
    }
    Some(match name.as_str() {
        "text" => Kind::Text,
        "markdown" => Kind::Markdown,
        "integer" => Kind::Integer,
        "decimal" => Kind::Decimal,
        "percent" => Kind::Percent,
        "quantity" => Kind::Quantity({
            let of = scan.needed(node, key, "unit", "unit: m2")?;
            unit(scan, of)?
        }),
        "money" => Kind::Money({
            let of = scan.needed(node, key, "of", "of: 元/㎡·月")?;
            per(scan, of)?
        }),
        "choice" => Kind::Choice({
            let of = scan.needed(node, key, "of", "of: {yes: 有, no: 无}")?;
            choices(scan, of)
        }),
        "flag" => Kind::Flag,
        "date" => Kind::Date,
        "month" => Kind::Month,
        "datetime" => Kind::DateTime,
        "range" => Kind::Range(node.get("unit").and_then(|node| unit(scan, node))),
        "dates" => Kind::Dates({
            let of = scan.needed(node, key, "of", "of: {signed: 签约, started: 开工}")?;
            choices(scan, of)
        }),
        "link" => link(scan, node, key)?,
        "image" => Kind::Image,
        "file" => Kind::File,
        "url" => Kind::Url,
        "phone" => Kind::Phone,
        "email" => Kind::Email,
        "code" => Kind::Code(check(scan, node)),
        "colour" => Kind::Colour,
        "place" => Kind::Place,
        _ => Kind::Group,
    })
}

fn unit(scan: &mut Scan<'_>, node: &Node) -> Option<Unit> {
    let name = scan.text(node, "unit")?;
    let unit = Unit::parse(&name);
    if unit.is_none() {
        let place = scan.place(node.spot, "unit");
        scan.note(messages::schema::word_unknown(place, "unit", &name, None, "m2、mu、m、km、t、t/m2、kVA、kW、t/h、m3/d……"));
    }
    unit
}

fn per(scan: &mut Scan<'_>, node: &Node) -> Option<money::Per> {
    let text = scan.text(node, "of")?;
    let per = money::per(&text);
    if per.is_none() {
        scan.wrong(node, "of", "金额的单位，如 元、万元、元/㎡·月、万元/亩", "a measure of money such as 元, 万元, 元/㎡·月, 万元/亩");
    }
    per
}

/// Reads choices: `{key: {zh, en, also}}` or `{key: 中文}`.
pub fn choices(scan: &mut Scan<'_>, node: &Node) -> Vec<Choice> {
    let Some(entries) = scan.entries(node, "of") else { return Vec::new() };
    if entries.is_empty() {
        scan.wrong(node, "of", "至少一个选项", "at least one choice");
    }
    let mut list = Vec::with_capacity(entries.len());
    for entry in entries {
        // A choice may be a symbol of the trade (甲, 1F), so only what breaks addresses and lists is refused.
        if entry.key.is_empty() || entry.key.contains([' ', ',', ';', '/', '|', '&', '=', '#', '?']) {
            let place = scan.place(entry.spot, &entry.key);
            scan.note(messages::schema::key_wrong(place, &entry.key));
        }
        if matches!(entry.value.shape, Shape::Map(_)) {
            scan.known(&entry.value, &["zh", "en", "also"], "of");
        }
        let label = scan.said(&entry.value, "of");
        let also = entry.value.get("also").map(|node| scan.texts(node, "also")).unwrap_or_default();
        list.push(Choice { key: entry.key.clone(), label, also });
    }
    list
}

fn link(scan: &mut Scan<'_>, node: &Node, key: &str) -> Option<Kind> {
    let to = scan.needed(node, key, "to", "to: [workshop]")?;
    let to = scan.texts(to, "to");
    let back = node.get("back").and_then(|node| scan.key(node, "back"));
    let or_text = node.get("or_text").and_then(|node| scan.flag(node, "or_text")).unwrap_or(false);
    Some(Kind::Link { to, back, or_text })
}

fn check(scan: &mut Scan<'_>, node: &Node) -> Option<Check> {
    let node = node.get("check")?;
    let name = scan.text(node, "check")?;
    match scan.one_of(&name, node.spot, "check", &["uscc", "gbt4754", "doc_no"])? {
        0 => Some(Check::Uscc),
        1 => Some(Check::Gbt4754),
        _ => Some(Check::DocNo),
    }
}

/// Is an amount something that `min` and `max` can bound?
pub fn has_limits(kind: &Kind) -> bool {
    !matches!(
        kind,
        Kind::Flag
            | Kind::Choice(_)
            | Kind::Dates(_)
            | Kind::Link { .. }
            | Kind::Image
            | Kind::File
            | Kind::Colour
            | Kind::Place
            | Kind::Group
    )
}

/// What `min` and `max` mean, for messages.
pub fn limits_fit() -> crate::diagnostic::Said {
    said("数字、金额、区间和文字（字数）", "numbers, money, ranges and texts (characters)")
}
