//! `colour`: `#rrggbb`, how well two of them can be told apart, and the nearest one that can.
//!
//! Contrast is WCAG 2.x. Lightness is moved in OKLCH, so that a corrected colour keeps its hue and looks like the one meant.

use super::number::narrow;

/// A colour of a screen, eight bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [r, g, b] = self.rgb;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// Lightness, chroma and hue (radians) in OKLCH.
#[derive(Debug, Clone, Copy)]
struct Lch {
    l: f64,
    c: f64,
    h: f64,
}

/// How far lightness moves in one step of a search, and how many steps lead from black to white.
const STEP: f64 = 1.0 / 400.0;
const STEPS: i32 = 400;

impl Colour {
    /// Reads `#0b4f7d`, `#05c`, or the same without the sign, full-width characters included.
    pub fn parse(text: &str) -> Option<Colour> {
        let plain = narrow(text.trim());
        let digits = plain.strip_prefix('#').unwrap_or(&plain);
        let nibbles: Option<Vec<u8>> = digits.chars().map(|c| c.to_digit(16).and_then(|n| u8::try_from(n).ok())).collect();
        match *nibbles?.as_slice() {
            [r, g, b] => Some(Colour { rgb: [r * 17, g * 17, b * 17] }),
            [r, rr, g, gg, b, bb] => Some(Colour { rgb: [r * 16 + rr, g * 16 + gg, b * 16 + bb] }),
            _ => None,
        }
    }

    /// Relative luminance, 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.rgb.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast with another colour, 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if a > b { a / b } else { b / a }
    }

    /// This colour with so much of another one in it (0 none, 1 all), mixed as screens mix.
    pub fn mixed(self, other: Colour, share: f64) -> Colour {
        let part = |ix: usize| f64::from(self.rgb[ix]) * (1.0 - share) + f64::from(other.rgb[ix]) * share;
        Colour { rgb: [byte(part(0)), byte(part(1)), byte(part(2))] }
    }

    /// The colour of the same hue, as near as possible in lightness, that `passes`; itself where it does.
    pub fn nearest(self, passes: impl Fn(Colour) -> bool) -> Option<Colour> {
        if passes(self) {
            return Some(self);
        }
        let own = self.lch();
        let at = |l: f64| (0.0..=1.0).contains(&l).then(|| from_lch(Lch { l, ..own })).filter(|colour| passes(*colour));
        (1..=STEPS).map(|step| f64::from(step) * STEP).find_map(|by| at(own.l - by).or_else(|| at(own.l + by)))
    }

    fn lch(self) -> Lch {
        let [r, g, b] = self.rgb.map(linear);
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let light = 0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s;
        let a = 1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s;
        Lch { l: light, c: a.hypot(b), h: b.atan2(a) }
    }
}

/// Linear light of an eight-bit channel.
fn linear(channel: u8) -> f64 {
    let c = f64::from(channel) / 255.0;
    if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

fn byte(value: f64) -> u8 {
    // Saturates at both ends, which is what a screen does.
    value.round().clamp(0.0, 255.0) as u8
}

/// A colour from OKLCH; where a screen cannot show it, with as much of its chroma as it can.
fn from_lch(wanted: Lch) -> Colour {
    let (mut low, mut high) = (0.0, 1.0);
    let shown = |share: f64| channels(Lch { c: wanted.c * share, ..wanted });
    let fits = |channels: [f64; 3]| channels.iter().all(|c| (-0.001..=1.001).contains(c));
    if fits(shown(1.0)) {
        low = 1.0;
    } else {
        for _ in 0..16 {
            let middle = f64::midpoint(low, high);
            if fits(shown(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }
    let encode = |c: f64| {
        let c = c.clamp(0.0, 1.0);
        byte(255.0 * if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 })
    };
    Colour { rgb: shown(low).map(encode) }
}

/// Linear red, green and blue, perhaps outside what a screen shows.
fn channels(Lch { l, c, h }: Lch) -> [f64; 3] {
    let (a, b) = (c * h.cos(), c * h.sin());
    let long = (l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let middle = (l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (l - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701 * short,
    ]
}

#[cfg(test)]
mod tests {
    use super::Colour;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("because the test gives a colour")
    }

    #[test]
    fn colours_are_read_as_offices_write_them() {
        for text in ["#0b4f7d", "0B4F7D", " #0b4f7d ", "＃0b4f7d"] {
            assert_eq!(colour(text).to_string(), "#0b4f7d");
        }
        assert_eq!(colour("#05c").to_string(), "#0055cc");
        for text in ["", "#", "blue", "#12345", "#1234567", "rgb(1,2,3)", "#ggg"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let known =
            [("#777", "#fff", 4.48), ("#767676", "#fff", 4.54), ("#000", "#fff", 21.0), ("#f00", "#fff", 4.0), ("#00f", "#fff", 8.59)];
        for (a, b, ratio) in known {
            assert!((colour(a).contrast(colour(b)) - ratio).abs() < 0.005, "{a} on {b}: {}", colour(a).contrast(colour(b)));
            assert!((colour(b).contrast(colour(a)) - ratio).abs() < 0.005);
        }
        assert!((colour("#abc").contrast(colour("#abc")) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_nearest_colour_passes_keeps_its_hue_and_is_not_far() {
        let white = colour("#fff");
        let grey = colour("#777").nearest(|c| c.contrast(white) >= 4.5).expect("there are darker greys");
        assert!((0x74..=0x76).contains(&grey.rgb[0]), "{grey}");
        let red = colour("#ff6b6b").nearest(|c| c.contrast(white) >= 4.5).expect("there are darker reds");
        assert!(red.contrast(white) >= 4.5 && red.contrast(white) < 4.7, "{red}");
        assert!(red.rgb[0] > red.rgb[1] + 80 && red.rgb[1].abs_diff(red.rgb[2]) < 40, "{red} is no red");
        let pale = colour("#083a5c").nearest(|c| c.contrast(colour("#12181f")) >= 4.5).expect("there are lighter blues");
        assert!(pale.rgb[2] > pale.rgb[0]);
        assert_eq!(white.nearest(|_| false), None);
        assert_eq!(white.nearest(|_| true), Some(white));
    }

    #[test]
    fn mixtures_lie_between() {
        assert_eq!(colour("#000").mixed(colour("#fff"), 0.5).to_string(), "#808080");
        assert_eq!(colour("#123456").mixed(colour("#fff"), 0.0).to_string(), "#123456");
    }
}
