//! Points in time as the office sees them: in Vietnam's zone (Asia/Ho_Chi_Minh, UTC+7, no daylight saving).
//!
//! The calendar is the `time` crate's, without its parser and formatter: what we need of those is two fixed forms.

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime, UtcOffset};

/// Milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment(pub i64);

const HANOI_SECONDS: i64 = 7 * 3600;

impl Moment {
    /// Reads the portal's `dd/MM/yyyy HH:mm:ss` or `dd/MM/yyyy` (midnight), both in Vietnam's zone.
    /// `None` for anything else, an impossible date among them.
    ///
    /// ```
    /// use mot_cua::dossier::moment::Moment;
    /// assert_eq!(Moment::from_portal("05/03/2021 17:00:00").unwrap().date_time(), "05/03/2021 17:00");
    /// assert_eq!(Moment::from_portal("31/02/2021"), None);
    /// ```
    pub fn from_portal(text: &str) -> Option<Moment> {
        let mut halves = text.trim().splitn(2, ' ');
        let date = date_of(halves.next()?)?;
        let mut seconds = 0;
        if let Some(clock) = halves.next() {
            let mut parts = clock.split(':').map(|part| part.parse::<i64>());
            let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
            let second = parts.next().unwrap_or(Ok(0)).ok()?;
            if !(0..24).contains(&hour) || !(0..60).contains(&minute) || !(0..60).contains(&second) {
                return None;
            }
            seconds = hour * 3600 + minute * 60 + second;
        }
        Some(Moment(Moment::at_midnight(date).0 + seconds * 1000))
    }

    /// The day in Vietnam's zone.
    pub fn day(self) -> Date {
        self.local().date()
    }

    /// How many minutes of its day have passed.
    pub fn minute_of_day(self) -> u16 {
        let at = self.local();
        u16::from(at.hour()) * 60 + u16::from(at.minute())
    }

    /// The first moment of a day.
    pub fn at_midnight(day: Date) -> Moment {
        let days = i64::from(day.to_julian_day()) - 2_440_588;
        Moment((days * 86_400 - HANOI_SECONDS) * 1000)
    }

    /// `24/11/2026`, as people write a date.
    pub fn date(self) -> String {
        let at = self.local();
        format!("{:02}/{:02}/{}", at.day(), u8::from(at.month()), at.year())
    }

    /// `24/11/2026 08:05`.
    pub fn date_time(self) -> String {
        let at = self.local();
        format!("{} {:02}:{:02}", self.date(), at.hour(), at.minute())
    }

    /// The year in Vietnam's zone.
    pub fn year(self) -> i32 {
        self.local().year()
    }

    fn local(self) -> OffsetDateTime {
        // Out-of-range times (a portal may answer nonsense) show as the epoch, and are never compared as text.
        OffsetDateTime::from_unix_timestamp(self.0.div_euclid(1000).clamp(-62_000_000_000, 250_000_000_000))
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .to_offset(UtcOffset::from_hms(7, 0, 0).unwrap_or(UtcOffset::UTC))
    }
}

/// Reads a date as people type it: `2/9/1985`, `02-09-1985`, `02.09.1985` or `02091985`.
pub fn date_of(text: &str) -> Option<Date> {
    let text = text.trim();
    let parts: Vec<&str> = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        vec![&text[..2], &text[2..4], &text[4..]]
    } else {
        text.split(['/', '-', '.', ' ']).collect()
    };
    let [day, month, year] = parts[..] else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portal_texts_are_in_vietnams_zone() {
        assert_eq!(Moment::from_portal("01/01/1970 07:00:00"), Some(Moment(0)));
        assert_eq!(Moment(1_614_648_000_000).date_time(), "02/03/2021 08:20");
    }

    #[test]
    fn nonsense_is_none_or_harmless() {
        for text in ["", "x", "32/01/2020", "29/02/2021", "01/01/2020 25:00:00", "2020-01-01", "01/01/20"] {
            assert_eq!(Moment::from_portal(text), None, "{text}");
        }
        assert!(!Moment(i64::MAX).date().is_empty() && !Moment(i64::MIN).date().is_empty());
    }

    #[test]
    fn people_type_dates_in_many_ways() {
        for text in ["2/9/1985", "02-09-1985", "02.09.1985", "02091985", " 2/09/1985 "] {
            assert_eq!(date_of(text), Date::from_calendar_date(1985, Month::September, 2).ok(), "{text}");
        }
    }
}
