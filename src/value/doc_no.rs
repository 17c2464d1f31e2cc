//! Document numbers (发文字号) by GB/T 9704: issuer, full year in 〔〕, a number without 第 or leading zeros, 号.

use super::number::narrow;
use crate::source::seek;

/// A document number at the end of whose issuer a text was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How it should be written.
    pub corrected: String,
    /// How many bytes of the text it takes.
    pub length: usize,
}

/// Every pair of signs that people type around the year.
const BRACKETS: [(char, char); 9] =
    [('〔', '〕'), ('[', ']'), ('［', '］'), ('(', ')'), ('（', '）'), ('【', '】'), ('「', '」'), ('{', '}'), ('<', '>')];

/// The longest issuer.
const ISSUER: usize = 12;
/// The longest number, with what people type around it, in bytes.
const NUMBER: usize = 24;

/// Reads a document number at the beginning of a text, however it is written.
pub fn read(text: &str) -> Option<Found> {
    let open = text.find(|c| BRACKETS.iter().any(|(open, _)| *open == c))?;
    let issuer = &text[..open];
    let plain: String = issuer.chars().filter(|c| !c.is_whitespace()).collect();
    if plain.is_empty() || plain.chars().count() > ISSUER || !plain.chars().all(is_han) {
        return None;
    }
    tail(text, open, &plain)
}

/// Every document number of a line that is not written as it should be: where it begins, and how it should be.
///
/// Prose does not say where an issuer begins, so the characters before the bracket are left as they are.
pub fn slips(line: &str) -> Vec<(usize, Found)> {
    let mut slips = Vec::new();
    if !may_slip(line) {
        return slips;
    }
    for (open, _) in line.char_indices().filter(|(_, c)| BRACKETS.iter().any(|(open, _)| open == c)) {
        let before = line[..open].char_indices().next_back().filter(|(_, c)| is_han(*c)).map(|(at, _)| at);
        let Some(at) = before else { continue };
        let issuer = &line[at..open];
        if let Some(found) = tail(&line[at..], open - at, issuer).filter(|found| found.corrected != line[at..at + found.length]) {
            slips.push((at, found));
        }
    }
    slips
}

/// Could a number stand in a text that is not written as it should be, however its lines are broken? Most texts have no
/// 号 close behind a bracket.
pub fn may_slip(text: &str) -> bool {
    let closes = |c: &char| BRACKETS.iter().any(|(_, close)| close == c);
    let near = |at: usize| text[..at].chars().rev().filter(|c| !c.is_whitespace()).take(NUMBER).any(|c| closes(&c));
    seek::pieces("号".as_bytes(), text.as_bytes()).any(near)
}

/// `〔2026〕3号` behind an issuer.
fn tail(text: &str, open: usize, issuer: &str) -> Option<Found> {
    let bracket = text[open..].chars().next()?;
    let close = BRACKETS.iter().find(|(known, _)| *known == bracket)?.1;
    let inside = &text[open + bracket.len_utf8()..];
    let end = inside.find(close)?;
    let year = narrow(inside[..end].trim()).trim_end_matches('年').to_string();
    let full = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && matches!(&year[..2], "19" | "20");
    let behind = &inside[end + close.len_utf8()..];
    let digits_end = behind.find('号').filter(|at| *at <= NUMBER)?;
    let number = narrow(behind[..digits_end].trim()).trim_start_matches('第').trim().to_string();
    let number_ok = (1..=6).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let number = number.trim_start_matches('0');
    // `一期（2026）3号厂房` is a building.
    let building = behind[digits_end + '号'.len_utf8()..].starts_with(['楼', '厂', '房', '车', '仓', '地', '路', '线', '门', '院']);
    if !full || !number_ok || number.is_empty() || building {
        return None;
    }
    let length = open + bracket.len_utf8() + end + close.len_utf8() + digits_end + '号'.len_utf8();
    Some(Found { corrected: format!("{issuer}〔{year}〕{number}号"), length })
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{2A6DF}')
}

#[cfg(test)]
mod tests {
    use super::{may_slip, read, slips};

    #[test]
    fn numbers_are_corrected_whatever_was_typed() {
        for text in
            ["示政[2026]3号", "示政（2026）第3号", "示政【2026】003号", "示政〔２０２６〕３号", "示政 〔2026〕 3 号", "示政〔2026年〕3号"]
        {
            assert_eq!(read(text).map(|found| found.corrected), Some("示政〔2026〕3号".to_string()), "{text}");
        }
        for text in ["示政26号", "示政〔26〕3号", "ABC〔2026〕3号", "示政〔2026〕三号", "〔2026〕3号", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn prose_is_searched_for_numbers_with_wrong_signs() {
        let line = "依据示政[2026]03号和示政〔2026〕4号，以及示府(2025)第12号办理。";
        assert!(may_slip(line) && may_slip("示政[2026]\n        3\n        号"));
        assert!(!may_slip("标准厂房(编号000001)，从园区的大门进去以后一直向前走到底再向左转再走过三栋楼就是3号楼"));
        let found: Vec<String> = slips(line).into_iter().map(|(_, found)| found.corrected).collect();
        assert_eq!(found, ["政〔2026〕3号", "府〔2025〕12号"]);
        assert!(slips("园区(2026)共有3号楼、[2026]3号").is_empty(), "no number of a document");
        assert!(slips("一期（2026年）建成8号厂房").is_empty());
    }
}
