//! Links of prose, found in the text itself: only there stands how an address was typed.

use super::{Aim, Found, place, relative};
use crate::diagnostic::SitePath;
use crate::project::Snapshot;
use crate::read::ledger;
use percent_encoding::percent_decode_str;

/// The arguments of typed blocks that name a record or a file.
const ARGUMENTS: [&str; 4] = ["record", "内容", "src", "图片"];
/// The file that promises pages.
const TRACE: &str = "content/_trace.yaml";

/// Every target of a text that leads to the record or its files.
pub fn all(file: &SitePath, text: &str, aim: &Aim<'_>, snapshot: &Snapshot) -> Vec<Found> {
    if file.as_str().starts_with(ledger::FOLDER) || file.extension() == "csv" {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut note = |start: usize, typed: &str, with: String| {
        if with != typed || aim.new_id == &*aim.id.id {
            let place = place(file, text, start).spanning(typed.chars().count());
            found.push(Found { place, range: start..start + typed.len(), with });
        }
    };
    let mut fence: Option<(&str, bool)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim();
        if let Some((mark, block)) = fence {
            if content.starts_with(mark) {
                fence = None;
            } else if block
                && let Some((key, value)) = content.split_once([':', '：'])
                && ARGUMENTS.contains(&key.trim())
                && let Some(with) = target(file, value.trim(), aim, snapshot)
            {
                let typed = value.trim();
                note(start + line.rfind(typed).unwrap_or(0), typed, with);
            }
            continue;
        }
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| content.starts_with(mark)) {
            fence = Some((mark, content.trim_start_matches(['`', '~']).starts_with("::")));
            continue;
        }
        if file.as_str() == TRACE {
            promise(line, start, aim, &mut note);
            continue;
        }
        for (from, typed) in targets(line) {
            if let Some(with) = target(file, typed, aim, snapshot) {
                note(start + from, typed, with);
            }
        }
    }
    found
}

/// The targets of a line: `[…](target "title")`, `[…](<target>)` and `[name]: target`.
fn targets(line: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    // What stands between code signs is text.
    for (at, _) in line.match_indices("](").filter(|(at, _)| line[..*at].matches('`').count().is_multiple_of(2)) {
        let from = at + 2 + usize::from(line[at + 2..].starts_with('<'));
        let end = line[from..].find([')', '>', ' ']).map_or(line.trim_end().len(), |end| from + end);
        found.push((from, &line[from..end]));
    }
    if let Some((name, rest)) = line.split_once("]:")
        && name.trim_start().starts_with('[')
    {
        let typed = rest.trim().trim_matches(['<', '>']).split(' ').next().unwrap_or_default();
        found.extend(line.rfind(typed).filter(|_| !typed.is_empty()).map(|from| (from, typed)));
    }
    found
}

/// What a target becomes; `None` where it leads elsewhere and can stay.
fn target(file: &SitePath, typed: &str, aim: &Aim<'_>, snapshot: &Snapshot) -> Option<String> {
    let (path, anchor) = typed.split_once('#').map_or((typed, ""), |(path, _)| (path, &typed[path.len()..]));
    let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
    if path.is_empty() || decoded.contains(':') || decoded.starts_with("//") {
        return None;
    }
    let parts: Vec<&str> = decoded.split('/').collect();
    if parts.len() == 2 && parts.iter().all(|part| !part.is_empty() && !part.contains('.')) {
        return aim.is_named(&decoded, None).then(|| format!("{}{anchor}", aim.renamed(path)));
    }
    if let Some(new) = aim.path(file, &decoded) {
        let encoded = if decoded == path { new } else { crate::resolve::url::encode(&new) };
        return Some(format!("{encoded}{anchor}"));
    }
    let there = file.beside(&decoded)?;
    let inside = there.as_str().strip_prefix("content/").unwrap_or(there.as_str());
    let known = snapshot.texts.contains_key(&there) || snapshot.blobs.contains_key(&there);
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    if !known && aim.is_named(stem, None) {
        return Some(format!("{}{anchor}", aim.renamed(path)));
    }
    // A file that moves to another folder sees everything from there.
    let home = aim.moves.get(file).filter(|home| home.folder() != file.folder())?;
    known.then(|| format!("{}{anchor}", crate::resolve::url::encode(&relative(home.folder(), there.as_str()))))
}

/// `page: /parks/east/` in the promises of a site.
fn promise(line: &str, start: usize, aim: &Aim<'_>, note: &mut impl FnMut(usize, &str, String)) {
    let own = |id: &str| if aim.of.at_root { format!("/{id}/") } else { format!("/{}/{id}/", aim.of.folder) };
    let typed = own(&aim.id.id);
    for (at, _) in line.match_indices(&typed) {
        // `/en/parks/east/` is the same page in another language.
        let before = line[..at].rsplit([' ', '"', '\'', ':']).next().unwrap_or_default();
        if before.len() <= "/zh-hant".len() && before.matches('/').count() <= 1 {
            note(start + at, &typed, own(aim.new_id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::targets;

    #[test]
    fn every_form_of_a_link_has_its_target() {
        let of = |line: &'static str| targets(line).into_iter().map(|(_, typed)| typed).collect::<Vec<_>>();
        assert_eq!(of("见[甲](a.md)与![乙](<b c.png>)，[丙](d/e \"题\")"), ["a.md", "b", "d/e"]);
        assert_eq!(of("[甲]: ../parks/a.md \"题\"\n"), ["../parks/a.md"]);
        assert_eq!(of("没有链接，`[码](a.md)`也不是"), Vec::<&str>::new());
    }
}
