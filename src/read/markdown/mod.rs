//! Markdown as Chinese offices type it → a safe [`Document`]: HTML in pieces, plain text, links, images, blocks.
//!
//! In: the text of a body or field and where it stands. Out: a document whose every text is escaped and every
//! attribute quoted, with addresses left open for `resolve`. Never: raw HTML of an author, an address scheme outside
//! the allow-list, or a look at other files.
//!
//! The only module that knows pulldown-cmark. `prepare` makes emphasis work beside Chinese punctuation, `parse` sets
//! limits, `render` and
//! `structure` write, `target` judges addresses, `blocks` reads typed blocks, `lint` names slips,
//! `pairs` amounts that do not agree.

mod autolink;
mod blocks;
mod chars;
mod escape;
mod lines;
mod lint;
mod pairs;
mod parse;
mod prepare;
mod render;
mod structure;
mod target;
mod words;

#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostics, SitePath, messages};
use crate::value::document::Part;
use crate::value::{Document, Lang};
use lines::Lines;
use parse::{Parsed, Trouble};
use prepare::Prepared;
use render::Writer;

/// The longest Markdown that is read, in bytes. A book has less; more is a file that was pasted by mistake.
pub const LONGEST: usize = 1_000_000;

/// Where a piece of Markdown stands.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The file.
    pub file: &'a SitePath,
    /// The line of the file on which the Markdown begins.
    pub first_line: u32,
    /// The field that holds it, `None` for the body.
    pub field: Option<&'a str>,
    /// The language it is written in, for the labels that are put in (footnotes, tables).
    pub lang: Lang,
}

/// Reads Markdown. Every mistake is noted; what can be shown is in the document.
pub fn document(text: &str, origin: &Origin<'_>, diagnostics: &mut Diagnostics) -> Document {
    let document = write(text, origin, false, diagnostics);
    lint::lint(text, &Lines::new(text, origin), diagnostics);
    document
}

/// May an address stand in prose, and does it lead out of the site?
pub fn leads_outside(address: &str) -> bool {
    matches!(target::of(address), Some(crate::value::Target::Absolute(_)))
}

/// The HTML of a text by the bare rules of CommonMark, for the test against its specification: the same preparation,
/// parser and writer, but headings and addresses as written and no figures. Raw HTML stays escaped.
pub fn html_for_spec(text: &str) -> String {
    let file = SitePath::new("spec.md");
    let origin = Origin { file: &file, first_line: 1, field: None, lang: Lang::En };
    let document = write(text, &origin, true, &mut Diagnostics::new());
    document.parts.iter().map(|part| if let Part::Html(html) = part { html.as_str() } else { "" }).collect()
}

fn write(text: &str, origin: &Origin<'_>, spec: bool, diagnostics: &mut Diagnostics) -> Document {
    let lines = Lines::new(text, origin);
    if text.len() > LONGEST {
        diagnostics.push(messages::markdown::too_long(lines.place(0..0), text.len(), LONGEST));
        return Document::default();
    }
    let prepared = Prepared::new(text);
    match parse::parse(prepared.text()) {
        Ok(Parsed { events, close }) => {
            let mut document = Writer::new(origin, spec, &prepared, &lines, &events, &close, diagnostics).run();
            // A document lives as long as the build, and a growing string may have taken twice what it needs.
            document.text.shrink_to_fit();
            for part in &mut document.parts {
                if let Part::Html(html) = part {
                    html.shrink_to_fit();
                }
            }
            document
        }
        Err(Trouble::TooDeep(at)) => {
            let at = prepared.original(at);
            diagnostics.push(messages::markdown::too_deep(lines.place(at..at), parse::DEEPEST));
            Document::default()
        }
        Err(Trouble::Failed) => {
            diagnostics.push(messages::markdown::parser_failed(lines.place(0..0)));
            Document::default()
        }
    }
}
