//! What is more than a tag: headings, images and figures, callouts, code and typed blocks, notes.

use super::render::Writer;
use super::words::{self, Callout};
use super::{blocks, escape, target};
use crate::diagnostic::messages;
use crate::value::document::{DocImage, Heading, Part};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag};
use std::ops::Range;

impl Writer<'_, '_> {
    pub(super) fn raw_html(&mut self, html: &str, range: &Range<usize>) {
        let trimmed = html.trim();
        // A comment is for the authors; what stands behind it is not.
        let behind = trimmed.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")).map(|(_, behind)| behind.trim());
        if trimmed.is_empty() || behind == Some("") {
            return;
        }
        let place = self.lines.place(self.range(range));
        self.diagnostics.push(messages::markdown::html_not_allowed(place, trimmed));
        self.plain(html);
    }

    pub(super) fn image(&mut self, at: usize, src: &str, title: &str) {
        let alt = self.inner_text(at);
        let range = self.range(&self.events[at].1);
        if self.spec {
            let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape::escaped(title)) };
            self.push(&format!("<img src=\"{}\" alt=\"{}\"{title}>", escape::address(src), escape::escaped(&alt)));
            return;
        }
        if alt.trim().is_empty() {
            self.diagnostics.push(messages::markdown::image_alt_missing(self.lines.place(range.clone()), src));
        }
        let Some(target) = target::of(src) else {
            self.diagnostics.push(messages::markdown::scheme_not_allowed(self.lines.place(range), src));
            return;
        };
        self.push(&format!("<img alt=\"{}\" ", escape::escaped(&alt)));
        self.flush();
        self.document.parts.push(Part::Src(self.document.images.len()));
        self.push(">");
        self.document.images.push(DocImage { target, alt, spot: self.lines.spot(range) });
    }

    /// A paragraph that is one image is a figure; its title is the caption.
    pub(super) fn lone_image(&mut self, at: usize) -> Option<usize> {
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), _)) = self.events.get(at + 1) else { return None };
        let end = self.close[at + 1];
        if self.spec || end + 1 != self.close[at] {
            return None;
        }
        let title = self.prepared.clean(title).into_owned();
        self.push("<figure>");
        self.image(at + 1, &self.prepared.clean(dest_url), "");
        if !title.is_empty() {
            self.push("<figcaption>");
            self.plain(&title);
            self.push("</figcaption>");
        }
        self.push("</figure>\n");
        Some(self.close[at] + 1)
    }

    /// A quotation, or a callout: `> [!NOTE]`, `> [!提示] 标题`.
    pub(super) fn quote(&mut self, at: usize, kind: Option<BlockQuoteKind>) -> usize {
        let known = kind.and_then(|kind| words::callout(&format!("{kind:?}")));
        let (callout, title, next) = match known {
            Some(callout) => (callout, String::new(), at + 1),
            None => match self.chinese_callout(at).filter(|_| !self.spec) {
                Some(found) => found,
                None => {
                    self.asides.push(false);
                    self.push("<blockquote>\n");
                    return at + 1;
                }
            },
        };
        self.asides.push(true);
        let title = if title.is_empty() { words::word(callout.title, self.origin.lang).to_string() } else { title };
        self.push(&format!("<aside class=\"callout callout--{}\"><p class=\"callout__title\">", callout.key));
        self.plain(&title);
        self.document.text.push('\n');
        self.push("</p>\n");
        if next > at + 1 {
            // The mark stood in the first paragraph, whose start has been passed.
            self.push("<p>");
        }
        next
    }

    fn chinese_callout(&self, at: usize) -> Option<(&'static Callout, String, usize)> {
        let Some((Event::Start(Tag::Paragraph), _)) = self.events.get(at + 1) else { return None };
        let mut next = at + 2;
        let mut text = String::new();
        while let Some((Event::Text(piece), _)) = self.events.get(next) {
            text.push_str(&self.prepared.clean(piece));
            next += 1;
        }
        let (name, title) = text.strip_prefix("[!")?.split_once(']')?;
        let callout = words::callout(name)?;
        if matches!(self.events.get(next), Some((Event::SoftBreak | Event::HardBreak, _))) {
            next += 1;
        }
        Some((callout, title.trim().to_string(), next))
    }

    pub(super) fn code(&mut self, at: usize, kind: &CodeBlockKind<'_>, range: &Range<usize>) -> usize {
        let info = if let CodeBlockKind::Fenced(info) = kind { self.prepared.clean(info).into_owned() } else { String::new() };
        let text: String = self.events[at..self.close[at]]
            .iter()
            .filter_map(|(event, _)| if let Event::Text(text) = event { Some(self.prepared.clean(text)) } else { None })
            .collect();
        if let Some(name) = info.strip_prefix("::").filter(|_| !self.spec) {
            let range = self.range(range);
            if let Some(block) =
                blocks::read(name.trim(), &text, self.origin, self.lines.spot(range.clone()), self.lines.place(range), self.diagnostics)
            {
                self.flush();
                self.document.parts.push(Part::Block(self.document.blocks.len()));
                if let Some(body) = &block.body {
                    self.document.text.push_str(&body.text);
                }
                if let Some(chart) = &block.chart {
                    // What a chart is about can be searched for; its numbers are no words.
                    let labels: Vec<&str> = chart.points.iter().map(|point| point.label.as_str()).collect();
                    self.document.text.push_str(&format!("{} {}\n", chart.title, labels.join(" ")));
                }
                self.document.blocks.push(block);
            }
            return self.close[at] + 1;
        }
        let language = info.split_whitespace().next().unwrap_or_default();
        let class = if language.is_empty() { String::new() } else { format!(" class=\"language-{}\"", escape::escaped(language)) };
        self.push(&format!("<pre><code{class}>"));
        self.plain(&text);
        self.push("</code></pre>\n");
        self.document.text.push('\n');
        self.close[at] + 1
    }

    pub(super) fn note_reference(&mut self, label: &str) {
        let number = self.notes.iter().position(|known| known == label).unwrap_or_else(|| {
            self.notes.push(label.to_string());
            self.notes.len() - 1
        }) + 1;
        let name = self.note_name();
        let said = words::word(words::NOTE, self.origin.lang);
        // The way back from a note leads to the first of its references; the others have ids of their own.
        let nth = self.note_references.iter().filter(|known| **known == number).count() + 1;
        self.note_references.push(number);
        let nth = if nth == 1 { String::new() } else { format!("-{nth}") };
        self.push(&format!("<sup class=\"note-ref\" id=\"{name}ref-{number}{nth}\"><a href=\"#{name}-{number}\" aria-label=\"{said} {number}\">{number}</a></sup>"));
    }

    fn note_name(&self) -> String {
        self.origin.field.map_or_else(|| "fn".to_string(), |field| format!("fn-{}", field.replace('.', "-")))
    }

    pub(super) fn notes_below(&mut self) {
        if self.written_notes.is_empty() {
            return;
        }
        let (name, lang) = (self.note_name(), self.origin.lang);
        self.push(&format!("<section class=\"footnotes\" aria-label=\"{}\"><ol>\n", words::word(words::NOTES, lang)));
        let mut written = std::mem::take(&mut self.written_notes);
        written.sort_by_key(|(label, _)| self.notes.iter().position(|known| known == label).unwrap_or(usize::MAX));
        for (label, parts) in written {
            let Some(number) = self.notes.iter().position(|known| *known == label).map(|at| at + 1) else { continue };
            self.push(&format!("<li id=\"{name}-{number}\">"));
            self.flush();
            self.document.parts.extend(parts);
            self.push(&format!("<a href=\"#{name}ref-{number}\" aria-label=\"{}\">↩</a></li>\n", words::word(words::BACK, lang)));
        }
        self.push("</ol></section>\n");
    }

    pub(super) fn heading(&mut self, at: usize, level: HeadingLevel, id: Option<&str>) {
        let level = (level as usize + self.shift).min(6);
        if self.spec {
            return self.push(&format!("<h{level}>"));
        }
        let text = self.inner_text(at);
        let wanted = id.map_or_else(|| slug(&text), str::to_string);
        // Two texts may stand on one page: the anchors of a field begin with its key.
        let wanted = self.origin.field.map_or(wanted.clone(), |field| format!("{}-{wanted}", field.replace('.', "-")));
        let mut unique = wanted.clone();
        let mut count = 1;
        while self.document.headings.iter().any(|heading| heading.id == unique) {
            count += 1;
            unique = format!("{wanted}-{count}");
        }
        self.push(&format!("<h{level} id=\"{}\">", escape::escaped(&unique)));
        self.document.headings.push(Heading { level: u8::try_from(level).unwrap_or(6), id: unique, text });
    }
}

/// The anchor of a heading: its letters and digits, everything else one hyphen.
fn slug(text: &str) -> String {
    let plain: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let joined = plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if joined.is_empty() { "section".to_string() } else { joined }
}
