//! Terms and days against announced calendars, and what must hold on every day.

use std::collections::BTreeMap;

use mot_cua::dossier::{
    moment::Moment,
    working_days::{Calendar, Hours, Office, lunar},
};
use serde_json::Value;
use time::Date;

fn calendar() -> Calendar {
    serde_json::from_str(&std::fs::read_to_string("public/working-days.json").unwrap()).unwrap()
}

fn sources() -> Value {
    serde_json::from_str(&std::fs::read_to_string("tests/working-days/holidays.json").unwrap()).unwrap()
}

/// `2026-11-24`, and `15:30` if given.
fn moment(date: &str, clock: &str) -> Moment {
    let parts: Vec<&str> = date.split('-').collect();
    Moment::from_portal(&format!("{}/{}/{} {}:00", parts[2], parts[1], parts[0], clock)).unwrap()
}

fn written(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

#[test]
fn the_days_off_are_those_of_the_sources() {
    let (calendar, sources) = (calendar(), sources());
    let (mut days, mut per_year) = (0, BTreeMap::new());
    let mut day = moment("2021-01-01", "12:00").day();
    while day.year() <= 2027 {
        let entries: Vec<&Value> = sources["years"][day.year().to_string()]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["date"] == written(day))
            .collect();
        let worked = entries.iter().any(|entry| entry["kind"] == "swapped-work");
        assert_eq!(calendar.holiday(day).is_some(), !entries.is_empty() && !worked, "{day}");
        let eve = Moment::at_midnight(day.previous_day().unwrap());
        *per_year.entry(day.year().to_string()).or_insert(0) +=
            calendar.working_days(eve, Moment::at_midnight(day), &[]);
        days += 1;
        day = day.next_day().unwrap();
    }
    assert_eq!(days, 2556);
    for (year, count) in per_year {
        assert_eq!(sources["working_days_per_year"][&year], count, "{year}");
    }
}

#[test]
fn terms_end_when_the_sources_say() {
    let (mut calendar, sources) = (calendar(), sources());
    let mut rows = 0;
    for row in sources["tests"].as_array().unwrap() {
        let rule = row["rule"].as_str().unwrap();
        let cutoff = (rule != "plain").then_some(15 * 60);
        calendar.office = Office { cutoff, ..Office::default() };
        let received = moment(row["from"].as_str().unwrap(), row["at"].as_str().unwrap_or("09:00"));
        let due = calendar.due(received, row["days"].as_u64().unwrap() as u32);
        assert_eq!(written(due.day()), row["due"].as_str().unwrap(), "{row}");
        rows += 1;
    }
    assert!(rows >= 60);
}

#[test]
fn on_every_day_a_term_ends_after_as_many_working_days_and_never_earlier_than_yesterdays() {
    let mut calendar = calendar();
    let half_saturday = Office {
        week: [Hours::Whole, Hours::Whole, Hours::Whole, Hours::Whole, Hours::Whole, Hours::Half, Hours::Closed],
        cutoff: None,
    };
    for office in [Office::default(), half_saturday, Office { cutoff: Some(900), ..Office::default() }] {
        calendar.office = office;
        for clock in ["08:00", "15:30"] {
            let mut before = [Moment(0); 30];
            let mut day = moment("2021-01-01", clock);
            // Into the years that are computed, too.
            while day.day().year() < 2032 {
                for days in 1..30 {
                    let due = calendar.due(day, days);
                    assert!(due >= before[days as usize] && due > day, "{day:?} {days}");
                    assert!(days == 1 || due >= calendar.due(day, days - 1));
                    if office.cutoff.is_none() {
                        assert!(calendar.half_days(day, due, &[]).abs_diff(2 * days) <= 1, "{day:?} {days}");
                    }
                    before[days as usize] = due;
                }
                day = Moment(day.0 + 86_400_000);
            }
        }
    }
}

#[test]
fn days_that_wait_for_the_citizen_do_not_count() {
    let calendar = calendar();
    let (monday, friday, next) =
        (moment("2026-10-05", "09:00"), moment("2026-10-09", "16:00"), moment("2026-10-16", "16:00"));
    assert_eq!(calendar.working_days(monday, next, &[]), 9);
    let tuesday = moment("2026-10-06", "10:00");
    assert_eq!(calendar.working_days(monday, next, &[(tuesday, friday)]), 6);
    // Out of order, or backwards: nothing is counted, and it ends.
    assert_eq!(calendar.working_days(next, monday, &[(friday, tuesday)]), 0);
}

#[test]
fn lunar_dates_and_computed_years_agree_with_the_sources() {
    let sources = sources();
    // Nothing is announced here: all is computed.
    let computed = Calendar::default();
    for (year, dates) in sources["lunar"].as_object().unwrap() {
        let tet = moment(dates["tet"].as_str().unwrap(), "12:00").day();
        let kings = moment(dates["hung_kings"].as_str().unwrap(), "12:00").day();
        let of = |day| {
            let found = lunar(day);
            (found.day, found.month, found.leap)
        };
        assert_eq!((of(tet), of(kings)), ((1, 1, false), (10, 3, false)), "{year}");
        assert!(computed.holiday(tet).is_some() && computed.holiday(kings).is_some(), "{year}");
    }
    for (year, entries) in sources["years"].as_object().unwrap() {
        for entry in entries.as_array().unwrap().iter().filter(|entry| entry["kind"] == "holiday") {
            let day = moment(entry["date"].as_str().unwrap(), "12:00").day();
            let name = entry["name"].as_str().unwrap();
            // Of Tết only the days that are off each year can be known ahead.
            let sure = !name.contains("Tết Âm lịch") || name.contains("mùng 1 ") || name.contains("mùng 2 ");
            assert!(!sure || computed.holiday(day).is_some(), "{year}: {name}");
        }
    }
}
