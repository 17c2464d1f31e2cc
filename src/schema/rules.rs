//! The closed set of constraints, derived values, roll-ups and inheritance. Paths are dotted English keys; inside a
//! group a path is first sought in the item, then in the record around it.

use crate::diagnostic::Place;
use crate::value::Decimal;

/// A test on one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The field.
    pub path: String,
    /// What must hold.
    pub test: Test,
}

impl Condition {
    /// The path as seen from an item of a group: `spaces.status` from an item of `spaces` is `status`.
    pub fn path_within(&self, group: &str) -> String {
        within(&self.path, group)
    }
}

/// A path as seen from an item of a group.
pub fn within(path: &str, group: &str) -> String {
    path.strip_prefix(group).and_then(|rest| rest.strip_prefix('.')).unwrap_or(path).to_string()
}

/// What a condition asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Equals one of these (choice keys, `true`/`false`, text, numbers).
    Is(Vec<String>),
    /// Equals none of these.
    Not(Vec<String>),
    /// Is given (`true`) or absent (`false`).
    Given(bool),
    /// Greater than.
    Above(Decimal),
    /// At least.
    AtLeast(Decimal),
    /// Less than.
    Below(Decimal),
    /// At most.
    AtMost(Decimal),
    /// A date on or after this day.
    Since(jiff::civil::Date),
    /// A text (or one of a list) that contains one of these words.
    Contains(Vec<String>),
    /// A text that contains none of these words.
    Lacks(Vec<String>),
    /// A date that is over at the instant of the build, or not. Only in `derive:`, because reading has no clock.
    Past(bool),
    /// A date that is still to come at the instant of the build, or not. Only in `derive:`.
    Future(bool),
}

impl Test {
    /// Does it ask the clock?
    pub fn asks_the_clock(&self) -> bool {
        matches!(self, Test::Past(_) | Test::Future(_))
    }
}

/// A rule across fields. Declared on a field (`at_most`, `after`) or on the type or group (`rules:`).
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Where it was declared.
    pub place: Place,
    /// The group whose every item it is about; `None` for the record itself.
    pub group: Option<String>,
    /// The rule.
    pub check: Check,
    /// A breach is only a warning?
    pub warn: bool,
}

/// The rules there are.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the operands are dotted paths, numbers and conditions named as in type files")]
pub enum Check {
    /// `field` is not larger than `other` (times `1 + slack` percent).
    AtMost { field: String, other: String, slack: Decimal },
    /// `field` is not before `other` (dates).
    After { field: String, other: String },
    /// These dates or numbers do not decrease, absent ones skipped. A single `dates` field means its own entries.
    Ordered { fields: Vec<String> },
    /// The sum of `of` over the items where `when` holds is not larger than `field` (times `1 + slack` percent).
    SumAtMost { of: Vec<String>, when: Vec<Condition>, field: String, slack: Decimal },
    /// The sum of `of` lies between.
    SumBetween { of: String, min: Decimal, max: Decimal },
    /// Not both: pairs of conditions that exclude each other, each with the sentence that says why.
    Conflicts(Vec<Conflict>),
    /// Two numbers that tell the same thing differ by at most `slack` percent.
    Agree { field: String, other: String, slack: Decimal },
    /// From one date to another pass at least and at most so many days (working days where `work`).
    Apart { from: String, to: String, min: Option<i64>, max: Option<i64>, work: bool },
    /// The choice `of` has its date in the `dates` field, and no later one has.
    Stages { of: String, dates: String },
    /// Some record points here under the name `by`, not later than so many (working) days after `from`.
    Answered { by: String, from: String, days: i64, work: bool, when: Vec<Condition> },
    /// The date is not older than so many days at the instant of the build.
    Fresh { field: String, days: i64, when: Vec<Condition> },
}

impl Rule {
    /// Can it be judged only when links and computed values are known, or at an instant?
    pub fn is_late(&self, of: &super::Type) -> bool {
        let computed = |path: &str| {
            let within = self.group.as_ref().and_then(|group| of.field_at(&format!("{group}.{path}")));
            within.or_else(|| of.field_at(path)).is_some_and(super::Field::is_computed)
        };
        matches!(self.check, Check::Answered { .. } | Check::Fresh { .. } | Check::Apart { work: true, .. })
            || self.check.paths().into_iter().any(computed)
    }
}

impl Check {
    /// Every path it looks at.
    pub fn paths(&self) -> Vec<&str> {
        fn of(conditions: &[Condition]) -> impl Iterator<Item = &str> {
            conditions.iter().map(|condition| condition.path.as_str())
        }
        match self {
            Check::AtMost { field, other, .. } | Check::After { field, other } | Check::Agree { field, other, .. } => vec![field, other],
            Check::Ordered { fields } => fields.iter().map(String::as_str).collect(),
            Check::SumAtMost { of: parts, when, field, .. } => {
                parts.iter().map(String::as_str).chain([field.as_str()]).chain(of(when)).collect()
            }
            Check::SumBetween { of, .. } => vec![of],
            Check::Conflicts(pairs) => pairs.iter().flat_map(|pair| of(&pair.when).chain(of(&pair.not))).collect(),
            Check::Apart { from, to, .. } => vec![from, to],
            Check::Stages { of, dates } => vec![of, dates],
            Check::Answered { from, when, .. } => std::iter::once(from.as_str()).chain(of(when)).collect(),
            Check::Fresh { field, when, .. } => std::iter::once(field.as_str()).chain(of(when)).collect(),
        }
    }
}

/// Two conditions that do not go together.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// When this holds (always where it is empty) …
    pub when: Vec<Condition>,
    /// … this must not.
    pub not: Vec<Condition>,
    /// Why, in both languages.
    pub because: crate::diagnostic::Said,
}

/// A value computed from other fields of the same record or item.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the operands are dotted paths in the order of the words")]
pub enum Derive {
    /// First divided by second.
    Ratio(String, String),
    /// First minus second.
    Difference(String, String),
    /// Whole days from first to second.
    DaysBetween(String, String),
    /// Product of all.
    Product(Vec<String>),
    /// Sum of those that are given.
    Sum(Vec<String>),
    /// By which part of the first the second is smaller: 20 and 5 give 0.75.
    Reduction(String, String),
    /// What is left of the whole: 40 % gives 60 %.
    Rest(String),
    /// Working days from first to second, both included, by the calendar of the site.
    Workdays(String, String),
    /// The word of the first case that holds at the instant of the build.
    FirstOf(Vec<Case>),
}

/// One case of `first_of`.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// When this holds; always where it is empty.
    pub when: Vec<Condition>,
    /// The key of the choice, or `true` and `false` for a flag.
    pub is: String,
}

/// A value computed over other records.
#[derive(Debug, Clone, PartialEq)]
pub struct RollUp {
    /// How.
    pub how: RollUpHow,
    /// The name of a back link of this record; `None` works on a group of the record itself.
    pub over: Option<String>,
    /// The field (dotted, through one group of many items); not needed to count records.
    pub of: Option<String>,
    /// Only where these hold. A path through the group is tested item by item.
    pub when: Vec<Condition>,
}

/// The four roll-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words are the documentation")]
pub enum RollUpHow {
    Count,
    Sum,
    Min,
    Max,
}

/// Where an absent value of a group's item comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Inherit {
    /// From this path of the record around it.
    From(String),
    /// From a path chosen by the text of another field of the item.
    By {
        /// The field whose value chooses.
        field: String,
        /// Value and path.
        cases: Vec<(String, String)>,
        /// The path for every other value.
        otherwise: Option<String>,
    },
}
