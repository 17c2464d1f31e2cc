//! Bytes of the text → lines and columns of the file.

use super::Origin;
use crate::diagnostic::{Place, SitePath};
use crate::source::{Spot, seek};
use std::ops::Range;

/// Where the lines of a text begin.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    first_line: u32,
    file: &'a SitePath,
    field: Option<&'a str>,
}

impl<'a> Lines<'a> {
    /// Counts the lines of a text.
    pub fn new(text: &'a str, origin: &Origin<'a>) -> Lines<'a> {
        let starts = std::iter::once(0).chain(seek::line_starts(text.as_bytes())).collect();
        Lines { text, starts, first_line: origin.first_line, file: origin.file, field: origin.field }
    }

    /// A piece of the original text; empty where the bytes are no piece of it.
    pub fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    /// The rest of the line from a byte on.
    pub fn rest_of_line(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or("").lines().next().unwrap_or("")
    }

    /// Which line a byte stands on, from 0.
    fn index(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The line of the file on which a byte stands.
    pub fn line(&self, at: usize) -> u32 {
        self.first_line.saturating_add(u32::try_from(self.index(at)).unwrap_or(u32::MAX))
    }

    /// The spot of a piece of the text; its length ends with the line.
    pub fn spot(&self, range: Range<usize>) -> Spot {
        let start = self.starts.get(self.index(range.start)).copied().unwrap_or(0);
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let column = count(self.slice(start..range.start)).saturating_add(1);
        let length = count(self.slice(range).lines().next().unwrap_or("").trim_end());
        Spot { line: self.line(start), column, length }
    }

    /// The place of a piece of the text.
    pub fn place(&self, range: Range<usize>) -> Place {
        let place = self.spot(range).at(self.file);
        match self.field {
            Some(field) => place.in_field(field),
            None => place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;
    use crate::diagnostic::SitePath;
    use crate::read::markdown::Origin;
    use crate::value::Lang;

    #[test]
    fn columns_count_characters_and_lines_go_on_from_the_first() {
        let file = SitePath::new("a.md");
        let origin = Origin { file: &file, first_line: 7, field: Some("terms"), lang: Lang::Zh };
        let lines = Lines::new("甲乙\n丙丁戊\n", &origin);
        let place = lines.place(10..13);
        assert_eq!((place.line, place.column, place.length, place.field.as_deref()), (8, 2, 1, Some("terms")));
        assert_eq!(lines.line(0), 7);
        assert_eq!(lines.rest_of_line(10), "丁戊");
        assert_eq!(lines.slice(1..2), "", "no piece of the text");
    }
}
