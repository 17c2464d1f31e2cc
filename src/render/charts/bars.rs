//! Horizontal bars: the label above its bar, so that long Chinese names have the whole width.

use super::paint::{Drawing, TOP, WIDTH, colour, patch, pattern};
use super::scale::Axis;
use super::text::{self, LINE};
use crate::value::{
    Chart, Decimal,
    number::{float, grouped},
};

/// Between a bar and its number.
const GAP: f64 = 6.0;

/// A bar for each number.
pub fn beside(chart: &Chart) -> Drawing {
    let mut drawing = Drawing::default();
    let numbers = || chart.points.iter().flat_map(|point| point.values.iter().flatten().copied());
    let axis = Axis::of(numbers());
    let widest = |negative: bool| {
        let of_sign = numbers().filter(|value| value.is_sign_negative() == negative);
        of_sign.map(|value| text::width(&grouped(value)) + GAP).fold(0.0, f64::max)
    };
    // The numbers stand outside their bars; the marks of the axis are left out, because every bar has its number.
    let (low, high) = (float(numbers().fold(Decimal::ZERO, Decimal::min)), float(numbers().fold(Decimal::ZERO, Decimal::max)));
    let span = if high > low { high - low } else { float(axis.to) };
    let (left, right) = (widest(true), WIDTH - widest(false));
    let scale = (right - left) / span;
    let zero = left - low * scale;
    let several = chart.series.len() > 1;
    let thick = if several { 14.0 } else { 16.0 };
    let mut y = TOP;
    if several {
        y = drawing.legend(&chart.series, y, patch) + 6.0;
    }
    for point in &chart.points {
        for line in text::wrap(&point.label, WIDTH, 2) {
            drawing.text(0.0, y + 14.0, "start", "label", &line);
            y += LINE;
        }
        y += 2.0;
        let top = y;
        for (series, value) in point.values.iter().enumerate() {
            match value {
                Some(value) => {
                    let long = float(*value).abs() * scale;
                    let negative = value.is_sign_negative() && !value.is_zero();
                    let x = if negative { zero - long } else { zero };
                    drawing.rect(x, y, long, thick, colour(series), pattern(series));
                    let (at, anchor) = if negative { (x - GAP, "end") } else { (zero + long + GAP, "start") };
                    drawing.text(at, y + thick - 3.0, anchor, "value", &grouped(*value));
                }
                None => drawing.text(zero + GAP, y + thick - 3.0, "start", "value", "–"),
            }
            y += thick + 2.0;
        }
        // Beside the bars only: a line through the labels would cross them out.
        drawing.rule((zero, top - 1.0), (zero, y - 1.0), "axis");
        y += 8.0;
    }
    drawing.finished(y - 6.0)
}

/// One bar for each row, in parts.
pub fn stacked(chart: &Chart) -> Drawing {
    let mut drawing = Drawing::default();
    let total =
        |values: &[Option<Decimal>]| values.iter().flatten().fold(Decimal::ZERO, |sum, value| sum.checked_add(*value).unwrap_or(sum));
    let most = chart.points.iter().map(|point| total(&point.values)).fold(Decimal::ZERO, Decimal::max);
    let scale = if most.is_zero() { 0.0 } else { WIDTH / float(most) };
    let mut y = drawing.legend(&chart.series, TOP, patch) + 6.0;
    for point in &chart.points {
        let sum = grouped(total(&point.values));
        let room = WIDTH - text::width(&sum) - 2.0 * GAP;
        let lines = text::wrap(&point.label, room, 2);
        drawing.text(WIDTH, y + 14.0, "end", "value", &sum);
        for line in &lines {
            drawing.text(0.0, y + 14.0, "start", "label", line);
            y += LINE;
        }
        if lines.is_empty() {
            y += LINE;
        }
        y += 2.0;
        let mut x = 0.0;
        for (series, value) in point.values.iter().enumerate() {
            let Some(value) = value.filter(|value| !value.is_zero()) else { continue };
            let long = float(value) * scale;
            drawing.rect(x, y, long, 18.0, colour(series), pattern(series));
            x += long;
        }
        drawing.rule((0.0, y), (0.0, y + 18.0), "axis");
        y += 28.0;
    }
    drawing.finished(y - 6.0)
}
