//! AUDIT: judges the finished site by the facts of its pages: dead links and anchors, doubled ids, weight, alternative
//! texts, leaks.
//!
//! In: [`Facts`] of every page, taken while it was rendered, so that no page is kept. Out: diagnostics. Never: reads a
//! file or changes a page.
//!
//! [`changes`] compares two builds, for the person who signs.

pub mod changes;

pub mod packed;
pub mod report;
mod scan;

use crate::diagnostic::{Diagnostics, messages, nearest};
use crate::plan::boards::TRACE;
use crate::project::Blob;
use crate::read::Trace;
use crate::render::kit::without_pictures;
use crate::resolve::{Catalog, url::encode};
use crate::source::lookup::{Known, Lookup};
use packed::{Secrets, Sight};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What the audit needs to know of one item of the output.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Its path in the output.
    pub path: String,
    /// The ids of its elements, in order, each with a line break behind it: one text for a page, not one for each.
    pub ids: String,
    /// Its links inside the site that are to be judged: those with an anchor, and those that lead to no known item.
    pub links: Vec<(String, Option<String>)>,
    /// Its links to be judged that lead from the site to an anchor of a companion, or from a companion to the site.
    pub across: Vec<(String, Option<String>)>,
    /// The sources of images without an `alt`.
    pub without_alt: Vec<String>,
    /// Its size in bytes.
    pub bytes: usize,
    /// Secret texts that stand in it.
    pub leaks: Vec<String>,
    /// How far it could be looked into.
    pub sight: Sight,
    /// How many links it has: inside the site, to others.
    pub linked: (usize, usize),
    /// How many pictures it shows.
    pub images: usize,
    /// How many headings of the first level it has.
    pub h1: usize,
    /// Does it name its language, and does it have a main part and a title?
    pub frame: Frame,
    /// The elements that the trace seeks on it and that it holds.
    pub elements: Vec<String>,
}

/// What a page needs so that it can be read out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Frame {
    /// `<html lang>`.
    pub lang: bool,
    /// `<main>`.
    pub main: bool,
    /// `<title>`.
    pub title: bool,
}

/// Files above this are films and archives of pictures, in bytes; they are not looked into.
const LARGEST_LOOKED_INTO: usize = 32_000_000;
/// A page above this is a warning, in bytes.
const HEAVY: usize = 1_500_000;

/// What every page is looked at with.
pub struct Lens<'a> {
    /// The path that root-absolute links begin with.
    pub base: &'a str,
    /// Texts that no output may hold.
    pub texts: &'a [String],
    /// The same, prepared.
    secrets: Secrets,
    /// The paths of all items of the site.
    pub paths: Known<&'a str>,
    /// Those of folders with a page, without `/index.html`, as links spell them.
    folders: Known<Cow<'a, str>>,
    /// What companions publish below the site.
    pub beside: Option<&'a BTreeSet<String>>,
    /// For the pages of a companion: where it lies.
    pub below: Option<Below<'a>>,
    /// The elements that the trace seeks, by the path of their page.
    pub elements: Lookup<String, Vec<&'a str>>,
}

/// Where a companion lies.
#[derive(Debug, Clone, Copy)]
pub struct Below<'a> {
    /// The first part of its addresses below the site.
    pub at: &'a str,
    /// The path that root-absolute links of the site begin with.
    pub base: &'a str,
    /// The address of the site, where it has one.
    pub origin: Option<&'a str>,
}

/// The elements that a trace seeks, by the path of their page in the output.
pub fn sought(trace: Option<&Trace>) -> Lookup<String, Vec<&str>> {
    let mut sought: Lookup<String, Vec<&str>> = Lookup::default();
    for clause in trace.map(|trace| &trace.clauses).into_iter().flatten() {
        if let Some(path) = clause.output() {
            sought.entry(path).or_default().push(&clause.element);
        }
    }
    sought
}

/// Judges a trace: every clause with a page must find its element there.
pub fn trace(pages: &[Facts], trace: &Trace, diagnostics: &mut Diagnostics) {
    let known: Lookup<&str, &Facts> = pages.iter().map(|facts| (facts.path.as_str(), facts)).collect();
    for clause in &trace.clauses {
        let (Some(path), Some(page)) = (clause.output(), &clause.page) else { continue };
        match known.get(path.as_str()) {
            None => {
                let folders = known.keys().filter_map(|path| path.strip_suffix("/index.html"));
                diagnostics.push(messages::theme::trace_page_missing(clause.place.clone(), &clause.no, page, nearest(page, folders)));
            }
            Some(there) if !there.elements.contains(&clause.element) => {
                diagnostics.push(messages::theme::trace_element_missing(clause.place.clone(), &clause.no, page, &clause.element));
            }
            Some(_) => {}
        }
    }
}

impl<'a> Lens<'a> {
    /// Prepares what pages are looked at with.
    pub fn new(base: &'a str, texts: &'a [String], paths: Known<&'a str>, elements: Lookup<String, Vec<&'a str>>) -> Lens<'a> {
        let spelt = |path: &&'a str| {
            let folder = path.strip_suffix("/index.html")?;
            let plain = folder.is_ascii() && !folder.contains('%');
            Some(if plain { Cow::Borrowed(folder) } else { Cow::Owned(encode(folder)) })
        };
        let folders = paths.iter().filter_map(spelt).collect();
        Lens { base, texts, secrets: Secrets::new(texts), paths, folders, beside: None, below: None, elements }
    }
    fn named(&self, which: Vec<usize>) -> Vec<String> {
        which.into_iter().filter_map(|at| self.texts.get(at).cloned()).collect()
    }
}

/// The facts of one item.
pub fn facts(path: &str, bytes: &[u8], lens: &Lens<'_>) -> Facts {
    let mut facts = Facts { path: path.to_string(), bytes: bytes.len(), ..Facts::default() };
    facts.leaks = lens.named(lens.secrets.plain(bytes));
    if path.ends_with(".html") {
        scan::html(bytes, lens, &mut facts);
    }
    facts
}

/// Texts that must not leave the house, looked for once more in every piece of a kit that would.
pub fn kit(catalog: &Catalog, files: &[(String, Vec<u8>)], diagnostics: &mut Diagnostics) {
    let lens = Lens::new("", &catalog.secrets, Known::default(), Lookup::default());
    let texts = files.iter().filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)));
    for (path, text) in texts {
        for leak in facts(path, without_pictures(text).as_bytes(), &lens).leaks {
            diagnostics.push(messages::render::output_leak(path, &leak));
        }
    }
}

/// The facts of a file that is published as it is: secret texts are sought in it as far as it can be looked into.
pub fn copied(path: &str, blob: &Blob, lens: &Lens<'_>) -> Facts {
    let bytes = usize::try_from(blob.bytes).unwrap_or(usize::MAX);
    let mut facts = Facts { path: path.to_string(), bytes, ..Facts::default() };
    if lens.texts.is_empty() {
        return facts;
    }
    if bytes > LARGEST_LOOKED_INTO {
        facts.sight = Sight::Large;
        return facts;
    }
    // What cannot be read cannot be copied either, and is told by whoever writes it.
    if let Ok(content) = blob.read() {
        let (leaks, sight) = lens.secrets.deep(&content);
        facts.leaks = lens.named(leaks);
        facts.sight = sight;
    }
    facts
}

/// The ids of a page where they are asked for, and those that stand there again.
fn ids(page: &Facts, asked: bool) -> (Option<Known<&str>>, Vec<&str>) {
    let mut seen = Known::default();
    let twice = page.ids.lines().filter(|id| !seen.insert(*id)).collect();
    (asked.then_some(seen), twice)
}

/// Judges the whole site.
pub fn judge(pages: &[Facts], diagnostics: &mut Diagnostics) {
    let known: Lookup<&str, &Facts> = pages.iter().map(|facts| (facts.path.as_str(), facts)).collect();
    let aims: Known<&str> =
        pages.iter().flat_map(|page| &page.links).filter(|(_, anchor)| anchor.is_some()).map(|(target, _)| target.as_str()).collect();
    let all: Vec<_> = pages.par_iter().map(|page| ids(page, aims.contains(page.path.as_str()))).collect();
    let mut anchors: Lookup<&str, Known<&str>> = Lookup::default();
    for (page, (seen, twice)) in pages.iter().zip(all) {
        twice.into_iter().for_each(|id| diagnostics.push(messages::render::output_id_twice(&page.path, id)));
        anchors.extend(seen.map(|seen| (page.path.as_str(), seen)));
        if page.bytes > HEAVY && page.path.ends_with(".html") {
            diagnostics.push(messages::render::output_heavy(&page.path, page.bytes / 1024));
        }
        page.without_alt.iter().for_each(|src| diagnostics.push(messages::render::output_alt_missing(&page.path, src)));
        if let Some(why) = page.sight.said() {
            diagnostics.push(messages::render::output_unseen(&page.path, &why));
        }
        page.leaks.iter().for_each(|leak| diagnostics.push(messages::render::output_leak(&page.path, leak)));
    }
    for page in pages {
        let mut told = Known::default();
        for (target, anchor) in &page.links {
            if !told.insert((target, anchor)) {
                continue;
            }
            let Some(there) = known.get(target.as_str()) else {
                diagnostics.push(messages::render::output_link_dead(&page.path, target));
                continue;
            };
            // The page of the trace links to the elements that `trace` judges, each with the place where it was written.
            if page.path.ends_with(&format!("{TRACE}/index.html")) {
                continue;
            }
            let lost = anchor.as_deref().filter(|anchor| !anchor.is_empty() && there.path.ends_with(".html"));
            if let Some(anchor) = lost.filter(|anchor| !anchors.get(target.as_str()).is_some_and(|ids| ids.contains(anchor))) {
                diagnostics.push(messages::render::output_anchor_dead(&page.path, &format!("{target}#{anchor}")));
            }
        }
    }
}

/// Judges the links between a site and its companion at `at`: those of the site to an anchor there, and all that lead from
/// there to the site. `siblings` is what other companions hold.
pub fn across(site: &[Facts], own: &[Facts], at: &str, siblings: &BTreeSet<String>, of_site: &mut Diagnostics, of_own: &mut Diagnostics) {
    let index =
        |pages: &'_ [Facts]| -> Lookup<String, usize> { pages.iter().enumerate().map(|(nth, page)| (page.path.clone(), nth)).collect() };
    let (above, below) = (index(site), index(own));
    let is_lost = |there: &Facts, anchor: &Option<String>| {
        let anchor = anchor.as_deref().filter(|anchor| !anchor.is_empty() && there.path.ends_with(".html"));
        anchor.is_some_and(|anchor| !there.ids.lines().any(|id| id == anchor))
    };
    let named = |target: &str, anchor: &Option<String>| format!("{target}#{}", anchor.as_deref().unwrap_or_default());
    for page in site {
        for (target, anchor) in page.across.iter().collect::<BTreeSet<_>>() {
            let there = target.strip_prefix(at).and_then(|rest| rest.strip_prefix('/')).and_then(|path| below.get(path));
            if there.is_some_and(|nth| is_lost(&own[*nth], anchor)) {
                of_site.push(messages::render::output_anchor_dead(&page.path, &named(target, anchor)));
            }
        }
    }
    for page in own {
        for (target, anchor) in page.across.iter().collect::<BTreeSet<_>>() {
            match above.get(target) {
                Some(nth) if is_lost(&site[*nth], anchor) => {
                    of_own.push(messages::render::output_anchor_dead(&page.path, &named(target, anchor)));
                }
                None if !siblings.contains(target) => of_own.push(messages::render::output_link_dead(&page.path, target)),
                _ => {}
            }
        }
    }
}
