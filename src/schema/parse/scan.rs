//! The small shapes of a type file: texts, flags, numbers, words, names in two languages. Each mistake is noted once.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Said, SitePath, messages, nearest, said};
use crate::source::{Entry, Node, Shape, Spot};
use crate::value::Decimal;

/// What stays the same while one file is read.
pub struct Scan<'a> {
    /// The file.
    pub file: &'a SitePath,
    /// The dotted path of the field being read, for places.
    pub at: String,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Scan<'a> {
    /// Begins a file.
    pub fn new(file: &'a SitePath, diagnostics: &'a mut Diagnostics) -> Scan<'a> {
        Scan { file, at: String::new(), diagnostics }
    }
    /// Notes a mistake.
    pub fn note(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
    /// The place of an attribute of the field being read.
    pub fn place(&self, spot: Spot, word: &str) -> Place {
        let path = [self.at.as_str(), word].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
        spot.at(self.file).in_field(path)
    }
    /// Notes that a value has the wrong form.
    pub fn wrong(&mut self, node: &Node, word: &str, zh: &str, en: &str) {
        let found = match node.scalar() {
            Some(text) => text.to_string(),
            None => messages::schema::found_shape(node.shape_words()),
        };
        let place = self.place(node.spot, word);
        self.note(messages::schema::attribute_wrong(place, word, &found, said(zh, en)));
    }
    /// Notes every key of a mapping that is not among the allowed ones.
    pub fn known(&mut self, node: &Node, allowed: &[&str], word: &str) {
        for entry in self.entries(node, word).unwrap_or_default() {
            if !allowed.contains(&entry.key.as_str()) {
                let near = nearest(&entry.key, allowed.iter().copied());
                let place = self.place(entry.spot, &entry.key);
                self.note(messages::schema::attribute_unknown(place, &entry.key, near, allowed));
            }
        }
    }
    /// The value of a key that must be there.
    pub fn needed<'n>(&mut self, node: &'n Node, owner: &str, word: &str, example: &str) -> Option<&'n Node> {
        let found = node.get(word).filter(|value| !value.is_null());
        if found.is_none() && matches!(node.shape, Shape::Map(_) | Shape::Null) {
            let place = self.place(node.spot, word);
            self.note(messages::schema::attribute_missing(place, owner, word, example));
        }
        found
    }
    /// The entries of a mapping; nothing is an empty one.
    pub fn entries<'n>(&mut self, node: &'n Node, word: &str) -> Option<&'n [Entry]> {
        match &node.shape {
            Shape::Map(entries) => Some(entries),
            Shape::Null => Some(&[]),
            _ => {
                self.wrong(node, word, "一组“键: 值”", "a mapping “key: value”");
                None
            }
        }
    }
    /// A text.
    pub fn text(&mut self, node: &Node, word: &str) -> Option<String> {
        match node.scalar() {
            Some(text) if !text.is_empty() => Some(text.to_string()),
            _ => {
                self.wrong(node, word, "一个词或一句话", "a single text");
                None
            }
        }
    }
    /// `true` or `false`.
    pub fn flag(&mut self, node: &Node, word: &str) -> Option<bool> {
        match node.scalar() {
            Some("true" | "是") => Some(true),
            Some("false" | "否") => Some(false),
            _ => {
                self.wrong(node, word, "true 或 false", "true or false");
                None
            }
        }
    }
    /// A number.
    pub fn number(&mut self, node: &Node, word: &str) -> Option<Decimal> {
        let number = node.scalar().and_then(|text| text.parse().ok());
        if number.is_none() {
            self.wrong(node, word, "一个数字，如 30 或 0.5", "a number such as 30 or 0.5");
        }
        number
    }
    /// A whole number.
    pub fn whole(&mut self, node: &Node, word: &str) -> Option<i64> {
        let number = node.scalar().and_then(|text| text.parse().ok());
        if number.is_none() {
            self.wrong(node, word, "一个整数", "a whole number");
        }
        number
    }
    /// A count.
    pub fn count(&mut self, node: &Node, word: &str) -> Option<usize> {
        let number = node.scalar().and_then(|text| text.parse().ok());
        if number.is_none() {
            self.wrong(node, word, "0 或更大的整数", "a whole number from 0");
        }
        number
    }
    /// One word or a list of words.
    pub fn words(&mut self, node: &Node, word: &str) -> Vec<(String, Spot)> {
        let items = node.list().unwrap_or(std::slice::from_ref(node));
        items.iter().filter_map(|item| Some((self.text(item, word)?, item.spot))).collect()
    }
    /// The same without the spots.
    pub fn texts(&mut self, node: &Node, word: &str) -> Vec<String> {
        self.words(node, word).into_iter().map(|(text, _)| text).collect()
    }
    /// A word out of a closed list: its index.
    pub fn one_of(&mut self, found: &str, spot: Spot, word: &str, allowed: &[&str]) -> Option<usize> {
        let index = allowed.iter().position(|known| *known == found);
        if index.is_none() {
            let near = nearest(found, allowed.iter().copied());
            let place = self.place(spot, word);
            self.note(messages::schema::word_unknown(place, word, found, near, &allowed.join("、")));
        }
        index
    }
    /// A name in both languages: `{zh, en}`, or one text for both.
    pub fn said(&mut self, node: &Node, word: &str) -> Said {
        let both = |node: &Node| ["zh", "en"].iter().all(|key| node.get(key).and_then(Node::scalar).is_some_and(|text| !text.is_empty()));
        let good = match &node.shape {
            Shape::Scalar(scalar) => !scalar.text.is_empty(),
            Shape::Map(_) => both(node),
            _ => false,
        };
        if !good {
            self.wrong(
                node,
                word,
                "{zh: 中文, en: English}，或一个词同时用于两种语言",
                "{zh: 中文, en: English}, or one text for both languages",
            );
        }
        super::said(node)
    }
    /// A text that is a plain key.
    pub fn key(&mut self, node: &Node, word: &str) -> Option<String> {
        let text = self.text(node, word)?;
        self.plain_key(&text, node.spot).then_some(text)
    }
    /// Is a key plain? If not, that is noted.
    pub fn plain_key(&mut self, key: &str, spot: Spot) -> bool {
        let plain = key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-') && !key.is_empty();
        if !plain {
            let place = self.place(spot, key);
            self.note(messages::schema::key_wrong(place, key));
        }
        plain
    }
}

/// A node as one line of YAML, for examples.
pub fn one_line(node: &Node) -> String {
    match &node.shape {
        Shape::Null => String::new(),
        Shape::Scalar(scalar) => scalar.text.clone(),
        Shape::List(items) => format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", ")),
        Shape::Map(entries) => {
            let pairs: Vec<String> = entries.iter().map(|entry| format!("{}: {}", entry.key, one_line(&entry.value))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}
