//! XML as office programs write it → a tree of elements by their local names. The only module that knows `quick-xml`.
//!
//! Declarations of types and entities are refused: no office program writes them, and they are how such files attack.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// How deep elements may stand inside each other.
const DEEPEST: usize = 160;
/// So many elements of one part, and so many attributes.
const MOST: usize = 600_000;
/// So many attributes of one element.
const ATTRIBUTES: usize = 64;
/// The longest value of an attribute that is kept, in bytes. What Word writes at greater length are copies of shapes for itself.
const LONGEST: usize = 4_096;

/// An element with what it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// The name without its prefix.
    pub name: String,
    /// Attributes by their names without prefixes.
    pub attributes: Vec<(String, String)>,
    /// What is inside, in order.
    pub inside: Vec<Inside>,
}

/// A piece of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inside {
    /// Another element.
    Element(Element),
    /// Text with its references resolved.
    Text(String),
}

/// Why a part is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is no well-formed XML in UTF-8.
    Broken,
    /// It declares types or entities, or nests without end.
    Hostile,
}

impl Element {
    /// The elements inside.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.inside.iter().filter_map(|piece| if let Inside::Element(element) = piece { Some(element) } else { None })
    }
    /// The first element of a name inside.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }
    /// The element at the end of a way of names.
    pub fn at(&self, way: &[&str]) -> Option<&Element> {
        way.iter().try_fold(self, |here, name| here.child(name))
    }
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
    /// The attribute `val` of the first element of a name inside.
    pub fn val(&self, name: &str) -> Option<&str> {
        self.child(name)?.get("val")
    }
    /// Every element below, in order, this one first.
    pub fn all<'a>(&'a self, found: &mut Vec<&'a Element>) {
        found.push(self);
        self.elements().for_each(|element| element.all(found));
    }
    /// The first element of a name anywhere below.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| if element.name == name { Some(element) } else { element.find(name) })
    }
    /// The text directly inside.
    pub fn text(&self) -> String {
        self.inside.iter().filter_map(|piece| if let Inside::Text(text) = piece { Some(text.as_str()) } else { None }).collect()
    }
    /// Every text of elements of a name below.
    pub fn texts_of(&self, name: &str) -> String {
        let mut all = Vec::new();
        self.all(&mut all);
        all.into_iter().filter(|element| element.name == name).map(Element::text).collect()
    }
}

/// The root element of a part.
pub fn parse(bytes: &[u8]) -> Result<Element, Fault> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).map_err(|_| Fault::Broken)?;
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    let (mut count, mut attributes) = (0, 0);
    loop {
        let event = reader.read_event().map_err(|_| Fault::Broken)?;
        if matches!(event, Event::Start(_) | Event::Empty(_)) {
            count += 1;
            if open.len() > DEEPEST || count > MOST {
                return Err(Fault::Hostile);
            }
        }
        match event {
            Event::Start(start) => open.push(element(&start, &mut attributes)?),
            Event::Empty(start) => close(&mut open, element(&start, &mut attributes)?),
            Event::End(_) => {
                let done = open.pop().filter(|_| !open.is_empty()).ok_or(Fault::Broken)?;
                close(&mut open, done);
            }
            Event::Text(text) => say(&mut open, &text.xml10_content()),
            Event::CData(text) => say(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let found = match reference.resolve_char_ref().map_err(|_| Fault::Broken)? {
                    Some(c) => c,
                    None => named(&reference).ok_or(Fault::Hostile)?,
                };
                say(&mut open, found.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(Fault::Hostile),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if open.len() != 1 {
        return Err(Fault::Broken);
    }
    let inside = open.pop().map(|outer| outer.inside).unwrap_or_default();
    let root = inside.into_iter().find_map(|piece| if let Inside::Element(root) = piece { Some(root) } else { None });
    root.ok_or(Fault::Broken)
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// An element without what it holds; `count` are the attributes of the whole part.
fn element(start: &BytesStart<'_>, count: &mut usize) -> Result<Element, Fault> {
    let mut attributes = Vec::new();
    for found in start.attributes().with_checks(false).take(ATTRIBUTES) {
        let found = found.map_err(|_| Fault::Broken)?;
        *count += 1;
        if *count > MOST {
            return Err(Fault::Hostile);
        }
        if found.value.len() > LONGEST {
            continue;
        }
        let value = found.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Fault::Broken)?;
        attributes.push((found.key.local_name().into_inner().to_string(), value.into_owned()));
    }
    Ok(Element { name: start.local_name().into_inner().to_string(), attributes, inside: Vec::new() })
}

fn close(open: &mut [Element], done: Element) {
    if let Some(outer) = open.last_mut() {
        outer.inside.push(Inside::Element(done));
    }
}

fn say(open: &mut [Element], text: &str) {
    let Some(outer) = open.last_mut() else { return };
    match outer.inside.last_mut() {
        Some(Inside::Text(before)) => before.push_str(text),
        _ => outer.inside.push(Inside::Text(text.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, parse};

    #[test]
    fn elements_attributes_and_references_are_read() {
        let root = parse(
            "\u{FEFF}<?xml version=\"1.0\"?><w:a x:b='1&amp;2'><w:c>甲&lt;&#x4E59;<!-- no --><![CDATA[<丙>]]></w:c><w:d/></w:a>".as_bytes(),
        );
        let root = root.expect("it is sound");
        assert_eq!((root.name.as_str(), root.get("b")), ("a", Some("1&2")));
        assert_eq!(root.texts_of("c"), "甲<乙<丙>");
        assert!(root.find("d").is_some() && root.child("e").is_none());
    }

    #[test]
    fn attributes_are_counted_and_short() {
        let one = format!("<c {}/>", (0..64).map(|at| format!("a{at}='x' ")).collect::<String>());
        assert!(parse(format!("<a>{}</a>", one.repeat(100)).as_bytes()).is_ok());
        assert_eq!(parse(format!("<a>{}</a>", one.repeat(10_000)).as_bytes()), Err(Fault::Hostile));
        let long = parse(format!("<a b='{}' c='{}' d='x'/>", "x".repeat(4_096), "x".repeat(4_097)).as_bytes()).expect("it is sound");
        assert_eq!((long.get("b").map(str::len), long.get("c"), long.get("d")), (Some(4_096), None, Some("x")));
    }

    #[test]
    fn what_attacks_or_breaks_off_is_refused() {
        let entity = "<!DOCTYPE a [<!ENTITY x \"xxxx\">]><a>&x;</a>";
        assert_eq!(parse(entity.as_bytes()), Err(Fault::Hostile));
        assert_eq!(parse(b"<a>&x;</a>"), Err(Fault::Hostile));
        assert_eq!(parse("<a>".repeat(5_000).as_bytes()), Err(Fault::Hostile));
        for text in ["", "<a>", "<a></b>", "</a>", "<a b=></a>", "\u{FFFE}x"] {
            assert_eq!(parse(text.as_bytes()), Err(Fault::Broken), "{text}");
        }
        assert_eq!(parse(b"\xFF\xFE<\0a\0"), Err(Fault::Broken));
    }
}
