//! Where every value of a YAML text begins and ends, in bytes: what an editor needs to keep everything else.

use super::{DEPTH, Events};
use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, Span};
use std::ops::Range;

/// A value with its bytes.
#[derive(Debug)]
pub struct Piece {
    /// Its bytes, marks and quotes included; without the line break and blank lines behind a block.
    pub range: Range<usize>,
    /// The byte after the colon or the dash before it; `None` where it is written in a way that is not edited.
    pub lead: Option<usize>,
    /// Is it an alias, or does it carry an anchor?
    pub tied: bool,
    /// How it is written.
    pub form: Form,
}

/// How a value is written.
#[derive(Debug)]
pub enum Form {
    /// Nothing behind the colon.
    Null,
    /// On the line, in quotes or plain.
    Scalar,
    /// Behind `|` or `>`.
    Block,
    /// A list; between brackets or one item on a line.
    List {
        /// Between brackets?
        flow: bool,
        /// The items.
        items: Vec<Piece>,
    },
    /// A mapping; between braces or one key on a line.
    Map {
        /// Between braces?
        flow: bool,
        /// The entries.
        entries: Vec<Pair>,
    },
}

/// One entry of a mapping.
#[derive(Debug)]
pub struct Pair {
    /// The key as typed.
    pub key: String,
    /// Its bytes, quotes included.
    pub at: Range<usize>,
    /// Its value.
    pub value: Piece,
}

/// The pieces of a text that [`super::parse`] has accepted; `None` for an empty one, and where a place is not known.
pub fn pieces(text: &str) -> Option<Piece> {
    let mut events = Parser::new_from_str(text);
    let reader = Spans { text };
    while let Some(Ok((event, span))) = events.next() {
        match event {
            Event::StreamStart | Event::DocumentStart(..) => {}
            Event::StreamEnd | Event::DocumentEnd => return None,
            event => return reader.piece(event, &span, Some(0), &mut events, 0),
        }
    }
    None
}

struct Spans<'t> {
    text: &'t str,
}

impl Spans<'_> {
    fn next<'t>(&self, events: &mut Events<'t>) -> Option<(Event<'t>, Span)> {
        events.next()?.ok()
    }

    fn piece(&self, event: Event<'_>, span: &Span, lead: Option<usize>, events: &mut Events<'_>, depth: usize) -> Option<Piece> {
        if depth > DEPTH {
            return None;
        }
        let range = span.byte_range()?;
        let piece = |range, tied, form| Some(Piece { range, lead, tied, form });
        match event {
            Event::Alias(_) => piece(range, true, Form::Scalar),
            Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, anchor, _) => {
                piece(self.block(range, lead), anchor > 0, Form::Block)
            }
            Event::Scalar(_, _, anchor, _) if range.is_empty() => {
                let at = lead.unwrap_or(range.start);
                piece(at..at, anchor > 0, Form::Null)
            }
            Event::Scalar(_, _, anchor, _) => piece(range, anchor > 0, Form::Scalar),
            Event::SequenceStart(_, anchor, _) => {
                let flow = !range.is_empty();
                let mut items: Vec<Piece> = Vec::new();
                loop {
                    let (event, span) = self.next(events)?;
                    if matches!(event, Event::SequenceEnd) {
                        let whole = match (flow, items.first(), items.last()) {
                            (false, Some(first), Some(last)) => first.lead.map_or(first.range.start, |at| at - 1)..last.range.end,
                            _ => range.start..span.byte_range()?.end,
                        };
                        return piece(whole, anchor > 0, Form::List { flow, items });
                    }
                    let start = span.byte_range()?.start;
                    let lead = if flow { Some(start) } else { self.dash(start) };
                    items.push(self.piece(event, &span, lead, events, depth + 1)?);
                }
            }
            Event::MappingStart(_, anchor, _) => {
                let flow = !range.is_empty();
                let mut entries: Vec<Pair> = Vec::new();
                loop {
                    let (event, span) = self.next(events)?;
                    match event {
                        Event::MappingEnd => {
                            let whole = match (flow, entries.first(), entries.last()) {
                                (false, Some(first), Some(last)) => first.at.start..last.value.range.end,
                                _ => range.start..span.byte_range()?.end,
                            };
                            return piece(whole, anchor > 0, Form::Map { flow, entries });
                        }
                        Event::Scalar(key, ..) => {
                            let at = span.byte_range()?;
                            let lead = self.colon(at.end);
                            let (event, span) = self.next(events)?;
                            let value = self.piece(event, &span, lead, events, depth + 1)?;
                            entries.push(Pair { key: key.into_owned(), at, value });
                        }
                        _ => return None,
                    }
                }
            }
            _ => None,
        }
    }

    /// The byte after the colon that follows a key on its line.
    fn colon(&self, key_end: usize) -> Option<usize> {
        let rest = &self.text[key_end..];
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest[gap..].starts_with(':').then_some(key_end + gap + 1)
    }

    /// The byte after the dash before an item; comments may stand between the two.
    fn dash(&self, start: usize) -> Option<usize> {
        let mut before = self.text[..start].trim_end();
        loop {
            let line = before.rfind('\n').map_or(0, |at| at + 1);
            let own = &before[line..];
            if own.trim_start().starts_with('#') {
                before = before[..line].trim_end();
            } else if let Some(at) = own.find("- #").filter(|_| own.trim_start().starts_with("- ")) {
                before = &before[..line + at + 1];
            } else {
                return before.ends_with('-').then_some(before.len());
            }
        }
    }

    /// From the mark of a block to its last line, without blank lines behind it unless they are kept (`|+`).
    fn block(&self, range: Range<usize>, lead: Option<usize>) -> Range<usize> {
        let Some(lead) = lead else { return range };
        let rest = &self.text[lead..];
        let mark = lead + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
        let line = self.text[mark..].find('\n').map_or(self.text.len(), |at| mark + at);
        let head = self.text[mark..line].trim_end();
        let end = range.end.max(mark + head.len()).min(self.text.len());
        let kept = head.split('#').next().is_some_and(|marks| marks.contains('+'));
        let whole = &self.text[mark..end];
        let length = if kept { whole.strip_suffix('\n').unwrap_or(whole).trim_end_matches('\r').len() } else { whole.trim_end().len() };
        mark..mark + length
    }
}
