//! The lunar date that people in Vietnam go by: the Chinese calendar's rules, reckoned in Vietnam's zone.
//!
//! The astronomy is `calendrical_calculations`' (the ICU4X project's). Its own calendars stand in the zones of China and Korea;
//! a new moon between 23:00 and 24:00 at UTC+7 begins a month a day earlier in Vietnam (as Tết of 2030).

use calendrical_calculations::{
    chinese_based::{ChineseBased, chinese_based_date_from_fixed},
    gregorian::fixed_from_gregorian,
    rata_die::RataDie,
};
use time::Date;

struct Vietnamese;

impl ChineseBased for Vietnamese {
    fn utc_offset(_: RataDie) -> f64 {
        // Since 1968 in the north and 1976 in all of the country.
        7.0 / 24.0
    }

    const EPOCH: RataDie = fixed_from_gregorian(-2636, 2, 15);
    const DEBUG_NAME: &'static str = "vietnamese";
}

/// A day of the lunar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LunarDate {
    pub day: u8,
    pub month: u8,
    /// A month that has the number of the one before it (tháng nhuận).
    pub leap: bool,
}

/// The lunar date of a day; right from 1976 on.
///
/// ```
/// use mot_cua::dossier::{moment::Moment, working_days::lunar};
/// let day = |text| { let date = lunar(Moment::from_portal(text).unwrap().day()); (date.day, date.month, date.leap) };
/// assert_eq!((day("17/02/2026"), day("02/02/2030")), ((1, 1, false), (1, 1, false)));
/// ```
pub fn lunar(day: Date) -> LunarDate {
    let fixed = fixed_from_gregorian(day.year(), day.month().into(), day.day());
    let found = chinese_based_date_from_fixed::<Vietnamese>(fixed);
    let leap = found.leap_month.map_or(u8::MAX, u8::from);
    LunarDate {
        day: found.day,
        month: if found.month >= leap { found.month - 1 } else { found.month },
        leap: found.month == leap,
    }
}
