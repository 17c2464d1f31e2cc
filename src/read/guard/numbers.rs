//! Numbers that belong to persons, and addresses of machines inside the office.

use crate::source::seek;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// A mobile telephone.
    Mobile,
    /// An identity card with the right check digit (GB 11643).
    Identity,
    /// A bank card whose digits satisfy Luhn's check.
    Card,
    /// An address of a private network or of this machine (RFC 1918).
    Private,
}

/// Every such number of a text: what it is, where it begins and ends in bytes.
pub fn find(text: &str) -> Vec<(Number, usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = seek::first(&bytes[at..], |byte| byte.is_ascii_digit()).map(|found| at + found) {
        at = start;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        // Digits inside a longer code are no number of their own.
        let joined = start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'_' | b'.' | b'-'));
        if joined {
            continue;
        }
        let what = match at - start {
            length @ (1..=4) => short(bytes, start, at, length),
            11 | 13 => mobile(&bytes[start..at]).then_some((Number::Mobile, at)),
            length @ (16..=19) => long(bytes, start, at, length),
            _ => None,
        };
        if let Some((number, end)) = what.filter(|(_, end)| !bytes.get(*end).is_some_and(u8::is_ascii_alphanumeric)) {
            found.push((number, start, end));
            at = end;
        }
    }
    found
}

/// A few digits, with more behind a dot, hyphen or space.
fn short(bytes: &[u8], start: usize, end: usize, length: usize) -> Option<(Number, usize)> {
    match (bytes.get(end)?, length) {
        (b'.', 1..=3) => address(bytes, start).map(|end| (Number::Private, end)),
        (b' ' | b'-', 3) => grouped(bytes, start, &[3, 4, 4]).filter(|(digits, _)| mobile(digits)).map(|(_, end)| (Number::Mobile, end)),
        // A telephone number ends after its second group.
        (b' ' | b'-', 4) if matches!(bytes.get(end + 5), Some(b' ' | b'-')) => [&[4, 4, 4, 4, 3][..], &[4, 4, 4, 4, 2], &[4, 4, 4, 4]]
            .into_iter()
            .find_map(|groups| grouped(bytes, start, groups))
            .filter(|(digits, _)| card(digits))
            .map(|(_, end)| (Number::Card, end)),
        _ => None,
    }
}

fn long(bytes: &[u8], start: usize, end: usize, length: usize) -> Option<(Number, usize)> {
    let with_x = length == 17 && bytes.get(end).is_some_and(|byte| matches!(byte, b'X' | b'x'));
    let whole = if with_x { end + 1 } else { end };
    if whole - start == 18 && identity(&bytes[start..whole]) {
        return Some((Number::Identity, whole));
    }
    card(&bytes[start..end]).then_some((Number::Card, end))
}

/// Groups of digits of these lengths, with one sign between; the digits, and where they end.
fn grouped(bytes: &[u8], start: usize, groups: &[usize]) -> Option<(Vec<u8>, usize)> {
    let (mut digits, mut at) = (Vec::new(), start);
    for (index, length) in groups.iter().enumerate() {
        if index > 0 {
            bytes.get(at).filter(|byte| matches!(byte, b' ' | b'-'))?;
            at += 1;
        }
        let group = bytes.get(at..at + length).filter(|group| group.iter().all(u8::is_ascii_digit))?;
        digits.extend_from_slice(group);
        at += length;
    }
    (!bytes.get(at).is_some_and(u8::is_ascii_digit)).then_some((digits, at))
}

/// `1` and a prefix that is in use; with or without the number of the country.
fn mobile(digits: &[u8]) -> bool {
    let own = digits.strip_prefix(b"86").filter(|rest| rest.len() == 11).unwrap_or(digits);
    own.len() == 11 && own[0] == b'1' && (b'3'..=b'9').contains(&own[1])
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// Eighteen signs: a region, a day of birth, and a check digit that is right.
fn identity(code: &[u8]) -> bool {
    let part = |from: usize, to: usize| code[from..to].iter().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'));
    let born = (1900..=2100).contains(&part(6, 10)) && (1..=12).contains(&part(10, 12)) && (1..=31).contains(&part(12, 14));
    let sum: u32 = WEIGHTS.iter().zip(code).map(|(weight, byte)| weight * u32::from(byte - b'0')).sum();
    born && code[0] != b'0' && code[17].to_ascii_uppercase() == CHECKS[(sum % 11) as usize]
}

/// The beginnings of cards that are in use, and Luhn's check.
fn card(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0') * if at % 2 == 1 { 2 } else { 1 };
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    (16..=19).contains(&digits.len()) && (digits.starts_with(b"62") || matches!(digits[0], b'3' | b'4' | b'5')) && sum.is_multiple_of(10)
}

/// Four numbers with dots between that mean a private network; where they end.
fn address(bytes: &[u8], start: usize) -> Option<usize> {
    let mut parts = [0u32; 4];
    let mut at = start;
    for (index, part) in parts.iter_mut().enumerate() {
        if index > 0 {
            bytes.get(at).filter(|byte| **byte == b'.')?;
            at += 1;
        }
        let from = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() && at - from < 4 {
            *part = *part * 10 + u32::from(bytes[at] - b'0');
            at += 1;
        }
        (at > from && *part < 256).then_some(())?;
    }
    let more = bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    let private = match parts {
        [10 | 127, ..] | [192, 168, ..] | [169, 254, ..] => true,
        [172, second, ..] => (16..32).contains(&second),
        _ => false,
    };
    (private && !more).then_some(at)
}

/// A number as it may be shown: the beginning and the end.
pub fn masked(number: Number, text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let (head, tail) = match number {
        Number::Mobile => (3, 4),
        Number::Identity => (6, 4),
        Number::Card => (4, 4),
        Number::Private => return text.to_string(),
    };
    let middle = digits.len().saturating_sub(head + tail);
    let piece = |from: usize, to: usize| digits.get(from..to).unwrap_or_default().iter().collect::<String>();
    format!("{}{}{}", piece(0, head), "*".repeat(middle), piece(head + middle, digits.len()))
}

#[cfg(test)]
mod tests {
    use super::{Number, find, masked};

    fn of(text: &str) -> Vec<(Number, String)> {
        find(text).into_iter().map(|(number, start, end)| (number, text[start..end].to_string())).collect()
    }

    #[test]
    fn numbers_of_persons_are_found_and_others_are_not() {
        assert_eq!(of("请打13800138000。"), [(Number::Mobile, "13800138000".into())]);
        assert_eq!(of("138-0013-8000或+86 138 0013 8000、8613800138000").len(), 3);
        // The worked example of GB 11643, and the same with a wrong check digit.
        assert_eq!(of("身份证11010519491231002X"), [(Number::Identity, "11010519491231002X".into())]);
        assert_eq!(of("110105194912310021"), []);
        assert_eq!(of("卡号6222 0000 0000 0000 008"), []);
        assert_eq!(
            of("卡号4111 1111 1111 1111、4111111111111111"),
            [(Number::Card, "4111 1111 1111 1111".into()), (Number::Card, "4111111111111111".into())]
        );
        for text in [
            "0597-000-0001",
            "2026-350899-38-03-123456",
            "91350800MA2XXXXX00",
            "12300138000",
            "a13800138000",
            "138001380001",
            "1,3800138000",
        ] {
            assert_eq!(of(text), [], "{text}");
        }
    }

    #[test]
    fn addresses_inside_the_office_are_found() {
        assert_eq!(of("http://192.168.1.20:8080/oa"), [(Number::Private, "192.168.1.20".into())]);
        assert_eq!(of("10.0.0.1、172.16.3.4、127.0.0.1").len(), 3);
        assert_eq!(of("8.8.8.8、172.32.0.1、10.5米、2026.10.1、10.1.2.3.4"), []);
    }

    #[test]
    fn what_is_shown_is_masked() {
        assert_eq!(masked(Number::Mobile, "138-0013-8000"), "138****8000");
        assert_eq!(masked(Number::Identity, "11010519491231002X"), "110105********002X");
    }
}
