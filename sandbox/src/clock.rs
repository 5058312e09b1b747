//! Time as the portal keeps it: milliseconds since 1970 inside, Vietnamese wall clock outside.
//! Vietnam is UTC+7 the year round, so a fixed offset is its whole time zone.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{Timestamp, ZonedDateTime, civil, tz::Offset, tz::TimeZone};

/// Milliseconds since 1970, UTC.
pub type Millis = i64;

pub const DAY: Millis = 24 * 60 * 60 * 1000;

/// The hour at which an office closes: a due date falls due then.
const CLOSING_HOUR: i8 = 17;

fn vietnam() -> TimeZone {
    TimeZone::fixed(Offset::constant(7))
}

/// How far the desk has put the clock ahead, to play what happens later. A new process has the right time again.
static AHEAD: AtomicI64 = AtomicI64::new(0);

pub fn now() -> Millis {
    Timestamp::now().as_millisecond() + ahead()
}

pub fn ahead() -> Millis {
    AHEAD.load(Ordering::SeqCst)
}

/// Puts the clock ahead by so many days, beside what it is ahead already; none puts it right again.
pub fn put_ahead(days: Option<i64>) {
    match days {
        Some(days) => AHEAD.fetch_add(days.clamp(0, 400) * DAY, Ordering::SeqCst),
        None => AHEAD.swap(0, Ordering::SeqCst),
    };
}

/// Now, as the `Date` header writes it (RFC 9110, 5.6.7).
pub fn for_header() -> String {
    let now = Timestamp::from_millisecond(now()).unwrap_or(Timestamp::UNIX_EPOCH);
    now.to_zoned_datetime(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn zoned(at: Millis) -> ZonedDateTime {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(vietnam())
}

/// Writes a moment by a strftime pattern, in Vietnamese time.
pub fn write(at: Millis, pattern: &str) -> String {
    zoned(at).strftime(pattern).to_string()
}

/// `dd/MM/yyyy HH:mm:ss`, the form of dossier lists and details.
pub fn day_and_time(at: Millis) -> String {
    write(at, "%d/%m/%Y %H:%M:%S")
}

/// `yyyy-MM-dd'T'HH:mm:ss.SSS'Z'`: the `Z` is a literal, the time is Vietnamese (OpenCPS API, dates).
pub fn iso(at: Millis) -> String {
    write(at, "%Y-%m-%dT%H:%M:%S.000Z")
}

/// Midnight at the start of `dd/MM/yyyy`.
pub fn read_day(text: &str) -> Option<Millis> {
    let mut parts = text.trim().splitn(3, '/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    start_of(civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?)
}

/// The closing hour of `yyyy-mm-dd`, as a date field of a form sends it.
pub fn read_due(text: &str) -> Option<Millis> {
    let day: civil::Date = text.trim().parse().ok()?;
    closing(day)
}

fn start_of(day: civil::Date) -> Option<Millis> {
    Some(day.to_zoned_datetime(vietnam()).ok()?.timestamp().as_millisecond())
}

fn closing(day: civil::Date) -> Option<Millis> {
    Some(day.at(CLOSING_HOUR, 0, 0, 0).to_zoned_datetime(vietnam()).ok()?.timestamp().as_millisecond())
}

/// The closing hour `days` working days after `from`. Saturdays and Sundays are off; public holidays
/// are not known here, an officer can set another day.
pub fn working_days_after(from: Millis, days: i64) -> Millis {
    let mut day = zoned(from).date();
    let mut left = days.clamp(0, 2000);
    while left > 0 {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        if !matches!(day.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday) {
            left -= 1;
        }
    }
    closing(day).unwrap_or(from)
}

/// Year and month (1–12) of a moment.
pub fn year_and_month(at: Millis) -> (i16, i8) {
    let z = zoned(at);
    (z.year(), z.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_friday_plus_one_working_day_is_monday_at_closing() {
        let friday = read_day("20/11/2026").unwrap();
        assert_eq!(day_and_time(working_days_after(friday, 1)), "23/11/2026 17:00:00");
        assert_eq!(day_and_time(working_days_after(friday, 6)), "30/11/2026 17:00:00");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_eq!(read_day("31/02/2026"), None);
        assert_eq!(read_day("hôm nay"), None);
        assert_eq!(read_due("2026-13-01"), None);
    }
}
