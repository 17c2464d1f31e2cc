//! Automatic numbers of Word: they stand nowhere in the text, so they are counted here as Word counts them.

use super::model::Number;
use super::normal::is_unseen;
use crate::source::xml::Element;
use std::collections::HashMap;

/// The longest label, in bytes; Word allows fewer.
const LONGEST: usize = 255;
/// The longest name of a list, in bytes: it is a number.
const NAME: usize = 20;

/// The lists of a file and how far each has counted.
#[derive(Default)]
pub struct Numbering<'t> {
    abstracts: HashMap<&'t str, &'t Element>,
    lists: HashMap<&'t str, &'t Element>,
    /// Counters by the abstract list they belong to.
    counts: HashMap<String, [u32; 9]>,
    /// Which lists have begun.
    begun: HashMap<String, bool>,
}

impl<'t> Numbering<'t> {
    /// The lists of `numbering.xml`.
    pub fn new(tree: Option<&'t Element>) -> Numbering<'t> {
        let mut numbering = Numbering::default();
        for element in tree.into_iter().flat_map(Element::elements) {
            match (element.name.as_str(), element.get("abstractNumId"), element.get("numId")) {
                ("abstractNum", Some(id), _) => drop(numbering.abstracts.insert(id, element)),
                ("num", _, Some(id)) if id.len() <= NAME => drop(numbering.lists.insert(id, element)),
                _ => {}
            }
        }
        numbering
    }

    fn level(&self, list: &str, level: usize) -> Option<&'t Element> {
        let word = level.to_string();
        let of = |element: &'t Element, name: &str| {
            element.elements().find(|found| found.name == name && found.get("ilvl") == Some(word.as_str()))
        };
        let number = *self.lists.get(list)?;
        let own = of(number, "lvlOverride").and_then(|over| over.child("lvl"));
        own.or_else(|| of(self.abstracts.get(number.val("abstractNumId")?).copied()?, "lvl"))
    }

    fn start(&self, list: &str, level: usize) -> u32 {
        let start = self.level(list, level).and_then(|found| found.val("start")).and_then(|start| start.parse().ok());
        start.unwrap_or(1)
    }

    /// The number of the next paragraph of a list.
    pub fn next(&mut self, list: &str, level: usize) -> Option<Number> {
        let level = level.min(8);
        let shape = self.level(list, level)?;
        let number = *self.lists.get(list)?;
        let series = number.val("abstractNumId")?.to_string();
        if !self.counts.contains_key(&series) {
            let fresh = std::array::from_fn(|at| self.start(list, at).saturating_sub(1));
            self.counts.insert(series.clone(), fresh);
        }
        let starts: [u32; 9] = std::array::from_fn(|at| self.start(list, at));
        // A list that says where it begins begins there at its first paragraph.
        let restart = self.begun.insert(list.to_string(), true).is_none().then(|| over(number, level)).flatten();
        let counts = self.counts.get_mut(&series)?;
        if let Some(start) = restart {
            counts[level] = start.saturating_sub(1);
        }
        counts[level] = counts[level].saturating_add(1);
        for at in level + 1..9 {
            counts[at] = starts[at].saturating_sub(1);
        }
        let counts = *counts;
        let format = |at: usize| self.level(list, at).and_then(|found| found.val("numFmt")).unwrap_or("decimal");
        let wanted = format(level);
        let mut label = String::new();
        let mut plain = None;
        if wanted != "bullet" {
            let text = shape.val("lvlText").unwrap_or_default();
            let legal = shape.child("isLgl").is_some();
            let mut chars = text.chars();
            while let Some(c) = chars.next().filter(|_| label.len() < LONGEST) {
                let digit = if c == '%' { chars.clone().next().and_then(|next| next.to_digit(10)) } else { None };
                match digit.and_then(|digit| (digit as usize).checked_sub(1)) {
                    Some(at) => {
                        chars.next();
                        // A level that has not been counted yet shows its first number.
                        let count = counts[at.min(8)].max(starts[at.min(8)]);
                        label.push_str(&count_in(if legal { "decimal" } else { format(at) }, count));
                    }
                    None if is_unseen(c) => {}
                    None => label.push(c),
                }
            }
            let one = format!("%{}", level + 1);
            let is_plain = wanted == "decimal" && (text == format!("{one}.") || text == format!("{one})"));
            plain = is_plain.then_some(counts[level]);
            if label.is_empty() {
                return None;
            }
        }
        Some(Number { label, plain, level, list: list.to_string() })
    }
}

/// A label in front of a text. Word keeps them apart by a gap that is no character: without one `1` and `3000` were one number.
pub fn led(label: &str, text: &str) -> String {
    let closes =
        |c: char| c.is_whitespace() || "、）．。)：】〕".contains(c) || matches!(c, '\u{2460}'..='\u{24FF}' | '\u{3220}'..='\u{32FF}');
    let gap = match label.chars().next_back() {
        None => "",
        Some(c) if closes(c) => "",
        Some(c) if c.is_ascii() => " ",
        Some(_) => "\u{3000}",
    };
    let text = if label.is_empty() { text } else { text.trim_start() };
    if text.is_empty() { label.to_string() } else { format!("{label}{gap}{text}") }
}

/// Where a list says that it begins.
fn over(number: &Element, level: usize) -> Option<u32> {
    let word = level.to_string();
    let found = number.elements().find(|found| found.name == "lvlOverride" && found.get("ilvl") == Some(word.as_str()))?;
    found.val("startOverride")?.parse().ok()
}

/// A count as a format writes it.
fn count_in(format: &str, count: u32) -> String {
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{count:02}"),
        "upperLetter" | "lowerLetter" => {
            let letter = char::from(b'A' + u8::try_from(count.saturating_sub(1) % 26).unwrap_or(0));
            let text = letter.to_string().repeat((count.saturating_sub(1) / 26 + 1).min(10) as usize);
            if format == "upperLetter" { text } else { text.to_lowercase() }
        }
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCounting" | "taiwaneseCountingThousand" => {
            chinese(count)
        }
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2" => {
            count.to_string().bytes().filter_map(|digit| "〇一二三四五六七八九".chars().nth(usize::from(digit - b'0'))).collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&count) => {
            char::from_u32(0x245F + count).map(String::from).unwrap_or_default()
        }
        "ideographEnclosedCircle" if (1..=10).contains(&count) => char::from_u32(0x327F + count).map(String::from).unwrap_or_default(),
        "chineseLegalSimplified" | "ideographLegalTraditional" => {
            let plain = chinese(count);
            plain
                .chars()
                .map(|c| {
                    "一二三四五六七八九十"
                        .chars()
                        .position(|known| known == c)
                        .and_then(|at| "壹贰叁肆伍陆柒捌玖拾".chars().nth(at))
                        .unwrap_or(c)
                })
                .collect()
        }
        "ideographTraditional" if (1..=10).contains(&count) => {
            "甲乙丙丁戊己庚辛壬癸".chars().nth(count as usize - 1).map(String::from).unwrap_or_default()
        }
        _ => count.to_string(),
    }
}

fn roman(count: u32) -> String {
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = count.min(3_999);
    let mut text = String::new();
    for (value, sign) in signs {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

/// 一 to 九百九十九.
fn chinese(count: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS[n as usize % 10];
    match count {
        0..=9 => digit(count).to_string(),
        10..=19 => format!("十{}", if count == 10 { "" } else { digit(count) }),
        20..=99 => format!("{}十{}", digit(count / 10), if count.is_multiple_of(10) { "" } else { digit(count) }),
        100..=999 => {
            let rest = match count % 100 {
                0 => String::new(),
                one @ 1..=9 => format!("零{}", digit(one)),
                ten @ 10..=19 => format!("一{}", chinese(ten)),
                more => chinese(more),
            };
            format!("{}百{rest}", digit(count / 100))
        }
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Numbering, count_in, led};
    use crate::source::xml;

    #[test]
    fn counts_are_written_as_the_format_wants() {
        for (format, count, text) in [
            ("chineseCounting", 1, "一"),
            ("japaneseCounting", 10, "十"),
            ("chineseCountingThousand", 21, "二十一"),
            ("chineseCounting", 110, "一百一十"),
            ("chineseCounting", 105, "一百零五"),
            ("decimalEnclosedCircle", 3, "③"),
            ("upperLetter", 27, "AA"),
            ("lowerRoman", 14, "xiv"),
            ("decimalZero", 7, "07"),
            ("chineseLegalSimplified", 12, "拾贰"),
            ("unheard", 4, "4"),
            ("ideographDigital", 10, "一〇"),
            ("taiwaneseDigital", 21, "二一"),
            ("japaneseDigitalTenThousand", 105, "一〇五"),
            ("koreanDigital2", 7, "七"),
        ] {
            assert_eq!(count_in(format, count), text, "{format} {count}");
        }
    }

    #[test]
    fn a_number_and_a_text_stay_two_things() {
        for (label, text, whole) in [
            ("1", "3000平方米厂房", "1 3000平方米厂房"),
            ("1.1", "2026年完成", "1.1 2026年完成"),
            ("1.", "3000平方米", "1. 3000平方米"),
            ("Article 1", "Scope", "Article 1 Scope"),
            ("第一条", "为了", "第一条　为了"),
            ("一、", "总则", "一、总则"),
            ("（一）", "总则", "（一）总则"),
            ("1)", "3000", "1)3000"),
            ("①", "甲", "①甲"),
            ("第一条　", "为了", "第一条　为了"),
            ("1", " 3", "1 3"),
            ("1", "", "1"),
            ("", "甲", "甲"),
        ] {
            assert_eq!(led(label, text), whole);
        }
    }

    #[test]
    fn labels_have_an_end_and_nothing_unseen() {
        let of = |format: &str, text: &str| {
            let tree = format!(
                "<a><abstractNum abstractNumId='0'><lvl ilvl='0'><start val='260'/><numFmt val='{format}'/><lvlText val='{text}'/></lvl></abstractNum>\
                 <num numId='1'><abstractNumId val='0'/></num></a>"
            );
            let tree = xml::parse(tree.as_bytes()).expect("it is sound");
            Numbering::new(Some(&tree)).next("1", 0).expect("it has a label").label
        };
        assert!(of("upperLetter", &"%1".repeat(500)).len() < 300);
        assert_eq!(of("decimal", "&#x202E;第%1&#x9B;条"), "第260条");
    }
}
