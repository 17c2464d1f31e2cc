//! Styles of a Word file: what a paragraph or a run looks like before it says anything itself.

use super::model::Look;
use crate::source::xml::Element;
use std::collections::HashMap;

/// How many styles may stand on each other.
const DEEPEST: usize = 20;
/// The longest name of a font, in bytes; Windows knows none longer than 31 signs.
const FONT: usize = 100;

/// All styles of a file.
#[derive(Default)]
pub struct Styles<'t> {
    by_id: HashMap<&'t str, &'t Element>,
    defaults: Option<&'t Element>,
    usual: Option<&'t str>,
}

/// What a paragraph is by its style and by itself.
#[derive(Debug, Clone, Default)]
pub struct ParaLook {
    /// The look of its text.
    pub look: Look,
    /// The level of its heading, from 1.
    pub outline: Option<u8>,
    /// Is it called the title?
    pub is_title: bool,
    /// Is it an entry of a table of contents?
    pub is_contents: bool,
    /// Is it centred?
    pub centred: bool,
    /// The list and the level of its automatic number.
    pub number: Option<(String, usize)>,
}

impl<'t> Styles<'t> {
    /// The styles of `styles.xml`.
    pub fn new(tree: Option<&'t Element>) -> Styles<'t> {
        let Some(tree) = tree else { return Styles::default() };
        let mut styles = Styles { defaults: tree.at(&["docDefaults", "rPrDefault", "rPr"]), ..Styles::default() };
        for style in tree.elements().filter(|element| element.name == "style") {
            let Some(id) = style.get("styleId") else { continue };
            styles.by_id.insert(id, style);
            if style.get("type") == Some("paragraph") && style.get("default").is_some_and(is_on) {
                styles.usual = Some(id);
            }
        }
        styles
    }

    /// A style and those it stands on, the deepest first.
    fn chain(&self, id: Option<&str>) -> Vec<&'t Element> {
        let mut chain = Vec::new();
        let mut next = id.and_then(|id| self.by_id.get(id)).copied();
        while let Some(style) = next.filter(|_| chain.len() < DEEPEST) {
            chain.push(style);
            next = style.val("basedOn").and_then(|id| self.by_id.get(id)).copied();
        }
        chain.reverse();
        chain
    }

    /// What a paragraph is.
    pub fn para(&self, properties: Option<&Element>) -> ParaLook {
        let mut found = ParaLook { look: Look { size: 20, ..Look::default() }, ..ParaLook::default() };
        if let Some(defaults) = self.defaults {
            apply(&mut found.look, defaults);
        }
        let id = properties.and_then(|properties| properties.val("pStyle"));
        for style in self.chain(id.or(self.usual)) {
            if let Some(run) = style.child("rPr") {
                apply(&mut found.look, run);
            }
            let name: String = style.val("name").unwrap_or_default().to_lowercase().split_whitespace().collect();
            found.is_title |= matches!(name.as_str(), "title" | "文档标题") || name == "标题" && style.at(&["pPr", "outlineLvl"]).is_none();
            found.is_contents |= name.starts_with("toc") || name.starts_with("目录");
            let level = ["heading", "标题"].iter().find_map(|word| name.strip_prefix(word)?.parse::<u8>().ok());
            found.outline = level.filter(|level| (1..=9).contains(level)).or(found.outline);
            if let Some(own) = style.child("pPr") {
                found.own(own);
            }
        }
        if let Some(own) = properties {
            found.own(own);
        }
        found
    }

    /// The look of a run.
    pub fn run(&self, base: &Look, properties: Option<&Element>) -> Look {
        let mut look = base.clone();
        let Some(properties) = properties else { return look };
        for style in self.chain(properties.val("rStyle")) {
            if let Some(run) = style.child("rPr") {
                apply(&mut look, run);
            }
        }
        apply(&mut look, properties);
        look
    }
}

impl ParaLook {
    fn own(&mut self, properties: &Element) {
        if let Some(level) = properties.val("outlineLvl").and_then(|level| level.parse::<u8>().ok()) {
            // 9 is the level of the body.
            self.outline = (level < 9).then_some(level + 1);
        }
        if let Some(side) = properties.val("jc") {
            self.centred = side == "center";
        }
        if let Some(number) = properties.child("numPr") {
            let level = number.val("ilvl").and_then(|level| level.parse().ok());
            let list = number.val("numId").map(str::to_string);
            let (old_list, old_level) = self.number.take().map_or((None, 0), |(list, level)| (Some(list), level));
            let list = list.or(old_list).filter(|list| list != "0");
            self.number = list.map(|list| (list, level.unwrap_or(old_level).min(8)));
        }
    }
}

fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

/// Lays what some properties say over a look.
fn apply(look: &mut Look, properties: &Element) {
    for property in properties.elements() {
        let value = property.get("val");
        let on = value.is_none_or(is_on);
        match property.name.as_str() {
            "b" => look.bold = on,
            "i" => look.italic = on,
            "strike" | "dstrike" => look.strike = on,
            "vanish" => look.hidden = on,
            "u" => look.underline = on,
            "vertAlign" => (look.raised, look.lowered) = (value == Some("superscript"), value == Some("subscript")),
            // LibreOffice raises letters by points.
            "position" => {
                let points = value.and_then(|points| points.parse::<i32>().ok()).unwrap_or(0);
                (look.raised, look.lowered) = (points > 0, points < 0);
            }
            "sz" => look.size = value.and_then(|size| size.parse().ok()).unwrap_or(look.size),
            "rFonts" => {
                if let Some(font) = property.get("eastAsia").or_else(|| property.get("ascii")).filter(|font| font.len() <= FONT) {
                    look.font = font.to_string();
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Styles;
    use crate::desk::word::model::Look;
    use crate::source::xml;

    #[test]
    fn a_font_is_a_name() {
        let font = |name: &str| {
            let run = format!("<rPr><rFonts eastAsia='{name}'/></rPr>");
            Styles::default().run(&Look::default(), Some(&xml::parse(run.as_bytes()).expect("it is sound"))).font
        };
        assert_eq!((font("黑体").as_str(), font(&"x".repeat(2_000)).as_str()), ("黑体", ""));
    }
}
