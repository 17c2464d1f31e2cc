//! Text → events, within limits.

use pulldown_cmark::{Event, Options, Parser, Tag};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How deep quotes and lists may stand inside each other.
pub const DEEPEST: usize = 100;
/// How deep everything together may nest, emphasis included: browsers give up beyond 512 elements.
const DEEPEST_OF_ALL: usize = 400;

/// An event with its bytes in the prepared text.
pub type Spanned<'t> = (Event<'t>, Range<usize>);

/// All events of a text.
pub struct Parsed<'t> {
    /// The events in order.
    pub events: Vec<Spanned<'t>>,
    /// For every start event the index of its end; for other events their own index.
    pub close: Vec<usize>,
}

/// Why a text has no events.
#[derive(Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It nests too deep, from this byte on.
    TooDeep(usize),
    /// The parser broke down.
    Failed,
}

/// Parses a whole text. A breakdown of the parser costs this text only, never the build.
pub fn parse(text: &str) -> Result<Parsed<'_>, Trouble> {
    catch_unwind(AssertUnwindSafe(|| collect(text))).unwrap_or(Err(Trouble::Failed))
}

fn collect(text: &str) -> Result<Parsed<'_>, Trouble> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    // Chinese prose has about one event in so many bytes; growing would move them all again and again.
    let usual = text.len() / 16 + 16;
    let (mut events, mut close, mut open, mut deep) = (Vec::with_capacity(usual), Vec::with_capacity(usual), Vec::new(), 0usize);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let index = events.len();
        close.push(index);
        match &event {
            Event::Start(tag) => {
                let container = is_container(tag);
                deep += usize::from(container);
                open.push((index, container));
                if deep > DEEPEST || open.len() > DEEPEST_OF_ALL {
                    return Err(Trouble::TooDeep(range.start));
                }
            }
            Event::End(_) => {
                if let Some((start, container)) = open.pop() {
                    deep -= usize::from(container);
                    if let Some(end) = close.get_mut(start) {
                        *end = index;
                    }
                }
            }
            _ => {}
        }
        events.push((event, range));
    }
    Ok(Parsed { events, close })
}

fn is_container(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList)
}
