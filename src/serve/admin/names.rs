//! Names for new records and files, from how their titles are read aloud. Pure.

use crate::value::pinyin::Readings;

/// The longest name that is suggested, in letters: it stands in addresses that people pass on.
const LONGEST: usize = 40;

/// A name of lower-case letters, digits and hyphens; empty where nothing in the title can be read.
pub fn slug(readings: &Readings, title: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut run = String::new();
    let mut chinese: Vec<char> = Vec::new();
    let finish = |chinese: &mut Vec<char>, parts: &mut Vec<String>| {
        for said in readings.of(chinese) {
            // Two syllables a word: `shili-yuanqu` is easier to read out than one long row.
            parts.extend(said.chunks(2).map(|pair| pair.concat()));
        }
        chinese.clear();
    };
    for c in title.chars().map(crate::value::number::narrow_char).chain([' ']) {
        if c.is_ascii_alphanumeric() {
            finish(&mut chinese, &mut parts);
            run.push(c.to_ascii_lowercase());
            continue;
        }
        if !run.is_empty() {
            parts.push(std::mem::take(&mut run));
        }
        if c.is_alphanumeric() { chinese.push(c) } else { finish(&mut chinese, &mut parts) }
    }
    let mut name = String::new();
    for part in parts.iter().filter(|part| part.bytes().all(|b| b.is_ascii_alphanumeric())) {
        if name.len() + part.len() + 1 > LONGEST && !name.is_empty() {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(part);
    }
    name.truncate(LONGEST);
    name
}

/// The first of `name`, `name-2`, `name-3` … that is free and that every system can hold.
pub fn free(name: &str, mut taken: impl FnMut(&str) -> bool) -> String {
    let name = if name.is_empty() { "item" } else { name };
    let mut numbered = (1..).map(|number| if number == 1 { name.to_string() } else { format!("{name}-{number}") });
    numbered.find(|name| crate::plan::clashes::is_possible(name) && !taken(name)).unwrap_or_default()
}

/// May a person give this name? The same rule as for the files of records.
pub fn is_sound(id: &str, nested: bool) -> bool {
    let part = |part: &str| {
        let plain = part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        plain && (1..=64).contains(&part.len()) && !part.starts_with('-')
    };
    crate::plan::clashes::is_possible(id) && if nested { id.split('/').all(part) } else { part(id) }
}

#[cfg(test)]
mod tests {
    use super::{free, is_sound, slug};
    use crate::value::pinyin::Readings;

    #[test]
    fn titles_become_names_that_can_be_read_out() {
        let readings = Readings::new(&[]);
        for (title, wanted) in [
            ("示例园区B2栋标准厂房", "shili-yuanqu-b2-dongbiao-zhunchang-fang"),
            ("长汀县", "changting-xian"),
            ("2026年第3期", "2026-niandi-3-qi"),
            ("Ｂ２栋", "b2-dong"),
            ("Hello, World!", "hello-world"),
            ("——", ""),
        ] {
            assert_eq!(slug(&readings, title), wanted, "{title}");
        }
        assert!(slug(&readings, &"很长的标题".repeat(30)).len() <= 40);
    }

    #[test]
    fn names_are_free_and_possible() {
        assert_eq!(free("a", |name| matches!(name, "a" | "a-2")), "a-3");
        assert_eq!((free("con", |_| false), free("", |_| false)), ("con-2".to_string(), "item".to_string()));
        for (id, nested, sound) in [
            ("a-1", false, true),
            ("A", false, false),
            ("a/b", false, false),
            ("a/b", true, true),
            ("../b", true, false),
            ("", false, false),
            ("-a", false, false),
            ("aux", false, false),
        ] {
            assert_eq!(is_sound(id, nested), sound, "{id}");
        }
    }
}
