//! A type file → [`Type`]. Every mistake is noted; what is left is still a usable type.
//!
//! `scan` reads the small shapes that everything else is made of, `field` a field, `kind` what it holds, `chart` how it is drawn,
//! `rules` conditions, rules and computed values. The only module that knows regular expressions.

mod chart;
mod field;
mod kind;
mod needs;
mod rules;
mod scan;

pub(super) use field::role_word;
pub use needs::needs;
pub(super) use scan::Scan;

use super::model::{Appointment, COLUMN_TYPES, Distances, Field, Layout, Order, Section, Type};
use super::rules::{Condition, Rule};
use crate::diagnostic::{Diagnostics, Said, SitePath, messages, said as both};
use crate::source::Node;
use regex::Regex;
use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

/// The words of a type file at its top level.
pub(super) const TYPE_WORDS: [&str; 21] = [
    "type",
    "label",
    "title",
    "folder",
    "at_root",
    "rows",
    "finder",
    "sheet",
    "column_type",
    "block",
    "distances",
    "calendar",
    "order",
    "per_page",
    "feed",
    "archive",
    "menu",
    "rank",
    "sections",
    "rules",
    "fields",
];

/// How many records a list page shows where the type does not say.
const PER_PAGE: usize = 20;

/// Reads the file of one type.
pub fn type_file(file: &SitePath, node: &Node, diagnostics: &mut Diagnostics) -> Option<Type> {
    let mut scan = Scan::new(file, diagnostics);
    scan.known(node, &TYPE_WORDS, "");
    let name = scan.needed(node, file.name(), "type", "type: workshop").and_then(|node| scan.key(node, "type"));
    let owner = name.clone().unwrap_or_else(|| file.name().to_string());
    let label = scan.needed(node, &owner, "label", "label: {zh: 标准厂房, en: Workshop}").map(|node| scan.said(node, "label"));
    let folder = scan.needed(node, &owner, "folder", "folder: workshops").and_then(|node| scan.key(node, "folder"));
    let listed = scan.needed(node, &owner, "fields", "fields: {title: {kind: text, role: title, label: {zh: 名称, en: Name}}}");
    let mut rules = Vec::new();
    let fields = listed.map(|node| field::list(&mut scan, node, "", &mut rules)).unwrap_or_default();
    rules.extend(node.get("rules").map(|node| rules::list(&mut scan, node)).unwrap_or_default());
    let rows = node.get("rows").and_then(|node| scan.text(node, "rows"));
    let finder = node.get("finder").and_then(|node| layout(&mut scan, node)).or(rows.as_ref().map(|_| Layout::Table));
    let per_page = node.get("per_page").and_then(|node| scan.count(node, "per_page"));
    let flag = |scan: &mut Scan<'_>, word: &str| node.get(word).and_then(|node| scan.flag(node, word));
    Some(Type {
        name: name?.as_str().into(),
        label: label?,
        title: node.get("title").map(|node| scan.said(node, "title")),
        folder: folder?,
        at_root: flag(&mut scan, "at_root").unwrap_or(false),
        per_page: per_page.unwrap_or(if finder.is_some() { 0 } else { PER_PAGE }),
        finder,
        rows,
        sheet: node.get("sheet").map(|node| scan.texts(node, "sheet")).unwrap_or_default(),
        column_type: node.get("column_type").and_then(|node| column_type(&mut scan, node)),
        block: node.get("block").map(|node| scan.texts(node, "block")).unwrap_or_default(),
        distances: node.get("distances").and_then(|node| distances(&mut scan, node)),
        calendar: node.get("calendar").and_then(|node| calendar(&mut scan, node)),
        fields,
        order: node.get("order").map(|node| rules::order(&mut scan, node)).unwrap_or_default(),
        feed: flag(&mut scan, "feed").unwrap_or(false),
        archive: flag(&mut scan, "archive").unwrap_or(false),
        sections: node.get("sections").map(|node| sections(&mut scan, node)).unwrap_or_default(),
        rules,
        rank: node.get("rank").and_then(|node| scan.whole(node, "rank")).unwrap_or(100),
        menu: flag(&mut scan, "menu").unwrap_or(true),
        place: node.spot.at(file),
    })
}

/// Reads `_common.yaml`: a file that has only `fields:`.
pub fn common_fields(file: &SitePath, node: &Node, diagnostics: &mut Diagnostics) -> Vec<Field> {
    let mut scan = Scan::new(file, diagnostics);
    scan.known(node, &["fields"], "");
    let Some(listed) = scan.needed(node, file.name(), "fields", "fields: {}") else { return Vec::new() };
    let mut rules = Vec::new();
    let fields = field::list(&mut scan, listed, "", &mut rules);
    // A rule belongs to a type, and these fields belong to all of them.
    for rule in rules {
        scan.note(messages::schema::common_rule(rule.place));
    }
    fields
}

/// Reads conditions: a mapping from path to test.
pub fn conditions(file: &SitePath, node: &Node, diagnostics: &mut Diagnostics) -> Vec<Condition> {
    rules::conditions(&mut Scan::new(file, diagnostics), node, "where")
}

/// Reads an order: `-published_at`, or a list of such words.
pub fn order(file: &SitePath, node: &Node, diagnostics: &mut Diagnostics) -> Vec<Order> {
    rules::order(&mut Scan::new(file, diagnostics), node)
}

/// A name in both languages: `{zh, en}`, or one text for both.
pub fn said(node: &Node) -> Said {
    if let Some(text) = node.scalar() {
        return both(text, text);
    }
    let text = |key: &str| node.get(key).and_then(Node::scalar).unwrap_or_default().to_string();
    let (zh, en) = (text("zh"), text("en"));
    Said { zh: if zh.is_empty() { en.clone() } else { zh.clone() }, en: if en.is_empty() { zh } else { en } }
}

/// Reads `finder:`.
fn layout(scan: &mut Scan<'_>, node: &Node) -> Option<Layout> {
    let word = scan.text(node, "finder")?;
    let at = scan.one_of(&word, node.spot, "finder", &["table", "cards"])?;
    Some(if at == 0 { Layout::Table } else { Layout::Cards })
}

/// Reads `column_type:`.
fn column_type(scan: &mut Scan<'_>, node: &Node) -> Option<String> {
    let word = scan.text(node, "column_type")?;
    let at = scan.one_of(&word, node.spot, "column_type", &COLUMN_TYPES)?;
    Some(COLUMN_TYPES[at].to_string())
}

/// Reads `distances:`.
fn distances(scan: &mut Scan<'_>, node: &Node) -> Option<Distances> {
    scan.known(node, &["of", "name", "km", "kind"], "distances");
    let mut word = |key: &str, example: &str| scan.needed(node, "distances", key, example).and_then(|node| scan.text(node, key));
    let (of, name, km) = (word("of", "of: transport"), word("name", "name: name"), word("km", "km: km"));
    let kind = node.get("kind").and_then(|node| scan.text(node, "kind"));
    Some(Distances { of: of?, name: name?, km: km?, kind })
}

/// Reads `calendar:`.
fn calendar(scan: &mut Scan<'_>, node: &Node) -> Option<Appointment> {
    scan.known(node, &["start", "end", "place", "notes"], "calendar");
    let start = scan.needed(node, "calendar", "start", "start: start").and_then(|node| scan.text(node, "start"))?;
    let mut word = |key: &str| node.get(key).and_then(|node| scan.text(node, key));
    let (end, place) = (word("end"), word("place"));
    Some(Appointment { start, end, place, notes: node.get("notes").map(|node| scan.texts(node, "notes")).unwrap_or_default() })
}

/// Reads `sections:`; also used by patches.
pub(super) fn sections(scan: &mut Scan<'_>, node: &Node) -> Vec<Section> {
    let Some(entries) = scan.entries(node, "sections") else { return Vec::new() };
    let mut list = Vec::new();
    for entry in entries {
        scan.plain_key(&entry.key, entry.spot);
        list.push(Section { key: entry.key.clone(), label: scan.said(&entry.value, "sections") });
    }
    list
}

/// Reads the fields of a patch, whose grammar for new fields is that of a type file.
pub(super) fn field_of_patch(scan: &mut Scan<'_>, entry: &crate::source::Entry, prefix: &str, rules: &mut Vec<Rule>) -> Option<Field> {
    field::field(scan, entry, prefix, rules)
}

/// The places a field may show, from `show:`.
pub(super) fn shows(scan: &mut Scan<'_>, node: &Node) -> Vec<super::model::Show> {
    field::shows(scan, node)
}

/// The charts of a field of a patch.
pub(super) fn charts(scan: &mut Scan<'_>, node: &Node, field: &Field) -> Vec<super::model::ChartSpec> {
    chart::charts(scan, node, &field.kind, field.many)
}

/// `required_when` and `expected_when` of a patch.
pub(super) fn alternatives(scan: &mut Scan<'_>, node: &Node) -> Vec<Vec<Condition>> {
    field::alternatives(scan, node)
}

/// `sane` of a patch.
pub(super) fn sane(scan: &mut Scan<'_>, node: &Node, bounds: &mut super::model::Bounds) {
    field::sane(scan, node, bounds);
}

/// `rules` of a patch.
pub(super) fn rule_list(scan: &mut Scan<'_>, node: &Node) -> Vec<Rule> {
    rules::list(scan, node)
}

/// Does a text match a pattern from end to end? A pattern that cannot be compiled was reported when its type was read
/// and refuses nothing.
pub fn matches(pattern: &str, text: &str) -> bool {
    static KNOWN: OnceLock<RwLock<HashMap<String, Option<Regex>>>> = OnceLock::new();
    let known = KNOWN.get_or_init(RwLock::default);
    let found =
        |known: &HashMap<String, Option<Regex>>| known.get(pattern).map(|regex| regex.as_ref().is_none_or(|regex| regex.is_match(text)));
    if let Some(answer) = found(&known.read().unwrap_or_else(PoisonError::into_inner)) {
        return answer;
    }
    let regex = compile(pattern).ok();
    let answer = regex.as_ref().is_none_or(|regex| regex.is_match(text));
    known.write().unwrap_or_else(PoisonError::into_inner).insert(pattern.to_string(), regex);
    answer
}

/// Compiles a pattern, anchored at both ends.
fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    Regex::new(&format!(r"\A(?:{pattern})\z"))
}

/// Notes a pattern that cannot be compiled.
fn check_pattern(scan: &mut Scan<'_>, node: &Node, pattern: &str) {
    if let Err(error) = compile(pattern) {
        let place = scan.place(node.spot, "pattern");
        scan.note(messages::schema::pattern_wrong(place, pattern, &error.to_string()));
    }
}
