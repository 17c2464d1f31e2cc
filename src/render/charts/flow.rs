//! Quantities on their way: from one side to the other, or down several steps.
//!
//! Two sides stand left and right, because their names are many and long; more steps stand below each other.

use super::paint::{Drawing, Length, TOP, WIDTH};
use super::text::{self, LINE};
use crate::value::{
    Chart, Decimal,
    number::{float, grouped},
};

/// A place that something comes from or goes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Its name.
    pub name: String,
    /// What passes: the larger of what comes and what goes.
    pub amount: Decimal,
    /// How many steps from the beginning.
    pub layer: usize,
}

/// What goes from one stop to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    /// The stop it leaves.
    pub from: usize,
    /// The stop it reaches.
    pub to: usize,
    /// How much.
    pub amount: Decimal,
}

/// Draws a flow without circles.
pub fn draw(chart: &Chart) -> Drawing {
    let (stops, streams) = network(chart);
    if stops.iter().any(|stop| stop.layer > 1) { super::flow_down::draw(&stops, &streams) } else { across(&stops, &streams) }
}

/// The stops in the order in which they are first named, and the streams between them.
pub fn network(chart: &Chart) -> (Vec<Stop>, Vec<Stream>) {
    let mut names: Vec<&str> = Vec::new();
    let mut streams = Vec::new();
    for point in &chart.points {
        let Some(amount) = point.values.first().copied().flatten().filter(|amount| !amount.is_zero()) else { continue };
        let index = |name: &str| names.iter().position(|known| *known == name);
        let (from, to) = (index(&point.label), index(point.to.as_deref().unwrap_or_default()));
        let mut place = |found: Option<usize>, name| {
            found.unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            })
        };
        let from = place(from, point.label.as_str());
        let to = place(to, point.to.as_deref().unwrap_or_default());
        streams.push(Stream { from, to, amount });
    }
    let mut layers = vec![0; names.len()];
    // Without circles each round settles at least one more layer.
    for _ in 0..names.len() {
        for stream in &streams {
            layers[stream.to] = layers[stream.to].max(layers[stream.from] + 1);
        }
    }
    let sum = |of: &dyn Fn(&&Stream) -> bool| {
        streams.iter().filter(of).fold(Decimal::ZERO, |sum, stream| sum.checked_add(stream.amount).unwrap_or(sum))
    };
    let stop = |(at, name): (usize, &&str)| Stop {
        name: (*name).to_string(),
        amount: sum(&|stream| stream.from == at).max(sum(&|stream| stream.to == at)),
        layer: layers[at],
    };
    (names.iter().enumerate().map(stop).collect(), streams)
}

/// The width of the names on either side.
const NAMES: f64 = 104.0;
const NODE: f64 = 8.0;
/// How high the fuller side is drawn.
const FULL: f64 = 150.0;

fn across(stops: &[Stop], streams: &[Stream]) -> Drawing {
    let mut drawing = Drawing::default();
    let side = |layer: usize| stops.iter().filter(move |stop| stop.layer == layer);
    let most = [0, 1].into_iter().map(|layer| side(layer).map(|stop| float(stop.amount)).sum::<f64>()).fold(0.0, f64::max);
    let scale = FULL / most;
    let room = |stop: &Stop| {
        let lines = text::wrap(&stop.name, NAMES - NODE, 2);
        let words = LINE * (lines.len() as f64 + 1.0);
        (lines, words, (float(stop.amount) * scale).max(words) + 8.0)
    };
    let heights = [0, 1].map(|layer| side(layer).map(|stop| room(stop).2).sum::<f64>());
    let height = heights[0].max(heights[1]);
    let mut tops = vec![0.0; stops.len()];
    for layer in [0, 1] {
        let mut y = TOP + (height - heights[layer]) / 2.0;
        for (at, stop) in stops.iter().enumerate().filter(|(_, stop)| stop.layer == layer) {
            let (lines, words, slot) = room(stop);
            let long = (float(stop.amount) * scale).max(1.0);
            tops[at] = y + (slot - long) / 2.0;
            let bar = if layer == 0 { NAMES } else { WIDTH - NAMES - NODE };
            drawing.rect(bar, tops[at], NODE, long, "node".to_string(), 0);
            let (x, anchor) = if layer == 0 { (NAMES - 6.0, "end") } else { (WIDTH - NAMES + 6.0, "start") };
            let mut line = y + (slot - words) / 2.0 + 14.0;
            for name in &lines {
                drawing.text(x, line, anchor, "label", name);
                line += LINE;
            }
            drawing.text(x, line, anchor, "value", &grouped(stop.amount));
            y += slot;
        }
    }
    let mut leaving = tops.clone();
    let mut arriving = tops;
    let (left, right) = (NAMES + NODE, WIDTH - NAMES - NODE);
    for stream in streams {
        let thick = (float(stream.amount) * scale).max(1.0);
        let (a, b) = (leaving[stream.from], arriving[stream.to]);
        let d = ribbon(|along, across| format!("{} {}", Length(along), Length(across)), (left, right), (a, b), thick);
        drawing.path(d, "stream", 0);
        leaving[stream.from] += thick;
        arriving[stream.to] += thick;
    }
    drawing.finished(height + 2.0 * TOP)
}

/// The outline of a stream from one side to the other: where it begins and ends along its way, where its near edge leaves
/// and arrives across it, how thick it is. `point` turns along and across into x and y.
pub(super) fn ribbon(point: impl Fn(f64, f64) -> String, (from, to): (f64, f64), (a, b): (f64, f64), thick: f64) -> String {
    let middle = (from + to) / 2.0;
    let (far_a, far_b) = (a + thick, b + thick);
    format!(
        "M{}C{} {} {}L{}C{} {} {}z",
        point(from, a),
        point(middle, a),
        point(middle, b),
        point(to, b),
        point(to, far_b),
        point(middle, far_b),
        point(middle, far_a),
        point(from, far_a),
    )
}
