//! What it costs and how long it takes, by channel, and what that comes to.

use crate::{
    catalogue::terms::{Channel, WORKING_DAYS, amounts, of_channel, shortest_days},
    device::clock,
    dossier::moment::Moment,
    messages::{number, say, say_with},
    widgets::{
        element::{El, el},
        notice::lines,
    },
};

/// A table of channels: time, fee, and the sum that is to be expected; below it the date that a dossier sent today would be
/// due on.
pub fn terms(duration: &[String], fees: &[String]) -> El {
    let cell = |texts: &[String]| {
        el("td").child(if texts.is_empty() { el("p").child(say("check.not-published")) } else { lines(texts) })
    };
    let row = |channel: Channel| {
        let (times, fees) = (of_channel(duration, channel), by_subject(&of_channel(fees, channel)));
        let name = match channel {
            Channel::Online => "channel.online",
            Channel::Counter => "channel.counter",
            Channel::Post => "channel.post",
        };
        el("tr")
            .child(el("th").attr("scope", "row").child(say(name)))
            .child(cell(&times))
            .child(cell(&fees))
            .child(el("td").child(expected(&fees)))
    };
    let head = ["check.channel", "check.time", "check.fee", "check.expected"];
    let due = shortest_days(&of_channel(duration, Channel::Online)).map(|(days, unit)| {
        let today = clock::now();
        let due = if unit == WORKING_DAYS {
            today.after_weekdays(days)
        } else {
            Moment(today.0 + i64::from(days) * 86_400_000)
        };
        el("p").child(say_with("check.due", &[("date", &due.date()), ("time", &format!("{days} {unit}"))]))
    });
    el("section")
        .child(el("h2").child(say("check.terms")))
        .child(
            el("div")
                .class("wide")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", say("check.terms"))
                .child(
                    el("table")
                        .class("terms")
                        .child(
                            el("thead").child(
                                el("tr").child(
                                    head.map(|key| el("th").attr("scope", "col").child(say(key)))
                                        .into_iter()
                                        .collect::<Vec<_>>(),
                                ),
                            ),
                        )
                        .child(el("tbody").child(Channel::ALL.into_iter().map(row).collect::<Vec<_>>())),
                ),
        )
        .child(due)
}

/// The published lines, parted where one speaks of several subjects ("Hộ gia đình: …; tổ chức: …").
fn by_subject(fees: &[String]) -> Vec<String> {
    fees.iter()
        .flat_map(|line| line.split(';'))
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// The sum to expect, where amounts are published.
fn expected(fees: &[String]) -> String {
    match amounts(fees) {
        Some((least, most)) if least == most => say_with("check.sum", &[("fee", &number(least))]),
        Some((least, most)) => say_with("check.sums", &[("least", &number(least)), ("most", &number(most))]),
        None => say("check.no-sum"),
    }
}
