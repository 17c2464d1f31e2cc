//! iCalendar (RFC 5545): events as a file that calendars of offices and telephones read.
//!
//! In: events. Out: text with CRLF, folded at 75 bytes, every value escaped. The same events give the same bytes.

use super::time::{Day, Instant, later};

/// When something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The whole day.
    Day(Day),
    /// At a time.
    At(Instant),
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is known by for ever: a calendar that reads the file again changes the event instead of doubling it.
    pub uid: String,
    /// What it is called.
    pub summary: String,
    /// What there is to know; may be empty.
    pub description: String,
    /// Where; may be empty.
    pub location: String,
    /// The page, where there is an absolute address.
    pub url: Option<String>,
    /// When it begins.
    pub start: When,
    /// When it ends: of whole days the last one.
    pub end: Option<When>,
    /// When this was last said.
    pub stamp: Instant,
    /// How many days before the start a calendar reminds of it.
    pub remind: Option<u32>,
}

/// The longest line in bytes without its end (section 3.1).
const LONGEST: usize = 75;

/// A calendar of events.
pub fn calendar(name: &str, events: &[Event]) -> String {
    let mut out = String::new();
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//parkpress//parkpress//ZH");
    line(&mut out, "CALSCALE:GREGORIAN");
    line(&mut out, "METHOD:PUBLISH");
    line(&mut out, &format!("X-WR-CALNAME:{}", escape(name)));
    events.iter().for_each(|event| one(&mut out, event));
    line(&mut out, "END:VCALENDAR");
    out
}

fn one(out: &mut String, event: &Event) {
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{}", escape(&event.uid)));
    line(out, &format!("DTSTAMP:{}", event.stamp.basic()));
    line(out, &format!("DTSTART{}", when(event.start)));
    // Of whole days the format wants the first day after (section 3.6.1).
    let end = event.end.or(matches!(event.start, When::Day(_)).then_some(event.start));
    if let Some(end) = end {
        let end = match end {
            When::Day(day) => When::Day(later(day, 1).unwrap_or(day)),
            at => at,
        };
        line(out, &format!("DTEND{}", when(end)));
    }
    line(out, &format!("SUMMARY:{}", escape(&event.summary)));
    for (key, value) in [("LOCATION", &event.location), ("DESCRIPTION", &event.description)] {
        if !value.is_empty() {
            line(out, &format!("{key}:{}", escape(value)));
        }
    }
    if let Some(url) = &event.url {
        line(out, &format!("URL:{}", url.replace(char::is_control, "")));
    }
    if let Some(days) = event.remind {
        line(out, "BEGIN:VALARM");
        line(out, "ACTION:DISPLAY");
        line(out, &format!("DESCRIPTION:{}", escape(&event.summary)));
        line(out, &format!("TRIGGER:-P{days}D"));
        line(out, "END:VALARM");
    }
    line(out, "END:VEVENT");
}

fn when(when: When) -> String {
    match when {
        When::Day(day) => format!(";VALUE=DATE:{:04}{:02}{:02}", day.year(), day.month(), day.day()),
        When::At(at) => format!(":{}", at.basic()),
    }
}

/// A text value (section 3.3.11).
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded between characters: a calendar joins what follows a line end and a space.
fn line(out: &mut String, text: &str) {
    let mut room = LONGEST;
    for c in text.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LONGEST - 1;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{Event, When, calendar, line};
    use crate::value::time::{Instant, Zone, day};

    #[test]
    fn a_line_of_75_bytes_is_whole_and_characters_are_never_cut() {
        let mut exact = String::new();
        line(&mut exact, &"a".repeat(75));
        line(&mut exact, &"b".repeat(76));
        assert_eq!(exact, format!("{}\r\n{}\r\n b\r\n", "a".repeat(75), "b".repeat(75)));
        let mut long = String::new();
        line(&mut long, &format!("SUMMARY:{}", "园区开放日".repeat(20)));
        // 8 bytes of the name and 22 characters are 74; the next character would make 77.
        assert_eq!(long.split("\r\n").next().map(str::len), Some(74));
    }

    #[test]
    fn lines_are_folded_escaped_and_end_as_the_format_wants() {
        let stamp = Instant::parse("2026-11-24 09:00", &Zone::shanghai()).expect("a sound instant");
        let event = Event {
            uid: "news@www.example.com".into(),
            summary: "园区动态：应在当天以前更新，逐条核对后发布；责任单位为示例县融媒体中心".into(),
            description: "一行\n二行, 三; 四\\".into(),
            location: String::new(),
            url: Some("https://www.example.com/\r\nX:1".into()),
            start: When::Day(day(2026, 12, 31).expect("a day")),
            end: None,
            stamp,
            remind: Some(2),
        };
        let text = calendar("期限", &[event]);
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])), "{text}");
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        let whole = text.replace("\r\n ", "");
        for part in [
            "DTSTAMP:20261124T010000Z\r\n",
            "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n",
            "SUMMARY:园区动态：应在当天以前更新，逐条核对后发布；责任单位为示例县融媒体中心\r\n",
            "DESCRIPTION:一行\\n二行\\, 三\\; 四\\\\\r\n",
            "URL:https://www.example.com/X:1\r\n",
            "TRIGGER:-P2D\r\n",
        ] {
            assert!(whole.contains(part), "{part} in:\n{whole}");
        }
    }
}
