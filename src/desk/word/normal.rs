//! Quotes, marks and spaces as they should be in Chinese text. Every kind of change is counted, and nothing else changes.

use super::model::{Para, Span, What};
use crate::diagnostic::{Said, said};
use crate::value::doc_no;
use std::collections::BTreeMap;

/// How many changes of each kind there were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words are the documentation")]
pub struct Counts {
    pub quotes: usize,
    pub marks: usize,
    pub letters: usize,
    pub spaces: usize,
    pub indents: usize,
    pub numbers: usize,
    pub blanks: usize,
}

impl Counts {
    /// The kinds that happened, in words.
    pub fn said(&self) -> Vec<Said> {
        let kinds = [
            (self.quotes, "引号", "quotes"),
            (self.marks, "标点", "punctuation marks"),
            (self.letters, "全角字母数字", "full-width letters and digits"),
            (self.spaces, "空格", "spaces"),
            (self.indents, "段首空格", "indents"),
            (self.numbers, "文号", "document numbers"),
            (self.blanks, "空段", "empty paragraphs"),
        ];
        let told = kinds.into_iter().filter(|(count, ..)| *count > 0);
        told.map(|(count, zh, en)| said(format!("{zh} {count} 处"), format!("{count} {en}"))).collect()
    }
}

/// What stands for a picture or note while a text is looked at.
const THING: char = '\u{FFFC}';

/// The longest paragraph that is put right, in characters.
const LONGEST: usize = 50_000;
/// So many characters are no name any more.
const LONG: usize = 5;

type Text = Vec<(char, usize)>;

/// Puts a paragraph right.
pub fn para(para: &mut Para, counts: &mut Counts) {
    let mut text: Text = Vec::new();
    for (at, span) in para.spans.iter().enumerate() {
        match &span.what {
            What::Text(piece) => text.extend(piece.chars().map(|c| (c, at))),
            What::Break => text.push(('\n', at)),
            What::Picture(_) | What::Note(_) => text.push((THING, at)),
        }
    }
    // No paragraph of an office is that long.
    if text.len() > LONGEST {
        return;
    }
    letters(&mut text, counts);
    edges(&mut text, counts);
    numbers(&mut text, counts);
    if text.iter().any(|(c, _)| is_han(*c)) {
        quotes(&mut text, counts);
        marks(&mut text, counts);
    }
    spaces(&mut text, counts);
    let mut pieces: BTreeMap<usize, String> = BTreeMap::new();
    for (c, at) in text {
        pieces.entry(at).or_default().push(c);
    }
    let spans = std::mem::take(&mut para.spans);
    para.spans = spans
        .into_iter()
        .enumerate()
        .filter_map(|(at, span)| match span.what {
            What::Text(_) => Some(Span { what: What::Text(pieces.remove(&at)?), ..span }),
            // A break at the edge of a paragraph breaks nothing.
            _ => pieces.contains_key(&at).then_some(span),
        })
        .collect();
}

/// Is it a Chinese character?
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '〇')
}

fn is_mark(c: char) -> bool {
    "，。；：？！、（）《》〈〉“”‘’【】〔〕「」『』…—".contains(c)
}

fn closes(c: char) -> bool {
    is_han(c) || "”’》）】〕」』".contains(c)
}

/// Is it a sign that nobody sees, or one that turns the order of what stands around it?
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}')
        || matches!(c, '\u{FEFF}' | '\u{AD}' | '\u{61C}')
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\t')
}

/// Full-width letters and digits, and signs that nobody sees.
fn letters(text: &mut Text, counts: &mut Counts) {
    text.retain(|(c, _)| matches!(c, '\n' | '\t') || !is_unseen(*c));
    for (c, _) in text.iter_mut() {
        match *c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                *c = char::from_u32(*c as u32 - 0xFEE0).unwrap_or(*c);
                counts.letters += 1;
            }
            '\u{A0}' | '\u{2002}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => {
                *c = ' ';
                counts.spaces += 1;
            }
            '＂' => *c = '"',
            '＇' => *c = '\'',
            _ => {}
        }
    }
    // The point of a number.
    for at in 1..text.len().saturating_sub(1) {
        if text[at].0 == '．' && text[at - 1].0.is_ascii_digit() && text[at + 1].0.is_ascii_digit() {
            text[at].0 = '.';
            counts.letters += 1;
        }
    }
}

/// Nothing at the beginning or end of a line, no line break at the edges.
fn edges(text: &mut Text, counts: &mut Counts) {
    let edge = |c: char| is_space(c) || c == '\n';
    let lead = text.iter().take_while(|(c, _)| edge(*c)).count();
    counts.indents += usize::from(lead > 0);
    text.drain(..lead);
    while text.last().is_some_and(|(c, _)| edge(*c)) {
        text.pop();
    }
    let mut kept: Text = Vec::with_capacity(text.len());
    for (c, span) in text.drain(..) {
        if c == '\n' {
            while kept.last().is_some_and(|(c, _)| is_space(*c)) {
                kept.pop();
            }
        }
        if !is_space(c) || kept.last().is_none_or(|(c, _)| *c != '\n') {
            kept.push((c, span));
        }
    }
    *text = kept;
}

/// Document numbers with the wrong brackets.
fn numbers(text: &mut Text, counts: &mut Counts) {
    if !text.iter().any(|(c, _)| *c == '号') {
        return;
    }
    let whole: String = text.iter().map(|(c, _)| *c).collect();
    for (at, found) in doc_no::slips(&whole).into_iter().rev() {
        let from = whole[..at].chars().count();
        let to = from + whole[at..at + found.length].chars().count();
        if let Some((_, span)) = text.get(from).copied() {
            text.splice(from..to, found.corrected.chars().map(|c| (c, span)));
            counts.numbers += 1;
        }
    }
}

/// Which characters belong to an address.
fn addresses(text: &Text) -> Vec<bool> {
    let mut inside = vec![false; text.len()];
    let mut at = 0;
    while at < text.len() {
        let end = at + text[at..].iter().take_while(|(c, _)| c.is_ascii_graphic()).count();
        let word: String = text[at..end].iter().map(|(c, _)| *c).collect();
        if word.contains("://") || word.contains("www.") || word.contains('@') {
            let begin = at + text[at..end].iter().take_while(|(c, _)| !c.is_ascii_alphanumeric()).count();
            inside[begin..end].fill(true);
        }
        at = end.max(at + 1);
    }
    inside
}

fn quotes(text: &mut Text, counts: &mut Counts) {
    let kept = addresses(text);
    for (straight, open, close) in [('"', '“', '”'), ('\'', '‘', '’')] {
        let mut is_open = false;
        let mut sound = true;
        let mut found = Vec::new();
        for at in 0..text.len() {
            let letter = |other: Option<usize>| other.and_then(|at| text.get(at)).is_some_and(|(c, _)| c.is_ascii_alphanumeric());
            match text[at].0 {
                c if c == open => is_open = true,
                c if c == close => is_open = false,
                // An apostrophe, feet and inches.
                '\'' if letter(at.checked_sub(1)) && (letter(Some(at + 1)) || !is_open) => {}
                c if c == straight && !kept[at] => {
                    found.push((at, if is_open { close } else { open }));
                    is_open = !is_open;
                }
                '\n' => sound &= !is_open,
                _ => {}
            }
        }
        if sound && !is_open {
            counts.quotes += found.len();
            found.into_iter().for_each(|(at, c)| text[at].0 = c);
        }
    }
}

fn marks(text: &mut Text, counts: &mut Counts) {
    let kept = addresses(text);
    // Brackets around Chinese.
    let mut open: Option<usize> = None;
    for at in 0..text.len() {
        match text[at].0 {
            '(' if !kept[at] => open = Some(at),
            '\n' => open = None,
            ')' if !kept[at] => {
                if let Some(from) = open.take().filter(|from| text[*from..at].iter().any(|(c, _)| is_han(*c))) {
                    text[from].0 = '（';
                    text[at].0 = '）';
                    counts.marks += 2;
                }
            }
            _ => {}
        }
    }
    for at in 1..text.len() {
        let Some(wide) = [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！')].iter().find(|(c, _)| *c == text[at].0)
        else {
            continue;
        };
        let behind = text[at + 1..].iter().map(|(c, _)| *c).find(|c| !is_space(*c));
        let goes_on = behind.is_none_or(|c| is_han(c) || is_mark(c) || c.is_ascii_digit() || matches!(c, THING | '\n' | '"'));
        let leads = wide.0 == ':' && kept.get(at + 1).copied().unwrap_or(false);
        if !kept[at] && closes(text[at - 1].0) && (goes_on || leads) {
            text[at].0 = wide.1;
            counts.marks += 1;
        }
    }
}

/// Spaces between Chinese characters, except those that hold names or columns apart.
fn spaces(text: &mut Text, counts: &mut Counts) {
    let mut out: Text = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let end = at + text[at..].iter().take_while(|(c, _)| is_space(*c)).count();
        if end == at || at == 0 || end == text.len() {
            let end = end.max(at + 1);
            out.extend_from_slice(&text[at..end]);
            at = end;
            continue;
        }
        let (before, behind) = (text[at - 1].0, text[end].0);
        let run: String = text[at..end].iter().map(|(c, _)| *c).collect();
        let left = text[..at].iter().rev().take(LONG).take_while(|(c, _)| is_han(*c)).count();
        let right = text[end..].iter().take(LONG).take_while(|(c, _)| is_han(*c)).count();
        let wanted = if is_mark(before) || is_mark(behind) {
            ""
        } else if is_clause(&out) {
            "\u{3000}"
        } else if left > 0 && right > 0 {
            match (run.as_str(), left.min(right), left.max(right)) {
                // What is wider than one sign was made to hold two things apart.
                (" " | "\u{3000}", 1, _) | (" ", _, LONG..) => "",
                (" ", ..) => " ",
                _ => "\u{3000}",
            }
        } else if run.contains('\t') || run.chars().count() > 1 && (is_han(before) || is_han(behind)) {
            "\u{3000}"
        } else {
            " "
        };
        counts.spaces += usize::from(run != wanted && run != "\t");
        out.extend(wanted.chars().map(|c| (c, text[at].1)));
        at = end;
    }
    *text = out;
}

/// `第三条`, `第一章` at the beginning of a line: a space belongs behind it.
fn is_clause(text: &[(char, usize)]) -> bool {
    let line = text.iter().rev().take(9).take_while(|(c, _)| *c != '\n');
    let line: Vec<char> = line.map(|(c, _)| *c).collect();
    line.len() < 9 && line.last() == Some(&'第') && line.first().is_some_and(|c| matches!(c, '条' | '章' | '节' | '编'))
}

#[cfg(test)]
mod tests {
    use super::{Counts, para};
    use crate::desk::word::model::{Para, Span, What};

    fn line(text: &str) -> String {
        let mut alone = Para { spans: vec![Span { what: What::Text(text.to_string()), ..Span::default() }], ..Para::default() };
        para(&mut alone, &mut Counts::default());
        alone.text()
    }

    #[test]
    fn chinese_text_gets_chinese_signs() {
        for (typed, right) in [
            ("　　园区\"一站式\"服务,欢迎来电:0597-000-0001.", "园区“一站式”服务，欢迎来电：0597-000-0001."),
            ("(一)加强领导", "（一）加强领导"),
            ("高度(m)为３．５", "高度(m)为3.5"),
            ("网址:https://a.cn/x?b=1,2 欢迎", "网址：https://a.cn/x?b=1,2 欢迎"),
            ("会 议　强调 ， 推进", "会议强调，推进"),
            ("通　知", "通知"),
            ("第三条 为了促进园区发展", "第三条　为了促进园区发展"),
            ("第一章　总则", "第一章　总则"),
            ("我县 工业经济稳步增长", "我县工业经济稳步增长"),
            ("张三　李四　王五", "张三　李四　王五"),
            ("张三 李四", "张三 李四"),
            ("姓名\t单位名称", "姓名　单位名称"),
            ("是\t否", "是　否"),
            ("甲　　　乙", "甲　乙"),
            ("甲   乙", "甲　乙"),
            ("\u{2067}通\u{2066}　知", "通知"),
            ("Park's 5\" pipe", "Park's 5\" pipe"),
            ("他说:'好!'", "他说：‘好！’"),
            ("依据示政[2026]03号文件", "依据示政〔2026〕3号文件"),
            ("增长 5 %,达 3,000 万元", "增长 5 %,达 3,000 万元"),
            ("mail a@b.cn, or call", "mail a@b.cn, or call"),
        ] {
            assert_eq!(line(typed), right, "{typed}");
        }
    }

    #[test]
    fn every_kind_of_change_is_counted_across_spans() {
        let span = |text: &str| Span { what: What::Text(text.into()), ..Span::default() };
        let mut one =
            Para { spans: vec![span("　　示政["), span("２０２６"), span("]1号,\"甲"), span("\"乙")], ..Para::default() };
        let mut counts = Counts::default();
        para(&mut one, &mut counts);
        assert_eq!(one.text(), "示政〔2026〕1号，“甲”乙");
        let wanted = Counts { quotes: 2, marks: 1, letters: 4, indents: 1, numbers: 1, ..Counts::default() };
        assert_eq!(counts, wanted);
    }
}
