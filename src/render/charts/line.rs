//! Lines over years or months. What is missing is a gap, never 0.

use super::paint::{Drawing, Length, TOP, WIDTH, colour};
use super::scale::Axis;
use super::text;
use crate::value::{
    Chart, Decimal,
    number::{float, grouped},
};

const PLOT: f64 = 150.0;

/// Draws the lines, each with marks of its own shape and a dash of its own.
pub fn draw(chart: &Chart) -> Drawing {
    let mut drawing = Drawing::default();
    let axis = Axis::of(chart.points.iter().flat_map(|point| point.values.iter().flatten().copied()));
    let several = chart.series.len() > 1;
    let mut top = 24.0;
    if several {
        top += drawing.legend(&chart.series, TOP, sample) - TOP;
    }
    let shown: Vec<String> = axis.marks.iter().map(|mark| grouped_exactly(*mark)).collect();
    let left = shown.iter().map(|mark| text::width(mark)).fold(0.0, f64::max) + 8.0;
    let height = |value: Decimal| top + PLOT * (1.0 - axis.share(value));
    for (mark, text) in axis.marks.iter().zip(&shown) {
        let y = height(*mark);
        drawing.rule((left, y), (WIDTH, y), if mark.is_zero() { "axis" } else { "grid" });
        drawing.text(left - 8.0, y + 5.0, "end", "tick", text);
    }
    let places = places(chart, left);
    for series in 0..chart.series.len() {
        let spots: Vec<Option<(f64, f64)>> =
            chart.points.iter().zip(&places).map(|(point, x)| Some((*x, height((*point.values.get(series)?)?)))).collect();
        curve(&mut drawing, &spots, series);
    }
    if !several {
        numbers(&mut drawing, chart, &places, &height);
    }
    labels(&mut drawing, chart, &places, top + PLOT + 18.0);
    drawing.finished(top + PLOT + 24.0)
}

/// A mark of an axis needs all its decimals: 0.005 is not 0.01.
fn grouped_exactly(mark: Decimal) -> String {
    if mark == mark.round_dp(2) { grouped(mark) } else { mark.normalize().to_string() }
}

/// Where the points stand: years at their distance, everything else evenly.
fn places(chart: &Chart, left: f64) -> Vec<f64> {
    let (from, to) = (left + 14.0, WIDTH - 18.0);
    let years: Option<Vec<f64>> = chart.points.iter().map(|point| point.label.parse::<i32>().ok().map(f64::from)).collect();
    let ascending = |years: &Vec<f64>| years.len() > 1 && years.windows(2).all(|pair| pair[0] < pair[1]);
    let count = chart.points.len();
    if count < 2 {
        return vec![(from + to) / 2.0; count];
    }
    let steps = years.filter(ascending).unwrap_or_else(|| (0..count).map(|at| f64::from(u32::try_from(at).unwrap_or(0))).collect());
    let (first, last) = (steps[0], steps[count - 1]);
    steps.iter().map(|step| from + (to - from) * (step - first) / (last - first)).collect()
}

fn curve(drawing: &mut Drawing, spots: &[Option<(f64, f64)>], series: usize) {
    let (mut d, mut pen_up) = (String::new(), true);
    for spot in spots {
        if let Some((x, y)) = spot {
            d.push_str(&format!("{}{} {}", if pen_up { "M" } else { "L" }, Length(*x), Length(*y)));
        }
        pen_up = spot.is_none();
    }
    drawing.path(d, format!("line {} d{}", colour(series), series % DASHES + 1), 0);
    for (x, y) in spots.iter().flatten() {
        drawing.path(mark(series, *x, *y), format!("mark {}", colour(series)), 0);
    }
}

/// So many dashes and shapes of marks there are.
const DASHES: usize = 3;

/// A mark: circle, square, triangle, diamond, triangle upside down.
fn mark(series: usize, x: f64, y: f64) -> String {
    let at = |dx: f64, dy: f64| format!("{} {}", Length(x + dx), Length(y + dy));
    match series % 5 {
        0 => format!("M{}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", at(-4.0, 0.0)),
        1 => format!("M{}h7v7h-7z", at(-3.5, -3.5)),
        2 => format!("M{}L{}L{}z", at(0.0, -5.0), at(5.0, 4.0), at(-5.0, 4.0)),
        3 => format!("M{}L{}L{}L{}z", at(0.0, -5.5), at(5.5, 0.0), at(0.0, 5.5), at(-5.5, 0.0)),
        _ => format!("M{}L{}L{}z", at(0.0, 5.0), at(5.0, -4.0), at(-5.0, -4.0)),
    }
}

fn sample(drawing: &mut Drawing, series: usize, x: f64, y: f64) {
    let d = format!("M{} {}h20", Length(x), Length(y + 7.0));
    drawing.path(d, format!("line {} d{}", colour(series), series % DASHES + 1), 0);
    drawing.path(mark(series, x + 10.0, y + 7.0), format!("mark {}", colour(series)), 0);
}

/// The numbers of a single line, where they have room; else the first and the last one.
fn numbers(drawing: &mut Drawing, chart: &Chart, places: &[f64], height: &impl Fn(Decimal) -> f64) {
    let told: Vec<(f64, Decimal)> =
        chart.points.iter().zip(places).filter_map(|(point, x)| Some((*x, (*point.values.first()?)?))).collect();
    let wide = told.iter().map(|(_, value)| text::width(&grouped(*value))).fold(0.0, f64::max) + 6.0;
    let roomy = told.windows(2).all(|pair| pair[1].0 - pair[0].0 >= wide);
    for (at, (x, value)) in told.iter().enumerate().filter(|(at, _)| roomy || *at == 0 || *at + 1 == told.len()) {
        let anchor = if at > 0 && at + 1 == told.len() { "end" } else { "middle" };
        let x = if anchor == "end" { x + 18.0 } else { *x };
        // Above the line where it rises, below it where it falls: there the line does not cross the number.
        let next = told.get(at + 1).map_or(*value, |next| next.1);
        let below = float(next) > float(*value) && height(*value) + 22.0 < height(Decimal::ZERO) && at > 0;
        drawing.text(x, height(*value) + if below { 18.0 } else { -9.0 }, anchor, "value", &grouped(*value));
    }
}

/// The labels below the axis: as many as have room, the last one always.
fn labels(drawing: &mut Drawing, chart: &Chart, places: &[f64], y: f64) {
    let count = chart.points.len();
    let wide = chart.points.iter().map(|point| text::width(&point.label)).fold(0.0, f64::max).min(WIDTH / 2.0) + 8.0;
    let mut free = f64::INFINITY;
    for at in (0..count).rev() {
        let x = places[at];
        // The outer ones are pushed inward by the edges of the drawing.
        let end = (x + wide / 2.0).min(WIDTH);
        if end <= free {
            drawing.text(x, y, "middle", "tick", &text::clipped(&chart.points[at].label, WIDTH / 2.0));
            free = end - wide;
        }
    }
}
