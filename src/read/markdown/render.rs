//! Events → the pieces of a document.

use super::escape;
use super::lines::Lines;
use super::parse::Spanned;
use super::prepare::Prepared;
use super::{Origin, autolink, chars, target, words};
use crate::diagnostic::{Diagnostics, messages};
use crate::value::document::{DocLink, Document, Part};
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// Writes one document.
pub struct Writer<'a, 'd> {
    pub(super) origin: &'a Origin<'a>,
    pub(super) spec: bool,
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) lines: &'a Lines<'a>,
    pub(super) events: &'a [Spanned<'a>],
    pub(super) close: &'a [usize],
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) document: Document,
    html: String,
    last: Option<char>,
    pub(super) shift: usize,
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    in_link: usize,
    /// For every open blockquote: was it a callout?
    pub(super) asides: Vec<bool>,
    /// For every open link: was it allowed?
    links: Vec<bool>,
    pub(super) notes: Vec<String>,
    pub(super) note_references: Vec<usize>,
    set_aside: Vec<(Vec<Part>, String)>,
    pub(super) written_notes: Vec<(String, Vec<Part>)>,
    /// How many tables there are so far: each has a name of its own.
    tables: usize,
}

impl<'a, 'd> Writer<'a, 'd> {
    /// A writer for some events.
    pub fn new(
        origin: &'a Origin<'a>,
        spec: bool,
        prepared: &'a Prepared<'a>,
        lines: &'a Lines<'a>,
        events: &'a [Spanned<'a>],
        close: &'a [usize],
        diagnostics: &'d mut Diagnostics,
    ) -> Writer<'a, 'd> {
        let levels = events
            .iter()
            .filter_map(|(event, _)| if let Event::Start(Tag::Heading { level, .. }) = event { Some(*level as usize) } else { None });
        // The page has the one `h1`: the highest heading of the text becomes `h2`.
        let shift = levels.min().map_or(0, |highest| if spec { 0 } else { 2usize.saturating_sub(highest) });
        // Room for all of it, so that it need not be moved while it grows.
        let size = prepared.text().len();
        Writer {
            origin,
            spec,
            prepared,
            lines,
            events,
            close,
            diagnostics,
            document: Document { text: String::with_capacity(size), ..Document::default() },
            // Markup is about a fifth of most prose.
            html: String::with_capacity(size + size / 4),
            last: None,
            shift,
            columns: Vec::new(),
            column: 0,
            in_head: false,
            in_link: 0,
            asides: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
            note_references: Vec::new(),
            set_aside: Vec::new(),
            written_notes: Vec::new(),
            tables: 0,
        }
    }

    /// Writes everything.
    pub fn run(mut self) -> Document {
        let mut at = 0;
        while at < self.events.len() {
            at = self.event(at);
        }
        self.notes_below();
        self.flush();
        self.document
    }

    pub(super) fn range(&self, range: &Range<usize>) -> Range<usize> {
        self.prepared.original(range.start)..self.prepared.original(range.end)
    }

    pub(super) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Ends the running piece of HTML, so that an address can stand behind it.
    pub(super) fn flush(&mut self) {
        if !self.html.is_empty() {
            self.document.parts.push(Part::Html(std::mem::take(&mut self.html)));
        }
    }

    /// One event; gives the index of the next.
    fn event(&mut self, at: usize) -> usize {
        let (event, range) = &self.events[at];
        match event {
            Event::Start(tag) => return self.start(at, tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(_) => return self.text(at),
            Event::Code(text) => {
                self.push("<code>");
                self.plain(&self.prepared.clean(text));
                self.push("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&self.prepared.clean(html), range),
            Event::SoftBreak => self.soft_break(at),
            Event::HardBreak => {
                self.push("<br>\n");
                self.document.text.push('\n');
                self.last = Some('\n');
            }
            Event::Rule => self.push("<hr>\n"),
            Event::TaskListMarker(done) => {
                let label = words::word(if *done { words::DONE } else { words::OPEN }, self.origin.lang);
                let checked = if *done { " checked" } else { "" };
                self.push(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
            }
            Event::FootnoteReference(label) => self.note_reference(label),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.plain(text),
        }
        at + 1
    }

    /// Escaped text without addresses.
    pub(super) fn plain(&mut self, text: &str) {
        escape::push(&mut self.html, text);
        self.document.text.push_str(text);
        self.last = text.chars().next_back().or(self.last);
    }

    /// Text that the parser gave in one or several pieces; bare addresses in it become links.
    fn text(&mut self, from: usize) -> usize {
        let (events, prepared) = (self.events, self.prepared);
        let mut at = from;
        let mut text = Cow::Borrowed("");
        while let Some((Event::Text(piece), _)) = events.get(at) {
            let piece = prepared.clean(piece);
            if at == from {
                text = piece
            } else {
                text.to_mut().push_str(&piece)
            }
            at += 1;
        }
        if self.spec || self.in_link > 0 {
            self.plain(&text);
            return at;
        }
        let mut done = 0;
        for found in autolink::find(&text) {
            let spot = self.lines.spot(self.range(&events[from].1));
            self.plain(&text[done..found.range.start]);
            match target::of(&found.address) {
                Some(target) => {
                    self.open_link(target, spot, "");
                    self.plain(&text[found.range.clone()]);
                    self.push("</a>");
                }
                None => self.plain(&text[found.range.clone()]),
            }
            done = found.range.end;
        }
        self.plain(&text[done..]);
        at
    }

    fn soft_break(&mut self, at: usize) {
        let prepared = self.prepared;
        let next = match self.events.get(at + 1) {
            Some((Event::Text(text), _)) => prepared.clean(text).chars().next(),
            _ => None,
        };
        let rest = self.events.get(at + 1).map_or("", |(_, range)| self.lines.rest_of_line(self.prepared.original(range.start)));
        if !self.spec && chars::begins_with_ordinal(rest) {
            self.push("<br>\n");
            self.document.text.push('\n');
            return;
        }
        let joins = self.last.zip(next).is_some_and(|(before, after)| chars::joins(before, after));
        if !joins {
            self.push("\n");
            self.document.text.push(' ');
        }
    }

    fn open_link(&mut self, target: crate::value::Target, spot: crate::source::Spot, title: &str) {
        let outside = matches!(target, crate::value::Target::Absolute(_));
        self.push("<a href=\"");
        self.flush();
        self.document.parts.push(Part::Href(self.document.links.len()));
        self.document.links.push(DocLink { target, spot });
        self.push("\"");
        if !title.is_empty() {
            self.push(&format!(" title=\"{}\"", escape::escaped(title)));
        }
        self.push(if outside { " rel=\"noopener\">" } else { ">" });
    }

    /// The visible text of everything between a start and its end.
    pub(super) fn inner_text(&self, at: usize) -> String {
        let mut text = String::new();
        for (event, _) in &self.events[at..self.close[at].max(at)] {
            match event {
                Event::Text(piece) | Event::Code(piece) => text.push_str(&self.prepared.clean(piece)),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        text
    }

    fn start(&mut self, at: usize, tag: &Tag<'_>, range: &Range<usize>) -> usize {
        match tag {
            Tag::Heading { level, id, .. } => self.heading(at, *level, id.as_deref()),
            Tag::Paragraph => {
                if let Some(next) = self.lone_image(at) {
                    return next;
                }
                self.push("<p>");
            }
            Tag::BlockQuote(kind) => return self.quote(at, *kind),
            Tag::CodeBlock(kind) => return self.code(at, kind, range),
            Tag::HtmlBlock => {
                let html: String = self.events[at..self.close[at]]
                    .iter()
                    .filter_map(|(event, _)| if let Event::Html(html) = event { Some(self.prepared.clean(html)) } else { None })
                    .collect();
                self.raw_html(&html, range);
                return self.close[at] + 1;
            }
            Tag::List(Some(first)) => {
                let start = if *first == 1 { String::new() } else { format!(" start=\"{first}\"") };
                self.push(&format!("<ol{start}>\n"));
            }
            Tag::List(None) => self.push("<ul>\n"),
            Tag::Item => self.push("<li>"),
            Tag::FootnoteDefinition(label) => {
                self.flush();
                self.set_aside.push((std::mem::take(&mut self.document.parts), label.to_string()));
            }
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(columns) => {
                self.columns = columns.clone();
                let label = words::word(words::TABLE, self.origin.lang);
                self.tables += 1;
                let number = if self.tables > 1 { format!(" {}", self.tables) } else { String::new() };
                self.push(&format!("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}{number}\"><table>\n"));
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => {
                let align = match self.columns.get(self.column) {
                    Some(Alignment::Right) => " class=\"align-right\"",
                    Some(Alignment::Center) => " class=\"align-center\"",
                    _ => "",
                };
                self.column += 1;
                self.push(if self.in_head { "<th scope=\"col\"" } else { "<td" });
                self.push(align);
                self.push(">");
            }
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Link { dest_url, title, link_type, .. } => {
                let mail = matches!(link_type, pulldown_cmark::LinkType::Email) && !dest_url.starts_with("mailto:");
                let address = if mail { format!("mailto:{dest_url}") } else { self.prepared.clean(dest_url).into_owned() };
                self.link(&address, &self.prepared.clean(title), range);
            }
            Tag::Image { dest_url, title, .. } => {
                self.image(at, &self.prepared.clean(dest_url), &self.prepared.clean(title));
                return self.close[at] + 1;
            }
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
        at + 1
    }

    fn link(&mut self, address: &str, title: &str, range: &Range<usize>) {
        self.in_link += 1;
        if self.spec {
            self.links.push(true);
            let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape::escaped(title)) };
            self.push(&format!("<a href=\"{}\"{title}>", escape::address(address)));
            return;
        }
        let range = self.range(range);
        match target::of(address) {
            Some(target) => {
                self.links.push(true);
                self.open_link(target, self.lines.spot(range), title);
            }
            None => {
                self.links.push(false);
                self.diagnostics.push(messages::markdown::scheme_not_allowed(self.lines.place(range), address));
            }
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        let html = match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(level) => {
                let level = (*level as usize + self.shift).min(6);
                self.push(&format!("</h{level}>\n"));
                ""
            }
            TagEnd::BlockQuote(_) => {
                if self.asides.pop() == Some(true) {
                    "</aside>\n"
                } else {
                    "</blockquote>\n"
                }
            }
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => {
                self.flush();
                if let Some((before, label)) = self.set_aside.pop() {
                    let parts = std::mem::replace(&mut self.document.parts, before);
                    self.written_notes.push((label, parts));
                }
                ""
            }
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => "</tbody></table></div>\n",
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead><tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                if self.in_head {
                    "</th>"
                } else {
                    "</td>"
                }
            }
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Link => {
                self.in_link = self.in_link.saturating_sub(1);
                if self.links.pop() == Some(true) { "</a>" } else { "" }
            }
            _ => "",
        };
        self.push(html);
        if matches!(
            tag,
            TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition
        ) {
            self.document.text.push('\n');
            self.last = None;
        } else if matches!(tag, TagEnd::TableCell) {
            self.document.text.push(' ');
        }
    }
}
