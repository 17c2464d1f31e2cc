//! Rules about days: how far apart they lie, the stages of a course, answers that are due, dates that grow old.

use super::rules::Subject;
use crate::diagnostic::{Diagnostic, messages, said};
use crate::value::time::{self, Day, days_between};
use crate::value::{Kind, Value};

fn day(subject: &Subject<'_>, path: &str) -> Option<Day> {
    subject.scope.value(path).and_then(|value| time::day_of(&value))
}

/// Too few or too many days between two dates. Working days are counted with both ends.
pub fn apart(subject: &Subject<'_>, of: (&str, &str), limits: (Option<i64>, Option<i64>), work: bool) -> Option<Diagnostic> {
    let (from, to) = (day(subject, of.0)?, day(subject, of.1)?);
    let found = match subject.late.filter(|_| work) {
        Some(late) => late.calendar.workdays(from, to),
        None => days_between(from, to),
    };
    let outside = limits.0.is_some_and(|min| found < min) || limits.1.is_some_and(|max| found > max);
    outside.then(|| messages::lint::days_apart(subject.place(of.1), &subject.label(of.0), &subject.label(of.1), found, limits, work))
}

/// A stage without its date, and dates of stages that are not reached yet.
pub fn stages(subject: &Subject<'_>, of: &str, dates: &str) -> Vec<Diagnostic> {
    let Some(Value::Choice(stage)) = subject.scope.get(of).map(|held| &held.value) else { return Vec::new() };
    let Some(Kind::Dates(steps)) = subject.schema.field_at(dates).map(|field| &field.kind) else { return Vec::new() };
    // A stage outside of the course, such as suspended, says nothing about it.
    let Some(reached) = steps.iter().position(|step| step.key == *stage) else { return Vec::new() };
    let given = match subject.scope.get(dates).map(|held| &held.value) {
        Some(Value::Dates(given)) => given.as_slice(),
        _ => &[],
    };
    let mut found = Vec::new();
    if !given.iter().any(|(key, _)| key == stage) {
        found.push(messages::lint::stage_undated(subject.place(of), &subject.label(dates), stage, &steps[reached].label));
    }
    for (key, on) in given {
        let at = steps.iter().position(|step| step.key == *key);
        if let Some(step) = at.filter(|at| *at > reached).map(|at| &steps[at]) {
            found.push(messages::lint::stage_ahead(subject.place(dates), &step.label, &on.to_string(), &steps[reached].label));
        }
    }
    found
}

/// Nobody has answered in time.
pub fn answered(subject: &Subject<'_>, by: &str, from: &str, days: i64, work: bool) -> Option<Diagnostic> {
    let late = subject.late?;
    let asked = day(subject, from)?;
    let due = late.calendar.after(asked, days, work);
    let answers = (late.answers)(by);
    // An answer without a date cannot be called late.
    if answers.iter().any(|on| on.is_none_or(|on| on <= due)) || late.now.day <= due {
        return None;
    }
    let first = answers.into_iter().flatten().min();
    let what = subject.late_label(by);
    Some(match first {
        Some(on) => messages::lint::answer_late(subject.place(from), &what, (days, work), &due.to_string(), &on.to_string()),
        None => messages::lint::answer_missing(subject.place(from), &what, (days, work), &due.to_string()),
    })
}

/// A date has grown old.
pub fn fresh(subject: &Subject<'_>, field: &str, days: i64) -> Option<Diagnostic> {
    let late = subject.late?;
    let age = days_between(day(subject, field)?, late.now.day);
    (age > days).then(|| messages::lint::date_stale(subject.place(field), &subject.label(field), age, days))
}

impl Subject<'_> {
    /// What the records behind a back link are called, as far as words know it.
    fn late_label(&self, by: &str) -> crate::diagnostic::Said {
        self.late.and_then(|late| (late.name)(by)).unwrap_or_else(|| said(by, by))
    }
}
