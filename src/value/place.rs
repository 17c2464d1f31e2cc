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
