//! Axes: round numbers that hold the values, and values as lengths.

use crate::value::{Decimal, number::float};

/// An axis from `from` to `to` with its marks, 0 always among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The lowest mark.
    pub from: Decimal,
    /// The highest mark.
    pub to: Decimal,
    /// All marks, ascending.
    pub marks: Vec<Decimal>,
}

impl Axis {
    /// The axis of some values: three to six marks at round distances.
    pub fn of(values: impl IntoIterator<Item = Decimal>) -> Axis {
        let (mut low, mut high) = (Decimal::ZERO, Decimal::ZERO);
        for value in values {
            low = low.min(value);
            high = high.max(value);
        }
        if low == high {
            high = Decimal::ONE;
        }
        let span = high.checked_sub(low).unwrap_or(high);
        let step = round_step(span);
        let down = |value: Decimal| (value / step).floor().checked_mul(step).unwrap_or(value);
        let (from, top) = (down(low), down(high));
        let mut marks = vec![from];
        let mut at = from;
        while at < top || at < high {
            let Some(next) = at.checked_add(step).filter(|_| marks.len() < 12) else { break };
            at = next;
            marks.push(at.normalize());
        }
        Axis { from, to: marks.last().copied().unwrap_or(step), marks }
    }

    /// Where a value stands between 0 (the lowest mark) and 1 (the highest).
    pub fn share(&self, value: Decimal) -> f64 {
        let span = float(self.to) - float(self.from);
        if span > 0.0 { ((float(value) - float(self.from)) / span).clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// A step of 1, 2 or 5 times a power of ten, so that about four of them span the values.
fn round_step(span: Decimal) -> Decimal {
    let rough = span / Decimal::from(4);
    let ten = Decimal::TEN;
    let mut power = Decimal::ONE;
    while power.checked_mul(ten).is_some_and(|next| next <= rough) {
        power *= ten;
    }
    while power > rough && power > Decimal::new(1, 20) {
        power /= ten;
    }
    let factor = [1, 2, 5, 10].into_iter().map(Decimal::from).find(|factor| power.checked_mul(*factor).is_none_or(|step| step >= rough));
    power.checked_mul(factor.unwrap_or(ten)).unwrap_or(power).normalize()
}

#[cfg(test)]
mod tests {
    use super::Axis;
    use crate::value::Decimal;

    fn marks(values: &[&str]) -> Vec<String> {
        let numbers = values.iter().map(|value| value.parse::<Decimal>().unwrap());
        Axis::of(numbers).marks.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn marks_are_round_and_hold_every_value_and_zero() {
        assert_eq!(marks(&["21.6", "20.1"]), ["0", "10", "20", "30"]);
        assert_eq!(marks(&["0.62"]), ["0", "0.2", "0.4", "0.6", "0.8"]);
        assert_eq!(marks(&["-3", "8"]), ["-5", "0", "5", "10"]);
        assert_eq!(marks(&["0"]), ["0", "0.5", "1"]);
        assert_eq!(marks(&[]), ["0", "0.5", "1"]);
        assert_eq!(marks(&["79228162514264337593543950335"]).len(), 4);
    }
}
