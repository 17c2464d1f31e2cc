//! Conditions applied to values: paths are sought in the item of a group first, then in the record around it.

use super::{Condition, Test};
use crate::value::time::{Now, is_future, is_past};
use crate::value::{self, Decimal, Fields, Held, Value};
use std::borrow::Cow;

/// Where a path is looked up: the item of a group, then what stands around it.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The innermost fields.
    pub inner: &'a Fields,
    /// The record around them.
    pub outer: Option<&'a Fields>,
}

impl<'a> Scope<'a> {
    /// The scope of a record.
    pub fn record(fields: &'a Fields) -> Scope<'a> {
        Scope { inner: fields, outer: None }
    }
    /// The value at a path.
    pub fn get(&self, path: &str) -> Option<&'a Held> {
        self.inner.at(path).or_else(|| self.outer?.at(path))
    }
    /// The value at a path; `stage_dates.signed` is one date of a `dates` field.
    pub fn value(&self, path: &str) -> Option<Cow<'a, Value>> {
        if let Some(held) = self.get(path) {
            return Some(Cow::Borrowed(&held.value));
        }
        let (parent, key) = path.rsplit_once('.')?;
        match &self.get(parent)?.value {
            Value::Dates(dates) => dates.iter().find(|(known, _)| known == key).map(|(_, day)| Cow::Owned(Value::Date(*day))),
            _ => None,
        }
    }
    /// Do all conditions hold? Those that ask the clock do not, because there is none.
    pub fn holds(&self, conditions: &[Condition]) -> bool {
        self.holds_at(conditions, None)
    }
    /// Do all conditions hold at an instant?
    pub fn holds_at(&self, conditions: &[Condition], now: Option<Now>) -> bool {
        conditions.iter().all(|condition| test_at(self.value(&condition.path).as_deref(), &condition.test, now))
    }
}

/// Does one test that asks no clock hold for a value? An absent value satisfies only `not`, `lacks` and `given: false`.
pub fn test(held: Option<&Value>, wanted: &Test) -> bool {
    test_at(held, wanted, None)
}

fn test_at(held: Option<&Value>, test: &Test, now: Option<Now>) -> bool {
    let number = || held.and_then(value::number::of);
    match test {
        Test::Given(wanted) => held.is_some_and(is_given) == *wanted,
        Test::Is(words) => held.is_some_and(|value| words.iter().any(|word| equals(value, word))),
        Test::Not(words) => !held.is_some_and(|value| words.iter().any(|word| equals(value, word))),
        Test::Above(limit) => number().is_some_and(|n| n > *limit),
        Test::AtLeast(limit) => number().is_some_and(|n| n >= *limit),
        Test::Below(limit) => number().is_some_and(|n| n < *limit),
        Test::AtMost(limit) => number().is_some_and(|n| n <= *limit),
        Test::Since(day) => match held {
            Some(Value::Date(date)) => date >= day,
            Some(Value::Moment(moment)) => moment.local.date() >= *day,
            _ => false,
        },
        Test::Contains(words) => held.is_some_and(|value| words.iter().any(|word| contains(value, word))),
        Test::Lacks(words) => !held.is_some_and(|value| words.iter().any(|word| contains(value, word))),
        Test::Past(wanted) => held.zip(now).and_then(|(value, now)| is_past(value, now)) == Some(*wanted),
        Test::Future(wanted) => held.zip(now).and_then(|(value, now)| is_future(value, now)) == Some(*wanted),
    }
}

/// Does a text hold a word? A list does when one of its items does.
fn contains(value: &Value, word: &str) -> bool {
    match value {
        Value::Text(text) | Value::Choice(text) => text.contains(word),
        Value::Link(value::Link::Named(name) | value::Link::Text(name)) => name.contains(word),
        Value::List(items) => items.iter().any(|item| contains(&item.value, word)),
        Value::Markdown(document) => document.text.contains(word),
        _ => false,
    }
}

fn is_given(value: &Value) -> bool {
    match value {
        Value::List(items) => !items.is_empty(),
        Value::Group(fields) => !fields.is_empty(),
        Value::Text(text) => !text.is_empty(),
        _ => true,
    }
}

/// Does a value equal a word of a type file? A list equals when one of its items does.
fn equals(value: &Value, word: &str) -> bool {
    match value {
        Value::Text(text) | Value::Choice(text) => text == word,
        Value::Flag(flag) => matches!((flag, word), (true, "true") | (false, "false")),
        Value::Link(value::Link::Record(id)) => &*id.id == word,
        Value::Link(value::Link::Named(name) | value::Link::Text(name)) => name == word,
        Value::List(items) => items.iter().any(|item| equals(&item.value, word)),
        other => value::number::of(other).zip(word.parse::<Decimal>().ok()).is_some_and(|(a, b)| a == b),
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, Test, test};
    use crate::schema::Condition;
    use crate::source::Spot;
    use crate::value::time::{Now, day};
    use crate::value::{Fields, Held, Instant, Value, Zone};

    #[test]
    fn words_are_sought_in_texts_and_lists() {
        let text = |words: &str| Value::Text(words.to_string());
        let list = Value::List(vec![Held::written(text("C26 化工"), Spot::default())]);
        let words = vec!["C26".to_string()];
        assert!(test(Some(&list), &Test::Contains(words.clone())) && !test(Some(&list), &Test::Lacks(words.clone())));
        assert!(!test(None, &Test::Contains(words.clone())) && test(None, &Test::Lacks(words)));
    }

    #[test]
    fn the_clock_is_asked_only_where_there_is_one_and_single_dates_are_found() {
        let mut fields = Fields::new();
        let signed = ("signed".to_string(), day(2026, 11, 1).unwrap());
        fields.set(&"steps".into(), Held::written(Value::Dates(vec![signed]), Spot::default()));
        let scope = Scope::record(&fields);
        let over = [Condition { path: "steps.signed".into(), test: Test::Past(true) }];
        let instant = Instant::parse("2026-11-23", &Zone::shanghai()).unwrap();
        assert!(scope.holds_at(&over, Some(Now { instant, day: day(2026, 11, 23).unwrap() })));
        assert!(!scope.holds(&over));
        assert!(scope.value("steps.begun").is_none());
    }
}
