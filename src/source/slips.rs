//! The slips of a Chinese office in YAML: full-width punctuation, tabs, a missing space after a colon.
//!
//! They are found line by line before parsing, outside blocks of text, and mended in memory, so that the file is read
//! to its end and every slip is told in one run. The file itself is never changed.

use super::suspect::may_slip;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, SitePath, messages};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A text as it was meant, line for line, and how to get from its columns to those of the file.
pub struct Mended<'t> {
    /// The text. Clean texts are kept as they are.
    pub text: Cow<'t, str>,
    edits: BTreeMap<usize, Vec<Edit>>,
}

/// One change of a line: at a column (from 1), so many characters were taken away and so many put in.
#[derive(Debug, Clone, Copy)]
struct Edit {
    at: usize,
    removed: usize,
    added: usize,
}

impl Mended<'_> {
    /// The column in the file of a column in the mended text; lines count from 0 within the text, columns from 1.
    pub fn column(&self, line: usize, column: usize) -> usize {
        self.edits.get(&line).map_or(column, |edits| before(edits, column))
    }
}

/// A column as it was before some changes.
fn before(edits: &[Edit], column: usize) -> usize {
    edits.iter().rev().fold(column, |column, edit| {
        if column >= edit.at + edit.added {
            column - edit.added + edit.removed
        } else if column > edit.at {
            edit.at + (column - edit.at).min(edit.removed.saturating_sub(1))
        } else {
            column
        }
    })
}

/// Mends a text. What is wrong is noted with its place in the file.
pub fn mend<'t>(file: &SitePath, text: &'t str, first_line: u32, diagnostics: &mut Diagnostics) -> Mended<'t> {
    if !may_slip(text) {
        return Mended { text: Cow::Borrowed(text), edits: BTreeMap::new() };
    }
    let mut lines: Vec<Cow<'t, str>> = Vec::new();
    let mut edits = BTreeMap::new();
    let mut block: Option<usize> = None;
    // The indentation of the last key and whether its value began on the same line: deeper lines then continue a text.
    let mut open: Option<(usize, bool)> = None;
    let mut typed = text.split('\n').enumerate().peekable();
    while let Some((at, line)) = typed.next() {
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
        if line.trim().is_empty() || continues {
            lines.push(Cow::Borrowed(line));
            continue;
        }
        let around = Around {
            // The first key of a text stands at its left edge, whatever was typed before it.
            first: open.is_none(),
            in_list: open.is_some_and(|(limit, inline)| !inline && indent >= limit),
            next: typed.peek().map_or("", |(_, next)| *next),
        };
        let (mended, changes) =
            if may_slip(line) { Line::new(line).mend(file, number, around, diagnostics) } else { (Cow::Borrowed(line), Vec::new()) };
        let content = mended.trim_start().trim_start_matches("- ").trim_start();
        if let Some(value) = value_of(content) {
            // A key in a list item stands behind the dash.
            let column = mended[..key_start(&mended)].chars().count();
            if is_block_mark(value) {
                block = Some(column);
            }
            open = Some((column, !value.is_empty() && !value.starts_with('#')));
        }
        if !changes.is_empty() {
            edits.insert(at, changes);
        }
        lines.push(mended);
    }
    let text = if edits.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(lines.join("\n")) };
    Mended { text, edits }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{A0}')
}

fn indent_of(line: &str) -> usize {
    line.chars().take_while(|c| is_space(*c)).count()
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

/// What a line is told by the lines around it.
struct Around<'t> {
    first: bool,
    in_list: bool,
    next: &'t str,
}

type Message = fn(Place, &str) -> Diagnostic;

/// A line while it is being mended.
struct Line<'t> {
    typed: &'t str,
    now: String,
    edits: Vec<Edit>,
    slips: Vec<(usize, Message)>,
}

impl<'t> Line<'t> {
    fn new(typed: &'t str) -> Line<'t> {
        Line { typed, now: typed.to_string(), edits: Vec::new(), slips: Vec::new() }
    }

    fn mend(mut self, file: &SitePath, number: u32, around: Around<'_>, diagnostics: &mut Diagnostics) -> (Cow<'t, str>, Vec<Edit>) {
        self.indentation(around.first);
        self.mark(around.in_list);
        self.key(around.next);
        self.value();
        let corrected = self.now.trim();
        for (column, message) in &self.slips {
            let column = u32::try_from(*column).unwrap_or(u32::MAX);
            diagnostics.push(message(Place::new(file, number, column), corrected));
        }
        if self.edits.is_empty() { (Cow::Borrowed(self.typed), self.edits) } else { (Cow::Owned(self.now), self.edits) }
    }

    /// Notes a slip at a byte of the line as it is now, in the column that the file has there.
    fn slip(&mut self, at: usize, message: Message) {
        let column = before(&self.edits, self.now[..at].chars().count() + 1);
        self.slips.push((column, message));
    }

    /// Puts a text in the place of some bytes.
    fn replace(&mut self, from: usize, to: usize, with: &str) {
        let edit =
            Edit { at: self.now[..from].chars().count() + 1, removed: self.now[from..to].chars().count(), added: with.chars().count() };
        self.edits.push(edit);
        self.now.replace_range(from..to, with);
    }

    fn indentation(&mut self, first: bool) {
        let end = self.now.find(|c| !is_space(c)).unwrap_or(self.now.len());
        let indentation = &self.now[..end];
        let message: Message = if indentation.contains('\t') {
            messages::source::slip_tab_indent
        } else if indentation.contains(['\u{3000}', '\u{A0}']) {
            messages::source::slip_wide_space_indent
        } else {
            return;
        };
        let plain = indentation.replace(['\t', '\u{3000}'], "  ").replace('\u{A0}', " ");
        self.slip(0, message);
        self.replace(0, end, if first { "" } else { &plain });
    }

    /// `＃`, `－ 甲`, `-甲`.
    fn mark(&mut self, in_list: bool) {
        let start = self.now.len() - self.now.trim_start().len();
        let content = &self.now[start..];
        let Some(sign) = content.chars().next() else { return };
        let rest = &content[sign.len_utf8()..];
        let wide_dash = matches!(sign, '－' | '–' | '—' | '•') && !rest.starts_with(sign);
        // A hyphen right before a word, where a list is expected: numbers below zero are not meant.
        let tight = sign == '-' && in_list && rest.starts_with(char::is_alphabetic);
        if sign == '＃' {
            self.slip(start, messages::source::slip_comment);
            self.replace(start, start + sign.len_utf8(), "#");
        } else if wide_dash || tight {
            let end = start + content.len() - rest.trim_start().len();
            self.slip(start, messages::source::slip_dash);
            self.replace(start, end, "- ");
        }
    }

    /// `键：值` and `键:值`.
    fn key(&mut self, next: &str) {
        let start = key_start(&self.now);
        let content = &self.now[start..];
        if content.starts_with(['#', '"', '\'', '[', '{', '|', '>']) {
            return;
        }
        let Some(at) = content.find([':', '：']) else { return };
        let key = &content[..at];
        let plausible =
            !key.is_empty() && key.chars().count() <= 24 && !key.chars().any(|c| c.is_whitespace() || "，。；、“”()（）/!?".contains(c));
        let in_list = self.now[..start].contains('-');
        // An item of a list may well be a sentence with a colon. It is a key where it is spelt like one, or where the next
        // line goes on with one right below.
        let in_mapping = !in_list || is_plain_key(key) || goes_on(next, self.now[..start].chars().count());
        let (at, wide) = (start + at, content[at..].starts_with('：'));
        let sign = if wide { '：'.len_utf8() } else { 1 };
        let rest = &self.now[at + sign..];
        let spaces = rest.len() - rest.trim_start_matches(is_space).len();
        if wide {
            if plausible && in_mapping && !content.contains(": ") {
                let with = if rest.trim().is_empty() { ":" } else { ": " };
                self.slip(at, messages::source::slip_colon);
                self.replace(at, at + sign + spaces, with);
            }
        } else if rest.starts_with('\t') {
            self.replace(at, at + sign + spaces, ": ");
        } else if rest.starts_with(['\u{3000}', '\u{A0}'])
            || plausible && in_mapping && !rest.is_empty() && !rest.starts_with([' ', '/']) && is_key_like(key)
        {
            self.slip(at + 1, messages::source::slip_colon_space);
            self.replace(at, at + sign + spaces, ": ");
        }
    }

    /// `｜`, `[甲，乙]`, `［甲，乙］`, and quotation marks of the text used as quotes.
    fn value(&mut self) {
        let start = key_start(&self.now);
        let Some(at) = self.now[start..].find(": ").map(|at| start + at + 2) else { return };
        let from = at + (self.now[at..].len() - self.now[at..].trim_start().len());
        let to = self.now.trim_end().len().max(from);
        let value = self.now[from..to].to_string();
        let brackets = [('［', '］', '[', ']'), ('｛', '｝', '{', '}')]
            .into_iter()
            .find(|(open, close, ..)| value.starts_with(*open) && value.ends_with(*close));
        if ["｜", "｜-", "＞", "＞-"].contains(&value.as_str()) {
            let plain = if value.starts_with('｜') { "|" } else { ">" };
            self.slip(from, messages::source::slip_block_mark);
            self.replace(from, from + '｜'.len_utf8(), plain);
        } else if let Some((wide_open, wide_close, open, close)) = brackets {
            let inner = value[wide_open.len_utf8()..value.len() - wide_close.len_utf8()].replace('，', ", ");
            self.slip(from, messages::source::slip_bracket);
            self.replace(from, to, &format!("{open}{inner}{close}"));
        } else if value.starts_with('[') && value.ends_with(']') && value.contains('，') && !value.contains(',') {
            self.slip(from, messages::source::slip_comma);
            self.replace(from, to, &value.replace('，', ", "));
        } else if let Some(inner) = value.strip_prefix('“').and_then(|rest| rest.strip_suffix('”')) {
            // Around Chinese text they may belong to the text; around a number or a code they never do.
            if !inner.is_empty() && inner.is_ascii() {
                self.slip(from, messages::source::slip_quotes);
                self.replace(from, to, &format!("\"{inner}\""));
            }
        }
    }
}

/// Where the key of a line begins: behind the indentation and a list dash.
fn key_start(line: &str) -> usize {
    let mut at = line.len() - line.trim_start().len();
    while line[at..].starts_with("- ") {
        at += 2 + (line[at + 2..].len() - line[at + 2..].trim_start().len());
    }
    at
}

/// Is it spelt like an English key: `floor_load_t_m2`?
fn is_plain_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Could it be a key or a label at all? `10:30` could not.
fn is_key_like(key: &str) -> bool {
    key.starts_with(|c: char| c.is_alphabetic() || c == '_') && key.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Does a line go on with a key in this column (from 0)?
fn goes_on(line: &str, column: usize) -> bool {
    let content = line.trim_start_matches(is_space);
    indent_of(line) == column && content.split_once([':', '：']).is_some_and(|(key, _)| is_key_like(key))
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
        let text = mend(&SitePath::new("content/a.yaml"), text, 1, &mut noted).text.into_owned();
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
            ("\u{3000}a: 1", "a: 1", "slip-wide-space-indent"),
            ("a:\u{3000}1", "a: 1", "slip-colon-space"),
            ("area_m2:1800", "area_m2: 1800", "slip-colon-space"),
            ("a:\n-甲", "a:\n- 甲", "slip-dash"),
            ("a:\n-road", "a:\n- road", "slip-dash"),
            ("a:\n- no：1", "a:\n- no: 1", "slip-colon"),
            ("a:\n- 姓名：甲\n  post: 乙", "a:\n- 姓名: 甲\n  post: 乙", "slip-colon"),
            ("a: ＞\n  甲", "a: >\n  甲", "slip-block-mark"),
            ("a: ［甲，乙］", "a: [甲, 乙]", "slip-bracket"),
        ] {
            assert_eq!(mended(wrong), (right.to_string(), vec![code]), "{wrong}");
        }
    }

    #[test]
    fn columns_are_those_of_the_file() {
        let mut noted = Diagnostics::new();
        let mended = mend(&SitePath::new("content/a.yaml"), "a:\n　　名称：甲\n", 1, &mut noted);
        assert_eq!(&*mended.text, "a:\n    名称: 甲\n");
        assert_eq!((mended.column(1, 5), mended.column(1, 9), mended.column(0, 1)), (3, 6, 1));
        let columns: Vec<u32> = noted.iter().filter_map(|d| d.place.as_ref()).map(|place| place.column).collect();
        assert_eq!(columns, vec![1, 5]);
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
            "a:\n- 政策：解读\n- 案例：说明",
            "a:\n- -5",
            "a: -x",
            "a: 甲，乙\n  - 丙：丁",
        ] {
            assert_eq!(mended(text), (text.to_string(), vec![]), "{text}");
        }
    }
}
