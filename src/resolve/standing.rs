//! How a record stands with publication at an instant: facts in, standing out. Doubt never publishes.
//!
//! This is the one filter. Everything after it sees only what it lets through, so that no output needs a filter of its
//! own. [`HOLDS`] says what keeps a record back and [`SHOWN`] how the others are shown; in both the first line that
//! holds decides, and one more condition is one more line.

use super::{Options, State};
use crate::read::{Record, Site};
use crate::schema::{Role, Type};
use crate::value::time::{end_of_day, later, start_of_day};
use crate::value::{Fields, Instant, Moment, Value, Zone};

/// The standing of a record.
#[derive(Debug)]
pub struct Standing {
    /// Its state where it is shown, else the word of what keeps it back.
    pub now: Result<State, &'static str>,
    /// When it will appear by itself.
    pub appears: Option<Moment>,
    /// The next instant after now at which its standing changes by itself.
    pub changes: Option<Change>,
}

/// A change that comes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The instant.
    pub at: Instant,
    /// What happens then.
    pub turn: Turn,
}

/// What the passing of time does to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It is published.
    Appears,
    /// It is taken off.
    Leaves,
    /// It is no longer valid.
    Expires,
    /// It is archived.
    Archives,
    /// Its verification becomes old or stale.
    Ages,
    /// An item of it is over, or a computed word changes.
    Passes,
}

/// What decides about a record, read from it once. Nothing here depends on the clock.
#[derive(Debug, Default)]
struct Facts {
    /// The word of the field `state`, or what its absence means.
    word: String,
    /// It must not be disclosed.
    closed: bool,
    starts: Option<Instant>,
    ends: Option<Instant>,
    expires: Option<Instant>,
    archives: Option<Instant>,
    /// When it was withdrawn, if it says so.
    withdrawn: Option<Instant>,
    corrected: bool,
    /// Those who have to sign what it says have done so.
    reviewed: bool,
}

impl Facts {
    fn is(&self, word: &str) -> bool {
        self.word == word
    }
    /// Nobody has ever seen it, because it was withdrawn before its time came: a tombstone would be its first publication.
    fn never_seen(&self) -> bool {
        self.is("withdrawn") && self.starts.is_some_and(|starts| self.withdrawn.is_none_or(|withdrawn| withdrawn <= starts))
    }
}

/// Something that keeps a record back.
struct Hold {
    /// The word that `list` shows.
    word: &'static str,
    /// How it is shown where drafts are asked for; what must not be disclosed is shown nowhere.
    preview: Option<State>,
    holds: fn(&Facts, Instant) -> bool,
}

/// The word of what is meant to be published and was not signed.
pub const UNAPPROVED: &str = "unapproved";

/// What keeps a record back.
const HOLDS: [Hold; 8] = [
    Hold { word: "not_public", preview: None, holds: |facts, _| facts.closed },
    Hold { word: "withdrawn", preview: None, holds: |facts, at| facts.never_seen() && facts.starts.is_some_and(|starts| starts > at) },
    Hold { word: "in_review", preview: Some(State::Draft), holds: |facts, _| facts.is("in_review") },
    Hold { word: "approved", preview: Some(State::Draft), holds: |facts, _| facts.is("approved") },
    Hold { word: "draft", preview: Some(State::Draft), holds: |facts, _| !["published", "archived", "withdrawn"].contains(&&*facts.word) },
    // Taking something back waits for nobody.
    Hold { word: UNAPPROVED, preview: Some(State::Draft), holds: |facts, _| !facts.reviewed && !facts.is("withdrawn") },
    Hold {
        word: "scheduled",
        preview: Some(State::Scheduled),
        holds: |facts, at| !facts.is("withdrawn") && facts.starts.is_some_and(|starts| starts > at),
    },
    Hold {
        word: "unpublished",
        preview: Some(State::Archived),
        holds: |facts, at| !facts.is("withdrawn") && facts.ends.is_some_and(|ends| ends <= at),
    },
];

/// How a record is shown that nothing keeps back.
const SHOWN: [(State, fn(&Facts, Instant) -> bool); 5] = [
    (State::Withdrawn, |facts, _| facts.is("withdrawn")),
    (State::Archived, |facts, at| facts.is("archived") || facts.archives.is_some_and(|archives| archives <= at)),
    (State::Expired, |facts, at| facts.expires.is_some_and(|expires| expires <= at)),
    (State::Corrected, |facts, _| facts.corrected),
    (State::Published, |_, _| true),
];

/// The standing at an instant: the first hold that applies, else the first way of showing.
fn judge(facts: &Facts, at: Instant) -> Result<State, &'static Hold> {
    match HOLDS.iter().find(|hold| (hold.holds)(facts, at)) {
        Some(hold) => Err(hold),
        None => Ok(SHOWN.iter().find(|(_, shown)| shown(facts, at)).map_or(State::Published, |(state, _)| *state)),
    }
}

/// Judges one record. `reviewed` says whether those who have to sign what it says have done so.
pub fn of(record: &Record, schema: &Type, site: &Site, options: Options, reviewed: bool) -> Standing {
    let facts = Facts { reviewed, ..facts(&record.fields, schema, site) };
    let found = judge(&facts, options.at);
    let state = |found: &Result<State, &'static Hold>| match found {
        Ok(state) => Ok(*state),
        Err(hold) => Err(hold.word),
    };
    let turns =
        [(facts.starts, Turn::Appears), (facts.ends, Turn::Leaves), (facts.expires, Turn::Expires), (facts.archives, Turn::Archives)];
    let mut turns: Vec<Change> = turns.into_iter().filter_map(|(at, turn)| Some(Change { at: at?, turn })).collect();
    turns.sort();
    let mut next = turns.into_iter().filter(|change| change.at > options.at);
    // A date that changes nothing, such as the last day of validity of what was withdrawn, is no change.
    let changes = next.find(|change| state(&judge(&facts, change.at)) != state(&found));
    let ages = if found.is_ok_and(|state| state != State::Withdrawn) { ages(&record.fields, schema, site, options.at) } else { None };
    let appears = match found {
        Err(hold) if hold.word == "scheduled" => first_moment(&record.fields, schema),
        _ => None,
    };
    let now = match found {
        Ok(state) => Ok(state),
        Err(hold) => hold.preview.filter(|_| options.drafts).ok_or(hold.word),
    };
    Standing { now, appears, changes: sooner(changes, ages) }
}

fn facts(fields: &Fields, schema: &Type, site: &Site) -> Facts {
    let zone = &site.zone;
    let value = |role: Role| schema.with_role(role).and_then(|field| fields.value(&field.key));
    // An appointment is announced before it begins.
    let begins_then =
        schema.calendar.as_ref().is_some_and(|fields| schema.with_role(Role::Date).is_some_and(|date| *date.key == fields.start));
    let dated = match value(Role::Date) {
        // Only a date with a time is a promise to publish then; a bare day may be the day of an event.
        Some(date @ Value::Moment(_)) if !begins_then => begins(date, zone),
        _ => None,
    };
    let word = match value(Role::State) {
        Some(Value::Choice(word)) => word.as_str(),
        _ if site.review_required => "draft",
        _ => "published",
    };
    let withdrawn = match value(Role::Withdrawal) {
        Some(Value::Group(inner)) => inner.iter().find_map(|(_, held)| begins(&held.value, zone)),
        _ => None,
    };
    // What has several last days (of a hearing, of a tender) holds until the last of them.
    let expiring = schema.fields.iter().filter(|field| field.role == Some(Role::Expires));
    Facts {
        word: word.to_string(),
        closed: matches!(value(Role::Openness), Some(Value::Choice(word)) if word == "none"),
        starts: value(Role::PublishAt).and_then(|value| begins(value, zone)).or(dated),
        ends: value(Role::UnpublishAt).and_then(|value| begins(value, zone)),
        expires: expiring.filter_map(|field| finishes(fields.value(&field.key)?, zone)).max(),
        archives: value(Role::Archives).and_then(|value| finishes(value, zone)),
        withdrawn,
        corrected: matches!(value(Role::Corrections), Some(Value::List(items)) if !items.is_empty()),
        reviewed: false,
    }
}

/// When the verification of a record becomes old, and stale: a badge on its page changes then.
fn ages(fields: &Fields, schema: &Type, site: &Site, at: Instant) -> Option<Change> {
    let Value::Date(day) = fields.value(&schema.with_role(Role::Verified)?.key)? else { return None };
    let (old, stale) = site.verified_days;
    let turns = [old, stale].into_iter().filter_map(|days| Some(end_of_day(later(*day, days)?, &site.zone)));
    turns.filter(|turn| *turn > at).min().map(|at| Change { at, turn: Turn::Ages })
}

/// The moment that was promised.
fn first_moment(fields: &Fields, schema: &Type) -> Option<Moment> {
    let value = |role: Role| schema.with_role(role).and_then(|field| fields.value(&field.key));
    match value(Role::PublishAt).or_else(|| value(Role::Date)) {
        Some(Value::Moment(moment)) => Some(*moment),
        _ => None,
    }
}

/// The sooner of two changes.
pub fn sooner(a: Option<Change>, b: Option<Change>) -> Option<Change> {
    a.into_iter().chain(b).min()
}

fn begins(value: &Value, zone: &Zone) -> Option<Instant> {
    match value {
        Value::Moment(moment) => Some(moment.instant),
        Value::Date(day) => Some(start_of_day(*day, zone)),
        _ => None,
    }
}

/// The end of a day on which something still holds.
fn finishes(value: &Value, zone: &Zone) -> Option<Instant> {
    match value {
        Value::Moment(moment) => Some(moment.instant),
        Value::Date(day) => Some(end_of_day(*day, zone)),
        _ => None,
    }
}
