//! Drawings of places: pure geometry, from positions to what an SVG needs. No borders, no tiles, no directions that
//! nobody gave.

use serde::Serialize;

/// The width of every drawing in its own units: that of a small phone, so that a unit is about a pixel there.
const WIDTH: f64 = 360.0;
/// The size of the larger and of the smaller letters in those units, as the style sheet has them on a phone.
const LETTERS: f64 = 14.0;
const SMALL: f64 = 12.0;
/// Lengths that people count in, kilometres.
const ROUND: [f64; 14] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0];
/// Kilometres in a degree of latitude.
const DEGREE: f64 = 111.32;
/// Below this a drawing is not magnified further, so that points beside each other do not seem far apart.
const LEAST_SPAN: f64 = 1.0;

/// Where points lie to each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Points {
    /// Width in units.
    pub width: f64,
    /// Height in units.
    pub height: f64,
    /// The points in the order in which they were given.
    pub dots: Vec<Dot>,
    /// A grid of squares as a path.
    pub grid: String,
    /// The scale bar.
    pub scale: Bar,
    /// Where the arrow to the north stands.
    pub north: (f64, f64),
}

/// A point with its label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dot {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// The label, shortened where it is longer than a drawing can hold.
    pub label: String,
    /// Where the label is tied to: its beginning, its middle or its end.
    pub label_x: f64,
    /// The base line.
    pub label_y: f64,
    /// `start`, `middle` or `end`: larger screens have smaller letters, and a label must stay at its point.
    pub anchor: &'static str,
}

/// A scale bar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Length in units.
    pub length: f64,
    /// What that is in kilometres.
    pub km: String,
}

/// How far targets are from one place, nearest first from top to bottom. The way they lie is not known and not shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rings {
    /// Width in units.
    pub width: f64,
    /// Height in units.
    pub height: f64,
    /// The middle of all rings.
    pub x: f64,
    /// The middle of all rings.
    pub y: f64,
    /// The radius of the place itself.
    pub core: f64,
    /// The rings.
    pub rings: Vec<Ring>,
    /// The targets.
    pub spokes: Vec<Spoke>,
}

/// A ring at a round number of kilometres.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ring {
    /// The radius.
    pub r: f64,
    /// Where its number stands.
    pub x: f64,
    /// Where its number stands.
    pub y: f64,
    /// Kilometres.
    pub km: String,
}

/// A target on its way out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spoke {
    /// Where the target lies.
    pub x: f64,
    /// Where the target lies.
    pub y: f64,
    /// Where the line ends, at its label.
    pub end_x: f64,
    /// Where the line ends, at its label.
    pub end_y: f64,
    /// The name.
    pub name: String,
    /// Distance and kind.
    pub note: String,
}

/// Something at a distance.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// What it is called.
    pub name: String,
    /// The distance as people read it.
    pub shown: String,
    /// Of what kind it is; empty where that is not said.
    pub kind: String,
    /// Kilometres.
    pub km: f64,
}

#[derive(Debug, Clone, Copy)]
struct Area {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Area {
    /// How much of it another one covers.
    fn overlap(self, other: Area) -> f64 {
        let width = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let height = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        if width > 0.0 && height > 0.0 { width * height } else { 0.0 }
    }
    fn around(x: f64, y: f64, by: f64) -> Area {
        Area { x: x - by, y: y - by, width: 2.0 * by, height: 2.0 * by }
    }
}

/// One decimal: finer differences are not seen.
fn tenth(n: f64) -> f64 {
    (n * 10.0).round() / 10.0
}

/// The width of a text: Chinese characters are as wide as high, others little more than half.
fn width_of(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c < '\u{2E80}' && c != '·' { 0.57 } else { 1.0 }).sum::<f64>() * size
}

/// A text that is no wider than that, with `…` where something was left out.
fn fitted(text: &str, size: f64, width: f64) -> String {
    if width_of(text, size) <= width {
        return text.to_string();
    }
    let mut short = String::new();
    for c in text.chars() {
        if width_of(&short, size) + 2.0 * size > width {
            break;
        }
        short.push(c);
    }
    format!("{}…", short.trim_end())
}

fn number(km: f64) -> String {
    format!("{km}")
}

/// The largest round length that is not longer than that.
fn round_down(km: f64) -> f64 {
    ROUND.iter().rev().copied().find(|round| *round <= km).unwrap_or(ROUND[0])
}

/// Draws labelled positions (longitude, latitude, label), all in one coordinate system. `None` for no position at all.
pub fn points(places: &[(f64, f64, &str)]) -> Option<Points> {
    const MARGIN: f64 = 34.0;
    const FOOT: f64 = 26.0;
    let bounds = |pick: fn(&(f64, f64, &str)) -> f64| {
        let all = places.iter().map(pick);
        (all.clone().fold(f64::INFINITY, f64::min), all.fold(f64::NEG_INFINITY, f64::max))
    };
    if places.is_empty() {
        return None;
    }
    let ((west, east), (south, north)) = (bounds(|place| place.0), bounds(|place| place.1));
    let (middle_x, middle_y) = (f64::midpoint(west, east), f64::midpoint(south, north));
    // Equirectangular at the mean latitude: over a county, nobody can tell it from the truth.
    let per_x = DEGREE * middle_y.to_radians().cos();
    let (span_x, span_y) = ((east - west) * per_x, (north - south) * DEGREE);
    let inner = WIDTH - 2.0 * MARGIN;
    let wanted = if span_x > 0.0 { span_y / span_x * inner } else { inner };
    let inner_y = if span_x.max(span_y) < LEAST_SPAN { 110.0 } else { wanted.clamp(110.0, 176.0) };
    let units = (inner / span_x.max(LEAST_SPAN)).min(inner_y / span_y.max(LEAST_SPAN));
    let height = inner_y + 2.0 * MARGIN + FOOT;
    let (centre_x, centre_y) = (WIDTH / 2.0, MARGIN + inner_y / 2.0);
    let at = |place: &(f64, f64, &str)| {
        (tenth(centre_x + (place.0 - middle_x) * per_x * units), tenth(centre_y - (place.1 - middle_y) * DEGREE * units))
    };
    let km = round_down(100.0 / units);
    let scale = Bar { x: 12.0, y: tenth(height - 12.0), length: tenth(km * units), km: number(km) };
    let arrow = (WIDTH - 20.0, 24.0);
    let spots: Vec<(f64, f64)> = places.iter().map(at).collect();
    let mut taken: Vec<Area> = spots.iter().map(|&(x, y)| Area::around(x, y, 9.0)).collect();
    taken.push(Area::around(arrow.0, arrow.1, 18.0));
    taken.push(Area { x: 0.0, y: height - FOOT, width: WIDTH, height: FOOT });
    let mut dots = Vec::with_capacity(places.len());
    for (place, &(x, y)) in places.iter().zip(&spots) {
        let label = fitted(place.2, LETTERS, WIDTH * 0.6);
        let area = label_area(x, y, width_of(&label, LETTERS), height - FOOT, &taken);
        taken.push(area);
        let (anchor, label_x) = if area.x >= x {
            ("start", area.x)
        } else if area.x + area.width <= x {
            ("end", area.x + area.width)
        } else {
            ("middle", area.x + area.width / 2.0)
        };
        dots.push(Dot { x, y, label, label_x: tenth(label_x), label_y: tenth(area.y + LETTERS), anchor });
    }
    Some(Points { width: WIDTH, height: tenth(height), dots, grid: grid(centre_x, centre_y, km * units, height), scale, north: arrow })
}

/// Where the label of a point disturbs least: beside it, below, above, then aslant; always inside the drawing.
fn label_area(x: f64, y: f64, width: f64, bottom: f64, taken: &[Area]) -> Area {
    let height = LETTERS * 1.3;
    let (near, aside) = (13.0, 8.0);
    let places = [
        (x + near, y - height / 2.0),
        (x - near - width, y - height / 2.0),
        (x - width / 2.0, y + aside),
        (x - width / 2.0, y - aside - height),
        (x + aside, y + aside),
        (x + aside, y - aside - height),
        (x - aside - width, y + aside),
        (x - aside - width, y - aside - height),
        // Where points lie upon each other, their labels are stacked.
        (x - width / 2.0, y + aside + height),
        (x - width / 2.0, y - aside - 2.0 * height),
        (x - width / 2.0, y + aside + 2.0 * height),
        (x - width / 2.0, y - aside - 3.0 * height),
    ];
    let mut best: Option<(f64, Area)> = None;
    for (left, top) in places {
        let inside = Area { x: left.clamp(2.0, (WIDTH - 2.0 - width).max(2.0)), y: top.clamp(2.0, bottom - height), width, height };
        // A label that had to be moved away from its point costs as much as what it would have cut off.
        let moved = ((inside.x - left).abs() + (inside.y - top).abs()) * height;
        let cost = taken.iter().map(|area| inside.overlap(*area)).sum::<f64>() + moved;
        if best.is_none_or(|(known, _)| cost < known) {
            best = Some((cost, inside));
        }
    }
    best.map_or(Area { x: 2.0, y: 2.0, width, height }, |(_, area)| area)
}

/// Squares as long as the scale bar, through the middle.
fn grid(x: f64, y: f64, step: f64, height: f64) -> String {
    if !(12.0..=WIDTH).contains(&step) {
        return String::new();
    }
    let lines = |middle: f64, end: f64| {
        let first = middle - (middle / step).floor() * step;
        (0..64).map(move |n| first + f64::from(n) * step).take_while(move |at| *at < end)
    };
    let down = lines(x, WIDTH).map(|at| format!("M{} 0V{}", tenth(at), tenth(height)));
    down.chain(lines(y, height).map(|at| format!("M0 {}H{WIDTH}", tenth(at)))).collect()
}

/// Draws how far some targets are. `None` where nothing is far.
pub fn rings(mut targets: Vec<Target>) -> Option<Rings> {
    const X: f64 = 40.0;
    const CORE: f64 = 24.0;
    const REACH: f64 = 164.0;
    const LABELS: f64 = 216.0;
    const ROW: f64 = 38.0;
    targets.retain(|target| target.km.is_finite() && target.km >= 0.0);
    targets.sort_by(|a, b| a.km.total_cmp(&b.km));
    let farthest = targets.last().map(|target| target.km).filter(|km| *km > 0.0)?;
    let top = ROUND.iter().copied().find(|round| *round >= farthest).unwrap_or(farthest);
    // The root keeps what is near apart without hiding how far the farthest is; the rings say the numbers.
    let radius = |km: f64| CORE + (REACH - CORE) * (km / top).sqrt();
    // One row more than targets: on the last one stand the numbers of the rings.
    let rows = targets.len() as f64 + 1.0;
    let height = (rows * ROW + 12.0).max(170.0);
    let middle = height / 2.0;
    let row = |nth: f64| middle + (nth - (rows - 1.0) / 2.0) * ROW;
    let along = |nth: f64, r: f64| {
        let (dx, dy) = (LABELS - 8.0 - X, row(nth) - middle);
        let length = dx.hypot(dy);
        (tenth(X + dx / length * r), tenth(middle + dy / length * r))
    };
    let spokes = targets.iter().enumerate().map(|(nth, Target { name, shown: km, kind, km: far })| {
        let nth = nth as f64;
        let (x, y) = along(nth, radius(*far));
        let room = WIDTH - LABELS - 2.0;
        let name = fitted(name, LETTERS, room);
        // What does not fit is left out: half a word says less than none, and the facts of the page have it all.
        let note = if width_of(&format!("{km} · {kind}"), SMALL) <= room { format!("{km} · {kind}") } else { km.clone() };
        let note = if kind.is_empty() { km.clone() } else { note };
        Spoke { x, y, end_x: LABELS - 8.0, end_y: tenth(row(nth)), name, note }
    });
    let spokes = spokes.collect();
    let mut rings: Vec<Ring> = Vec::new();
    for km in ROUND.iter().copied().rev().skip_while(|km| *km > top) {
        let r = radius(km);
        let apart = rings.last().is_none_or(|last| last.r - r >= 30.0);
        if apart && r - CORE >= 16.0 && rings.len() < 4 {
            let (x, y) = along(rows - 1.0, r);
            rings.push(Ring { r: tenth(r), x, y, km: number(km) });
        }
    }
    Some(Rings { width: WIDTH, height: tenth(height), x: X, y: tenth(middle), core: CORE - 8.0, rings, spokes })
}

#[cfg(test)]
mod tests;
