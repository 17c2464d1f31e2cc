//! Rules across fields: the closed set of [`Check`]s.

use super::dates;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Said, Severity, SitePath, messages, said};
use crate::read::record::{join, plain_number};
use crate::schema::rules::Check;
use crate::schema::{Field, Rule, Scope, Type};
use crate::source::Spot;
use crate::value::time::{Calendar, Day, Now};
use crate::value::{self, Decimal, Fields, Held, Kind, Value};

/// What is known only when all records are: the instant, the calendar, and who points at a record.
pub struct Late<'a> {
    /// The instant of the build.
    pub now: Now,
    /// Which days are worked.
    pub calendar: &'a Calendar,
    /// The days of the records that point at this one, by the name of the back link; `None` for one without a date.
    pub answers: &'a dyn Fn(&str) -> Vec<Option<Day>>,
    /// What the records behind a back link are called.
    pub name: &'a dyn Fn(&str) -> Option<Said>,
}

/// Applies the rules of a type that a record can be judged by alone.
pub fn rules(fields: &Fields, schema: &Type, file: &SitePath, start: Spot, diagnostics: &mut Diagnostics) {
    each(fields, schema, file, start, None, diagnostics);
    for field in &schema.fields {
        unique_items(fields, field, file, diagnostics);
    }
}

/// Applies the rules that need links, computed values or the clock.
pub fn late(fields: &Fields, schema: &Type, file: &SitePath, start: Spot, late: &Late<'_>, diagnostics: &mut Diagnostics) {
    each(fields, schema, file, start, Some(late), diagnostics);
}

fn each(fields: &Fields, schema: &Type, file: &SitePath, start: Spot, late: Option<&Late<'_>>, diagnostics: &mut Diagnostics) {
    for rule in schema.rules.iter().filter(|rule| rule.is_late(schema) == late.is_some()) {
        let whole = Subject { scope: Scope::record(fields), schema, group: None, file, start, prefix: String::new(), late };
        let Some(group) = &rule.group else {
            apply(rule, &whole, diagnostics);
            continue;
        };
        let Some(field) = schema.field_at(group) else { continue };
        for (index, item) in fields.all(group).into_iter().enumerate() {
            let Value::Group(inner) = &item.value else { continue };
            let prefix = if field.many { format!("{group}.{}", index + 1) } else { group.clone() };
            let scope = Scope { inner, outer: Some(fields) };
            apply(rule, &Subject { scope, schema, group: Some(field), file, start: item.spot, prefix, late }, diagnostics);
        }
    }
}

/// What a rule is applied to: a record or one item of a group.
pub(super) struct Subject<'a> {
    /// Where paths are looked up.
    pub scope: Scope<'a>,
    /// The type.
    pub schema: &'a Type,
    group: Option<&'a Field>,
    file: &'a SitePath,
    start: Spot,
    prefix: String,
    /// What is known late.
    pub late: Option<&'a Late<'a>>,
}

impl Subject<'_> {
    /// What a field is called.
    pub fn label(&self, path: &str) -> Said {
        let inner = self.group.and_then(|group| group.field(path));
        match inner.or_else(|| self.schema.field_at(path)) {
            Some(field) => field.label.clone(),
            None => said(path, path),
        }
    }
    /// Where a field stands, or the record where it was not written.
    pub fn place(&self, path: &str) -> Place {
        let held = self.scope.get(path).filter(|held| held.spot.line > 0);
        let spot = held.map_or(self.start, |held| held.spot);
        spot.at(self.file).in_field(join(&self.prefix, path))
    }
    fn number(&self, path: &str) -> Option<Decimal> {
        self.scope.get(path).and_then(|held| value::number::of(&held.value))
    }
}

fn apply(rule: &Rule, subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let found: Vec<Diagnostic> = match &rule.check {
        Check::AtMost { field, other, slack } => at_most(subject, field, other, *slack).into_iter().collect(),
        Check::After { field, other } => in_order(subject, &[other.clone(), field.clone()]),
        Check::Ordered { fields } => in_order(subject, fields),
        Check::SumAtMost { of, when, field, slack } => sum_at_most(subject, of, when, field, *slack).into_iter().collect(),
        Check::SumBetween { of, min, max } => sum_between(subject, of, *min, *max).into_iter().collect(),
        Check::Conflicts(pairs) => pairs
            .iter()
            .filter(|pair| subject.scope.holds(&pair.when) && subject.scope.holds(&pair.not))
            .map(|pair| {
                let path = pair.not.first().or(pair.when.first()).map_or("", |condition| condition.path.as_str());
                messages::read::conflict(subject.place(path), &subject.label(path), &pair.because)
            })
            .collect(),
        Check::Agree { field, other, slack } => agree(subject, field, other, *slack).into_iter().collect(),
        Check::Apart { from, to, min, max, work } => dates::apart(subject, (from, to), (*min, *max), *work).into_iter().collect(),
        Check::Stages { of, dates } => dates::stages(subject, of, dates),
        Check::Answered { by, from, days, work, when } => {
            let asked = subject.scope.holds(when);
            dates::answered(subject, by, from, *days, *work).filter(|_| asked).into_iter().collect()
        }
        Check::Fresh { field, days, when } => {
            let asked = subject.scope.holds(when);
            dates::fresh(subject, field, *days).filter(|_| asked).into_iter().collect()
        }
    };
    for mut diagnostic in found {
        if rule.warn {
            diagnostic.severity = Severity::Warning;
        }
        diagnostics.push(diagnostic);
    }
}

/// How far two numbers lie apart, in percent of the larger one.
pub fn percent_apart(a: Decimal, b: Decimal) -> Decimal {
    let larger = a.abs().max(b.abs());
    if larger.is_zero() { Decimal::ZERO } else { (a - b).abs() * Decimal::ONE_HUNDRED / larger }
}

fn agree(subject: &Subject<'_>, field: &str, other: &str, slack: Decimal) -> Option<Diagnostic> {
    let (written, wanted) = subject.number(field).zip(subject.number(other))?;
    (percent_apart(written, wanted) > slack).then(|| {
        let shown = (plain_number(written), plain_number(wanted));
        messages::lint::totals_disagree(subject.place(field), &subject.label(field), &shown.0, &subject.label(other), &shown.1)
    })
}

/// A limit with its slack in per cent. One too large to be counted with limits nothing.
fn with_slack(limit: Decimal, slack: Decimal) -> Decimal {
    let factor = Decimal::ONE_HUNDRED.saturating_add(slack) / Decimal::ONE_HUNDRED;
    limit.saturating_mul(factor)
}

fn at_most(subject: &Subject<'_>, field: &str, other: &str, slack: Decimal) -> Option<Diagnostic> {
    let (amount, limit) = subject.number(field).zip(subject.number(other))?;
    (amount > with_slack(limit, slack)).then(|| {
        let (amount, limit) = (plain_number(amount), plain_number(limit));
        messages::read::larger_than(subject.place(field), &subject.label(field), &amount, &subject.label(other), &limit)
            .see(subject.place(other), messages::read::the_limit())
    })
}

/// Dates or numbers that must not decrease. A `dates` field stands for its own entries in the order of its kind.
fn in_order(subject: &Subject<'_>, fields: &[String]) -> Vec<Diagnostic> {
    let mut steps: Vec<(Decimal, String, Said, Place)> = Vec::new();
    for path in fields {
        let Some(held) = subject.scope.get(path) else { continue };
        match &held.value {
            Value::Dates(dates) => {
                let names = subject.schema.field_at(path).map(|field| &field.kind);
                for (key, date) in dates {
                    let label = match names {
                        Some(Kind::Dates(choices)) => choices.iter().find(|choice| choice.key == *key).map(|choice| choice.label.clone()),
                        _ => None,
                    };
                    steps.push((value::time::day_number(*date), date.to_string(), label.unwrap_or(said(key, key)), subject.place(path)));
                }
            }
            other => {
                if let Some((number, shown)) = ordinal(other) {
                    steps.push((number, shown, subject.label(path), subject.place(path)));
                }
            }
        }
    }
    let wrong = steps.windows(2).filter(|pair| pair[1].0 < pair[0].0);
    wrong.map(|pair| messages::read::out_of_order(pair[1].3.clone(), (&pair[0].2, &pair[0].1), (&pair[1].2, &pair[1].1))).collect()
}

fn ordinal(value: &Value) -> Option<(Decimal, String)> {
    match value {
        Value::Date(date) => Some((value::time::day_number(*date), date.to_string())),
        Value::Month(month) => {
            let first = jiff_day(month.year, month.month)?;
            Some((value::time::day_number(first), format!("{}-{:02}", month.year, month.month)))
        }
        Value::Moment(moment) => Some((value::time::day_number(moment.local.date()), moment.local.date().to_string())),
        other => value::number::of(other).map(|number| (number, plain_number(number))),
    }
}

fn jiff_day(year: i16, month: i8) -> Option<value::time::Day> {
    value::time::day(year, month, 1)
}

fn sum(subject: &Subject<'_>, path: &str, when: &[crate::schema::Condition]) -> Option<Decimal> {
    let Some((group, leaf)) = path.rsplit_once('.') else { return subject.number(path) };
    let record = subject.scope.outer.unwrap_or(subject.scope.inner);
    let items = record.all(group);
    let amounts = items.iter().filter_map(|item| match &item.value {
        Value::Group(inner) => {
            let scope = Scope { inner, outer: Some(record) };
            let short: Vec<_> = when.iter().map(|c| crate::schema::Condition { path: c.path_within(group), ..c.clone() }).collect();
            scope.holds(&short).then(|| inner.at(leaf).and_then(|held| value::number::of(&held.value)))?
        }
        _ => None,
    });
    amounts.fold(None, |total: Option<Decimal>, amount| Some(total.unwrap_or_default().saturating_add(amount)))
}

fn sum_at_most(subject: &Subject<'_>, of: &[String], when: &[crate::schema::Condition], field: &str, slack: Decimal) -> Option<Diagnostic> {
    let parts: Vec<Decimal> = of.iter().filter_map(|path| sum(subject, path, when)).collect();
    let limit = subject.number(field)?;
    let total = parts.iter().copied().fold(Decimal::ZERO, Decimal::saturating_add);
    (!parts.is_empty() && total > with_slack(limit, slack)).then(|| {
        let names: Vec<Said> = of.iter().map(|path| subject.label(path)).collect();
        messages::read::sum_too_large(subject.place(field), &names, &plain_number(total), &subject.label(field), &plain_number(limit))
    })
}

fn sum_between(subject: &Subject<'_>, of: &str, min: Decimal, max: Decimal) -> Option<Diagnostic> {
    let total = sum(subject, of, &[])?;
    (total < min || total > max).then(|| {
        let group = of.split('.').next().unwrap_or(of);
        messages::read::sum_not_between(
            subject.place(group),
            &subject.label(of),
            &plain_number(total),
            &plain_number(min),
            &plain_number(max),
        )
    })
}

/// The items of a keyed group must have different keys.
fn unique_items(fields: &Fields, field: &Field, file: &SitePath, diagnostics: &mut Diagnostics) {
    let (Some(key), Some(Value::List(items))) = (&field.item_key, fields.value(&field.key)) else { return };
    let mut seen: Vec<(String, &Held)> = Vec::new();
    for item in items {
        let Value::Group(inner) = &item.value else { continue };
        let Some(held) = inner.get(key) else { continue };
        let Value::Text(text) = &held.value else { continue };
        match seen.iter().find(|(known, _)| known == text) {
            Some((_, first)) => {
                let label = field.field(key).map_or_else(|| said(key, key), |inner| inner.label.clone());
                let place = held.spot.at(file).in_field(format!("{}.{key}", field.key));
                diagnostics.push(messages::read::item_twice(place, &label, text, first.spot.at(file)));
            }
            None => seen.push((text.clone(), held)),
        }
    }
}
