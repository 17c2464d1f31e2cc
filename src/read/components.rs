//! The components of a theme with their examples: `components/<name>/<name>.{html,css,yaml}`.

use super::chart;
use super::theme::{Component, Example, Sources, Theme};
use super::theme_pages::{known, tree};
use crate::diagnostic::{Diagnostics, SitePath, messages};
use crate::schema::parse;
use crate::source::{Entry, Node, Shape};
use serde_json::{Map, Value as Json};

const EXAMPLE_WORDS: [&str; 3] = ["title", "arguments", "chart"];

/// Reads every folder of components.
pub fn read(sources: &Sources<'_>, theme: &mut Theme, diagnostics: &mut Diagnostics) {
    for (name, file, bytes) in sources.under("components/") {
        let Some((folder, ending)) = name.strip_prefix("components/").and_then(own_file) else { continue };
        let at = theme.components.iter().position(|known| known.name == folder).unwrap_or_else(|| {
            let name = folder.to_string();
            theme.components.push(Component { name, template: None, style: None, of_site: false, examples: Vec::new(), file: None });
            theme.components.len() - 1
        });
        let component = &mut theme.components[at];
        component.of_site |= sources.of_site.contains(name);
        match ending {
            "html" => component.template = Some(file.clone()),
            "css" => component.style = Some(file.clone()),
            _ => {
                component.file = Some(file.clone());
                let node = tree(file, bytes, diagnostics);
                let entries = node.as_ref().and_then(Node::map).unwrap_or_default();
                component.examples = entries.iter().filter_map(|entry| example(folder, entry, file, diagnostics)).collect();
            }
        }
    }
}

/// `card/card.yaml` → `card` and `yaml`; other files of a folder are no examples.
fn own_file(path: &str) -> Option<(&str, &str)> {
    let (folder, file) = path.split_once('/')?;
    let (stem, ending) = file.rsplit_once('.')?;
    (stem == folder && matches!(ending, "html" | "css" | "yaml")).then_some((folder, ending))
}

fn example(folder: &str, entry: &Entry, file: &SitePath, diagnostics: &mut Diagnostics) -> Option<Example> {
    known(&entry.value, &EXAMPLE_WORDS, file, diagnostics);
    let Some(title) = entry.value.get("title") else {
        diagnostics.push(messages::theme::page_word_missing(entry.spot.at(file), "title"));
        return None;
    };
    let chart = match entry.value.get("chart") {
        Some(node) => Some(chart::of_node(node, &format!("{folder}-{}", entry.key), file, diagnostics)?),
        None => None,
    };
    let arguments = match entry.value.get("arguments").map(json) {
        Some(Json::Object(arguments)) => arguments,
        _ => Map::new(),
    };
    Some(Example { key: entry.key.clone(), title: parse::said(title), arguments, chart, place: entry.spot.at(file) })
}

/// YAML as templates see it: what is not in quotes may be a flag or a number.
fn json(node: &Node) -> Json {
    match &node.shape {
        Shape::Null => Json::Null,
        Shape::List(items) => Json::Array(items.iter().map(json).collect()),
        Shape::Map(entries) => Json::Object(entries.iter().map(|entry| (entry.key.clone(), json(&entry.value))).collect()),
        Shape::Scalar(scalar) if scalar.quoted => scalar.text.clone().into(),
        Shape::Scalar(scalar) => match scalar.text.as_str() {
            "true" => true.into(),
            "false" => false.into(),
            text => text.parse::<i64>().map(Json::from).unwrap_or_else(|_| text.into()),
        },
    }
}
