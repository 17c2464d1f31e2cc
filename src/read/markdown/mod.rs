//! Markdown → [`Document`]. The only module that knows the Markdown parser.
//!
//! Raw HTML is shown as text, addresses are an allow-list, headings begin at `h2`.

use crate::diagnostic::{Diagnostics, SitePath, messages};
use crate::source::Spot;
use crate::value::Lang;
use crate::value::document::{DocImage, DocLink, Document, Heading, Part, Target};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Where a piece of Markdown comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The file.
    pub file: &'a SitePath,
    /// The line of the file on which the text begins.
    pub first_line: u32,
    /// The field, where the text is not the body.
    pub field: Option<&'a str>,
    /// The language.
    pub lang: Lang,
}

/// Reads Markdown. Every mistake is noted; what can be shown is in the document.
pub fn document(text: &str, origin: &Origin<'_>, diagnostics: &mut Diagnostics) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST;
    let mut writer = Writer {
        text,
        origin,
        diagnostics,
        document: Document::default(),
        html: String::new(),
        heading: None,
        image: None,
        cells: Vec::new(),
        cell: 0,
        in_head: false,
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        writer.event(event, range.start);
    }
    writer.flush();
    writer.document
}

struct Writer<'a, 'd> {
    text: &'a str,
    origin: &'a Origin<'a>,
    diagnostics: &'d mut Diagnostics,
    document: Document,
    html: String,
    heading: Option<(u8, String)>,
    image: Option<(String, Spot, String)>,
    cells: Vec<Alignment>,
    cell: usize,
    in_head: bool,
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Writer<'_, '_> {
    fn spot(&self, at: usize) -> Spot {
        let before = &self.text[..at];
        let line = before.matches('\n').count() as u32 + self.origin.first_line;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
        Spot { line, column, length: 0 }
    }
    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.document.parts.push(Part::Html(std::mem::take(&mut self.html)));
        }
    }
    fn words(&mut self, text: &str) {
        if let Some(image) = &mut self.image {
            image.2.push_str(text);
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.1.push_str(text);
        }
        self.document.text.push_str(text);
        self.html.push_str(&escape(text));
    }
    fn event(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.words(&text),
            Event::Code(text) => {
                self.html.push_str("<code>");
                self.words(&text);
                self.html.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                if !html.trim_start().starts_with("<!--") {
                    let place = self.spot(at).at(self.origin.file);
                    self.diagnostics.push(messages::markdown::html_not_allowed(place, html.trim()));
                    self.words(&html);
                }
            }
            Event::SoftBreak => self.html.push('\n'),
            Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::TaskListMarker(done) => {
                self.html.push_str(if done { "<input type=\"checkbox\" disabled checked> " } else { "<input type=\"checkbox\" disabled> " })
            }
            _ => {}
        }
    }
    fn start(&mut self, tag: Tag<'_>, at: usize) {
        let html = match tag {
            Tag::Heading { level, .. } => {
                self.heading = Some(((level as u8 + 1).min(6), String::new()));
                self.flush();
                return;
            }
            Tag::Link { dest_url, .. } => {
                let spot = self.spot(at);
                match target(&dest_url) {
                    Some(target) => {
                        self.html.push_str("<a href=\"");
                        self.flush();
                        self.document.parts.push(Part::Href(self.document.links.len()));
                        self.document.links.push(DocLink { target, spot });
                        self.html.push_str("\">");
                    }
                    None => {
                        self.diagnostics.push(messages::markdown::scheme_not_allowed(spot.at(self.origin.file), &dest_url));
                        self.html.push_str("<span>");
                    }
                }
                return;
            }
            Tag::Image { dest_url, .. } => {
                self.image = Some((dest_url.to_string(), self.spot(at), String::new()));
                return;
            }
            Tag::Paragraph => "<p>",
            Tag::BlockQuote(_) => "<blockquote>",
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => "<pre><code>",
            Tag::List(Some(first)) => {
                self.html.push_str(&if first == 1 { "<ol>".to_string() } else { format!("<ol start=\"{first}\">") });
                return;
            }
            Tag::List(None) => "<ul>",
            Tag::Item => "<li>",
            Tag::Table(alignments) => {
                self.cells = alignments;
                "<div class=\"table-scroll\" tabindex=\"0\"><table>"
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                "<thead><tr>"
            }
            Tag::TableRow => {
                self.cell = 0;
                "<tr>"
            }
            Tag::TableCell => {
                let align = match self.cells.get(self.cell) {
                    Some(Alignment::Right) => " class=\"align-right\"",
                    Some(Alignment::Center) => " class=\"align-center\"",
                    _ => "",
                };
                self.cell += 1;
                let open = if self.in_head { format!("<th scope=\"col\"{align}>") } else { format!("<td{align}>") };
                self.html.push_str(&open);
                return;
            }
            Tag::Emphasis => "<em>",
            Tag::Strong => "<strong>",
            Tag::Strikethrough => "<del>",
            Tag::DefinitionList => "<dl>",
            Tag::DefinitionListTitle => "<dt>",
            Tag::DefinitionListDefinition => "<dd>",
            _ => "",
        };
        self.html.push_str(html);
    }
    fn end(&mut self, tag: TagEnd) {
        let html = match tag {
            TagEnd::Heading(_) => {
                let inner = std::mem::take(&mut self.html);
                let Some((level, text)) = self.heading.take() else { return };
                let mut id: String = text
                    .trim()
                    .chars()
                    .map(|c| if c.is_alphanumeric() { c } else { '-' })
                    .collect::<String>()
                    .trim_matches('-')
                    .to_lowercase();
                if id.is_empty() || self.document.headings.iter().any(|heading| heading.id == id) {
                    id = format!("{id}-{}", self.document.headings.len() + 1);
                }
                // What was flushed for links inside the heading stays in order.
                self.document.parts.push(Part::Html(format!("<h{level} id=\"{}\">{inner}</h{level}>\n", escape(&id))));
                self.document.text.push('\n');
                self.document.headings.push(Heading { level, id, text });
                return;
            }
            TagEnd::Image => {
                let Some((src, spot, alt)) = self.image.take() else { return };
                if alt.trim().is_empty() {
                    self.diagnostics.push(messages::markdown::image_alt_missing(spot.at(self.origin.file), &src));
                }
                if target(&src).is_none() {
                    self.diagnostics.push(messages::markdown::scheme_not_allowed(spot.at(self.origin.file), &src));
                }
                if let Some(target) = target(&src) {
                    self.html.push_str("<img src=\"");
                    self.flush();
                    self.document.parts.push(Part::Src(self.document.images.len()));
                    self.html.push_str(&format!("\" alt=\"{}\" loading=\"lazy\" decoding=\"async\">", escape(&alt)));
                    self.document.images.push(DocImage { target, alt, spot });
                }
                return;
            }
            TagEnd::Link => "</a>",
            TagEnd::Paragraph => {
                self.document.text.push('\n');
                "</p>\n"
            }
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::CodeBlock => "</code></pre>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => {
                self.document.text.push('\n');
                "</li>\n"
            }
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
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>",
            TagEnd::DefinitionListDefinition => "</dd>",
            _ => "",
        };
        self.html.push_str(html);
    }
}

fn target(address: &str) -> Option<Target> {
    let lower = address.to_lowercase();
    if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme)) {
        return Some(Target::Absolute(address.to_string()));
    }
    if lower.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':')) || address.starts_with("//") || address.contains('\\') {
        return None;
    }
    let (path, anchor) = address.split_once('#').map_or((address, None), |(path, anchor)| (path, Some(anchor.to_string())));
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().to_string();
    if path.is_empty() {
        return Some(Target::Anchor(anchor.unwrap_or_default()));
    }
    let record = !path.starts_with('.') && !path.contains('.') && path.split('/').count() == 2 && !path.ends_with('/');
    Some(if record { Target::Record(path, anchor) } else { Target::Relative(path, anchor) })
}
