//! The shapes of a drawing: numbers and classes, no colours. What is told by colour is told by a pattern too.

use super::text;
use serde::{Serialize, Serializer};

/// The width of every drawing.
pub const WIDTH: f64 = 320.0;
/// Above the first line of text.
pub const TOP: f64 = 3.0;
/// So many patterns there are; series beyond begin again with another colour.
pub const PATTERNS: usize = 6;
/// So many colours.
pub const COLOURS: usize = 4;

/// A length, printed with one decimal at most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length(pub f64);

impl Length {
    fn rounded(self) -> f64 {
        // No `-0`, and nothing that is no number.
        if self.0.is_finite() { (self.0 * 10.0).round() / 10.0 + 0.0 } else { 0.0 }
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rounded = self.rounded();
        if rounded.fract() == 0.0 && rounded.abs() < 1e9 {
            #[allow(clippy::cast_possible_truncation, reason = "a whole number below 1e9")]
            serializer.serialize_i64(rounded as i64)
        } else {
            serializer.serialize_f64(rounded)
        }
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.rounded())
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drawing {
    /// Its width.
    pub width: Length,
    /// Its height.
    pub height: Length,
    /// Lines behind everything.
    pub grid: Vec<Path>,
    /// Bars.
    pub rects: Vec<Rect>,
    /// Areas, curves and marks.
    pub paths: Vec<Path>,
    /// Texts.
    pub texts: Vec<Text>,
    /// The patterns that are used.
    pub patterns: Vec<usize>,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in SVG")]
pub struct Rect {
    pub x: Length,
    pub y: Length,
    pub width: Length,
    pub height: Length,
    /// `c1` to `c4`, or what else the style sheet knows.
    pub class: String,
    /// The pattern over it, from 1; 0 for none.
    pub pattern: usize,
}

/// An area or a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    /// Its way, as in SVG.
    pub d: String,
    /// Its classes.
    pub class: String,
    /// The pattern over it, from 1; 0 for none.
    pub pattern: usize,
}

/// A text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Text {
    /// Where it is held.
    pub x: Length,
    /// Its baseline.
    pub y: Length,
    /// By which end it is held: `start`, `middle`, `end`.
    pub anchor: &'static str,
    /// `label` or `value`.
    pub class: &'static str,
    /// What it says.
    pub text: String,
}

/// The classes of a series: a colour, and for lines a dash.
pub fn colour(series: usize) -> String {
    format!("c{}", series % COLOURS + 1)
}

/// The pattern of a series; the first one is plain.
pub fn pattern(series: usize) -> usize {
    // Colours and patterns have different rhythms, so that twelve series differ in at least one of them.
    series % PATTERNS
}

impl Default for Drawing {
    fn default() -> Drawing {
        Drawing {
            width: Length(WIDTH),
            height: Length(0.0),
            grid: Vec::new(),
            rects: Vec::new(),
            paths: Vec::new(),
            texts: Vec::new(),
            patterns: Vec::new(),
        }
    }
}

impl Drawing {
    /// Adds a bar.
    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, class: String, pattern: usize) {
        self.uses(pattern);
        let rect = Rect { x: Length(x), y: Length(y), width: Length(width), height: Length(height), class, pattern };
        self.rects.push(rect);
    }
    /// Adds an area or a line.
    pub fn path(&mut self, d: String, class: impl Into<String>, pattern: usize) {
        self.uses(pattern);
        self.paths.push(Path { d, class: class.into(), pattern });
    }
    /// Adds a line behind everything.
    pub fn rule(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let d = format!("M{} {}L{} {}", Length(from.0), Length(from.1), Length(to.0), Length(to.1));
        self.grid.push(Path { d, class: class.to_string(), pattern: 0 });
    }
    /// Adds a text. It is moved into the drawing where it would stand out at a side.
    pub fn text(&mut self, x: f64, y: f64, anchor: &'static str, class: &'static str, text: &str) {
        // What is wider than the drawing ends in `…`; the table has all of it.
        let text = &text::clipped(text, WIDTH);
        let wide = text::width(text).min(WIDTH);
        let x = match anchor {
            "start" => x.min(WIDTH - wide).max(0.0),
            "end" => x.max(wide).min(WIDTH),
            _ => x.max(wide / 2.0).min(WIDTH - wide / 2.0),
        };
        self.texts.push(Text { x: Length(x), y: Length(y), anchor, class, text: text.to_string() });
    }
    /// Adds the legend from `y` on; gives where it ends.
    pub fn legend(&mut self, names: &[String], y: f64, mark: impl Fn(&mut Drawing, usize, f64, f64)) -> f64 {
        const SWATCH: f64 = 24.0;
        let (mut x, mut y) = (0.0, y);
        for (at, name) in names.iter().enumerate() {
            let shown = text::clipped(name, WIDTH - SWATCH);
            let wide = SWATCH + text::width(&shown) + 12.0;
            if x > 0.0 && x + wide - 12.0 > WIDTH {
                x = 0.0;
                y += text::LINE + 4.0;
            }
            mark(self, at, x, y);
            self.text(x + SWATCH, y + 12.0, "start", "label", &shown);
            x += wide;
        }
        if names.is_empty() { y } else { y + text::LINE + 2.0 }
    }
    /// The drawing, so high.
    pub fn finished(mut self, height: f64) -> Drawing {
        self.height = Length(height.ceil());
        self
    }
    fn uses(&mut self, pattern: usize) {
        if pattern > 0 && !self.patterns.contains(&pattern) {
            self.patterns.push(pattern);
            self.patterns.sort_unstable();
        }
    }
}

/// The patch of a legend that shows colour and pattern.
pub fn patch(drawing: &mut Drawing, series: usize, x: f64, y: f64) {
    drawing.rect(x, y, 16.0, 14.0, colour(series), pattern(series));
}
