//! Warnings that somebody has looked at and that are not meant here, each with a reason.

use crate::diagnostic::{Diagnostics, SitePath, messages, nearest};
use crate::source::Spot;
use crate::value::{Fields, Held, Value};
use std::sync::atomic::{AtomicBool, Ordering};

/// The codes that can be silenced: what guards say.
pub const CODES: [&str; 18] = [
    "word-absolute",
    "claim-unsourced",
    "honour-unsourced",
    "incentive-unreviewed",
    "incentive-barred",
    "personal-mobile",
    "personal-id",
    "personal-card",
    "mark-internal",
    "mark-secret",
    "secret-key",
    "address-local",
    "text-hidden",
    "text-placeholder",
    "unit-style",
    "number-style",
    "link-text",
    "word-listed",
];

/// One of them.
#[derive(Debug)]
pub struct Silence {
    code: String,
    text: Option<String>,
    /// The file it is for; every file where it names none.
    file: Option<String>,
    spot: Spot,
    used: AtomicBool,
}

/// The silences of a list of groups; codes that nothing says are told.
pub fn read(held: Option<&Held>, file: &SitePath, diagnostics: &mut Diagnostics) -> Vec<Silence> {
    let Some(Value::List(items)) = held.map(|held| &held.value) else { return Vec::new() };
    let mut found = Vec::new();
    for item in items {
        let Value::Group(fields) = &item.value else { continue };
        let Some(code) = text(fields, "code") else { continue };
        if !CODES.contains(&code.as_str()) {
            let spot = fields.get("code").map_or(item.spot, |held| held.spot);
            diagnostics.push(messages::guard::silence_code(spot.at(file), &code, nearest(&code, CODES)));
            continue;
        }
        found.push(Silence { code, text: text(fields, "text"), file: text(fields, "in"), spot: item.spot, used: AtomicBool::new(false) });
    }
    found
}

fn text(fields: &Fields, key: &str) -> Option<String> {
    match fields.value(key) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

impl Silence {
    /// Is it meant for what is said with a code about a piece of a line? `from` and `to` are bytes of the line.
    pub fn covers(&self, file: &SitePath, code: &str, line: &str, from: usize, to: usize) -> bool {
        let here = self.file.as_deref().is_none_or(|named| {
            let named = named.trim_start_matches("./");
            file.as_str() == named || file.as_str().strip_prefix("content/") == Some(named)
        });
        let covers = here
            && self.code == code
            && self.text.as_deref().is_none_or(|text| line.match_indices(text).any(|(at, _)| at < to && at + text.len() > from));
        if covers {
            self.used.store(true, Ordering::Relaxed);
        }
        covers
    }
    /// Did it silence anything?
    pub fn was_used(&self) -> bool {
        self.used.load(Ordering::Relaxed)
    }
    /// Says that it silenced nothing.
    pub fn unused(&self, file: &SitePath, diagnostics: &mut Diagnostics) {
        diagnostics.push(messages::guard::silence_unused(self.spot.at(file), &self.code, self.text.as_deref()));
    }
}
