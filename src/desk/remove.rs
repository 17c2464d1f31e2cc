//! A record that goes: not while anything leads to it. What was public once is better withdrawn.

use super::Edit;
use super::refs::{self, Aim};
use super::rename::{Refusal, beside, close, texts};
use super::{rename, row, source};
use crate::diagnostic::{Place, SitePath, said};
use crate::project::Snapshot;
use crate::read::Project;
use crate::schema::{Field, Role};
use crate::source::edit::{self, Change, Plain, Step};
use crate::source::encoding::Typed;
use crate::value::{Kind, RecordId};

/// What taking a record away means.
#[derive(Debug)]
pub struct Removal {
    /// The places of other files that lead to it. Where there are any, it must stay.
    pub linked: Vec<Place>,
    /// The files that go.
    pub edits: Vec<Edit>,
}

/// Works out a removal.
pub fn plan(snapshot: &Snapshot, project: &Project, id: &RecordId) -> Result<Removal, Refusal> {
    let in_table = rename::row(project, id);
    let files: Vec<SitePath> =
        texts(project, id).into_iter().filter(|file| in_table.as_ref().is_none_or(|(table, _)| table != file)).collect();
    // What stands in the row itself goes with it.
    let own = in_table.as_ref().and_then(|(table, line)| Some((table, row::lines(snapshot.texts.get(table)?, *line))));
    let Some(of) = project.schemas.named(&id.of) else { return Ok(Removal { linked: Vec::new(), edits: Vec::new() }) };
    let media = beside(snapshot, project, id, &files);
    let moves = |paths: &[_]| paths.iter().cloned().map(|path: SitePath| (path.clone(), path)).collect();
    let others = |aim: &Aim<'_>| -> Vec<Place> {
        refs::all(snapshot, project, aim)
            .into_iter()
            .filter(|(path, _)| !files.contains(path))
            .flat_map(|(_, found)| found.into_iter().map(|found| found.place))
            .filter(|place| !own.as_ref().is_some_and(|(table, lines)| place.file == **table && lines.contains(&place.line)))
            .collect()
    };
    let linked = others(&Aim { id, of, new_id: &id.id, moves: moves(&files) });
    let mut edits = Vec::new();
    for path in &files {
        if let Some(bytes) = snapshot.texts.get(path) {
            edits.push(Edit { path: path.clone(), from: None, before: Some(bytes.to_vec()), after: None });
        }
    }
    if let Some((table, line)) = &in_table
        && let Some(bytes) = snapshot.texts.get(table)
    {
        let after = row::without(bytes, *line).map_err(|message| Refusal { message, hint: None })?;
        edits.push(Edit { path: table.clone(), from: None, before: Some(bytes.to_vec()), after: Some(after) });
    }
    for path in media {
        // A picture that another page shows stays where it is.
        let only = Aim { id: &RecordId { of: id.of.clone(), id: "".into() }, of, new_id: "", moves: moves(std::slice::from_ref(&path)) };
        if !others(&only).is_empty() {
            continue;
        }
        if let Some(blob) = snapshot.blobs.get(&path) {
            let bytes = blob.read().map_err(|failure| Refusal { message: failure.message, hint: None })?;
            edits.push(Edit { path, from: None, before: Some(bytes.to_vec()), after: None });
        }
    }
    close(snapshot, id, &mut edits);
    Ok(Removal { linked, edits })
}

/// Withdraws a record: its state, and why, for everybody to read.
pub fn withdraw(snapshot: &Snapshot, project: &Project, id: &RecordId, reason: &str, today: &str) -> Result<Vec<Edit>, Refusal> {
    let default = project.site.default_lang();
    let record = project.records.iter().find(|record| record.id == *id && record.lang == default);
    let (Some(of), Some(record)) = (project.schemas.named(&id.of), record) else {
        return Err(Refusal { message: said("没有这条内容。", "There is no such record."), hint: None });
    };
    let (Some(state), Some(why)) = (of.with_role(Role::State), of.with_role(Role::Withdrawal)) else {
        return Err(Refusal { message: said("这种内容不能撤稿。", "Records of this type cannot be withdrawn."), hint: None });
    };
    let bytes = snapshot.texts.get(&record.file).map(|bytes| bytes.to_vec()).unwrap_or_default();
    let text = Typed::of(&bytes).map(|typed| typed.text).unwrap_or_default();
    let odd = |refused: edit::Refused| Refusal {
        message: refused.why,
        hint: Some(said(format!("见 {}", record.file), format!("See {}", record.file))),
    };
    let in_table = rename::row(project, id);
    let node = match in_table {
        Some(_) => source::rows(&record.file, &bytes).into_iter().find(|row| row.spot.line == record.line),
        None => Some(edit::tree(&record.file, &text).map_err(odd)?.0),
    };
    let entries = node.as_ref().and_then(|node| node.map()).unwrap_or_default();
    let key = |field: &Field| {
        let known = entries.iter().find(|entry| field.is_spelt(entry.key.trim()));
        known.map_or_else(|| field.key.to_string(), |entry| entry.key.clone())
    };
    let given = why.fields.iter().filter(|field| field.required).filter_map(|field| match field.kind {
        Kind::Date => Some((field.key.to_string(), Plain::Verbatim(today.to_string()))),
        Kind::Text => Some((field.key.to_string(), Plain::Text(reason.to_string()))),
        _ => None,
    });
    let changes = [
        Change::Set { path: vec![Step::Key(key(state))], value: Plain::Verbatim("withdrawn".to_string()) },
        Change::Set { path: vec![Step::Key(key(why))], value: Plain::Group(given.collect()) },
    ];
    let order: Vec<&str> = of.fields.iter().map(|field| &*field.key).collect();
    let after = match in_table {
        Some((_, line)) => row::changed(&bytes, line, &of.fields, &changes).map_err(|message| Refusal { message, hint: None })?,
        None => edit::apply_bytes(&record.file, &bytes, &changes, &order).map_err(odd)?,
    };
    Ok(vec![Edit { path: record.file.clone(), from: None, before: Some(bytes), after: Some(after) }])
}
