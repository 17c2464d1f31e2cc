//! Spans → one line of Markdown: looks, links, and signs that would mean something else.

use super::markdown::Pictures;
use super::model::{Link, Look, Para, Span, What};
use super::normal::is_unseen;
use super::numbering::led;

/// A line of text; in a cell of a table, `|` is a sign too.
pub fn line(spans: &[Span], pictures: &Pictures<'_>, in_cell: bool) -> String {
    let mut out = String::new();
    for (look, link, pieces) in &joined(spans) {
        let mut inner = String::new();
        for piece in pieces {
            match piece {
                What::Text(text) => inner.push_str(&escaped(text, in_cell)),
                What::Break => inner.push_str(if in_cell { " " } else { "\\\n" }),
                What::Picture(number) => {
                    if let Some((path, alt)) = pictures.names.get(*number) {
                        inner.push_str(&format!("![{}]({path})", escaped(alt, in_cell)));
                    }
                }
                What::Note(label) => bracketed(&mut inner, &format!("[^{label}]")),
            }
        }
        let inner = looking(&inner, *look);
        match link {
            Some(target) if !inner.trim().is_empty() => bracketed(&mut out, &format!("[{inner}]({})", address(target, in_cell))),
            _ => bracketed(&mut out, &inner),
        }
    }
    out
}

/// Puts a piece behind a line. A `!` before a bracket would make a picture of a link or note.
fn bracketed(out: &mut String, piece: &str) {
    if piece.starts_with('[') && out.ends_with('!') {
        out.insert(out.len() - 1, '\\');
    }
    out.push_str(piece);
}

/// A paragraph behind its automatic number, safe at the beginning of every line.
pub fn labelled(label: &str, spans: &[Span], pictures: &Pictures<'_>) -> String {
    let text = led(&escaped(label, false), &line(spans, pictures, false));
    let mut lines = text.trim().split('\n').map(begins_plainly);
    let first = lines.next().unwrap_or_default();
    let text = lines.fold(first, |text, line| text + "\n" + &line);
    text.strip_suffix('\\').filter(|_| ends_in_break(&text)).unwrap_or(&text).to_string()
}

/// A heading: it is strong by itself.
pub fn heading(label: &str, spans: &[Span], pictures: &Pictures<'_>) -> String {
    let plain: Vec<Span> =
        spans.iter().map(|span| Span { look: Look { bold: false, italic: false, ..span.look.clone() }, ..span.clone() }).collect();
    let text = led(&escaped(label, false), &line(&plain, pictures, false));
    text.trim().replace('#', "\\#").replace('{', "\\{")
}

/// The paragraphs of a cell in one line.
pub fn cell(paras: &[Para], is_head: bool, pictures: &Pictures<'_>) -> String {
    let one = |para: &Para| {
        let label = para.number.as_ref().map(|number| escaped(&number.label, true)).unwrap_or_default();
        let spans: Vec<Span> = if is_head {
            para.spans.iter().map(|span| Span { look: Look { bold: false, ..span.look.clone() }, ..span.clone() }).collect()
        } else {
            para.spans.clone()
        };
        led(&label, &line(&spans, pictures, true)).trim().to_string()
    };
    paras.iter().map(one).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\u{3000}")
}

/// The looks that Markdown knows: bold, italic, struck through.
type Shown = (bool, bool, bool);

/// Spans of the same look and link become one; raised text becomes signs.
fn joined(spans: &[Span]) -> Vec<(Shown, Option<Link>, Vec<What>)> {
    let mut joined: Vec<(Shown, Option<Link>, Vec<What>)> = Vec::new();
    for span in spans {
        let what = match (&span.what, raised(span)) {
            (What::Text(_), Some(text)) => What::Text(text),
            (what, _) => what.clone(),
        };
        let blank = matches!(&what, What::Text(text) if text.trim().is_empty()) || what == What::Break;
        let mut look = (span.look.bold, span.look.italic, span.look.strike);
        if matches!(what, What::Picture(_) | What::Note(_)) {
            look = (false, false, false);
        }
        match joined.last_mut() {
            // What has no ink looks like what stands before it.
            Some((known, link, pieces)) if (*known == look || blank && what != What::Break) && *link == span.link => {
                match (pieces.last_mut(), what) {
                    (Some(What::Text(before)), What::Text(text)) => {
                        // Square metres have a sign of their own.
                        let metres = before.strip_suffix('m').filter(|rest| !rest.ends_with(|c: char| c.is_ascii_alphabetic()));
                        match metres.filter(|_| text == "²").map(str::len) {
                            Some(length) => {
                                before.truncate(length);
                                before.push('㎡');
                            }
                            None => before.push_str(&text),
                        }
                    }
                    (_, what) => pieces.push(what),
                }
            }
            // Signs of emphasis that touch would be read together: the stronger look stays.
            Some((known, link, pieces)) if shows(*known) && shows(look) && *known != look && touch(pieces.last(), &what) => {
                (known.1, look.1) = (false, false);
                if *known == look && *link == span.link {
                    pieces.push(what);
                } else {
                    joined.push((look, span.link.clone(), vec![what]));
                }
            }
            _ => joined.push((look, span.link.clone(), vec![what])),
        }
    }
    joined
}

fn shows((bold, italic, strike): Shown) -> bool {
    bold || italic || strike
}

/// Is there nothing between two pieces that would keep their signs apart?
fn touch(before: Option<&What>, behind: &What) -> bool {
    let inked = |what: &What, last: bool| match what {
        What::Text(text) => !if last { text.ends_with(char::is_whitespace) } else { text.starts_with(char::is_whitespace) },
        _ => false,
    };
    before.is_some_and(|before| inked(before, true)) && inked(behind, false)
}

/// A backslash at the end is a break; one of the text stands there twice.
fn ends_in_break(text: &str) -> bool {
    !(text.len() - text.trim_end_matches('\\').len()).is_multiple_of(2)
}

/// Text in signs of emphasis; spaces and breaks stay outside of them.
fn looking(text: &str, (bold, italic, strike): Shown) -> String {
    let (mut open, mut close) = (String::new(), String::new());
    for (on, sign) in [(strike, "~~"), (bold, "**"), (italic, "*")] {
        if on {
            open.push_str(sign);
            close.insert_str(0, sign);
        }
    }
    if open.is_empty() {
        return text.to_string();
    }
    let one = |line: &str| {
        let inner = line.trim_matches([' ', '\u{3000}', '\t']);
        let (tail, inner) = inner.strip_suffix('\\').filter(|_| ends_in_break(inner)).map_or(("", inner), |rest| ("\\", rest));
        if inner.is_empty() {
            return line.to_string();
        }
        let lead = line.len() - line.trim_start_matches([' ', '\u{3000}', '\t']).len();
        let trail = line.trim_end_matches([' ', '\u{3000}', '\t']).len();
        format!("{}{open}{inner}{close}{tail}{}", &line[..lead], &line[trail..])
    };
    text.split('\n').map(one).collect::<Vec<_>>().join("\n")
}

/// Raised and lowered text in signs of its own; `None` where there are none, or where it is neither.
pub fn raised(span: &Span) -> Option<String> {
    let What::Text(text) = &span.what else { return Some(String::new()) };
    let signs: (&str, &str) = match (span.look.raised, span.look.lowered) {
        (true, _) => ("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ"),
        (_, true) => ("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎"),
        _ => return Some(text.clone()),
    };
    text.chars()
        .map(|c| if c == ' ' { Some(c) } else { signs.0.chars().position(|known| known == c).and_then(|at| signs.1.chars().nth(at)) })
        .collect()
}

/// Text whose signs mean nothing but themselves.
fn escaped(text: &str, in_cell: bool) -> String {
    let chars: Vec<char> = text.chars().map(|c| if c == '\t' { '\u{3000}' } else { c }).collect();
    let mut out = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let beside = |other: Option<&char>| other.is_some_and(char::is_ascii_alphanumeric);
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let special = match c {
            '\\' | '*' | '`' | '[' | ']' | '<' | '~' => true,
            '_' => !(beside(before) && beside(chars.get(at + 1))),
            '&' => {
                chars.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == '#')
                    && chars[at..].iter().take(40).any(|c| *c == ';')
            }
            '|' => in_cell,
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(*c);
    }
    out
}

/// A line that begins no list, heading, quotation or rule.
fn begins_plainly(line: &str) -> String {
    let line = line.trim_start_matches([' ', '\t']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &line[digits..];
    if digits > 0 && digits <= 9 && behind.starts_with(['.', ')']) && (behind.len() == 1 || behind[1..].starts_with([' ', '\t'])) {
        return format!("{}\\{behind}", &line[..digits]);
    }
    let sign = line.starts_with(['#', '>', '|', ':', '='])
        || line.starts_with(['-', '+']) && (line.len() == 1 || line[1..].starts_with([' ', '\t', '-']));
    if sign { format!("\\{line}") } else { line.to_string() }
}

/// An address between brackets.
fn address(target: &str, in_cell: bool) -> String {
    let mut out = String::with_capacity(target.len());
    for c in target.chars() {
        match c {
            c if " ()<>\"`*".contains(c) || is_unseen(c) => {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")))
            }
            '|' if in_cell => out.push_str("%7C"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{begins_plainly, escaped, heading, labelled, line};
    use crate::desk::word::markdown::Pictures;
    use crate::desk::word::model::{Look, Span, What};

    fn span(text: &str, looks: &str) -> Span {
        let has = |sign: char| looks.contains(sign);
        let look = Look { bold: has('b'), italic: has('i'), strike: has('s'), raised: has('^'), lowered: has('v'), ..Look::default() };
        Span { what: if text == "\n" { What::Break } else { What::Text(text.into()) }, look, link: None }
    }

    #[test]
    fn signs_of_text_stay_signs() {
        assert_eq!(escaped("a*b_c [甲] <乙> 3~5 _x_ A&amp;B R&D", false), "a\\*b_c \\[甲\\] \\<乙> 3\\~5 \\_x\\_ A\\&amp;B R&D");
        for (text, safe) in [
            ("1. 甲", "1\\. 甲"),
            ("1.甲", "1.甲"),
            ("# 甲", "\\# 甲"),
            ("- 甲", "\\- 甲"),
            ("-5度", "-5度"),
            ("---", "\\---"),
            ("2026", "2026"),
        ] {
            assert_eq!(begins_plainly(text), safe);
        }
    }

    #[test]
    fn looks_join_and_stay_off_spaces() {
        let pictures = Pictures { names: &[] };
        let of = |spans: &[Span]| line(spans, &pictures, false);
        assert_eq!(of(&[span("甲", "b"), span(" 乙 ", "b"), span("丙", "")]), "**甲 乙** 丙");
        assert_eq!(of(&[span("甲", "b"), span(" ", ""), span("乙", "b")]), "**甲 乙**");
        assert_eq!(of(&[span("甲", "b"), span("\n", "b"), span("乙", "b")]), "**甲**\\\n**乙**");
        assert_eq!(of(&[span("甲", "s"), span("乙", "i")]), "~~甲~~乙");
        assert_eq!(of(&[span("甲", "b"), span("乙", "bi")]), "**甲乙**");
        assert_eq!(
            of(&[span("面积3000m", ""), span("2", "^"), span("，CO", ""), span("2", "v"), span("，km", ""), span("2", "^")]),
            "面积3000㎡，CO₂，km²"
        );
        let leads = |text: &str| Span { link: Some("https://a.cn/\u{202E}b".into()), ..span(text, "") };
        let note = || Span { what: What::Note(1), ..Span::default() };
        assert_eq!(of(&[span("点击报名!", ""), leads("这里")]), "点击报名\\![这里](https://a.cn/%E2%80%AEb)");
        assert_eq!(of(&[span("Hi!", ""), note(), span("!", ""), note()]), "Hi\\![^1]\\![^1]");
        assert_eq!(labelled("1.1", &[span("2026年完成", "")], &pictures), "1.1 2026年完成");
        assert_eq!(heading("1", &[span("3000平方米厂房", "b")], &pictures), "1 3000平方米厂房");
        assert_eq!(labelled("（一）", &[span("甲", ""), span("\n", ""), span("1. 乙", "")], &pictures), "（一）甲\\\n1\\. 乙");
    }
}
