//! The words of a theme (`words/{zh,en}.yaml`) and its page definitions (`pages/*.yaml`).

use super::boards;
use super::theme::{ChartQuery, Join, NeedsPart, PageDef, Selection, Sources, Theme};
use crate::diagnostic::{Diagnostics, Said, SitePath, messages, nearest};
use crate::schema::parse;
use crate::source::{Node, encoding, yaml};
use crate::value::ChartKind;

/// Reads the words. A word of one language without its twin is an error: half a page would be in the wrong language.
pub fn words(sources: &Sources<'_>, theme: &mut Theme, diagnostics: &mut Diagnostics) {
    let mut said_in = [false; 2];
    // The words of the site are laid over the theme's own, so that changing one word needs one line.
    let own = sources.own.iter().filter(|(name, _)| name.starts_with("words/")).map(|(name, (file, bytes))| (name.as_str(), file, *bytes));
    for (name, file, bytes) in own.chain(sources.under("words/")) {
        let is_zh = name == "words/zh.yaml";
        if !is_zh && name != "words/en.yaml" {
            continue;
        }
        said_in[usize::from(!is_zh)] = true;
        let Some(node) = tree(file, bytes, diagnostics) else { continue };
        for entry in node.map().unwrap_or_default() {
            let Some(text) = entry.value.scalar() else {
                diagnostics.push(messages::read::text_expected(
                    entry.value.spot.at(file),
                    &crate::diagnostic::said(&entry.key, &entry.key),
                    entry.value.shape_words(),
                ));
                continue;
            };
            let said: &mut Said = theme.words.entry(entry.key.clone()).or_default();
            *(if is_zh { &mut said.zh } else { &mut said.en }) = text.to_string();
        }
    }
    if said_in == [true, true] {
        for (key, said) in &theme.words {
            if said.zh.is_empty() || said.en.is_empty() {
                let file = SitePath::new(&format!("themes/{}/words/{}.yaml", theme.name, if said.zh.is_empty() { "zh" } else { "en" }));
                diagnostics.push(messages::theme::word_untranslated(&file, key));
            }
        }
    }
}

/// Reads the page definitions.
pub fn pages(sources: &Sources<'_>, theme: &mut Theme, diagnostics: &mut Diagnostics) {
    for (name, file, bytes) in sources.under("pages/") {
        let Some(stem) = name.strip_prefix("pages/").and_then(|name| name.strip_suffix(".yaml")) else { continue };
        let Some(node) = tree(file, bytes, diagnostics) else { continue };
        if let Some(page) = page(stem, file, &node, diagnostics) {
            theme.pages.push(page);
        }
    }
}

const PAGE_WORDS: [&str; 12] =
    ["record", "path", "template", "title", "summary", "column_type", "menu", "part", "rank", "overview", "select", "needs"];
const SELECT_WORDS: [&str; 20] = [
    "type", "where", "past", "order", "limit", "group", "sums", "chart", "charts", "to", "about", "same", "nearest", "rows", "title",
    "text", "table", "timeline", "cards", "own",
];
const CHART_WORDS: [&str; 7] = ["kind", "title", "by", "value", "split", "to", "where"];

fn page(stem: &str, file: &SitePath, node: &Node, diagnostics: &mut Diagnostics) -> Option<PageDef> {
    known(node, &PAGE_WORDS, file, diagnostics);
    let text = |key: &str| node.get(key).and_then(Node::scalar).map(str::to_string);
    let record = text("record");
    if record.is_none() && node.get("title").is_none() {
        diagnostics.push(messages::theme::page_word_missing(node.spot.at(file), "title"));
        return None;
    }
    let home = stem == "home";
    let mut select = Vec::new();
    for entry in node.get("select").and_then(Node::map).unwrap_or_default() {
        select.extend(selection(&entry.key, &entry.value, file, diagnostics));
    }
    Some(PageDef {
        name: stem.to_string(),
        record,
        path: text("path").unwrap_or_else(|| if home { String::new() } else { stem.to_string() }),
        template: text("template").unwrap_or_else(|| format!("{stem}.html")),
        title: node.get("title").map(parse::said).unwrap_or_default(),
        summary: node.get("summary").map(parse::said),
        column_type: text("column_type"),
        menu: text("menu").and_then(|rank| rank.parse().ok()),
        part: text("part"),
        rank: text("rank").and_then(|rank| rank.parse().ok()).unwrap_or(0),
        overview: text("overview").is_some_and(|word| word == "true"),
        select,
        needs: node.get("needs").and_then(|node| needs_part(node, file, diagnostics)),
        place: node.spot.at(file),
    })
}

/// `needs: fit`: what the page does with the questions.
fn needs_part(node: &Node, file: &SitePath, diagnostics: &mut Diagnostics) -> Option<NeedsPart> {
    let parts = [("form", NeedsPart::Form), ("fit", NeedsPart::Fit), ("match", NeedsPart::Match)];
    let word = node.scalar().unwrap_or_default();
    let found = parts.iter().find(|(known, _)| *known == word).map(|(_, part)| *part);
    if found.is_none() {
        let near = nearest(word, parts.iter().map(|(known, _)| *known));
        diagnostics.push(messages::theme::page_word_unknown(node.spot.at(file), word, near));
    }
    found
}

fn selection(name: &str, node: &Node, file: &SitePath, diagnostics: &mut Diagnostics) -> Option<Selection> {
    known(node, &SELECT_WORDS, file, diagnostics);
    let text = |key: &str| node.get(key).and_then(Node::scalar).map(str::to_string);
    let Some(of) = text("type") else {
        diagnostics.push(messages::theme::page_word_missing(node.spot.at(file), "type"));
        return None;
    };
    let words = |key: &str| match node.get(key).map(|value| (value.list(), value.scalar())) {
        Some((Some(items), _)) => items.iter().filter_map(Node::scalar).map(str::to_string).collect(),
        Some((None, Some(one))) => vec![one.to_string()],
        _ => Vec::new(),
    };
    let join = match (text("to"), text("about"), words("same")) {
        _ if text("own").is_some_and(|word| word == "true") => Some(Join::Own),
        (Some(field), _, _) => Some(Join::To(field)),
        (None, Some(field), _) => Some(Join::About(field)),
        (None, None, fields) if !fields.is_empty() => Some(Join::Same { fields, nearest: text("nearest") }),
        _ => None,
    };
    Some(Selection {
        name: name.to_string(),
        of,
        join,
        rows: node.get("rows").map(|node| parse::conditions(file, node, diagnostics)),
        when: node.get("where").map(|node| parse::conditions(file, node, diagnostics)).unwrap_or_default(),
        // A section of a board is a register: what ran out stands in it under its own standing.
        past: text("past").map_or_else(|| node.get("title").is_some(), |word| word == "true"),
        order: node.get("order").map(|node| parse::order(file, node, diagnostics)).unwrap_or_default(),
        limit: text("limit").and_then(|limit| limit.parse().ok()).unwrap_or(0),
        group: text("group"),
        sums: words("sums"),
        chart: node.get("chart").and_then(|node| chart(node, file, diagnostics)),
        charts: node
            .get("charts")
            .map(|node| boards::items(node, "charts", file, diagnostics))
            .unwrap_or_default()
            .iter()
            .filter_map(|node| chart(node, file, diagnostics))
            .collect(),
        heading: node.get("title").map(parse::said),
        text: node.get("text").map(parse::said),
        table: node.get("table").map(|node| boards::columns(node, file, diagnostics)).unwrap_or_default(),
        timeline: node.get("timeline").and_then(|node| boards::timeline(node, file, diagnostics)),
        cards: text("cards").is_some_and(|word| word == "true"),
        place: node.spot.at(file),
    })
}

/// `chart: {kind: bar, by: county, value: count}`: what the records of a selection are counted or summed by.
fn chart(node: &Node, file: &SitePath, diagnostics: &mut Diagnostics) -> Option<ChartQuery> {
    known(node, &CHART_WORDS, file, diagnostics);
    let text = |key: &str| node.get(key).and_then(Node::scalar).filter(|text| !text.is_empty()).map(str::to_string);
    let word = text("kind").unwrap_or_default();
    let kind = super::chart::kind(&word, node.get("kind").map_or(node.spot, |node| node.spot).at(file), diagnostics)?;
    let Some(by) = text("by") else {
        diagnostics.push(messages::theme::page_word_missing(node.spot.at(file), "by"));
        return None;
    };
    let to = text("to");
    if kind == ChartKind::Flow && to.is_none() {
        diagnostics.push(messages::theme::page_word_missing(node.spot.at(file), "to"));
        return None;
    }
    Some(ChartQuery {
        kind,
        title: node.get("title").map(parse::said),
        by,
        value: text("value").filter(|value| value != "count"),
        split: text("split"),
        to,
        when: node.get("where").map(|node| parse::conditions(file, node, diagnostics)).unwrap_or_default(),
        place: node.spot.at(file),
    })
}

/// Notes every word of a mapping that is not known.
pub fn known(node: &Node, words: &[&str], file: &SitePath, diagnostics: &mut Diagnostics) {
    for entry in node.map().unwrap_or_default() {
        if !words.contains(&entry.key.as_str()) {
            let near = nearest(&entry.key, words.iter().copied());
            diagnostics.push(messages::theme::page_word_unknown(entry.spot.at(file), &entry.key, near));
        }
    }
}

/// A YAML file as a tree.
pub fn tree(file: &SitePath, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Node> {
    let text = encoding::decode(file, bytes, diagnostics)?;
    yaml::parse(file, &text, 1, diagnostics)
}
