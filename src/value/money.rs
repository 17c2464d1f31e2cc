//! `money`: yuan, per something, as a number, a range or a word such as 面议.

use super::{Decimal, Unit};

/// What the amount is counted in and per what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Per {
    /// 1 for `元`, 10,000 for `万元`.
    pub scale: u32,
    /// Per which area or amount, as `元/㎡`.
    pub unit: Option<Unit>,
    /// Per which time, as `/月`.
    pub time: Option<Time>,
}

/// A period of payment. A year is 12 months and 365 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// 天.
    Day,
    /// 月.
    Month,
    /// 年.
    Year,
}

/// An amount of money in the measure of its kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// How much.
    pub price: Price,
    /// What was typed, if it said another measure than the kind's (`0.4元/㎡·天`).
    pub typed: Option<String>,
}

/// A number, a range, or a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Price {
    /// One amount.
    Fixed(Decimal),
    /// From and to.
    Range(Decimal, Decimal),
    /// 面议: to be agreed.
    Negotiable,
    /// 招标, 竞价, 挂牌: decided in public.
    Tender,
}
