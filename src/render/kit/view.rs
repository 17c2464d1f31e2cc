//! What the templates of the kit see beside the view of the record's page.

use super::pictures;
use crate::diagnostic::Diagnostic;
use crate::render::images::Images;
use crate::render::qr::{self, Qr};
use crate::render::views::facts::{Fact, Piece, Reader, RecordFacts, SectionView, is_fact, joined, of_record, sections};
use crate::render::views::page::{absolute, site_name};
use crate::render::views::{card, map, record, sheet};
use crate::resolve::{Catalog, Entry, EntryIx, State};
use crate::schema::{Role, Show};
use crate::value::document::Part;
use crate::value::unit::in_words;
use crate::value::{Document, Kind, Lang, Link, Media, Target, Value};
use serde::Serialize;

/// So many facts fit on a poster and into a message.
const MOST_FACTS: usize = 6;
/// With fewer, what stands elsewhere on the page joins them.
const LEAST_FACTS: usize = 3;
/// A value longer than so many Chinese characters is none for a poster.
const LONGEST_FACT: f64 = 20.0;
/// The most prose that a poster without a picture shows, in Chinese characters.
const EXCERPT: f64 = 330.0;

/// What a record is where it is shown outside the site.
#[derive(Serialize)]
pub struct KitView {
    /// Is it shown before its publication?
    pub preview: bool,
    /// What every piece must say: a preview, sample data, past its validity.
    pub marks: Vec<String>,
    /// What people look for first.
    pub facts: Vec<Line>,
    /// Facts that are too long for a poster, by their labels.
    #[serde(skip)]
    pub long: Vec<String>,
    /// The facts of the page by section, without those that are shown first and those that are missing.
    pub sections: Vec<SectionView>,
    /// Whom to ask; only what may be shown.
    pub contacts: Vec<ContactView>,
    /// The size of the title, in the poster's units: as large as it can be in as few lines as it needs.
    pub size: f64,
    /// The beginning of the prose by paragraphs, for a poster without a picture.
    pub excerpt: Vec<String>,
    /// How large it can be: `large`, `medium`, `small`.
    pub excerpt_size: &'static str,
    /// The summary, where the record has none the beginning of its prose.
    pub summary: String,
    /// `<html lang>`.
    pub lang: &'static str,
    /// The address of its page.
    pub address: Option<String>,
    /// The same as it is read, without `https://`.
    pub shown_address: Option<String>,
    /// The code that leads there.
    pub qr: Option<Qr>,
    /// The name of the site, the short one where it has one.
    pub sender: String,
    /// The day of the record; where it has none, the one on which the pieces were made.
    pub day: String,
    /// The picture of the poster.
    pub picture: Option<PictureView>,
    /// The drawing of a record without a picture.
    pub map: Option<map::MapView>,
    /// The logo of the site.
    pub logo: Option<String>,
}

/// A fact as one line.
#[derive(Serialize, Clone)]
pub struct Line {
    /// Its key, for styles.
    pub key: String,
    /// What it is.
    pub label: String,
    /// Its value with the signs of its unit.
    pub text: String,
    /// Its value in words.
    pub words: String,
}

/// Whom to ask.
#[derive(Serialize)]
pub struct ContactView {
    title: String,
    /// Telephone and mail.
    ways: Vec<String>,
    facts: Vec<Line>,
}

/// The picture of a poster.
#[derive(Serialize)]
pub struct PictureView {
    src: String,
    alt: String,
    caption: Option<String>,
    credit: Option<String>,
    drawing: bool,
}

/// The view of an entry.
pub fn of(catalog: &Catalog, ix: EntryIx, images: &Images, preview: bool) -> Result<KitView, Diagnostic> {
    let entry = &catalog.entries[ix];
    let address = absolute(catalog, &entry.url.link(false));
    let found = pictures::for_poster(catalog, images, shown(catalog, entry).into_iter())?;
    let picture = found.map(|(media, src)| PictureView {
        drawing: src.starts_with("data:image/svg"),
        src,
        alt: media.alt.clone(),
        caption: media.caption.clone(),
        credit: media.credit.clone(),
    });
    let drawing = if picture.is_none() { map::of_record(catalog, entry).filter(|map| map.rings.is_some()) } else { None };
    let bare = picture.is_none() && drawing.is_none();
    let summary = catalog.role(entry, Role::Summary).map_or("", |_| entry.summary.as_str());
    let prose = documents(catalog, entry).into_iter().map(|document| document.text.trim()).find(|text| !text.is_empty());
    let excerpt = prose.filter(|_| bare).map(|text| Excerpt::of(text, &entry.title, summary)).unwrap_or_default();
    // What has neither picture nor prose has room for more facts.
    let (facts, long) = facts(catalog, ix, if bare && excerpt.paragraphs.is_empty() { MOST_FACTS } else { LEAST_FACTS });
    let short = catalog.site.text(if entry.lang.is_chinese() { "identity.short_name" } else { "identity.short_name_en" });
    Ok(KitView {
        preview,
        marks: marks(catalog, entry, preview),
        facts,
        long,
        sections: others(catalog, ix),
        contacts: record::contacts(catalog, entry).iter().map(|contact| asked(contact, entry.lang)).collect(),
        size: size(&entry.title),
        summary: entry.summary.clone(),
        excerpt_size: excerpt.size,
        excerpt: excerpt.paragraphs,
        lang: entry.lang.html(),
        shown_address: address.as_deref().map(|address| {
            let plain = address.trim_start_matches("https://").trim_start_matches("http://");
            plain.trim_end_matches('/').to_string()
        }),
        qr: address.as_deref().and_then(qr::code),
        address,
        sender: short.map_or_else(|| site_name(catalog, entry.lang), str::to_string),
        day: card::date(catalog, ix, Role::Date)
            .or_else(|| card::shown(&Value::Date(catalog.at.day_in(&catalog.site.zone)), entry.lang))
            .map(|(shown, _)| shown)
            .unwrap_or_default(),
        picture,
        map: drawing,
        logo: logo(catalog, images)?,
    })
}

/// What every piece must say of a record.
fn marks(catalog: &Catalog, entry: &Entry, preview: bool) -> Vec<String> {
    let word = |key: &str| catalog.word(key, entry.lang);
    let mut marks = Vec::new();
    if preview {
        marks.push(word("kit_preview"));
    }
    if entry.sample || catalog.site.demo {
        marks.push(word("sample"));
    }
    if matches!(entry.state, State::Expired | State::Archived) && !preview {
        marks.push(word(&format!("state_{}", entry.state.word())));
    }
    marks
}

/// The facts for posters and messages, and the labels of those that are too long for a poster.
fn facts(catalog: &Catalog, ix: EntryIx, least: usize) -> (Vec<Line>, Vec<String>) {
    let entry = &catalog.entries[ix];
    let (lang, schema) = (entry.lang, catalog.type_of(entry));
    let line = |fact: &Fact| {
        let text = joined(&fact.pieces, lang);
        let words = if lang.is_chinese() {
            let said: Vec<String> = fact.pieces.iter().map(|piece| in_words(&piece.text)).collect();
            said.join("、")
        } else {
            text.clone()
        };
        Line { key: fact.key.clone(), label: fact.label.clone(), text, words }
    };
    let fits = |line: &Line| !line.text.is_empty() && width(&line.text) <= LONGEST_FACT;
    let reader = Reader { catalog, lang };
    // What cards show and what the printed sheet shows are two choices of the same type; both are meant to be seen first.
    // Of the sheet's, amounts come first: they are what is compared.
    let is_amount = |fact: &Fact| {
        schema.field_at(&fact.key).is_some_and(|field| matches!(field.kind, Kind::Quantity(_) | Kind::Money(_) | Kind::Range(_)))
    };
    let (amounts, others): (Vec<Fact>, Vec<Fact>) = sheet::facts(reader, entry).into_iter().partition(is_amount);
    let first = of_record(catalog, ix).facts.into_iter().chain(amounts).chain(others);
    let (first, long): (Vec<Line>, Vec<Line>) = first.map(|fact| line(&fact)).partition(fits);
    let mut lines: Vec<Line> = Vec::new();
    for found in first {
        if !lines.iter().any(|known| known.key == found.key) {
            lines.push(found);
        }
    }
    let roles = [Role::Date, Role::Source].into_iter().filter_map(|role| {
        let field = schema.with_role(role)?;
        let mut fact = reader.fact(field, entry.fields.get(&field.key)?, &field.key)?;
        // On a poster the minute matters to nobody.
        if let Some((day, _)) = card::date(catalog, ix, role) {
            fact.pieces = vec![Piece { text: day, ..Piece::default() }];
        }
        Some(fact)
    });
    let rest: Vec<Fact> = roles.chain(sections(catalog, entry).into_iter().flat_map(|section| section.facts)).collect();
    for other in rest.iter().filter(|fact| !fact.pieces.is_empty()).map(line).filter(fits) {
        if lines.len() >= least {
            break;
        }
        if !lines.iter().any(|known| known.key == other.key) {
            lines.push(other);
        }
    }
    lines.truncate(MOST_FACTS);
    (lines, long.into_iter().map(|line| line.label).collect())
}

fn others(catalog: &Catalog, ix: EntryIx) -> Vec<SectionView> {
    let first = of_record(catalog, ix).facts;
    let mut found = sections(catalog, &catalog.entries[ix]);
    for section in &mut found {
        section.facts.retain(|fact| !fact.pieces.is_empty() && !first.iter().any(|known| known.key == fact.key));
    }
    found.retain(|section| !section.facts.is_empty() || !section.tables.is_empty());
    found
}

fn asked(contact: &RecordFacts, lang: Lang) -> ContactView {
    let way = |piece: &&Piece| piece.href.as_deref().is_some_and(|href| href.starts_with("tel:") || href.starts_with("mailto:"));
    let line = |fact: &Fact| {
        let text = joined(&fact.pieces, lang);
        Line { key: fact.key.clone(), label: fact.label.clone(), words: text.clone(), text }
    };
    let ways = contact.facts.iter().flat_map(|fact| &fact.pieces).filter(way).map(|piece| piece.text.clone());
    ContactView { title: contact.title.clone(), ways: ways.collect(), facts: contact.facts.iter().map(line).collect() }
}

/// The pictures of a record in the order in which its page shows them.
fn shown<'a>(catalog: &'a Catalog, entry: &'a Entry) -> Vec<&'a Media> {
    let schema = catalog.type_of(entry);
    let mut found: Vec<&Media> = Vec::new();
    let cover = schema.fields.iter().filter(|field| field.role == Some(Role::Cover));
    let others =
        schema.fields.iter().filter(|field| field.kind == Kind::Image && field.role != Some(Role::Cover) && !field.shows(Show::Nowhere));
    for field in cover.chain(others) {
        let values = entry.fields.all(&field.key).into_iter();
        found.extend(values.filter_map(|held| if let Value::Media(media) = &held.value { Some(&**media) } else { None }));
    }
    found
}

fn logo(catalog: &Catalog, images: &Images) -> Result<Option<String>, Diagnostic> {
    let Some(logo) = &catalog.identity.logo else { return Ok(None) };
    let Some((file, media)) = catalog.media.iter().find(|(_, media)| media.path == logo.path) else { return Ok(None) };
    Ok(pictures::take(images, file, media, pictures::ARTICLE)?.map(|taken| taken.address()))
}

/// The documents of a record: its body and its fields of prose.
pub fn documents<'a>(catalog: &'a Catalog, entry: &'a Entry) -> Vec<&'a Document> {
    let fields = catalog.type_of(entry).fields.iter().filter(|field| !field.shows(Show::Nowhere) && field.kind == Kind::Markdown);
    let values = fields
        .filter_map(|field| if let Some(Value::Markdown(document)) = entry.fields.value(&field.key) { Some(&**document) } else { None });
    entry.body.iter().chain(values).collect()
}

/// How many other records its page shows: those it links to as sections, and those that point at it.
pub fn linked(catalog: &Catalog, entry: &Entry) -> usize {
    let fields = catalog.type_of(entry).fields.iter();
    let sections = fields.filter(|field| matches!(field.kind, Kind::Link { .. }) && field.shows(Show::Prose));
    let held = sections.flat_map(|field| entry.fields.all(&field.key));
    let to = held.filter(|held| matches!(&held.value, Value::Link(Link::Record(id)) if catalog.find(id, entry.lang).is_some())).count();
    let back = entry.backs.iter().flat_map(|(_, list)| list).filter(|ix| catalog.entries[**ix].state != State::Withdrawn).count();
    to + back
}

/// The files to which a record links: its attachments, and those of its prose.
pub fn attachments(catalog: &Catalog, entry: &Entry) -> Vec<String> {
    let schema = catalog.type_of(entry);
    let reader = Reader { catalog, lang: entry.lang };
    let fields = schema.fields.iter().filter(|field| field.kind == Kind::File && is_fact(field));
    let mut names: Vec<String> = fields
        .filter_map(|field| reader.fact(field, entry.fields.get(&field.key)?, &field.key))
        .flat_map(|fact| fact.pieces.into_iter().map(|piece| piece.text))
        .collect();
    for document in documents(catalog, entry) {
        let linked = document.parts.iter().filter_map(|part| if let Part::Href(ix) = part { document.links.get(*ix) } else { None });
        names.extend(linked.filter_map(|link| if let Target::File(file) = &link.target { Some(file.name().to_string()) } else { None }));
    }
    names.dedup();
    names
}

/// How wide a text is, in Chinese characters.
fn width(text: &str) -> f64 {
    text.chars().map(|c| if c < '\u{2E80}' { 0.55 } else { 1.0 }).sum()
}

/// The beginning of a prose on a poster, and how large it can be.
#[derive(Default)]
struct Excerpt {
    paragraphs: Vec<String>,
    size: &'static str,
}

impl Excerpt {
    /// The letters and lines of each size, in the poster's units, as the style sheet has them.
    const SIZES: [(&'static str, f64, f64); 3] = [("large", 7.6, 12.6), ("medium", 6.4, 11.2), ("small", 5.2, 9.1)];

    /// What fits between a title, a summary and the rest of a poster: 297 units a sheet, of which the margins, head,
    /// facts, foot and the spaces between them take 185 at most.
    fn of(text: &str, title: &str, summary: &str) -> Excerpt {
        let lines = |text: &str, size: f64| (width(text) * size / 166.0).ceil();
        let room = 297.0 - 185.0 - lines(title, size(title)) * size(title) * 1.24 - lines(summary, 5.8) * 9.0;
        let mut paragraphs: Vec<String> =
            beginning(text, summary, (room / 9.1 * 31.0).clamp(0.0, EXCERPT)).lines().map(str::to_string).collect();
        let fits = |paragraphs: &[String], size: f64, line: f64| {
            paragraphs.iter().map(|paragraph| lines(paragraph, size) * line + 3.0).sum::<f64>() <= room
        };
        while !paragraphs.is_empty() {
            if let Some((name, ..)) = Excerpt::SIZES.iter().find(|(_, size, line)| fits(&paragraphs, *size, *line)) {
                return Excerpt { paragraphs, size: name };
            }
            paragraphs.pop();
        }
        Excerpt::default()
    }
}

/// How large a title can be, in hundred-and-eightieths of the sheet's width, with so few lines that it stays legible from
/// two metres.
fn size(title: &str) -> f64 {
    const LINE: f64 = 176.0;
    const LARGEST: f64 = 20.0;
    const MOST: f64 = 16.5;
    let width = width(title).max(1.0);
    let lines = (width / MOST).ceil();
    // Lines break between words, so that none is quite full.
    let slack = if lines > 1.0 { 1.0 } else { 0.2 };
    let size = (LINE / (width / lines + slack)).min(LARGEST);
    (size * 10.0).floor() / 10.0
}

/// The beginning of a prose that does not say again what the summary says: whole sentences as far as there is room.
fn beginning(text: &str, summary: &str, room: f64) -> String {
    let mut taken = String::new();
    let said = summary.trim_end_matches(['…', '。', '.']);
    for paragraph in text.lines().map(str::trim).filter(|line| !line.is_empty() && (said.is_empty() || !line.starts_with(said))) {
        let mut rest = paragraph;
        while !rest.is_empty() {
            let end = rest.find(['。', '！', '？']).map(|at| at + '。'.len_utf8());
            let end = end.or_else(|| rest.find(". ").map(|at| at + 1)).unwrap_or(rest.len());
            if width(&taken) + width(&rest[..end]) > room {
                return taken.trim_end().to_string();
            }
            taken.push_str(&rest[..end]);
            rest = &rest[end..];
        }
        taken.push('\n');
    }
    taken.trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::{beginning, size};

    #[test]
    fn a_beginning_ends_with_a_sentence_and_repeats_no_summary() {
        assert_eq!(beginning("甲乙丙。丁戊己。庚。", "", 8.0), "甲乙丙。丁戊己。");
        assert_eq!(beginning("摘要就是这句。\n另一段。", "摘要就是这句…", 80.0), "另一段。");
        assert_eq!(beginning("First sentence. Second one.", "", 9.0), "First sentence.");
        assert_eq!(beginning("甲乙丙丁", "", 2.0), "");
    }

    #[test]
    fn a_long_title_is_smaller_but_legible() {
        assert_eq!([6, 14, 20, 33, 60].map(|count| size(&"字".repeat(count))), [20.0, 12.3, 16.0, 10.0, 11.0]);
        assert!((1..80).all(|count| size(&"字".repeat(count)) >= 9.9));
    }
}
