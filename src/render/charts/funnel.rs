//! Steps of which each keeps a part: one centred bar for each, with its share of the first.

use super::paint::{Drawing, Length, TOP, WIDTH};
use super::text::{self, LINE};
use crate::value::{
    Chart, Decimal,
    number::{float, grouped},
};

const BAR: f64 = 20.0;
const BETWEEN: f64 = 8.0;

/// Draws the steps from top to bottom.
pub fn draw(chart: &Chart) -> Drawing {
    let mut drawing = Drawing::default();
    let values: Vec<Option<Decimal>> = chart.points.iter().map(|point| point.values.first().copied().flatten()).collect();
    let widths = widths(&values);
    let first = values.iter().flatten().next().copied().filter(|first| !first.is_zero());
    let mut y = TOP;
    let mut before: Option<(f64, f64)> = None;
    for ((point, value), wide) in chart.points.iter().zip(&values).zip(&widths) {
        let told = value.map_or_else(|| "–".to_string(), |value| told(value, first));
        let lines = text::wrap(&point.label, WIDTH - text::width(&told) - 8.0, 2);
        let top = y + LINE * f64::from(u32::try_from(lines.len().max(1)).unwrap_or(1)) + 3.0;
        drawing.text(WIDTH, y + 14.0, "end", "value", &told);
        for line in &lines {
            drawing.text(0.0, y + 14.0, "start", "label", line);
            y += LINE;
        }
        if let (Some((end, narrow)), Some(wide)) = (before, wide) {
            drawing.path(between(end, narrow, top, *wide), "funnel", 0);
        }
        if let Some(wide) = wide {
            drawing.rect((WIDTH - wide) / 2.0, top, *wide, BAR, "c1".to_string(), 0);
        }
        before = wide.map(|wide| (top + BAR, wide));
        y = top + BAR + BETWEEN;
    }
    drawing.finished(y - BETWEEN + 2.0)
}

/// A number with its share of the first, where there is room for both.
fn told(value: Decimal, first: Option<Decimal>) -> String {
    let share = first.and_then(|first| value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(first));
    let both = share.map(|share| format!("{} · {}%", grouped(value), grouped(share.round_dp(1))));
    both.filter(|both| text::width(both) < WIDTH / 2.0).unwrap_or_else(|| grouped(value))
}

/// The width of each bar; a number above 0 is always seen.
pub fn widths(values: &[Option<Decimal>]) -> Vec<Option<f64>> {
    let most = values.iter().flatten().copied().fold(Decimal::ZERO, Decimal::max);
    let one = |value: Decimal| if most.is_zero() || value.is_zero() { 1.0 } else { (float(value) / float(most) * WIDTH).max(2.0) };
    values.iter().map(|value| value.map(one)).collect()
}

/// The slope from one bar to the next, behind the label of the next.
fn between(top: f64, above: f64, bottom: f64, below: f64) -> String {
    let x = |wide: f64, side: f64| Length((WIDTH + side * wide) / 2.0);
    let (top, bottom) = (Length(top), Length(bottom));
    format!("M{} {top}L{} {top}L{} {bottom}L{} {bottom}z", x(above, -1.0), x(above, 1.0), x(below, 1.0), x(below, -1.0))
}
