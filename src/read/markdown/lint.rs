//! The slips of a Chinese keyboard in Markdown: they are no errors, but the reader sees the signs instead of their effect.

use super::lines::Lines;
use super::pairs;
use crate::diagnostic::{Diagnostics, messages};
use crate::source::seek;
use crate::value::doc_no;

/// Warns of headings, links and lists written with full-width signs, outside of code.
pub fn lint(text: &str, lines: &Lines<'_>, diagnostics: &mut Diagnostics) {
    let mut at = 0;
    let mut fence: Option<&str> = None;
    // Most texts hold neither, and are asked once.
    let numbered = doc_no::may_slip(text);
    let linked = FORMS.iter().any(|(_, middle)| seek::piece(middle.as_bytes(), text.as_bytes()).is_some());
    for line in seek::lines(text) {
        let start = at;
        at += line.len();
        let content = line.trim();
        if let Some(mark) = fence {
            if content.starts_with(mark) {
                fence = None;
            }
            continue;
        }
        if content.starts_with("```") || content.starts_with("~~~") {
            fence = Some(&content[..3]);
            continue;
        }
        pairs::lint(line, start, lines, diagnostics);
        for (at, found) in if numbered { doc_no::slips(line) } else { Vec::new() } {
            let range = start + at..start + at + found.length;
            diagnostics.push(messages::lint::doc_no_slip(lines.place(range), &line[at..at + found.length], &found.corrected));
        }
        let place = || lines.place(start..start + line.trim_end().len());
        if content.starts_with('＃') {
            let hashes = content.chars().take_while(|c| *c == '＃').count();
            let rest = content.trim_start_matches('＃').trim();
            diagnostics.push(messages::markdown::slip(place(), &format!("{} {rest}", "#".repeat(hashes))));
        } else if content.starts_with('#') && content.trim_start_matches('#').chars().next().is_some_and(super::chars::is_cjk) {
            let hashes = content.chars().take_while(|c| *c == '#').count();
            diagnostics.push(messages::markdown::slip(place(), &format!("{} {}", "#".repeat(hashes), content.trim_start_matches('#'))));
        } else if let Some(fixed) = linked.then(|| link(content)).flatten() {
            diagnostics.push(messages::markdown::slip(place(), &fixed));
        }
    }
}

/// How links are typed with full-width signs: what begins one, and what stands between words and address.
const FORMS: [(&str, &str); 3] = [("【", "】（"), ("[", "]（"), ("【", "】(")];

/// `【文字】（地址）` and `[文字]（地址）` as a link.
fn link(content: &str) -> Option<String> {
    for (open, middle) in FORMS {
        let Some(cut) = content.find(middle) else { continue };
        let start = content[..cut].rfind(open)?;
        let words = &content[start + open.len()..cut];
        let rest = &content[cut + middle.len()..];
        let end = rest.find(['）', ')'])?;
        let address = &rest[..end];
        let looks = address.contains(".md") || address.contains("://") || address.contains('/') && address.is_ascii();
        if looks && !words.is_empty() {
            return Some(format!("[{words}]({address})"));
        }
    }
    None
}
