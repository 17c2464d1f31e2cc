//! How a record stands with publication at an instant. Doubt never publishes.

use super::{Options, State};
use crate::read::{Record, Site};
use crate::schema::{Role, Type};
use crate::value::time::{end_of_day, start_of_day};
use crate::value::{Instant, Moment, Value, Zone};

/// The standing of a record.
#[derive(Debug)]
pub struct Standing {
    /// Its state where it is shown, else the word of what keeps it back.
    pub now: Result<State, &'static str>,
    /// When it will appear by itself.
    pub appears: Option<Moment>,
    /// The next instant after now at which its standing changes by itself.
    pub changes: Option<Instant>,
}

/// Judges one record. `reviewed` says whether those who have to sign what it says have done so.
pub fn of(record: &Record, schema: &Type, site: &Site, options: Options, reviewed: bool) -> Standing {
    let value = |role: Role| schema.with_role(role).and_then(|field| record.fields.value(&field.key));
    let zone = &site.zone;
    let publish = value(Role::PublishAt).and_then(|value| begins(value, zone));
    // An appointment is announced before it begins.
    let begins_then =
        schema.calendar.as_ref().is_some_and(|fields| schema.with_role(Role::Date).is_some_and(|date| *date.key == fields.start));
    let dated = match value(Role::Date) {
        // Only a date with a time is a promise to publish then; a bare day may be the day of an event.
        Some(date @ Value::Moment(_)) if !begins_then => begins(date, zone),
        _ => None,
    };
    let starts = publish.or(dated);
    let ends = value(Role::UnpublishAt).and_then(|value| begins(value, zone));
    let expires = value(Role::Expires).and_then(|value| finishes(value, zone));
    let archives = value(Role::Archives).and_then(|value| finishes(value, zone));
    let changes = [starts, ends, expires, archives].into_iter().flatten().filter(|at| *at > options.at).min();
    let appears = || match value(Role::PublishAt).or_else(|| value(Role::Date)) {
        Some(Value::Moment(moment)) => Some(*moment),
        _ => None,
    };
    let word = match value(Role::State) {
        Some(Value::Choice(word)) => word.as_str(),
        _ if site.review_required => "draft",
        _ => "published",
    };
    let corrected = matches!(value(Role::Corrections), Some(Value::List(items)) if !items.is_empty());
    let expired = expires.is_some_and(|at| at <= options.at);
    let hidden = |word: &'static str, state: State| if options.drafts { Ok(state) } else { Err(word) };
    // What is not to be disclosed is shown nowhere, not even among the drafts.
    let closed = matches!(value(Role::Openness), Some(Value::Choice(word)) if word == "none");
    let mut appears_at = None;
    let now = match word {
        _ if closed => Err("not_public"),
        "withdrawn" => Ok(State::Withdrawn),
        "published" | "archived" if !reviewed => hidden("unapproved", State::Draft),
        "published" | "archived" if starts.is_some_and(|at| at > options.at) => {
            appears_at = appears();
            hidden("scheduled", State::Scheduled)
        }
        "published" | "archived" if ends.is_some_and(|at| at <= options.at) => hidden("unpublished", State::Archived),
        "archived" => Ok(State::Archived),
        "published" if archives.is_some_and(|at| at <= options.at) => Ok(State::Archived),
        "published" if expired => Ok(State::Expired),
        "published" if corrected => Ok(State::Corrected),
        "published" => Ok(State::Published),
        "in_review" => hidden("in_review", State::Draft),
        "approved" => hidden("approved", State::Draft),
        _ => hidden("draft", State::Draft),
    };
    let changes = if !closed && reviewed && matches!(word, "published" | "archived") { changes } else { None };
    Standing { now, appears: appears_at, changes }
}

/// The sooner of two instants.
pub fn sooner(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
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
