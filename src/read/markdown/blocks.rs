//! Typed blocks of prose: a fenced code block whose info string is `::name`, with `key: value` lines, and below a line
//! `---` the prose of the block.

use super::{Origin, target};
use crate::diagnostic::{Diagnostics, Place, messages, nearest};
use crate::read::chart::Words;
use crate::source::Spot;
use crate::value::Chart;
use crate::value::Target;
use crate::value::document::{Block, DocImage, DocLink};

struct Shape {
    name: &'static str,
    also: &'static [&'static str],
    /// Argument, its Chinese name, is it necessary?
    arguments: &'static [(&'static str, &'static str, bool)],
    prose: bool,
}

const SHAPES: [Shape; 5] = [
    Shape {
        name: "figure",
        also: &["图片", "图"],
        arguments: &[("src", "图片", true), ("alt", "替代文字", true), ("caption", "图注", false), ("credit", "来源", false)],
        prose: false,
    },
    Shape { name: "video", also: &["视频"], arguments: &[("url", "网址", true), ("title", "标题", true)], prose: false },
    Shape {
        name: "notice", also: &["提示", "说明"], arguments: &[("level", "级别", false), ("title", "标题", false)], prose: true
    },
    Shape { name: "facts", also: &["数据", "要点"], arguments: &[("record", "内容", true)], prose: false },
    Shape {
        name: CHART,
        also: &["图表"],
        arguments: &[
            ("kind", "种类", true),
            ("title", "标题", true),
            ("source", "来源", true),
            ("unit", "单位", false),
            ("as_of", "截至", false),
        ],
        prose: false,
    },
];
/// The block whose body is a table.
const CHART: &str = "chart";
const LEVELS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// Reads one block; `None` after an error was noted.
pub fn read(name: &str, text: &str, origin: &Origin<'_>, spot: Spot, place: Place, diagnostics: &mut Diagnostics) -> Option<Block> {
    let Some(shape) = SHAPES.iter().find(|shape| shape.name == name || shape.also.contains(&name)) else {
        let near = nearest(name, SHAPES.iter().flat_map(|shape| shape.also.iter().copied().chain([shape.name])));
        let all: Vec<&str> = SHAPES.iter().map(|shape| shape.name).collect();
        diagnostics.push(messages::markdown::block_unknown(place, name, near, &all));
        return None;
    };
    let (head, prose) = text.split_once("\n---\n").map_or((text, None), |(head, prose)| (head, Some(prose)));
    let mut block = Block { name: shape.name.to_string(), arguments: Vec::new(), body: None, record: None, chart: None, media: None, spot };
    let mut sound = true;
    for (at, line) in head.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let here = Place { line: place.line + 1 + u32::try_from(at).unwrap_or(0), column: 1, length: 0, ..place.clone() };
        let Some((key, value)) = line.split_once([':', '：']).map(|(key, value)| (key.trim(), value.trim().to_string())) else {
            diagnostics.push(messages::markdown::block_line(here, line));
            sound = false;
            continue;
        };
        match shape.arguments.iter().find(|(english, chinese, _)| *english == key || *chinese == key) {
            Some((english, _, _)) => block.arguments.push(((*english).to_string(), value)),
            None => {
                let near = nearest(key, shape.arguments.iter().flat_map(|(english, chinese, _)| [*english, *chinese]));
                diagnostics.push(messages::markdown::block_argument(here, shape.name, key, near));
                sound = false;
            }
        }
    }
    for (english, chinese, _) in shape.arguments.iter().filter(|(_, _, needed)| *needed) {
        if !block.arguments.iter().any(|(key, value)| key == english && !value.is_empty()) {
            diagnostics.push(messages::markdown::block_missing(place.clone(), shape.name, english, chinese));
            sound = false;
        }
    }
    if !sound {
        return None;
    }
    complete(&mut block, shape, &place, diagnostics)?;
    let first_line = spot.line + 2 + u32::try_from(head.lines().count()).unwrap_or(0);
    if shape.name == CHART {
        block.chart = Some(Box::new(chart(&block, prose.unwrap_or_default(), origin, first_line, place, diagnostics)?));
    }
    if let Some(prose) = prose.filter(|_| shape.prose) {
        block.body = Some(Box::new(super::document(prose, &Origin { first_line, ..*origin }, diagnostics)));
    }
    Some(block)
}

/// The numbers of a chart. Its anchor is its line: two texts may stand on one page, so that of a field begins with its key.
fn chart(block: &Block, table: &str, origin: &Origin<'_>, first_line: u32, place: Place, diagnostics: &mut Diagnostics) -> Option<Chart> {
    let get = |key: &str| block.arguments.iter().find(|(known, _)| known == key).map_or("", |(_, value)| value.as_str());
    let field = origin.field.map(|field| format!("{}-", field.replace('.', "-"))).unwrap_or_default();
    let words = Words {
        kind: get("kind"),
        id: format!("chart-{field}{}", block.spot.line),
        title: get("title"),
        unit: get("unit"),
        source: get("source"),
        as_of: get("as_of"),
    };
    crate::read::chart::of_table(&words, table, origin.file, first_line, place, diagnostics)
}

/// Fills what the arguments mean, and checks their values.
fn complete(block: &mut Block, shape: &Shape, place: &Place, diagnostics: &mut Diagnostics) -> Option<()> {
    let get = |block: &Block, key: &str| block.arguments.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone());
    let spot = block.spot;
    if let Some(src) = get(block, "src") {
        let alt = get(block, "alt").unwrap_or_default();
        match target::of(&src) {
            Some(target @ (Target::Relative(..) | Target::Record(..))) => block.media = Some(DocImage { target, alt, spot }),
            _ => diagnostics.push(messages::markdown::scheme_not_allowed(place.clone(), &src)),
        }
        block.media.as_ref()?;
    }
    if let Some(record) = get(block, "record") {
        block.record = Some(DocLink { target: target::of(&record)?, spot });
    }
    if let Some(url) = get(block, "url")
        && crate::value::text::url(&url).is_err()
    {
        diagnostics.push(messages::markdown::scheme_not_allowed(place.clone(), &url));
        return None;
    }
    if let Some(level) = get(block, "level") {
        let known = super::words::callout(&level).map(|callout| callout.key);
        let Some(known) = known else {
            diagnostics.push(messages::markdown::block_argument(place.clone(), shape.name, &level, nearest(&level, LEVELS)));
            return None;
        };
        block.arguments.iter_mut().filter(|(key, _)| key == "level").for_each(|(_, value)| *value = known.to_string());
    }
    Some(())
}
