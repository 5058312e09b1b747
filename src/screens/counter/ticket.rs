//! A number for the queue at the counter, and how content people are with the service there.

use leptos::{prelude::*, task::spawn_local};

use super::super::captcha::captcha;
use crate::{
    device::share,
    dossier::moment::Moment,
    messages::{say, say_with},
    portal::{Trouble, queue::Ticket},
    shell::{announce, focus, shell},
    widgets::{
        element::{El, button, el, group},
        field::{form, submit},
        heading::heading,
        notice,
    },
};

pub fn ticket() -> El {
    let letters = RwSignal::new(String::new());
    let (wrong, wrong_letters) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let (fresh, busy) = (RwSignal::new(0), RwSignal::new(false));
    let taken = RwSignal::new(None::<Ticket>);
    let take = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        wrong_letters.set(None);
        spawn_local(async move {
            let answer = shell().portal.book(&shell().config.agency.code, &letters.get_untracked()).await;
            busy.try_set(false);
            // A picture serves once.
            fresh.try_update(|count| *count += 1);
            match answer {
                Ok(ticket) => {
                    taken.try_set(Some(ticket));
                    focus("ticket");
                }
                Err(Trouble::WrongCaptcha) => {
                    wrong_letters.try_set(Some(say("trouble.captcha")));
                    focus("captcha");
                }
                Err(Trouble::Refused(_)) => drop(wrong.try_set(Some(say("ticket.full")))),
                Err(trouble) => drop(wrong.try_set(Some(say(trouble.key())))),
            }
        });
    };
    group().child(heading(say("ticket.title"))).child(move || match taken.get() {
        Some(ticket) => shown(&ticket),
        None => form("card", take)
            .child(el("p").child(say("ticket.intro")))
            .child(captcha(false, letters, fresh, wrong_letters))
            .child(notice::wrong(wrong))
            .child(submit("ticket.take", busy)),
    })
}

fn shown(ticket: &Ticket) -> El {
    let day = ticket.day.map(Moment::date).unwrap_or_default();
    el("section")
        .class("card receipt")
        .id("ticket")
        .attr("tabindex", "-1")
        .child(el("p").child(say("ticket.yours")))
        .child(el("p").class("ticket-number").child(ticket.code.clone()))
        .child(el("p").class("lead").child(say_with("ticket.when", &[("day", &day), ("time", &ticket.time)])))
        .child(el("p").child(shell().config.agency.name.clone()))
        .child(el("p").class("actions").child(button("button", say("check.print-strip"), |_| share::print_strip())))
}

/// Three answers, with faces; which of them was given is nobody's.
pub fn rate() -> El {
    let said = RwSignal::new(None::<&'static str>);
    let rate = move |answer: usize| {
        spawn_local(async move {
            let key = match shell().portal.rate_agency(&shell().config.agency.code, answer).await {
                Ok(true) => "feedback.rate-done",
                Ok(false) => "rate.already",
                Err(trouble) => trouble.key(),
            };
            announce(say(key));
            said.try_set(Some(key));
        });
    };
    let answers = [(1, "feedback.rate-3", "🙂"), (2, "feedback.rate-2", "😐"), (3, "feedback.rate-1", "🙁")];
    group().child(heading(say("rate.title"))).child(move || match said.get() {
        Some(key) => el("p").class("lead").attr("role", "status").child(say(key)),
        None => el("div").class("faces").child(
            answers
                .map(|(answer, key, face)| {
                    let sign = el("span").class("face").attr("aria-hidden", "true").child(face);
                    button("choice", group().child(sign).child(el("strong").child(say(key))), move |_| rate(answer))
                })
                .into_iter()
                .collect::<Vec<_>>(),
        ),
    })
}
