//! The page of a record, generic from its fields.

use super::card::{self, Picture, state_word};
use super::facts::{self, Fact, Reader, RecordFacts, SectionView, Table};
use super::map::{self, MapView};
use super::meta;
use super::page::PageView;
use super::{Make, PageContext, in_lang};
use crate::diagnostic::Diagnostic;
use crate::plan::{has_list, has_sheet, list_url, sheet_url};
use crate::render::document::Printing;
use crate::render::engine::Prepared;
use crate::render::schema_org;
use crate::resolve::{Catalog, Entry, EntryIx, State, is_on_request, url::encode};
use crate::schema::{Field, Role, Show};
use crate::value::{Kind, Link, Value};
use serde::Serialize;

#[derive(Serialize)]
struct RecordView {
    record: String,
    /// The id alone, for addresses that filter by it.
    id: String,
    title: String,
    /// The title as the value of a query.
    title_query: String,
    summary: String,
    type_label: String,
    state: Option<&'static str>,
    sample: bool,
    /// Only its catalogue entry is published.
    on_request: bool,
    date: Option<(String, String)>,
    updated: Option<(String, String)>,
    verified: Option<Verified>,
    expires: Option<(String, String)>,
    source: Option<Fact>,
    author: Option<Fact>,
    cover: Option<Picture>,
    gallery: Vec<Picture>,
    /// What public documents say of themselves at the top, in the order of their type.
    block: Vec<Fact>,
    /// The facts that cards show: what a reader looks for first.
    key_facts: Vec<Fact>,
    sections: Vec<SectionView>,
    /// Where it is and how far other things are.
    map: Option<MapView>,
    prose: Vec<Prose>,
    body: String,
    headings: Vec<(String, String)>,
    contacts: Vec<RecordFacts>,
    corrections: Option<Table>,
    withdrawal: Vec<Fact>,
    keywords: Vec<(String, String)>,
    /// Cards of the records that the fields shown as sections link to.
    linked: Vec<Back>,
    backs: Vec<Back>,
    newer: Option<(String, String)>,
    older: Option<(String, String)>,
    list: Option<String>,
    list_title: String,
    /// The sheet for printing.
    sheet: Option<String>,
}

#[derive(Serialize)]
struct Verified {
    shown: String,
    machine: String,
    /// `fresh`, `old`, `stale`.
    age: &'static str,
}

#[derive(Serialize)]
struct Prose {
    key: String,
    label: String,
    html: String,
}

#[derive(Serialize)]
struct Back {
    key: String,
    label: String,
    total: usize,
    cards: Vec<Prepared>,
    more: Option<String>,
}

/// How many cards a back link shows on a record's page.
const BACKS: usize = 12;

/// The page of a record; a withdrawn one is only a tombstone.
pub fn page(make: Make<'_>, ix: EntryIx) -> Result<(String, PageContext), Diagnostic> {
    let catalog = make.catalog;
    let entry = &catalog.entries[ix];
    let schema = catalog.type_of(entry);
    let root = entry.url.root();
    let others = entry.others.iter().map(|&(lang, other)| (lang, catalog.entries[other].url.clone()));
    let mut page = PageView::new(catalog, entry.lang, &entry.url, "record", &entry.title, &entry.summary)
        .with_way(catalog, entry.lang, Some(entry.of))
        .in_languages(catalog, entry.lang, others);
    page.of = schema.name.to_string();
    page.sample = entry.sample;
    let public = matches!(entry.state, State::Published | State::Corrected | State::Expired | State::Archived);
    page.noindex = entry.sample && !catalog.site.demo || !public || catalog.is_retired(entry);
    page.image = public.then(|| super::share::image(catalog, entry)).flatten();
    page.json_ld = (public && catalog.theme.named.has("json_ld")).then(|| schema_org::record(catalog, ix, &page)).flatten();
    meta::of_column(&mut page, catalog, entry.of, entry.lang);
    meta::of_article(&mut page, catalog, ix);
    let view = if entry.state == State::Withdrawn { tombstone(catalog, entry, ix) } else { whole(make, entry, ix, &root)? };
    let (template, mut parts) = match entry.state {
        State::Withdrawn => ("withdrawn.html".to_string(), Vec::new()),
        _ => super::pages::of_record(make, ix).unwrap_or_else(|| ("record.html".to_string(), Vec::new())),
    };
    parts.push(("record".to_string(), make.engine.prepare(&view)));
    Ok((template, PageContext { lang: entry.lang, root, page, parts }))
}

/// What the page of a record that is shown sees, for other templates than those of pages.
pub fn view(make: Make<'_>, ix: EntryIx, root: &str) -> Result<Prepared, Diagnostic> {
    Ok(make.engine.prepare(&whole(make, &make.catalog.entries[ix], ix, root)?))
}

fn tombstone(catalog: &Catalog, entry: &Entry, ix: EntryIx) -> RecordView {
    let schema = catalog.type_of(entry);
    let reader = Reader { catalog, lang: entry.lang };
    let reason = schema.with_role(Role::Withdrawal).and_then(|field| Some((field, entry.fields.value(&field.key)?)));
    let withdrawal = match reason {
        Some((field, Value::Group(inner))) => {
            field.fields.iter().filter_map(|child| reader.fact(child, inner.get(&child.key)?, &child.key)).collect()
        }
        _ => Vec::new(),
    };
    RecordView { withdrawal, ..empty(catalog, entry, ix) }
}

fn empty(catalog: &Catalog, entry: &Entry, ix: EntryIx) -> RecordView {
    let schema = catalog.type_of(entry);
    RecordView {
        record: entry.id.to_string(),
        id: encode(&entry.id.id),
        title: entry.title.clone(),
        title_query: when(catalog.theme.named.has("title_query"), || encode(&entry.title)),
        summary: String::new(),
        type_label: in_lang(&schema.label, entry.lang).to_string(),
        state: state_word(entry.state),
        sample: entry.sample,
        on_request: is_on_request(&entry.fields, schema),
        date: card::time(catalog, ix, Role::Date),
        updated: None,
        verified: None,
        expires: None,
        source: None,
        author: None,
        cover: None,
        gallery: Vec::new(),
        block: Vec::new(),
        key_facts: Vec::new(),
        sections: Vec::new(),
        map: None,
        prose: Vec::new(),
        body: String::new(),
        headings: Vec::new(),
        contacts: Vec::new(),
        corrections: None,
        withdrawal: Vec::new(),
        keywords: Vec::new(),
        linked: Vec::new(),
        backs: Vec::new(),
        newer: None,
        older: None,
        list: has_list(catalog, entry.of, entry.lang).then(|| list_url(catalog, entry.of, entry.lang).link(catalog.portable)),
        list_title: in_lang(schema.title.as_ref().unwrap_or(&schema.label), entry.lang).to_string(),
        sheet: has_sheet(catalog, entry).then(|| sheet_url(entry).link(catalog.portable)),
    }
}

fn whole(make: Make<'_>, entry: &Entry, ix: EntryIx, root: &str) -> Result<RecordView, Diagnostic> {
    let catalog = make.catalog;
    let schema = catalog.type_of(entry);
    let reader = Reader { catalog, lang: entry.lang };
    let printing = Printing { catalog, root, lang: entry.lang, engine: Some((make.engine, make.shared)) };
    let role_fact = |role: Role| {
        let field = schema.with_role(role)?;
        reader.fact(field, entry.fields.get(&field.key)?, &field.key)
    };
    let mut prose = Vec::new();
    for field in schema.fields.iter().filter(|field| field.role != Some(Role::Body) && !field.shows(Show::Nowhere)) {
        let html = match entry.fields.value(&field.key) {
            Some(Value::Markdown(document)) => printing.html(document)?,
            Some(Value::Text(text)) if field.shows(Show::Prose) => format!("<p>{}</p>", crate::render::document::escape(text)),
            _ => continue,
        };
        prose.push(Prose { key: field.key.to_string(), label: in_lang(&field.label, entry.lang).to_string(), html });
    }
    // What no template names is not made: it would be work for every page that nobody sees.
    let named = |part: &str| catalog.theme.named.has(part);
    let (body, cover) = (entry.body.as_ref(), card::cover(catalog, ix));
    let link = |ix: EntryIx| (catalog.entries[ix].title.clone(), catalog.entries[ix].url.link(catalog.portable));
    Ok(RecordView {
        summary: catalog.role(entry, Role::Summary).map(|_| entry.summary.clone()).unwrap_or_default(),
        updated: catalog.touched(entry).and_then(|value| card::shown(&value, entry.lang)),
        verified: verified(catalog, entry, ix),
        expires: card::date(catalog, ix, Role::Expires),
        source: when(named("source"), || role_fact(Role::Source)),
        author: when(named("author"), || role_fact(Role::Author)),
        gallery: gallery(catalog, entry),
        block: when(named("block"), || facts::block(catalog, entry)),
        key_facts: when(named("key_facts"), || key_facts(catalog, ix)),
        sections: when(named("sections"), || facts::sections(catalog, entry)),
        map: when(named("map"), || map::of_record(catalog, entry)),
        body: body
            .map(|body| if cover.is_some() { printing.html(body) } else { printing.html_with_first(body) })
            .transpose()?
            .unwrap_or_default(),
        cover,
        headings: body.filter(|_| named("headings")).map(headings).unwrap_or_default(),
        prose,
        contacts: when(named("contacts"), || contacts(catalog, entry)),
        corrections: corrections(catalog, entry),
        keywords: keywords(catalog, entry),
        linked: linked(make, entry),
        backs: when(named("backs"), || backs(make, entry)),
        newer: entry.neighbours.0.map(link),
        older: entry.neighbours.1.map(link),
        ..empty(catalog, entry, ix)
    })
}

fn when<T: Default>(wanted: bool, make: impl FnOnce() -> T) -> T {
    if wanted { make() } else { T::default() }
}

/// The facts of its card that do not stand at the top of the document.
fn key_facts(catalog: &Catalog, ix: EntryIx) -> Vec<Fact> {
    let block = &catalog.type_of(&catalog.entries[ix]).block;
    facts::of_record(catalog, ix).facts.into_iter().filter(|fact| !block.contains(&fact.key)).collect()
}

fn headings(body: &crate::value::Document) -> Vec<(String, String)> {
    body.headings.iter().filter(|heading| heading.level == 2).map(|heading| (heading.id.clone(), heading.text.clone())).collect()
}

/// When the facts were verified, and how long ago that is.
fn verified(catalog: &Catalog, entry: &Entry, ix: EntryIx) -> Option<Verified> {
    let (shown, machine) = card::date(catalog, ix, Role::Verified)?;
    let age = card::verified(catalog, entry)?;
    Some(Verified { shown, machine, age })
}

/// Every picture of the record's own fields but the cover.
fn gallery(catalog: &Catalog, entry: &Entry) -> Vec<Picture> {
    let fields = catalog.type_of(entry).fields.iter();
    let images = fields.filter(|field| field.kind == Kind::Image && field.role != Some(Role::Cover) && !field.shows(Show::Nowhere));
    let values = images.flat_map(|field| entry.fields.all(&field.key));
    values.filter_map(|held| if let Value::Media(media) = &held.value { card::picture(catalog, media) } else { None }).collect()
}

/// The contacts of a record, else those of the record it belongs to.
pub fn contacts(catalog: &Catalog, entry: &Entry) -> Vec<RecordFacts> {
    let Some(field) = catalog.type_of(entry).with_role(Role::Contact) else { return Vec::new() };
    let mut held = entry.fields.all(&field.key);
    // A record without contacts of its own has those of the record it belongs to.
    if held.is_empty()
        && let Some(Value::Link(Link::Record(id))) = catalog.role(entry, Role::Parent)
        && let Some(parent) = catalog.find(id, entry.lang).map(|ix| &catalog.entries[ix])
        && let Some(field) = catalog.type_of(parent).with_role(Role::Contact)
    {
        held = parent.fields.all(&field.key);
    }
    let ids = held
        .into_iter()
        .filter_map(|held| if let Value::Link(Link::Record(id)) = &held.value { catalog.find(id, entry.lang) } else { None });
    ids.map(|ix| facts::of_record(catalog, ix)).collect()
}

fn corrections(catalog: &Catalog, entry: &Entry) -> Option<Table> {
    let field: &Field = catalog.type_of(entry).with_role(Role::Corrections)?;
    let Value::List(items) = entry.fields.value(&field.key)? else { return None };
    Reader { catalog, lang: entry.lang }.table(field, items, &field.key)
}

fn keywords(catalog: &Catalog, entry: &Entry) -> Vec<(String, String)> {
    let Some(field) = catalog.type_of(entry).with_role(Role::Keywords) else { return Vec::new() };
    let words =
        entry.fields.all(&field.key).into_iter().filter_map(|held| if let Value::Text(word) = &held.value { Some(word) } else { None });
    words.filter_map(|word| catalog.term(entry.lang, word)).map(|term| (term.name.clone(), term.url.link(catalog.portable))).collect()
}

/// Link fields that show as sections of their own: the cards of what they link to.
fn linked(make: Make<'_>, entry: &Entry) -> Vec<Back> {
    let catalog = make.catalog;
    let fields = catalog.type_of(entry).fields.iter().filter(|field| matches!(field.kind, Kind::Link { .. }) && field.shows(Show::Prose));
    fields
        .filter_map(|field| {
            let ids = entry.fields.all(&field.key);
            let list: Vec<EntryIx> = ids
                .into_iter()
                .filter_map(|held| if let Value::Link(Link::Record(id)) = &held.value { catalog.find(id, entry.lang) } else { None })
                .collect();
            let label = in_lang(&field.label, entry.lang).to_string();
            (!list.is_empty()).then(|| Back { key: field.key.to_string(), label, total: list.len(), cards: make.cards(&list), more: None })
        })
        .collect()
}

fn backs(make: Make<'_>, entry: &Entry) -> Vec<Back> {
    let catalog = make.catalog;
    let mut backs = Vec::new();
    for (name, list) in &entry.backs {
        let visible: Vec<EntryIx> = list.iter().copied().filter(|&ix| catalog.entries[ix].state != State::Withdrawn).collect();
        let Some(first) = visible.first().map(|&ix| &catalog.entries[ix]) else { continue };
        let schema = catalog.type_of(first);
        let title = format!("back_{name}");
        let label = match catalog.theme.words.get(&title) {
            Some(said) => in_lang(said, entry.lang).to_string(),
            None => in_lang(schema.title.as_ref().unwrap_or(&schema.label), entry.lang).to_string(),
        };
        let more = (visible.len() > BACKS && !schema.at_root).then(|| facts::list_path(catalog, schema, entry.lang));
        let cards = make.cards(&visible[..visible.len().min(BACKS)]);
        backs.push(Back { key: name.clone(), label, total: visible.len(), cards, more });
    }
    backs
}
