//! The slips of a Chinese office in YAML: full-width punctuation, tabs, a missing space after a colon.
//!
//! They are found line by line before parsing, outside blocks of text, and mended in memory, so that the file is read
//! to its end and every slip is told in one run. The file itself is never changed.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, SitePath, messages};
use std::borrow::Cow;

/// The text as it was meant, line for line. Clean texts are returned as they are.
pub fn mend<'t>(file: &SitePath, text: &'t str, first_line: u32, diagnostics: &mut Diagnostics) -> Cow<'t, str> {
    let suspicious = |c: char| matches!(c, '\t' | '\u{3000}' | '\u{A0}' | '：' | '－' | '–' | '—' | '＃' | '｜' | '，' | '“' | '•');
    let tight = text.as_bytes().windows(2).any(|pair| pair[0] == b':' && !matches!(pair[1], b' ' | b'\n' | b'/' | b'\r'));
    if !tight && !text.contains(suspicious) {
        return Cow::Borrowed(text);
    }
    let mut lines: Vec<Cow<'t, str>> = Vec::new();
    let mut block: Option<usize> = None;
    // The indentation of the last key and whether its value began on the same line: deeper lines then continue a text.
    let mut open: Option<(usize, bool)> = None;
    for (at, line) in text.split('\n').enumerate() {
        let number = first_line + u32::try_from(at).unwrap_or(u32::MAX - first_line);
        let indent = indent_of(line);
        if let Some(limit) = block {
            if line.trim().is_empty() || indent > limit {
                lines.push(Cow::Borrowed(line));
                continue;
            }
            block = None;
        }
        let continues = open.is_some_and(|(limit, inline)| inline && indent > limit);
        let mended = if line.trim().is_empty() || continues { Cow::Borrowed(line) } else { mend_line(file, line, number, diagnostics) };
        let content = mended.trim_start().trim_start_matches("- ").trim_start();
        if !continues && let Some(value) = value_of(content) {
            if is_block_mark(value) {
                block = Some(indent_of(&mended));
            }
            open = Some((indent_of(&mended), !value.is_empty() && !value.starts_with('#')));
        }
        lines.push(mended);
    }
    if lines.iter().all(|line| matches!(line, Cow::Borrowed(_))) { Cow::Borrowed(text) } else { Cow::Owned(lines.join("\n")) }
}

fn indent_of(line: &str) -> usize {
    line.chars().take_while(|c| matches!(c, ' ' | '\t' | '\u{3000}' | '\u{A0}')).count()
}

/// What stands behind `key:` in a line that has one.
fn value_of(content: &str) -> Option<&str> {
    if content.starts_with(['#', '"', '\'', '[', '{', '-']) {
        return None;
    }
    let (key, value) = content.split_once(':')?;
    (!key.is_empty() && (value.is_empty() || value.starts_with(' '))).then(|| value.trim())
}

fn is_block_mark(value: &str) -> bool {
    let mark = value.split('#').next().unwrap_or_default().trim();
    mark.starts_with(['|', '>']) && mark.len() <= 3 && mark[1..].chars().all(|c| matches!(c, '+' | '-' | '1'..='9'))
}

fn mend_line<'t>(file: &SitePath, line: &'t str, number: u32, diagnostics: &mut Diagnostics) -> Cow<'t, str> {
    let mut now = line.to_string();
    let mut slips: Vec<(usize, fn(Place, &str) -> Diagnostic)> = Vec::new();
    let column = |text: &str, at: usize| text[..at].chars().count() + 1;
    let indentation: String = now.chars().take_while(|c| matches!(c, ' ' | '\t' | '\u{3000}' | '\u{A0}')).collect();
    if indentation.contains('\t') {
        slips.push((1, messages::source::slip_tab_indent));
    } else if indentation.contains(['\u{3000}', '\u{A0}']) {
        slips.push((1, messages::source::slip_wide_space_indent));
    }
    if !slips.is_empty() {
        let plain = indentation.replace(['\t', '\u{3000}'], "  ").replace('\u{A0}', " ");
        now = plain + &now[indentation.len()..];
    }
    let start = now.len() - now.trim_start().len();
    let content = &now[start..];
    if let Some(rest) = content.strip_prefix('＃') {
        slips.push((column(&now, start), messages::source::slip_comment));
        now = format!("{}#{rest}", &now[..start]);
    } else if let Some(dash) = content.chars().next().filter(|c| matches!(c, '－' | '–' | '—' | '•')) {
        let rest = &content[dash.len_utf8()..];
        if !rest.starts_with(dash) {
            slips.push((column(&now, start), messages::source::slip_dash));
            now = format!("{}- {}", &now[..start], rest.trim_start());
        }
    }
    mend_key(&mut now, &mut slips, &column);
    mend_value(&mut now, &mut slips, &column);
    if slips.is_empty() {
        return Cow::Borrowed(line);
    }
    for (column, message) in slips {
        let column = u32::try_from(column).unwrap_or(u32::MAX);
        diagnostics.push(message(Place::new(file, number, column), now.trim()));
    }
    Cow::Owned(now)
}

type Slips = Vec<(usize, fn(Place, &str) -> Diagnostic)>;

/// Where the key of a line begins: behind the indentation and a list dash.
fn key_start(line: &str) -> usize {
    let mut at = line.len() - line.trim_start().len();
    while line[at..].starts_with("- ") {
        at += 2 + (line[at + 2..].len() - line[at + 2..].trim_start().len());
    }
    at
}

/// `键：值` and `键:值`.
fn mend_key(line: &mut String, slips: &mut Slips, column: &impl Fn(&str, usize) -> usize) {
    let start = key_start(line);
    let content = &line[start..];
    if content.starts_with(['#', '"', '\'', '[', '{', '|', '>']) {
        return;
    }
    let Some(at) = content.find([':', '：']) else { return };
    let key = &content[..at];
    let plausible =
        !key.is_empty() && key.chars().count() <= 24 && !key.chars().any(|c| c.is_whitespace() || "，。；、“”()（）/!?".contains(c));
    let in_list = line[..start].contains('-');
    if content[at..].starts_with('：') {
        // An item of a list may well be a sentence with a colon; the parser's own error tells it apart.
        if plausible && !in_list && !content.contains(": ") {
            slips.push((column(line, start + at), messages::source::slip_colon));
            let rest = content[at + '：'.len_utf8()..].trim_start().to_string();
            *line = format!("{}{key}: {rest}", &line[..start]).trim_end().to_string();
        }
    } else if plausible
        && !in_list
        && !content[at + 1..].is_empty()
        && !content[at + 1..].starts_with([' ', '/', '\t'])
        && key.chars().all(|c| c.is_alphabetic() || c == '_')
    {
        slips.push((column(line, start + at + 1), messages::source::slip_colon_space));
        *line = format!("{}{key}: {}", &line[..start], &content[at + 1..]);
    } else if content[at + 1..].starts_with('\t') {
        let rest = content[at + 1..].trim_start().to_string();
        *line = format!("{}{key}: {rest}", &line[..start]);
    }
}

/// `｜`, `[甲，乙]`, and quotation marks of the text used as quotes.
fn mend_value(line: &mut String, slips: &mut Slips, column: &impl Fn(&str, usize) -> usize) {
    let start = key_start(line);
    let Some(at) = line[start..].find(": ").map(|at| start + at + 2) else { return };
    let value = line[at..].trim();
    let value_at = at + (line[at..].len() - line[at..].trim_start().len());
    if value == "｜" || value == "｜-" {
        slips.push((column(line, value_at), messages::source::slip_block_mark));
        *line = format!("{}|{}", &line[..value_at], &value['｜'.len_utf8()..]);
    } else if value.starts_with('[') && value.ends_with(']') && value.contains('，') && !value.contains(',') {
        slips.push((column(line, value_at), messages::source::slip_comma));
        *line = format!("{}{}", &line[..value_at], value.replace('，', ", "));
    } else if let Some(inner) = value.strip_prefix('“').and_then(|rest| rest.strip_suffix('”')) {
        // Around Chinese text they may belong to the text; around a number or a code they never do.
        if !inner.is_empty() && inner.is_ascii() {
            slips.push((column(line, value_at), messages::source::slip_quotes));
            *line = format!("{}\"{inner}\"", &line[..value_at]);
        }
    }
}

/// How a line that the parser refuses was probably meant.
pub fn remedy(line: &str) -> Option<String> {
    let start = key_start(line);
    let content = &line[start..];
    if let Some((key, rest)) = content.split_once('：').filter(|(key, _)| !key.contains(':') && key.chars().count() <= 24) {
        return Some(format!("{}{key}: {}", &line[..start], rest.trim_start()));
    }
    let (key, value) = content.split_once(": ")?;
    let value = value.trim();
    let quoted = |text: &str| format!("{}{key}: \"{}\"", &line[..start], text.replace('\\', "\\\\").replace('"', "\\\""));
    let first = value.chars().next()?;
    if matches!(first, '"' | '\'') {
        let inner = value.trim_matches(first);
        return Some(quoted(inner));
    }
    let reserved = matches!(first, '@' | '`' | '%' | '&' | '*' | '!' | '|' | '>' | ',' | ']' | '}' | '?' | '-');
    (reserved || value.contains(": ") || value.contains(" #") || value.ends_with(':')).then(|| quoted(value))
}

#[cfg(test)]
mod tests {
    use super::mend;
    use crate::diagnostic::{Diagnostics, SitePath};

    fn mended(text: &str) -> (String, Vec<&'static str>) {
        let mut noted = Diagnostics::new();
        let text = mend(&SitePath::new("content/a.yaml"), text, 1, &mut noted).into_owned();
        (text, noted.iter().map(|d| d.code).collect())
    }

    #[test]
    fn every_slip_is_named_and_mended() {
        for (wrong, right, code) in [
            ("名称：甲", "名称: 甲", "slip-colon"),
            ("title:甲", "title: 甲", "slip-colon-space"),
            ("a:\n－ 甲", "a:\n- 甲", "slip-dash"),
            ("＃ 注", "# 注", "slip-comment"),
            ("a: ｜\n  甲", "a: |\n  甲", "slip-block-mark"),
            ("a: [甲，乙]", "a: [甲, 乙]", "slip-comma"),
            ("a: “A-1”", "a: \"A-1\"", "slip-quotes"),
            ("a:\n\tb: 1", "a:\n  b: 1", "slip-tab-indent"),
            ("a:\n\u{3000}b: 1", "a:\n  b: 1", "slip-wide-space-indent"),
        ] {
            assert_eq!(mended(wrong), (right.to_string(), vec![code]), "{wrong}");
        }
    }

    #[test]
    fn proper_text_is_left_alone() {
        for text in [
            "title: 关于工业园区：若干办法",
            "title: “双创”园区",
            "url: https://example.com/a:b",
            "time: 09:30",
            "a: |\n  注意：这是正文\n  － 也是正文\n\t制表\nb: 1",
            "a: 第一句\n  第二句：仍是同一段",
            "- 政策：解读",
            "a: >-\n  说明：折叠",
            "# 注：说明",
            "a: [甲, 乙，丙]",
        ] {
            assert_eq!(mended(text), (text.to_string(), vec![]), "{text}");
        }
    }
}
