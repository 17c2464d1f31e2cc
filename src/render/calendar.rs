//! The appointments of a type as a calendar (RFC 5545): lines of at most 75 octets that end with CR LF, times in world time,
//! so that no definition of a zone is needed.

use super::views::facts::{Reader, joined};
use super::views::in_lang;
use super::views::page::{absolute, site_name};
use crate::resolve::{Catalog, Entry};
use crate::schema::{Appointment, Role, Type};
use crate::value::{Lang, Value, time};

/// The calendar of a type in a language.
pub fn calendar(catalog: &Catalog, of: usize, lang: Lang) -> Vec<u8> {
    let schema = &catalog.schemas.types[of];
    let mut lines = Lines(String::new());
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//parkpress//calendar//EN");
    lines.add("CALSCALE:GREGORIAN");
    lines.add("METHOD:PUBLISH");
    let title = format!("{} - {}", in_lang(schema.title.as_ref().unwrap_or(&schema.label), lang), site_name(catalog, lang));
    for name in ["NAME", "X-WR-CALNAME"] {
        lines.add(&format!("{name}:{}", escape(&title)));
    }
    if let Some(fields) = &schema.calendar {
        for &ix in catalog.lists.get(&(of, lang)).map_or(&[][..], Vec::as_slice) {
            event(catalog, schema, fields, &catalog.entries[ix], &mut lines);
        }
    }
    lines.add("END:VCALENDAR");
    lines.0.into_bytes()
}

fn event(catalog: &Catalog, schema: &Type, fields: &Appointment, entry: &Entry, lines: &mut Lines) {
    let value = |path: &str| entry.fields.at(path).map(|held| &held.value);
    let Some(start) = value(&fields.start).and_then(|value| stamp("DTSTART", value, false)) else { return };
    lines.add("BEGIN:VEVENT");
    // The same record keeps its name wherever and whenever the site is built, so that a changed date moves the entry.
    lines.add(&format!("UID:{}-{}-{}@{}", schema.folder, entry.id.id, entry.lang.code(), host(catalog)));
    lines.add(&format!("DTSTAMP:{}", changed(catalog, entry)));
    lines.add(&start);
    if let Some(end) = fields.end.as_deref().and_then(value).and_then(|value| stamp("DTEND", value, true)) {
        lines.add(&end);
    }
    lines.add(&format!("SUMMARY:{}", escape(&entry.title)));
    let reader = Reader { catalog, lang: entry.lang };
    let told = |path: &String| {
        let (field, held) = (schema.field_at(path)?, entry.fields.at(path)?);
        let fact = reader.fact(field, held, path)?;
        Some((fact.label, joined(&fact.pieces, entry.lang)))
    };
    if let Some((_, place)) = fields.place.as_ref().and_then(told) {
        lines.add(&format!("LOCATION:{}", escape(&place)));
    }
    let colon = if entry.lang.is_chinese() { "：" } else { ": " };
    let notes = fields.notes.iter().filter_map(told).map(|(label, text)| format!("{label}{colon}{text}"));
    let text: Vec<String> = std::iter::once(entry.summary.clone()).filter(|text| !text.is_empty()).chain(notes).collect();
    if !text.is_empty() {
        lines.add(&format!("DESCRIPTION:{}", escape(&text.join("\n"))));
    }
    if let Some(url) = absolute(catalog, &entry.url.link(false)) {
        lines.add(&format!("URL:{url}"));
    }
    lines.add("END:VEVENT");
}

/// A date of a property. A day that an entry lasts to is part of it, and calendars want the day after.
fn stamp(name: &str, value: &Value, last: bool) -> Option<String> {
    match value {
        Value::Moment(moment) => Some(format!("{name}:{}", moment.instant.basic())),
        Value::Date(day) => {
            let day = if last { time::later(*day, 1)? } else { *day };
            Some(format!("{name};VALUE=DATE:{}", day.to_string().replace('-', "")))
        }
        _ => None,
    }
}

/// When the record was last changed, as far as it says so; else the day of the build, so that the bytes stay the same all day.
fn changed(catalog: &Catalog, entry: &Entry) -> String {
    let zone = &catalog.site.zone;
    let said = catalog.role(entry, Role::Updated).or_else(|| catalog.role(entry, Role::PublishAt));
    match said {
        Some(Value::Moment(moment)) => moment.instant.basic(),
        said => time::start_of_day(said.and_then(time::day_of).unwrap_or_else(|| catalog.at.day_in(zone)), zone).basic(),
    }
}

fn host(catalog: &Catalog) -> &str {
    let base = catalog.site.base_url.as_deref().and_then(|base| base.split("://").nth(1));
    base.and_then(|rest| rest.split(['/', ':']).next()).filter(|host| !host.is_empty()).unwrap_or("parkpress.invalid")
}

/// A text as a value: backslashes, commas, semicolons and line ends are escaped, other controls dropped.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Content lines, folded.
struct Lines(String);

impl Lines {
    /// Adds a line; after 75 octets it goes on behind a line end and a space, never inside a character.
    fn add(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            octets += c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, escape};

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut lines = Lines(String::new());
        let long = format!("SUMMARY:{}", "园区开放日".repeat(20));
        lines.add(&long);
        lines.add("X:short");
        assert!(lines.0.ends_with("\r\nX:short\r\n"));
        assert!(lines.0.split("\r\n").all(|line| line.len() <= 75), "{:?}", lines.0);
        assert_eq!(lines.0.replace("\r\n ", ""), format!("{long}\r\nX:short\r\n"));
        // 8 octets of the name and 22 characters are 74; the next character would make 77.
        assert_eq!(lines.0.split("\r\n").next().map(str::len), Some(74));
        let mut exact = Lines(String::new());
        exact.add(&"a".repeat(75));
        exact.add(&"b".repeat(76));
        assert_eq!(exact.0, format!("{}\r\n{}\r\n b\r\n", "a".repeat(75), "b".repeat(75)));
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escape("费用:免费; 地点,\\甲\n乙\u{7}"), "费用:免费\\; 地点\\,\\\\甲\\n乙");
    }
}
