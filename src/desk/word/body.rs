//! `document.xml` → blocks: paragraphs and tables in order, and a list of what cannot be carried.

use super::model::{Block, Cell, Doc, Left, Look, Para, Spot, Table};
use super::numbering::Numbering;
use super::package::{Goal, Package, Relations};
use super::styles::{ParaLook, Styles};
use super::words;
use crate::diagnostic::{Diagnostic, Said, SitePath, messages};
use crate::source::xml::Element;
use std::collections::HashMap;

/// The most columns of a table.
const COLUMNS: usize = 60;
/// So many things that were left are told.
const LISTED: usize = 2_000;
/// The most that merged cells may repeat, in bytes.
const REPEATED: usize = 4_000_000;
/// What a paragraph or a span of one takes at least.
const SPAN: usize = 64;
/// The most cells of all tables, merged ones counted as often as they show.
const CELLS: usize = 200_000;

/// Reads one file.
pub(super) struct Reader<'t> {
    pub(super) package: &'t Package<'t>,
    pub(super) relations: Relations,
    pub(super) styles: Styles<'t>,
    numbering: Numbering<'t>,
    pub(super) doc: Doc,
    /// Where reading is.
    pub(super) place: Spot,
    count: usize,
    tables: usize,
    cells: usize,
    repeated: usize,
    /// Fields that are open.
    pub(super) fields: Vec<super::runs::Field>,
    /// How many links are open.
    pub(super) links: usize,
    /// Notes that were referred to: which part, its id.
    pub(super) notes: Vec<(&'static str, String)>,
    /// Pictures by their digests.
    pub(super) seen: HashMap<String, usize>,
    /// What became of parts that are pictures: the number of each, or why it is left.
    pub(super) known: HashMap<String, Result<usize, Said>>,
}

/// Reads a file into plain values.
pub fn read(file: &SitePath, bytes: &[u8]) -> Result<Doc, Diagnostic> {
    let package = Package::open(file, bytes)?;
    let main = package.document()?;
    let tree = package.tree(&main)?.ok_or_else(|| messages::word::unreadable(file))?;
    let body = tree.child("body").filter(|_| tree.name == "document").ok_or_else(|| messages::word::unreadable(file))?;
    let relations = package.relations(&main)?;
    let part = |kind: &str| {
        relations.values().find_map(|(known, goal)| match goal {
            Goal::Part(name) if known == kind => Some(name.clone()),
            _ => None,
        })
    };
    let tree_of = |kind: &str| part(kind).map_or(Ok(None), |name| package.tree(&name));
    let (styles, numbering) = (tree_of("styles")?, tree_of("numbering")?);
    let note_parts = ["footnotes", "endnotes"].map(|kind| (kind, part(kind)));
    let mut reader = Reader::new(&package, relations.clone(), Styles::new(styles.as_ref()), Numbering::new(numbering.as_ref()));
    reader.blocks(body);
    for (kind, name) in note_parts {
        let Some(name) = name else { continue };
        if reader.notes.iter().any(|(known, _)| *known == kind) {
            let tree = package.tree(&name)?;
            reader.relations = package.relations(&name)?;
            reader.read_notes(kind, tree.as_ref());
        }
    }
    reader.margins()?;
    Ok(reader.doc)
}

impl<'t> Reader<'t> {
    /// A reader that has read nothing.
    pub(super) fn new(package: &'t Package<'t>, relations: Relations, styles: Styles<'t>, numbering: Numbering<'t>) -> Reader<'t> {
        Reader {
            package,
            relations,
            styles,
            numbering,
            doc: Doc::default(),
            place: Spot::Whole,
            count: 0,
            tables: 0,
            cells: 0,
            repeated: 0,
            fields: Vec::new(),
            links: 0,
            notes: Vec::new(),
            seen: HashMap::new(),
            known: HashMap::new(),
        }
    }
}

impl Reader<'_> {
    /// Notes something that is not carried, once for a place.
    pub(super) fn leave(&mut self, what: Said) {
        let left = Left { place: self.place, what };
        let here = self.doc.left.iter().rev().take_while(|known| known.place == left.place);
        if self.doc.left.len() < LISTED && !here.into_iter().any(|known| *known == left) {
            self.doc.left.push(left);
        }
    }

    fn blocks(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => {
                    self.place = Spot::Para(self.count + 1);
                    let para = self.para(element);
                    if para.is_blank() {
                        self.doc.blanks += 1;
                    } else {
                        self.count += 1;
                        self.doc.blocks.push(Block::Para(para));
                    }
                }
                "tbl" => {
                    self.tables += 1;
                    let table = self.table(element, self.tables);
                    self.doc.blocks.push(Block::Table(table));
                }
                "sdt" => {
                    if element
                        .at(&["sdtPr", "docPartObj", "docPartGallery"])
                        .is_some_and(|part| part.get("val").is_some_and(|name| name.contains("Contents")))
                    {
                        self.place = Spot::Para(self.count + 1);
                        self.leave(words::contents());
                    } else if let Some(inner) = filled(element) {
                        self.blocks(inner);
                    }
                }
                "ins" | "moveTo" | "customXml" | "smartTag" => self.blocks(element),
                "del" | "moveFrom" => self.leave(words::deleted()),
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.blocks(chosen);
                    }
                }
                "altChunk" => self.leave(words::chunk()),
                "oMathPara" | "oMath" => self.leave(words::equation(&element.texts_of("t"))),
                _ => {}
            }
        }
    }

    /// One paragraph.
    pub(super) fn para(&mut self, element: &Element) -> Para {
        let properties = element.child("pPr");
        let found = self.styles.para(properties);
        if found.is_contents {
            self.leave(words::contents());
            return Para::default();
        }
        let ParaLook { look, outline, is_title, centred, number, .. } = found;
        let mut para = Para { place: self.place, outline, is_title, centred, ..Para::default() };
        self.runs(element, &Look { hidden: false, ..look }, None, &mut para.spans);
        self.torn_fields();
        // Word numbers empty paragraphs too; one whose mark is deleted is a part of the next.
        let mark = properties.and_then(|properties| properties.child("rPr"));
        let is_gone = mark.is_some_and(|mark| mark.child("del").is_some() || mark.child("moveFrom").is_some());
        if let Some((list, level)) = number.filter(|_| !is_gone) {
            para.number = self.numbering.next(&list, level);
        }
        para
    }

    fn table(&mut self, element: &Element, number: usize) -> Table {
        let mut table = Table { number, rows: Vec::new() };
        let mut rows = Vec::new();
        flat(element, "tr", &mut rows);
        for row in rows {
            self.place = Spot::Row(number, table.rows.len() + 1);
            let properties = row.child("trPr");
            if properties.is_some_and(|properties| properties.child("del").is_some()) {
                self.leave(words::deleted());
                continue;
            }
            let mut cells: Vec<Cell> = Vec::new();
            let before = properties.and_then(|properties| properties.val("gridBefore")).and_then(|count| count.parse::<usize>().ok());
            let before = before.unwrap_or(0).min(COLUMNS);
            if self.cells + before > CELLS {
                self.leave(words::too_wide());
                break;
            }
            self.cells += before;
            cells.extend((0..before).map(|_| Cell { wide: 1, ..Cell::default() }));
            let mut found = Vec::new();
            flat(row, "tc", &mut found);
            for cell in found {
                let properties = cell.child("tcPr");
                let wide = properties.and_then(|properties| properties.val("gridSpan")).and_then(|wide| wide.parse::<usize>().ok());
                let wide = wide.unwrap_or(1).clamp(1, COLUMNS.saturating_sub(cells.len()).max(1));
                if cells.len() >= COLUMNS || self.cells + wide > CELLS {
                    self.leave(words::too_wide());
                    break;
                }
                self.cells += wide;
                let goes_on =
                    properties.and_then(|properties| properties.child("vMerge")).is_some_and(|merge| merge.get("val") != Some("restart"));
                let above = table.rows.last().and_then(|row| row.get(cells.len())).filter(|_| goes_on);
                let paras = match above {
                    Some(above) => {
                        self.leave(words::merged());
                        self.repeat(&above.paras)
                    }
                    None => {
                        let mut paras = Vec::new();
                        self.cell(cell, &mut paras);
                        paras
                    }
                };
                if wide > 1 {
                    self.leave(words::merged());
                }
                let copies: Vec<Vec<Para>> = (1..wide).map(|_| self.repeat(&paras)).collect();
                cells.push(Cell { paras, wide });
                cells.extend(copies.into_iter().map(|paras| Cell { paras, wide: 0 }));
            }
            table.rows.push(cells);
        }
        table
    }

    /// The paragraphs of a merged cell once more, as long as that stays within reason.
    fn repeat(&mut self, paras: &[Para]) -> Vec<Para> {
        let cost = |para: &Para| SPAN * (1 + para.spans.len()) + para.weight();
        if self.repeated <= REPEATED {
            self.repeated += paras.iter().map(cost).sum::<usize>();
        }
        if self.repeated > REPEATED && !paras.is_empty() {
            self.leave(words::too_wide());
            return Vec::new();
        }
        paras.to_vec()
    }

    fn cell(&mut self, element: &Element, paras: &mut Vec<Para>) {
        for inner in element.elements() {
            match inner.name.as_str() {
                "p" => {
                    let para = self.para(inner);
                    if !para.is_blank() {
                        paras.push(para);
                    }
                }
                "tbl" => {
                    self.leave(words::nested());
                    let mut cells = Vec::new();
                    flat(inner, "tr", &mut cells);
                    cells.into_iter().for_each(|row| {
                        let mut found = Vec::new();
                        flat(row, "tc", &mut found);
                        found.into_iter().for_each(|cell| self.cell(cell, paras));
                    });
                }
                "sdt" => {
                    if let Some(content) = filled(inner) {
                        self.cell(content, paras);
                    }
                }
                "ins" | "moveTo" | "customXml" | "smartTag" => self.cell(inner, paras),
                "del" | "moveFrom" => self.leave(words::deleted()),
                _ => {}
            }
        }
    }

    fn read_notes(&mut self, kind: &'static str, tree: Option<&Element>) {
        let wanted: Vec<(usize, String)> =
            self.notes.iter().enumerate().filter(|(_, (of, _))| *of == kind).map(|(at, (_, id))| (at + 1, id.clone())).collect();
        let of = tree.into_iter().flat_map(Element::elements).filter_map(|note| Some((note.get("id")?, note)));
        // Of several notes of an id the first counts.
        let known: HashMap<&str, &Element> = of.collect::<Vec<_>>().into_iter().rev().collect();
        for (label, id) in wanted {
            let note = known.get(id.as_str()).copied();
            let mut paras = Vec::new();
            self.place = Spot::Notes;
            if let Some(note) = note {
                self.cell(note, &mut paras);
            }
            self.doc.notes.insert(label, paras);
        }
    }

    /// Headers and footers are told, where they say anything.
    fn margins(&mut self) -> Result<(), Diagnostic> {
        self.place = Spot::Whole;
        for (beginning, what) in [("word/header", words::header as fn(&str) -> Said), ("word/footer", words::footer)] {
            for name in self.package.named(beginning) {
                let Some(tree) = self.package.tree(&name)? else { continue };
                let text = tree.texts_of("t");
                if text.chars().any(char::is_alphabetic) {
                    self.leave(what(&text));
                }
            }
        }
        Ok(())
    }
}

/// The elements of a name inside, also through wrappers that change nothing.
fn flat<'e>(parent: &'e Element, name: &str, found: &mut Vec<&'e Element>) {
    for element in parent.elements() {
        match element.name.as_str() {
            known if known == name => found.push(element),
            "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo" => flat(element, name, found),
            _ => {}
        }
    }
}

/// What a content control holds; what it only asks for is no text.
pub(super) fn filled(control: &Element) -> Option<&Element> {
    control.child("sdtContent").filter(|_| control.at(&["sdtPr", "showingPlcHdr"]).is_none())
}

/// Of several forms of the same thing, the newest; the old one where the newest is empty.
pub(super) fn chosen(element: &Element) -> Option<&Element> {
    element.child("Choice").filter(|choice| choice.elements().next().is_some()).or_else(|| element.child("Fallback"))
}
