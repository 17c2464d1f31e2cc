//! The records of a type as their files say them, with the keys as typed.

use crate::diagnostic::{Diagnostic, Diagnostics, SitePath};
use crate::project::Snapshot;
use crate::read::{Project, nest};
use crate::schema::Role;
use crate::source::edit::{self, Refused};
use crate::source::{Node, Shape, encoding, table};
use crate::value::Value;
use std::collections::BTreeMap;

/// A record on disk.
pub struct Known {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its file.
    pub file: SitePath,
    /// Its line, where the file is a table.
    pub row: Option<u32>,
    /// What its file says; or why it cannot be read.
    pub node: Result<Node, Vec<Diagnostic>>,
    /// Its prose.
    pub body: Option<String>,
}

/// Every record of a type in the language of the site, by id.
pub fn records(project: &Project, snapshot: &Snapshot, of: usize) -> BTreeMap<String, Known> {
    let title = project.schemas.types[of].with_role(Role::Title);
    let own = project.records.iter().filter(|record| record.of == of && record.lang == project.site.default_lang());
    let mut tables: BTreeMap<SitePath, Vec<Node>> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for record in own {
        let said = title.and_then(|field| record.fields.value(&field.key));
        let title = if let Some(Value::Text(text)) = said { text.clone() } else { String::new() };
        let bytes = snapshot.texts.get(&record.file).map(|bytes| &**bytes).unwrap_or_default();
        let in_table = record.file.extension() == "csv";
        let (node, body) = if in_table {
            let rows = tables.entry(record.file.clone()).or_insert_with(|| rows(&record.file, bytes));
            (rows.iter().find(|row| row.spot.line == record.line).cloned().ok_or_else(Vec::new), None)
        } else {
            match encoding::Typed::of(bytes).map(|typed| edit::tree(&record.file, &typed.text)) {
                Some(Ok((node, body))) => (Ok(node), body),
                Some(Err(refused)) => (Err(Refused::diagnostics(&refused)), None),
                None => (Err(Vec::new()), None),
            }
        };
        let row = in_table.then_some(record.line);
        let known = Known { id: record.id.id.to_string(), title, file: record.file.clone(), row, node, body };
        found.insert(known.id.clone(), known);
    }
    found
}

/// The rows of a table without ids and translations, dotted headers made groups.
pub fn rows(file: &SitePath, bytes: &[u8]) -> Vec<Node> {
    let mut noted = Diagnostics::new();
    let Some(text) = encoding::decode(file, bytes, &mut noted) else { return Vec::new() };
    let mut rows = table::rows(file, &text, &mut noted);
    for row in &mut rows {
        if let Shape::Map(entries) = &mut row.shape {
            entries.retain(|entry| !matches!(entry.key.trim(), "id" | "编号") && !entry.key.contains('@'));
            *entries = nest(std::mem::take(entries));
        }
    }
    rows
}

/// The records of every type by title, for links.
pub fn titles(project: &Project) -> BTreeMap<String, Vec<(String, String)>> {
    let mut titles: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for record in project.records.iter().filter(|record| record.lang == project.site.default_lang()) {
        let field = project.schemas.types[record.of].with_role(Role::Title);
        if let Some(Value::Text(title)) = field.and_then(|field| record.fields.value(&field.key)) {
            titles.entry(title.clone()).or_default().push((record.id.of.to_string(), record.id.id.to_string()));
        }
    }
    titles
}
