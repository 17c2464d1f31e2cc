//! AUDIT: judges the finished site by the facts of its pages: dead links and anchors, doubled ids, weight, alternative
//! texts, leaks.
//!
//! In: [`Facts`] of every page, taken while it was rendered, so that no page is kept. Out: diagnostics. Never: reads a
//! file or changes a page.
//!
//! [`changes`] compares two builds, for the person who signs.

pub mod changes;

mod scan;

use crate::diagnostic::{Diagnostics, messages, nearest};
use crate::plan::boards::TRACE;
use crate::read::Trace;
use std::collections::{HashMap, HashSet};

/// What the audit needs to know of one item of the output.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Its path in the output.
    pub path: String,
    /// The ids of its elements, in order.
    pub ids: Vec<String>,
    /// Its links inside the site that are to be judged: those with an anchor, and those that lead to no known item.
    pub links: Vec<(String, Option<String>)>,
    /// The sources of images without an `alt`.
    pub without_alt: Vec<String>,
    /// Its size in bytes.
    pub bytes: usize,
    /// Secret texts that stand in it.
    pub leaks: Vec<String>,
    /// The elements that the trace seeks on it and that it holds.
    pub elements: Vec<String>,
}

/// A page above this is a warning, in bytes.
const HEAVY: usize = 1_500_000;

/// What every page is looked at with.
pub struct Lens<'a> {
    /// The path that root-absolute links begin with.
    pub base: &'a str,
    /// Texts that no output may hold.
    pub secrets: &'a [String],
    /// The paths of all items of the site.
    pub paths: HashSet<&'a str>,
    /// The elements that the trace seeks, by the path of their page.
    pub elements: HashMap<String, Vec<&'a str>>,
}

/// The elements that a trace seeks, by the path of their page in the output.
pub fn sought(trace: Option<&Trace>) -> HashMap<String, Vec<&str>> {
    let mut sought: HashMap<String, Vec<&str>> = HashMap::new();
    for clause in trace.map(|trace| &trace.clauses).into_iter().flatten() {
        if let Some(path) = clause.output() {
            sought.entry(path).or_default().push(&clause.element);
        }
    }
    sought
}

/// Judges a trace: every clause with a page must find its element there.
pub fn trace(pages: &[Facts], trace: &Trace, diagnostics: &mut Diagnostics) {
    let known: HashMap<&str, &Facts> = pages.iter().map(|facts| (facts.path.as_str(), facts)).collect();
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

/// The facts of one item.
pub fn facts(path: &str, bytes: &[u8], lens: &Lens<'_>) -> Facts {
    let mut facts = Facts { path: path.to_string(), bytes: bytes.len(), ..Facts::default() };
    let Ok(text) = std::str::from_utf8(bytes) else { return facts };
    facts.leaks = lens.secrets.iter().filter(|secret| text.contains(secret.as_str())).cloned().collect();
    if path.ends_with(".html") {
        scan::html(text, lens, &mut facts);
    }
    facts
}

/// Judges the whole site.
pub fn judge(pages: &[Facts], diagnostics: &mut Diagnostics) {
    let known: HashMap<&str, &Facts> = pages.iter().map(|facts| (facts.path.as_str(), facts)).collect();
    let mut anchors: HashMap<&str, HashSet<&str>> = HashMap::new();
    for page in pages {
        let mut seen = HashSet::new();
        for id in &page.ids {
            if !seen.insert(id.as_str()) {
                diagnostics.push(messages::render::output_id_twice(&page.path, id));
            }
        }
        if page.links.iter().any(|(_, anchor)| anchor.is_some()) || !page.ids.is_empty() {
            anchors.insert(&page.path, seen);
        }
        if page.bytes > HEAVY && page.path.ends_with(".html") {
            diagnostics.push(messages::render::output_heavy(&page.path, page.bytes / 1024));
        }
        page.without_alt.iter().for_each(|src| diagnostics.push(messages::render::output_alt_missing(&page.path, src)));
        page.leaks.iter().for_each(|leak| diagnostics.push(messages::render::output_leak(&page.path, leak)));
    }
    for page in pages {
        let mut told = HashSet::new();
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
