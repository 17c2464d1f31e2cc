//! Reads tags and attributes of our own finished pages: enough HTML for facts, no tree.

use super::{Facts, Lens};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Adds the ids, links and images of a page to its facts.
pub fn html(text: &str, lens: &Lens<'_>, facts: &mut Facts) {
    let bytes = text.as_bytes();
    let sought = lens.elements.get(&facts.path).map_or(&[][..], Vec::as_slice);
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|found| at + found) {
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            if text[at..].starts_with("!--") {
                at = text[at..].find("-->").map_or(text.len(), |end| at + end + 3);
            }
            continue;
        }
        let name_end = text[at..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').map_or(text.len(), |end| at + end);
        let name = &text[at..name_end];
        let (attributes, end) = attributes(text, name_end, !sought.is_empty());
        at = end;
        for element in sought.iter().filter(|element| attributes.are(element)) {
            facts.elements.push((*element).to_string());
        }
        tag(name, &attributes, lens, facts);
        if name == "script" || name == "style" {
            at = text[at..].find("</").map_or(text.len(), |close| at + close);
        }
    }
}

/// The attributes that facts are made of, as written.
#[derive(Default)]
struct Attributes<'a> {
    id: Option<&'a str>,
    alt: Option<&'a str>,
    href: Option<&'a str>,
    src: Option<&'a str>,
    srcset: Option<&'a str>,
    action: Option<&'a str>,
    lang: Option<&'a str>,
    /// All others, where somebody seeks an element by them.
    others: Vec<(&'a str, &'a str)>,
}

impl<'a> Attributes<'a> {
    /// Is it the element: an id, or an attribute with its value?
    fn are(&self, element: &str) -> bool {
        match element.split_once('=') {
            Some(wanted) => self.others.iter().any(|(name, value)| (*name, &*unescape(value)) == wanted),
            None => self.id.is_some_and(|id| unescape(id) == element),
        }
    }

    fn set(&mut self, name: &'a str, value: &'a str, all: bool) {
        let place = match () {
            () if name.eq_ignore_ascii_case("id") => &mut self.id,
            () if name.eq_ignore_ascii_case("alt") => &mut self.alt,
            () if name.eq_ignore_ascii_case("href") => &mut self.href,
            () if name.eq_ignore_ascii_case("src") => &mut self.src,
            () if name.eq_ignore_ascii_case("srcset") => &mut self.srcset,
            () if name.eq_ignore_ascii_case("action") => &mut self.action,
            () if name.eq_ignore_ascii_case("lang") => &mut self.lang,
            () if all => return self.others.push((name, value)),
            () => return,
        };
        // Of an attribute that stands twice, a browser takes the first.
        place.get_or_insert(value);
    }
}

/// The attributes behind a tag name and where the tag ends.
fn attributes(text: &str, from: usize, all: bool) -> (Attributes<'_>, usize) {
    let mut list = Attributes::default();
    let mut at = from;
    loop {
        at += text[at..].len() - text[at..].trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/').len();
        let rest = &text[at..];
        if rest.is_empty() || rest.starts_with('>') {
            return (list, (at + 1).min(text.len()));
        }
        let name_len = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let name = &rest[..name_len.max(1).min(rest.len())];
        at += name.len();
        let after = text[at..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            list.set(name, "", all);
            continue;
        };
        let value = value.trim_start();
        let start = text.len() - value.len();
        let (inner, end) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let end = value[1..].find(quote).map_or(value.len(), |end| end + 1);
                (&value[1..end], (start + end + 1).min(text.len()))
            }
            _ => {
                let end = value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len());
                (&value[..end], start + end)
            }
        };
        list.set(name, inner, all);
        at = end;
    }
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let plain = text
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&");
    Cow::Owned(plain)
}

fn tag(name: &str, attributes: &Attributes<'_>, lens: &Lens<'_>, facts: &mut Facts) {
    if let Some(id) = attributes.id {
        facts.ids.push(unescape(id).into_owned());
    }
    match name {
        "html" => facts.frame.lang = attributes.lang.is_some_and(|lang| !lang.is_empty()),
        "main" => facts.frame.main = true,
        "title" => facts.frame.title = true,
        "h1" => facts.h1 += 1,
        "img" => facts.images += 1,
        "a" => match attributes.href {
            Some(href) if href.contains("://") => facts.linked.1 += 1,
            Some(_) => facts.linked.0 += 1,
            None => {}
        },
        _ => {}
    }
    if name == "img" && attributes.alt.is_none() {
        facts.without_alt.push(unescape(attributes.src.unwrap_or_default()).into_owned());
    }
    // The canonical address is absolute; a form's action is where its answer is shown.
    let sizes = attributes.srcset.into_iter().flat_map(candidates);
    for link in [attributes.href, attributes.src, attributes.action].into_iter().flatten().chain(sizes) {
        if let Some(found) = resolve(&facts.path, &unescape(link), lens.base)
            && (found.1.is_some() || !lens.paths.contains(found.0.as_str()))
        {
            facts.links.push(found);
        }
    }
}

/// The addresses of a `srcset`: what stands before the width of each candidate.
fn candidates(srcset: &str) -> impl Iterator<Item = &str> {
    srcset.split(',').filter_map(|candidate| candidate.split_whitespace().next())
}

/// The path in the output that a link of a page means; `None` for other sites and schemes.
fn resolve(page: &str, link: &str, base: &str) -> Option<(String, Option<String>)> {
    let (address, anchor) = link.split_once('#').map_or((link, None), |(address, anchor)| (address, Some(anchor)));
    let address = address.split('?').next().unwrap_or_default();
    let anchor = anchor.map(|anchor| percent_decode_str(anchor).decode_utf8_lossy().to_string());
    if address.contains(':') || address.starts_with("//") {
        return None;
    }
    if address.is_empty() {
        return Some((page.to_string(), anchor));
    }
    let decoded = percent_decode_str(address).decode_utf8_lossy();
    let mut parts: Vec<&str> = Vec::new();
    let relative = match decoded.strip_prefix('/') {
        // A root-absolute link that leaves the base of the site is reported as dead under its own name.
        Some(_) => decoded.strip_prefix(base).unwrap_or(&decoded),
        None => {
            parts.extend(page.split('/').take(page.matches('/').count()));
            &decoded
        }
    };
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let folder = relative.is_empty() || relative.ends_with('/') || relative.ends_with("/..") || relative == "." || relative == "..";
    let mut path = parts.join("/");
    if folder {
        path = if path.is_empty() { "index.html".to_string() } else { format!("{path}/index.html") };
    }
    Some((path, anchor))
}

#[cfg(test)]
mod tests {
    use super::super::{Facts, Lens, facts, judge};
    use crate::diagnostic::Diagnostics;
    use std::collections::{HashMap, HashSet};

    fn page(path: &str, html: &str) -> Facts {
        let secrets = ["秘密底价".to_string()];
        let lens = Lens::new("/", &secrets, HashSet::from(["known/index.html"]), HashMap::new());
        facts(path, html.as_bytes(), &lens)
    }

    #[test]
    fn links_are_resolved_as_a_browser_does() {
        let facts = page(
            "parks/a/index.html",
            "<a href=../../>x</a><a href=\"b/?q=1#%E7%94%B2\">y</a><a href='#u-1'>z</a><a href=https://x.y/>w</a><!--<a href=no>--><a href=../../known/>k</a>",
        );
        let links: Vec<(&str, Option<&str>)> = facts.links.iter().map(|(path, anchor)| (path.as_str(), anchor.as_deref())).collect();
        assert_eq!(links, vec![("index.html", None), ("parks/a/b/index.html", Some("甲")), ("parks/a/index.html", Some("u-1"))]);
    }

    #[test]
    fn sought_elements_are_found_by_id_or_attribute() {
        let elements = HashMap::from([("a.html".to_string(), vec!["one", "data-x=a&b", "data-y=1", "two"])]);
        let lens = Lens::new("/", &[], HashSet::new(), elements);
        let found = facts("a.html", "<p id=one data-x=\"a&amp;b\"><p data-y=12>two<!--<p id=two>-->".as_bytes(), &lens);
        assert_eq!(found.elements, vec!["one", "data-x=a&b"]);
        assert!(facts("b.html", b"<p id=one>", &lens).elements.is_empty());
    }

    #[test]
    fn every_size_of_a_picture_is_a_link() {
        let facts =
            page("a/index.html", "<img alt=\"\" src=\"../m/x-960.jpg\" srcset=\"../m/x-480.jpg 480w, ../m/x-960.jpg 960w,../m/y.jpg\">");
        let links: Vec<&str> = facts.links.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(links, vec!["m/x-960.jpg", "m/x-480.jpg", "m/x-960.jpg", "m/y.jpg"]);
    }

    #[test]
    fn every_kind_of_trouble_is_told() {
        let pages = [
            page("index.html", "<p id=a><p id=\"a\"><a href=\"gone/\">x</a><a href=\"b.html#no\">y</a><img src=x.png>"),
            page("b.html", "<p id=yes>秘密底价"),
            page("x.png", ""),
            page("heavy.html", &"<p>字</p>".repeat(200_000)),
        ];
        let mut noted = Diagnostics::new();
        judge(&pages, &mut noted);
        let mut codes: Vec<&str> = noted.iter().map(|d| d.code).collect();
        codes.sort_unstable();
        assert_eq!(
            codes,
            vec!["output-alt-missing", "output-anchor-dead", "output-heavy", "output-id-twice", "output-leak", "output-link-dead"]
        );
    }
}
