//! Bare addresses in prose become links and end where Chinese text goes on.

use crate::source::seek;
use std::ops::Range;

/// A bare address: its bytes in the text and where it leads.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// The bytes.
    pub range: Range<usize>,
    /// The whole address, with its scheme.
    pub address: String,
}

/// All bare addresses of a text, in order: `https://…`, `http://…`, `www.…` and e-mail addresses.
pub fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut from = 0;
    while let Some(offset) = seek::any_of(*b":@wW", &text.as_bytes()[from..]) {
        let at = from + offset;
        from = at + 1;
        let floor = found.last().map_or(0, |last| last.range.end);
        if let Some(one) = (at >= floor).then(|| one(text, at, floor)).flatten() {
            from = one.range.end;
            found.push(one);
        }
    }
    found
}

fn one(text: &str, at: usize, floor: usize) -> Option<Found> {
    let (before, rest) = (text.get(floor..at)?, text.get(at..)?);
    if rest.starts_with("://") {
        let scheme = ["https", "http"].into_iter().find(|scheme| ends_with(before, scheme))?;
        let start = at - scheme.len();
        return (is_free(text.get(floor..start)?)).then(|| web(text, start, at + 3, "")).flatten();
    }
    if let Some(local) = rest.strip_prefix('@') {
        return mail(before, local, at);
    }
    (rest.len() >= 4 && rest.get(..4)?.eq_ignore_ascii_case("www.") && is_free(before)).then(|| web(text, at, at + 4, "http://")).flatten()
}

fn ends_with(text: &str, word: &str) -> bool {
    text.len().checked_sub(word.len()).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// Does no Latin word run into the address? Chinese may.
fn is_free(before: &str) -> bool {
    !before.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@'))
}

/// An address that starts at `start` and whose host starts at `host`.
fn web(text: &str, start: usize, host: usize, scheme: &str) -> Option<Found> {
    let length = text.get(host..)?.bytes().take_while(|byte| is_address_byte(*byte)).count();
    let mut end = host + length;
    while let Some(last) = text.get(host..end)?.chars().next_back() {
        let piece = text.get(host..end)?;
        let dangling = |open: char, close: char| last == close && piece.matches(close).count() > piece.matches(open).count();
        if matches!(last, '.' | ',' | ':' | ';' | '!' | '?' | '*' | '_' | '~' | '\'' | '&' | '(' | '[')
            || dangling('(', ')')
            || dangling('[', ']')
        {
            end -= 1;
        } else {
            break;
        }
    }
    let first = text.get(host..end)?.chars().next()?;
    let address = text.get(start..end)?;
    first.is_ascii_alphanumeric().then(|| Found { range: start..end, address: format!("{scheme}{address}") })
}

fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

fn mail(before: &str, after: &str, at: usize) -> Option<Found> {
    let local = before.bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte)).count();
    let name = before.get(before.len() - local..)?.trim_start_matches(['.', '-', '%', '+', '_']);
    let length = after.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
    let host = after.get(..length)?.trim_end_matches(['.', '-']);
    let labels = host.split('.').all(|label| !label.is_empty() && !label.starts_with('-'));
    let top = host.rsplit('.').next().is_some_and(|label| label.len() >= 2 && label.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let whole = !name.is_empty() && labels && top && host.contains('.');
    whole.then(|| Found { range: at - name.len()..at + 1 + host.len(), address: format!("mailto:{name}@{host}") })
}

#[cfg(test)]
mod tests {
    use super::find;

    fn bare(text: &str) -> Vec<String> {
        find(text).into_iter().map(|one| text[one.range].to_string()).collect()
    }

    #[test]
    fn addresses_end_at_chinese_text_and_brackets() {
        assert_eq!(bare("见https://a.cn/x。欢迎"), ["https://a.cn/x"]);
        assert_eq!(bare("见 https://a.cn/x，欢迎"), ["https://a.cn/x"]);
        assert_eq!(bare("（https://a.cn）和(HTTP://b.cn/p?q=1&r=(2)) 止."), ["https://a.cn", "HTTP://b.cn/p?q=1&r=(2)"]);
        assert_eq!(bare("https://a.cn/欢迎"), ["https://a.cn/"]);
        assert_eq!(bare("网址www.qidu.gov.cn、http://x.cn."), ["www.qidu.gov.cn", "http://x.cn"]);
        assert_eq!(find("www.a.cn")[0].address, "http://www.a.cn");
    }

    #[test]
    fn mail_addresses_are_found_beside_chinese() {
        assert_eq!(bare("邮箱：zs@a.cn，电话"), ["zs@a.cn"]);
        assert_eq!(bare("联系zhang.san@zs-park.gov.cn."), ["zhang.san@zs-park.gov.cn"]);
        assert_eq!(find("a@b.cn")[0].address, "mailto:a@b.cn");
        assert!(bare("@某人 a@b 12@3.4 https:// ftp://a.cn xhttps://a.cn").is_empty());
        assert_eq!(bare("https://u@a.cn/x@y.cn"), ["https://u@a.cn/x@y.cn"]);
    }
}
