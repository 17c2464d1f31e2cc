//! Spaces in targets of links: `[平面图](图 1.png)` is no link at all until the space is written as `%20`.

use crate::desk::same::Saying;
use crate::diagnostic::SitePath;
use crate::project::Snapshot;

/// A Markdown file with its targets written right; `None` where nothing can be done.
///
/// Only targets that then lead to something are mended: a file that exists, or a complete address.
pub fn mend(path: &SitePath, text: &str, snapshot: &Snapshot) -> Option<String> {
    if !matches!(path.extension().as_str(), "md" | "markdown") || !text.contains("](") {
        return None;
    }
    let halves = crate::source::front_matter::split(path, text, &mut crate::diagnostic::Diagnostics::new())?;
    let start = text.len() - halves.body.len();
    let mut fence = None;
    let mut body = String::with_capacity(halves.body.len());
    for line in halves.body.split_inclusive('\n') {
        let content = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| content.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                body.push_str(&line_of(path, line, snapshot));
                continue;
            }
            _ => {}
        }
        body.push_str(line);
    }
    (body != halves.body).then(|| format!("{}{body}", &text[..start]))
}

fn line_of(path: &SitePath, line: &str, snapshot: &Snapshot) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        let (before, behind) = rest.split_at(at + 2);
        out.push_str(before);
        rest = behind;
        let Some(end) = behind.find(')') else { continue };
        let typed = &behind[..end];
        let code = out.matches('`').count() % 2 == 1;
        if !code && let Some(target) = target(path, typed, snapshot) {
            out.push_str(&target);
            rest = &behind[end..];
        }
    }
    out + rest
}

/// A target that spaces have broken, as it should be.
fn target(path: &SitePath, typed: &str, snapshot: &Snapshot) -> Option<String> {
    let plain = typed.trim_matches([' ', '\u{3000}', '\u{A0}']);
    let blank = |c: char| matches!(c, ' ' | '\u{3000}' | '\u{A0}');
    let titled = plain.ends_with(['"', '\'']) || plain.starts_with('<');
    // Plain spaces at the ends are allowed by Markdown.
    let at_ends = typed.trim_matches(' ') != plain;
    if titled || plain.contains(['(', '<', '>']) || !(plain.contains(blank) || at_ends) {
        return None;
    }
    let escaped: String = plain
        .chars()
        .map(|c| match c {
            ' ' => "%20".to_string(),
            '\u{3000}' => "%E3%80%80".to_string(),
            '\u{A0}' => "%C2%A0".to_string(),
            c => c.to_string(),
        })
        .collect();
    let whole = ["https://", "http://"].iter().any(|scheme| plain.starts_with(scheme));
    (whole || exists(path, plain, snapshot)).then_some(escaped)
}

fn exists(from: &SitePath, target: &str, snapshot: &Snapshot) -> bool {
    let file = target.split('#').next().unwrap_or(target);
    let file = percent_encoding::percent_decode_str(file).decode_utf8_lossy().into_owned();
    let plain = file.trim_start_matches('/');
    [from.beside(&file), Some(SitePath::new(&format!("content/{plain}"))), Some(SitePath::new(&format!("content/media/{plain}")))]
        .into_iter()
        .flatten()
        .any(|path| snapshot.texts.contains_key(&path) || snapshot.blobs.contains_key(&path))
}

/// Does a file say the same, but for links and images that were none before?
pub fn is_sound(before: Option<&Vec<Saying>>, after: Option<&Vec<Saying>>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return before.is_none() && after.is_none() };
    before.len() == after.len() && before.iter().zip(after).all(|(old, new)| new.is_linked(old))
}
