//! A document as a new record: fields from what was recognised, the text as Markdown, pictures beside it; and everything a
//! person has to know before the draft is taken as right.

use super::markdown::{self, Pictures};
use super::model::{Block, Doc, Left, Para, Picture, Spot, Table, What};
use super::normal::{self, Counts};
use super::recognise::{self, Found, Want};
use super::{body, words};
use crate::desk::ask::{About, Form};
use crate::desk::{Edit, changed};
use crate::diagnostic::{Diagnostic, Diagnostics, Said, Severity, SitePath, messages, said};
use crate::plan::clashes::is_possible;
use crate::project::Snapshot;
use crate::read::{self, Project};
use crate::resolve::{self, Options};
use crate::schema::{Field, Privacy, Role, Type};
use crate::value::text::Check;
use crate::value::{Kind, RecordId, Value, pinyin::Readings};
use std::collections::{BTreeMap, BTreeSet};

/// The code of a required field that is not given.
const MISSING: &str = "field-missing";

/// So many paragraphs and tables.
const BLOCKS: usize = 20_000;

/// A document that was read, before anything is made of it.
#[derive(Debug)]
pub struct Ready {
    doc: Doc,
    counts: Counts,
    /// Paragraphs as they were typed.
    typed: BTreeMap<Spot, String>,
}

/// A new record.
pub struct Draft {
    /// Its id.
    pub id: String,
    /// Its file.
    pub path: SitePath,
    /// Its text.
    pub text: String,
    /// Every file that is written.
    pub edits: Vec<Edit>,
    /// Fields with where each comes from.
    pub fields: Vec<Taken>,
    /// What was recognised but not taken, and why.
    pub refused: Vec<Said>,
    /// Required fields that stay open.
    pub open: Vec<Said>,
    /// What was put right.
    pub counts: Counts,
    /// What was not carried.
    pub left: Vec<Left>,
    /// Pictures: their files, and whether each still lacks words.
    pub pictures: Vec<(SitePath, bool)>,
    /// Does the site have a new error with it? Then nothing is written.
    pub stopped: bool,
}

/// A field with where its value comes from.
pub struct Taken {
    /// The key.
    pub key: String,
    /// What people call it.
    pub label: Said,
    /// The value.
    pub value: String,
    /// Where it stands.
    pub place: Spot,
    /// The words it was read from.
    pub typed: String,
}

/// Reads a file.
pub fn ready(file: &SitePath, bytes: &[u8]) -> Result<Ready, Diagnostic> {
    let mut doc = body::read(file, bytes)?;
    let cells = |table: &Table| table.rows.iter().flatten().flat_map(|cell| &cell.paras).map(Para::weight).sum();
    let long = |block: &Block| match block {
        Block::Para(para) => para.weight(),
        Block::Table(table) => cells(table),
    };
    let notes: usize = doc.notes.values().flatten().map(Para::weight).sum();
    if doc.blocks.len() > BLOCKS || notes + doc.blocks.iter().map(long).sum::<usize>() > read::markdown::LONGEST {
        return Err(messages::word::too_large(file));
    }
    let mut counts = Counts { blanks: doc.blanks, ..Counts::default() };
    let mut typed = BTreeMap::new();
    for block in &mut doc.blocks {
        match block {
            Block::Para(para) => {
                typed.insert(para.place, para.text());
                normal::para(para, &mut counts);
            }
            Block::Table(table) => {
                // A merged cell is one cell, however often it shows.
                let mut twice = Counts::default();
                for cell in table.rows.iter_mut().flatten() {
                    let counts = if cell.wide > 0 { &mut counts } else { &mut twice };
                    cell.paras.iter_mut().for_each(|para| normal::para(para, counts));
                }
            }
        }
    }
    doc.notes.values_mut().flatten().for_each(|para| normal::para(para, &mut counts));
    let picture = |block: &Block| matches!(block, Block::Table(_)) || matches!(block, Block::Para(para) if !para.is_blank());
    doc.blocks.retain(picture);
    if doc.blocks.is_empty() {
        return Err(messages::word::empty(file));
    }
    Ok(Ready { doc, counts, typed })
}

impl Ready {
    /// The pictures, for whoever says what they show.
    pub fn pictures(&mut self) -> &mut [Picture] {
        &mut self.doc.pictures
    }
}

/// What a record is to be made of.
pub struct Ask<'a> {
    /// The name of the file.
    pub file: &'a SitePath,
    /// The index of the type.
    pub of: usize,
    /// The id, where one was given.
    pub id: Option<&'a str>,
    /// The instant and whether drafts count, for judging the site afterwards.
    pub options: Options,
}

/// Makes a record of a document. Faults go to `diagnostics`; with an error in the draft it is `stopped`.
pub fn compose(ready: Ready, ask: &Ask<'_>, project: &Project, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Option<Draft> {
    let of = &project.schemas.types[ask.of];
    let Ready { mut doc, counts, typed } = ready;
    let records: Vec<(RecordId, String)> = project.records.iter().map(|record| (record.id.clone(), title(project, record))).collect();
    let readings = Readings::new(project.theme.search.readings.iter().chain(&project.site.search.readings));
    let about = About { of, zone: &project.site.zone, records: &records, readings: &readings, lang: project.site.default_lang() };
    let mut form = Form::new(about, ask.id.map(str::to_string));
    let (mut fields, mut refused, mut only) = (Vec::new(), Vec::new(), Vec::new());
    let mut recognised = recognise::recognise(&doc, &labels(of));
    recognised.sort_by_key(|found| found.want);
    for found in recognised {
        let Some(field) = wanted(of, found.want) else { continue };
        match form.set(&field.key, &found.value) {
            Ok(()) => {
                let typed = typed.get(&found.place).map(|text| words::short(text)).unwrap_or_default();
                only.extend(letterhead(&found, &mut doc));
                fields.push(Taken {
                    key: field.key.to_string(),
                    label: field.label.clone(),
                    value: found.value,
                    place: found.place,
                    typed,
                });
            }
            Err(why) => refused.extend(why.iter().next().map(|why| not_taken(field, &found, why))),
        }
    }
    let id = free(ask, of, &form, project, snapshot, diagnostics)?;
    let path = SitePath::new(&format!("content/{}/{id}.md", of.folder));
    without(&mut doc, &only);
    let stem = id.rsplit('/').next().unwrap_or(&id);
    let (names, media) = name_pictures(&doc, stem, snapshot);
    let (text, lost) = markdown::text(&doc, &Pictures { names: &names });
    let left = doc.left.into_iter().chain(lost.into_iter().map(|(place, what)| Left { place, what })).collect();
    let text = format!("{}{text}", form.text());
    let mut edits = vec![Edit { path: path.clone(), from: None, before: None, after: Some(text.clone().into_bytes()) }];
    let pictures = media.iter().zip(&names).map(|((path, _), (_, alt))| (path.clone(), alt.is_empty())).collect();
    edits.extend(media.into_iter().filter_map(|(path, bytes)| Some(Edit { path, from: None, before: None, after: Some(bytes?) })));
    let open = of.fields.iter().filter(|field| field.required && !field.is_computed() && field.privacy == Privacy::Public);
    let open: Vec<&Field> = open.filter(|field| !fields.iter().any(|taken: &Taken| *taken.key == *field.key)).collect();
    let stopped = judge(&edits, &open, ask, snapshot, diagnostics);
    let open = open.into_iter().map(|field| field.label.clone()).collect();
    Some(Draft { id, path, text, edits, fields, refused, open, counts, left, pictures, stopped })
}

/// Takes the words of some blocks away. Pictures are anchored to the first paragraphs, notes explain a title: those stay.
fn without(doc: &mut Doc, only: &[usize]) {
    for at in only {
        if let Some(Block::Para(para)) = doc.blocks.get_mut(*at) {
            let spans = para.spans.drain(..).filter(|span| matches!(span.what, What::Picture(_) | What::Note(_)));
            *para = Para { place: para.place, spans: spans.collect(), ..Para::default() };
        }
    }
    doc.blocks.retain(|block| !matches!(block, Block::Para(para) if para.is_blank()));
}

fn title(project: &Project, record: &read::Record) -> String {
    let field = project.schemas.types[record.of].with_role(Role::Title);
    match field.and_then(|field| record.fields.value(&field.key)) {
        Some(Value::Text(title)) => title.clone(),
        _ => String::new(),
    }
}

/// The field of a type that something recognised belongs into.
fn wanted(of: &Type, want: Want) -> Option<&Field> {
    let role = |role: Role| of.with_role(role).filter(|field| !field.is_computed() && field.privacy == Privacy::Public && !field.many);
    match want {
        Want::Title => role(Role::Title),
        Want::Number => of.fields.iter().find(|field| field.kind == Kind::Code(Some(Check::DocNo)) && !field.many),
        Want::Issuer => role(Role::Issuer),
        // What bears no date of its own was published on the day under it.
        Want::Dated => role(Role::Dated).or_else(|| role(Role::Date)),
        Want::Published => role(Role::Date),
        Want::Source => role(Role::Source),
        Want::Author => role(Role::Author),
    }
}

/// What people call the fields that a line of a document may name.
fn labels(of: &Type) -> BTreeMap<String, Want> {
    let mut labels = BTreeMap::new();
    for want in [Want::Number, Want::Issuer, Want::Dated, Want::Published, Want::Source, Want::Author] {
        for field in wanted(of, want).into_iter() {
            for label in field.also.iter().chain([&field.label.zh]) {
                labels.entry(label.clone()).or_insert(want);
            }
        }
    }
    labels
}

/// The blocks that a field makes needless; what else stood in them is told.
fn letterhead(found: &Found, doc: &mut Doc) -> Vec<usize> {
    if !found.rest.is_empty() && !found.only.is_empty() {
        doc.left.push(Left { place: found.place, what: words::letterhead(&found.rest) });
    }
    found.only.clone()
}

fn not_taken(field: &Field, found: &Found, why: &Diagnostic) -> Said {
    let place = found.place.said();
    said(
        format!("{}：{}“{}”没有采用：{}", field.label.zh, place.zh, words::short(&found.value), why.message.zh),
        format!("{}: “{}” in {} was not taken: {}", field.label.en, words::short(&found.value), place.en, why.message.en),
    )
}

/// The id, if it can be one and is free.
fn free(
    ask: &Ask<'_>,
    of: &Type,
    form: &Form<'_>,
    project: &Project,
    snapshot: &Snapshot,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let file_of = |id: &str| {
        let stem = format!("content/{}/{id}.", of.folder);
        snapshot.texts.keys().find(|path| path.as_str().strip_prefix(stem.as_str()).is_some_and(|rest| rest != "csv"))
    };
    let known = |id: &str| project.records.iter().any(|record| record.of == ask.of && *record.id.id == *id);
    let base = form.id();
    if !read::is_id(&base, of) || !is_possible(&base) {
        diagnostics.push(messages::word::id_bad(ask.file, &base));
        return None;
    }
    if ask.id.is_some() {
        if known(&base) || file_of(&base).is_some() {
            diagnostics.push(messages::word::id_taken(ask.file, &base));
            return None;
        }
        return Some(base);
    }
    let mut names = std::iter::once(base.clone()).chain((2..).map(|number| format!("{base}-{number}")));
    names.find(|id| !known(id) && file_of(id).is_none())
}

/// Names for the pictures: path in the text with its words, file, and bytes where the file is new.
fn name_pictures(doc: &Doc, stem: &str, snapshot: &Snapshot) -> (Vec<(String, String)>, Vec<(SitePath, Option<Vec<u8>>)>) {
    let (mut names, mut files) = (Vec::new(), Vec::<(SitePath, Option<Vec<u8>>)>::new());
    let mut number = 0;
    for picture in &doc.pictures {
        let (name, path, there) = loop {
            number += 1;
            let name = format!("{stem}-{number}.{}", picture.ending);
            let path = SitePath::new(&format!("content/media/{name}"));
            match snapshot.blobs.get(&path).map(|blob| blob.read().map(|bytes| bytes.to_vec())) {
                None if !snapshot.texts.contains_key(&path) => break (name, path, false),
                Some(Ok(bytes)) if bytes == picture.bytes => break (name, path, true),
                _ => {}
            }
        };
        names.push((name, picture.alt.clone().unwrap_or_default()));
        files.push((path, (!there).then(|| picture.bytes.clone())));
    }
    (names, files)
}

/// Notes what is wrong with the site with the draft and was not before; fields that are told to be open are told once. Is any
/// of it an error?
fn judge(edits: &[Edit], open: &[&Field], ask: &Ask<'_>, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> bool {
    let said = |snapshot: &Snapshot| {
        let mut noted = Diagnostics::new();
        if let Some(project) = read::project(snapshot, &mut noted) {
            resolve::catalog(project, snapshot, ask.options, &mut noted);
        }
        noted
    };
    let key = |found: &Diagnostic| (found.code, found.place.clone(), found.message.zh.clone());
    let known: BTreeSet<_> = said(snapshot).iter().map(key).collect();
    let after = said(&changed(snapshot, edits));
    let mut stopped = false;
    let is_open = |found: &Diagnostic| {
        let place = found.place.as_ref().filter(|place| found.code == MISSING && edits.iter().any(|edit| edit.path == place.file));
        place.and_then(|place| place.field.as_deref()).is_some_and(|key| open.iter().any(|field| *field.key == *key))
    };
    for found in after.sorted().into_iter().filter(|found| !known.contains(&key(found)) && !is_open(found)) {
        stopped |= found.severity == Severity::Error;
        diagnostics.push(found.clone());
    }
    stopped
}
