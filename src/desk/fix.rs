//! What can be repaired without asking what was meant: the slips that reading mends in memory, encodings, line ends,
//! brackets of document numbers, spaces in targets of links.
//!
//! Every repair is proven before it is offered: the repaired site is read again, and each record must say the same as
//! before, apart from what the repair is about. A file that would say anything else is refused and stays as it is.

mod numbers;
mod spaces;
mod typed;

use super::Edit;
use super::same::{self, Saying};
use crate::diagnostic::{Diagnostic, Diagnostics, Said, SitePath, said};
use crate::project::Snapshot;
use crate::read::{self, Project};
use crate::source::{Node, Shape, Spot, yaml};
use std::collections::BTreeMap;
use std::sync::Arc;
use typed::Typed;

/// A file that can be repaired.
#[derive(Debug, Clone)]
pub struct Repair {
    /// The bytes.
    pub edit: Edit,
    /// The text as it is read now.
    pub old: String,
    /// The text as it will be read.
    pub new: String,
    /// What a comparison of the texts does not show: encoding, byte order mark, line ends.
    pub notes: Vec<Said>,
}

/// What could be done to a site.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files that can be repaired, by their path.
    pub repairs: Vec<Repair>,
    /// The files that are left alone, with the reason.
    pub refused: Vec<(SitePath, Said)>,
}

/// A file on its way through the stages.
struct Work {
    typed: Typed,
    now: String,
}

type Works = BTreeMap<SitePath, Work>;

/// Works out what can be repaired in the files that are wanted. `None` where the site cannot be read at all.
pub fn plan(snapshot: &Snapshot, wanted: &dyn Fn(&SitePath) -> bool) -> Option<Plan> {
    let mut plan = Plan::default();
    let mut works = Works::new();
    for (path, bytes) in snapshot.texts.iter().filter(|(path, _)| is_ours(path) && wanted(path)) {
        match Typed::of(path, bytes) {
            Ok(typed) => {
                let now = typed.text.clone();
                works.insert(path.clone(), Work { typed, now });
            }
            Err(Some(reason)) => plan.refused.push((path.clone(), reason)),
            // What cannot be decoded is told by `check`.
            Err(None) => {}
        }
    }
    let (first, _) = read_site(snapshot)?;
    let mut before = sayings(&first, &|text| text.to_string());

    // Slips, encodings and line ends: nothing at all may be read otherwise.
    let edits: Vec<(SitePath, String)> = works.iter().filter_map(|(path, work)| Some((path.clone(), slips(path, &work.now)?))).collect();
    take(&mut works, edits);
    loop {
        let (project, noted) = read_site(&with(snapshot, &works))?;
        let after = sayings(&project, &|text| text.to_string());
        let changed: Vec<SitePath> = works
            .iter()
            .filter(|(_, work)| work.now != work.typed.text)
            .filter(|(path, work)| before.get(*path) != after.get(*path) || !same_tree(path, &work.typed.text, &work.now))
            .map(|(path, _)| path.clone())
            .collect();
        if changed.is_empty() {
            numbers(snapshot, &mut works, noted, before.clone(), &mut plan)?;
            break;
        }
        refuse(&mut works, changed, &mut plan);
    }

    // Spaces in targets, over what the stages before have made.
    let (project, _) = read_site(&with(snapshot, &works))?;
    before = sayings(&project, &|text| text.to_string());
    let kept: BTreeMap<SitePath, String> = works.iter().map(|(path, work)| (path.clone(), work.now.clone())).collect();
    let edits: Vec<(SitePath, String)> =
        works.iter().filter_map(|(path, work)| Some((path.clone(), spaces::mend(path, &work.now, snapshot)?))).collect();
    if !edits.is_empty() {
        let paths: Vec<SitePath> = edits.iter().map(|(path, _)| path.clone()).collect();
        take(&mut works, edits);
        let (project, _) = read_site(&with(snapshot, &works))?;
        let after = sayings(&project, &|text| text.to_string());
        for path in paths {
            if !spaces::is_sound(before.get(&path), after.get(&path)) {
                put_back(&mut works, &path, &kept);
                plan.refused.push((path, not_the_same()));
            }
        }
    }
    plan.repairs = works.into_iter().filter_map(|(path, work)| work.repair(path)).collect();
    Some(plan)
}

/// Document numbers: where reading named one, it is written as it should be, and nothing else changes.
fn numbers(
    snapshot: &Snapshot,
    works: &mut Works,
    noted: Diagnostics,
    before: BTreeMap<SitePath, Vec<Saying>>,
    plan: &mut Plan,
) -> Option<()> {
    let mut told: BTreeMap<SitePath, Vec<&Diagnostic>> = BTreeMap::new();
    for found in noted.iter().filter(|found| numbers::CODES.contains(&found.code)) {
        if let Some(place) = found.place.as_ref().filter(|place| works.contains_key(&place.file)) {
            told.entry(place.file.clone()).or_default().push(found);
        }
    }
    let kept: BTreeMap<SitePath, String> = works.iter().map(|(path, work)| (path.clone(), work.now.clone())).collect();
    let edits: Vec<(SitePath, String)> =
        told.iter().filter_map(|(path, found)| Some((path.clone(), numbers::mend(path, &works.get(path)?.now, found)?))).collect();
    if edits.is_empty() {
        return Some(());
    }
    let paths: Vec<SitePath> = edits.iter().map(|(path, _)| path.clone()).collect();
    take(works, edits);
    let (project, _) = read_site(&with(snapshot, works))?;
    let after = sayings(&project, &numbers::lens);
    for path in paths {
        // A number that was refused had no value: its field is the only one that may appear.
        let fields: Vec<&str> = told[&path]
            .iter()
            .filter(|found| found.code == numbers::CODES[0])
            .filter_map(|found| found.place.as_ref()?.field.as_deref()?.split('.').next())
            .collect();
        let bare = |list: Option<&Vec<Saying>>| -> Vec<Saying> {
            list.into_iter().flatten().map(|saying| saying.seen(&numbers::lens).without(&fields)).collect()
        };
        if bare(before.get(&path)) != bare(after.get(&path)) {
            put_back(works, &path, &kept);
            plan.refused.push((path, not_the_same()));
        }
    }
    Some(())
}

/// Texts of the content that people write. Attachments stay as they were made, ledgers are never touched.
fn is_ours(path: &SitePath) -> bool {
    let text = path.as_str();
    let ours = text.starts_with("content/") && !text.starts_with("content/media/") && !text.starts_with(read::ledger::FOLDER);
    ours && matches!(path.extension().as_str(), "md" | "markdown" | "yaml" | "yml" | "csv")
}

fn not_the_same() -> Said {
    said(
        "改后读出来的内容会与现在不同，这个文件没有改，请人工处理。",
        "The record would no longer say the same; the file was left alone and needs a person.",
    )
}

fn read_site(snapshot: &Snapshot) -> Option<(Project, Diagnostics)> {
    let mut noted = Diagnostics::new();
    let project = read::project(snapshot, &mut noted)?;
    Some((project, noted))
}

/// What every file says.
fn sayings(project: &Project, lens: &dyn Fn(&str) -> String) -> BTreeMap<SitePath, Vec<Saying>> {
    let mut all: BTreeMap<SitePath, Vec<Saying>> = BTreeMap::new();
    for record in &project.records {
        all.entry(record.file.clone()).or_default().push(same::saying(record, lens));
    }
    for intro in &project.intros {
        all.entry(intro.file.clone()).or_default().push(same::introduction(intro, lens));
    }
    all
}

/// The site with the texts as they are now.
fn with(snapshot: &Snapshot, works: &Works) -> Snapshot {
    let mut changed = snapshot.clone();
    for (path, work) in works.iter().filter(|(_, work)| work.now != work.typed.text) {
        changed.texts.insert(path.clone(), Arc::from(work.now.as_bytes()));
    }
    changed
}

fn take(works: &mut Works, edits: Vec<(SitePath, String)>) {
    for (path, text) in edits {
        if let Some(work) = works.get_mut(&path) {
            work.now = text;
        }
    }
}

fn put_back(works: &mut Works, path: &SitePath, kept: &BTreeMap<SitePath, String>) {
    if let (Some(work), Some(text)) = (works.get_mut(path), kept.get(path)) {
        work.now.clone_from(text);
    }
}

fn refuse(works: &mut Works, changed: Vec<SitePath>, plan: &mut Plan) {
    for path in changed {
        works.remove(&path);
        plan.refused.push((path, not_the_same()));
    }
}

/// A text whose YAML is written as reading takes it; `None` where it is written so already.
fn slips(path: &SitePath, text: &str) -> Option<String> {
    let mut noted = Diagnostics::new();
    let mend = |yaml: &str, first: u32| crate::source::slips::mend(path, yaml, first, &mut Diagnostics::new()).text.into_owned();
    let mended = match path.extension().as_str() {
        "md" | "markdown" => {
            let halves = crate::source::front_matter::split(path, text, &mut noted)?;
            let front = halves.front?;
            let lines = halves.front_line.saturating_sub(1) as usize;
            let start: usize = text.split_inclusive('\n').take(lines).map(str::len).sum();
            let end = start + front.len();
            format!("{}{}{}", text.get(..start)?, mend(front, halves.front_line), text.get(end..)?)
        }
        "csv" => return None,
        _ => mend(text, 1),
    };
    (mended != text).then_some(mended)
}

/// Are both texts the same tree? Asked of YAML files that hold no record: settings, types, promises.
fn same_tree(path: &SitePath, old: &str, new: &str) -> bool {
    if !matches!(path.extension().as_str(), "yaml" | "yml") {
        return true;
    }
    let tree = |text: &str| yaml::parse(path, text, 1, &mut Diagnostics::new()).map(|node| placeless(&node));
    tree(old) == tree(new)
}

fn placeless(node: &Node) -> Node {
    let shape = match &node.shape {
        Shape::List(items) => Shape::List(items.iter().map(placeless).collect()),
        Shape::Map(entries) => Shape::Map(
            entries
                .iter()
                .map(|entry| crate::source::Entry { key: entry.key.clone(), spot: Spot::default(), value: placeless(&entry.value) })
                .collect(),
        ),
        other => other.clone(),
    };
    Node { spot: Spot::default(), shape }
}

impl Work {
    /// The repair, where there is anything to do.
    fn repair(self, path: SitePath) -> Option<Repair> {
        let after = self.typed.bytes_of(&self.now);
        (after != self.typed.bytes).then(|| Repair {
            edit: Edit { path, from: None, before: Some(self.typed.bytes.clone()), after: Some(after) },
            old: self.typed.text,
            new: self.now,
            notes: self.typed.notes,
        })
    }
}
