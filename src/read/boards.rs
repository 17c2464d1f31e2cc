//! The shapes in which a page of the theme shows a selection: the columns of a table, the dates of a row of stages.

use super::theme_pages::known;
use crate::diagnostic::{Diagnostics, Place, Said, SitePath, messages, said};
use crate::schema::parse;
use crate::source::Node;

/// A column of a table over records, or over the items of the one group of many that its paths go through.
#[derive(Debug, Clone)]
pub struct Column {
    /// The field.
    pub path: String,
    /// The heading; the label of the field where absent.
    pub label: Option<Said>,
    /// Is a bar drawn beside the number? Percentages fill it at 100, other numbers at the largest of the table.
    pub bar: bool,
    /// The field that holds what the number must reach: a mark on the bar, and words that say whether it is reached.
    pub least: Option<String>,
    /// Does an absent value need no remark? Else it is said to be missing.
    pub blank: bool,
    /// Where it was written.
    pub place: Place,
}

/// The stages of every record of a selection with the dates on which they were reached.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// The field with the dates.
    pub dates: String,
    /// The field with the dates that were planned.
    pub plan: Option<String>,
    /// Where it was written.
    pub place: Place,
}

const COLUMN_WORDS: [&str; 5] = ["of", "label", "bar", "least", "blank"];
const TIMELINE_WORDS: [&str; 2] = ["dates", "plan"];

/// The items of a word that must be a list.
pub fn items<'a>(node: &'a Node, word: &str, file: &SitePath, diagnostics: &mut Diagnostics) -> &'a [Node] {
    node.list().unwrap_or_else(|| {
        let wanted = said("一个列表：[…, …]", "a list: […, …]");
        diagnostics.push(messages::theme::page_word_wrong(node.spot.at(file), word, node.shape_words(), wanted));
        &[]
    })
}

/// Reads `table: [title, stage, {of: investment_intensity, least: entry_conditions.min_intensity_wan_per_mu}]`.
pub fn columns(node: &Node, file: &SitePath, diagnostics: &mut Diagnostics) -> Vec<Column> {
    items(node, "table", file, diagnostics).iter().filter_map(|item| column(item, file, diagnostics)).collect()
}

fn column(node: &Node, file: &SitePath, diagnostics: &mut Diagnostics) -> Option<Column> {
    let place = node.spot.at(file);
    if let Some(path) = node.scalar() {
        return Some(Column { path: path.to_string(), label: None, bar: false, least: None, blank: false, place });
    }
    if node.map().is_none() {
        let wanted = said("字段名，或 {of: 字段名, bar: true}", "a field, or {of: field, bar: true}");
        diagnostics.push(messages::theme::page_word_wrong(place, "table", node.shape_words(), wanted));
        return None;
    }
    known(node, &COLUMN_WORDS, file, diagnostics);
    let text = |key: &str| node.get(key).and_then(Node::scalar).map(str::to_string);
    let flag = |key: &str| text(key).is_some_and(|word| word == "true");
    let Some(path) = text("of") else {
        diagnostics.push(messages::theme::page_word_missing(place, "of"));
        return None;
    };
    let least = text("least");
    let bar = flag("bar") || least.is_some();
    Some(Column { path, label: node.get("label").map(parse::said), bar, least, blank: flag("blank"), place })
}

/// Reads `timeline: {dates: stage_dates, plan: planned_dates}`.
pub fn timeline(node: &Node, file: &SitePath, diagnostics: &mut Diagnostics) -> Option<Timeline> {
    let place = node.spot.at(file);
    if node.map().is_none() {
        let wanted = said("{dates: 字段名, plan: 字段名}", "{dates: field, plan: field}");
        diagnostics.push(messages::theme::page_word_wrong(place, "timeline", node.shape_words(), wanted));
        return None;
    }
    known(node, &TIMELINE_WORDS, file, diagnostics);
    let text = |key: &str| node.get(key).and_then(Node::scalar).map(str::to_string);
    let Some(dates) = text("dates") else {
        diagnostics.push(messages::theme::page_word_missing(place, "dates"));
        return None;
    };
    Some(Timeline { dates, plan: text("plan"), place })
}
