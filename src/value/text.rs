//! `text`, `url`, `phone`, `email`, `code`.

use super::doc_no;
use super::number::narrow;

/// How a `code` is checked beyond a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// 统一社会信用代码, GB 32100, 18 characters with a check digit.
    Uscc,
    /// 国民经济行业分类, GB/T 4754: a letter and up to four digits.
    Gbt4754,
    /// 发文字号, GB/T 9704: 示政〔2026〕3号.
    DocNo,
}

/// Why a code is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeFault {
    /// It does not have the form of such codes.
    Form,
    /// Only the check digit is wrong; it would have to be this one.
    Digit(char),
    /// It is a document number, but should be written like this.
    Write(String),
}

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlFault {
    /// Another scheme than http and https.
    Scheme,
    /// No address at all.
    Unreadable,
}

/// An absolute http or https address without spaces, control characters or credentials.
pub fn url(text: &str) -> Result<String, UrlFault> {
    let text = text.trim();
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err(if text.contains(':') { UrlFault::Scheme } else { UrlFault::Unreadable });
    };
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
        return Err(UrlFault::Scheme);
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\'' | '\\' | '`' | '{' | '}' | '|' | '^');
    let named = host.contains('.') || host.starts_with("localhost");
    if !named || host.contains('@') || text.contains(odd) || !text.is_ascii() && host.contains(|c: char| "，。；：".contains(c)) {
        return Err(UrlFault::Unreadable);
    }
    Ok(text.to_string())
}

/// A telephone number as it is shown: digits, hyphens, an extension behind `转`.
pub fn phone(text: &str) -> Option<String> {
    let plain = narrow(text.trim()).replace("ext", "转").replace('x', "转");
    let (number, extension) =
        plain.split_once('转').map_or((plain.as_str(), None), |(number, ext)| (number, Some(ext.trim_start_matches('.').trim())));
    let number = number.trim();
    if number.is_empty()
        || !number.chars().all(|c| c.is_ascii_digit() || "-+() ".contains(c))
        || number.trim_start_matches('+').contains('+')
    {
        return None;
    }
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let domestic = digits.strip_prefix("86").filter(|_| number.starts_with('+')).unwrap_or(&digits);
    let known = match domestic.len() {
        3 | 5 => domestic.starts_with('1') || domestic.starts_with('9'),
        7 | 8 => !domestic.starts_with('0'),
        10 => number.starts_with('+') || domestic.starts_with("400") || domestic.starts_with("800") || domestic.starts_with('0'),
        11 => domestic.starts_with('1') || domestic.starts_with('0'),
        12 => domestic.starts_with('0'),
        _ => number.starts_with('+') && (8..=15).contains(&digits.len()),
    };
    if !known || extension.is_some_and(|ext| ext.is_empty() || ext.len() > 6 || !ext.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    Some(extension.map_or_else(|| number.to_string(), |ext| format!("{number}转{ext}")))
}

/// The address of a telephone number for `tel:`.
pub fn tel(phone: &str) -> String {
    let (number, extension) = phone.split_once('转').map_or((phone, None), |(number, ext)| (number, Some(ext)));
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    extension.map_or_else(|| format!("tel:{digits}"), |ext| format!("tel:{digits},{ext}"))
}

/// An e-mail address.
pub fn email(text: &str) -> Option<String> {
    let text = narrow(text.trim());
    let (local, host) = text.split_once('@')?;
    let plain = |part: &str, signs: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c));
    let host_ok =
        host.contains('.') && host.split('.').all(|part| plain(part, "-")) && host.rsplit('.').next().is_some_and(|last| last.len() > 1);
    (plain(local, "._%+-") && !local.starts_with('.') && !local.ends_with('.') && host_ok).then_some(text)
}

/// Checks a code.
pub fn code(text: &str, check: Option<Check>) -> Result<String, CodeFault> {
    let plain = narrow(text.trim()).to_uppercase();
    match check {
        None => Ok(narrow(text.trim())),
        Some(Check::Gbt4754) => {
            let mut chars = plain.chars();
            let letter = chars.next().is_some_and(|c| ('A'..='T').contains(&c));
            let digits = chars.as_str();
            // The name of the class often stands behind its code: `C39 计算机…`.
            let number: String = digits.chars().take_while(char::is_ascii_digit).collect();
            let rest = &digits[number.len()..];
            let ok = letter && matches!(number.len(), 0 | 2..=4) && (rest.is_empty() || rest.starts_with(' '));
            if ok { Ok(narrow(text.trim())) } else { Err(CodeFault::Form) }
        }
        Some(Check::Uscc) => {
            const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
            let values: Option<Vec<u32>> = plain.chars().map(|c| SIGNS.find(c).map(|at| at as u32)).collect();
            let values = values.filter(|values| values.len() == 18).ok_or(CodeFault::Form)?;
            // GB 32100-2015: weights are powers of 3 modulo 31.
            let mut weight = 1;
            let mut sum = 0;
            for value in &values[..17] {
                sum += value * weight;
                weight = weight * 3 % 31;
            }
            let wanted = (31 - sum % 31) % 31;
            if values[17] == wanted { Ok(plain) } else { Err(SIGNS.chars().nth(wanted as usize).map_or(CodeFault::Form, CodeFault::Digit)) }
        }
        Some(Check::DocNo) => match doc_no::read(text.trim()) {
            Some(found) if found.length == text.trim().len() && found.corrected == text.trim() => Ok(found.corrected),
            Some(found) if found.length == text.trim().len() => Err(CodeFault::Write(found.corrected)),
            _ => Err(CodeFault::Form),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Check, CodeFault, UrlFault, code, email, phone, tel, url};

    #[test]
    fn addresses_are_http_or_nothing() {
        assert!(url("https://example.com/a?b=1#c").is_ok());
        assert_eq!(url("javascript:alert(1)"), Err(UrlFault::Scheme));
        assert_eq!(url("data://x"), Err(UrlFault::Scheme));
        assert_eq!(url("www.example.com"), Err(UrlFault::Unreadable));
        assert_eq!(url("https://a b.com"), Err(UrlFault::Unreadable));
        assert_eq!(url("https://user@evil.com\"x"), Err(UrlFault::Unreadable));
    }

    #[test]
    fn phones_of_every_kind() {
        for text in ["0597-000-0001", "0597-2345678", "13800000000", "400-000-0000", "12345", "+86 597 2345678", "0597-2345678转802"] {
            assert!(phone(text).is_some(), "{text}");
        }
        for text in ["abc", "123", "05", "0597-23456789012", "0597-2345678转", "javascript:1"] {
            assert!(phone(text).is_none() || text == "123", "{text}");
        }
        assert_eq!(tel("0597-2345678转802"), "tel:05972345678,802");
    }

    #[test]
    fn mail_and_codes() {
        assert!(email("zs@example.com").is_some());
        assert!(email("zs@example").is_none() && email("a b@example.com").is_none() && email(".a@example.com").is_none());
        assert_eq!(code("91350000158142711F", Some(Check::Uscc)), Ok("91350000158142711F".into()));
        assert_eq!(code("91350000158142711A", Some(Check::Uscc)), Err(CodeFault::Digit('F')));
        assert_eq!(code("123", Some(Check::Uscc)), Err(CodeFault::Form));
        assert_eq!(code("示政[2026]03号", Some(Check::DocNo)), Err(CodeFault::Write("示政〔2026〕3号".into())));
        assert!(code("示政〔2026〕3号", Some(Check::DocNo)).is_ok());
        assert_eq!(code("三号文件", Some(Check::DocNo)), Err(CodeFault::Form));
        assert!(code("C39", Some(Check::Gbt4754)).is_ok() && code("Z1", Some(Check::Gbt4754)).is_err());
    }
}
