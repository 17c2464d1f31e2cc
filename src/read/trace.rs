//! `content/_trace.yaml`: the clauses of the document that the site answers, each with the page and the element that show it.

use super::theme_pages::tree;
use crate::diagnostic::{Diagnostics, Place, Said, SitePath, messages, nearest, said};
use crate::project::Snapshot;
use crate::schema::parse;
use crate::source::{Node, Spot};
use std::collections::HashSet;

/// The file.
const FILE: &str = "content/_trace.yaml";

/// What a site promises to show.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// The clauses in the order of the file.
    pub clauses: Vec<Clause>,
}

/// A clause and where it is shown.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its number in the document.
    pub no: String,
    /// What it says, in a few words.
    pub title: Said,
    /// The page that shows it, below the root and without slashes at the ends; `None` where none does yet.
    pub page: Option<String>,
    /// The element of the page: an id, or an attribute with its value (`data-field=stage`).
    pub element: String,
    /// Where it was written.
    pub place: Place,
}

impl Trace {
    /// How many clauses have a page.
    pub fn covered(&self) -> usize {
        self.clauses.iter().filter(|clause| clause.page.is_some()).count()
    }
}

impl Clause {
    /// The path of the page in the output.
    pub fn output(&self) -> Option<String> {
        self.page.as_deref().map(|page| if page.is_empty() { "index.html".to_string() } else { format!("{page}/index.html") })
    }
}

/// Reads the file; `None` where the site has none.
pub fn read(snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Option<Trace> {
    let (file, bytes) = snapshot.texts.iter().find(|(file, _)| file.as_str() == FILE)?;
    let node = tree(file, bytes, diagnostics)?;
    known(&node, &["clauses"], file, diagnostics);
    let Some(list) = node.get("clauses").and_then(Node::list) else {
        diagnostics.push(messages::theme::trace_word_missing(start(&node).at(file), "clauses"));
        return None;
    };
    let clauses: Vec<Clause> = list.iter().filter_map(|item| clause(item, file, diagnostics)).collect();
    let mut numbers = HashSet::new();
    for clause in &clauses {
        if !numbers.insert(&clause.no) {
            diagnostics.push(messages::theme::trace_number_twice(clause.place.clone(), &clause.no));
        }
    }
    Some(Trace { clauses })
}

fn start(node: &Node) -> Spot {
    if node.spot.line == 0 { Spot { line: 1, column: 1, length: 0 } } else { node.spot }
}

fn clause(node: &Node, file: &SitePath, diagnostics: &mut Diagnostics) -> Option<Clause> {
    known(node, &["no", "title", "page", "element"], file, diagnostics);
    let place = node.spot.at(file);
    let text = |key: &str| node.get(key).and_then(Node::scalar).map(str::trim).filter(|text| !text.is_empty());
    let page = text("page").map(|page| page.trim_matches('/').to_string());
    let title = node.get("title").map(parse::said).unwrap_or_default();
    let mut lacks = |word: &str| diagnostics.push(messages::theme::trace_word_missing(place.clone(), word));
    let Some(no) = text("no") else {
        lacks("no");
        return None;
    };
    if title == said("", "") {
        lacks("title");
    }
    if page.is_some() && text("element").is_none() {
        lacks("element");
        return None;
    }
    let element = text("element").unwrap_or_default().to_string();
    Some(Clause { no: no.to_string(), title, page, element, place })
}

fn known(node: &Node, words: &[&str], file: &SitePath, diagnostics: &mut Diagnostics) {
    for entry in node.map().unwrap_or_default() {
        if !words.contains(&entry.key.as_str()) {
            let near = nearest(&entry.key, words.iter().copied());
            diagnostics.push(messages::theme::trace_word_unknown(entry.spot.at(file), &entry.key, near, words));
        }
    }
}
