//! Amounts written twice by hand, in two units: `5,209亩（约347公顷）`. The second is computed from the first.

use super::lines::Lines;
use crate::diagnostic::{Diagnostics, messages};
use crate::source::seek;
use crate::value::{Decimal, Unit, number};
use std::ops::Range;

/// Up to this difference, in percent of the larger amount, a second number is called rounded.
const ROUNDED: i64 = 5;
/// Up to so many characters may stand between the first unit and the second number: `，约合`, ` (approximately `.
const BETWEEN: usize = 18;
/// The words and signs that join the two.
const JOINTS: [&str; 26] = [
    "约合",
    "折合",
    "合计",
    "大约",
    "相当于",
    "约为",
    "约",
    "合",
    "即",
    "也就是",
    "approximately",
    "approx.",
    "approx",
    "about",
    "roughly",
    "around",
    "equals",
    "or",
    "i.e.",
    "nearly",
    "some",
    "≈",
    "=",
    "/",
    "，",
    ",",
];

/// An amount in prose.
struct Amount {
    number: Decimal,
    /// The size of the last digit that was written: 1 for `37`, 0.01 for `1.50`, 10,000 for `3万`.
    step: Decimal,
    unit: Unit,
    range: Range<usize>,
}

/// Warns of every pair in a line whose two amounts differ.
pub fn lint(line: &str, start: usize, lines: &Lines<'_>, diagnostics: &mut Diagnostics) {
    let mut at = 0;
    while let Some(first) = next_amount(line, at) {
        at = first.range.end;
        let Some(second) = joined(line, first.range.end) else { continue };
        let Some(wanted) = first.unit.convert(first.number, second.unit).filter(|_| first.unit != second.unit) else { continue };
        let apart = (wanted - second.number).abs();
        let larger = wanted.abs().max(second.number.abs());
        let rounded = apart * Decimal::ONE_HUNDRED <= larger * Decimal::from(ROUNDED) || apart + apart <= second.step;
        if !rounded {
            let place = lines.place(start + first.range.start..start + second.range.end);
            let (zh, en) = (crate::value::Lang::Zh, crate::value::Lang::En);
            let lang = if line[second.range.clone()].is_ascii() { en } else { zh };
            let decimals = if wanted.abs() < Decimal::ONE_HUNDRED { 2 } else { 0 };
            let shown = format!("{} {}", number::grouped(wanted.round_dp(decimals)), second.unit.label(lang));
            diagnostics.push(messages::lint::unit_pair(place, &line[first.range], &line[second.range.clone()], &shown));
        }
        at = second.range.end;
    }
}

/// The amount that is joined to the text before: brackets and joints only may stand between.
fn joined(line: &str, from: usize) -> Option<Amount> {
    let mut rest = &line[from..];
    let before = rest.len();
    let mut joint = false;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\u{3000}', '（', '(', '[']);
        joint |= rest[..rest.len() - trimmed.len()].contains(['（', '(', '[']);
        rest = trimmed;
        let begins = |word: &str| rest.as_bytes().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
        match JOINTS.iter().find(|word| begins(word)) {
            Some(word) => {
                // A comma alone joins nothing: `3000亩，2公顷水面` are two things. English words join only within brackets:
                // `30 m long, about 2 km from the port` are two as well.
                joint |= !matches!(*word, "，" | "," | "/") && !word.starts_with(|c: char| c.is_ascii_alphabetic());
                rest = rest.get(word.len()..)?;
            }
            None => break,
        }
    }
    let gap = before - rest.len();
    let near = line[from..from + gap].chars().count() <= BETWEEN;
    (joint && near).then(|| amount_at(line, from + gap)).flatten()
}

/// The next amount in a line.
fn next_amount(line: &str, from: usize) -> Option<Amount> {
    let mut at = from;
    let bytes = line.as_bytes();
    while let Some(start) = seek::first(&bytes[at..], |byte| byte.is_ascii_digit() | (byte == WIDE)).map(|found| at + found) {
        if bytes[start] == WIDE && !line[start..].starts_with(is_digit) {
            at = start + '０'.len_utf8();
            continue;
        }
        let end = digits_end(line, start);
        // The number of a longer code or name is no amount: `A3`, `GB50016`.
        let free = !line[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        if free && let Some(amount) = amount_at(line, start) {
            return Some(amount);
        }
        at = end;
    }
    None
}

/// The byte that full-width signs begin with, in UTF-8.
const WIDE: u8 = 0xEF;

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn digits_end(line: &str, start: usize) -> usize {
    let is = |c: char| is_digit(c) || matches!(c, '.' | ',' | '，' | '．');
    let end = line[start..].find(|c| !is(c)).map_or(line.len(), |at| start + at);
    let number = line[start..end].trim_end_matches(['.', ',', '，', '．']);
    start + number.len()
}

/// The amount that begins at a byte: number, perhaps 万 or 多, unit.
fn amount_at(line: &str, start: usize) -> Option<Amount> {
    let end = digits_end(line, start);
    let mut factor = 1i64;
    let mut at = end;
    let skip = |at: usize, signs: &[char]| at + (line[at..].len() - line[at..].trim_start_matches(signs).len());
    at = skip(at, &[' ']);
    for (word, times) in [("万", 10_000), ("亿", 100_000_000)] {
        if line[at..].starts_with(word) {
            at += word.len();
            factor *= times;
        }
    }
    at = skip(at, &['多', '余', ' ']);
    let (unit, length) = Unit::leading(&line[at..])?;
    let digits: Decimal = number::narrow(&line[start..end]).replace(',', "").parse().ok()?;
    let number = digits.checked_mul(Decimal::from(factor))?;
    let step = Decimal::new(1, digits.scale()).checked_mul(Decimal::from(factor))?;
    Some(Amount { number, step, unit, range: start..at + length })
}

#[cfg(test)]
mod tests {
    use super::lint;
    use crate::diagnostic::{Diagnostics, SitePath};
    use crate::read::markdown::{Origin, lines::Lines};
    use crate::value::Lang;

    fn said(line: &str) -> Vec<String> {
        let file = SitePath::new("a.md");
        let origin = Origin { file: &file, first_line: 1, field: None, lang: Lang::Zh };
        let mut diagnostics = Diagnostics::new();
        lint(line, 0, &Lines::new(line, &origin), &mut diagnostics);
        diagnostics.sorted().into_iter().map(|found| found.message.en.clone()).collect()
    }

    #[test]
    fn pairs_that_differ_are_named_with_the_right_amount() {
        for (line, wanted) in [
            ("an area of 5,376.37 mu (approximately 37 hectares)", "358 ha"),
            ("167.37 mu (about 10.5 acres)", "27.57 acres"),
            ("5,209 mu (1.5 acres)", "858 acres"),
            ("规划3000亩（约2公顷）", "200 公顷"),
            ("规划3000亩相当于2公顷", "200 公顷"),
            ("总面积1.2万平方米，约合180亩", "18 亩"),
            ("建成 2 平方公里(300亩)", "3,000 亩"),
            ("面积 3000多亩（约 20 公顷）", "200 公顷"),
            ("楼面荷载1.5吨/平方米（约150千牛/平方米）", "14.71 kN/㎡"),
        ] {
            let found = said(line);
            assert!(found.len() == 1 && found[0].contains(wanted), "{line}: {found:?}");
        }
    }

    #[test]
    fn rounded_pairs_and_other_numbers_are_left_alone() {
        for line in [
            "规划3200亩（约2.13平方公里）",
            "500亩（约0.3平方公里）",
            "5,376.37 mu (approximately 358 hectares or 886 acres)",
            "占地120亩，建筑面积6万平方米",
            "占地120亩，2公顷为水面",
            "A3（2公顷）",
            "租金10元/㎡（面积500平方米）",
            "15亩（1公顷）",
            "长200米（宽30米）",
            "The hall is 30 m long, about 2 km from the port",
            "within 500 m or 2 km of a junction (by road)",
        ] {
            assert_eq!(said(line), Vec::<String>::new(), "{line}");
        }
    }
}
