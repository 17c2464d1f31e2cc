//! `chart:` of a group with many items: which of its fields are drawn.

use super::Scan;
use crate::diagnostic::{messages, nearest};
use crate::schema::model::ChartSpec;
use crate::source::Node;
use crate::value::{ChartKind, Kind};

const WORDS: [&str; 7] = ["kind", "title", "x", "y", "label", "value", "to"];

/// Reads one chart, or a list of them.
pub fn charts(scan: &mut Scan<'_>, node: &Node, kind: &Kind, many: bool) -> Vec<ChartSpec> {
    if *kind != Kind::Group || !many {
        let place = scan.place(node.spot, "chart");
        scan.note(messages::schema::attribute_unfit(place, "chart", kind.name(), "group + many: true"));
        return Vec::new();
    }
    node.list().unwrap_or(std::slice::from_ref(node)).iter().filter_map(|node| chart(scan, node)).collect()
}

fn chart(scan: &mut Scan<'_>, node: &Node) -> Option<ChartSpec> {
    scan.known(node, &WORDS, "chart");
    let word = scan.needed(node, "chart", "kind", "kind: line").and_then(|node| scan.text(node, "kind"))?;
    let kind = ChartKind::named(&word);
    if kind.is_none() {
        let spot = node.get("kind").map_or(node.spot, |node| node.spot);
        let place = scan.place(spot, "chart.kind");
        scan.note(messages::chart::kind_unknown(place, &word, nearest(&word, ChartKind::all_words()), &ChartKind::words()));
    }
    let kind = kind?;
    // `label` and `value` are what a donut calls its `x` and `y`.
    let either = |first: &str, second: &str| node.get(first).or_else(|| node.get(second));
    let x = match either("x", "label") {
        Some(node) => scan.text(node, "x"),
        None => scan.needed(node, "chart", "x", "x: year").and_then(|node| scan.text(node, "x")),
    };
    let y = match either("y", "value") {
        Some(node) => scan.texts(node, "y"),
        None => scan.needed(node, "chart", "y", "y: [output_yi]").map(|node| scan.texts(node, "y")).unwrap_or_default(),
    };
    let to = match node.get("to") {
        Some(node) => scan.text(node, "to"),
        None if kind == ChartKind::Flow => scan.needed(node, "chart", "to", "to: receiving").and_then(|node| scan.text(node, "to")),
        None => None,
    };
    if kind == ChartKind::Flow && to.is_none() || y.is_empty() {
        return None;
    }
    let place = scan.place(node.spot, "chart");
    if !kind.takes_series() && y.len() > 1 {
        scan.note(messages::chart::columns(place, kind.word(), y.len() + 1, if kind == ChartKind::Flow { 2 } else { 1 }));
        return None;
    }
    Some(ChartSpec { kind, title: node.get("title").map(|node| scan.said(node, "title")), x: x?, y, to, place })
}
