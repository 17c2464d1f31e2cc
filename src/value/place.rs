//! `place`: a point on the earth with its coordinate system.

/// A coordinate system. Chinese maps are shifted; mixing systems is an error of several hundred metres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crs {
    /// 国测局: AMap, Tencent.
    Gcj02,
    /// GPS.
    Wgs84,
    /// Baidu.
    Bd09,
    /// CGCS2000: Tianditu.
    Cgcs2000,
}

impl Crs {
    /// The system of a word, as people write it: `GCJ-02`, `高德`.
    pub fn parse(word: &str) -> Option<Crs> {
        match word.trim().to_lowercase().replace(['-', '_', ' '], "").as_str() {
            "gcj02" | "高德" | "腾讯" => Some(Crs::Gcj02),
            "wgs84" | "gps" => Some(Crs::Wgs84),
            "bd09" | "百度" => Some(Crs::Bd09),
            "cgcs2000" | "天地图" => Some(Crs::Cgcs2000),
            _ => None,
        }
    }
}

/// A point. At most four decimals are published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Longitude in degrees.
    pub lng: f64,
    /// Latitude in degrees.
    pub lat: f64,
    /// The system they are given in.
    pub crs: Crs,
}
