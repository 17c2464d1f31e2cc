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
}

/// Two conditions that do not go together.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// When this holds …
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
