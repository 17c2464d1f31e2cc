//! `quantity`: a number with a unit.

use super::Decimal;

/// An amount in the unit of its kind, and what the author typed where that was another unit or spelling.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The amount in the unit of the kind.
    pub amount: Decimal,
    /// What was typed, if it said another unit than the kind's (`30亩` for a field in ㎡).
    pub typed: Option<String>,
}
