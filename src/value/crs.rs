//! The coordinate systems of Chinese maps. GCJ-02 shifts WGS-84 by a published formula of some hundred metres, BD-09
//! shifts GCJ-02 again. CGCS2000 and WGS-84 differ by centimetres and are taken as one.

use super::{Crs, Point};
use std::f64::consts::PI;

/// The Krasovsky 1940 ellipsoid, on which the shift is defined: half the great axis in metres, eccentricity squared.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;
/// The frequency of Baidu's ripple.
const RIPPLE: f64 = PI * 3000.0 / 180.0;

impl Point {
    /// The same point in another system, to four decimals (eleven metres), which is all that is ever published.
    pub fn to(self, crs: Crs) -> Point {
        let (lng, lat) = convert((self.lng, self.lat), self.crs, crs);
        let four = |n: f64| (n * 10_000.0).round() / 10_000.0;
        Point { lng: four(lng), lat: four(lat), crs }
    }
}

/// Longitude and latitude in degrees from one system in another.
pub fn convert(at: (f64, f64), from: Crs, to: Crs) -> (f64, f64) {
    let plain = |crs: Crs| matches!(crs, Crs::Wgs84 | Crs::Cgcs2000);
    if from == to || plain(from) && plain(to) {
        return at;
    }
    let gcj = match from {
        Crs::Gcj02 => at,
        Crs::Bd09 => gcj_from_bd(at),
        Crs::Wgs84 | Crs::Cgcs2000 => gcj_from_wgs(at),
    };
    match to {
        Crs::Gcj02 => gcj,
        Crs::Bd09 => bd_from_gcj(gcj),
        Crs::Wgs84 | Crs::Cgcs2000 => inverse(gcj, gcj_from_wgs),
    }
}

fn gcj_from_wgs((lng, lat): (f64, f64)) -> (f64, f64) {
    let (x, y) = (lng - 105.0, lat - 35.0);
    let wave = |n: f64, period: f64, high: f64| high * (n / period * PI).sin() * 2.0 / 3.0;
    let both = wave(x, 1.0 / 6.0, 20.0) + wave(x, 0.5, 20.0);
    // What north and east have in common: a plane, a bend, and waves along one axis.
    let bent = |along: f64, [level, by_x, by_y, square, root]: [f64; 5], [twelve, thirty]: [f64; 2]| {
        let plane = level + by_x * x + by_y * y + square * along * along + 0.1 * x * y + root * x.abs().sqrt();
        plane + both + wave(along, 1.0, 20.0) + wave(along, 3.0, 40.0) + wave(along, 12.0, twelve) + wave(along, 30.0, thirty)
    };
    let north = bent(y, [-100.0, 2.0, 3.0, 0.2, 0.2], [160.0, 320.0]);
    let east = bent(x, [300.0, 1.0, 2.0, 0.1, 0.1], [150.0, 300.0]);
    let phi = lat.to_radians();
    let magic = 1.0 - ECCENTRICITY * phi.sin().powi(2);
    let per_lat = AXIS * (1.0 - ECCENTRICITY) / (magic * magic.sqrt()) * PI / 180.0;
    let per_lng = AXIS / magic.sqrt() * phi.cos() * PI / 180.0;
    (lng + east / per_lng, lat + north / per_lat)
}

fn bd_from_gcj((lng, lat): (f64, f64)) -> (f64, f64) {
    let z = lng.hypot(lat) + 0.000_02 * (lat * RIPPLE).sin();
    let angle = lat.atan2(lng) + 0.000_003 * (lng * RIPPLE).cos();
    (z * angle.cos() + 0.0065, z * angle.sin() + 0.006)
}

fn gcj_from_bd(at: (f64, f64)) -> (f64, f64) {
    inverse(at, bd_from_gcj)
}

/// Undoes a shift: it varies so slowly that each round leaves about a thousandth of the error.
fn inverse(at: (f64, f64), shift: fn((f64, f64)) -> (f64, f64)) -> (f64, f64) {
    let mut guess = at;
    for _ in 0..8 {
        let shifted = shift(guess);
        guess = (guess.0 + at.0 - shifted.0, guess.1 + at.1 - shifted.1);
    }
    guess
}

#[cfg(test)]
mod tests {
    use super::{convert, gcj_from_wgs};
    use crate::value::{Crs, Point};

    fn near(a: (f64, f64), b: (f64, f64), by: f64) -> bool {
        (a.0 - b.0).abs() < by && (a.1 - b.1).abs() < by
    }

    #[test]
    fn the_published_points_come_out() {
        let known = [
            ((121.527_210_6, 31.177_427_6), (121.531_541_859_215, 31.175_303_983_645_97)),
            ((113.912_316, 22.543_847), (113.917_176_480_836_3, 22.540_796_131_694_766)),
            ((116.377_817, 39.911_954), (116.384_047_224_556_57, 39.913_345_455_360_69)),
            ((116.404, 39.915), (116.410_244_499_169_38, 39.916_404_281_501_64)),
        ];
        for (wgs, gcj) in known {
            assert!(near(convert(wgs, Crs::Wgs84, Crs::Gcj02), gcj, 1e-9), "{wgs:?}: {:?}", gcj_from_wgs(wgs));
            assert!(near(convert(gcj, Crs::Gcj02, Crs::Cgcs2000), wgs, 1e-8));
        }
        let at = (116.404, 39.915);
        assert!(near(convert(at, Crs::Gcj02, Crs::Bd09), (116.410_369_493_710_29, 39.921_336_993_510_21), 1e-9));
        assert!(near(convert(at, Crs::Wgs84, Crs::Bd09), (116.416_627_243_787_33, 39.922_699_552_216_216), 1e-9));
        // The published inverse of Baidu's shift is itself only an estimate, good to a metre.
        assert!(near(convert(at, Crs::Bd09, Crs::Gcj02), (116.397_627_291_193_15, 39.908_656_739_576_31), 1e-5));
    }

    #[test]
    fn every_way_there_and_back_ends_where_it_began() {
        let all = [Crs::Wgs84, Crs::Gcj02, Crs::Bd09, Crs::Cgcs2000];
        for at in [(116.85, 25.35), (75.0, 39.5), (131.0, 46.6), (105.0, 35.0), (121.0, 24.0)] {
            for (from, to) in all.iter().flat_map(|&from| all.map(|to| (from, to))) {
                let back = convert(convert(at, from, to), to, from);
                assert!(near(back, at, 1e-6), "{from:?} {to:?} {at:?}: {back:?}");
            }
        }
    }

    #[test]
    fn a_point_is_published_with_four_decimals() {
        let point = Point { lng: 116.8512, lat: 25.3498, crs: Crs::Gcj02 }.to(Crs::Bd09);
        assert_eq!(point.crs, Crs::Bd09);
        for n in [point.lng, point.lat] {
            assert!((n * 10_000.0 - (n * 10_000.0).round()).abs() < 1e-6);
        }
        assert!((point.lng - 116.8577).abs() < 0.001 && (point.lat - 25.3558).abs() < 0.001, "{point:?}");
    }
}
