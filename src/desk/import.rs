//! A sheet beside a site: which records are new, which change and how, and everything that is wrong, each at its cell.

use super::cell::Reader;
use super::judge;
use super::merge::{Merged, Merger};
use super::rows::{Draft, Sheet};
use super::source::{self, Known};
use super::{Grid, Spot};
use crate::diagnostic::{Diagnostics, Said, SitePath, messages, nearest, said};
use crate::plan::clashes::is_possible;
use crate::project::Snapshot;
use crate::read::keys::KeyTable;
use crate::read::{self, Project};
use crate::resolve::Options;
use crate::schema::{Role, Schemas, Type};
use crate::source::edit::{self, Change, Plain, Step};
use crate::value::pinyin::Readings;
use std::collections::{BTreeMap, BTreeSet};

/// The longest id that is made of a title, in bytes.
const LONGEST_ID: usize = 48;

/// What is asked of an import.
pub struct Ask<'a> {
    /// The name of the workbook.
    pub file: &'a SitePath,
    /// The sheet.
    pub grid: &'a Grid,
    /// The index of the type.
    pub of: usize,
    /// Do empty cells take values away?
    pub clear: bool,
    /// The instant and whether drafts count, for judging the site afterwards.
    pub options: Options,
}

/// What an import would do.
#[derive(Default)]
pub struct Import {
    /// The records of the sheet, in its order.
    pub outcomes: Vec<Outcome>,
    /// Records on disk that the sheet does not name: id, title, file. They stay.
    pub missing: Vec<(String, String, SitePath)>,
    /// The new bytes of files.
    pub files: BTreeMap<SitePath, Vec<u8>>,
}

/// One record of the sheet.
pub struct Outcome {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its file.
    pub file: SitePath,
    /// What happens to it.
    pub what: What,
    /// Its first row in the sheet.
    pub row: u32,
    /// Items on disk that the sheet does not have. They stay.
    pub kept: Vec<String>,
}

/// What happens to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It is made, as a draft.
    New(Vec<FieldChange>),
    /// It changes.
    Changed(Vec<FieldChange>),
    /// Nothing.
    Same,
}

/// One field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The way to the field in English keys.
    pub key: String,
    /// The same in Chinese.
    pub label: String,
    /// Of which item of a list.
    pub item: Option<String>,
    /// What it was; empty where there was nothing.
    pub old: String,
    /// What it becomes; empty where it is taken away.
    pub new: String,
    /// The cell that says so; none where an empty one does.
    pub spot: Option<Spot>,
}

/// The sheet and the type that are meant: the type by its word or by the name of the sheet or file.
pub fn pick(
    file: &SitePath,
    grids: &[Grid],
    schemas: &Schemas,
    of: Option<&str>,
    sheet: Option<&str>,
) -> Result<(usize, usize), (Said, Option<Said>)> {
    let named = |word: &str| {
        let word = word.trim();
        let is = |of: &Type| {
            *of.name == *word
                || of.folder == word
                || of.label.zh == word
                || of.label.en.eq_ignore_ascii_case(word)
                || of.title.as_ref().is_some_and(|title| title.zh == word)
        };
        schemas.types.iter().position(is)
    };
    let wanted = match of {
        None => None,
        Some(word) => Some(named(word).ok_or_else(|| {
            let near = nearest(word, schemas.types.iter().flat_map(|of| [&*of.name, of.label.zh.as_str()]));
            let hint = near.map(|near| said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")));
            (said(format!("没有“{word}”这种内容。"), format!("There is no type “{word}”.")), hint)
        })?),
    };
    let seen: Vec<usize> = (0..grids.len()).filter(|at| !grids[*at].is_hidden && !grids[*at].cells.is_empty()).collect();
    let names: Vec<&str> = seen.iter().map(|at| grids[*at].name.as_str()).collect();
    let list = || {
        Some(said(
            format!("工作表：{}。用 --sheet 指明。", names.join("、")),
            format!("Sheets: {}. Name one with --sheet.", names.join(", ")),
        ))
    };
    let at = match sheet {
        Some(name) => grids
            .iter()
            .position(|grid| grid.name == name)
            .ok_or_else(|| (said(format!("没有工作表“{name}”。"), format!("There is no sheet “{name}”.")), list()))?,
        None => {
            let fits = |at: &usize| named(&grids[*at].name).is_some_and(|found| wanted.is_none_or(|wanted| wanted == found));
            let fitting: Vec<usize> = seen.iter().copied().filter(fits).collect();
            match (fitting.as_slice(), seen.as_slice()) {
                ([one], _) | ([], [one]) => *one,
                (_, []) => return Err((said("表格是空的。", "The workbook is empty."), None)),
                _ => return Err((said("不知道导入哪张工作表。", "It is not clear which sheet is meant."), list())),
            }
        }
    };
    let stem = file.name().rsplit_once('.').map_or(file.name(), |(stem, _)| stem);
    let of = wanted.or_else(|| named(&grids[at].name)).or_else(|| named(stem));
    of.map(|of| (at, of)).ok_or_else(|| {
        let words: Vec<String> = schemas.types.iter().map(|of| format!("{}（{}）", of.name, of.label.zh)).collect();
        let hint = said(format!("用 --type 指明：{}", words.join("、")), format!("Name it with --type: {}", words.join(", ")));
        (said("不知道表里是哪种内容。", "It is not clear of which type the records are."), Some(hint))
    })
}

/// Works out what an import does. With an error nothing may be written.
pub fn import(ask: &Ask<'_>, project: &Project, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Import {
    let of = &project.schemas.types[ask.of];
    let keys = KeyTable::new(&of.fields);
    let sheet = Sheet { of, keys: &keys, file: ask.file, grid: ask.grid };
    let mut import = Import::default();
    let Some(head) = sheet.head(diagnostics) else { return import };
    let titles = source::titles(project);
    let zone = &project.site.zone;
    let drafts = sheet.drafts(&head, &Reader { file: ask.file, grid: ask.grid, zone, titles: &titles }, diagnostics);
    let records = source::records(project, snapshot, ask.of);
    let merger = Merger { of, keys: &keys, head: &head, zone, clear: ask.clear };
    let readings = Readings::new(project.theme.search.readings.iter().chain(&project.site.search.readings));
    let mut names = Names { ask, of, records: &records, taken: records.keys().cloned().collect(), readings };
    let mut touched: BTreeMap<SitePath, Vec<judge::Touched<'_>>> = BTreeMap::new();
    let mut named = BTreeSet::new();
    for draft in &drafts {
        let Some(id) = names.of(draft, diagnostics) else { continue };
        named.insert(id.clone());
        let known = records.get(&id);
        let spot = draft.id.as_ref().or(draft.title.as_ref()).map_or(Spot::new(draft.rows[0], 1), |(_, spot)| *spot);
        // A file that could not be read is no record yet, and is never written over.
        let unread = || snapshot.texts.keys().find(|file| known.is_none() && stands_for(file, &of.folder, &id)).map(|file| (file, None));
        let broken = known.and_then(|known| Some((&known.file, known.node.as_ref().err()?.first().cloned())));
        if let Some((file, found)) = broken.or_else(unread) {
            let note = messages::desk::record_unreadable(ask.grid.place(ask.file, spot), file, found.as_ref());
            diagnostics.push(ask.grid.said_of(ask.file, spot, note));
            continue;
        }
        let node = known.and_then(|known| known.node.as_ref().ok());
        let mut merged = merger.merge(draft, node, known.and_then(|known| known.body.as_deref()));
        merged.faults.drain(..).for_each(|(spot, found)| diagnostics.push(ask.grid.said_of(ask.file, spot, found)));
        if known.is_none() {
            begin(of, &mut merged, ask, diagnostics);
        }
        let file = known.map_or_else(|| SitePath::new(&format!("content/{}/{id}.md", of.folder)), |known| known.file.clone());
        let title =
            draft.title.as_ref().map(|(title, _)| title.clone()).or_else(|| known.map(|known| known.title.clone())).unwrap_or_default();
        let what = match (known, merged.fields.is_empty()) {
            (None, _) => What::New(std::mem::take(&mut merged.fields)),
            (Some(_), true) => What::Same,
            (Some(_), false) => What::Changed(std::mem::take(&mut merged.fields)),
        };
        if what != What::Same {
            // Several records of a table are changed one after the other; a new file begins with nothing but its fences.
            let bytes =
                import.files.get(&file).cloned().or_else(|| known.and_then(|_| snapshot.texts.get(&file).map(|bytes| bytes.to_vec())));
            let bytes = bytes.unwrap_or_else(|| b"---\n---\n".to_vec());
            let after = match known.and_then(|known| known.row) {
                Some(row) => super::row::changed(&bytes, row, &of.fields, &merged.changes).map_err(|_| {
                    let found = messages::desk::record_in_table(ask.grid.place(ask.file, spot), &file, row);
                    vec![ask.grid.said_of(ask.file, spot, found)]
                }),
                None => {
                    // A new file is made in the order of its changes.
                    let order = known.map(|_| merger.order(node)).unwrap_or_default();
                    let order: Vec<&str> = order.iter().map(String::as_str).collect();
                    edit::apply_bytes(&file, &bytes, &merged.changes, &order).map_err(|refused| refused.diagnostics())
                }
            };
            match after {
                Ok(bytes) => {
                    import.files.insert(file.clone(), bytes);
                    let line = known.and_then(|known| known.row);
                    touched.entry(file.clone()).or_default().push(judge::Touched { draft, rows: merged.rows, spot, line });
                }
                Err(found) => {
                    found.into_iter().for_each(|one| diagnostics.push(one));
                    continue;
                }
            }
        }
        import.outcomes.push(Outcome { id, title, file, what, row: draft.rows[0], kept: merged.kept });
    }
    let missing = records.values().filter(|known| !named.contains(&known.id));
    import.missing = missing.map(|known| (known.id.clone(), known.title.clone(), known.file.clone())).collect();
    judge::judge(ask, of, &head, &import, &touched, snapshot, diagnostics);
    import
}

/// Is it the file of a record in the language of the site?
fn stands_for(file: &SitePath, folder: &str, id: &str) -> bool {
    let inside = file.as_str().strip_prefix("content/").and_then(|rest| rest.strip_prefix(folder)).and_then(|rest| rest.strip_prefix('/'));
    let stem = inside.and_then(|inside| inside.rsplit_once('.')).filter(|(_, ending)| *ending != "csv").map(|(stem, _)| stem);
    stem.is_some_and(|stem| stem == id || stem.rsplit('/').next() == Some(id))
}

/// A new record begins as a draft, whatever the sheet says.
fn begin(of: &Type, merged: &mut Merged, ask: &Ask<'_>, diagnostics: &mut Diagnostics) {
    let Some(field) = of.with_role(Role::State) else { return };
    let is_state = |change: &Change| matches!(change, Change::Set { path, .. } if *path == [Step::Key(field.key.to_string())]);
    let said = merged.fields.iter().find(|change| *change.key == *field.key && change.item.is_none());
    if let Some(spot) = said.filter(|change| change.new != draft_word(field)).and_then(|change| change.spot) {
        let found = messages::desk::state_is_draft(ask.grid.place(ask.file, spot), &field.label);
        diagnostics.push(ask.grid.said_of(ask.file, spot, found));
    }
    merged.changes.retain(|change| !is_state(change));
    merged.fields.retain(|change| *change.key != *field.key || change.item.is_some());
    // In the order of the type: a new file reads like one that was written by hand.
    let place = |key: &str| {
        let at = of.fields.iter().position(|field| *field.key == *key);
        match at.and_then(|at| of.fields[at].role) {
            Some(Role::Title) => (0, at),
            Some(Role::Summary) => (1, at),
            _ => (2, at),
        }
    };
    let rank = |change: &Change| match change {
        Change::Set { path, .. } | Change::Remove { path } => match path.first() {
            Some(Step::Key(key)) => place(key),
            _ => (3, None),
        },
        Change::Body(_) => (3, None),
    };
    merged.changes.sort_by_key(rank);
    let draft_state = Change::Set { path: vec![Step::Key(field.key.to_string())], value: Plain::Text("draft".to_string()) };
    merged.changes.insert(0, draft_state);
}

fn draft_word(field: &crate::schema::Field) -> String {
    crate::value::show::show(&crate::value::Value::Choice("draft".to_string()), &field.kind, crate::value::Lang::Zh).text
}

/// Which id a record of the sheet has.
struct Names<'a> {
    ask: &'a Ask<'a>,
    of: &'a Type,
    records: &'a BTreeMap<String, Known>,
    taken: BTreeSet<String>,
    readings: Readings,
}

impl Names<'_> {
    fn of(&mut self, draft: &Draft, diagnostics: &mut Diagnostics) -> Option<String> {
        let grid = self.ask.grid;
        let mut note = |spot: Spot, found| diagnostics.push(grid.said_of(self.ask.file, spot, found));
        if let Some((id, spot)) = &draft.id {
            let plain = read::is_id(id, self.of) && is_possible(id);
            if !plain && !self.records.contains_key(id) {
                note(*spot, messages::read::id_pattern(grid.place(self.ask.file, *spot), id));
                return None;
            }
            self.taken.insert(id.clone());
            return Some(id.clone());
        }
        let (title, spot) = draft.title.as_ref()?;
        let known: Vec<&Known> = self.records.values().filter(|known| known.title == *title).collect();
        match known.as_slice() {
            [one] => return Some(one.id.clone()),
            [] => {}
            several => {
                let ids: Vec<&str> = several.iter().map(|known| known.id.as_str()).collect();
                note(*spot, messages::desk::title_ambiguous(grid.place(self.ask.file, *spot), title, &ids));
                return None;
            }
        }
        let slug = self.readings.slug(title, LONGEST_ID);
        if !read::is_id(&slug, self.of) || !is_possible(&slug) {
            note(*spot, messages::desk::id_needed(grid.place(self.ask.file, *spot), title));
            return None;
        }
        let id =
            (1..).map(|number| if number == 1 { slug.clone() } else { format!("{slug}-{number}") }).find(|id| !self.taken.contains(id))?;
        self.taken.insert(id.clone());
        Some(id)
    }
}
