//! Emphasis beside Chinese punctuation: `**重要提示：**请` is bold.
//!
//! CommonMark lets `**` close after punctuation only before a space or more punctuation, and Chinese writes no spaces.
//! A private-use character, put between the run and the punctuation, makes the parser see a letter there. It is taken
//! out of everything that the parser gives back. Texts without Chinese beside a run stay as they are, byte for byte.

use super::chars::{is_cjk, is_punctuation};
use crate::source::seek;
use std::borrow::Cow;

/// A text that is ready for the parser.
pub struct Prepared<'t> {
    text: Cow<'t, str>,
    sentinel: char,
    /// The bytes of the prepared text at which a sentinel begins.
    inserts: Vec<usize>,
}

/// Bytes of a sentinel; all candidates lie in U+E000–U+F8FF.
const WIDTH: usize = 3;

impl<'t> Prepared<'t> {
    /// Puts the sentinels in.
    pub fn new(text: &'t str) -> Prepared<'t> {
        let untouched = Prepared { text: Cow::Borrowed(text), sentinel: '\u{E000}', inserts: Vec::new() };
        if text.is_ascii() || seek::any_of(*b"*~", text.as_bytes()).is_none() {
            return untouched;
        }
        let spots = spots(text);
        let Some(sentinel) = ('\u{E000}'..='\u{F8FF}').find(|c| !text.contains(*c)).filter(|_| !spots.is_empty()) else {
            return untouched;
        };
        let mut prepared = String::with_capacity(text.len() + spots.len() * WIDTH);
        let (mut inserts, mut done) = (Vec::with_capacity(spots.len()), 0);
        for spot in spots {
            prepared.push_str(text.get(done..spot).unwrap_or(""));
            inserts.push(prepared.len());
            prepared.push(sentinel);
            done = spot;
        }
        prepared.push_str(text.get(done..).unwrap_or(""));
        Prepared { text: Cow::Owned(prepared), sentinel, inserts }
    }

    /// The text for the parser.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the original text that a byte of the prepared one stands for.
    pub fn original(&self, at: usize) -> usize {
        at - WIDTH * self.inserts.partition_point(|insert| *insert < at)
    }

    /// A piece of the parser's output without sentinels.
    pub fn clean<'s>(&self, piece: &'s str) -> Cow<'s, str> {
        // The sign itself is sought only behind a byte that hardly any text has.
        let mark = self.sentinel.encode_utf8(&mut [0; WIDTH]).as_bytes()[0];
        if self.inserts.is_empty() || seek::byte(mark, piece.as_bytes()).is_none() || !piece.contains(self.sentinel) {
            Cow::Borrowed(piece)
        } else {
            Cow::Owned(piece.replace(self.sentinel, ""))
        }
    }
}

/// Where sentinels belong, in order.
fn spots(text: &str) -> Vec<usize> {
    let mut spots = Vec::new();
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = seek::any_of(*b"*~\\", &bytes[from..]).map(|found| from + found) {
        if bytes[at] == b'\\' {
            from = at + 1 + usize::from(bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation));
            continue;
        }
        // A cluster such as `**~~` is one place: both its edges and the seams inside need the same treatment.
        let end = at + bytes[at..].iter().take_while(|byte| matches!(byte, b'*' | b'~')).count();
        let seams = (at + 1..end).filter(|seam| bytes[*seam] != bytes[*seam - 1]);
        from = end;
        if let (Some(left), Some(right)) = (text[..at].chars().next_back(), text[end..].chars().next())
            && !is_edge(left)
            && !is_edge(right)
            && (is_cjk(left) || is_cjk(right))
            && is_punctuation(left) != is_punctuation(right)
        {
            spots.extend(is_punctuation(left).then_some(at));
            spots.extend(seams);
            spots.extend(is_punctuation(right).then_some(end));
        }
    }
    spots
}

/// Beside a space, a cell border or `_` nothing is put: the first two need it not, the last would lose its own meaning.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '|' | '_')
}

#[cfg(test)]
mod tests {
    use super::Prepared;

    fn shown(text: &str) -> String {
        Prepared::new(text).text().replace('\u{E000}', "^")
    }

    #[test]
    fn sentinels_stand_only_where_a_run_meets_chinese_punctuation() {
        assert_eq!(shown("**重要提示：**请"), "**重要提示：^**请");
        assert_eq!(shown("为**《规定》**的"), "为**^《规定》^**的");
        assert_eq!(shown("~~旧：~~新"), "~~旧：^~~新");
        assert_eq!(shown("~~**旧：**~~新"), "~~**旧：^**^~~新");
        assert_eq!(shown("**甲** **乙**"), "**甲** **乙**");
        assert_eq!(shown("a**b.**c"), "a**b.**c");
        assert_eq!(shown("\\*（甲）*乙"), "\\*（甲）^*乙");
        assert_eq!(shown("* （一）甲"), "* （一）甲");
    }

    #[test]
    fn offsets_lead_back_and_a_used_private_character_is_avoided() {
        let text = "为**《规》**的\u{E000}x";
        let prepared = Prepared::new(text);
        let at = prepared.text().find('x').unwrap();
        assert_eq!(text.get(prepared.original(at)..), Some("x"));
        assert!(prepared.text().contains('\u{E001}'));
        assert_eq!(prepared.clean("规\u{E001}\u{E000}"), "规\u{E000}");
    }
}
