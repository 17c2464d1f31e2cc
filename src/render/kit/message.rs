//! Texts for messages: how long they are, what they cost, and how Windows wants them.

use crate::diagnostic::{Diagnostic, Said, said};

/// One message holds so many units of UTF-16; a longer text is sent in parts of the second size. Plain ASCII has more room.
const CHINESE: (usize, usize) = (70, 67);
const PLAIN: (usize, usize) = (160, 153);

/// How long a text is, in what telephones count.
fn length(text: &str) -> usize {
    text.trim_end().encode_utf16().count()
}

fn room(text: &str) -> (usize, usize) {
    if text.is_ascii() { PLAIN } else { CHINESE }
}

/// The text with as many facts as one message holds; with none where even that is too long.
pub fn fitted(facts: usize, render: impl Fn(usize) -> Result<String, Diagnostic>) -> Result<String, Diagnostic> {
    let mut text = String::new();
    for facts in (0..=facts).rev() {
        text = render(facts)?.trim().to_string();
        if length(&text) <= room(&text).0 {
            break;
        }
    }
    Ok(text)
}

/// How long it became and how many messages that is.
pub fn told(text: &str) -> Said {
    let (count, (one, part)) = (length(text), room(text));
    if count <= one {
        return said(
            format!("短信：{count} 字，一条发完（{one} 字以内）"),
            format!("short message: {count} characters, one message (up to {one})"),
        );
    }
    let parts = count.div_ceil(part);
    said(
        format!("短信：{count} 字，超出一条的 {one} 字，按 {parts} 条计；标题和网址短些才能一条发完"),
        format!("short message: {count} characters, more than the {one} of one message, sent as {parts}; shorten title or address"),
    )
}

/// The bytes for Windows: its older editors and the programs of telephone offices know UTF-8 by its mark only and want
/// both signs at the end of a line; everything newer reads that as well.
pub fn for_windows(text: &str) -> Vec<u8> {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    format!("\u{feff}{}\r\n", lines.join("\r\n")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::{fitted, for_windows, told};

    #[test]
    fn a_message_takes_as_many_facts_as_it_holds() {
        let text = |facts: usize| Ok("题".repeat(40) + &"实".repeat(facts * 12));
        assert_eq!(fitted(6, text).unwrap_or_default().chars().count(), 64);
        let long = |_: usize| Ok("题".repeat(80));
        assert_eq!(fitted(3, long).unwrap_or_default().chars().count(), 80);
        assert!(told(&"题".repeat(80)).zh.contains("80 字") && told(&"题".repeat(80)).zh.contains("按 2 条"));
        assert!(told(&"a".repeat(160)).zh.contains("一条发完"));
        // What telephones count: a rare character outside the first plane is two.
        assert!(told("𠮷").zh.contains("2 字"));
    }

    #[test]
    fn windows_reads_it() {
        assert_eq!(for_windows("甲 \n\n乙\n"), "\u{feff}甲\r\n\r\n乙\r\n".as_bytes());
    }
}
