//! Runs of a paragraph → spans: looks, links, fields, tracked changes, notes.

use super::body::{Reader, chosen, filled};
use super::model::{Link, Look, Span, What};
use super::normal::is_unseen;
use super::package::Goal;
use super::words;
use crate::read::markdown;
use crate::source::xml::Element;

/// So many fields inside each other.
const FIELDS: usize = 32;
/// So many notes.
const NOTES: usize = 2_000;
/// The longest that a field is told, in bytes.
const TOLD: usize = 4_096;

/// A field that is open: what it was told; once its result has begun, what that is.
#[derive(Debug, Clone, Default)]
pub(super) struct Field {
    told: String,
    /// Was it told more than is kept?
    is_cut: bool,
    shows: bool,
    /// Is it a table of contents?
    is_contents: bool,
    link: Option<Link>,
}

impl Field {
    fn tell(&mut self, text: &str) {
        let fits = text.floor_char_boundary(TOLD.saturating_sub(self.told.len()));
        self.told.push_str(&text[..fits]);
        self.is_cut |= fits < text.len();
    }
    fn is(&self, word: &str) -> bool {
        self.told.split_whitespace().next().is_some_and(|first| first.eq_ignore_ascii_case(word))
    }
}

impl Reader<'_> {
    /// Everything inside a paragraph, or inside what wraps runs.
    pub(super) fn runs(&mut self, parent: &Element, base: &Look, link: Option<&Link>, spans: &mut Vec<Span>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "r" => self.run(element, base, link, spans),
                "hyperlink" => {
                    let target = self.hyperlink(element);
                    self.links += 1;
                    self.runs(element, base, target.as_ref().or(link), spans);
                    self.links -= 1;
                }
                "fldSimple" => {
                    let mut field = Field::default();
                    field.tell(element.get("instr").unwrap_or_default());
                    let target = self.field_link(&field);
                    self.runs(element, base, target.as_ref().or(link), spans);
                }
                "ins" | "moveTo" | "smartTag" | "customXml" | "sdtContent" | "dir" | "bdo" => self.runs(element, base, link, spans),
                "sdt" => {
                    if let Some(content) = filled(element) {
                        self.runs(content, base, link, spans);
                    }
                }
                "del" | "moveFrom" => self.leave(words::deleted()),
                "oMath" | "oMathPara" => self.leave(words::equation(&element.texts_of("t"))),
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.runs(chosen, base, link, spans);
                    }
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, element: &Element, base: &Look, link: Option<&Link>, spans: &mut Vec<Span>) {
        let look = self.styles.run(base, element.child("rPr"));
        self.inside_run(element, &look, link, spans);
    }

    fn inside_run(&mut self, element: &Element, look: &Look, link: Option<&Link>, spans: &mut Vec<Span>) {
        for piece in element.elements() {
            match piece.name.as_str() {
                "fldChar" => self.field(piece.get("fldCharType").unwrap_or_default()),
                "instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
                        field.tell(&piece.text());
                    }
                }
                "AlternateContent" => {
                    if let Some(chosen) = chosen(piece) {
                        self.inside_run(chosen, look, link, spans);
                    }
                }
                "rPr" | "delText" | "delInstrText" | "lastRenderedPageBreak" | "footnoteRef" | "endnoteRef" | "annotationRef" => {}
                _ if look.hidden => self.leave(words::hidden()),
                _ if self.fields.iter().any(|field| !field.shows) => {}
                _ if self.fields.iter().any(|field| field.is_contents) => self.leave(words::contents()),
                _ => self.piece(piece, look, link, spans),
            }
        }
    }

    /// One visible piece of a run.
    fn piece(&mut self, piece: &Element, look: &Look, link: Option<&Link>, spans: &mut Vec<Span>) {
        let link = self.fields.iter().rev().find_map(|field| field.link.as_ref()).or(link).cloned();
        let inside_link = self.links > 0;
        let mut say = |what: What| spans.push(Span { what, look: look.clone(), link: link.clone() });
        match piece.name.as_str() {
            "t" => {
                let text = piece.text();
                if !text.is_empty() {
                    say(What::Text(text.chars().filter(|c| !is_unseen(*c)).collect()));
                    if look.underline && link.is_none() && !inside_link && piece.text().chars().any(|c| !c.is_whitespace()) {
                        self.leave(words::underline());
                    }
                }
            }
            "tab" | "ptab" => say(What::Text("\t".to_string())),
            "noBreakHyphen" => say(What::Text("-".to_string())),
            "br" if matches!(piece.get("type"), Some("page" | "column")) => {}
            "br" | "cr" => say(What::Break),
            "sym" => match symbol(piece) {
                Some(c) => say(What::Text(c.to_string())),
                None => self.leave(words::symbol(piece.get("font").unwrap_or_default())),
            },
            "ruby" => {
                if let Some(base) = piece.child("rubyBase") {
                    self.runs(base, look, link.as_ref(), spans);
                }
            }
            "footnoteReference" | "endnoteReference" => {
                let kind = if piece.name == "footnoteReference" { "footnotes" } else { "endnotes" };
                let id = piece.get("id").unwrap_or_default().to_string();
                if self.notes.len() >= NOTES {
                    return;
                }
                let known = self.notes.iter().position(|note| *note == (kind, id.clone()));
                let at = known.unwrap_or_else(|| {
                    self.notes.push((kind, id));
                    self.notes.len() - 1
                });
                spans.push(Span { what: What::Note(at + 1), ..Span::default() });
            }
            "commentReference" => self.leave(words::comment()),
            "drawing" => self.drawing(piece, link.as_ref(), spans),
            "pict" => self.old_drawing(piece, link.as_ref(), spans),
            "object" => self.leave(match piece.find("OLEObject").and_then(|object| object.get("ProgID")) {
                Some(program) if program.starts_with("Equation") || program.contains("MathType") => words::equation(""),
                program => words::object(program.unwrap_or_default()),
            }),
            _ => {}
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            // Nobody nests fields without end.
            "begin" if self.fields.len() >= FIELDS => {}
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(mut field) = self.fields.pop() {
                    if !field.shows {
                        (field.shows, field.is_contents, field.link) = (true, field.is("TOC"), self.field_link(&field));
                    }
                    self.fields.push(field);
                }
            }
            "end" => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// At the end of a paragraph: a field that shows nothing yet would swallow all that follows.
    pub(super) fn torn_fields(&mut self) {
        for field in std::mem::take(&mut self.fields) {
            if field.shows {
                self.fields.push(field);
            } else if field.is("TOC") {
                self.fields.push(Field { shows: true, is_contents: true, ..field });
            } else {
                self.leave(words::torn_field(&field.told));
            }
        }
    }

    /// Where a field leads, if it is a link.
    fn field_link(&mut self, field: &Field) -> Option<Link> {
        if !field.is("HYPERLINK") {
            return None;
        }
        let target = field.told.split('"').nth(1).unwrap_or_default().trim().to_string();
        let first = field.told.split('"').next().unwrap_or_default();
        // `\l "place"` leads inside the file.
        if first.contains("\\l") || target.is_empty() {
            self.leave(words::inner_link());
            return None;
        }
        if field.is_cut {
            self.leave(words::bad_link(&target));
            return None;
        }
        self.allowed(&target)
    }

    fn hyperlink(&mut self, element: &Element) -> Option<Link> {
        match element.get("id").and_then(|id| self.relations.get(id)).cloned() {
            Some((_, Goal::Outside(target))) => self.allowed(target.trim()),
            Some((_, Goal::Part(name))) => {
                self.leave(words::bad_link(&name));
                None
            }
            None => {
                self.leave(words::inner_link());
                None
            }
        }
    }

    fn allowed(&mut self, target: &str) -> Option<Link> {
        if markdown::leads_outside(target) {
            return Some(target.into());
        }
        self.leave(words::bad_link(target));
        None
    }
}

/// The signs that offices take from fonts of symbols.
fn symbol(piece: &Element) -> Option<char> {
    let code = u32::from_str_radix(piece.get("char")?, 16).ok()? & 0xFF;
    let font = piece.get("font").unwrap_or_default().to_lowercase();
    Some(match (font.as_str(), code) {
        ("wingdings", 0xFC) => '✓',
        ("wingdings", 0xFE) | ("wingdings 2", 0x52) => '☑',
        ("wingdings", 0xFD) | ("wingdings 2", 0x54) => '☒',
        ("wingdings", 0x6F | 0xA8) | ("wingdings 2", 0xA3 | 0x2A) => '□',
        ("wingdings", 0x6E) => '■',
        ("wingdings", 0x6C) | ("symbol", 0xB7) => '●',
        ("wingdings", 0x75) => '◆',
        ("wingdings", 0xD8) => '➢',
        ("wingdings", 0xE0) | ("symbol", 0xAE) => '→',
        ("symbol", 0xB4) => '×',
        ("symbol", 0xB1) => '±',
        ("symbol", 0xB0) => '°',
        ("symbol", 0xA3) => '≤',
        ("symbol", 0xB3) => '≥',
        _ => return None,
    })
}
