//! A record that is a row of a table: its changes as cells, its id, its end. A table cannot hold everything that a file
//! can; what it cannot is refused with the reason.

use crate::diagnostic::{Said, said};
use crate::schema::Field;
use crate::source::cells;
use crate::source::edit::{Change, Plain, Step};
use crate::source::encoding::Typed;
use crate::value::Kind;
use std::ops::Range;

/// Between several values of one cell.
const BETWEEN: &str = "；";
/// What separates them when a cell is read.
const SIGNS: [char; 4] = ['；', ';', '|', '｜'];

/// A cell by its header.
type Cell = (String, String);

/// A table in which the row that begins on a line says something else; its encoding stays.
pub fn changed(bytes: &[u8], line: u32, fields: &[Field], changes: &[Change]) -> Result<Vec<u8>, Said> {
    let typed = typed(bytes)?;
    let mut row = Row { fields, headers: cells::headers(&typed.text), wanted: Vec::new() };
    changes.iter().try_for_each(|change| row.take(change))?;
    cells::change(&typed.text, line, &row.wanted).map(|text| typed.encode(&text)).ok_or_else(odd)
}

/// The header under which a table has a field, or would have it; `wanted` is a path of keys, however they are spelt.
pub fn header(fields: &[Field], headers: &[String], wanted: &str) -> String {
    let way = way(fields, wanted);
    let keys = |way: &[&Field]| way.iter().map(|field| field.key.clone()).collect::<Vec<_>>();
    let known = headers.iter().find(|known| *known == wanted);
    let known = known.or_else(|| headers.iter().find(|known| !way.is_empty() && keys(&self::way(fields, known)) == keys(&way)));
    // A table whose ids stand under a Chinese word has Chinese headers.
    let chinese = headers.iter().any(|header| header == "编号");
    let new = || {
        let labels: Vec<&str> = way.iter().map(|field| field.label.zh.as_str()).collect();
        if chinese && !way.is_empty() && labels.iter().all(|label| !label.contains('.')) { labels.join(".") } else { wanted.to_string() }
    };
    known.cloned().unwrap_or_else(new)
}

/// The fields that a path of keys leads through; nothing where it leads nowhere.
fn way<'f>(fields: &'f [Field], path: &str) -> Vec<&'f Field> {
    let (mut level, mut way) = (fields, Vec::new());
    for part in path.split('.') {
        let Some(field) = level.iter().find(|field| field.is_spelt(part.trim())) else { return Vec::new() };
        way.push(field);
        level = &field.fields;
    }
    way
}

/// A table in which the row that begins on a line has another id, and other cells besides.
pub fn renamed(text: &str, line: u32, id: &str, more: &[Cell]) -> Result<String, Said> {
    let headers = cells::headers(text);
    let header = headers.iter().find(|header| is_id(header)).cloned().ok_or_else(odd)?;
    let cells: Vec<Cell> = std::iter::once((header, id.to_string())).chain(more.iter().cloned()).collect();
    cells::change(text, line, &cells).ok_or_else(odd)
}

/// A table without the row that begins on a line.
pub fn without(bytes: &[u8], line: u32) -> Result<Vec<u8>, Said> {
    let typed = typed(bytes)?;
    cells::without(&typed.text, line).map(|text| typed.encode(&text)).ok_or_else(odd)
}

/// The lines of the row that begins on a line.
pub fn lines(bytes: &[u8], line: u32) -> Range<u32> {
    Typed::of(bytes).map_or(line..line + 1, |typed| cells::lines(&typed.text, line))
}

/// The line on which the row of a record begins.
pub fn line(bytes: &[u8], id: &str) -> Option<u32> {
    cells::line(&Typed::of(bytes)?.text, is_id, id)
}

/// Is it the header of the ids?
fn is_id(header: &str) -> bool {
    matches!(header.trim(), "id" | "编号")
}

/// Several values as one cell.
pub fn joined(items: &[String]) -> String {
    items.join(BETWEEN)
}

/// The values of a cell.
pub fn split(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(SIGNS).map(str::trim).filter(|part| !part.is_empty())
}

fn typed(bytes: &[u8]) -> Result<Typed, Said> {
    Typed::of(bytes).ok_or_else(|| said("文件读不懂，没有改动。", "The file cannot be read; it was left alone."))
}

fn odd() -> Said {
    said(
        "表格的这一行改不了：文件刚才变过，或者有没配对的引号。请在表格里修改。",
        "This row cannot be changed: the file has just changed, or has quotes without an end. Edit it in the table.",
    )
}

/// The cells that changes ask for.
struct Row<'a> {
    fields: &'a [Field],
    headers: Vec<String>,
    wanted: Vec<Cell>,
}

impl Row<'_> {
    fn path(path: &[Step]) -> Result<String, Said> {
        let keys = path.iter().map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None });
        keys.collect::<Option<Vec<&str>>>().map(|keys| keys.join(".")).ok_or_else(|| {
            said(
                "表格里一行是一条，放不下分成多项的内容；请先把这一条单独写成文件。",
                "A row of a table cannot hold several items with fields of their own; make the record a file first.",
            )
        })
    }

    fn take(&mut self, change: &Change) -> Result<(), Said> {
        match change {
            Change::Set { path, value } => self.set(&Self::path(path)?, value),
            Change::Remove { path } => {
                let header = header(self.fields, &self.headers, &Self::path(path)?);
                // A group is as many cells as it has fields.
                let inner = format!("{header}.");
                let own = self.headers.iter().filter(|known| **known == header || known.starts_with(&inner));
                self.wanted.extend(own.map(|known| (known.clone(), String::new())));
                Ok(())
            }
            Change::Body(text) if text.trim().is_empty() => Ok(()),
            Change::Body(_) => Err(said(
                "写在表格里的内容没有正文；要写正文，请先把这一条单独写成文件。",
                "A row of a table has no text below its fields; make the record a file first.",
            )),
        }
    }

    /// Has a group a column for each of its fields, or may it get them? A picture or a place is one thing and no group.
    fn has_columns(&self, path: &str, label: &str) -> bool {
        let inner = format!("{label}.");
        let is_group = way(self.fields, path).last().is_some_and(|field| field.kind == Kind::Group);
        self.headers.iter().any(|known| known.starts_with(&inner)) || is_group && !self.headers.iter().any(|known| known == label)
    }

    fn set(&mut self, path: &str, value: &Plain) -> Result<(), Said> {
        let label = header(self.fields, &self.headers, path);
        let text = match value {
            Plain::Text(text) | Plain::Verbatim(text) => text.clone(),
            Plain::Empty => String::new(),
            Plain::List(items) => {
                let word = |item: &Plain| match item {
                    Plain::Text(text) | Plain::Verbatim(text) if !text.contains(SIGNS) => Some(text.clone()),
                    _ => None,
                };
                let items: Option<Vec<String>> = items.iter().map(word).collect();
                joined(&items.ok_or_else(|| {
                    said(
                        format!("“{label}”有几项，每项又分栏或带分号，表格的一格放不下。"),
                        format!("“{label}” has several items with fields or semicolons of their own; one cell cannot hold them."),
                    )
                })?)
            }
            Plain::Group(entries) if !self.has_columns(path, &label) => match entries.as_slice() {
                // A picture that says only where it is.
                [(key, Plain::Text(text) | Plain::Verbatim(text))] if key == "src" => text.clone(),
                _ => {
                    return Err(said(
                        format!("“{label}”在表格里只有一格，放不下几栏。请在表格里把这一列分成“{label}.…”几列。"),
                        format!("“{label}” is one cell of the table and cannot hold several fields; give it columns “{label}.…”."),
                    ));
                }
            },
            Plain::Group(entries) => return entries.iter().try_for_each(|(key, value)| self.set(&format!("{path}.{key}"), value)),
        };
        self.wanted.push((label, text));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::changed;
    use crate::source::edit::{Change, Plain, Step};

    fn set(key: &str, value: Plain) -> Change {
        Change::Set { path: key.split('.').map(|part| Step::Key(part.to_string())).collect(), value }
    }

    #[test]
    fn changes_become_cells_or_are_refused_with_the_reason() {
        let text = |text: &str| Plain::Text(text.to_string());
        let table = "id,名称,图,地.长\na,甲,a.jpg,3\n";
        let after = |change: Change| {
            changed(table.as_bytes(), 2, &[], &[change]).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).map_err(|why| why.zh)
        };
        let words = Plain::List(vec![text("乙"), text("丙")]);
        assert_eq!(after(set("名称", words)).as_deref(), Ok("id,名称,图,地.长\na,乙；丙,a.jpg,3\n"));
        assert_eq!(after(set("地.长", text("4"))).as_deref(), Ok("id,名称,图,地.长\na,甲,a.jpg,4\n"));
        let group = Plain::Group(vec![("宽".to_string(), text("2"))]);
        assert_eq!(after(set("地", group.clone())).as_deref(), Ok("id,名称,图,地.长,地.宽\na,甲,a.jpg,3,2\n"));
        let gone = Change::Remove { path: vec![Step::Key("地".to_string())] };
        assert_eq!(after(gone).as_deref(), Ok("id,名称,图,地.长\na,甲,a.jpg,\n"));
        assert_eq!(
            after(set("图", Plain::Group(vec![("src".to_string(), text("b.jpg"))]))).as_deref(),
            Ok("id,名称,图,地.长\na,甲,b.jpg,3\n")
        );
        for (change, word) in [
            (set("图", group.clone()), "图.…"),
            (set("名称", Plain::List(vec![group])), "放不下"),
            (set("名称", Plain::List(vec![text("甲；乙")])), "放不下"),
            (Change::Body("正文".to_string()), "正文"),
            (Change::Remove { path: vec![Step::Key("名称".to_string()), Step::Item(0)] }, "多项"),
        ] {
            assert!(after(change.clone()).is_err_and(|why| why.contains(word)), "{change:?}");
        }
        assert!(changed(table.as_bytes(), 3, &[], &[set("名称", text("乙"))]).is_err());
    }
}
