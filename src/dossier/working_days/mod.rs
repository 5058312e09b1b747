//! Working days as offices count them: weekends, public holidays, days given back and swapped, an office's own half days.
//!
//! What the Government announced year by year is data (`public/working-days.json`, with its sources in
//! `tests/working-days/`). Years that nobody has announced yet are computed from the law; days given back by decree are not
//! known then, and a date in such a year is only likely.
//!
//! A term begins on the day after reception (Civil Code 2015, article 147) and ends with its last working day (article 148).

mod lunar;

use std::{cell::RefCell, collections::BTreeMap};

use serde::Deserialize;
use time::{Date, Duration, Month, Weekday};

use super::moment::Moment;
pub use lunar::{LunarDate, lunar};

/// The days that are known to differ from a plain week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Calendar {
    /// The years of which all announced days are here.
    #[serde(default, rename = "from")]
    first: i32,
    #[serde(default, rename = "to")]
    last: i32,
    /// Days off, by date (`2026-01-01`), with what they are for.
    #[serde(default)]
    off: BTreeMap<String, String>,
    /// Days of rest that are worked in exchange for another.
    #[serde(default)]
    worked: BTreeMap<String, String>,
    /// Whose week is counted.
    #[serde(default)]
    pub office: Office,
    /// Offices that have a week of their own, by the portal's code of the agency.
    #[serde(default)]
    offices: BTreeMap<String, Office>,
    /// Years that were computed.
    #[serde(skip)]
    computed: RefCell<BTreeMap<i32, BTreeMap<Date, &'static str>>>,
}

/// How much of a day an office works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hours {
    #[default]
    Closed,
    Half,
    Whole,
}

impl Hours {
    fn halves(self) -> u32 {
        self as u32
    }
}

/// An office's own week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Office {
    /// Monday first.
    pub week: [Hours; 7],
    /// What comes after this minute of the day counts as come on the next working day. An office's rule, not the law of
    /// every procedure; `None` unless an office says so.
    #[serde(default)]
    pub cutoff: Option<u16>,
}

impl Default for Office {
    fn default() -> Office {
        use Hours::{Closed, Whole};
        Office { week: [Whole, Whole, Whole, Whole, Whole, Closed, Closed], cutoff: None }
    }
}

impl Calendar {
    /// The calendar with the week of one agency's office, by the portal's code; where it has none of its own, the same.
    ///
    /// ```
    /// use mot_cua::dossier::{moment::Moment, working_days::Calendar};
    /// let week = r#"["whole","whole","whole","whole","whole","half","closed"]"#;
    /// let ward: Calendar = serde_json::from_str(&format!(r#"{{"offices":{{"H92.1":{{"week":{week}}}}}}}"#)).unwrap();
    /// let friday = Moment::from_portal("27/11/2026 09:00:00").unwrap();
    /// assert_eq!(ward.of("H92.1").due(friday, 1).date(), "30/11/2026");
    /// assert_eq!(ward.of("H92.1").half_days(friday, ward.due(friday, 1), &[]), 3);
    /// assert_eq!(ward.of("H92.2").half_days(friday, ward.due(friday, 1), &[]), 2);
    /// ```
    pub fn of(&self, agency: &str) -> Calendar {
        Calendar { office: self.offices.get(agency).copied().unwrap_or(self.office), ..self.clone() }
    }

    /// What a day is off for, whether announced or computed; `None` for a day like others of its week.
    pub fn holiday(&self, day: Date) -> Option<String> {
        let key = key(day);
        if self.worked.contains_key(&key) {
            return None;
        }
        if self.covers(day) {
            return self.off.get(&key).cloned();
        }
        let mut years = self.computed.borrow_mut();
        years.entry(day.year()).or_insert_with(|| by_law(day.year())).get(&day).map(|name| (*name).to_owned())
    }

    /// The public holidays after one moment's day up to and with another's, that would be worked otherwise, with their names.
    ///
    /// ```
    /// use mot_cua::dossier::{moment::Moment, working_days::Calendar};
    /// let day = |text| Moment::from_portal(text).unwrap();
    /// let holidays = Calendar::default().holidays(day("20/11/2026"), day("27/11/2026"));
    /// assert_eq!((holidays.len(), holidays[0].0.date().as_str()), (1, "24/11/2026"));
    /// ```
    pub fn holidays(&self, from: Moment, to: Moment) -> Vec<(Moment, String)> {
        let (mut day, end) = (from.day(), to.day());
        let mut found = Vec::new();
        for _ in 0..3_660 {
            if day >= end {
                break;
            }
            day = day.saturating_add(Duration::DAY);
            let worked = self.office.week[usize::from(day.weekday().number_days_from_monday())].halves() > 0;
            found.extend(self.holiday(day).filter(|_| worked).map(|name| (Moment::at_midnight(day), name)));
        }
        found
    }

    /// Whether all that was announced for the year of this day is known.
    pub fn covers(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day.year())
    }

    fn halves(&self, day: Date) -> u32 {
        if self.worked.contains_key(&key(day)) {
            return Hours::Whole.halves();
        }
        match self.holiday(day) {
            Some(_) => 0,
            None => self.office.week[usize::from(day.weekday().number_days_from_monday())].halves(),
        }
    }

    /// The day on which a term of so many working days ends for what the office received then.
    ///
    /// ```
    /// use mot_cua::dossier::{moment::Moment, working_days::Calendar};
    /// let friday = Moment::from_portal("20/11/2026 09:00:00").unwrap();
    /// // Over a weekend and the holiday of 24 November.
    /// assert_eq!(Calendar::default().due(friday, 2).date(), "25/11/2026");
    /// ```
    pub fn due(&self, received: Moment, days: u32) -> Moment {
        let mut day = self.day_counted(received);
        let mut left = 2 * days;
        // Ten years of days: more than any term, and an end for an office that never opens.
        for _ in 0..3_660 {
            if left == 0 {
                break;
            }
            day = day.saturating_add(Duration::DAY);
            left = left.saturating_sub(self.halves(day));
        }
        Moment::at_midnight(day)
    }

    /// The day of reception as the office counts it: for an office with a cut-off, what comes later than that, or on a day off,
    /// has come on its next working day.
    ///
    /// ```
    /// use mot_cua::dossier::{moment::Moment, working_days::Calendar};
    /// let week = r#"["whole","whole","whole","whole","whole","closed","closed"]"#;
    /// let strict: Calendar = serde_json::from_str(&format!(r#"{{"office":{{"week":{week},"cutoff":900}}}}"#)).unwrap();
    /// let friday = Moment::from_portal("20/11/2026 15:30:00").unwrap();
    /// let counted = strict.counted_from(friday);
    /// assert_eq!(counted.date(), "23/11/2026");
    /// assert_eq!(strict.working_days(counted, strict.due(friday, 8), &[]), 8);
    /// ```
    pub fn counted_from(&self, received: Moment) -> Moment {
        Moment::at_midnight(self.day_counted(received))
    }

    fn day_counted(&self, received: Moment) -> Date {
        let mut day = received.day();
        let late = self.office.cutoff.is_some_and(|cutoff| received.minute_of_day() > cutoff);
        let closed = |day| self.halves(day) == 0;
        // Only an office with a cut-off moves what comes on a day off: else a dossier sent on Saturday would fall due
        // before one sent on Friday evening.
        if late || (self.office.cutoff.is_some() && closed(day)) {
            for _ in 0..60 {
                day = day.saturating_add(Duration::DAY);
                if !closed(day) {
                    break;
                }
            }
        }
        day
    }

    /// The working days after one moment's day up to and with another's, less those that lie in a pause (after its first
    /// day, up to and with its last): while an office waits for the citizen, its term does not run. In half days.
    pub fn half_days(&self, from: Moment, to: Moment, pauses: &[(Moment, Moment)]) -> u32 {
        let (mut day, end) = (from.day(), to.day());
        let paused = |day: Date| pauses.iter().any(|(start, stop)| start.day() < day && day <= stop.day());
        let mut halves = 0;
        for _ in 0..3_660 {
            if day >= end {
                break;
            }
            day = day.saturating_add(Duration::DAY);
            if !paused(day) {
                halves += self.halves(day);
            }
        }
        halves
    }

    /// The same in whole days; a half day that was begun counts.
    pub fn working_days(&self, from: Moment, to: Moment, pauses: &[(Moment, Moment)]) -> u32 {
        self.half_days(from, to, pauses).div_ceil(2)
    }
}

fn key(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

/// The days off of a year by the law alone (Labour Code 2019, articles 111 and 112; Resolution 28/2026/QH16): the holidays, and
/// the next working day for one that meets a weekend. What is decided anew each year is taken as it mostly was: for Tết the last
/// two days of the old year and the first three of the new, for the second day at 2 September the one that lengthens a weekend.
fn by_law(year: i32) -> BTreeMap<Date, &'static str> {
    let date = |month, day| Date::from_calendar_date(year, month, day).ok();
    let mut holidays: Vec<(Option<Date>, &'static str)> = vec![
        (date(Month::January, 1), "Tết Dương lịch"),
        (date(Month::April, 30), "Ngày Chiến thắng 30/4"),
        (date(Month::May, 1), "Ngày Quốc tế lao động 1/5"),
        (date(Month::September, 2), "Quốc khánh 2/9"),
    ];
    let national = date(Month::September, 2);
    holidays.push((
        national.map(|day| match day.weekday() {
            Weekday::Monday | Weekday::Thursday | Weekday::Sunday => day + Duration::DAY,
            _ => day - Duration::DAY,
        }),
        "Quốc khánh 2/9",
    ));
    if year >= 2026 {
        holidays.push((date(Month::November, 24), "Ngày Văn hóa Việt Nam"));
    }
    // Lunar new year falls between 20 January and 21 February, the tenth of the third month between 28 March and 30 April.
    let find = |from: Option<Date>, days: i64, wanted: LunarDate| {
        (0..days).filter_map(|n| from?.checked_add(Duration::days(n))).find(|day| lunar(*day) == wanted)
    };
    let tet = find(date(Month::January, 19), 35, LunarDate { day: 1, month: 1, leap: false });
    for n in -2..3 {
        holidays.push((tet.map(|day| day + Duration::days(n)), "Tết Nguyên đán"));
    }
    let kings = LunarDate { day: 10, month: 3, leap: false };
    holidays.push((find(date(Month::March, 25), 40, kings), "Giỗ Tổ Hùng Vương"));

    let mut off: BTreeMap<Date, &'static str> =
        holidays.into_iter().filter_map(|(day, name)| Some((day?, name))).collect();
    let rests = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let missed: Vec<_> = off.iter().filter(|(day, _)| rests(**day)).map(|(day, name)| (*day, *name)).collect();
    for (mut day, name) in missed {
        while rests(day) || off.contains_key(&day) {
            day = day.saturating_add(Duration::DAY);
        }
        off.insert(day, name);
    }
    off
}
