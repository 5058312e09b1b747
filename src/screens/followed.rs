//! One dossier on its way: where it is, whose turn it is, when it is due, what the office wrote down.

use leptos::{prelude::*, task::spawn_local};

use super::sign_in;
use crate::{
    catalogue::requirement::Requirement,
    device::{clock, store::progress_name},
    dossier::{
        moment::Moment,
        progress::{Duty, Event, Progress, Remark},
        sending::Sending,
        status::Status,
    },
    messages::{number, say, say_with},
    portal::Trouble,
    shell::{self, shell},
    widgets::{
        element::{El, button, el, group},
        heading::heading,
        notice::{Kind, lines, notice, waiting},
        timeline::timeline,
    },
};

/// A dossier by an id of this device's (a sent draft) or by the portal's id for the signed-in citizen.
pub fn screen(id: String) -> El {
    let answer = RwSignal::new_local(None::<Result<Told, Trouble>>);
    let load = {
        let id = id.clone();
        move || {
            let id = id.clone();
            answer.set(None);
            spawn_local(async move {
                let told = find(&id).await;
                answer.try_set(Some(told));
            });
        }
    };
    load();
    let again = load.clone();
    group()
        // The heading comes anew with each answer, and the focus with it.
        .child(move || {
            let again = again.clone();
            group().child(heading(say("follow.one"))).child(match answer.get() {
                None => waiting(),
                Some(Err(Trouble::SignInNeeded)) => {
                    group().child(notice(Kind::Info, say("follow.sign-in"))).child(sign_in::form(None, again))
                }
                Some(Err(trouble)) => group().child(notice(Kind::Wrong, say(trouble.key()))).child(button(
                    "button",
                    say("app.again"),
                    move |_| again(),
                )),
                Some(Ok(Told { progress, secret, aged })) => group()
                    .child(aged.map(|(when, trouble)| {
                        let text =
                            say_with("follow.aged", &[("when", &when.date_time()), ("why", &say(trouble.key()))]);
                        notice(Kind::Info, text)
                    }))
                    .child(shown(progress, secret))
                    .child(el("p").class("actions").child(button("plain", say("follow.again"), move |_| again()))),
            })
        })
        .child(el("p").child(el("a").attr("href", "/tra-cuu").child(say("follow.other"))))
}

/// What is known of a dossier.
#[derive(Clone)]
struct Told {
    progress: Progress,
    secret: Option<String>,
    /// Where the portal could not be asked: when it was last, and why not now.
    aged: Option<(Moment, Trouble)>,
}

/// Asks the portal; of a dossier of this device, what was last heard serves where that cannot be.
async fn find(id: &str) -> Result<Told, Trouble> {
    if let Ok(dossier) = id.parse() {
        return Ok(Told { progress: shell().portal.dossier(dossier).await?, secret: None, aged: None });
    }
    let gone = || Trouble::Refused(String::new());
    let store = shell().store.as_ref().map_err(|_| gone())?;
    let mut draft = store.draft(id).await.ok().flatten().ok_or_else(gone)?;
    let Sending::Sent(receipt) = &mut draft.sending else { return Err(gone()) };
    let secret = Some(receipt.secret.clone());
    let name = progress_name(id);
    let progress = match shell().portal.dossier_by_secret(&receipt.dossier.to_string(), &receipt.secret).await {
        Ok(progress) => progress,
        Err(trouble) if trouble.may_pass() => {
            let (progress, when) = store.kept(&name).await.ok().flatten().ok_or_else(|| trouble.clone())?;
            return Ok(Told { progress, secret, aged: Some((when, trouble)) });
        }
        Err(trouble) => return Err(trouble),
    };
    // Not kept is not lost: it is the portal's.
    let _ = store.keep(&name, &(&progress, clock::now())).await;
    if progress.number.is_some() && (receipt.number != progress.number || receipt.due != progress.promised()) {
        // The receipt on the device takes over what the office added to it.
        (receipt.number, receipt.due) = (progress.number.clone(), progress.promised());
        let _ = store.save_draft(&draft).await;
        shell().drafts.borrow_mut().remove(id);
    }
    Ok(Told { progress, secret, aged: None })
}

/// The headline of a state in plain words; an unknown one in the portal's own.
pub fn headline(status: &Status) -> String {
    match status {
        Status::Unknown(text) => text.clone(),
        known => say(known.key()),
    }
}

/// The dossier with its dates, what it waits for, and its log. `secret` opens the log for someone not signed in.
pub fn shown(progress: Progress, secret: Option<String>) -> El {
    let events = RwSignal::new_local(None::<Result<Vec<Event>, Trouble>>);
    let (remarks, duty) = (RwSignal::new_local(Vec::<Remark>::new()), RwSignal::new_local(None::<Duty>));
    let papers = RwSignal::new_local(Vec::<Requirement>::new());
    let (dossier, template, status) = (progress.dossier, progress.template.clone(), progress.status.clone());
    spawn_local(async move {
        let (portal, secret) = (&shell().portal, secret.as_deref());
        if status == Status::SupplementAsked
            && let Ok(asked) = portal.remarks(dossier, secret).await
        {
            papers.try_set(portal.requirements(&template).await.unwrap_or_default());
            remarks.try_set(asked);
        }
        if status == Status::DutyAsked {
            duty.try_set(portal.duty(dossier, secret).await.ok().flatten());
        }
        let log = portal.log(dossier, secret).await;
        events.try_set(Some(log));
    });
    let now = shell::now();
    let date = |key: &str, moment: Option<Moment>| {
        moment.map(|moment| group().child(el("dt").child(say(key))).child(el("dd").child(moment.date_time())))
    };
    let due = progress.promised().map_or_else(|| say("follow.no-due"), |due| due.date());
    let late = progress.late(now);
    let hotline = &shell().config.agency.hotline;
    group()
        .child(
            el("section")
                .class(if progress.status.waits_for_citizen() { "card status turn" } else { "card status" })
                .child(el("h2").child(headline(&progress.status)))
                .child(el("p").class("lead").child(say(&format!("{}.now", progress.status.key()))))
                .child(el("p").child(say(if progress.status.waits_for_citizen() {
                    "follow.your-turn"
                } else {
                    "follow.their-turn"
                })))
                .child((!progress.note.is_empty()).then(|| {
                    el("div")
                        .class("office")
                        .child(el("p").class("hint").child(say("follow.office-says")))
                        .child(lines(&progress.note))
                })),
        )
        .child(late.then(|| notice(Kind::Late, say_with("follow.late", &[("date", &due), ("hotline", hotline)]))))
        .child(
            progress
                .extended
                .map(|extended| notice(Kind::Late, say_with("follow.extended", &[("date", &extended.date())]))),
        )
        .child(progress.paused.then(|| notice(Kind::Info, say("follow.paused"))))
        .child(move || remarks.with(|remarks| (!remarks.is_empty()).then(|| supplement(remarks, &papers.get()))))
        .child(move || duty.with(|duty| duty.as_ref().map(duty_card)))
        .child(
            el("section").class("card").child(el("h2").child(say("follow.dates"))).child(
                el("dl")
                    .child(el("dt").child(say("receipt.number")))
                    .child(el("dd").child(progress.number.clone().unwrap_or_else(|| say("follow.no-number"))))
                    .child(el("dt").child(say("review.matter")))
                    .child(el("dd").attr("lang", "vi").child(progress.service.clone()))
                    .child(el("dt").child(say("receipt.agency")))
                    .child(el("dd").attr("lang", "vi").child(progress.agency.clone()))
                    .child(date("follow.submitted", progress.submitted))
                    .child(date("follow.received", progress.received))
                    .child(el("dt").child(say("receipt.due")))
                    .child(el("dd").child(due))
                    .child(date("follow.released", progress.released))
                    .child(date("follow.finished", progress.finished)),
            ),
        )
        .child(el("section").child(el("h2").child(say("follow.log"))).child(move || match events.get() {
            None => waiting(),
            Some(Ok(events)) => timeline(&events),
            Some(Err(_)) => el("p").class("hint").child(say("follow.no-log-here")),
        }))
}

/// What the office wants again, paper by paper.
fn supplement(remarks: &[Remark], papers: &[Requirement]) -> El {
    let name = |part: &str| {
        papers.iter().find(|paper| paper.part == part).map_or_else(|| part.to_owned(), |paper| paper.name.clone())
    };
    el("section")
        .class("card missing")
        .child(el("h2").child(say("follow.supplement")))
        .child(
            el("ul").class("rows").child(
                remarks
                    .iter()
                    .map(|remark| {
                        el("li")
                            .child(el("p").attr("lang", "vi").child(el("strong").child(name(&remark.part))))
                            .child(el("p").attr("lang", "vi").child(remark.comment.clone()))
                    })
                    .collect::<Vec<_>>(),
            ),
        )
        .child(el("p").child(say_with("follow.supplement-how", &[("hotline", &shell().config.agency.hotline)])))
}

fn duty_card(duty: &Duty) -> El {
    el("section")
        .class("card missing")
        .child(el("h2").child(say("follow.duty")))
        .child(el("p").attr("lang", "vi").child(duty.title.clone()))
        .child(el("p").class("amount").child(say_with("follow.amount", &[("amount", &number(duty.amount))])))
        .child(lines(&duty.note))
        .child(el("p").child(say(if duty.settled { "follow.duty-settled" } else { "follow.duty-how" })))
}
