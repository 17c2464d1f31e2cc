//! Reads tags and attributes of our own finished pages: enough HTML for facts, no tree.

use super::{Below, Facts, Lens};
use crate::source::seek;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Adds the ids, links and images of a page to its facts.
///
/// Bytes are looked at, not characters: all signs of the grammar are ASCII, and only what a fact is made of becomes text.
pub fn html(page: &[u8], lens: &Lens<'_>, facts: &mut Facts) {
    let sought = lens.elements.get(&facts.path).map_or(&[][..], Vec::as_slice);
    let depth = facts.path.bytes().filter(|byte| *byte == b'/').count();
    let mut at = 0;
    while let Some(open) = seek::byte(b'<', &page[at..]).map(|found| at + found) {
        at = open + 1;
        if !page.get(at).is_some_and(u8::is_ascii_alphabetic) {
            if page[at..].starts_with(b"!--") {
                at = seek::piece(b"-->", &page[at..]).map_or(page.len(), |end| at + end + 3);
            }
            continue;
        }
        let name_end = upto(page, at, |byte| !byte.is_ascii_alphanumeric() && byte != b'-');
        let name = &page[at..name_end];
        let (attributes, end) = attributes(page, name_end, !sought.is_empty());
        at = end;
        for element in sought.iter().filter(|element| attributes.are(element)) {
            facts.elements.push((*element).to_string());
        }
        tag(name, &attributes, depth, lens, facts);
        if name == b"script" || name == b"style" {
            at = seek::piece(b"</", &page[at..]).map_or(page.len(), |close| at + close);
        }
    }
}

/// Where the first byte of a kind stands, or the end.
fn upto(page: &[u8], from: usize, is: impl Fn(u8) -> bool) -> usize {
    page[from..].iter().position(|byte| is(*byte)).map_or(page.len(), |found| from + found)
}

/// The attributes that facts are made of, as written.
#[derive(Default)]
struct Attributes<'a> {
    id: Option<&'a [u8]>,
    alt: Option<&'a [u8]>,
    href: Option<&'a [u8]>,
    src: Option<&'a [u8]>,
    srcset: Option<&'a [u8]>,
    action: Option<&'a [u8]>,
    lang: Option<&'a [u8]>,
    /// All others, where somebody seeks an element by them.
    others: Vec<(&'a [u8], &'a [u8])>,
}

impl<'a> Attributes<'a> {
    /// Is it the element: an id, or an attribute with its value?
    fn are(&self, element: &str) -> bool {
        match element.split_once('=') {
            Some((wanted, value)) => self.others.iter().any(|(name, held)| *name == wanted.as_bytes() && plain(held) == value),
            None => self.id.is_some_and(|id| plain(id) == element),
        }
    }

    fn set(&mut self, name: &'a [u8], value: &'a [u8], all: bool) {
        let place = match () {
            () if name.eq_ignore_ascii_case(b"id") => &mut self.id,
            () if name.eq_ignore_ascii_case(b"alt") => &mut self.alt,
            () if name.eq_ignore_ascii_case(b"href") => &mut self.href,
            () if name.eq_ignore_ascii_case(b"src") => &mut self.src,
            () if name.eq_ignore_ascii_case(b"srcset") => &mut self.srcset,
            () if name.eq_ignore_ascii_case(b"action") => &mut self.action,
            () if name.eq_ignore_ascii_case(b"lang") => &mut self.lang,
            () if all => return self.others.push((name, value)),
            () => return,
        };
        // Of an attribute that stands twice, a browser takes the first.
        place.get_or_insert(value);
    }
}

/// The attributes behind a tag name and where the tag ends.
fn attributes(page: &[u8], from: usize, all: bool) -> (Attributes<'_>, usize) {
    let mut list = Attributes::default();
    let mut at = from;
    loop {
        at = upto(page, at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        if page.get(at).is_none_or(|byte| *byte == b'>') {
            return (list, (at + 1).min(page.len()));
        }
        // An equals sign where a name should begin belongs to the name.
        let end = upto(page, at + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/'));
        let name = &page[at..end];
        at = end;
        let after = upto(page, at, |byte| !byte.is_ascii_whitespace());
        if page.get(after) != Some(&b'=') {
            list.set(name, b"", all);
            continue;
        }
        let start = upto(page, after + 1, |byte| !byte.is_ascii_whitespace());
        let value = match page.get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = seek::byte(*quote, &page[start + 1..]).map_or(page.len(), |end| start + 1 + end);
                at = (end + 1).min(page.len());
                &page[start + 1..end]
            }
            _ => {
                at = upto(page, start, |byte| byte.is_ascii_whitespace() || byte == b'>');
                &page[start..at]
            }
        };
        list.set(name, value, all);
    }
}

/// A value as text, its references replaced.
fn plain(value: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(value);
    if !value.contains(&b'&') {
        return text;
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

fn tag(name: &[u8], attributes: &Attributes<'_>, depth: usize, lens: &Lens<'_>, facts: &mut Facts) {
    if let Some(id) = attributes.id {
        facts.ids.push_str(&plain(id));
        facts.ids.push('\n');
    }
    match name {
        b"html" => facts.frame.lang = attributes.lang.is_some_and(|lang| !lang.is_empty()),
        b"main" => facts.frame.main = true,
        b"title" => facts.frame.title = true,
        b"h1" => facts.h1 += 1,
        b"img" => facts.images += 1,
        b"a" => match attributes.href {
            Some(href) if href.windows(3).any(|signs| signs == b"://") => facts.linked.1 += 1,
            Some(_) => facts.linked.0 += 1,
            None => {}
        },
        _ => {}
    }
    if name == b"img" && attributes.alt.is_none() {
        facts.without_alt.push(plain(attributes.src.unwrap_or_default()).into_owned());
    }
    // The canonical address is absolute; a form's action is where its answer is shown.
    let sizes = attributes.srcset.into_iter().flat_map(candidates);
    for link in [attributes.href, attributes.src, attributes.action].into_iter().flatten().chain(sizes) {
        if is_known(depth, link, lens) {
            continue;
        }
        let found = match &lens.below {
            Some(below) => match from_below(&facts.path, &plain(link), below) {
                Some(Aim::Own(path, anchor)) => Some((path, anchor)),
                Some(Aim::Above(path, anchor)) => {
                    facts.across.push((path, anchor));
                    None
                }
                None => None,
            },
            None => resolve(&facts.path, &plain(link), lens.base),
        };
        let Some(found) = found.filter(|found| found.1.is_some() || !lens.paths.contains(found.0.as_str())) else { continue };
        match lens.beside.is_some_and(|beside| beside.contains(&found.0)) {
            true if found.1.is_some() => facts.across.push(found),
            true => {}
            false => facts.links.push(found),
        }
    }
}

/// Where a link of a companion leads.
enum Aim {
    /// To an item of its own.
    Own(String, Option<String>),
    /// To an item of the site under which it lies.
    Above(String, Option<String>),
}

/// A link of a companion, resolved where the page will lie: it may climb out of the companion, or name the site's address.
fn from_below(page: &str, link: &str, below: &Below<'_>) -> Option<Aim> {
    let named =
        below.origin.and_then(|origin| link.strip_prefix(origin)).filter(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']));
    let link = named.map_or(Cow::Borrowed(link), |rest| Cow::Owned(format!("{}{}", below.base, rest.trim_start_matches('/'))));
    let (path, anchor) = resolve(&format!("{}/{page}", below.at), &link, below.base)?;
    Some(match path.strip_prefix(below.at).and_then(|rest| rest.strip_prefix('/')) {
        Some(own) => Aim::Own(own.to_string(), anchor),
        None => Aim::Above(path, anchor),
    })
}

/// The addresses of a `srcset`: what stands before the width of each candidate.
fn candidates(srcset: &[u8]) -> impl Iterator<Item = &[u8]> {
    let words = |candidate: &'_ [u8]| candidate.split(u8::is_ascii_whitespace).find(|word| !word.is_empty()).map(<[u8]>::len);
    srcset.split(|byte| *byte == b',').filter_map(move |candidate| {
        let candidate = candidate.trim_ascii_start();
        words(candidate).map(|length| &candidate[..length])
    })
}

/// Does a link lead to a known item, as nearly all do? Only plain ones that climb to the root are judged here, without a
/// copy of anything; `false` means that [`resolve`] has to look.
fn is_known(depth: usize, link: &[u8], lens: &Lens<'_>) -> bool {
    let mut rest = link;
    for _ in 0..depth {
        let Some(higher) = rest.strip_prefix(b"../") else { return false };
        rest = higher;
    }
    // No query, no anchor, no scheme; a point only inside a name, and escaped only what is escaped in every link to it.
    let mut before = b'/';
    for &byte in rest {
        let joint = matches!(byte, b'/' | b'.') && before != b'/';
        if !joint && !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_' | b'%') {
            return false;
        }
        before = byte;
    }
    let Ok(rest) = std::str::from_utf8(rest) else { return false };
    match rest.strip_suffix('/') {
        Some(folder) => lens.folders.contains(folder),
        None if rest.is_empty() => lens.paths.contains("index.html"),
        None => !rest.contains('%') && lens.paths.contains(rest),
    }
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
    use crate::source::lookup::{Known, Lookup};

    fn page(path: &str, html: &str) -> Facts {
        let secrets = ["秘密底价".to_string()];
        let lens = Lens::new(
            "/",
            &secrets,
            Known::from_iter(["known/index.html", "tags/甲/index.html", "a%20b/index.html", "a%20b.pdf"]),
            Lookup::default(),
        );
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
    fn an_escaped_link_leads_to_the_path_that_it_means() {
        let facts = page(
            "n/index.html",
            "<a href=../tags/%E7%94%B2/>x</a><a href=../a%20b/>y</a><a href=../a%20b.pdf>z</a><a href=../a%2520b/>w</a>",
        );
        let links: Vec<&str> = facts.links.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(links, vec!["a b/index.html", "a b.pdf"], "names with a percent sign are not what these links ask for");
    }

    #[test]
    fn sought_elements_are_found_by_id_or_attribute() {
        let elements = Lookup::from_iter([("a.html".to_string(), vec!["one", "data-x=a&b", "data-y=1", "two"])]);
        let lens = Lens::new("/", &[], Known::default(), elements);
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
