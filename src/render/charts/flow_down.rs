//! A flow of several steps: boxes with names in rows, streams as wide as their quantity between them.

use super::flow::{Stop, Stream, ribbon};
use super::paint::{Drawing, Length, WIDTH};
use super::text::{self, LINE};
use crate::value::number::{float, grouped};

/// Between two boxes of a row.
const APART: f64 = 8.0;
/// Between two rows.
const FALL: f64 = 44.0;

/// Draws the rows from top to bottom.
pub fn draw(stops: &[Stop], streams: &[Stream]) -> Drawing {
    let mut drawing = Drawing::default();
    let layers = stops.iter().map(|stop| stop.layer).max().unwrap_or(0) + 1;
    let mut boxes = vec![(0.0, 0.0, 0.0, 0.0); stops.len()];
    let mut y = 1.0;
    for layer in 0..layers {
        let row: Vec<usize> = (0..stops.len()).filter(|at| stops[*at].layer == layer).collect();
        let wide = (WIDTH - 2.0 - APART * (row.len() as f64 - 1.0)) / row.len() as f64;
        let wide = wide.min(WIDTH * 0.6);
        let left = (WIDTH - wide * row.len() as f64 - APART * (row.len() as f64 - 1.0)) / 2.0;
        let names: Vec<Vec<String>> = row.iter().map(|at| text::wrap(&stops[*at].name, wide - 8.0, 3)).collect();
        let lines = names.iter().map(Vec::len).max().unwrap_or(1);
        let high = LINE * (lines as f64 + 1.0) + 8.0;
        for (place, (at, lines)) in row.iter().zip(&names).enumerate() {
            let x = left + place as f64 * (wide + APART);
            boxes[*at] = (x, y, wide, high);
            drawing.rect(x, y, wide, high, "box".to_string(), 0);
            let mut line = y + 17.0;
            for name in lines {
                drawing.text(x + wide / 2.0, line, "middle", "label", name);
                line += LINE;
            }
            drawing.text(x + wide / 2.0, line, "middle", "value", &text::clipped(&grouped(stops[*at].amount), wide));
        }
        y += high + FALL;
    }
    // As wide as the narrowest box for what passes through it allows.
    let scale = stops.iter().zip(&boxes).map(|(stop, (_, _, wide, _))| wide / float(stop.amount)).fold(f64::INFINITY, f64::min);
    let used = |at: usize, of: &dyn Fn(&Stream) -> usize| {
        streams.iter().filter(|stream| of(stream) == at).map(|stream| float(stream.amount)).sum::<f64>() * scale
    };
    let start = |at: usize, used: f64| boxes[at].0 + (boxes[at].2 - used) / 2.0;
    let mut leaving: Vec<f64> = (0..stops.len()).map(|at| start(at, used(at, &|stream| stream.from))).collect();
    let mut arriving: Vec<f64> = (0..stops.len()).map(|at| start(at, used(at, &|stream| stream.to))).collect();
    for stream in streams {
        let thick = (float(stream.amount) * scale).max(1.0);
        let (a, b) = (leaving[stream.from], arriving[stream.to]);
        let (top, bottom) = (boxes[stream.from].1 + boxes[stream.from].3, boxes[stream.to].1);
        let d = ribbon(|along, across| format!("{} {}", Length(across), Length(along)), (top, bottom), (a, b), thick);
        // Behind the boxes: a stream may pass a row that it does not stop at.
        drawing.grid.push(super::paint::Path { d, class: "stream".to_string(), pattern: 0 });
        leaving[stream.from] += thick;
        arriving[stream.to] += thick;
    }
    drawing.finished(y - FALL + 1.0)
}
