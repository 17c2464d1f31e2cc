//! Feeds: Atom and JSON Feed 1.1, the newest 30 dated records, of one type or of all.

use super::document::{Printing, escape};
use super::views::facts::{Reader, joined};
use super::views::in_lang;
use super::views::page::site_name;
use crate::plan::{feed_entries, list_url, page_url};
use crate::resolve::{Catalog, Entry};
use crate::schema::Role;
use crate::source::seek;
use crate::value::{Lang, Value, time};
use serde_json::json;
use std::fmt::Write;

/// A feed. Its addresses are absolute, because readers fetch it from elsewhere.
pub fn feed(catalog: &Catalog, of: Option<usize>, lang: Lang, as_json: bool) -> Vec<u8> {
    let base = catalog.site.base_url.as_deref().unwrap_or_default();
    let home = of.map_or_else(|| page_url(catalog, lang, ""), |of| list_url(catalog, of, lang));
    let name = site_name(catalog, lang);
    let title = match of.map(|of| &catalog.schemas.types[of]) {
        Some(schema) => format!("{} - {name}", in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang)),
        None => name,
    };
    let entries: Vec<&Entry> = feed_entries(catalog, of, lang).iter().map(|&ix| &catalog.entries[ix]).collect();
    let here = format!("{base}/{}", home.link(false));
    if as_json { json_feed(catalog, &title, &here, base, lang, &entries) } else { atom(catalog, &title, &here, base, lang, &entries) }
}

/// The instant of a record's publication for feeds.
fn published(catalog: &Catalog, entry: &Entry) -> String {
    instant(catalog, catalog.role(entry, Role::Date))
}

/// The instant of its last change, corrections included.
fn updated(catalog: &Catalog, entry: &Entry) -> String {
    let (published, updated) = (published(catalog, entry), catalog.touched(entry));
    // A correction of the day of publication has no time, and nothing changes before it is published.
    updated.map(|value| instant(catalog, Some(&value))).filter(|updated| *updated > published).unwrap_or(published)
}

fn instant(catalog: &Catalog, value: Option<&Value>) -> String {
    let zone = &catalog.site.zone;
    match value {
        Some(Value::Moment(moment)) => moment.instant.rfc3339(zone),
        Some(Value::Date(day)) => time::start_of_day(*day, zone).rfc3339(zone),
        _ => catalog.at.rfc3339(zone),
    }
}

fn body(catalog: &Catalog, entry: &Entry, base: &str) -> String {
    let root = format!("{base}/");
    let printing = Printing { catalog, root: &root, lang: entry.lang, engine: None };
    // Without templates a document cannot fail; blocks are left out.
    let body = entry.body.as_ref().and_then(|body| printing.html(body).ok()).unwrap_or_default();
    format!("{}{body}", corrections(catalog, entry))
}

/// The corrections of a record, before its text: who has read the wrong words must see them first.
fn corrections(catalog: &Catalog, entry: &Entry) -> String {
    let reader = Reader { catalog, lang: entry.lang };
    let Some(field) = catalog.type_of(entry).with_role(Role::Corrections) else { return String::new() };
    let said = entry.fields.all(&field.key).into_iter().map(|held| joined(&reader.pieces(&held.value, field), entry.lang));
    let word = catalog.word("corrections", entry.lang);
    said.map(|said| format!("<p><strong>{}</strong> {}</p>", escape(&word), escape(&said))).collect()
}

fn atom(catalog: &Catalog, title: &str, here: &str, base: &str, lang: Lang, entries: &[&Entry]) -> Vec<u8> {
    let newest = entries.iter().map(|entry| updated(catalog, entry)).max();
    let latest = newest.unwrap_or_else(|| catalog.at.rfc3339(&catalog.site.zone));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", lang.html());
    let _ = writeln!(xml, "<title>{}</title>\n<id>{}</id>\n<updated>{latest}</updated>", xml_text(title), escape(here));
    let _ = writeln!(xml, "<link href=\"{0}\"/>\n<link rel=\"self\" href=\"{0}feed.xml\"/>", escape(here));
    let author = catalog.site.organiser(lang).map_or_else(|| site_name(catalog, lang), str::to_string);
    let _ = writeln!(xml, "<author><name>{}</name></author>", xml_text(&author));
    for entry in entries {
        let url = format!("{base}/{}", entry.url.link(false));
        let _ = writeln!(xml, "<entry>\n<title>{}</title>\n<id>{1}</id>\n<link href=\"{1}\"/>", xml_text(&entry.title), escape(&url));
        let _ = writeln!(xml, "<published>{}</published>", published(catalog, entry));
        let _ = writeln!(xml, "<updated>{}</updated>", updated(catalog, entry));
        if !entry.summary.is_empty() {
            let _ = writeln!(xml, "<summary>{}</summary>", xml_text(&entry.summary));
        }
        let body = body(catalog, entry, base);
        if !body.is_empty() {
            let _ = writeln!(xml, "<content type=\"html\">{}</content>", xml_text(&body));
        }
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml.into_bytes()
}

/// Escapes a text for XML and drops the control characters that XML cannot hold.
fn xml_text(text: &str) -> String {
    // All of them are below a space, DEL, or begin with one byte.
    let odd = seek::first(text.as_bytes(), |byte| (byte < b' ') & (byte != b'\n') & (byte != b'\t') | (byte == 0x7F) | (byte == 0xC2));
    let plain: String = match odd {
        Some(_) => text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect(),
        None => return escape(text),
    };
    escape(&plain)
}

fn json_feed(catalog: &Catalog, title: &str, here: &str, base: &str, lang: Lang, entries: &[&Entry]) -> Vec<u8> {
    let item = |entry: &&Entry| {
        let url = format!("{base}/{}", entry.url.link(false));
        let html = body(catalog, entry, base);
        let mut item = json!({
            "id": url,
            "url": url,
            "title": entry.title,
            "date_published": published(catalog, entry),
            "date_modified": updated(catalog, entry),
        });
        // JSON Feed wants one of the two contents.
        match html.is_empty() {
            true => item["content_text"] = entry.summary.clone().into(),
            false => item["content_html"] = html.into(),
        }
        if !entry.summary.is_empty() {
            item["summary"] = entry.summary.clone().into();
        }
        item
    };
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": here,
        "feed_url": format!("{here}feed.json"),
        "language": lang.html(),
        "items": entries.iter().map(item).collect::<Vec<_>>(),
    });
    format!("{feed:#}\n").into_bytes()
}
