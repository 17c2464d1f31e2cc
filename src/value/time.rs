//! Days, months, instants and zones. The only module that knows the time crate.

use super::{Decimal, Value, number::narrow};
use jiff::civil;

/// A day of the calendar.
pub type Day = civil::Date;

/// A time zone by its IANA name; the site's, never the machine's.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone(jiff::tz::TimeZone);

/// An exact instant, such as the moment of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(jiff::Timestamp);

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

impl Zone {
    /// The zone of an IANA name.
    pub fn parse(name: &str) -> Option<Zone> {
        jiff::tz::TimeZone::get(name.trim()).ok().map(Zone)
    }
    /// Asia/Shanghai, the default.
    pub fn shanghai() -> Zone {
        // The database is part of the binary; a fixed offset means the same since 1991.
        Zone(jiff::tz::TimeZone::get("Asia/Shanghai").unwrap_or(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))))
    }
    fn instant(&self, local: civil::DateTime) -> Instant {
        Instant(self.0.to_timestamp(local).unwrap_or(jiff::Timestamp::UNIX_EPOCH))
    }
}

impl Instant {
    /// Now, by the clock of the machine. Only the command line asks; every phase is given its instant.
    pub fn from_system() -> Instant {
        Instant(jiff::Timestamp::now())
    }
    /// `2026-11-23 09:00` or `2026-11-23` in a zone.
    pub fn parse(text: &str, zone: &Zone) -> Option<Instant> {
        moment(text, zone).map(|moment| moment.instant).or_else(|| date(text).ok().map(|day| start_of_day(day, zone)))
    }
    /// The day it falls on.
    pub fn day_in(&self, zone: &Zone) -> Day {
        zone.0.to_datetime(self.0).date()
    }
    /// Reads what [`Instant::rfc3339`] wrote.
    pub fn from_rfc3339(text: &str) -> Option<Instant> {
        text.parse().ok().map(Instant)
    }
    /// As calendars write it, in UTC: `20261124T010000Z`.
    pub fn basic(&self) -> String {
        self.0.strftime("%Y%m%dT%H%M%SZ").to_string()
    }
    /// `20261124-090000` in a zone: a name for a folder.
    pub fn stamp(&self, zone: &Zone) -> String {
        zone.0.to_datetime(self.0).strftime("%Y%m%d-%H%M%S").to_string()
    }
    /// `2026-11-23 09:00`: as people read it in a zone.
    pub fn minute_in(&self, zone: &Zone) -> String {
        minute(zone.0.to_datetime(self.0))
    }
    /// `2026-11-23T09:00:00+08:00`.
    pub fn rfc3339(&self, zone: &Zone) -> String {
        let offset = zone.0.to_offset(self.0).seconds();
        let (sign, offset) = if offset < 0 { ('-', -offset) } else { ('+', offset) };
        let local = zone.0.to_datetime(self.0);
        let time = format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second());
        format!("{}T{time}{sign}{:02}:{:02}", local.date(), offset / 3600, offset % 3600 / 60)
    }
}

/// `2026-11-23 09:00`, with zeros: the form in which public sites must show a time.
pub fn minute(local: civil::DateTime) -> String {
    format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute())
}

/// The first instant of a day.
pub fn start_of_day(day: Day, zone: &Zone) -> Instant {
    zone.instant(day.at(0, 0, 0, 0))
}

/// The first instant after a day.
pub fn end_of_day(day: Day, zone: &Zone) -> Instant {
    start_of_day(day.tomorrow().unwrap_or(day), zone)
}

/// A day from its numbers, if there is such a day.
pub fn day(year: i16, month: i8, day: i8) -> Option<Day> {
    Day::new(year, month, day).ok()
}

/// Days counted from a fixed day, for comparing and subtracting.
pub fn day_number(day: Day) -> Decimal {
    Decimal::from(days_between(Day::new(2000, 1, 1).unwrap_or(Day::ZERO), day))
}

/// Whole days from one day to another.
pub fn days_between(from: Day, to: Day) -> i64 {
    i64::from((to - from).get_days())
}

/// The instant of a build and the day it falls on in the site's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The instant.
    pub instant: Instant,
    /// The day.
    pub day: Day,
}

/// Which days are worked: Monday to Friday, but for what the office announces each year (放假调休).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Days off among Monday to Friday.
    pub holidays: Vec<Day>,
    /// Working days among Saturday and Sunday.
    pub workdays: Vec<Day>,
}

/// Longer spans than this are a slip of the pen, and not worth counting day by day.
const LONGEST_SPAN: i64 = 36_600;

impl Calendar {
    /// Is it a working day?
    pub fn works(&self, day: Day) -> bool {
        let weekend = matches!(day.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday);
        if weekend { self.workdays.contains(&day) } else { !self.holidays.contains(&day) }
    }
    /// Working days from one day to another, both included.
    pub fn workdays(&self, from: Day, to: Day) -> i64 {
        let (mut day, mut count) = (from, 0);
        for _ in 0..=days_between(from, to).clamp(-1, LONGEST_SPAN) {
            count += i64::from(self.works(day));
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        count
    }
    /// The day on which so many working days (or plain days) after a day are over.
    pub fn after(&self, day: Day, days: i64, work: bool) -> Day {
        let (mut day, mut left) = (day, days);
        while left > 0 {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            left -= i64::from(!work || self.works(day));
        }
        day
    }
}

/// Is a date over? A day is over when it has ended, a moment when it has passed.
pub fn is_past(value: &Value, now: Now) -> Option<bool> {
    match value {
        Value::Date(day) => Some(*day < now.day),
        Value::Moment(moment) => Some(moment.instant <= now.instant),
        Value::Month(month) => Some((month.year, month.month) < (now.day.year(), now.day.month())),
        _ => None,
    }
}

/// Is a date still to come?
pub fn is_future(value: &Value, now: Now) -> Option<bool> {
    match value {
        Value::Date(day) => Some(*day > now.day),
        Value::Moment(moment) => Some(moment.instant > now.instant),
        Value::Month(month) => Some((month.year, month.month) > (now.day.year(), now.day.month())),
        _ => None,
    }
}

/// The instants at which [`is_past`] and [`is_future`] change for a date.
pub fn turning_points(value: &Value, zone: &Zone) -> Vec<Instant> {
    match value {
        Value::Date(day) => vec![start_of_day(*day, zone), end_of_day(*day, zone)],
        Value::Moment(moment) => vec![moment.instant],
        Value::Month(month) => {
            let first = Day::new(month.year, month.month, 1).ok();
            let last = first.map(|first| first.last_of_month());
            first.map(|day| start_of_day(day, zone)).into_iter().chain(last.map(|day| end_of_day(day, zone))).collect()
        }
        _ => Vec::new(),
    }
}

/// The day of a date or moment; the first one of a month.
pub fn day_of(value: &Value) -> Option<Day> {
    match value {
        Value::Date(day) => Some(*day),
        Value::Moment(moment) => Some(moment.local.date()),
        Value::Month(month) => Day::new(month.year, month.month, 1).ok(),
        _ => None,
    }
}

/// The day so many days later; `None` beyond the calendar.
pub fn later(day: Day, days: i64) -> Option<Day> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A date as machines sort and read it: `2026-11-23`, `2026-11-23T09:00`, `2026-11`.
pub fn sortable(value: &Value) -> Option<String> {
    match value {
        Value::Date(day) => Some(day.to_string()),
        Value::Moment(moment) => Some(format!("{}T{:02}:{:02}", moment.local.date(), moment.local.hour(), moment.local.minute())),
        Value::Month(month) => Some(format!("{:04}-{:02}", month.year, month.month)),
        _ => None,
    }
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateFault {
    /// The numbers are there but the day is not: how many days the month has, if the month exists.
    Impossible(Option<i8>),
    /// `05/06/2026`: which is the month?
    Ambiguous,
    /// Anything else.
    Unreadable,
}

/// Reads a day: `2026-11-23`, `2026年11月23日`, `2026/11/23`, `2026.11.23`.
pub fn date(text: &str) -> Result<Day, DateFault> {
    let plain = narrow(text.trim()).replace(['年', '月', '/', '.'], "-").replace('日', "");
    let parts: Vec<&str> = plain.split('-').map(str::trim).collect();
    let [year, month, day] = parts.as_slice() else { return Err(DateFault::Unreadable) };
    let digits = |part: &str, most: usize| !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    if digits(year, 2) && digits(month, 2) && digits(day, 4) && day.len() == 4 {
        return Err(DateFault::Ambiguous);
    }
    if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return Err(DateFault::Unreadable);
    }
    let number = |part: &str| part.parse::<i16>().map_err(|_| DateFault::Unreadable);
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    let narrow = |n: i16| i8::try_from(n).unwrap_or(0);
    Day::new(year, narrow(month), narrow(day))
        .map_err(|_| DateFault::Impossible(Day::new(year, narrow(month), 1).ok().map(Day::days_in_month)))
}

/// Reads a month: `2026-11`, `2026年11月`.
pub fn month(text: &str) -> Option<Month> {
    let plain = narrow(text.trim()).replace(['年', '/', '.'], "-").replace('月', "");
    let (year, month) = plain.split_once('-')?;
    let (year, month): (i16, i8) = (year.trim().parse().ok()?, month.trim().parse().ok()?);
    ((1000..=9999).contains(&year) && (1..=12).contains(&month)).then_some(Month { year, month })
}

/// Reads a day with a time: `2026-11-23 09:00`, `2026年11月23日 9:00`, `2026-11-23T09:00:00+08:00`.
pub fn moment(text: &str, zone: &Zone) -> Option<Moment> {
    let plain = narrow(text.trim());
    if let Ok(zoned) = plain.parse::<jiff::Timestamp>() {
        return Some(Moment { instant: Instant(zoned), local: zone.0.to_datetime(zoned) });
    }
    let at = plain.find(['T', ' ']).or_else(|| plain.find('日').map(|at| at + '日'.len_utf8()))?;
    let day = date(&plain[..at]).ok()?;
    let mut clock = plain[at..].trim_start_matches(['T', ' ']).trim();
    let mut afternoon = false;
    for (word, later) in [("上午", false), ("下午", true), ("晚上", true)] {
        if let Some(rest) = clock.strip_prefix(word) {
            (clock, afternoon) = (rest.trim(), later);
        }
    }
    let clock = clock.replace(['时', '点'], ":").replace('分', "");
    let mut parts = clock.trim_end_matches(':').split(':').map(|part| part.trim().parse::<i8>().ok());
    let hour = parts.next()??;
    let minute = parts.next().unwrap_or(Some(0))?;
    let second = parts.next().unwrap_or(Some(0))?;
    let hour = if afternoon && hour < 12 { hour + 12 } else { hour };
    let time = civil::Time::new(hour, minute, second, 0).ok()?;
    let local = day.to_datetime(time);
    Some(Moment { instant: zone.instant(local), local })
}

#[cfg(test)]
mod tests {
    use super::{Calendar, DateFault, Instant, Now, Value, Zone, date, day, days_between, end_of_day, is_past, moment, month};

    #[test]
    fn working_days_leave_out_weekends_and_follow_the_calendar() {
        let on = |text: &str| date(text).unwrap();
        let plain = Calendar::default();
        // 2026-03-05 is a Thursday.
        assert_eq!(plain.workdays(on("2026-03-05"), on("2026-03-11")), 5);
        assert_eq!(plain.workdays(on("2026-03-11"), on("2026-03-05")), 0);
        assert_eq!(plain.after(on("2026-03-05"), 3, true), on("2026-03-10"));
        assert_eq!(plain.after(on("2026-03-05"), 3, false), on("2026-03-08"));
        let festive = Calendar { holidays: vec![on("2026-03-06")], workdays: vec![on("2026-03-07")] };
        assert_eq!(festive.workdays(on("2026-03-05"), on("2026-03-08")), 2);
        assert!(festive.works(on("2026-03-07")) && !festive.works(on("2026-03-06")) && !festive.works(on("2026-03-08")));
    }

    #[test]
    fn a_day_is_over_when_it_has_ended_and_a_moment_when_it_has_passed() {
        let zone = Zone::shanghai();
        let instant = Instant::parse("2026-11-23 09:00", &zone).unwrap();
        let now = Now { instant, day: instant.day_in(&zone) };
        let past = |value: Value| is_past(&value, now).unwrap();
        assert!(!past(Value::Date(day(2026, 11, 23).unwrap())) && past(Value::Date(day(2026, 11, 22).unwrap())));
        assert!(past(Value::Moment(moment("2026-11-23 09:00", &zone).unwrap())));
        assert!(!past(Value::Moment(moment("2026-11-23 09:01", &zone).unwrap())));
        assert!(!past(Value::Month(month("2026-11").unwrap())) && past(Value::Month(month("2026-10").unwrap())));
    }

    #[test]
    fn dates_are_read_as_offices_write_them() {
        let wanted = day(2026, 11, 3).unwrap();
        for text in ["2026-11-03", "2026年11月3日", "2026/11/3", "2026.11.03", "２０２６－１１－０３"] {
            assert_eq!(date(text), Ok(wanted), "{text}");
        }
        assert_eq!(date("2026-02-30"), Err(DateFault::Impossible(Some(28))));
        assert_eq!(date("2026-13-01"), Err(DateFault::Impossible(None)));
        assert_eq!(date("05/06/2026"), Err(DateFault::Ambiguous));
        assert_eq!(date("明天"), Err(DateFault::Unreadable));
        assert_eq!(month("2026年7月").map(|m| m.month), Some(7));
        assert_eq!(month("2026-13"), None);
    }

    #[test]
    fn times_mean_the_zone_of_the_site() {
        let zone = Zone::shanghai();
        let at = moment("2026-11-23 09:00", &zone).unwrap();
        assert_eq!(at.instant.rfc3339(&zone), "2026-11-23T09:00:00+08:00");
        assert_eq!(moment("2026年11月23日下午2时30分", &zone).unwrap().local.hour(), 14);
        assert_eq!(moment("2026-11-23T01:00:00Z", &zone).unwrap(), at);
        assert_eq!(moment("2026-11-23 25:00", &zone), None);
        assert_eq!(Instant::parse("2026-11-23", &zone).unwrap().day_in(&zone), day(2026, 11, 23).unwrap());
        assert_eq!(end_of_day(day(2026, 12, 31).unwrap(), &zone).rfc3339(&zone), "2027-01-01T00:00:00+08:00");
        assert_eq!(days_between(day(2026, 2, 1).unwrap(), day(2026, 3, 1).unwrap()), 28);
        assert!(Zone::parse("Mars/Olympus").is_none());
    }
}
