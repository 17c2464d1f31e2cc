//! What a Word file says, as plain values.

use crate::diagnostic::{Said, said};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where spans lead: one text for all spans of a link, however many those are.
pub type Link = Arc<str>;

/// A whole document.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    /// Paragraphs and tables in order.
    pub blocks: Vec<Block>,
    /// Notes below the text, by the label under which it refers to them.
    pub notes: BTreeMap<usize, Vec<Para>>,
    /// The pictures that spans refer to by number.
    pub pictures: Vec<Picture>,
    /// What could not be carried.
    pub left: Vec<Left>,
    /// How many empty paragraphs there were.
    pub blanks: usize,
}

/// A piece of a document.
#[derive(Debug, Clone)]
pub enum Block {
    /// A paragraph.
    Para(Para),
    /// A table.
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub struct Para {
    /// Where it stands.
    pub place: Spot,
    /// Its text in pieces.
    pub spans: Vec<Span>,
    /// The level of its heading style, from 1.
    pub outline: Option<u8>,
    /// Does its style call it the title?
    pub is_title: bool,
    /// Is it centred?
    pub centred: bool,
    /// Its automatic number or bullet.
    pub number: Option<Number>,
}

/// What Word puts in front of a paragraph by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// What it shows: `一、`, `（二）`, `3.`; empty for a bullet.
    pub label: String,
    /// The counter, where the label is a plain number with a dot.
    pub plain: Option<u32>,
    /// How deep, from 0.
    pub level: usize,
    /// Which list it belongs to.
    pub list: String,
}

/// A piece of text of one look.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Span {
    /// What stands there.
    pub what: What,
    /// How it looks.
    pub look: Look,
    /// Where it leads.
    pub link: Option<Link>,
}

/// What a span is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Text; a tab is a tab.
    Text(String),
    /// A line break.
    Break,
    /// A picture by its number.
    Picture(usize),
    /// A reference to a note.
    Note(usize),
}

impl Default for What {
    fn default() -> What {
        What::Text(String::new())
    }
}

/// How text looks.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "the words are the documentation")]
pub struct Look {
    pub bold: bool,
    pub italic: bool,
    pub strike: bool,
    pub hidden: bool,
    pub underline: bool,
    pub raised: bool,
    pub lowered: bool,
    /// Half points.
    pub size: u32,
    /// The font of its Chinese characters.
    pub font: String,
}

/// A picture of the file.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its bytes without metadata.
    pub bytes: Vec<u8>,
    /// The ending of its format.
    pub ending: &'static str,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// What it shows, where the file says so.
    pub alt: Option<String>,
    /// Where it stands.
    pub place: Spot,
}

/// A table with every cell in its place.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Which table of the file it is, from 1.
    pub number: usize,
    /// Rows of cells; a cell that was merged stands in every place that it covers.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// Its paragraphs.
    pub paras: Vec<Para>,
    /// How many columns it takes; 0 in a place that a cell to the left covers.
    pub wide: usize,
}

/// A place as a person finds it in Word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The whole file.
    #[default]
    Whole,
    /// A paragraph that is not empty, from 1; those of tables do not count.
    Para(usize),
    /// A table and a row of it, from 1.
    Row(usize, usize),
    /// The notes.
    Notes,
}

impl Spot {
    /// The place in words.
    pub fn said(self) -> Said {
        match self {
            Spot::Whole => said("全文", "the whole file"),
            Spot::Para(at) => said(format!("第 {at} 段"), format!("paragraph {at}")),
            Spot::Row(table, row) => said(format!("第 {table} 张表格第 {row} 行"), format!("table {table}, row {row}")),
            Spot::Notes => said("脚注", "the notes"),
        }
    }
}

/// Something that was not carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Where.
    pub place: Spot,
    /// What, and what to do about it.
    pub what: Said,
}

impl Para {
    /// Its text without looks.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for span in &self.spans {
            match &span.what {
                What::Text(piece) => text.push_str(piece),
                What::Break => text.push('\n'),
                What::Picture(_) | What::Note(_) => {}
            }
        }
        text
    }
    /// How much of a page it takes, in bytes: its text, its number and its links.
    pub fn weight(&self) -> usize {
        let of = |span: &Span| {
            let text = if let What::Text(text) = &span.what { text.len() } else { 1 };
            text + span.link.as_ref().map_or(0, |link| link.len())
        };
        self.spans.iter().map(of).sum::<usize>() + self.number.as_ref().map_or(0, |number| number.label.len())
    }
    /// Is there nothing in it?
    pub fn is_blank(&self) -> bool {
        self.spans.iter().all(|span| matches!(&span.what, What::Text(text) if text.trim().is_empty()) || span.what == What::Break)
    }
    /// The spans that hold visible text.
    pub fn inked(&self) -> impl Iterator<Item = (&str, &Look)> {
        self.spans.iter().filter_map(|span| match &span.what {
            What::Text(text) if !text.trim().is_empty() => Some((text.as_str(), &span.look)),
            _ => None,
        })
    }
    /// The largest letters in it.
    pub fn size(&self) -> u32 {
        self.inked().map(|(_, look)| look.size).max().unwrap_or(0)
    }
}
