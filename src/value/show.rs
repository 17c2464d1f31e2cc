//! What a reader sees of a value.

use super::number::grouped;
use super::{Crs, Decimal, Kind, Lang, Price, Unit, Value, money::Money, text};
use crate::diagnostic::Said;

/// A value in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// The words.
    pub text: String,
    /// What was typed, where that was another measure.
    pub note: Option<String>,
    /// An address: `tel:`, `mailto:`, `https:`.
    pub href: Option<String>,
}

fn said(said: &Said, lang: Lang) -> &str {
    let (first, second) = if lang.is_chinese() { (&said.zh, &said.en) } else { (&said.en, &said.zh) };
    if first.is_empty() { second } else { first }
}

/// Shows a value of a kind. Groups, links, media and prose are composed by the views.
pub fn show(value: &Value, kind: &Kind, lang: Lang) -> Shown {
    let plain = |text: String| Shown { text, ..Shown::default() };
    let zh = lang.is_chinese();
    match value {
        Value::Text(words) => {
            let href = match kind {
                Kind::Phone => Some(text::tel(words)),
                Kind::Email => Some(format!("mailto:{words}")),
                Kind::Url => Some(words.clone()),
                _ => None,
            };
            Shown { text: words.clone(), note: None, href }
        }
        Value::Integer(number) => plain(grouped((*number).into())),
        Value::Decimal(number) => plain(format!("{}{}", grouped(*number), if *kind == Kind::Percent { "%" } else { "" })),
        Value::Quantity(quantity) => {
            let note = quantity.typed.clone().or_else(|| hectares(quantity.amount, kind));
            Shown { text: with_unit(&grouped(quantity.amount), kind, lang), note, href: None }
        }
        Value::Money(money) => show_money(money, kind, lang),
        Value::Choice(key) => plain(choice(kind, key, lang)),
        Value::Flag(flag) => plain(
            match (flag, zh) {
                (true, true) => "是",
                (false, true) => "否",
                (true, false) => "Yes",
                (false, false) => "No",
            }
            .to_string(),
        ),
        Value::Date(day) => plain(show_day(*day, zh)),
        Value::Month(month) => {
            plain(if zh { format!("{}年{}月", month.year, month.month) } else { format!("{} {}", month_name(month.month), month.year) })
        }
        Value::Moment(moment) => {
            // Times have the form that public sites must show; days of documents are written out without zeros.
            plain(super::time::minute(moment.local))
        }
        Value::Range(from, to) => {
            let text = match (from.map(grouped), to.map(grouped)) {
                (Some(from), Some(to)) if from == to => from,
                (Some(from), Some(to)) => format!("{from}–{to}"),
                (Some(from), None) => format!("≥ {from}"),
                (None, Some(to)) => format!("≤ {to}"),
                (None, None) => String::new(),
            };
            plain(with_unit(&text, kind, lang))
        }
        Value::Dates(dates) => {
            let parts: Vec<String> = dates.iter().map(|(key, day)| format!("{} {}", choice(kind, key, lang), show_day(*day, zh))).collect();
            plain(parts.join(if zh { "；" } else { "; " }))
        }
        Value::Place(point) => plain(format!("{}°E, {}°N ({})", point.lng, point.lat, crs_name(point.crs))),
        Value::Markdown(document) => plain(document.text.clone()),
        Value::List(items) => {
            let parts: Vec<String> = items.iter().map(|item| show(&item.value, kind, lang).text).collect();
            plain(parts.join(if zh { "、" } else { ", " }))
        }
        Value::Link(_) | Value::Media(_) | Value::Group(_) => Shown::default(),
    }
}

fn with_unit(number: &str, kind: &Kind, lang: Lang) -> String {
    match kind {
        Kind::Quantity(unit) | Kind::Range(Some(unit)) => format!("{number} {}", unit.label(lang)).trim_end().to_string(),
        _ => number.to_string(),
    }
}

/// The mu is read by nobody abroad: the hectares stand beside it.
fn hectares(amount: Decimal, kind: &Kind) -> Option<String> {
    let Kind::Quantity(unit) = kind else { return None };
    if unit.name() != "mu" {
        return None;
    }
    let hectare = Unit::parse("ha")?;
    Some(format!("{} ha", grouped(unit.convert(amount, hectare)?.round_dp(2))))
}

fn show_money(money: &Money, kind: &Kind, lang: Lang) -> Shown {
    let unit = match kind {
        Kind::Money(per) => per.label(lang),
        _ => String::new(),
    };
    let text = match money.price {
        Price::Fixed(amount) => format!("{} {unit}", grouped(amount)),
        Price::Range(from, to) => format!("{}–{} {unit}", grouped(from), grouped(to)),
        Price::Negotiable => if lang.is_chinese() { "面议" } else { "negotiable" }.to_string(),
        Price::Tender => if lang.is_chinese() { "公开招租（竞价）" } else { "public tender" }.to_string(),
    };
    Shown { text, note: money.typed.clone(), href: None }
}

fn choice(kind: &Kind, key: &str, lang: Lang) -> String {
    let choices = match kind {
        Kind::Choice(choices) | Kind::Dates(choices) => choices.as_slice(),
        _ => &[],
    };
    choices.iter().find(|choice| choice.key == key).map_or(key, |choice| said(&choice.label, lang)).to_string()
}

fn show_day(day: super::time::Day, zh: bool) -> String {
    if zh {
        format!("{}年{}月{}日", day.year(), day.month(), day.day())
    } else {
        format!("{} {} {}", day.day(), month_name(day.month()), day.year())
    }
}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    usize::try_from(month - 1).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default()
}

/// The name of a coordinate system.
pub fn crs_name(crs: Crs) -> &'static str {
    match crs {
        Crs::Gcj02 => "GCJ-02",
        Crs::Wgs84 => "WGS-84",
        Crs::Bd09 => "BD-09",
        Crs::Cgcs2000 => "CGCS2000",
    }
}
