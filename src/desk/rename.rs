//! A record under a new id: its files in every language and the media beside it move, every link follows, and the old
//! address leads to the new one.

use super::Edit;
use super::refs::{self, Aim};
use crate::diagnostic::{Place, Said, SitePath, said};
use crate::project::Snapshot;
use crate::read::{Project, ledger};
use crate::schema::{Role, Type};
use crate::source::cells;
use crate::source::edit::{self, Change, Plain, Step};
use crate::source::encoding::Typed;
use crate::source::{Node, Shape};
use crate::value::RecordId;
use std::collections::BTreeMap;

/// Why something cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is in the way.
    pub message: Said,
    /// What to do instead.
    pub hint: Option<Said>,
}

/// What a renaming does.
#[derive(Debug)]
pub struct Renaming {
    /// The id that the record will have.
    pub new_id: String,
    /// The files that change, go or come.
    pub edits: Vec<Edit>,
    /// The files that move, old path → new path.
    pub moves: BTreeMap<SitePath, SitePath>,
    /// The links that are rewritten.
    pub links: Vec<Place>,
    /// The address that will lead to the new one.
    pub redirect: Option<String>,
    /// Were there sign-offs? They stand under the old id and have to be given anew.
    pub signed: bool,
}

/// The files of a record: its texts in every language.
pub fn texts(project: &Project, id: &RecordId) -> Vec<SitePath> {
    let mut files: Vec<SitePath> = project.records.iter().filter(|record| record.id == *id).map(|record| record.file.clone()).collect();
    files.sort();
    files.dedup();
    files
}

/// The table and the line of a record that is a row.
pub fn row(project: &Project, id: &RecordId) -> Option<(SitePath, u32)> {
    let found = project.records.iter().find(|record| record.id == *id && record.file.extension() == "csv")?;
    Some((found.file.clone(), found.line))
}

/// The media that lie beside a record and bear its name: `a1.jpg`, `a1-plan.png`; not those of a record `a1-plan`.
pub fn beside(snapshot: &Snapshot, project: &Project, id: &RecordId, files: &[SitePath]) -> Vec<SitePath> {
    let own = last(&id.id);
    let others: Vec<&str> = project.records.iter().filter(|record| record.id != *id).map(|record| last(&record.id.id)).collect();
    let belongs = |name: &str, id: &str| name.strip_prefix(id).is_some_and(|rest| rest.starts_with(['.', '-', '_']));
    let folders: Vec<&str> = files.iter().map(SitePath::folder).collect();
    let mut found: Vec<SitePath> = snapshot
        .blobs
        .keys()
        .filter(|path| folders.contains(&path.folder()) && belongs(path.name(), own))
        .filter(|path| !others.iter().any(|other| other.len() > own.len() && belongs(path.name(), other)))
        .cloned()
        .collect();
    found.sort();
    found
}

/// The last part of an id.
fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// Works out a renaming. `redirect` asks for a way from the old address.
pub fn plan(snapshot: &Snapshot, project: &Project, id: &RecordId, new_id: &str, redirect: bool) -> Result<Renaming, Refusal> {
    let refuse = |zh: String, en: String| Refusal { message: said(zh, en), hint: None };
    let of = project.schemas.named(&id.of).ok_or_else(|| refuse("没有这种内容。".into(), "There is no such type.".into()))?;
    let row = row(project, id);
    let files: Vec<SitePath> = texts(project, id).into_iter().filter(|file| row.as_ref().is_none_or(|(table, _)| table != file)).collect();
    let taken = project.records.iter().find(|record| record.id.of == id.of && *record.id.id == *new_id);
    if let Some(taken) = taken {
        return Err(refuse(
            format!("编号“{new_id}”已经有了：{}。", taken.file),
            format!("The id “{new_id}” exists already: {}.", taken.file),
        ));
    }
    let mut moves = BTreeMap::new();
    for path in files.iter().cloned().chain(beside(snapshot, project, id, &files)) {
        let new = moved(&path, of, &id.id, new_id);
        if snapshot.texts.contains_key(&new) || snapshot.blobs.contains_key(&new) {
            return Err(refuse(format!("文件“{new}”已经有了。"), format!("The file “{new}” exists already.")));
        }
        moves.insert(path, new);
    }
    let aim = Aim { id, of, new_id, moves };
    let found = refs::all(snapshot, project, &aim);
    let Aim { moves, .. } = aim;
    let mut edits = Vec::new();
    let main = files.iter().find(|file| !file.name().trim_end_matches(&format!(".{}", file.extension())).contains('.'));
    for (path, bytes) in &snapshot.texts {
        let places = found.get(path).map_or(&[][..], Vec::as_slice);
        let new = moves.get(path);
        let line = row.as_ref().filter(|(table, _)| table == path).map(|(_, line)| *line);
        if places.is_empty() && new.is_none() && line.is_none() {
            continue;
        }
        let mut after = bytes.to_vec();
        if let Some(typed) = Typed::of(bytes).filter(|_| !places.is_empty() || line.is_some()) {
            let mut text = refs::rewritten(&typed.text, places);
            if let Some(line) = line {
                let more: Vec<_> = redirect.then(|| old_address_cell(&text, line, of, &id.id, new_id)).flatten().into_iter().collect();
                text = super::row::renamed(&text, line, new_id, &more).map_err(|why| at(path, why))?;
            }
            after = typed.encode(&text);
        }
        if redirect && Some(path) == main {
            after = with_old_address(path, &after, of, &id.id, new_id)?;
        }
        push(&mut edits, path, bytes, new, after);
    }
    for (path, new) in &moves {
        if let Some(blob) = snapshot.blobs.get(path) {
            let bytes = blob.read().map_err(|failure| Refusal { message: failure.message, hint: None })?;
            push(&mut edits, path, &bytes, Some(new), bytes.to_vec());
        }
    }
    let closed = close(snapshot, id, &mut edits);
    let links = found.into_values().flatten().map(|found| found.place).collect();
    let redirect = (redirect && (main.is_some() || row.is_some()) && of.with_role(Role::Redirects).is_some()).then(|| address(of, &id.id));
    Ok(Renaming { new_id: new_id.to_string(), edits, moves, links, redirect, signed: closed })
}

fn push(edits: &mut Vec<Edit>, path: &SitePath, before: &[u8], new: Option<&SitePath>, after: Vec<u8>) {
    match new {
        Some(new) => {
            edits.push(Edit { path: new.clone(), from: Some(path.clone()), before: None, after: Some(after) });
            edits.push(Edit { path: path.clone(), from: None, before: Some(before.to_vec()), after: None });
        }
        None => edits.push(Edit { path: path.clone(), from: None, before: Some(before.to_vec()), after: Some(after) }),
    }
}

/// Closes the ledger of an id that goes: its lines name the id under hashes, so they can neither be changed nor moved to
/// another one. It stays beside its place, byte for byte, under a name that no build reads.
pub fn close(snapshot: &Snapshot, id: &RecordId, edits: &mut Vec<Edit>) -> bool {
    let path = ledger::path(&id.to_string());
    let Some(bytes) = snapshot.texts.get(&path) else { return false };
    let names =
        (1..).map(|number| SitePath::new(&format!("{path}.closed{}", if number == 1 { String::new() } else { format!("-{number}") })));
    let free = names.into_iter().find(|name| !snapshot.blobs.contains_key(name));
    if let Some(name) = free {
        push(edits, &path, bytes, Some(&name), bytes.to_vec());
    }
    true
}

/// Where a file of the record will lie.
fn moved(path: &SitePath, of: &Type, old: &str, new: &str) -> SitePath {
    let rest = &path.name()[last(old).len()..];
    // Only where ids nest does a part before the last one name a folder.
    let folder = if of.at_root {
        let base = path.folder().strip_suffix(old.rsplit_once('/').map_or("", |(above, _)| above)).unwrap_or(path.folder());
        let above = new.rsplit_once('/').map_or("", |(above, _)| above);
        format!("{}/{above}", base.trim_end_matches('/')).trim_end_matches('/').to_string()
    } else {
        path.folder().to_string()
    };
    SitePath::new(&format!("{folder}/{}{rest}", last(new)))
}

/// A refusal that says where to look.
fn at(path: &SitePath, message: Said) -> Refusal {
    Refusal { message, hint: Some(said(format!("见 {path}"), format!("See {path}"))) }
}

/// The addresses that lead to a record, after another renaming.
fn moved_on(list: &mut Vec<String>, of: &Type, old: &str, new: &str) {
    // A record that comes back to an old id needs no way from there any more.
    list.retain(|word| word.trim().trim_matches('/') != address(of, new).trim_matches('/'));
    list.push(address(of, old));
}

/// The cell of a row that says which addresses lead to it, under the header that the table has or would have.
fn old_address_cell(text: &str, line: u32, of: &Type, old: &str, new: &str) -> Option<(String, String)> {
    let field = of.with_role(Role::Redirects)?;
    let header = super::row::header(&of.fields, &cells::headers(text), &field.key);
    let cell = cells::cell(text, line, &header).unwrap_or_default();
    let mut list: Vec<String> = super::row::split(&cell).map(str::to_string).collect();
    moved_on(&mut list, of, old, new);
    Some((header, super::row::joined(&list)))
}

/// Where the page of a record stands.
fn address(of: &Type, id: &str) -> String {
    if of.at_root { format!("/{id}/") } else { format!("/{}/{id}/", of.folder) }
}

/// The file of a record with its old address among those that lead to it.
fn with_old_address(path: &SitePath, bytes: &[u8], of: &Type, old: &str, new: &str) -> Result<Vec<u8>, Refusal> {
    let Some(field) = of.with_role(Role::Redirects) else { return Ok(bytes.to_vec()) };
    let odd = |refused: edit::Refused| at(path, refused.why);
    let text = Typed::of(bytes).map(|typed| typed.text).unwrap_or_default();
    let (node, _) = edit::tree(path, &text).map_err(odd)?;
    let known = node.map().unwrap_or_default().iter().find(|entry| field.is_spelt(entry.key.trim()));
    let words = |node: &Node| -> Vec<String> {
        match &node.shape {
            Shape::List(items) => items.iter().filter_map(|item| item.scalar().map(str::to_string)).collect(),
            Shape::Scalar(scalar) => vec![scalar.text.clone()],
            _ => Vec::new(),
        }
    };
    let mut list = known.map(|entry| words(&entry.value)).unwrap_or_default();
    moved_on(&mut list, of, old, new);
    let key = known.map_or_else(|| field.key.to_string(), |entry| entry.key.clone());
    let order: Vec<&str> = of.fields.iter().map(|field| &*field.key).collect();
    let value = Plain::List(list.into_iter().map(Plain::Text).collect());
    edit::apply_bytes(path, bytes, &[Change::Set { path: vec![Step::Key(key)], value }], &order).map_err(odd)
}
