//! Words in a text: all of them in one pass, the longest first.

use crate::source::seek::Seeker;

/// What a word means where it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing: a phrase that is fine, and hides the words inside it.
    Fine,
    /// An official designation: fine with a source.
    Designation,
    /// An absolute term.
    Absolute,
    /// A claim that needs a source.
    Claim,
    /// An incentive that needs a review.
    Incentive,
    /// Wording that was found to break the rules.
    Barred,
    /// A mark of internal papers.
    Internal,
    /// A mark of secrecy.
    Secret,
    /// The beginning of a key.
    Key,
    /// The name in front of a password.
    Password,
    /// An address that only the office can open.
    Host,
    /// Text that was to be replaced.
    Placeholder,
    /// A link whose text does not say where to.
    LinkText,
    /// A unit, whose right form is the second text.
    Unit,
    /// A word of a list, with the right one where there is one.
    Listed,
    /// A sign that nobody sees.
    Unseen,
    /// A full-width digit.
    Wide,
    /// The beginning of a month or day with a leading zero.
    Zero,
}

/// A word that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// What it means.
    pub meaning: Meaning,
    /// Which word of the list.
    pub word: usize,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// The words of a site and its theme, ready to be sought.
pub struct Words {
    list: Vec<(String, Meaning, String)>,
    seeker: Seeker,
}

/// Signs that take no room or turn the direction of a text.
const UNSEEN: [&str; 16] = [
    "\u{200B}", "\u{200C}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2060}", "\u{2061}",
    "\u{2062}", "\u{2063}", "\u{2066}", "\u{2067}", "\u{00AD}",
];

impl Words {
    /// Collects words; the first of two equal ones counts.
    pub fn new(mut list: Vec<(String, Meaning, String)>) -> Words {
        list.extend(UNSEEN.iter().map(|sign| (sign.to_string(), Meaning::Unseen, String::new())));
        list.extend(('０'..='９').map(|digit| (digit.to_string(), Meaning::Wide, String::new())));
        list.extend(["年0", "月0"].iter().map(|word| (word.to_string(), Meaning::Zero, String::new())));
        let seeker = Seeker::longest(list.iter().map(|(word, ..)| word.as_str()));
        Words { list, seeker }
    }
    /// Every word of a text that means something.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Hit> + 'a {
        self.seeker.find(text).filter_map(move |found| {
            let hit = Hit { meaning: self.list[found.word].1, word: found.word, start: found.start, end: found.end };
            (hit.meaning != Meaning::Fine && whole(text, hit)).then_some(hit)
        })
    }
    /// What should stand there instead; empty where no word says it.
    pub fn right(&self, hit: Hit) -> &str {
        &self.list[hit.word].2
    }
}

/// Latin words end where letters and digits end: `TBD` is none in `outbdoors`. A unit follows a number.
fn whole(text: &str, hit: Hit) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric();
    let (before, after) = (text[..hit.start].chars().next_back(), text[hit.end..].chars().next());
    let first = text[hit.start..].chars().next().is_some_and(letter);
    let last = text[..hit.end].chars().next_back().is_some_and(letter);
    match hit.meaning {
        Meaning::Key => !first || !before.is_some_and(letter),
        Meaning::Unit => true,
        _ => !(first && before.is_some_and(letter) || last && after.is_some_and(letter)) || hit.meaning == Meaning::Zero,
    }
}

#[cfg(test)]
mod tests {
    use super::{Meaning, Words};

    #[test]
    fn the_longest_phrase_counts_and_latin_words_are_whole() {
        let words = Words::new(vec![
            ("国家级开发区".into(), Meaning::Designation, String::new()),
            ("国家级".into(), Meaning::Absolute, String::new()),
            ("第一工业".into(), Meaning::Fine, String::new()),
            ("第一".into(), Meaning::Absolute, String::new()),
            ("TBD".into(), Meaning::Placeholder, String::new()),
        ]);
        let found = |text: &str| words.find(text).map(|hit| (hit.meaning, text[hit.start..hit.end].to_string())).collect::<Vec<_>>();
        assert_eq!(
            found("国家级开发区，国家级荣誉"),
            [(Meaning::Designation, "国家级开发区".into()), (Meaning::Absolute, "国家级".into())]
        );
        assert_eq!(found("第一工业集中区全省第一"), [(Meaning::Absolute, "第一".into())]);
        assert_eq!(found("地址 tbd，outbdoors"), [(Meaning::Placeholder, "tbd".into())]);
        assert_eq!(found("甲\u{200B}乙３"), [(Meaning::Unseen, "\u{200B}".into()), (Meaning::Wide, "３".into())]);
    }
}
