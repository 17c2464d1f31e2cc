//! The one door from a node to a value.

use super::number::{self, narrow};
use super::text::{self, CodeFault, UrlFault};
use super::time::{self, DateFault};
use super::{Choice, Decimal, Kind, Link, Value, Zone, compound, money, quantity};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Said, SitePath, messages, nearest};
use crate::source::{Node, Shape};

/// What a reader needs to know beside the node: where it is and how the field is called.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The file.
    pub file: &'a SitePath,
    /// The dotted path of the field in English keys.
    pub path: &'a str,
    /// What the field is called.
    pub label: &'a Said,
    /// The site's zone.
    pub zone: &'a Zone,
    /// Is it sample data, whose codes must not be those of anybody?
    pub sample: bool,
}

/// Reads one value (not a list) of any kind but `markdown` and `group`.
///
/// `None` after an error was noted. A null node is the caller's business.
pub fn read(kind: &Kind, node: &Node, reading: &Reading<'_>, diagnostics: &mut Diagnostics) -> Option<Value> {
    let place = node.spot.at(reading.file).in_field(reading.path);
    let result = match (&node.shape, kind) {
        (_, Kind::Image | Kind::File) => compound::media(node, *kind == Kind::Image, reading, diagnostics)?,
        (_, Kind::Place) => compound::place(node, reading, diagnostics)?,
        (_, Kind::Dates(choices)) => compound::dates(node, choices, reading, diagnostics)?,
        (Shape::Map(_), Kind::Range(unit)) => compound::range_map(node, *unit, reading, diagnostics)?,
        (Shape::List(items), Kind::Range(unit)) if items.len() == 2 => compound::range_list(items, *unit, place, reading),
        (Shape::Scalar(scalar), kind) => scalar_value(kind, &scalar.text, place, reading),
        _ => Err(messages::value::wrong_shape(place, reading.label, node.shape_words())),
    };
    match result {
        Ok(value) => Some(value),
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            None
        }
    }
}

/// A code. Those of sample data fail their check digit on purpose.
fn code(plain: &str, check: Option<text::Check>, place: Place, reading: &Reading<'_>) -> Result<String, Diagnostic> {
    match text::code(plain, check) {
        Ok(_) if reading.sample && check == Some(text::Check::Uscc) => Err(messages::lint::sample_code(place, reading.label, plain)),
        Ok(text) => Ok(text),
        Err(CodeFault::Digit(_)) if reading.sample => Ok(plain.to_uppercase()),
        Err(CodeFault::Write(corrected)) => Err(messages::lint::doc_no_form(place, reading.label, plain, &corrected)),
        Err(CodeFault::Digit(wanted)) => Err(messages::value::code_wrong(place, reading.label, plain, Some(wanted))),
        Err(CodeFault::Form) => Err(messages::value::code_wrong(place, reading.label, plain, None)),
    }
}

fn scalar_value(kind: &Kind, typed: &str, place: Place, reading: &Reading<'_>) -> Result<Value, Diagnostic> {
    let label = reading.label;
    let plain = typed.trim();
    Ok(match kind {
        Kind::Text => {
            if let Some(odd) = plain.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
                return Err(messages::value::text_control(place, label, odd as u32));
            }
            Value::Text(plain.to_string())
        }
        Kind::Integer => {
            let number = bare(typed, kind, &place, reading)?;
            let whole = number.fract().is_zero().then(|| i64::try_from(number).ok()).flatten();
            Value::Integer(whole.ok_or_else(|| messages::value::integer_expected(place, label, plain))?)
        }
        Kind::Decimal => Value::Decimal(bare(typed, kind, &place, reading)?),
        Kind::Percent => Value::Decimal(bare(narrow(plain).trim_end_matches('%'), kind, &place, reading)?),
        Kind::Quantity(unit) => Value::Quantity(quantity::read(typed, *unit, place, reading)?),
        Kind::Money(per) => Value::Money(money::read(typed, per, place, reading)?),
        Kind::Choice(choices) => Value::Choice(choice(choices, plain, place, label)?),
        Kind::Flag => Value::Flag(flag(plain).ok_or_else(|| messages::value::flag_unreadable(place, label, plain))?),
        Kind::Date => Value::Date(date(plain, place, label)?),
        Kind::Month => Value::Month(time::month(plain).ok_or_else(|| messages::value::month_unreadable(place, label, plain))?),
        Kind::DateTime => match time::moment(plain, reading.zone) {
            Some(moment) => Value::Moment(moment),
            // A bare day means its beginning, and its own mistakes are told as those of a day.
            None => match date(plain, place.clone(), label) {
                Ok(day) => Value::Moment(time::Moment { instant: time::start_of_day(day, reading.zone), local: day.at(0, 0, 0, 0) }),
                Err(error) if error.code == "date-unreadable" => {
                    // `2026-02-30 09:00`: the time may be sound where the day is not.
                    let day = narrow(plain).split(['T', ' ']).next().map(|day| date(day, place.clone(), label));
                    return Err(match day {
                        Some(Err(fault)) if fault.code == "date-impossible" => fault,
                        _ => messages::value::datetime_unreadable(place, label, plain),
                    });
                }
                Err(error) => return Err(error),
            },
        },
        Kind::Range(unit) => compound::range(typed, *unit, place, reading)?,
        Kind::Link { .. } => Value::Link(Link::Named(link(plain).ok_or_else(|| messages::value::link_unreadable(place, label, plain))?)),
        Kind::Url => Value::Text(text::url(plain).map_err(|fault| match fault {
            UrlFault::Scheme => messages::value::url_scheme(place, label, plain),
            UrlFault::Unreadable => messages::value::url_unreadable(place, label, plain),
        })?),
        Kind::Phone => Value::Text(text::phone(plain).ok_or_else(|| messages::value::phone_unreadable(place, label, plain))?),
        Kind::Email => Value::Text(text::email(plain).ok_or_else(|| messages::value::email_unreadable(place, label, plain))?),
        Kind::Code(check) => Value::Text(code(plain, *check, place, reading)?),
        Kind::Colour => {
            let colour = super::Colour::parse(plain).ok_or_else(|| messages::value::colour_unreadable(place, label, plain))?;
            Value::Text(colour.to_string())
        }
        // These are read elsewhere; a scalar is the wrong shape for them.
        Kind::Image | Kind::File | Kind::Place | Kind::Dates(_) | Kind::Markdown | Kind::Group => {
            return Err(messages::value::wrong_shape(place, label, ("一个值", "a single value")));
        }
    })
}

/// A number without a unit.
fn bare(typed: &str, kind: &Kind, place: &Place, reading: &Reading<'_>) -> Result<Decimal, Diagnostic> {
    let (number, rest) = number::leading(typed).map_err(|fault| quantity::fault(place.clone(), reading, typed, kind, fault))?;
    if rest.is_empty() { Ok(number) } else { Err(messages::value::number_unreadable(place.clone(), reading.label, typed)) }
}

/// The key of a choice from its key, label or synonym.
pub(super) fn choice(choices: &[Choice], typed: &str, place: Place, label: &Said) -> Result<String, Diagnostic> {
    let folded = |word: &str| narrow(word).to_lowercase();
    let wanted = folded(typed);
    let is = |choice: &&Choice| {
        choice.key == typed
            || [&choice.label.zh, &choice.label.en].into_iter().chain(&choice.also).any(|word| !word.is_empty() && folded(word) == wanted)
    };
    if let Some(found) = choices.iter().find(is) {
        return Ok(found.key.clone());
    }
    let words = choices.iter().flat_map(|choice| [choice.key.as_str(), choice.label.zh.as_str()]).filter(|word| !word.is_empty());
    let all: Vec<(&str, &str)> = choices.iter().map(|choice| (choice.key.as_str(), choice.label.zh.as_str())).collect();
    let bare = typed.trim_matches(['“', '”', '‘', '’', '"', '\'', '「', '」']);
    Err(messages::value::choice_unknown(place, label, typed, nearest(bare, words), &all))
}

fn flag(typed: &str) -> Option<bool> {
    match narrow(typed).to_lowercase().as_str() {
        "是" | "有" | "true" | "yes" | "y" | "可" | "已" => Some(true),
        "否" | "无" | "没有" | "false" | "no" | "n" | "不可" | "未" => Some(false),
        _ => None,
    }
}

/// A day, or the message that says what is wrong with it.
pub(super) fn date(typed: &str, place: Place, label: &Said) -> Result<time::Day, Diagnostic> {
    time::date(typed).map_err(|fault| match fault {
        DateFault::Impossible(days) => messages::value::date_impossible(place, label, typed, days),
        DateFault::Ambiguous => messages::value::date_ambiguous(place, label, typed),
        DateFault::Unreadable => messages::value::date_unreadable(place, label, typed),
    })
}

/// The name of a record: `a`, `park/a`, `../parks/a.md`.
fn link(typed: &str) -> Option<String> {
    let plain = typed.trim().trim_start_matches("../").trim_start_matches("./").trim_start_matches("content/").trim_matches('/');
    let plain = [".md", ".yaml", ".yml"].iter().find_map(|ending| plain.strip_suffix(ending)).unwrap_or(plain);
    (!plain.is_empty() && !plain.contains(['\n', '\\']) && !plain.contains("..")).then(|| plain.to_string())
}
