//! `quantity`: a number with a unit.

use super::number::{self, Fault};
use super::{Decimal, Kind, Lang, Reading, Unit};
use crate::diagnostic::{Diagnostic, Place, messages, said};

/// An amount in the unit of its kind, and what the author typed where that was another unit or spelling.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The amount in the unit of the kind.
    pub amount: Decimal,
    /// What was typed, if it said another unit than the kind's (`30亩` for a field in ㎡).
    pub typed: Option<String>,
}

/// The message for a number that cannot be read; `kind` says in which unit it should be.
pub fn fault(place: Place, reading: &Reading<'_>, text: &str, kind: &Kind, fault: Fault) -> Diagnostic {
    match fault {
        Fault::Vague => {
            let unit = said(kind.unit_label(Lang::Zh), kind.unit_label(Lang::En));
            messages::value::number_vague(place, reading.label, text, &unit)
        }
        Fault::Grouping => messages::value::number_grouping(place, reading.label, text),
        Fault::Unreadable => messages::value::number_unreadable(place, reading.label, text),
    }
}

/// Reads an amount; a bare number is in the unit of the field.
pub fn read(text: &str, unit: Unit, place: Place, reading: &Reading<'_>) -> Result<Quantity, Diagnostic> {
    let (amount, rest) = number::leading(text).map_err(|why| fault(place.clone(), reading, text, &Kind::Quantity(unit), why))?;
    if rest.is_empty() {
        return Ok(Quantity { amount, typed: None });
    }
    // `1.2万元` was read as 12,000 and `元`.
    let Some(typed) = Unit::parse(&rest) else {
        return Err(messages::value::unit_unknown(place, reading.label, &rest, &unit.siblings()));
    };
    let Some(converted) = typed.convert(amount, unit) else {
        return Err(messages::value::unit_mismatch(place, reading.label, &rest, &unit.siblings()));
    };
    let differs = typed != unit;
    Ok(Quantity { amount: if differs { converted.round_dp(6) } else { amount }, typed: differs.then(|| text.trim().to_string()) })
}
