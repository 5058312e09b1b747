//! The public holidays of a stretch of days, by the sun's calendar and, as people count them, by the moon's.

use super::element::{El, el};
use crate::{
    dossier::{
        moment::Moment,
        working_days::{Calendar, lunar},
    },
    messages::{digits, say, say_with},
};

/// The holidays that are not counted between two moments; nothing where there are none.
pub fn holidays(calendar: &Calendar, from: Moment, to: Moment) -> Option<El> {
    let days = calendar.holidays(from, to);
    let row = |(day, name): &(Moment, String)| {
        let moon = lunar(day.day());
        let date = format!("{}/{}", moon.day, moon.month);
        let both = say_with("holidays.day", &[("date", &day.date()), ("lunar", &digits(&date))]);
        el("li").child(both).child(" ").child(el("span").attr("lang", "vi").child(name.clone()))
    };
    (!days.is_empty()).then(|| {
        el("div")
            .class("hint holidays")
            .child(el("p").child(say("holidays.title")))
            .child(el("ul").child(days.iter().map(row).collect::<Vec<_>>()))
    })
}
