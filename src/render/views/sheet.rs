//! The sheet of a record: what an investor takes along on one printed page.

use super::card::{self, Picture};
use super::facts::{Fact, Reader, RecordFacts, Table};
use super::meta;
use super::page::{self, PageView};
use super::{Make, PageContext, record};
use crate::plan::sheet_url;
use crate::render::qr::{self, Qr};
use crate::resolve::{Catalog, Entry, EntryIx};
use crate::schema::{Role, Show};
use crate::value::{self, Kind, Value};
use serde::Serialize;

#[derive(Serialize)]
struct SheetView {
    record: String,
    summary: String,
    cover: Option<Picture>,
    facts: Vec<Fact>,
    rows: Option<Table>,
    contacts: Vec<RecordFacts>,
    verified: Option<(String, String)>,
    expires: Option<(String, String)>,
    /// Until when the verified data may be relied on: the verification and the days that the site allows.
    good_until: Option<String>,
    /// The word of its state where it is not simply published.
    state: Option<&'static str>,
    /// The record's own page, below the root.
    path: String,
    /// Its absolute address and the code that leads there.
    address: Option<String>,
    qr: Option<Qr>,
}

/// The page.
pub fn page(make: Make<'_>, ix: EntryIx) -> (String, PageContext) {
    let catalog = make.catalog;
    let entry = &catalog.entries[ix];
    let schema = catalog.type_of(entry);
    let reader = Reader { catalog, lang: entry.lang };
    let here = sheet_url(entry);
    let address = page::absolute(catalog, &entry.url.link(false));
    let mut head =
        PageView::new(catalog, entry.lang, &here, "sheet", &entry.title, &entry.summary).with_way(catalog, entry.lang, Some(entry.of));
    head.of = schema.name.to_string();
    head.sample = entry.sample;
    // The record's own page is the one to be found.
    head.noindex = true;
    head.canonical = address.clone();
    meta::of_column(&mut head, catalog, entry.of, entry.lang);
    meta::of_article(&mut head, catalog, ix);
    let rows = schema.rows.as_deref().and_then(|rows| {
        let mut group = schema.field(rows)?.clone();
        group.fields.retain(|field| field.shows(Show::Card) || field.derive.is_some());
        match entry.fields.value(rows)? {
            Value::List(items) => reader.table(&group, items, rows),
            _ => None,
        }
    });
    let view = SheetView {
        record: entry.id.to_string(),
        summary: entry.summary.clone(),
        cover: card::cover(catalog, ix),
        facts: facts(reader, entry),
        rows,
        contacts: record::contacts(catalog, entry),
        verified: card::date(catalog, ix, Role::Verified),
        expires: card::date(catalog, ix, Role::Expires),
        good_until: good_until(catalog, entry),
        state: card::state_word(entry.state),
        path: entry.url.link(catalog.portable),
        qr: address.as_deref().and_then(qr::code),
        address,
    };
    let parts = vec![("sheet".to_string(), make.engine.prepare(&view))];
    ("sheet.html".to_string(), PageContext { lang: entry.lang, root: here.root(), page: head, parts })
}

/// What an investor asks first, in the order of the type.
pub fn facts(reader: Reader<'_>, entry: &Entry) -> Vec<Fact> {
    let schema = reader.catalog.type_of(entry);
    let fact = |path: &String| {
        let field = schema.field_at(path)?;
        let label = path.split_once('.').and_then(|(group, _)| schema.field(group)).map(|group| super::in_lang(&group.label, entry.lang));
        let mut fact = reader.fact(field, entry.fields.at(path)?, path)?;
        if let Some(label) = label {
            fact.label = format!("{label} · {}", fact.label);
        }
        Some(fact)
    };
    schema.sheet.iter().filter_map(fact).collect()
}

fn good_until(catalog: &Catalog, entry: &Entry) -> Option<String> {
    let Value::Date(day) = catalog.role(entry, Role::Verified)? else { return None };
    let last = value::time::later(*day, catalog.site.verified_days.1)?;
    Some(value::show::show(&Value::Date(last), &Kind::Date, entry.lang).text)
}
