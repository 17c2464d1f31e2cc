//! Blocks → Markdown that reads as the document did.

use super::model::{Block, Doc, Para, Span, Spot, Table, What};
use super::{shape, spans, words};
use crate::diagnostic::Said;

/// What pictures are called in the text: the path of each and what it shows.
pub struct Pictures<'a> {
    /// By number: path and alternative text.
    pub names: &'a [(String, String)],
}

/// The text of a document, and what of its form was lost on the way.
pub fn text(doc: &Doc, pictures: &Pictures<'_>) -> (String, Vec<(Spot, Said)>) {
    let levels = shape::headings(&doc.blocks);
    let mut out = Writer { out: Vec::new(), pictures, list: None };
    for (block, level) in doc.blocks.iter().zip(levels) {
        match block {
            Block::Para(para) => out.para(para, level),
            Block::Table(table) => out.table(table),
        }
    }
    for (label, paras) in &doc.notes {
        let lines: Vec<String> = paras.iter().map(|para| spans::line(&para.spans, pictures, false).replace('\n', "\n    ")).collect();
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        out.push(format!("[^{label}]: {}", lines.join("\n\n    ")), false);
    }
    (out.finish(), lost(doc))
}

/// What is lost of the form of the text.
fn lost(doc: &Doc) -> Vec<(Spot, Said)> {
    let mut paras: Vec<&Para> = doc.notes.values().flatten().collect();
    let mut lost = Vec::new();
    for block in &doc.blocks {
        match block {
            Block::Para(para) => paras.push(para),
            Block::Table(table) => {
                for (at, row) in table.rows.iter().enumerate() {
                    paras.extend(row.iter().flat_map(|cell| &cell.paras));
                    if row.iter().any(|cell| cell.paras.len() > 1) && !is_layout(table) {
                        lost.push((Spot::Row(table.number, at + 1), words::joined()));
                    }
                }
            }
        }
    }
    let sunk = |para: &&&Para| para.spans.iter().any(|span| (span.look.raised || span.look.lowered) && spans::raised(span).is_none());
    lost.extend(paras.iter().filter(sunk).map(|para| (para.place, words::raised())));
    lost
}

/// A table that only puts things beside each other.
fn is_layout(table: &Table) -> bool {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    table.rows.len() < 2 || columns < 2
}

struct Writer<'a> {
    /// The blocks, and whether each stands close below the one before, as items of a list do.
    out: Vec<(String, bool)>,
    pictures: &'a Pictures<'a>,
    list: Option<List>,
}

/// A list that is open.
struct List {
    name: String,
    /// Has it the other of two signs? A list right behind another needs it.
    other: bool,
    /// How far the text of each level is indented.
    indents: Vec<usize>,
    /// The number of the last item of each level, where it had one.
    counts: Vec<Option<u32>>,
}

impl Writer<'_> {
    fn push(&mut self, text: String, close: bool) {
        if !text.trim().is_empty() {
            self.out.push((text, close));
        }
    }

    fn finish(&mut self) -> String {
        let mut text = String::new();
        for (piece, close) in self.out.drain(..) {
            if !text.is_empty() {
                text.push_str(if close { "\n" } else { "\n\n" });
            }
            text.push_str(&piece);
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }

    fn para(&mut self, para: &Para, level: Option<u8>) {
        if let Some(level) = level {
            self.list = None;
            let plain: Vec<Span> = para.spans.iter().filter(|span| !matches!(span.what, What::Break | What::Picture(_))).cloned().collect();
            let label = para.number.as_ref().map(|number| number.label.as_str()).unwrap_or_default();
            let line = spans::heading(label, &plain, self.pictures);
            self.push(format!("{} {line}", "#".repeat(usize::from(level))), false);
            self.pictures_of(para);
            return;
        }
        match &para.number {
            Some(number) if number.label.is_empty() || number.plain.is_some() => self.item(para),
            number => {
                self.list = None;
                self.pieces(number.as_ref().map(|number| number.label.as_str()).unwrap_or_default(), para);
            }
        }
    }

    /// The text of a paragraph, its pictures in paragraphs of their own.
    fn pieces(&mut self, mut label: &str, para: &Para) {
        for part in para.spans.split_inclusive(|span| matches!(span.what, What::Picture(_))) {
            let (text, picture) = match part.last().map(|span| &span.what) {
                Some(What::Picture(_)) => part.split_at(part.len() - 1),
                _ => (part, &part[part.len()..]),
            };
            let line = spans::labelled(label, text, self.pictures);
            if !line.is_empty() {
                label = "";
            }
            self.push(line, false);
            self.push(spans::line(picture, self.pictures, false), false);
        }
    }

    fn pictures_of(&mut self, para: &Para) {
        for span in para.spans.iter().filter(|span| matches!(span.what, What::Picture(_))) {
            self.push(spans::line(std::slice::from_ref(span), self.pictures, false), false);
        }
    }

    fn item(&mut self, para: &Para) {
        let Some(number) = &para.number else { return };
        let is_numbered = number.plain.is_some();
        let open = self.list.take();
        let before = open.as_ref().and_then(|list| list.counts.get(number.level)).copied();
        // Markdown counts by itself: behind a number that is left out another list begins.
        let gap = number.plain.zip(before.flatten()).is_some_and(|(count, before)| count != before.saturating_add(1));
        let goes_on = open.as_ref().is_some_and(|list| list.name == number.list && !gap || number.level > 0);
        // A number other than 1 begins no list close below a text.
        let close = goes_on && (number.plain.is_none_or(|count| count == 1) || before.flatten().is_some());
        let other = open.as_ref().is_some_and(|list| {
            if goes_on { list.other } else { before.is_some_and(|before| before.is_some() == is_numbered) && !list.other }
        });
        let (name, mut indents, mut counts) = match open.filter(|_| goes_on) {
            Some(list) => (list.name, list.indents, list.counts),
            None => (number.list.clone(), Vec::new(), Vec::new()),
        };
        let sign = match number.plain {
            Some(count) => format!("{count}{} ", if other { ')' } else { '.' }),
            None => String::from(if other { "* " } else { "- " }),
        };
        indents.truncate(number.level);
        let indent = indents.last().copied().unwrap_or(0);
        while indents.len() < number.level {
            indents.push(indent);
        }
        indents.push(indent + sign.len());
        counts.resize(number.level, number.plain);
        counts.push(number.plain);
        let line = spans::labelled("", &para.spans, self.pictures);
        let inner = format!("\n{}", " ".repeat(indent + sign.len()));
        self.push(format!("{}{sign}{}", " ".repeat(indent), line.replace('\n', &inner)), close);
        self.list = Some(List { name, other, indents, counts });
    }

    fn table(&mut self, table: &Table) {
        self.list = None;
        let mut rows = table.rows.as_slice();
        if is_layout(table) {
            let cells = rows.iter().flatten().filter(|cell| cell.wide > 0);
            cells.flat_map(|cell| &cell.paras).for_each(|para| self.para(para, None));
            self.list = None;
            return;
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        // A row that is one cell over all columns is what the table is called.
        while let Some((first, rest)) =
            rows.split_first().filter(|(first, rest)| first.first().is_some_and(|cell| cell.wide >= columns) && !rest.is_empty())
        {
            first.first().into_iter().flat_map(|cell| &cell.paras).for_each(|para| self.para(para, None));
            rows = rest;
        }
        let mut lines = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let mut line = String::from("|");
            for column in 0..columns {
                let paras = row.get(column).map(|cell| cell.paras.as_slice()).unwrap_or_default();
                line.push_str(&format!(" {} |", spans::cell(paras, at == 0, self.pictures)).replace("  |", " |"));
            }
            lines.push(line);
            if at == 0 {
                lines.push(format!("|{}", "---|".repeat(columns)));
            }
        }
        self.push(lines.join("\n"), false);
    }
}
