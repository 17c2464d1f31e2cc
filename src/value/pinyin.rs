//! How Chinese is read aloud, for titles, names and keywords. The only module that knows the crate `pinyin`.
//!
//! A character alone has its most frequent reading; words that read otherwise (长汀, 厦门, 重庆, 行业) stand in
//! `readings.txt`, in the theme's list and in the site's. The longest word at a place counts; of two lists, the later.

use crate::source::lookup::Lookup;
use pinyin::ToPinyin;
use std::borrow::Cow;

const READINGS: &str = include_str!("readings.txt");

/// The words that are read otherwise than their characters alone.
pub struct Readings {
    /// By the first character: the word and its syllables, longest first.
    words: Lookup<char, Vec<(Vec<char>, Vec<String>)>>,
}

impl Readings {
    /// The usual words, then those of the theme and of the site.
    pub fn new<'a>(more: impl IntoIterator<Item = &'a (String, Vec<String>)>) -> Readings {
        let usual = READINGS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let (word, said) = line.split_once(' ')?;
            Some((word.chars().collect::<Vec<char>>(), said.split(' ').map(str::to_string).collect::<Vec<String>>()))
        });
        let own = more.into_iter().map(|(word, said)| (word.chars().collect(), said.clone()));
        let mut words: Lookup<char, Vec<(Vec<char>, Vec<String>)>> = Lookup::default();
        for (word, said) in usual.chain(own).filter(|(word, said)| word.len() == said.len()) {
            let Some(&first) = word.first() else { continue };
            let list = words.entry(first).or_default();
            list.retain(|(known, _)| *known != word);
            list.push((word, said));
        }
        words.values_mut().for_each(|list| list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        Readings { words }
    }

    /// The syllables of every run of Chinese in a text. A character that nobody can read ends its run.
    pub fn of<'a>(&'a self, text: &[char]) -> Vec<Vec<Cow<'a, str>>> {
        let mut runs = vec![Vec::new()];
        let mut at = 0;
        while at < text.len() {
            if let Some((word, said)) = self.word_at(&text[at..]) {
                if let Some(run) = runs.last_mut() {
                    run.extend(said.iter().map(|syllable| Cow::Borrowed(syllable.as_str())));
                }
                at += word.len();
                continue;
            }
            match Some(text[at]).and_then(|c| c.to_pinyin()) {
                Some(said) => {
                    let plain = said.plain();
                    let plain = if plain.contains('ü') { Cow::Owned(plain.replace('ü', "v")) } else { Cow::Borrowed(plain) };
                    if let Some(run) = runs.last_mut() {
                        run.push(plain);
                    }
                }
                None => runs.push(Vec::new()),
            }
            at += 1;
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    fn word_at(&self, text: &[char]) -> Option<&(Vec<char>, Vec<String>)> {
        self.words.get(text.first()?)?.iter().find(|(word, _)| text.starts_with(word))
    }

    /// The letter under which a title stands in the index A–Z; `#` for what begins with neither a letter nor Chinese.
    pub fn letter(&self, title: &str) -> char {
        let text: Vec<char> = title.chars().filter(|c| c.is_alphanumeric()).take(12).collect();
        let letter = match text.first() {
            Some(&c) if c.to_pinyin().is_some() => self.of(&text).first().and_then(|run| run.first()?.chars().next()),
            Some(&c) => Some(c),
            None => None,
        };
        letter.map(|c| c.to_ascii_uppercase()).filter(char::is_ascii_uppercase).unwrap_or('#')
    }
}

impl Readings {
    /// What titles are sorted by: as they are read aloud, then as they are written.
    pub fn key(&self, title: &str) -> String {
        let text: Vec<char> = title.to_lowercase().chars().collect();
        let mut key = String::new();
        for c in self.of(&text).concat() {
            key.push_str(&c);
            key.push(' ');
        }
        key + title
    }
}

impl Readings {
    /// A title as part of an address: syllables, letters and digits with hyphens between them, cut between two of them
    /// where it would be longer than so many bytes. Empty where nothing can be read.
    pub fn slug(&self, title: &str, longest: usize) -> String {
        let mut words: Vec<String> = Vec::new();
        let mut run: Vec<char> = Vec::new();
        let narrow = super::number::narrow(title).to_lowercase();
        let mut letters = String::new();
        for c in narrow.chars().chain([' ']) {
            let plain = c.is_ascii_alphanumeric();
            if !letters.is_empty() && !plain {
                words.push(std::mem::take(&mut letters));
            }
            let said = !plain && c.to_pinyin().is_some();
            if !run.is_empty() && !said {
                words.extend(self.of(&std::mem::take(&mut run)).concat().into_iter().map(Cow::into_owned));
            }
            match (plain, said) {
                (true, _) => letters.push(c),
                (_, true) => run.push(c),
                _ => {}
            }
        }
        let mut slug = String::new();
        for word in words.iter().filter(|word| word.is_ascii()) {
            let gap = usize::from(!slug.is_empty());
            if slug.len() + gap + word.len() > longest {
                break;
            }
            if gap > 0 {
                slug.push('-');
            }
            slug.push_str(word);
        }
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::Readings;

    fn said(readings: &Readings, text: &str) -> String {
        let runs = readings.of(&text.chars().collect::<Vec<char>>());
        runs.iter().map(|run| run.join(" ")).collect::<Vec<String>>().join(" | ")
    }

    #[test]
    fn places_and_words_are_read_as_people_say_them() {
        let readings = Readings::new(&[]);
        for (text, wanted) in [
            ("长汀县", "chang ting xian"),
            ("厦门大厦", "xia men da sha"),
            ("重庆", "chong qing"),
            ("长乐区", "chang le qu"),
            ("新罗区", "xin luo qu"),
            ("行车与行业", "xing che yu hang ye"),
            ("绿色增长率", "lv se zeng zhang lv"),
            ("厂房，出租", "chang fang | chu zu"),
            ("貸款貼息", "dai kuan tie xi"),
        ] {
            assert_eq!(said(&readings, text), wanted, "{text}");
        }
    }

    #[test]
    fn the_list_of_a_site_wins() {
        let own = [("行车".to_string(), vec!["hang".to_string(), "che".to_string()])];
        assert_eq!(said(&Readings::new(&own), "行车"), "hang che");
    }

    #[test]
    fn titles_become_parts_of_addresses() {
        let readings = Readings::new(&[]);
        for (title, slug) in
            [("长汀县A2栋3号厂房", "chang-ting-xian-a2-dong-3-hao-chang-fang"), ("绿谷（二期）　Ｂ１", "lv-gu-er-qi-b1"), ("——", "")]
        {
            assert_eq!(readings.slug(title, 60), slug, "{title}");
        }
        assert_eq!(readings.slug("长汀县厂房", 12), "chang-ting");
    }

    #[test]
    fn every_title_has_a_letter() {
        let readings = Readings::new(&[]);
        for (title, letter) in [("长汀县", 'C'), ("《厦门》", 'X'), ("GB 50016", 'G'), ("2000㎡厂房", '#'), ("", '#')] {
            assert_eq!(readings.letter(title), letter, "{title}");
        }
    }
}
