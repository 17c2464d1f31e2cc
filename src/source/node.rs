//! The tree that YAML, front matter and table rows have in common.

use crate::diagnostic::{Place, SitePath};

/// A position in the file: line and column from 1, column in characters; `length` in characters, 0 where unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Spot {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// Length in characters, 0 where unknown.
    pub length: u32,
}

impl Spot {
    /// The spot as a place in a file.
    pub fn at(self, file: &SitePath) -> Place {
        Place { file: file.clone(), line: self.line, column: self.column, length: self.length, field: None }
    }
}

/// A value with its position.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where the value begins (for a mapping or list: its first entry).
    pub spot: Spot,
    /// What it is.
    pub shape: Shape,
}

/// The shapes a value can have.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Nothing after the colon, or `~` / `null`.
    Null,
    /// Text, number, date or flag: what was typed, undecoded.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file. Duplicate keys have been reported and dropped.
    Map(Vec<Entry>),
}

/// One scalar.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// What was typed, quotes and escapes resolved.
    pub text: String,
    /// Was it written in quotes or as a block? Then it is text and never a flag or null.
    pub quoted: bool,
}

/// One entry of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as typed.
    pub key: String,
    /// Where the key stands.
    pub spot: Spot,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The typed text, if it is a scalar.
    pub fn scalar(&self) -> Option<&str> {
        match &self.shape {
            Shape::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }
    /// The entries, if it is a mapping.
    pub fn map(&self) -> Option<&[Entry]> {
        match &self.shape {
            Shape::Map(entries) => Some(entries),
            _ => None,
        }
    }
    /// The items, if it is a list.
    pub fn list(&self) -> Option<&[Node]> {
        match &self.shape {
            Shape::List(items) => Some(items),
            _ => None,
        }
    }
    /// The value of a key, if it is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.map()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
    /// Is nothing there?
    pub fn is_null(&self) -> bool {
        matches!(self.shape, Shape::Null)
    }
    /// The shape in one word, for messages: `("列表", "a list")`.
    pub fn shape_words(&self) -> (&'static str, &'static str) {
        match self.shape {
            Shape::Null => ("空值", "nothing"),
            Shape::Scalar(_) => ("一个值", "a single value"),
            Shape::List(_) => ("列表", "a list"),
            Shape::Map(_) => ("一组字段", "a mapping"),
        }
    }
}
