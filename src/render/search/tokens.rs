//! Text → terms. The specification of the tokenizer as code; `themes/park/scripts/search.js` has its twin, and
//! `tests/it/data/search/tokens.json` holds both to the same answers.
//!
//! Text is narrowed (NFKC, lower case, traditional folded to simplified), then cut into runs. A run of Chinese becomes
//! overlapping pairs; its last character also stands alone, so that a question of one character meets every place. A
//! number goes together with what counts it (`20吨`, `10kv`, `5000平方米`), a word with the number behind it
//! (`gb50016`, however it was spaced), and either is also there bare. Each term has the slot of the question that it
//! answers; terms of one slot are alternatives, the later ones weaker.

use super::fold;
use unicode_normalization::UnicodeNormalization;

/// A term and where it stands in a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The term.
    pub term: Term,
    /// The slot; `None` for what only the index has.
    pub slot: Option<usize>,
    /// The weaker of two ways to say the same.
    pub weak: bool,
}

/// A term. Pairs of Chinese are by far the most frequent, so that they are no strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Two neighbours, or one character alone.
    Han(char, Option<char>),
    /// A word, a number, or both.
    Word(String),
}

impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Term::Han(a, None) => write!(f, "{a}"),
            Term::Han(a, Some(b)) => write!(f, "{a}{b}"),
            Term::Word(word) => f.write_str(word),
        }
    }
}

/// Units that are written in several ways or have several letters; the first spelling that fits counts.
const UNITS: [&str; 21] = [
    "平方米",
    "千伏安",
    "平方",
    "平米",
    "千伏",
    "千瓦",
    "公尺",
    "千米",
    "公里",
    "万元",
    "亿元",
    "个月",
    "kva",
    "mva",
    "kwh",
    "kw",
    "kv",
    "mw",
    "km",
    "m",
    "t",
];

/// One spelling for each unit.
fn same(unit: &str) -> &str {
    match unit {
        "平米" | "平方" => "平方米",
        "千伏安" => "kva",
        "千伏" => "kv",
        "千瓦" => "kw",
        "公尺" | "m" => "米",
        "km" | "千米" => "公里",
        "t" => "吨",
        "天" => "日",
        other => other,
    }
}

/// Is it a Chinese character?
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3005}'..='\u{3007}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !c.is_ascii_digit() && !is_han(c)
}

/// The narrowed text.
pub fn plain(text: &str) -> Vec<char> {
    let mut chars = Vec::with_capacity(text.len() / 2);
    if !narrow_fast(text, &mut chars) {
        chars.clear();
        let narrow = measures(text).nfkc().collect::<String>().to_lowercase();
        chars.extend(narrow.chars().map(fold::simplified));
    }
    if chars.contains(&',') {
        chars = without_commas(&chars);
    }
    if chars.windows(2).any(|pair| pair == ['m', '2']) {
        chars = square_metres(&chars);
    }
    if chars.windows(2).any(|pair| pair[0] == '/' && matches!(pair[1], 't' | ' ')) {
        chars = without_recommended(&chars);
    }
    chars
}

/// What nearly every text is made of needs no table: false at the first character that does.
fn narrow_fast(text: &str, chars: &mut Vec<char>) -> bool {
    for c in text.chars() {
        chars.push(match c {
            '\0'..='\x7f' => c.to_ascii_lowercase(),
            '\u{4e00}'..='\u{9fff}' => fold::simplified(c),
            // The wide forms of ASCII.
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
            '、' | '。' | '《' | '》' | '〔' | '〕' | '“' | '”' | '‘' | '’' | '—' | '·' | '「' | '」' | '【' | '】' => {
                c
            }
            _ => return false,
        });
    }
    true
}

/// `㎡`, `m²` and their like, before they lose what raises the digit.
fn measures(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let raised = chars.peek().copied();
        match (c, raised) {
            ('㎡', _) => said.push_str("平方米"),
            ('㎥', _) => said.push_str("立方米"),
            ('m' | 'M', Some('²' | '³')) => {
                chars.next();
                said.push_str(if raised == Some('²') { "平方米" } else { "立方米" });
            }
            _ => said.push(c),
        }
    }
    said
}

fn digit(c: Option<&char>) -> bool {
    c.is_some_and(char::is_ascii_digit)
}

/// `5,000` → `5000`.
fn without_commas(chars: &[char]) -> Vec<char> {
    let groups = |at: usize| (1..=3).all(|n| digit(chars.get(at + n))) && !digit(chars.get(at + 4));
    let drop = |at: usize| chars[at] == ',' && at > 0 && digit(chars.get(at - 1)) && groups(at);
    (0..chars.len()).filter(|&at| !drop(at)).map(|at| chars[at]).collect()
}

/// `3000 m2` → `3000平方米`.
fn square_metres(chars: &[char]) -> Vec<char> {
    let mut said: Vec<char> = Vec::with_capacity(chars.len() + 8);
    let mut at = 0;
    while at < chars.len() {
        let ends = !chars.get(at + 2).is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        if chars[at] == 'm' && chars.get(at + 1) == Some(&'2') && ends {
            let spaced = said.last() == Some(&' ') && said.len() > 1 && digit(said.get(said.len() - 2));
            if spaced {
                said.pop();
            }
            if spaced || digit(said.last()) {
                said.extend("平方米".chars());
                at += 2;
                continue;
            }
        }
        said.push(chars[at]);
        at += 1;
    }
    said
}

/// `gb/t 50016` → `gb 50016`: whether a standard is only recommended is no part of its name.
fn without_recommended(chars: &[char]) -> Vec<char> {
    let mut said: Vec<char> = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        if chars[at] == '/' {
            let t = at + if chars.get(at + 1) == Some(&' ') { 2 } else { 1 };
            let after = t + if matches!(chars.get(t + 1), Some(' ' | '-')) { 2 } else { 1 };
            let before = said.len() - usize::from(said.last() == Some(&' '));
            let letters = before >= 2 && said[before - 2..before].iter().all(char::is_ascii_lowercase);
            if chars.get(t) == Some(&'t') && digit(chars.get(after)) && letters {
                said.truncate(before);
                at = t + 1;
                continue;
            }
        }
        said.push(chars[at]);
        at += 1;
    }
    said
}

/// What the piece before was, for what may go together with it.
#[derive(Default)]
struct Last {
    end: usize,
    letters: String,
    digits: String,
    /// `2027年`, where the next number may follow at once.
    joined: String,
    /// The Chinese unit behind the number, which the next run begins with.
    unit: usize,
    /// The unit was the whole run.
    glue: bool,
}

/// All terms of a text in their order.
pub fn tokens(text: &str, mut take: impl FnMut(Token)) {
    let chars = plain(text);
    let mut slots = 0;
    let mut emit = |term: Term, slot: Option<usize>, weak: bool| take(Token { term, slot, weak });
    let mut last: Option<Last> = None;
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let c = chars[at];
        let gap = last.as_ref().filter(|last| start - last.end <= 1).map(|last| &chars[last.end..start]);
        if is_han(c) {
            at += chars[at..].iter().take_while(|&&c| is_han(c)).count();
            let run = &chars[start..at];
            let skip = last.as_ref().filter(|_| matches!(gap, Some([]))).map_or(0, |last| last.unit);
            for (nth, pair) in run.windows(2).enumerate() {
                let slot = (nth >= skip).then(|| next(&mut slots));
                emit(Term::Han(pair[0], Some(pair[1])), slot, false);
            }
            let alone = run.len() == 1 && skip == 0;
            let slot = alone.then(|| next(&mut slots));
            emit(Term::Han(run[run.len() - 1], None), slot, false);
            last = match last {
                Some(last) if skip > 0 && skip == run.len() => Some(Last { end: at, glue: true, unit: 0, ..last }),
                _ => Some(Last { end: at, ..Last::default() }),
            };
        } else if c.is_ascii_digit() {
            at += number(&chars[at..]);
            let word: String = chars[start..at].iter().collect();
            let before = last.take().unwrap_or_default();
            let code = if matches!(gap, Some([] | [' ' | '-'])) { before.letters.as_str() } else { "" };
            let pair = if before.glue && matches!(gap, Some([])) { before.joined.as_str() } else { "" };
            let counted = if code.is_empty() { counted(&chars[at..]) } else { None };
            let slot = Some(slots);
            slots += 1;
            let mut now = Last { digits: word.clone(), ..Last::default() };
            if let Some(unit) = counted {
                let joined = format!("{word}{}", same(&unit.written));
                if !pair.is_empty() {
                    emit(Term::Word(format!("{pair}{joined}")), slot, false);
                }
                emit(Term::Word(joined.clone()), slot, false);
                emit(Term::Word(word), slot, true);
                if unit.latin {
                    at += unit.space + unit.written.chars().count();
                    if unit.written.len() > 1 {
                        emit(Term::Word(unit.written), None, false);
                    }
                } else {
                    now.unit = if unit.space == 0 { unit.written.chars().count() } else { 0 };
                }
                now.joined = joined;
            } else {
                let hyphened = if matches!(gap, Some(['-'])) { before.digits.as_str() } else { "" };
                let front = if code.is_empty() { hyphened } else { code };
                if !front.is_empty() {
                    emit(Term::Word(format!("{front}{word}")), slot, false);
                }
                emit(Term::Word(word), slot, !front.is_empty());
            }
            now.end = at;
            last = Some(now);
        } else if is_letter(c) {
            at += chars[at..].iter().take_while(|&&c| is_letter(c)).count();
            let word: String = chars[start..at].iter().collect();
            emit(Term::Word(word.clone()), Some(next(&mut slots)), false);
            last = Some(Last { end: at, letters: word, ..Last::default() });
        } else {
            at += 1;
        }
    }
}

fn next(slots: &mut usize) -> usize {
    *slots += 1;
    *slots - 1
}

/// The length of a number: digits with single points between them.
fn number(chars: &[char]) -> usize {
    let digits = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut length = digits(0);
    while chars.get(length) == Some(&'.') && digit(chars.get(length + 1)) {
        length += 1 + digits(length + 1);
    }
    length
}

struct Counted {
    written: String,
    latin: bool,
    space: usize,
}

/// What a number counts: a known unit, any Chinese character, or up to four letters that follow at once.
fn counted(after: &[char]) -> Option<Counted> {
    let space = usize::from(after.first() == Some(&' '));
    let rest = &after[space..];
    let latin = |unit: &str| unit.starts_with(|c: char| c.is_ascii_lowercase());
    let begins = |unit: &&&str| {
        let length = unit.chars().count();
        let ends = !latin(unit) || !rest.get(length).is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        rest.len() >= length && unit.chars().eq(rest[..length].iter().copied()) && ends
    };
    if let Some(unit) = UNITS.iter().find(begins) {
        return Some(Counted { written: unit.to_string(), latin: latin(unit), space });
    }
    let first = *rest.first().filter(|_| space == 0)?;
    if matches!(first, '\u{4e00}'..='\u{9fff}') {
        return Some(Counted { written: first.to_string(), latin: false, space });
    }
    let letters = rest.iter().take_while(|c| c.is_ascii_lowercase()).count();
    let whole = (1..=4).contains(&letters) && !rest.get(letters).is_some_and(|&c| is_letter(c));
    whole.then(|| Counted { written: rest[..letters].iter().collect(), latin: true, space })
}
