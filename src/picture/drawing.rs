//! SVG: shapes that stay shapes. A drawing can be opened by its own address, so what could act or fetch in it is refused.

use super::{Trouble, Walk};

/// Elements that run, embed or follow, in whatever namespace they are written.
const ACTIVE: [&str; 14] = [
    "script",
    "foreignobject",
    "iframe",
    "object",
    "embed",
    "handler",
    "listener",
    "audio",
    "video",
    "html",
    "body",
    "form",
    "meta",
    "link",
];

/// Does a text look like a drawing? The root element may stand behind a declaration, comments and a document type.
pub fn is_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let first = head.trim_start_matches('\u{feff}').trim_start();
    first.starts_with('<') && tags(&head).any(|tag| local(tag.name) == "svg")
}

/// Walks a drawing: everything of it is kept, or it is refused.
pub fn walk(bytes: &[u8]) -> Result<Walk, Trouble> {
    // Another encoding would hide its words from the search below, but not from a browser.
    let text = std::str::from_utf8(bytes).map_err(|_| Trouble::Active("UTF-16 / GBK".to_string()))?;
    if !text.trim_end().ends_with('>') {
        return Err(Trouble::Broken);
    }
    let lower = text.to_lowercase();
    if let Some(what) = active(&lower) {
        return Err(Trouble::Active(what));
    }
    let root = tags(&lower).find(|tag| local(tag.name) == "svg").ok_or(Trouble::NotAnImage)?;
    let (width, height) = size(&root);
    let mut walk = Walk { width, height, turn: 1, alpha: true, ..Walk::default() };
    walk.keep(0..bytes.len());
    Ok(walk)
}

/// What could act or fetch, if anything does.
fn active(text: &str) -> Option<String> {
    let words = ["<!entity", "<!attlist", "<?xml-stylesheet", "www.w3.org/1999/xhtml", "@import", "javascript:", "data:text/html"];
    if let Some(word) = words.into_iter().find(|word| text.contains(word)) {
        return Some(word.to_string());
    }
    // `url(#shade)` is a part of the drawing; anything else lies elsewhere.
    let elsewhere = |rest: &&str| !rest.trim_start_matches([' ', '"', '\'', '&']).trim_start_matches("quot;").starts_with('#');
    if text.split("url(").skip(1).find(elsewhere).is_some() {
        return Some("url(…)".to_string());
    }
    tags(text).find_map(|tag| {
        let name = local(tag.name);
        if ACTIVE.contains(&name) {
            return Some(format!("<{name}"));
        }
        tag.attributes().find_map(|(attribute, value)| {
            let own = local(attribute);
            let refers = matches!(own, "href" | "src" | "action" | "data");
            let inside = value.trim_start().starts_with('#') || name == "image" && is_pixels(value.trim_start());
            if own.starts_with("on") && own.len() > 2 && own.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                Some(format!("{own}="))
            } else if refers && !inside && !value.is_empty() && !attribute.starts_with("xmlns") {
                Some(format!("{attribute}={}", value.chars().take(40).collect::<String>()))
            } else if own == "attributename" && value.contains("href") {
                Some(format!("<{name} attributeName=href"))
            } else {
                None
            }
        })
    })
}

/// Pixels inside the drawing itself. A drawing inside a drawing could hold anything again.
fn is_pixels(value: &str) -> bool {
    ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/jpg;base64,", "data:image/webp;base64,", "data:image/gif;base64,"]
        .iter()
        .any(|start| value.starts_with(start))
}

/// The size that the root element asks for; without one, the size that browsers give it.
fn size(root: &Tag<'_>) -> (u32, u32) {
    let find = |wanted: &str| root.attributes().find(|(name, _)| *name == wanted).map(|(_, value)| value);
    let pixels = |name: &str| {
        let value = find(name)?.trim();
        let end = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
        let scale = match value[end..].trim() {
            "" | "px" => 1.0,
            "pt" => 96.0 / 72.0,
            "in" => 96.0,
            "cm" => 96.0 / 2.54,
            "mm" => 96.0 / 25.4,
            _ => return None,
        };
        value[..end].parse::<f64>().ok().map(|number| number * scale)
    };
    let view =
        find("viewbox").map(|view| view.split([' ', ',', '\n', '\t']).filter_map(|part| part.parse::<f64>().ok()).collect::<Vec<_>>());
    let view = view.filter(|view| view.len() == 4 && view[2] > 0.0 && view[3] > 0.0).map(|view| (view[2], view[3]));
    let (width, height) = match (pixels("width"), pixels("height"), view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (None, None, Some(view)) => view,
        _ => (300.0, 150.0),
    };
    let whole = |number: f64| if number.is_finite() { number.round().clamp(1.0, 20_000.0) as u32 } else { 300 };
    (whole(width), whole(height))
}

/// A start tag of a lower-case text.
struct Tag<'a> {
    name: &'a str,
    rest: &'a str,
}

/// The start tags of a text. Comments are passed over; a tag inside a text section counts, which errs on the safe side.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('<')? + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = &comment[comment.find("-->")?..];
                continue;
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(rest.len());
            let name = &rest[..end];
            if name.is_empty() || name.starts_with(['!', '?']) {
                continue;
            }
            return Some(Tag { name, rest: &rest[end..] });
        }
    })
}

impl<'a> Tag<'a> {
    fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.rest;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() || rest.starts_with('>') {
                return None;
            }
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len()).max(1);
            let end = (end..=rest.len()).find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len());
            let name = &rest[..end];
            rest = rest[end..].trim_start();
            let Some(value) = rest.strip_prefix('=').map(str::trim_start) else { return Some((name, "")) };
            let (value, behind) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                _ => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
            };
            rest = behind;
            Some((name, value))
        })
    }
}

/// A name without the prefix of its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
