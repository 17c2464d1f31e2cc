//! YAML through one spanned tree. The only module that knows the YAML crate.
//!
//! The tree is built from the parser's events, because only they keep what was typed: `0597` stays `0597`, and a date
//! stays text until the kind of its field reads it.

pub mod spans;

use super::{Entry, Node, Scalar, Shape, Spot, slips};
use crate::diagnostic::{Diagnostics, SitePath, messages};
use serde_yaml::granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span};
use std::collections::HashMap;

/// How deep values may nest.
const DEPTH: usize = 32;
/// How many values a file may have; a table of 20,000 rows with all its cells fits.
const NODES: usize = 1_000_000;
/// How many syntax errors of one file are told in one run.
const ROUNDS: usize = 12;

/// Parses one YAML text. `first_line` is the line of the file on which `text` begins (front matter begins later).
///
/// Slips and syntax errors are noted, and what remains readable is read all the same, so that later mistakes show in the
/// same run. `None` after an error that leaves nothing to read. An empty text is an empty mapping.
pub fn parse(file: &SitePath, text: &str, first_line: u32, diagnostics: &mut Diagnostics) -> Option<Node> {
    let slips = slips::mend(file, text, first_line, diagnostics);
    let mut text = slips.text.to_string();
    let mut mended = None;
    for _ in 0..ROUNDS {
        let failure = match Builder::new(file, first_line, &slips).build(&text) {
            Ok(built) => {
                built.1.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
                return Some(built.0);
            }
            Err(failure) => failure,
        };
        let line = failure.line.clamp(1, text.lines().count().max(1));
        let wrong = text.lines().nth(line - 1).unwrap_or_default().to_string();
        let remedy = slips::remedy(&wrong);
        if mended == Some(line) {
            // Told already: the remedy was none.
            text = without(&text, line, "");
            mended = None;
            continue;
        }
        let column = slips.column(line - 1, failure.column + 1) as u32;
        let spot = Spot { line: line as u32 + first_line - 1, column, length: 0 };
        let place = spot.at(file);
        diagnostics.push(match failure.why {
            Why::Syntax(what) => messages::source::yaml_syntax(place, what, wrong.trim(), remedy.as_deref().map(str::trim)),
            Why::Refused(what) => messages::source::yaml_refused(place, what),
            Why::TooMuch => {
                diagnostics.push(messages::source::yaml_too_complex(place));
                return None;
            }
        });
        // Go on with the line as it was probably meant; where that did not help, without it.
        let replacement = remedy.filter(|remedy| *remedy != wrong).unwrap_or_default();
        mended = Some(line);
        if replacement.is_empty() && wrong.trim().is_empty() {
            return None;
        }
        text = without(&text, line, &replacement);
    }
    None
}

/// The text with one line replaced.
fn without(text: &str, line: usize, replacement: &str) -> String {
    let lines: Vec<&str> = text.lines().enumerate().map(|(at, other)| if at + 1 == line { replacement } else { other }).collect();
    lines.join("\n")
}

struct Failure {
    why: Why,
    line: usize,
    column: usize,
}

enum Why {
    Syntax(&'static str),
    Refused(&'static str),
    TooMuch,
}

struct Builder<'a> {
    file: &'a SitePath,
    first_line: u32,
    slips: &'a slips::Mended<'a>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    noted: Vec<crate::diagnostic::Diagnostic>,
}

type Events<'t> = Parser<'t, serde_yaml::granit_parser::StrInput<'t>>;

impl<'a> Builder<'a> {
    fn new(file: &'a SitePath, first_line: u32, slips: &'a slips::Mended<'a>) -> Builder<'a> {
        Builder { file, first_line, slips, anchors: HashMap::new(), nodes: 0, noted: Vec::new() }
    }

    fn build(mut self, text: &str) -> Result<(Node, Vec<crate::diagnostic::Diagnostic>), Failure> {
        let mut events = Parser::new_from_str(text);
        let mut root = None;
        while let Some(event) = events.next() {
            let (event, span) = event.map_err(|error| syntax(&error))?;
            match event {
                Event::DocumentStart(..) if root.is_some() => return Err(refused("documents", span.start)),
                Event::StreamStart | Event::StreamEnd | Event::DocumentStart(..) | Event::DocumentEnd => {}
                event => root = Some(self.node(event, span, &mut events, 0)?),
            }
        }
        let start = Spot { line: self.first_line, column: 1, length: 0 };
        let empty = || Node { spot: start, shape: Shape::Map(Vec::new()) };
        Ok((root.filter(|node| !node.is_null()).unwrap_or_else(empty), self.noted))
    }

    fn spot(&self, span: &Span) -> Spot {
        let (start, end) = (span.start, span.end);
        let length = if start.line() == end.line() { end.col().saturating_sub(start.col()) } else { 0 };
        let column = self.slips.column(start.line().saturating_sub(1), start.col() + 1);
        Spot { line: start.line() as u32 + self.first_line - 1, column: column as u32, length: length as u32 }
    }

    fn next<'t>(&self, events: &mut Events<'t>) -> Result<(Event<'t>, Span), Failure> {
        loop {
            match events.next() {
                Some(Ok((Event::Anchor(..), _))) => {}
                Some(Ok(found)) => return Ok(found),
                Some(Err(error)) => return Err(syntax(&error)),
                None => return Err(Failure { why: Why::Syntax("end"), line: usize::MAX, column: 0 }),
            }
        }
    }

    fn node(&mut self, event: Event<'_>, span: Span, events: &mut Events<'_>, depth: usize) -> Result<Node, Failure> {
        self.nodes += 1;
        if depth > DEPTH || self.nodes > NODES {
            return Err(Failure { why: Why::TooMuch, line: span.start.line(), column: span.start.col() });
        }
        let mut spot = self.spot(&span);
        let (shape, anchor) = match event {
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, _, Some(_)) | Event::MappingStart(_, _, Some(_)) => {
                return Err(refused("tag", span.start));
            }
            Event::Scalar(text, style, anchor, None) => {
                let quoted = style != ScalarStyle::Plain;
                if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
                    // Markdown in a block begins on the line below its mark.
                    spot.line += u32::from(spot.length == 0 && !text.is_empty()) * block_offset(&span, &text);
                }
                let shape = if !quoted && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") {
                    Shape::Null
                } else {
                    Shape::Scalar(Scalar { text: text.into_owned(), quoted })
                };
                (shape, anchor)
            }
            Event::SequenceStart(_, anchor, None) => {
                let mut items = Vec::new();
                loop {
                    let (event, span) = self.next(events)?;
                    if matches!(event, Event::SequenceEnd) {
                        break;
                    }
                    items.push(self.node(event, span, events, depth + 1)?);
                }
                (Shape::List(items), anchor)
            }
            Event::MappingStart(_, anchor, None) => (Shape::Map(self.entries(events, depth)?), anchor),
            Event::Alias(id) => {
                let known = self.anchors.get(&id).cloned();
                let known = known.ok_or_else(|| refused("alias", span.start))?;
                self.nodes += count(&known);
                return Ok(known);
            }
            _ => return Err(Failure { why: Why::Syntax("unexpected"), line: span.start.line(), column: span.start.col() }),
        };
        if let Shape::Map(entries) = &shape
            && let Some(first) = entries.first()
        {
            spot = first.spot;
        }
        let node = Node { spot, shape };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn entries(&mut self, events: &mut Events<'_>, depth: usize) -> Result<Vec<Entry>, Failure> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, span) = self.next(events)?;
            let key = match event {
                Event::MappingEnd => return Ok(entries),
                Event::Scalar(text, _, _, None) => text.into_owned(),
                _ => return Err(refused("key", span.start)),
            };
            let spot = self.spot(&span);
            let (event, span) = self.next(events)?;
            let value = self.node(event, span, events, depth + 1)?;
            match entries.iter().find(|known| known.key == key) {
                Some(first) => {
                    let (here, there) = (spot.at(self.file).in_field(&key), first.spot.at(self.file));
                    self.noted.push(messages::source::key_duplicate(here, &key, there));
                }
                None => entries.push(Entry { key, spot, value }),
            }
        }
    }
}

/// How many lines below its own spot the text of a block scalar begins: the engine's spot is the text itself unless the
/// span begins at the mark.
fn block_offset(span: &Span, text: &str) -> u32 {
    let lines = span.end.line().saturating_sub(span.start.line());
    u32::from(lines > text.trim_end_matches('\n').lines().count())
}

fn count(node: &Node) -> usize {
    match &node.shape {
        Shape::List(items) => 1 + items.iter().map(count).sum::<usize>(),
        Shape::Map(entries) => 1 + entries.iter().map(|entry| count(&entry.value)).sum::<usize>(),
        _ => 1,
    }
}

fn refused(what: &'static str, at: Marker) -> Failure {
    Failure { why: Why::Refused(what), line: at.line(), column: at.col() }
}

/// The parser's error in one of our words.
fn syntax(error: &ScanError) -> Failure {
    let info = error.info().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| info.contains(word));
    let what = if has(&["tab"]) {
        "tab"
    } else if has(&["quote", "end of stream", "eof", "end of file"]) {
        "quote"
    } else if has(&["simple key", "mapping value", "key expected", "':'"]) {
        "colon"
    } else if has(&["indent"]) {
        "indent"
    } else if has(&["anchor", "alias", "tag", "directive", "character"]) {
        "sign"
    } else if has(&["flow", "',' or"]) {
        "flow"
    } else if has(&["recursion", "depth", "too many"]) {
        return Failure { why: Why::TooMuch, line: error.marker().line(), column: error.marker().col() };
    } else {
        "other"
    };
    Failure { why: Why::Syntax(what), line: error.marker().line(), column: error.marker().col() }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::diagnostic::{Diagnostics, SitePath};
    use crate::source::{Node, Shape};

    fn read(text: &str) -> (Option<Node>, Vec<(&'static str, u32, u32)>) {
        let mut noted = Diagnostics::new();
        let node = parse(&SitePath::new("content/a.yaml"), text, 1, &mut noted);
        let list =
            noted.iter().map(|d| (d.code, d.place.as_ref().map_or(0, |p| p.line), d.place.as_ref().map_or(0, |p| p.column))).collect();
        (node, list)
    }

    #[test]
    fn scalars_stay_as_typed_and_know_their_place() {
        let (node, noted) = read("名称: 示例园区\n电话: 0597\n日期: 2026-01-01\n空: ~\n面积: 1_000 # 注\n");
        assert_eq!(noted, vec![]);
        let node = node.unwrap();
        assert_eq!(node.get("电话").unwrap().scalar(), Some("0597"));
        assert_eq!(node.get("日期").unwrap().scalar(), Some("2026-01-01"));
        assert_eq!(node.get("面积").unwrap().scalar(), Some("1_000"));
        assert!(node.get("空").unwrap().is_null());
        let spot = node.get("名称").unwrap().spot;
        assert_eq!((spot.line, spot.column, spot.length), (1, 5, 4));
        assert_eq!(node.map().unwrap()[1].spot.line, 2);
    }

    #[test]
    fn blocks_and_lists_keep_their_text() {
        let (node, noted) = read("body: |\n  第一行\n\n  第二行\nlist: [a, b]\nrows:\n  - no: A\n  - no: B\n");
        assert_eq!(noted, vec![]);
        let node = node.unwrap();
        let body = node.get("body").unwrap();
        assert_eq!(body.scalar(), Some("第一行\n\n第二行\n"));
        assert_eq!(body.spot.line, 2);
        assert_eq!(node.get("list").unwrap().list().unwrap().len(), 2);
        assert_eq!(node.get("rows").unwrap().list().unwrap()[1].spot.line, 8);
    }

    #[test]
    fn several_mistakes_show_in_one_run() {
        let (node, noted) = read("a: 1\nb: \"没有收尾\nc: 2\na: 3\n");
        assert_eq!(noted.iter().map(|n| n.0).collect::<Vec<_>>(), vec!["yaml-syntax", "key-duplicate"]);
        assert_eq!(noted[1].1, 4);
        assert_eq!(node.unwrap().get("c").unwrap().scalar(), Some("2"));
    }

    #[test]
    fn nothing_can_hang_or_exhaust_the_build() {
        let bomb = "a: &a [1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n".to_string()
            + &('c'..'k')
                .map(|c| format!("{c}: &{c} [{}]\n", vec![format!("*{}", (c as u8 - 1) as char); 9].join(",")))
                .collect::<String>();
        assert_eq!(read(&bomb).1[0].0, "yaml-too-complex");
        assert_eq!(read(&"[".repeat(100_000)).1[0].0, "yaml-too-complex");
        assert!(matches!(read("").0.unwrap().shape, Shape::Map(entries) if entries.is_empty()));
        assert_eq!(read("a: !!python/object x\n").1[0].0, "yaml-refused");
        assert_eq!(read("a: 1\n---\nb: 2\n").1[0].0, "yaml-refused");
    }
}
