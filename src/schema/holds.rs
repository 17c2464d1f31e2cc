//! Conditions applied to values: paths are sought in the item of a group first, then in the record around it.

use super::{Condition, Test};
use crate::value::{self, Decimal, Fields, Held, Value};

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
    /// Do all conditions hold?
    pub fn holds(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| test(self.get(&condition.path).map(|held| &held.value), &condition.test))
    }
}

/// Does one test hold for a value? An absent value satisfies only `not` and `given: false`.
pub fn test(held: Option<&Value>, test: &Test) -> bool {
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
