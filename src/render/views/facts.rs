//! Facts: values as readers see them, grouped as the schema says.

use super::in_lang;
use crate::plan::page_url;
use crate::render::charts::ChartView;
use crate::resolve::{Catalog, Entry, EntryIx, url::encode};
use crate::schema::{Field, Role, Show, Type};
use crate::value::{self, Fields, Held, Kind, Lang, Link, Media, Origin, Value};
use serde::Serialize;

/// One value, or one of several.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Piece {
    /// What is read.
    pub text: String,
    /// Where it leads: an address of its own scheme.
    pub href: Option<String>,
    /// Where it leads inside the site, below the root.
    pub path: Option<String>,
    /// What stands beside it in small print, such as what was typed.
    pub note: Option<String>,
}

/// A field with its label and value.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// The dotted key.
    pub key: String,
    /// The label.
    pub label: String,
    /// The value; empty where it is not given.
    pub pieces: Vec<Piece>,
    /// Was it taken over from the building?
    pub inherited: bool,
    /// Was it computed?
    pub computed: bool,
}

/// A group with many items.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// The key of the group.
    pub key: String,
    /// The caption.
    pub label: String,
    /// The headings.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<TableRow>,
    /// Pictures of its numbers.
    pub charts: Vec<ChartView>,
    /// Is a value in it taken over from the building? Then a note explains the mark.
    pub inherited: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Serialize)]
pub struct TableRow {
    /// The anchor, where the item has a key.
    pub anchor: Option<String>,
    /// The cells.
    pub cells: Vec<Fact>,
}

/// Facts under one heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SectionView {
    /// The key.
    pub key: String,
    /// The heading; empty for the facts that belong to no section.
    pub label: String,
    /// The facts.
    pub facts: Vec<Fact>,
    /// The tables.
    pub tables: Vec<Table>,
}

/// The main facts of a record, for prose and contacts.
#[derive(Debug, Clone, Serialize)]
pub struct RecordFacts {
    /// The title.
    pub title: String,
    /// The address below the root.
    pub path: String,
    /// The facts of its card.
    pub facts: Vec<Fact>,
}

/// The roles that a page shows by itself, so that they are no facts.
const SHOWN_ELSEWHERE: [Role; 15] = [
    Role::Title,
    Role::Summary,
    Role::Body,
    Role::Cover,
    Role::Keywords,
    Role::State,
    Role::PublishAt,
    Role::UnpublishAt,
    Role::Sample,
    Role::Redirects,
    Role::Corrections,
    Role::Withdrawal,
    Role::Contact,
    Role::Updated,
    Role::Author,
];

/// What reading values for people needs.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The language.
    pub lang: Lang,
}

/// The card facts of a record.
pub fn of_record(catalog: &Catalog, ix: EntryIx) -> RecordFacts {
    let entry = &catalog.entries[ix];
    let reader = Reader { catalog, lang: entry.lang };
    let fields = catalog.type_of(entry).fields.iter().filter(|field| field.shows(Show::Card) && is_fact(field));
    let facts = fields.filter_map(|field| reader.fact(field, entry.fields.get(&field.key)?, &field.key)).collect();
    RecordFacts { title: entry.title.clone(), path: entry.url.link(catalog.portable), facts }
}

/// Is a field a fact, or does the page show it in a place of its own?
pub fn is_fact(field: &Field) -> bool {
    let elsewhere = field.role.is_some_and(|role| SHOWN_ELSEWHERE.contains(&role));
    !elsewhere && !field.shows(Show::Nowhere) && !field.shows(Show::Prose) && field.kind != Kind::Markdown && field.kind != Kind::Image
}

/// The facts of an entry, section by section.
pub fn sections(catalog: &Catalog, entry: &Entry) -> Vec<SectionView> {
    let schema = catalog.type_of(entry);
    let reader = Reader { catalog, lang: entry.lang };
    let mut sections = vec![SectionView::default()];
    sections.extend(schema.sections.iter().map(|section| SectionView {
        key: section.key.clone(),
        label: in_lang(&section.label, entry.lang).to_string(),
        ..SectionView::default()
    }));
    let elsewhere = |field: &&Field| schema.block.iter().any(|path| **path == *field.key);
    for field in schema.fields.iter().filter(|field| is_fact(field) && !elsewhere(field)) {
        let at = field.section.as_ref().and_then(|key| sections.iter().position(|section| section.key == *key)).unwrap_or(0);
        let section = &mut sections[at];
        match entry.fields.get(&field.key) {
            Some(held) => reader.add_to_section(field, held, &field.key, section),
            // What a finder filters or compares is said to be missing; other absent fields are simply left out.
            None if wanted(field) => section.facts.push(reader.missing(field)),
            None => {}
        }
    }
    sections.retain(|section| !section.facts.is_empty() || !section.tables.is_empty());
    sections
}

/// What stands together at the top of a public document, in the order of its type.
pub fn block(catalog: &Catalog, entry: &Entry) -> Vec<Fact> {
    let schema = catalog.type_of(entry);
    let reader = Reader { catalog, lang: entry.lang };
    schema.block.iter().filter_map(|path| reader.fact(schema.field_at(path)?, entry.fields.at(path)?, path)).collect()
}

fn wanted(field: &Field) -> bool {
    [Show::Filter, Show::Compare].into_iter().any(|show| field.shows(show)) && field.kind != Kind::Group
}

impl Reader<'_> {
    fn missing(&self, field: &Field) -> Fact {
        let label = in_lang(&field.label, self.lang).to_string();
        Fact { key: field.key.to_string(), label, pieces: Vec::new(), inherited: false, computed: false }
    }

    fn add_to_section(&self, field: &Field, held: &Held, path: &str, section: &mut SectionView) {
        match (&held.value, &field.kind) {
            (Value::Group(inner), _) => {
                for child in field.fields.iter().filter(|child| !child.shows(Show::Nowhere)) {
                    if let Some(held) = inner.get(&child.key) {
                        let before = section.facts.len();
                        self.add_to_section(child, held, &format!("{path}.{}", child.key), section);
                        // `水：日供水量` reads as part of its group.
                        let group = in_lang(&field.label, self.lang);
                        for fact in section.facts.iter_mut().skip(before) {
                            fact.label = if self.lang.is_chinese() {
                                format!("{group}·{}", fact.label)
                            } else {
                                format!("{group}: {}", fact.label)
                            };
                        }
                    }
                }
            }
            (Value::List(items), Kind::Group) => section.tables.extend(self.table(field, items, path)),
            _ => section.facts.extend(self.fact(field, held, path)),
        }
    }

    /// A group with many items as a table with the columns that are used.
    pub fn table(&self, field: &Field, items: &[Held], path: &str) -> Option<Table> {
        let rows: Vec<&Fields> =
            items.iter().filter_map(|item| if let Value::Group(inner) = &item.value { Some(inner) } else { None }).collect();
        let shown = |child: &&Field| !child.shows(Show::Nowhere) && child.kind != Kind::Image;
        let used: Vec<&Field> =
            field.fields.iter().filter(shown).filter(|child| rows.iter().any(|row| row.get(&child.key).is_some())).collect();
        if used.is_empty() {
            return None;
        }
        let cell = |row: &Fields, child: &Field| {
            let held = row.get(&child.key).and_then(|held| self.fact(child, held, &child.key));
            held.unwrap_or_else(|| self.missing(child))
        };
        Some(Table {
            key: path.to_string(),
            label: in_lang(&field.label, self.lang).to_string(),
            charts: super::charts::of_group(*self, field, &rows, path),
            inherited: rows
                .iter()
                .any(|row| used.iter().any(|child| row.get(&child.key).is_some_and(|held| held.from == Origin::Inherited))),
            columns: used.iter().map(|child| in_lang(&child.label, self.lang).to_string()).collect(),
            rows: rows
                .iter()
                .map(|row| TableRow {
                    anchor: field.item_key.as_deref().and_then(|key| match row.value(key) {
                        Some(Value::Text(text)) => Some(format!("u-{text}")),
                        _ => None,
                    }),
                    cells: used.iter().map(|child| cell(row, child)).collect(),
                })
                .collect(),
        })
    }

    /// One field with its value; `None` where there is nothing to show.
    pub fn fact(&self, field: &Field, held: &Held, path: &str) -> Option<Fact> {
        let pieces = self.pieces(&held.value, field);
        (!pieces.is_empty()).then(|| Fact {
            key: path.to_string(),
            label: in_lang(&field.label, self.lang).to_string(),
            pieces,
            inherited: held.from == Origin::Inherited,
            computed: held.from == Origin::Derived,
        })
    }

    /// A value in pieces.
    pub fn pieces(&self, value: &Value, field: &Field) -> Vec<Piece> {
        match value {
            Value::List(items) => items.iter().flat_map(|item| self.pieces(&item.value, field)).collect(),
            Value::Group(inner) => {
                let parts = field.fields.iter().filter_map(|child| self.fact(child, inner.get(&child.key)?, &child.key));
                let texts: Vec<String> = parts.map(|fact| format!("{} {}", fact.label, joined(&fact.pieces, self.lang))).collect();
                vec![Piece { text: texts.join(if self.lang.is_chinese() { "，" } else { ", " }), ..Piece::default() }]
            }
            Value::Link(link) => self.link(link).into_iter().collect(),
            Value::Media(media) => self.media(media).into_iter().collect(),
            Value::Markdown(document) => vec![Piece { text: document.text.clone(), ..Piece::default() }],
            other => {
                let shown = value::show::show(other, &field.kind, self.lang);
                vec![Piece { text: shown.text, href: shown.href, note: shown.note, path: None }]
            }
        }
    }

    fn link(&self, link: &Link) -> Option<Piece> {
        match link {
            Link::Record(id) => {
                let entry = &self.catalog.entries[self.catalog.find(id, self.lang)?];
                Some(Piece { text: entry.title.clone(), path: Some(entry.url.link(self.catalog.portable)), ..Piece::default() })
            }
            Link::Text(text) => Some(Piece { text: text.clone(), ..Piece::default() }),
            Link::Named(_) => None,
        }
    }

    fn media(&self, media: &Media) -> Option<Piece> {
        let out = self.catalog.media.get(media.file.as_ref()?)?;
        let name = media.src.rsplit('/').next().unwrap_or(&media.src);
        let text = media.caption.clone().unwrap_or_else(|| name.to_string());
        let ending = media.file.as_ref().map(|file| file.extension().to_uppercase()).unwrap_or_default();
        let note = format!("{ending}, {}", size(media.bytes));
        Some(Piece { text, path: Some(encode(&out.path)), note: Some(note), href: None })
    }
}

/// A size people can read.
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// Pieces as one text.
pub fn joined(pieces: &[Piece], lang: Lang) -> String {
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    texts.join(if lang.is_chinese() { "、" } else { ", " })
}

/// The list page that shows all records of a back link: the linking type's list.
pub fn list_path(catalog: &Catalog, of: &Type, lang: Lang) -> String {
    page_url(catalog, lang, &of.folder).link(catalog.portable)
}
