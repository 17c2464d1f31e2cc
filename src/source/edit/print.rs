//! Writing a value as YAML that reads back as the same value.

use super::Plain;
use crate::diagnostic::{Diagnostics, SitePath};
use crate::source::{Shape, yaml};

/// How wide a list or group may be to stand on one line.
const LINE: usize = 100;

/// A value as it stands behind a colon or a dash: what goes on that line, and whole lines below it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// What goes on the line, with the space before it.
    pub head: String,
    /// The lines below, without line breaks.
    pub tail: Vec<String>,
}

/// Prints a value behind `key:`; `indent` is the column of the key. Long lists take a line for each item.
pub fn behind_colon(value: &Plain, indent: usize, brackets: Option<bool>) -> Printed {
    match value {
        Plain::List(items) if !items.is_empty() && !fits(value, brackets) => {
            let mut tail = Vec::new();
            for item in items {
                let printed = behind_dash(item, indent + 2);
                tail.push(format!("{}-{}", " ".repeat(indent + 2), printed.head));
                tail.extend(printed.tail);
            }
            Printed { head: String::new(), tail }
        }
        Plain::Group(entries) if !entries.is_empty() && !fits(value, brackets) => {
            Printed { head: String::new(), tail: entries.iter().flat_map(|(key, value)| entry(key, value, indent + 2)).collect() }
        }
        value => alone(value, indent),
    }
}

/// Prints a value behind a dash; `indent` is the column of the dash.
pub fn behind_dash(value: &Plain, indent: usize) -> Printed {
    match value {
        Plain::Group(entries) if !entries.is_empty() => {
            let mut lines = entries.iter().flat_map(|(key, value)| entry(key, value, indent + 2));
            let first = lines.next().unwrap_or_default();
            Printed { head: format!(" {}", first.trim_start()), tail: lines.collect() }
        }
        value => alone(value, indent),
    }
}

/// The lines of one entry whose key stands in a column.
pub fn entry(name: &str, value: &Plain, indent: usize) -> Vec<String> {
    let printed = behind_colon(value, indent, None);
    let mut lines = vec![format!("{}{}:{}", " ".repeat(indent), key(name), printed.head)];
    lines.extend(printed.tail);
    lines
}

/// A value that needs no lines of its own but a block of text.
fn alone(value: &Plain, indent: usize) -> Printed {
    match value {
        Plain::Empty => Printed::default(),
        Plain::Text(text) if is_block(text) => {
            let mark = if text.ends_with('\n') { " |" } else { " |-" };
            let pad = " ".repeat(indent + 2);
            let lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
            Printed {
                head: mark.to_string(),
                tail: lines.map(|line| if line.is_empty() { String::new() } else { format!("{pad}{line}") }).collect(),
            }
        }
        value => Printed { head: format!(" {}", in_line(value, false)), tail: Vec::new() },
    }
}

/// Prints a value on one line; `within` brackets or braces more must be quoted.
pub fn in_line(value: &Plain, within: bool) -> String {
    match value {
        Plain::Empty => "~".to_string(),
        Plain::Verbatim(text) if !within || !text.contains([',', '[', ']', '{', '}']) => text.clone(),
        Plain::Verbatim(text) | Plain::Text(text) => scalar(text, within),
        Plain::List(items) => format!("[{}]", items.iter().map(|item| in_line(item, true)).collect::<Vec<_>>().join(", ")),
        Plain::Group(entries) => {
            let inner: Vec<String> = entries.iter().map(|(name, value)| format!("{}: {}", key(name), in_line(value, true))).collect();
            format!("{{{}}}", inner.join(", "))
        }
    }
}

/// Does a list or group stand on one line? As it was written before, else as short ones of single values do.
fn fits(value: &Plain, brackets: Option<bool>) -> bool {
    let single = |value: &Plain| matches!(value, Plain::Text(_) | Plain::Verbatim(_) | Plain::Empty);
    let short = || in_line(value, false).chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>() <= LINE;
    let plain = match value {
        Plain::List(items) => items.iter().all(single),
        Plain::Group(entries) => entries.iter().all(|(_, value)| single(value)),
        _ => true,
    };
    let blocks = match value {
        Plain::List(items) => items.iter().any(has_block),
        Plain::Group(entries) => entries.iter().any(|(_, value)| has_block(value)),
        _ => false,
    };
    brackets.unwrap_or_else(|| plain && !blocks && short())
}

fn has_block(value: &Plain) -> bool {
    matches!(value, Plain::Text(text) if text.contains('\n'))
}

/// A key, quoted where it would not be read as one.
pub fn key(name: &str) -> String {
    let word =
        name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '（' | '）' | '(' | ')' | '/' | '@' | '·' | '㎡' | '²' | '³'));
    let plain = word && name.starts_with(|c: char| c.is_alphabetic() || c == '_') && !is_other(name);
    if plain { name.to_string() } else { quoted(name) }
}

/// One text on a line, quoted only where it must be.
fn scalar(text: &str, within: bool) -> String {
    if needs_quotes(text, within) || !reads_back(text, within) { quoted(text) } else { text.to_string() }
}

fn needs_quotes(text: &str, within: bool) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    text.is_empty()
        || text.trim() != text
        || text.chars().any(char::is_control)
        || "-?:,[]{}#&*!|>'\"%@`=~".contains(first)
        || text.contains(": ")
        || text.contains(" #")
        || text.ends_with(':')
        || within && text.contains([',', '[', ']', '{', '}', '，', ':', '：'])
        || is_other(text)
}

/// Would YAML or the reader take it for a number, a date, a flag or nothing?
fn is_other(text: &str) -> bool {
    let lower = text.to_lowercase();
    let word = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "是", "否", "有", "无", ".inf", "-.inf", "+.inf", ".nan"]
        .contains(&lower.as_str());
    let digits = text.contains(|c: char| c.is_ascii_digit());
    let number = digits && text.chars().all(|c| c.is_ascii_digit() || "+-._:, eE".contains(c));
    let based = lower.starts_with("0x") || lower.starts_with("0o") || lower.starts_with("0b");
    let date = digits && text.chars().all(|c| c.is_ascii_digit() || "-/:T Z+.".contains(c));
    word || number || based || date
}

/// Is it read as what was meant, without a slip, behind a key, behind a dash and between brackets?
fn reads_back(text: &str, within: bool) -> bool {
    let read = |yaml: String| {
        let mut noted = Diagnostics::new();
        let node = yaml::parse(&SitePath::new(""), &yaml, 1, &mut noted).filter(|_| noted.iter().next().is_none());
        let value = node.as_ref().and_then(|node| node.get("k"));
        let value = value.and_then(|value| if let Shape::List(items) = &value.shape { items.last() } else { Some(value) });
        value.and_then(|value| value.scalar()).is_some_and(|read| read == text)
    };
    let own = if within { format!("k: [x, {text}]\n") } else { format!("k: {text}\n") };
    read(own) && read(format!("k:\n  - {text}\n"))
}

/// A text in double quotes.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}') => quoted.push_str(&format!("\\u{:04X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// May a text stand below `|`?
fn is_block(text: &str) -> bool {
    let odd = |c: char| c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{85}');
    text.contains('\n')
        && !text.starts_with([' ', '\t', '\n'])
        && !text.ends_with("\n\n")
        && !text.contains(odd)
        && text.lines().all(|line| line.trim_end() == line)
}

#[cfg(test)]
mod tests {
    use super::{Plain, behind_colon, in_line, key};

    #[test]
    fn only_what_would_be_misread_is_quoted() {
        for plain in ["示例园区", "A-1", "面议", "3-10年", "http://a.cn/b", "“双创”园区", "甲：乙", "a_b", "0597-2000000 转 1"]
        {
            assert_eq!(in_line(&Plain::Text(plain.to_string()), false), plain, "{plain}");
        }
        let text = |text: &str| in_line(&Plain::Text(text.to_string()), false);
        for odd in
            ["101", "0597", "是", "no", "2026-03-05", "1_000", "3-10", "a: b", "a #b", "- a", "@a", "", " a", "=1", "“A-1”", "［甲］"]
        {
            assert_eq!(text(odd), format!("\"{odd}\""), "{odd}");
        }
        assert_eq!(text("a\"\\b: "), "\"a\\\"\\\\b: \"");
        assert_eq!(
            in_line(&Plain::List(vec![Plain::Text("甲，乙".into()), Plain::Verbatim("1,5".into())]), false),
            "[\"甲，乙\", \"1,5\"]"
        );
        assert_eq!((key("no"), key("area_m2"), key("面积（㎡）")), ("\"no\"".into(), "area_m2".into(), "面积（㎡）".into()));
    }

    #[test]
    fn several_lines_become_a_block() {
        let printed = behind_colon(&Plain::Text("甲\n\n乙\n".into()), 2, None);
        assert_eq!((printed.head.as_str(), printed.tail), (" |", vec!["    甲".to_string(), String::new(), "    乙".to_string()]));
        assert_eq!(behind_colon(&Plain::Text("甲\n 乙".into()), 0, None).head, " |-");
        assert_eq!(in_line(&Plain::Text("甲\n乙".into()), true), "\"甲\\n乙\"");
    }
}
