//! One move as a replacement of bytes.

use super::print::{self, Printed};
use super::shape::Move;
use super::{Plain, Step};
use crate::diagnostic::{Said, said};
use crate::source::yaml::spans::{self, Form, Pair, Piece};
use std::ops::Range;

/// Bytes and what takes their place.
pub type Splice = (Range<usize>, String);
/// Where something is written in a way that is not edited, and why.
pub type Odd = (usize, Said);

/// The replacement that does a move to a YAML text.
pub fn splice(yaml: &str, eol: &str, one: &Move) -> Result<Splice, Odd> {
    let text = Text { yaml, eol };
    let root = spans::pieces(yaml);
    match one {
        Move::Put(path, value, order) => match &root {
            Some(root) => text.put(root, path, value, order),
            None if yaml.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) => text.first(path, value),
            None => Err((0, odd())),
        },
        Move::Cut(path) => root.as_ref().ok_or((0, odd())).and_then(|root| text.cut(root, path)),
    }
}

fn odd() -> Said {
    said("这里的写法比较特别，不能自动修改。请手工修改。", "This is written in a way that is not edited; change it by hand.")
}

fn tied() -> Said {
    said(
        "这里用了 & 或 * 引用，改一处会影响别处。请手工修改。",
        "Here & or * share a value, and a change would reach other places; change it by hand.",
    )
}

/// The inside of a list or mapping, for one step further.
enum Inside<'p> {
    List { flow: bool, items: &'p [Piece] },
    Map { flow: bool, entries: &'p [Pair] },
}

struct Text<'t> {
    yaml: &'t str,
    eol: &'t str,
}

impl<'t> Text<'t> {
    fn put(&self, root: &Piece, path: &[Step], value: &Plain, order: &[String]) -> Result<Splice, Odd> {
        let (last, parents) = path.split_last().ok_or((0, odd()))?;
        let (holder, within) = self.walk(root, parents)?;
        match (inside(holder)?, last) {
            (Inside::Map { flow, entries }, Step::Key(key)) => match entries.iter().find(|pair| pair.key == *key) {
                Some(pair) if flow || within => self.replace_in_line(&pair.value, value),
                Some(pair) => self.replace(&pair.value, self.column(pair.at.start), false, value),
                None if flow => Ok(self.insert_in_line(holder, entries, key, value, order)),
                None => self.insert_key(holder, entries, key, value, order),
            },
            (Inside::List { flow, items }, Step::Item(at)) => match items.get(*at) {
                Some(item) if flow || within => self.replace_in_line(item, value),
                Some(item) => {
                    let dash = item.lead.ok_or((item.range.start, odd()))? - 1;
                    self.replace(item, self.column(dash), true, value)
                }
                None if flow => {
                    let text = print::in_line(value, true);
                    let end = items.last().map_or(holder.range.start + 1, |item| item.range.end);
                    Ok((end..end, if items.is_empty() { text } else { format!(", {text}") }))
                }
                None => self.append(holder, items, value),
            },
            _ => Err((holder.range.start, odd())),
        }
    }

    /// The piece at a path, and whether brackets or braces are around it.
    fn walk<'p>(&self, root: &'p Piece, path: &[Step]) -> Result<(&'p Piece, bool), Odd> {
        let (mut here, mut within) = (root, false);
        for step in path {
            let next = match (inside(here)?, step) {
                (Inside::Map { flow, entries }, Step::Key(key)) => {
                    within |= flow;
                    entries.iter().find(|pair| pair.key == *key).map(|pair| &pair.value)
                }
                (Inside::List { flow, items }, Step::Item(at)) => {
                    within |= flow;
                    items.get(*at)
                }
                _ => None,
            };
            here = next.ok_or((here.range.start, odd()))?;
        }
        Ok((here, within))
    }

    /// A value between brackets.
    fn replace_in_line(&self, old: &Piece, value: &Plain) -> Result<Splice, Odd> {
        untied(old)?;
        let lead = old.lead.ok_or((old.range.start, odd()))?;
        let text = print::in_line(value, true);
        Ok(if matches!(old.form, Form::Null) { (lead..lead, format!(" {text}")) } else { (old.range.clone(), text) })
    }

    /// A value on lines of its own key or dash, which stands in a column. A comment on that line stays.
    fn replace(&self, old: &Piece, column: usize, dashed: bool, value: &Plain) -> Result<Splice, Odd> {
        untied(old)?;
        let lead = old.lead.ok_or((old.range.start, odd()))?;
        let line = self.line_end(lead);
        let multi = matches!(old.form, Form::Block) || old.range.start > line;
        let end = self.line_end(old.range.end.max(lead));
        let rest = if multi { &self.yaml[lead..line] } else { &self.yaml[old.range.end.max(lead)..end] };
        let comment = comment(rest).map(str::to_string).unwrap_or_default();
        if dashed && multi && matches!(old.form, Form::Map { .. }) && !comment.is_empty() {
            return Err((lead, odd()));
        }
        let brackets = match &old.form {
            Form::List { flow, .. } | Form::Map { flow, .. } => {
                Some(*flow).filter(|flow| !flow || matches!(value, Plain::Group(_) | Plain::List(_)))
            }
            _ => None,
        };
        let printed = match (dashed, brackets) {
            (true, Some(true)) => Printed { head: format!(" {}", print::in_line(value, false)), tail: Vec::new() },
            (true, _) => print::behind_dash(value, column),
            (false, brackets) => print::behind_colon(value, column, brackets),
        };
        if dashed && !printed.tail.is_empty() && !comment.is_empty() && !matches!(value, Plain::Text(_)) {
            return Err((lead, odd()));
        }
        Ok((lead..end, format!("{}{comment}{}", printed.head, self.lines(&printed.tail))))
    }

    /// A new key in a mapping with a key on each line.
    fn insert_key(&self, holder: &Piece, entries: &[Pair], key: &str, value: &Plain, order: &[String]) -> Result<Splice, Odd> {
        untied(holder)?;
        let first = entries.first().ok_or((holder.range.start, odd()))?;
        let column = self.column(first.at.start);
        let lines = print::entry(key, value, column);
        let own_line = self.yaml[self.line_start(first.at.start)..first.at.start].trim().is_empty();
        match before(entries, key, order) {
            Some(None) if own_line => {
                let at = self.above(self.line_start(first.at.start), column == 0);
                Ok((at..at, format!("{}{}", lines.join(self.eol), self.eol)))
            }
            Some(None) => Ok(self.below(&first.value, column, &lines)),
            Some(Some(pair)) => Ok(self.below(&pair.value, column, &lines)),
            None => Ok(self.below(&entries[entries.len() - 1].value, column, &lines)),
        }
    }

    /// A new key between braces.
    fn insert_in_line(&self, holder: &Piece, entries: &[Pair], key: &str, value: &Plain, order: &[String]) -> Splice {
        let text = format!("{}: {}", print::key(key), print::in_line(value, true));
        let end = |pair: &Pair| pair.value.range.end.max(pair.value.lead.unwrap_or(0));
        match (before(entries, key, order), entries.last()) {
            (_, None) => (holder.range.start + 1..holder.range.start + 1, text),
            (Some(None), _) => (entries[0].at.start..entries[0].at.start, format!("{text}, ")),
            (Some(Some(pair)), _) | (None, Some(pair)) => (end(pair)..end(pair), format!(", {text}")),
        }
    }

    /// A new item of a list with an item on each line, written like the last one.
    fn append(&self, holder: &Piece, items: &[Piece], value: &Plain) -> Result<Splice, Odd> {
        untied(holder)?;
        let last = items.last().ok_or((holder.range.start, odd()))?;
        let dash = last.lead.ok_or((last.range.start, odd()))? - 1;
        let column = self.column(dash);
        let printed = match last.form {
            Form::Map { flow: true, .. } => Printed { head: format!(" {}", print::in_line(value, false)), tail: Vec::new() },
            _ => print::behind_dash(value, column),
        };
        let mut lines = vec![format!("{}-{}", " ".repeat(column), printed.head)];
        lines.extend(printed.tail);
        Ok(self.below(last, column, &lines))
    }

    /// The first key of a file.
    fn first(&self, path: &[Step], value: &Plain) -> Result<Splice, Odd> {
        let [Step::Key(key)] = path else { return Err((0, odd())) };
        let end = self.yaml.len();
        let gap = if self.yaml.is_empty() || self.yaml.ends_with('\n') { "" } else { self.eol };
        Ok((end..end, format!("{gap}{}{}", print::entry(key, value, 0).join(self.eol), self.eol)))
    }

    fn cut(&self, root: &Piece, path: &[Step]) -> Result<Splice, Odd> {
        let (last, parents) = path.split_last().ok_or((0, odd()))?;
        let (holder, within) = self.walk(root, parents)?;
        untied(holder)?;
        let (flow, spans, at): (bool, Vec<(usize, &Piece)>, usize) = match (inside(holder)?, last) {
            (Inside::Map { flow, entries }, Step::Key(key)) => {
                let at = entries.iter().position(|pair| pair.key == *key).ok_or((holder.range.start, odd()))?;
                (flow, entries.iter().map(|pair| (pair.at.start, &pair.value)).collect(), at)
            }
            (Inside::List { flow, items }, Step::Item(at)) if *at < items.len() => {
                let start = |item: &Piece| if flow { item.range.start } else { item.lead.map_or(item.range.start, |lead| lead - 1) };
                (flow, items.iter().map(|item| (start(item), item)).collect(), *at)
            }
            _ => return Err((holder.range.start, odd())),
        };
        let (start, value) = spans[at];
        untied(value)?;
        let lead = value.lead.ok_or((start, odd()))?;
        let end = value.range.end.max(lead);
        if spans.len() == 1 && !parents.is_empty() {
            // The last one gone, brackets say that the rest is empty.
            let empty = if matches!(last, Step::Key(_)) { Plain::Group(Vec::new()) } else { Plain::List(Vec::new()) };
            return self.put(root, parents, &empty, &[]);
        }
        if flow || within {
            let range = match spans.get(at + 1) {
                Some((next, _)) => start..*next,
                None if at > 0 => spans[at - 1].1.range.end.max(spans[at - 1].1.lead.unwrap_or(0))..end,
                None => start..end,
            };
            return if self.yaml[range.clone()].contains('#') { Err((start, odd())) } else { Ok((range, String::new())) };
        }
        let line = self.line_start(start);
        if self.yaml[line..start].trim().is_empty() {
            let after = (self.line_end(end) + self.line_break(self.line_end(end))).min(self.yaml.len());
            return Ok((line..after, String::new()));
        }
        // The first key behind a dash: the next one moves up, unless comments stand between.
        match spans.get(at + 1) {
            Some((next, _)) if self.yaml[end..*next].trim().is_empty() => Ok((start..*next, String::new())),
            Some(_) if matches!(last, Step::Key(_)) => Ok((start..end, String::new())),
            _ => Err((start, odd())),
        }
    }

    /// Lines below a value and the comments that are indented like what it holds.
    fn below(&self, value: &Piece, column: usize, lines: &[String]) -> Splice {
        let end = self.line_end(value.range.end.max(value.lead.unwrap_or(0)));
        let mut at = end + self.line_break(end);
        loop {
            let line = &self.yaml[at..self.line_end(at)];
            let deeper = line.trim_start().starts_with('#') && line.len() - line.trim_start().len() > column;
            if !deeper {
                break;
            }
            at = self.line_end(at) + self.line_break(self.line_end(at));
        }
        let gap = if self.yaml[..at].ends_with('\n') { "" } else { self.eol };
        (at..at, format!("{gap}{}{}", lines.join(self.eol), self.eol))
    }

    /// Above the comments that belong to a line: those right over it, where it stands at the left edge.
    fn above(&self, line: usize, edge: bool) -> usize {
        let mut at = line;
        while edge && at > 0 {
            let start = self.line_start(at - 1);
            if !self.yaml[start..at].starts_with('#') {
                break;
            }
            at = start;
        }
        at
    }

    fn lines(&self, tail: &[String]) -> String {
        tail.iter().map(|line| format!("{}{line}", self.eol)).collect()
    }

    /// The start of the line of a byte.
    fn line_start(&self, at: usize) -> usize {
        self.yaml[..at].rfind('\n').map_or(0, |at| at + 1)
    }

    /// The end of the line of a byte, before its break.
    fn line_end(&self, at: usize) -> usize {
        let end = self.yaml[at..].find('\n').map_or(self.yaml.len(), |found| at + found);
        if self.yaml[at..end].ends_with('\r') { end - 1 } else { end }
    }

    /// How many bytes the line break at a byte has.
    fn line_break(&self, at: usize) -> usize {
        let rest = &self.yaml[at..];
        if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) }
    }

    /// The column of a byte, from 0.
    fn column(&self, at: usize) -> usize {
        self.yaml[self.line_start(at)..at].chars().count()
    }
}

fn inside(piece: &Piece) -> Result<Inside<'_>, Odd> {
    untied(piece)?;
    match &piece.form {
        Form::List { flow, items } => Ok(Inside::List { flow: *flow, items }),
        Form::Map { flow, entries } => Ok(Inside::Map { flow: *flow, entries }),
        _ => Err((piece.range.start, odd())),
    }
}

fn untied(piece: &Piece) -> Result<(), Odd> {
    let any = match &piece.form {
        _ if piece.tied => true,
        Form::List { items, .. } => items.iter().any(|item| item.tied),
        _ => false,
    };
    if any { Err((piece.range.start, tied())) } else { Ok(()) }
}

/// The comment at the end of a line, with the space before it.
fn comment(rest: &str) -> Option<&str> {
    let at = rest.find('#').filter(|at| *at == 0 || rest[..*at].ends_with([' ', '\t']))?;
    let space = rest[..at].len() - rest[..at].trim_end().len();
    Some(rest[at - space..].trim_end())
}

/// The entry behind which a key belongs: `Some(None)` before all of them, `None` where the order says nothing.
fn before<'p>(entries: &'p [Pair], key: &str, order: &[String]) -> Option<Option<&'p Pair>> {
    let rank = |name: &str| order.iter().position(|known| known == name);
    let own = rank(key)?;
    let ranked: Vec<(usize, &Pair)> = entries.iter().filter_map(|pair| rank(&pair.key).map(|rank| (rank, pair))).collect();
    if ranked.is_empty() {
        return None;
    }
    Some(ranked.into_iter().filter(|(rank, _)| *rank < own).max_by_key(|(rank, _)| *rank).map(|(_, pair)| pair))
}
