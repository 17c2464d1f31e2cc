//! The appointments of a type as a calendar; times in world time, so that no definition of a zone is needed.

use super::views::facts::{Reader, joined};
use super::views::in_lang;
use super::views::page::{absolute, site_name};
use crate::resolve::{Catalog, Entry};
use crate::schema::{Appointment, Role, Type};
use crate::value::ics::{self, Event, When};
use crate::value::{Instant, Lang, Value, time};

/// The calendar of a type in a language.
pub fn calendar(catalog: &Catalog, of: usize, lang: Lang) -> Vec<u8> {
    let schema = &catalog.schemas.types[of];
    let title = format!("{} - {}", in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang), site_name(catalog, lang));
    let list = catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice).iter().map(|&ix| &catalog.entries[ix]);
    let events: Option<Vec<Event>> =
        schema.calendar.as_ref().map(|fields| list.filter_map(|entry| event(catalog, schema, fields, entry)).collect());
    ics::calendar(&title, &events.unwrap_or_default()).into_bytes()
}

fn event(catalog: &Catalog, schema: &Type, fields: &Appointment, entry: &Entry) -> Option<Event> {
    let at = |path: &String| match &entry.fields.at(path)?.value {
        Value::Moment(moment) => Some(When::At(moment.instant)),
        Value::Date(day) => Some(When::Day(*day)),
        _ => None,
    };
    let reader = Reader { catalog, lang: entry.lang };
    let told = |path: &String| {
        let (field, held) = (schema.field_at(path)?, entry.fields.at(path)?);
        let fact = reader.fact(field, held, path)?;
        Some((fact.label, joined(&fact.pieces, entry.lang)))
    };
    let colon = if entry.lang.is_chinese() { "：" } else { ": " };
    let notes = fields.notes.iter().filter_map(told).map(|(label, text)| format!("{label}{colon}{text}"));
    let text: Vec<String> = std::iter::once(entry.summary.clone()).filter(|text| !text.is_empty()).chain(notes).collect();
    Some(Event {
        // The same record keeps its name wherever and whenever the site is built, so that a changed date moves the entry.
        uid: format!("{}-{}-{}@{}", schema.folder, entry.id.id, entry.lang.code(), host(catalog)),
        summary: entry.title.clone(),
        description: text.join("\n"),
        location: fields.place.as_ref().and_then(told).map(|(_, place)| place).unwrap_or_default(),
        url: absolute(catalog, &entry.url.link(false)),
        start: at(&fields.start)?,
        end: fields.end.as_ref().and_then(at),
        stamp: changed(catalog, entry),
        remind: None,
    })
}

/// When the record was last changed, as far as it says so; else the day of the build, so that the bytes stay the same all day.
fn changed(catalog: &Catalog, entry: &Entry) -> Instant {
    let zone = &catalog.site.zone;
    let said = catalog.role(entry, Role::Updated).or_else(|| catalog.role(entry, Role::PublishAt));
    match said {
        Some(Value::Moment(moment)) => moment.instant,
        said => time::start_of_day(said.and_then(time::day_of).unwrap_or_else(|| catalog.at.day_in(zone)), zone),
    }
}

fn host(catalog: &Catalog) -> &str {
    let base = catalog.site.base_url.as_deref().and_then(|base| base.split("://").nth(1));
    base.and_then(|rest| rest.split(['/', ':']).next()).filter(|host| !host.is_empty()).unwrap_or("parkpress.invalid")
}
