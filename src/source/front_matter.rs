//! Splits a Markdown file into its front matter and its body.

use crate::diagnostic::{Diagnostics, Place, SitePath, messages};

/// The two halves of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Halves<'a> {
    /// The YAML between the fences; `None` if the file has none.
    pub front: Option<&'a str>,
    /// The line on which the YAML begins.
    pub front_line: u32,
    /// The Markdown.
    pub body: &'a str,
    /// The line on which the Markdown begins.
    pub body_line: u32,
}

/// Splits; `None` after an error was noted (an unclosed fence, full-width dashes).
pub fn split<'a>(file: &SitePath, text: &'a str, diagnostics: &mut Diagnostics) -> Option<Halves<'a>> {
    let mut at = 0;
    let mut line = 1;
    while let Some(end) = text[at..].find('\n').filter(|end| text[at..at + end].trim().is_empty()) {
        at += end + 1;
        line += 1;
    }
    let first = text[at..].lines().next().unwrap_or_default();
    let second = text[at..].lines().nth(1).unwrap_or_default();
    // A rule of dashes may well begin a Markdown text; before a field it was meant as a fence.
    if is_odd_fence(first) && (!first.is_ascii() || second.contains([':', '：'])) {
        diagnostics.push(messages::source::front_matter_fence(Place::new(file, line, 1), first.trim()));
        return None;
    }
    if !is_fence(first) {
        return Some(Halves { front: None, front_line: 1, body: text, body_line: 1 });
    }
    let front_at = (at + first.len() + 1).min(text.len());
    let front_line = line + 1;
    let (mut here, mut number) = (front_at, front_line);
    for next in text[front_at..].split_inclusive('\n') {
        if is_fence(next.trim_end_matches('\n')) || next.trim_end() == "..." {
            let body = here + next.len();
            return Some(Halves { front: Some(&text[front_at..here]), front_line, body: &text[body..], body_line: number + 1 });
        }
        if is_odd_fence(next) {
            diagnostics.push(messages::source::front_matter_fence(Place::new(file, number, 1), next.trim()));
            return None;
        }
        here += next.len();
        number += 1;
    }
    diagnostics.push(messages::source::front_matter_unclosed(Place::new(file, last_field(&text[front_at..], front_line), 1)));
    None
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// A fence of full-width or long dashes, or of too few or too many plain ones.
fn is_odd_fence(line: &str) -> bool {
    let line = line.trim();
    let dashes = line.chars().all(|c| matches!(c, '－' | '—' | '–' | '-' | '―'));
    dashes && if line.is_ascii() { line.len() == 2 || line.len() > 3 } else { line.chars().count() <= 6 }
}

/// The line after the last one that looks like a field: there the closing fence is missing.
fn last_field(front: &str, first: u32) -> u32 {
    let looks =
        |line: &str| line.starts_with([' ', '-']) || line.split_once(':').is_some_and(|(key, _)| !key.is_empty() && !key.contains(' '));
    let fields = front.lines().take_while(|line| line.trim().is_empty() || looks(line)).count();
    first + u32::try_from(fields).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::diagnostic::{Diagnostics, SitePath};

    fn halves(text: &str) -> (Option<(Option<&str>, u32, &str, u32)>, Vec<(&'static str, u32)>) {
        let mut noted = Diagnostics::new();
        let found = split(&SitePath::new("content/a.md"), text, &mut noted).map(|h| (h.front, h.front_line, h.body, h.body_line));
        (found, noted.iter().map(|d| (d.code, d.place.as_ref().map_or(0, |p| p.line))).collect())
    }

    #[test]
    fn front_matter_and_body_know_their_lines() {
        assert_eq!(halves("---\na: 1\n---\n正文\n"), (Some((Some("a: 1\n"), 2, "正文\n", 4)), vec![]));
        assert_eq!(halves("\n---  \na: 1\n---"), (Some((Some("a: 1\n"), 3, "", 5)), vec![]));
        assert_eq!(halves("只有正文"), (Some((None, 1, "只有正文", 1)), vec![]));
        assert_eq!(halves("---\n---\n"), (Some((Some(""), 2, "", 3)), vec![]));
    }

    #[test]
    fn broken_fences_are_explained() {
        assert_eq!(halves("---\na: 1\n正文没有围栏。\n").1, vec![("front-matter-unclosed", 3)]);
        assert_eq!(halves("－－－\na: 1\n－－－\n").1, vec![("front-matter-fence", 1)]);
        assert_eq!(halves("---\na: 1\n———\n正文").1, vec![("front-matter-fence", 3)]);
        assert_eq!(halves("----\na: 1\n----\n正文").1, vec![("front-matter-fence", 1)]);
        assert_eq!(halves("-----\n\n正文以横线开头。\n").1, vec![]);
    }
}
