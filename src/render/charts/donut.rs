//! Shares of a whole: a ring, and below it each part with its share.

use super::paint::{Drawing, Length, WIDTH, colour, patch, pattern};
use super::text::{self, LINE};
use crate::value::{
    Chart, Decimal,
    number::{float, grouped},
};
use std::f64::consts::TAU;

const OUTER: f64 = 80.0;
const INNER: f64 = 46.0;

/// Draws the ring clockwise from the top, in the order of the rows.
pub fn draw(chart: &Chart) -> Drawing {
    let mut drawing = Drawing::default();
    let parts: Vec<(usize, Decimal)> =
        chart.points.iter().enumerate().filter_map(|(at, point)| Some((at, (*point.values.first()?)?))).collect();
    let total = parts.iter().fold(Decimal::ZERO, |sum, (_, value)| sum.checked_add(*value).unwrap_or(sum));
    let (x, y) = (WIDTH / 2.0, OUTER + 2.0);
    for ((at, value), (from, to)) in parts.iter().zip(angles(&parts)) {
        if !value.is_zero() {
            drawing.path(ring(x, y, from, to), format!("part {}", colour(*at)), pattern(*at));
        }
    }
    let sum = grouped(total);
    if text::width(&sum) < 2.0 * INNER {
        drawing.text(x, y + 5.0, "middle", "value", &sum);
    }
    let mut y = 2.0 * OUTER + 18.0;
    for (at, point) in chart.points.iter().enumerate() {
        let told = match point.values.first().copied().flatten() {
            Some(value) => format!("{} · {}%", grouped(value), grouped(share(value, total))),
            None => "–".to_string(),
        };
        patch(&mut drawing, at, 0.0, y);
        drawing.text(WIDTH, y + 12.0, "end", "value", &told);
        for line in text::wrap(&point.label, WIDTH - 24.0 - text::width(&told) - 8.0, 2) {
            drawing.text(24.0, y + 12.0, "start", "label", &line);
            y += LINE;
        }
        y += 6.0;
    }
    drawing.finished(y)
}

/// A share in percent with one decimal.
fn share(value: Decimal, total: Decimal) -> Decimal {
    value.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(total)).unwrap_or_default().round_dp(1)
}

/// Where each part begins and ends, as angles from the top; together one turn.
pub fn angles(parts: &[(usize, Decimal)]) -> Vec<(f64, f64)> {
    let total: f64 = parts.iter().map(|(_, value)| float(*value)).sum();
    let mut at = 0.0;
    parts
        .iter()
        .map(|(_, value)| {
            let from = at;
            at += if total > 0.0 { float(*value) / total * TAU } else { 0.0 };
            (from, at)
        })
        .collect()
}

/// A piece of the ring.
fn ring(x: f64, y: f64, from: f64, to: f64) -> String {
    let at = |radius: f64, angle: f64| format!("{} {}", Length(x + radius * angle.sin()), Length(y - radius * angle.cos()));
    // An arc that ends where it begins would be nothing, so each piece is drawn in two halves.
    let middle = (from + to) / 2.0;
    let (o, i) = (Length(OUTER), Length(INNER));
    format!(
        "M{}A{o} {o} 0 0 1 {}A{o} {o} 0 0 1 {}L{}A{i} {i} 0 0 0 {}A{i} {i} 0 0 0 {}z",
        at(OUTER, from),
        at(OUTER, middle),
        at(OUTER, to),
        at(INNER, to),
        at(INNER, middle),
        at(INNER, from),
    )
}
