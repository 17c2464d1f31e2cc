//! Many words sought in one pass over a text, and single signs as fast as the machine can. The only module that knows
//! the matchers.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// Words that are sought together.
#[derive(Debug, Clone)]
pub struct Seeker(Option<AhoCorasick>);

/// A word that was found: which, and where it begins and ends in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Which word of the list.
    pub word: usize,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl Seeker {
    /// Words of which the longest counts where several begin; Latin letters in any case. Of equal words the first counts.
    pub fn longest<'a>(words: impl Iterator<Item = &'a str>) -> Seeker {
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).prefilter(false);
        // No list of words is too long for a table; if it were, nothing would be found and nothing would be blocked.
        Seeker(builder.build(words).ok())
    }
    /// Pieces of bytes, each of which is found wherever it stands; empty ones are never found.
    pub fn all(pieces: &[Vec<u8>]) -> Seeker {
        if pieces.is_empty() {
            return Seeker(None);
        }
        // A piece that no text can hold keeps the numbers of the others.
        let pieces = pieces.iter().map(|piece| if piece.is_empty() { &[0xFF, 0xFE, 0xFF, 0xFE][..] } else { piece.as_slice() });
        Seeker(AhoCorasick::builder().match_kind(MatchKind::Standard).build(pieces).ok())
    }
    /// Every word of a text, none inside another.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Found> + 'a {
        let found = self.0.iter().flat_map(move |matcher| matcher.find_iter(text));
        found.map(|found| Found { word: found.pattern().as_usize(), start: found.start(), end: found.end() })
    }
    /// Which pieces stand in some bytes, in order and each once.
    pub fn which(&self, bytes: &[u8]) -> Vec<usize> {
        let mut which: Vec<usize> =
            self.0.iter().flat_map(|matcher| matcher.find_overlapping_iter(bytes)).map(|found| found.pattern().as_usize()).collect();
        which.sort_unstable();
        which.dedup();
        which
    }
}

/// Where a byte first stands.
pub fn byte(wanted: u8, bytes: &[u8]) -> Option<usize> {
    memchr::memchr(wanted, bytes)
}

/// Where the first byte of a kind stands. Many are looked at in one step: few texts have one near their beginning. The
/// question should be put without shortcuts (`|`, not `||`), so that the machine can ask it of many bytes at once.
pub fn first(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    const STEP: usize = 32;
    let mut steps = bytes.chunks_exact(STEP);
    let mut at = 0;
    for step in &mut steps {
        if step.iter().fold(false, |found, byte| found | is(*byte)) {
            break;
        }
        at += STEP;
    }
    bytes[at..].iter().position(|byte| is(*byte)).map(|found| at + found)
}

/// Where the first of some bytes stands.
pub fn any_of<const N: usize>(wanted: [u8; N], bytes: &[u8]) -> Option<usize> {
    first(bytes, |byte| wanted.iter().fold(false, |found, one| found | (*one == byte)))
}

/// Where every line after the first begins.
pub fn line_starts(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    memchr::memchr_iter(b'\n', bytes).map(|at| at + 1)
}

/// The lines of a text, each with its end.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = byte(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let (line, behind) = rest.split_at(end);
        rest = behind;
        (end > 0).then_some(line)
    })
}

/// Where a piece stands, each time.
pub fn pieces<'a>(wanted: &'a [u8], bytes: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    memchr::memmem::find_iter(bytes, wanted)
}

/// Where a piece first stands.
pub fn piece(wanted: &[u8], bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

#[cfg(test)]
mod tests {
    use super::{Seeker, first, lines};

    #[test]
    fn the_first_byte_of_a_kind_is_found_wherever_it_stands() {
        for at in [0, 1, 31, 32, 33, 63, 64, 70] {
            let text = "-".repeat(at) + "7" + &"8-".repeat(40);
            assert_eq!(first(text.as_bytes(), |byte| byte.is_ascii_digit()), Some(at));
        }
        assert_eq!(first("-".repeat(99).as_bytes(), |byte| byte.is_ascii_digit()), None);
        assert_eq!(first(b"", |_| true), None);
    }

    #[test]
    fn lines_keep_their_ends() {
        for (text, wanted) in [("", &[][..]), ("甲", &["甲"]), ("\n", &["\n"]), ("甲\r\n\n乙\n", &["甲\r\n", "\n", "乙\n"])] {
            assert_eq!(lines(text).collect::<Vec<_>>(), wanted);
        }
    }

    #[test]
    fn pieces_are_found_inside_each_other_and_words_are_not() {
        let pieces = ["底价".as_bytes().to_vec(), "内部底价".as_bytes().to_vec(), Vec::new(), b"x".to_vec()];
        assert_eq!(Seeker::all(&pieces).which("内部底价".as_bytes()), [0, 1]);
        assert!(Seeker::all(&[]).which(b"anything").is_empty());
        let words: Vec<_> = Seeker::longest(["底价", "内部底价"].into_iter()).find("内部底价、底价").map(|found| found.word).collect();
        assert_eq!(words, [1, 0]);
    }
}
