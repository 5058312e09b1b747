//! By when: the term in working days, the promised day, and what is due to the citizen when it has passed.

use leptos::prelude::*;

use crate::{
    device::{clock, files::Address, visit},
    dossier::{
        calendar_file,
        moment::Moment,
        progress::{Event, Progress, pauses},
    },
    journey::calendar::calendar_of,
    messages::{say, say_with},
    portal::Trouble,
    shell::{self, shell},
    widgets::{
        element::{El, el, group},
        holidays::holidays,
        notice::{Kind, notice},
    },
};

/// The term and how much of it has gone. `log` is the office's log, once it is here.
pub fn term(progress: &Progress, log: RwSignal<Option<Result<Vec<Event>, Trouble>>, LocalStorage>) -> El {
    // Over: the day stands among the dates.
    if progress.status.is_final() {
        return group();
    }
    let Some(promised) = progress.promised() else { return el("p").child(say("follow.due-none")) };
    let (progress, now) = (progress.clone(), shell::now());
    let stretch = {
        let (received, released) = (progress.received, progress.released);
        // Without the log it is not known how long the office has waited.
        let waits = progress.status.waits_for_citizen();
        let still = progress.paused;
        let agency = progress.codes.1.clone();
        move || {
            if waits && log.with(Option::is_none) {
                return None;
            }
            // Nonsense, such as a day promised before the reception, is not drawn.
            let received = received.filter(|received| *received < promised)?;
            let calendar = calendar_of(&agency);
            let waited = log.with(|log| match log {
                Some(Ok(events)) => pauses(events, now),
                _ => Vec::new(),
            });
            let received = calendar.counted_from(received);
            let all = calendar.working_days(received, promised, &waited);
            let until = released.unwrap_or(now).min(promised);
            let gone = calendar.working_days(received, until, &waited);
            (all > 0 && !still && released.is_none()).then(|| {
                let left = all.saturating_sub(gone);
                let words = [("gone", gone.to_string()), ("all", all.to_string()), ("left", left.to_string())];
                let words: Vec<(&str, &str)> = words.iter().map(|(name, text)| (*name, text.as_str())).collect();
                group()
                    .child(
                        el("progress")
                            .attr("max", all.to_string())
                            .attr("value", gone.to_string())
                            .attr("aria-label", say_with("follow.days", &words)),
                    )
                    .child(el("p").child(say_with("follow.days", &words)))
                    .child(el("p").class("hint").child(say("follow.days-hint")))
                    .child(holidays(&calendar, received, promised))
            })
        }
    };
    let due = {
        let days = (promised.day() - now.day()).whole_days();
        match days {
            _ if progress.has_odd_date() => Some(say_with(
                "follow.due-odd",
                &[("date", &promised.date()), ("hotline", &shell().config.agency.hotline)],
            )),
            _ if progress.released.is_some() => None,
            0 => Some(say("follow.due-today")),
            1 => Some(say("follow.due-tomorrow")),
            _ => Some(say_with("follow.due-later", &[("date", &promised.date())])),
        }
    };
    let waiting = progress.status.waits_for_citizen() && !progress.status.clock_runs();
    el("section")
        .class("card term")
        .child(el("h2").child(say("follow.term")))
        .child(late(&progress, promised, now, log))
        .child(due.map(|due| el("p").class("lead").child(due)))
        .child(stretch)
        .child(waiting.then(|| notice(Kind::Info, say("follow.clock-waits"))))
        .child((progress.paused && !waiting).then(|| notice(Kind::Info, say("follow.clock-stopped"))))
        .child(in_calendar(&progress, promised, now))
}

/// The apology and the new date, and what to do when that has passed as well.
fn late(
    progress: &Progress,
    promised: Moment,
    now: Moment,
    log: RwSignal<Option<Result<Vec<Event>, Trouble>>, LocalStorage>,
) -> El {
    let is_late = progress.late(now);
    let again = progress.extended.is_some();
    let number = progress.called();
    let agency = progress.agency.clone();
    let apologies = move || {
        log.with(|log| match log {
            Some(Ok(events)) => events.iter().filter(|event| event.is_apology()).cloned().collect::<Vec<_>>(),
            _ => Vec::new(),
        })
    };
    let apology = move || {
        let said = apologies();
        let last = said.last()?;
        Some(notice(
            Kind::Late,
            group()
                .child(el("p").child(if again {
                    say_with("follow.apology", &[("date", &promised.date())])
                } else {
                    say("follow.apology-no-date")
                }))
                .child(last.note.iter().map(|line| el("p").attr("lang", "vi").child(line.clone())).collect::<Vec<_>>())
                .child(
                    (said.len() > 1)
                        .then(|| el("p").child(say_with("follow.apologies", &[("n", &said.len().to_string())]))),
                ),
        ))
    };
    let office = progress.codes.1.clone();
    let telling = move || {
        is_late.then(|| {
            let days = calendar_of(&office).working_days(promised, now, &[]).to_string();
            let text = match (again, days.as_str()) {
                (_, "0") => say_with("follow.late-today", &[("date", &promised.date())]),
                (true, _) => say_with("follow.late-twice", &[("date", &promised.date()), ("days", &days)]),
                (false, _) => say_with("follow.late-by", &[("date", &promised.date()), ("days", &days)]),
            };
            let hotline = &shell().config.agency.hotline;
            let complaint = {
                let values = [("number", &*number), ("date", &promised.date()), ("days", &days)];
                say_with("office.late-draft", &values)
            };
            notice(
                Kind::Late,
                group()
                    .child(el("p").child(text))
                    .child(el("p").child(say(if again { "follow.late-twice-do" } else { "follow.late-no-word" })))
                    .child(el("p").child(say_with(
                        "follow.call",
                        &[("agency", &agency), ("hotline", hotline), ("number", &number)],
                    )))
                    .child(el("p").child(say("follow.call-ask")))
                    .child(
                        el("a")
                            .class("button plain")
                            .attr("href", "/phan-anh")
                            .on("click", move |_| visit::remember(visit::COMPLAINT, &complaint))
                            .child(say("follow.complain")),
                    ),
            )
        })
    };
    let extended = (again && !is_late).then_some(move || {
        log.with(|log| !matches!(log, Some(Ok(events)) if events.iter().any(Event::is_apology)))
            .then(|| notice(Kind::Late, say_with("follow.extended", &[("date", &promised.date())])))
    });
    group().child(telling).child(apology).child(extended)
}

/// The promised day as a file for the phone's calendar.
fn in_calendar(progress: &Progress, promised: Moment, now: Moment) -> Option<El> {
    // Once there is a result there is no day to wait for; on a device that is not one's own there is no calendar of one's own.
    if promised.day() < now.day() || progress.released.is_some() || shell().mode.is_shared() {
        return None;
    }
    let number = progress.called();
    let title = say_with("follow.calendar-event", &[("number", &number)]);
    let text = calendar_file::event(&progress.dossier.to_string(), promised, clock::now(), &title, &progress.agency);
    let address = crate::device::files::blob(text.as_bytes(), "text/calendar").as_ref().and_then(Address::of)?;
    let href = address.as_str().to_owned();
    // The address lives as long as the screen.
    StoredValue::new_local(address);
    Some(
        group()
            .child(
                el("p").child(
                    el("a")
                        .class("button plain")
                        .attr("href", href)
                        .attr("download", "ngay-hen.ics")
                        .child(say("follow.calendar")),
                ),
            )
            .child(el("p").class("hint").child(say("follow.calendar-hint"))),
    )
}
