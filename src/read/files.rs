//! Which file holds what, and reading one of them: record, table, introduction.

use super::digest::{self, Seal};
use super::guard::Guards;
use super::keys::KeyTable;
use super::model::{Intro, Record};
use super::record::Reader;
use super::{check, markdown, site::Site, split_language};
use crate::diagnostic::{Diagnostics, Severity, SitePath, messages, nearest};
use crate::project::Snapshot;
use crate::schema::{Role, Schemas, Type};
use crate::source::{Node, Shape, Spot, encoding, front_matter, table, yaml};
use crate::value::{Document, Fields, Lang, RecordId, Value};
use std::sync::Arc;

/// What reading any file needs.
pub struct Reading<'a> {
    /// The settings.
    pub site: &'a Site,
    /// The types.
    pub schemas: &'a Schemas,
    /// Their key tables, in the same order.
    pub tables: &'a [KeyTable],
    /// What must not be published.
    pub guards: &'a Guards,
}

/// A file of content that will be read.
pub struct Found<'a> {
    file: &'a SitePath,
    bytes: &'a [u8],
    job: Job,
}

enum Job {
    Record { of: usize, id: String, lang: Lang },
    Table { of: usize },
    Intro { folder: String, lang: Lang },
}

/// What one file gave.
#[derive(Default)]
pub struct Read {
    /// Its records.
    pub records: Vec<Record>,
    /// Its introduction.
    pub intro: Option<Intro>,
    /// Its mistakes.
    pub diagnostics: Diagnostics,
}

/// Sorts the files of `content/` by what they are. Files that belong to nothing are named.
pub fn sort<'a>(snapshot: &'a Snapshot, reading: &Reading<'_>, diagnostics: &mut Diagnostics) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    for (file, bytes) in &snapshot.texts {
        let Some(inside) = file.as_str().strip_prefix("content/") else { continue };
        if inside == "site.yaml" || inside.starts_with('_') && inside.contains('/') || inside.starts_with("media/") {
            continue;
        }
        match job(inside, file, reading, diagnostics) {
            Some(job) => found.push(Found { file, bytes, job }),
            None => continue,
        }
    }
    found
}

/// The ending of a name that looks like a language which no site has: `fr` in `gaopo.fr`.
fn foreign(stem: &str) -> Option<&str> {
    let (_, code) = stem.rsplit('/').next()?.rsplit_once('.')?;
    let (base, rest) = code.split_once('-').map_or((code, None), |(base, rest)| (base, Some(rest)));
    let letters = |text: &str, most: usize| (2..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase());
    (letters(base, 3) && rest.is_none_or(|rest| letters(rest, 4))).then_some(code)
}

fn job(inside: &str, file: &SitePath, reading: &Reading<'_>, diagnostics: &mut Diagnostics) -> Option<Job> {
    let extension = file.extension();
    let stem = &inside[..inside.len() - extension.len() - 1];
    let (stem, lang) = split_language(stem);
    if lang.is_none()
        && let Some(code) = foreign(stem)
    {
        // Read as a record of its own, every field that it does not repeat would be missing.
        diagnostics.push(messages::read::language_not_of_site(file, code, false));
        return None;
    }
    let lang = lang.unwrap_or_else(|| reading.site.default_lang());
    if !reading.site.languages.contains(&lang) {
        diagnostics.push(messages::read::language_not_of_site(file, lang.code(), true));
        return None;
    }
    let (folder, rest) = match stem.split_once('/') {
        Some((folder, rest)) => (folder, Some(rest)),
        None => (stem, None),
    };
    if stem == "_index" {
        return Some(Job::Intro { folder: String::new(), lang });
    }
    if rest.is_none() && stem.starts_with('_') {
        return None;
    }
    let Some(of) = reading.schemas.types.iter().position(|of| of.folder == folder) else {
        let near = nearest(folder, reading.schemas.types.iter().map(|of| of.folder.as_str()));
        diagnostics.push(messages::read::folder_unknown(file, folder, near));
        return None;
    };
    let Some(rest) = rest else {
        return (extension == "csv").then_some(Job::Table { of }).or_else(|| {
            diagnostics.push(messages::read::file_outside_folder(file, folder));
            None
        });
    };
    if rest == "_index" {
        return Some(Job::Intro { folder: folder.to_string(), lang });
    }
    let name = rest.rsplit('/').next().unwrap_or(rest);
    if name.starts_with('_') {
        return None;
    }
    if extension == "csv" {
        return Some(Job::Table { of });
    }
    let id = if reading.schemas.types[of].at_root { rest } else { name };
    Some(Job::Record { of, id: id.to_string(), lang })
}

/// Reads one file.
pub fn read(found: &Found<'_>, reading: &Reading<'_>) -> Read {
    let mut result = Read::default();
    let Some(text) = encoding::decode(found.file, found.bytes, &mut result.diagnostics) else { return result };
    match &found.job {
        Job::Record { of, id, lang } => {
            if let Some(record) = record(found.file, &text, *of, id, *lang, reading, &mut result.diagnostics) {
                result.records.push(record);
            }
        }
        Job::Table { of } => {
            for row in table::rows(found.file, &text, &mut result.diagnostics) {
                rows(found.file, &row, *of, reading, &mut result);
            }
        }
        Job::Intro { folder, lang } => {
            result.intro = intro(found.file, &text, folder, *lang, reading, &mut result.diagnostics);
            reading.guards.intro(found.file, &text, &mut result.diagnostics);
        }
    }
    if !result.records.is_empty() {
        reading.guards.records(found.file, &text, &result.records, reading.site, &reading.schemas.types, &mut result.diagnostics);
    }
    result
}

/// A file as tree, Markdown and the digest of the Markdown.
type Halves = (Node, Option<Document>, Option<Seal>);

/// The two halves of a file as tree and Markdown; a `.yaml` file may carry its Markdown under `body:`.
fn halves(file: &SitePath, text: &str, lang: Lang, diagnostics: &mut Diagnostics) -> Option<Halves> {
    let origin = |first_line, field| markdown::Origin { file, first_line, field, lang };
    if matches!(file.extension().as_str(), "md" | "markdown") {
        let halves = front_matter::split(file, text, diagnostics)?;
        let node = match halves.front {
            Some(front) => yaml::parse(file, front, halves.front_line, diagnostics)?,
            None => Node { spot: Spot { line: 1, column: 1, length: 0 }, shape: Shape::Map(Vec::new()) },
        };
        let body = (!halves.body.trim().is_empty()).then(|| markdown::document(halves.body, &origin(halves.body_line, None), diagnostics));
        let seal = body.is_some().then(|| digest::prose(halves.body));
        return Some((node, body, seal));
    }
    let mut node = yaml::parse(file, text, 1, diagnostics)?;
    let (mut body, mut seal) = (None, None);
    if let Shape::Map(entries) = &mut node.shape
        && let Some(at) = entries.iter().position(|entry| entry.key == "body" || entry.key == "正文")
    {
        let entry = entries.remove(at);
        if let Some(text) = entry.value.scalar() {
            body = Some(markdown::document(text, &origin(entry.value.spot.line, Some("body")), diagnostics));
            seal = Some(digest::prose(text));
        }
    }
    Some((node, body, seal))
}

fn record(
    file: &SitePath,
    text: &str,
    of: usize,
    id: &str,
    lang: Lang,
    reading: &Reading<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Record> {
    let schema = &reading.schemas.types[of];
    check_id(file, id, 1, schema, diagnostics);
    let mut noted = Diagnostics::new();
    let Some((node, body, prose)) = halves(file, text, lang, &mut noted) else {
        diagnostics.append(noted);
        return None;
    };
    // What a broken line said is not also missing.
    let whole =
        lang == reading.site.default_lang() && !noted.iter().any(|found| found.severity == Severity::Error && found.code != UNNAMED);
    let record = from_node(file, &node, body, of, id, lang, Ask { whole, in_cells: false, line: 1, prose }, reading, diagnostics);
    if is_draft(&record.fields, schema, reading.site) {
        noted.soften(&[UNNAMED]);
    }
    diagnostics.append(noted);
    Some(record)
}

/// The code of a picture that nobody has described yet: a draft may wait for it.
const UNNAMED: &str = "image-alt-missing";

/// How a record is asked for.
struct Ask {
    /// Must it be complete, or does it only say what differs in its language?
    whole: bool,
    /// Do its lists stand in cells?
    in_cells: bool,
    /// Its first line.
    line: u32,
    /// The digest of its Markdown.
    prose: Option<Seal>,
}

#[allow(clippy::too_many_arguments, reason = "the parts of one record; a struct would only rename them")]
fn from_node(
    file: &SitePath,
    node: &Node,
    body: Option<Document>,
    of: usize,
    id: &str,
    lang: Lang,
    ask: Ask,
    reading: &Reading<'_>,
    diagnostics: &mut Diagnostics,
) -> Record {
    let schema = &reading.schemas.types[of];
    let sample = schema.with_role(Role::Sample).is_some_and(|field| {
        let said = node.map().unwrap_or_default().iter().find(|entry| field.is_spelt(entry.key.trim()));
        said.and_then(|entry| entry.value.scalar()).is_some_and(|text| matches!(text.trim(), "true" | "是" | "yes"))
    });
    let reader = Reader { file, zone: &reading.site.zone, lang, in_cells: ask.in_cells, sample };
    let before = diagnostics.errors();
    let fields = reader.fields(node, &schema.fields, &reading.tables[of], "", diagnostics);
    let start = Spot { line: ask.line, column: 1, length: 0 };
    let mut noted = Diagnostics::new();
    check::bounds(&fields, &schema.fields, file, "", &mut noted);
    if ask.whole {
        check::required(&fields, schema, node, file, start, body.is_some(), &mut noted);
    }
    if is_draft(&fields, schema, reading.site) {
        // What is still being written may be incomplete: it holds up nobody else's work.
        noted.soften(&["field-missing", "count-wrong"]);
    }
    let broken =
        diagnostics.errors() > before || noted.iter().any(|found| found.code != "field-missing" && found.severity == Severity::Error);
    diagnostics.append(noted);
    if ask.whole && !broken {
        check::rules(&fields, schema, file, start, diagnostics);
    }
    let id = RecordId { of: schema.name.clone(), id: Arc::from(id) };
    let seal = digest::record(node, &schema.fields, &reading.tables[of], ask.prose);
    Record { id, of, lang, fields, body, file: file.clone(), line: ask.line, seal }
}

/// Is the record still being written?
pub(super) fn is_draft(fields: &Fields, schema: &Type, site: &Site) -> bool {
    match schema.with_role(Role::State).and_then(|field| fields.value(&field.key)) {
        Some(Value::Choice(word)) => word == "draft",
        _ => site.review_required,
    }
}

/// One row of a table: the record, and a sidecar for every `label@en` column that has a cell.
fn rows(file: &SitePath, row: &Node, of: usize, reading: &Reading<'_>, result: &mut Read) {
    let schema = &reading.schemas.types[of];
    let line = row.spot.line;
    let (mut own, mut others): (Vec<_>, Vec<(Lang, Vec<_>)>) = (Vec::new(), Vec::new());
    let mut id = None;
    for entry in row.map().unwrap_or_default() {
        if matches!(entry.key.trim(), "id" | "编号") {
            id = entry.value.scalar().map(|text| (text.trim().to_string(), entry.value.spot));
        } else if let Some((key, code)) = entry.key.rsplit_once('@') {
            match Lang::parse(code.trim()).filter(|lang| reading.site.languages.contains(lang)) {
                Some(lang) => {
                    let entry = crate::source::Entry { key: key.trim().to_string(), ..entry.clone() };
                    match others.iter_mut().find(|(known, _)| *known == lang) {
                        Some((_, entries)) => entries.push(entry),
                        None => others.push((lang, vec![entry])),
                    }
                }
                None => result.diagnostics.push(messages::read::language_not_of_site(file, code, Lang::parse(code.trim()).is_some())),
            }
        } else {
            own.push(entry.clone());
        }
    }
    let Some((id, _)) = id.filter(|(id, _)| !id.is_empty()) else {
        result.diagnostics.push(messages::read::row_without_id(row.spot.at(file)));
        return;
    };
    check_id(file, &id, line, schema, &mut result.diagnostics);
    let default = reading.site.default_lang();
    for (lang, entries) in std::iter::once((default, own)).chain(others) {
        let node = Node { spot: row.spot, shape: Shape::Map(nest(entries)) };
        let ask = Ask { whole: lang == default, in_cells: true, line, prose: None };
        let record = from_node(file, &node, None, of, &id, lang, ask, reading, &mut result.diagnostics);
        result.records.push(record);
    }
}

/// Dotted headers become groups: `ground.clear_height_m`.
pub fn nest(entries: Vec<crate::source::Entry>) -> Vec<crate::source::Entry> {
    let mut nested: Vec<crate::source::Entry> = Vec::new();
    for mut entry in entries {
        let Some((first, rest)) = entry.key.split_once('.').map(|(a, b)| (a.to_string(), b.to_string())) else {
            nested.push(entry);
            continue;
        };
        entry.key = rest;
        match nested.iter_mut().find(|known| known.key == first) {
            Some(crate::source::Entry { value: Node { shape: Shape::Map(inner), .. }, .. }) => inner.push(entry),
            _ => {
                let spot = entry.spot;
                let value = Node { spot: entry.value.spot, shape: Shape::Map(vec![entry]) };
                nested.push(crate::source::Entry { key: first, spot, value });
            }
        }
    }
    for entry in &mut nested {
        if let Shape::Map(inner) = &mut entry.value.shape {
            *inner = nest(std::mem::take(inner));
        }
    }
    nested
}

fn intro(file: &SitePath, text: &str, folder: &str, lang: Lang, reading: &Reading<'_>, diagnostics: &mut Diagnostics) -> Option<Intro> {
    let (node, body, _) = halves(file, text, lang, diagnostics)?;
    let mut intro = Intro { folder: folder.to_string(), lang, title: None, summary: None, body, file: file.clone() };
    // An introduction has the words of the type's own title and summary fields, and nothing else.
    let any = reading.schemas.types.iter().find(|of| of.folder == folder).or(reading.schemas.types.first())?;
    for entry in node.map().unwrap_or_default() {
        let text = entry.value.scalar().map(str::to_string);
        let is = |role| any.with_role(role).is_some_and(|field| field.is_spelt(&entry.key));
        if is(Role::Title) || entry.key == "title" {
            intro.title = text;
        } else if is(Role::Summary) || entry.key == "summary" {
            intro.summary = text;
        } else {
            let near = nearest(&entry.key, ["title", "summary"]);
            diagnostics.push(messages::read::intro_field_unknown(entry.spot.at(file), &entry.key, near));
        }
    }
    Some(intro)
}

/// May it be an id of a type: lower-case letters, digits and hyphens; below one another where the type allows that?
pub fn is_id(id: &str, schema: &Type) -> bool {
    let part_ok = |part: &str| {
        let plain = part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        plain && (1..=64).contains(&part.len()) && !part.starts_with('-')
    };
    if schema.at_root { id.split('/').all(part_ok) } else { part_ok(id) }
}

fn check_id(file: &SitePath, id: &str, line: u32, schema: &Type, diagnostics: &mut Diagnostics) {
    if !is_id(id, schema) {
        diagnostics.push(messages::read::id_pattern(crate::diagnostic::Place::new(file, line, 1), id));
    }
}
