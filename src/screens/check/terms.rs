//! What it costs and how long it takes, by channel, and what that comes to.

use crate::{
    catalogue::terms::{self, Channel, Fee, WORKING_DAYS, amounts, of_channel},
    dossier::moment::Moment,
    journey::calendar::calendar_of,
    messages::{number, say, say_with},
    shell::now,
    widgets::{
        element::{El, el, group},
        holidays::holidays,
        notice::lines,
        told::days,
    },
};

/// A table of channels: time, fee, and the sum that is to be expected; below it the date that a dossier sent today would be
/// due on at the office of `agency`.
pub fn terms(duration: &[String], fees: &[String], agency: String) -> El {
    let cell = |texts: &[String]| {
        el("td").child(if texts.is_empty() { el("p").child(say("check.not-published")) } else { lines(texts) })
    };
    // Channels of which the same is published share their rows.
    let mut parts: Vec<(Vec<String>, Vec<String>, Vec<Fee>)> = Vec::new();
    for channel in Channel::ALL {
        let name = say(match channel {
            Channel::Online => "channel.online",
            Channel::Counter => "channel.counter",
            Channel::Post => "channel.post",
        });
        let (times, fees) = (of_channel(duration, channel), terms::fees(fees, channel));
        match parts.iter_mut().find(|(_, other, charged)| *other == times && *charged == fees) {
            Some((names, ..)) => names.push(name),
            None => parts.push((vec![name], times, fees)),
        }
    }
    let rows = |(names, times, mut fees): (Vec<String>, Vec<String>, Vec<Fee>)| {
        if fees.is_empty() {
            fees.push(Fee { subject: String::new(), text: say("check.not-published") });
        }
        let span = fees.len().to_string();
        let names = names.into_iter().map(|name| el("p").child(name)).collect::<Vec<_>>();
        let mut begin = Some(
            group()
                .child(el("th").attr("scope", "rowgroup").attr("rowspan", span.as_str()).child(names))
                .child(cell(&times).attr("rowspan", span.as_str())),
        );
        let row = |fee: Fee| {
            let subject = if fee.subject.is_empty() { say("check.everybody") } else { fee.subject };
            el("tr")
                .child(begin.take())
                .child(el("td").child(subject))
                .child(el("td").attr("lang", "vi").child(fee.text.as_str()))
                .child(el("td").child(expected(fee.text)))
        };
        el("tbody").child(fees.into_iter().map(row).collect::<Vec<_>>())
    };
    let head = ["check.channel", "check.time", "check.subject", "check.fee", "check.expected"];
    let span = terms::span(&of_channel(duration, Channel::Online));
    let due = move || {
        let (least, most, unit) = span?;
        let of_work = unit == WORKING_DAYS;
        let calendar = calendar_of(&agency);
        let by = |days: u32| match of_work {
            true => calendar.due(now(), days).date(),
            false => Moment(now().0 + i64::from(days) * 86_400_000).date(),
        };
        let counted = if of_work { say("check.less-holidays") } else { String::new() };
        let (first, last, one) = (by(least), by(most), least == most);
        let time = if one { days(least, unit) } else { format!("{}–{}", number(i64::from(least)), days(most, unit)) };
        let time = time + &counted;
        let off = holidays(&calendar, now(), calendar.due(now(), most));
        let said = if one {
            say_with("check.due", &[("date", &first), ("time", &time)])
        } else {
            say_with("check.due-between", &[("first", &first), ("last", &last), ("time", &time)])
        };
        Some(group().child(el("p").child(said)).child(off.filter(|_| of_work)))
    };
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
                        .child(parts.into_iter().map(rows).collect::<Vec<_>>()),
                ),
        )
        .child(due)
}

/// The sum to expect, where an amount is published.
fn expected(fee: String) -> String {
    match amounts(&[fee]) {
        Some((least, most)) if least == most => say_with("check.sum", &[("fee", &number(least))]),
        Some((least, most)) => say_with("check.sums", &[("least", &number(least)), ("most", &number(most))]),
        None => say("check.no-sum"),
    }
}
