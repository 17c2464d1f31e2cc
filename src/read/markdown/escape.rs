//! Text → HTML text. Every attribute of ours stands in double quotes, so one escaping serves both.

use crate::source::seek;
use std::fmt::Write;

/// Appends a text, escaped for element content and for a double-quoted attribute.
pub fn push(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = seek::any_of(*b"&<>\"", rest.as_bytes()) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let mut chars = found.chars();
        out.push_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            _ => "&quot;",
        });
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// A text, escaped.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(&mut out, text);
    out
}

/// An address as the CommonMark specification prints it: percent-encoded where needed, then escaped.
pub fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~!*'();:@&=+$,/?%#".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("because writing to a String does not fail");
        }
    }
    escaped(&out)
}

#[cfg(test)]
mod tests {
    use super::{address, escaped};

    #[test]
    fn nothing_leaves_its_quotes() {
        assert_eq!(escaped("a<b>\"c\" & 'd'"), "a&lt;b&gt;&quot;c&quot; &amp; 'd'");
        assert_eq!(escaped("园区"), "园区");
        assert_eq!(address("ä\"&<"), "%C3%A4%22&amp;%3C");
    }
}
