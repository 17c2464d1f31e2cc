//! The style sheet of what is pasted elsewhere: flat rules for elements and classes, which end up in `style` attributes.
//!
//! The editor of WeChat drops style elements, classes and ids, and whatever places a thing freely. So a sheet may select
//! `p`, `.name` or `p.name`, and say only what is known to survive; anything else is an error at its line.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, SitePath, messages};

/// What may be said, by the beginning of its name: `border` stands for `border-left` as well.
const KNOWN: [&str; 27] = [
    "background-color",
    "border",
    "box-sizing",
    "color",
    "display",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "max-width",
    "min-width",
    "overflow-wrap",
    "overflow-x",
    "padding",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-indent",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
];
/// The ways of `display`; `none` leaves an element out.
const DISPLAYS: [&str; 4] = ["block", "inline", "inline-block", "none"];

/// A sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    tag: Option<String>,
    class: Option<String>,
    says: Vec<(String, String)>,
}

impl Rule {
    /// Rules for a class win over those for an element, and those for both over either.
    fn weight(&self) -> usize {
        usize::from(self.tag.is_some()) + 2 * usize::from(self.class.is_some())
    }
    fn meets(&self, tag: &str, classes: &[&str]) -> bool {
        self.tag.as_deref().is_none_or(|own| own == tag) && self.class.as_deref().is_none_or(|own| classes.contains(&own))
    }
}

impl Sheet {
    /// Reads a sheet; what cannot survive is noted with its line.
    pub fn read(file: &SitePath, text: &str, diagnostics: &mut Diagnostics) -> Sheet {
        let text = blanked(text);
        let mut sheet = Sheet::default();
        let mut line = 1;
        let mut rest = text.as_str();
        while let Some((head, tail)) = rest.split_once('{') {
            let (body, after) = tail.split_once('}').unwrap_or((tail, ""));
            let at = line + lines(&head[..head.len() - head.trim_start().len()]);
            let says = declarations(file, body, line + lines(head), diagnostics);
            for selector in head.split(',').map(str::trim) {
                match part(selector) {
                    Some((tag, class)) => sheet.rules.push(Rule { tag, class, says: says.clone() }),
                    None => diagnostics.push(messages::theme::kit_selector(Place::new(file, at, 1), selector)),
                }
            }
            line += lines(head) + lines(body);
            rest = after;
        }
        sheet.rules.sort_by_key(Rule::weight);
        sheet
    }

    /// What the sheet says of an element, as the value of `style`; `None` where it is to be left out.
    pub fn style(&self, tag: &str, classes: &[&str]) -> Option<String> {
        let mut says: Vec<(&str, &str)> = Vec::new();
        for (name, value) in self.rules.iter().filter(|rule| rule.meets(tag, classes)).flat_map(|rule| &rule.says) {
            match says.iter_mut().find(|(known, _)| known == name) {
                Some(known) => known.1 = value,
                None => says.push((name, value)),
            }
        }
        if says.contains(&("display", "none")) {
            return None;
        }
        Some(says.iter().map(|(name, value)| format!("{name}:{value}")).collect::<Vec<_>>().join(";"))
    }
}

fn lines(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

/// The sheet with spaces for its comments, so that lines stay where they are.
fn blanked(text: &str) -> String {
    let mut blank = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        let (comment, after) = comment.split_once("*/").unwrap_or((comment, ""));
        blank.push_str(before);
        blank.extend(comment.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    blank + rest
}

/// The element and the class of a selector.
fn part(selector: &str) -> Option<(Option<String>, Option<String>)> {
    let (tag, class) = match selector.split_once('.') {
        Some((tag, class)) => (tag, Some(class)),
        None => (selector, None),
    };
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let sound = (tag.is_empty() || is_name(tag)) && class.is_none_or(is_name) && !selector.is_empty();
    let owned = |name: &str| (!name.is_empty()).then(|| name.to_string());
    sound.then(|| (owned(tag), class.and_then(owned)))
}

fn declarations(file: &SitePath, body: &str, first: u32, diagnostics: &mut Diagnostics) -> Vec<(String, String)> {
    let mut says = Vec::new();
    let mut line = first;
    for piece in body.split(';') {
        let here = line + lines(&piece[..piece.len() - piece.trim_start().len()]);
        line += lines(piece);
        if piece.trim().is_empty() {
            continue;
        }
        match declaration(piece) {
            Ok(found) => says.push(found),
            Err(()) => diagnostics.push(messages::theme::kit_style(Place::new(file, here, 1), piece.trim(), &KNOWN)),
        }
    }
    says
}

fn declaration(piece: &str) -> Result<(String, String), ()> {
    let (name, value) = piece.split_once(':').ok_or(())?;
    let (name, value) = (name.trim(), value.split_whitespace().collect::<Vec<_>>().join(" "));
    let known = KNOWN.iter().any(|known| name == *known || name.strip_prefix(known).is_some_and(|rest| rest.starts_with('-')));
    // Quotes would end the attribute; functions fetch, compute or move.
    let sound = !value.is_empty() && !value.contains(['"', '\'', '(', '<', '&', '!', '\\']);
    let shown = name != "display" || DISPLAYS.contains(&value.as_str());
    if known && sound && shown { Ok((name.to_string(), value)) } else { Err(()) }
}

/// Reads a sheet only to say what is wrong with it.
pub fn check(file: &SitePath, text: &str, diagnostics: &mut Diagnostics) {
    Sheet::read(file, text, diagnostics);
}

/// Reads a sheet that was checked before.
pub fn sound(file: &SitePath, text: &str) -> Result<Sheet, Diagnostic> {
    let mut noted = Diagnostics::new();
    let sheet = Sheet::read(file, text, &mut noted);
    match noted.iter().next() {
        Some(first) => Err(first.clone()),
        None => Ok(sheet),
    }
}

#[cfg(test)]
mod tests {
    use super::Sheet;
    use crate::diagnostic::{Diagnostics, SitePath};

    fn read(text: &str) -> (Sheet, Vec<(String, u32)>) {
        let mut noted = Diagnostics::new();
        let sheet = Sheet::read(&SitePath::new("themes/park/kit/wechat.css"), text, &mut noted);
        (sheet, noted.sorted().into_iter().map(|d| (d.code.to_string(), d.place.as_ref().map_or(0, |place| place.line))).collect())
    }

    #[test]
    fn rules_end_up_in_one_attribute_the_nearer_ones_last() {
        let (sheet, noted) = read("/* a\nb */ p.note{color:#000}\n.note{color:#111;font-size:14px}\np, td{color:#222; margin : 0  0 8px}");
        assert!(noted.is_empty(), "{noted:?}");
        assert_eq!(sheet.style("p", &["note"]).as_deref(), Some("color:#000;margin:0 0 8px;font-size:14px"));
        assert_eq!(sheet.style("span", &["note"]).as_deref(), Some("color:#111;font-size:14px"));
        assert_eq!(sheet.style("em", &[]).as_deref(), Some(""));
        let (sheet, _) = read(".gone{display:none}");
        assert_eq!(sheet.style("p", &["gone"]), None);
    }

    #[test]
    fn what_would_not_survive_is_told_with_its_line() {
        let (_, noted) =
            read("p{color:red;\nposition:fixed;\n\nbackground-image:url(x)}\n\n.a .b{color:red}\n#x{margin:0}\np{display:flex}");
        let told: Vec<(&str, u32)> = noted.iter().map(|(code, line)| (code.as_str(), *line)).collect();
        assert_eq!(told, [("kit-style", 2), ("kit-style", 4), ("kit-selector", 6), ("kit-selector", 7), ("kit-style", 8)]);
    }
}
