//! Days, months, instants and zones. The only module that knows the time crate.

use jiff::civil;

/// A time zone by its IANA name; the site's, never the machine's.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone(pub(super) jiff::tz::TimeZone);

/// An exact instant, such as the moment of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub(super) jiff::Timestamp);

/// A day and a time as written, with the instant it means in the site's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The instant.
    pub instant: Instant,
    /// The local day and time.
    pub local: civil::DateTime,
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}
