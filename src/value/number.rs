//! Numbers as people write them: full-width digits, thousands separators, 万 and 亿. Exact decimals, never floats.

use super::{Decimal, Price, Value};
use crate::source::seek;
use std::borrow::Cow;

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// 约, 左右, 多, 以上: only the author knows the number.
    Vague,
    /// Separators in odd places: `1,2` may be 1.2 or 12.
    Grouping,
    /// Something else.
    Unreadable,
}

/// The number of a value, where it is one: no ranges, no words.
pub fn of(value: &Value) -> Option<Decimal> {
    match value {
        Value::Integer(number) => Some(Decimal::from(*number)),
        Value::Decimal(number) => Some(*number),
        Value::Quantity(quantity) => Some(quantity.amount),
        Value::Money(money) => match money.price {
            Price::Fixed(amount) => Some(amount),
            _ => None,
        },
        _ => None,
    }
}

/// Half-width letters, digits and signs for full-width ones; the rest stays.
pub fn narrow(text: &str) -> String {
    // What has none of the first bytes of such signs stays as it is.
    match seek::any_of([0xC2, 0xE2, 0xE3, 0xEF], text.as_bytes()) {
        Some(_) => text.chars().map(narrow_char).collect(),
        None => text.to_string(),
    }
}

/// The half-width form of a character.
pub fn narrow_char(c: char) -> char {
    match c {
        '\u{3000}' | '\u{A0}' => ' ',
        '－' | '−' | '–' | '—' | '―' | '‐' | '‑' => '-',
        '～' | '〜' => '~',
        '。' | '、' => c,
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

const VAGUE: [&str; 12] = ["约", "大约", "左右", "上下", "多", "余", "近", "超", "以上", "以下", "几", "±"];

/// Splits a text into the number at its beginning and what follows (a unit). `1.2万㎡` gives 12000 and `㎡`.
pub fn leading(text: &str) -> Result<(Decimal, String), Fault> {
    let plain = narrow(text.trim());
    // No such word is ASCII, and most numbers are nothing else.
    if !plain.is_ascii() && VAGUE.iter().any(|word| plain.contains(word)) {
        return Err(Fault::Vague);
    }
    let end = plain.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '-' | '+'))).unwrap_or(plain.len());
    let (digits, rest) = plain.split_at(end);
    let mut number = digits_only(digits.trim())?;
    let mut rest = rest.trim_start();
    let scales = [("万亿", 1_000_000_000_000i64), ("亿", 100_000_000), ("万", 10_000), ("千", 1_000)];
    // `千瓦`, `千伏安`, `千米` are units, not thousands; so is `万元` for whoever reads money.
    let is_unit = ["千瓦", "千伏", "千米", "千克", "千牛", "千帕"].iter().any(|unit| rest.starts_with(unit));
    if let Some((word, factor)) = scales.into_iter().find(|(word, _)| rest.starts_with(word)).filter(|_| !is_unit) {
        number = number.checked_mul(Decimal::from(factor)).ok_or(Fault::Unreadable)?;
        rest = rest[word.len()..].trim_start();
    }
    Ok((number, rest.to_string()))
}

fn digits_only(digits: &str) -> Result<Decimal, Fault> {
    let (sign, body) = match digits.strip_prefix('-') {
        Some(body) => (-1, body.trim_start()),
        None => (1, digits.strip_prefix('+').unwrap_or(digits)),
    };
    let (whole, fraction) = body.split_once('.').map_or((body, None), |(whole, fraction)| (whole, Some(fraction)));
    if whole.is_empty() || fraction.is_some_and(|f| f.is_empty() || f.contains([' ', ',', '.', '-'])) || whole.contains('-') {
        return Err(Fault::Unreadable);
    }
    let text = if whole.contains([',', ' ']) {
        let groups: Vec<&str> = whole.split([',', ' ']).collect();
        if !(1..=3).contains(&groups[0].len()) || groups[1..].iter().any(|group| group.len() != 3) {
            return Err(Fault::Grouping);
        }
        Cow::Owned(body.replace([',', ' '], ""))
    } else {
        Cow::Borrowed(body)
    };
    // More digits than a number can keep would be rounded, and what was typed is never changed.
    let number = Decimal::from_str_exact(&text).map_err(|_| Fault::Unreadable)?;
    Ok(if sign < 0 { -number } else { number })
}

/// A number as a length in a drawing, which may be inexact; what is read is printed from the decimal.
pub fn float(number: Decimal) -> f64 {
    rust_decimal::prelude::ToPrimitive::to_f64(&number).unwrap_or(0.0)
}

/// A number without trailing zeros.
pub fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// A number with separators and at most two decimals, as pages show it.
pub fn grouped(number: Decimal) -> String {
    let rounded = number.round_dp(2).normalize();
    let text = rounded.abs().to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut shown = String::with_capacity(text.len() * 2);
    if rounded.is_sign_negative() && !rounded.is_zero() {
        shown.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    if let Some(fraction) = fraction {
        shown.push('.');
        shown.push_str(fraction);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{Fault, grouped, leading};

    fn read(text: &str) -> Result<(String, String), Fault> {
        leading(text).map(|(number, rest)| (number.normalize().to_string(), rest))
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number, rest) in [
            ("12,000", "12000", ""),
            ("１２０００", "12000", ""),
            ("１２，０００㎡", "12000", "㎡"),
            ("1.2万", "12000", ""),
            ("3亿元", "300000000", "元"),
            ("1 200 千瓦", "1200", "千瓦"),
            ("-3.50", "-3.5", ""),
            ("0.4元/㎡·天", "0.4", "元/㎡·天"),
        ] {
            assert_eq!(read(text), Ok((number.to_string(), rest.to_string())), "{text}");
        }
    }

    #[test]
    fn doubt_is_refused() {
        assert_eq!(read("约100亩"), Err(Fault::Vague));
        assert_eq!(read("100余亩"), Err(Fault::Vague));
        assert_eq!(read("1,2"), Err(Fault::Grouping));
        for text in ["", "abc", "1.2.3", "12.000,5", "1.", "--1", "999999999999999999999999999999999", "1.00000000000000000000000000001"] {
            assert_eq!(read(text), Err(Fault::Unreadable), "{text}");
        }
    }

    #[test]
    fn shown_numbers_have_separators_and_two_decimals_at_most() {
        assert_eq!(grouped("1234567.891".parse().unwrap()), "1,234,567.89");
        assert_eq!(grouped("-0.001".parse().unwrap()), "0");
        assert_eq!(grouped("12.50".parse().unwrap()), "12.5");
    }
}
