//! `money`: yuan, per something, as a number, a range or a word such as 面议.

use super::number::{self, narrow};
use super::{Decimal, Kind, Lang, Reading, Unit, quantity};
use crate::diagnostic::{Diagnostic, Place, messages};

/// What the amount is counted in and per what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Per {
    /// 1 for `元`, 10,000 for `万元`.
    pub scale: u32,
    /// Per which area or amount, as `元/㎡`.
    pub unit: Option<Unit>,
    /// Per which time, as `/月`.
    pub time: Option<Time>,
}

/// A period of payment. A year is 12 months and 365 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// 天.
    Day,
    /// 月.
    Month,
    /// 年.
    Year,
}

/// An amount of money in the measure of its kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// How much.
    pub price: Price,
    /// What was typed, if it said another measure than the kind's (`0.4元/㎡·天`).
    pub typed: Option<String>,
}

/// A number, a range, or a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Price {
    /// One amount.
    Fixed(Decimal),
    /// From and to.
    Range(Decimal, Decimal),
    /// 面议: to be agreed.
    Negotiable,
    /// 招标, 竞价, 挂牌: decided in public.
    Tender,
}

/// The measure that a type file names: `元`, `万元`, `元/㎡·月`, `万元/亩`, `元/kWh`.
pub fn per(text: &str) -> Option<Per> {
    let plain = narrow(text.trim());
    let (scale, rest) = [("亿元", 100_000_000), ("万元", 10_000), ("元", 1), ("亿", 100_000_000), ("万", 10_000)]
        .into_iter()
        .find_map(|(word, scale)| plain.strip_prefix(word).map(|rest| (scale, rest)))?;
    let mut per = Per { scale, unit: None, time: None };
    for part in rest.split(['/', '·', '.', '•', '每']).map(str::trim).filter(|part| !part.is_empty()) {
        match (part, Unit::parse(part)) {
            ("天" | "日", _) if per.time.is_none() => per.time = Some(Time::Day),
            ("月" | "个月", _) if per.time.is_none() => per.time = Some(Time::Month),
            ("年", _) if per.time.is_none() => per.time = Some(Time::Year),
            (_, Some(unit)) if per.unit.is_none() => per.unit = Some(unit),
            _ => return None,
        }
    }
    Some(per)
}

impl Per {
    /// What people read: `元/㎡·月`, `yuan/m²·month`.
    pub fn label(&self, lang: Lang) -> String {
        let zh = lang.is_chinese();
        let mut label = match self.scale {
            100_000_000 => {
                if zh {
                    "亿元"
                } else {
                    "100 million yuan"
                }
            }
            10_000 => {
                if zh {
                    "万元"
                } else {
                    "10,000 yuan"
                }
            }
            _ => {
                if zh {
                    "元"
                } else {
                    "yuan"
                }
            }
        }
        .to_string();
        let time = self.time.map(|time| match (time, zh) {
            (Time::Day, true) => "天",
            (Time::Month, true) => "月",
            (Time::Year, true) => "年",
            (Time::Day, false) => "day",
            (Time::Month, false) => "month",
            (Time::Year, false) => "year",
        });
        let parts: Vec<&str> = self.unit.map(|unit| unit.label(lang)).into_iter().chain(time).collect();
        if !parts.is_empty() {
            label.push('/');
            label.push_str(&parts.join("·"));
        }
        label
    }

    /// Can an amount in this measure be said in another?
    pub fn converts(&self, to: &Per) -> bool {
        self.factor(to).is_some()
    }

    /// By what an amount in this measure is multiplied to be one in another; `None` if they count different things.
    fn factor(&self, to: &Per) -> Option<Decimal> {
        let mut factor = Decimal::from(self.scale).checked_div(Decimal::from(to.scale))?;
        match (self.unit, to.unit) {
            // Twelve yuan per mu are less per ㎡: the conversion runs the other way round.
            (Some(own), Some(other)) => factor = factor.checked_mul(other.convert(Decimal::ONE, own)?)?,
            (None, None) => {}
            _ => return None,
        }
        let days = |time: Time| match time {
            Time::Day => (Decimal::ONE, Decimal::ONE),
            Time::Month => (Decimal::from(365), Decimal::from(12)),
            Time::Year => (Decimal::from(365), Decimal::ONE),
        };
        match (self.time, to.time) {
            (Some(own), Some(other)) if own != other => {
                let ((a, b), (c, d)) = (days(own), days(other));
                factor = factor.checked_mul(c)?.checked_mul(b)?.checked_div(d.checked_mul(a)?)?;
            }
            (Some(_), None) | (None, Some(_)) => return None,
            _ => {}
        }
        Some(factor)
    }
}

const NEGOTIABLE: [&str; 6] = ["面议", "电议", "待定", "协商", "negotiable", "另议"];
const TENDER: [&str; 9] = ["招标", "竞价", "挂牌", "拍卖", "招拍挂", "公开竞租", "公开招租", "竞租", "tender"];

/// Reads a price: a number, a range, or one of the words.
pub fn read(text: &str, wanted: &Per, place: Place, reading: &Reading<'_>) -> Result<Money, Diagnostic> {
    let word = text.trim().to_lowercase();
    if NEGOTIABLE.contains(&word.as_str()) {
        return Ok(Money { price: Price::Negotiable, typed: None });
    }
    if TENDER.contains(&word.as_str()) {
        return Ok(Money { price: Price::Tender, typed: None });
    }
    let unreadable = || messages::value::money_unreadable(place.clone(), reading.label, text, &wanted.label(Lang::Zh));
    let fault = |why| quantity::fault(place.clone(), reading, text, &Kind::Money(*wanted), why);
    let plain = narrow(text.trim());
    let ends: Vec<&str> = plain.splitn(2, ['~', '至', '到']).flat_map(|part| part.splitn(2, '-')).collect();
    let (first, last) = match ends.as_slice() {
        [one] => (None, *one),
        [from, to] if !from.trim().is_empty() => (Some(*from), *to),
        _ => return Err(unreadable()),
    };
    let (amount, rest) = number::leading(last).map_err(fault)?;
    let mut factor = Decimal::ONE;
    let mut typed = None;
    if !rest.is_empty() {
        // The reader of numbers has taken 万 for a factor already: `1.2万元` is 12,000 and `元`.
        let measure = per(&rest).ok_or_else(unreadable)?;
        let bare = measure.unit.is_none() && measure.time.is_none();
        let measure = if bare { Per { unit: wanted.unit, time: wanted.time, ..measure } } else { measure };
        factor = measure.factor(wanted).ok_or_else(unreadable)?;
        if measure != *wanted || last.contains(['万', '亿']) && wanted.scale == 1 {
            typed = Some(text.trim().to_string());
        }
    } else if last.contains(['万', '亿']) && wanted.scale > 1 {
        // `3000万` in a field of 万元 means yuan: 3000万 of 元.
        factor = Decimal::ONE.checked_div(Decimal::from(wanted.scale)).ok_or_else(unreadable)?;
        typed = Some(text.trim().to_string());
    }
    let scaled =
        |number: Decimal| number.checked_mul(factor).map(|n| if factor == Decimal::ONE { n } else { n.round_dp(6) }).ok_or_else(unreadable);
    let to = scaled(amount)?;
    let price = match first {
        None => Price::Fixed(to),
        Some(from) => {
            let (from, unit) = number::leading(from).map_err(fault)?;
            if !unit.is_empty() && per(&unit).is_none() {
                return Err(unreadable());
            }
            let from = scaled(from)?;
            if from > to {
                return Err(messages::value::range_reversed(place, reading.label, text));
            }
            Price::Range(from, to)
        }
    };
    Ok(Money { price, typed })
}
