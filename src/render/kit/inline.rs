//! An article for the editor of WeChat: the HTML of our own templates made over, so that it survives being pasted.
//!
//! Elements become those that the editor keeps, classes become `style`, links become numbers with their addresses at the
//! end, and what cannot be pasted (drawings, frames, forms) is left out. The HTML that comes in is ours, but nothing here
//! depends on that: what is not known is unwrapped, and only listed attributes are ever written.

use super::css::Sheet;

/// What an element becomes.
enum Fate {
    /// This element.
    Is(&'static str),
    /// Only its content.
    Unwrapped,
    /// Nothing, its content neither.
    Gone,
}

const BLOCKS: [&str; 12] = ["section", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "hr"];
const EMPTY: [&str; 7] = ["br", "hr", "img", "input", "meta", "link", "source"];

fn fate(tag: &str) -> Fate {
    match tag {
        "article" | "div" | "section" | "figure" | "aside" | "header" | "footer" | "main" | "blockquote" | "dl" | "pre" => {
            Fate::Is("section")
        }
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "figcaption" | "dt" | "dd" => Fate::Is("p"),
        "span" | "small" | "sup" | "sub" | "code" | "time" | "a" | "del" | "u" | "mark" | "i" | "kbd" => Fate::Is("span"),
        "strong" | "b" => Fate::Is("strong"),
        "em" => Fate::Is("em"),
        "ul" => Fate::Is("ul"),
        "ol" => Fate::Is("ol"),
        "li" => Fate::Is("li"),
        "table" => Fate::Is("table"),
        "thead" => Fate::Is("thead"),
        "tbody" => Fate::Is("tbody"),
        "tr" => Fate::Is("tr"),
        "th" => Fate::Is("th"),
        "td" => Fate::Is("td"),
        "br" => Fate::Is("br"),
        "hr" => Fate::Is("hr"),
        "img" => Fate::Is("img"),
        "svg" | "script" | "style" | "iframe" | "object" | "embed" | "video" | "audio" | "canvas" | "form" | "button" | "select"
        | "textarea" | "template" | "noscript" | "caption" | "title" | "head" | "math" => Fate::Gone,
        _ => Fate::Unwrapped,
    }
}

/// What articles ask for on the way.
pub trait Needs {
    /// The address of a picture that the editor can take in; `None` leaves it out.
    fn picture(&mut self, src: &str) -> Option<String>;
    /// The number under which an address is named at the end; `None` for what leads nowhere outside (anchors, telephones).
    fn link(&mut self, href: &str, text: &str) -> Option<usize>;
}

/// Makes an article over.
pub fn made(html: &str, sheet: &Sheet, needs: &mut dyn Needs) -> String {
    let mut out = Made {
        html: String::with_capacity(html.len() * 2),
        sheet,
        open: Vec::new(),
        link: None,
        after_block: true,
        kept: 0,
        figures: Vec::new(),
    };
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tail) = rest.split_once('<').map_or((rest, None), |(text, tail)| (text, Some(tail)));
        out.text(text);
        rest = match tail {
            None => "",
            Some(tail) if tail.starts_with("!--") => tail.split_once("-->").map_or("", |(_, after)| after),
            Some(tail) => match end_of_tag(tail) {
                Some(end) => {
                    let tag = Tag::read(&tail[..end]);
                    let after = &tail[end + 1..];
                    if matches!(fate(&tag.name), Fate::Gone) && !tag.closes && !tag.ends {
                        skipped(after, &tag.name)
                    } else if tag.closes {
                        out.close(&tag.name, needs);
                        after
                    } else {
                        match out.open(&tag, needs) {
                            true => after,
                            false => skipped(after, &tag.name),
                        }
                    }
                }
                None => "",
            },
        };
    }
    while let Some((name, _)) = out.open.pop() {
        if let Some(name) = name {
            out.html.push_str(&format!("</{name}>"));
        }
    }
    out.html
}

/// Where a tag ends: quotes may hold `>`.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().find_map(|(at, c)| match (quote, c) {
        (None, '>') => Some(at),
        (None, '"' | '\'') => {
            quote = Some(c);
            None
        }
        (Some(open), c) if open == c => {
            quote = None;
            None
        }
        _ => None,
    })
}

/// What stands behind the end of an element that begins here.
fn skipped<'a>(text: &'a str, name: &str) -> &'a str {
    if EMPTY.contains(&name) {
        return text;
    }
    // In these `<` is a letter like any other.
    if matches!(name, "script" | "style" | "textarea" | "title") {
        let end = text.split_once(&format!("</{name}")).and_then(|(_, after)| after.split_once('>'));
        return end.map_or("", |(_, after)| after);
    }
    let mut depth = 1;
    let mut rest = text;
    while let Some((_, tail)) = rest.split_once('<') {
        let Some(end) = end_of_tag(tail) else { return "" };
        let tag = Tag::read(&tail[..end]);
        rest = &tail[end + 1..];
        if tag.name == name {
            depth = if tag.closes { depth - 1 } else { depth + usize::from(!tag.ends) };
        }
        if depth == 0 {
            return rest;
        }
    }
    ""
}

/// A tag between `<` and `>`.
struct Tag<'a> {
    name: String,
    closes: bool,
    ends: bool,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    fn read(text: &'a str) -> Tag<'a> {
        let closes = text.starts_with('/');
        let text = text.trim_start_matches('/');
        let end = text.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(text.len());
        let (name, mut rest) = text.split_at(end);
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                break;
            }
            let stop = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (key, after) = rest.split_at(stop);
            let Some(value) = after.strip_prefix('=') else {
                attributes.push((key, ""));
                rest = after;
                continue;
            };
            let quote = value.chars().next().filter(|c| *c == '"' || *c == '\'');
            let (value, after) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            attributes.push((key, value));
            rest = after;
        }
        Tag { name: name.to_ascii_lowercase(), closes, ends: text.ends_with('/'), attributes }
    }
    fn get(&self, wanted: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(key, _)| *key == wanted).map(|(_, value)| *value)
    }
}

struct Made<'a> {
    html: String,
    sheet: &'a Sheet,
    /// What the open elements became, and what they were.
    open: Vec<(Option<&'static str>, String)>,
    /// The address of the open link, and where its text begins.
    link: Option<(String, usize)>,
    after_block: bool,
    /// How many open elements keep their spaces.
    kept: usize,
    /// Where the open figures begin, and whether a picture of theirs was left out: without it a caption says nothing.
    figures: Vec<(usize, bool)>,
}

impl Made<'_> {
    fn text(&mut self, text: &str) {
        if self.kept > 0 {
            // The editor folds spaces and lines, whatever the style says.
            self.html.push_str(&text.replace('\n', "<br>").replace("  ", "\u{a0} "));
        } else if !text.trim().is_empty() {
            self.html.push_str(&text.replace('\n', " "));
            self.after_block = false;
        } else if !text.is_empty() && !self.after_block {
            self.html.push(' ');
        }
    }

    /// Opens an element; `false` where it is left out with all it holds.
    fn open(&mut self, tag: &Tag<'_>, needs: &mut dyn Needs) -> bool {
        let classes: Vec<&str> = tag.get("class").unwrap_or_default().split_whitespace().collect();
        let Some(style) = self.sheet.style(&tag.name, &classes) else { return false };
        let style = if style.is_empty() { String::new() } else { format!(" style=\"{style}\"") };
        let is_empty = EMPTY.contains(&tag.name.as_str());
        match (tag.name.as_str(), fate(&tag.name)) {
            ("input", _) if tag.get("type") == Some("checkbox") => self.html.push(if tag.get("checked").is_some() { '☑' } else { '☐' }),
            ("img", _) => {
                let src = tag.get("src").and_then(|src| needs.picture(src));
                self.figures.iter_mut().for_each(|figure| figure.1 |= src.is_none());
                if let Some(src) = src {
                    self.html.push_str(&format!(
                        "<img src=\"{src}\" alt=\"{}\"{style}>",
                        tag.get("alt").unwrap_or_default().replace('"', "&quot;")
                    ));
                }
            }
            (name, Fate::Is(becomes)) => {
                let is_block = BLOCKS.contains(&becomes);
                if is_block {
                    let end = self.html.trim_end_matches(' ').len();
                    self.html.truncate(end);
                }
                let spans = ["colspan", "rowspan", "start"].iter().filter_map(|key| {
                    let value = tag.get(key).filter(|value| !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()))?;
                    Some(format!(" {key}=\"{value}\""))
                });
                if name == "figure" {
                    self.figures.push((self.html.len(), false));
                }
                self.html.push_str(&format!("<{becomes}{style}{}>", spans.collect::<String>()));
                self.after_block = is_block || becomes == "br";
                if name == "a" {
                    self.link = tag.get("href").map(|href| (href.to_string(), self.html.len()));
                }
                self.kept += usize::from(name == "pre");
                if !is_empty {
                    self.open.push((Some(becomes), tag.name.clone()));
                }
            }
            _ if !is_empty && !tag.ends => self.open.push((None, tag.name.clone())),
            _ => {}
        }
        true
    }

    fn close(&mut self, name: &str, needs: &mut dyn Needs) {
        // A closing tag without its opening one closes nothing.
        let Some(at) = self.open.iter().rposition(|(_, was)| was == name) else { return };
        while self.open.len() > at {
            let Some((becomes, was)) = self.open.pop() else { return };
            if was == "pre" {
                self.kept = self.kept.saturating_sub(1);
            }
            if let Some(becomes) = becomes {
                self.html.push_str(&format!("</{becomes}>"));
                self.after_block = BLOCKS.contains(&becomes);
            }
            if was == "figure"
                && let Some((from, true)) = self.figures.pop()
            {
                self.html.truncate(from);
            }
            if was == "a"
                && let Some((href, from)) = self.link.take()
            {
                let inside = self.html[from..].trim_end_matches("</span>").to_string();
                // A link around a picture that was left out has nothing to stand behind.
                let is_empty = plain(&inside).trim().is_empty() && !inside.contains("<img");
                if let Some(number) = (!is_empty).then(|| needs.link(&href, &plain(&inside))).flatten() {
                    let style = self.sheet.style("sup", &["ref"]).filter(|style| !style.is_empty());
                    let style = style.map(|style| format!(" style=\"{style}\"")).unwrap_or_default();
                    self.html.push_str(&format!("<span{style}>[{number}]</span>"));
                }
            }
        }
    }
}

/// The text of some HTML, entities as they are.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tail)) = rest.split_once('<') {
        text.push_str(before);
        rest = end_of_tag(tail).map_or("", |end| &tail[end + 1..]);
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Needs, made};
    use crate::diagnostic::{Diagnostics, SitePath};
    use crate::render::kit::css::Sheet;

    #[derive(Default)]
    struct Seen(Vec<String>);
    impl Needs for Seen {
        fn picture(&mut self, src: &str) -> Option<String> {
            (src != "x.svg").then(|| format!("data:{src}"))
        }
        fn link(&mut self, href: &str, text: &str) -> Option<usize> {
            if !href.starts_with("https:") || text == href {
                return None;
            }
            self.0.push(format!("{text}={href}"));
            Some(self.0.len())
        }
    }

    fn article(html: &str) -> String {
        let css = "p{margin:0}.hidden{display:none}.warn{color:#a00}.ref{font-size:12px}";
        let sheet = Sheet::read(&SitePath::new("x.css"), css, &mut Diagnostics::new());
        made(html, &sheet, &mut Seen::default())
    }

    #[test]
    fn elements_classes_and_links_are_made_over() {
        for (from, to) in [
            (
                "<div class=\"warn\" id=\"x\" onclick=\"y\"><h2>甲</h2>\n<p>乙</p></div>",
                "<section style=\"color:#a00\"><p>甲</p><p style=\"margin:0\">乙</p></section>",
            ),
            (
                "<p>见<a href=\"https://a.b/?c=d&amp;e\">办法</a>。</p>",
                "<p style=\"margin:0\">见<span>办法</span><span style=\"font-size:12px\">[1]</span>。</p>",
            ),
            ("<a href=\"https://a.b/\">https://a.b/</a>", "<span>https://a.b/</span>"),
            ("<a href=\"#x\">上文</a> <a href='tel:1'>1</a>", "<span>上文</span> <span>1</span>"),
            ("<svg><g><title>x</title></g></svg>a<svg/>b", "ab"),
            ("<script>if(a<b){}</script>甲", "甲"),
            ("<p class=hidden>a<p>b</p></p>c", "c"),
            (
                "<table><caption>x</caption><tr><td colspan=2 style=\"position:fixed\">a</td></tr></table>",
                "<table><tr><td colspan=\"2\">a</td></tr></table>",
            ),
            ("<img src=\"x.png\" alt=\"a &gt; b\" onerror=x><img src=x.svg>", "<img src=\"data:x.png\" alt=\"a &gt; b\">"),
            ("<input type=\"checkbox\" disabled checked> 甲", "☑ 甲"),
            ("<pre><code>a\n  b</code></pre>", "<section><span>a<br>\u{a0} b</span></section>"),
            (
                "甲<figure><img src=x.svg><figcaption>图</figcaption></figure>乙<figure><img src=y.png></figure>",
                "甲乙<section><img src=\"data:y.png\" alt=\"\"></section>",
            ),
            ("<details><summary>甲</summary>乙</details>", "甲乙"),
            ("<p>a</b></p></p>b<", "<p style=\"margin:0\">a</p>b"),
            ("<p>a<b>c", "<p style=\"margin:0\">a<strong>c</strong></p>"),
        ] {
            assert_eq!(article(from), to, "{from}");
        }
    }
}
