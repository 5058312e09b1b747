//! Money that the dossier waits for: what, how much, to whom; and three things that come at different times: the notice, the
//! payment, the office's word that it has it.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use web_sys::Event;

use crate::{
    device::files,
    dossier::{progress::Duty, vietqr::transfer},
    messages::{number, say, say_with},
    portal::Trouble,
    shell::{announce, shell},
    widgets::{
        element::{El, el, group},
        field::chooser,
        notice::{self, Kind, lines, notice},
        qr,
    },
};

pub fn duty(duty: &Duty, dossier: i64, called: &str, reload: Rc<dyn Fn()>) -> El {
    let tick = |done: bool, yes: &str, no: &str| {
        let (sign, text) = if done { ("✓ ", yes) } else { ("○ ", no) };
        el("li").child(el("span").attr("aria-hidden", "true").child(sign)).child(say(text))
    };
    let (amount, content) = (duty.amount, format!("HS {called}"));
    let account = duty.account.as_ref().map(|account| {
        let line =
            |key: &str, text: &str| group().child(el("dt").child(say(key))).child(el("dd").child(text.to_owned()));
        let code = transfer(account, amount, &content).and_then(|text| qr::qr(&text, &say("duty.code")));
        group()
            .child(
                el("dl")
                    .child(line("duty.holder", &account.holder))
                    .child(line("duty.bank", &account.bank))
                    .child(line("duty.number", &account.number))
                    .child(line("duty.content", &content)),
            )
            .child(code.map(|code| group().child(code).child(el("p").class("hint").child(say("duty.code-how")))))
    });
    let owed = !duty.settled;
    el("section")
        .class(if duty.settled { "card ready" } else { "card missing" })
        .child(el("h2").child(say("duty.title")))
        .child(el("p").attr("lang", "vi").child(if duty.title.is_empty() {
            say("duty.what-unknown")
        } else {
            duty.title.clone()
        }))
        .child(el("p").class("amount").child(say_with("duty.amount", &[("amount", &number(duty.amount))])))
        .child(lines(&duty.note))
        .child(
            (!duty.payee.is_empty())
                .then(|| el("p").attr("lang", "vi").child(say_with("duty.to", &[("payee", &duty.payee)]))),
        )
        .child(el("p").class("hint").child(say("duty.no-deadline")))
        .child(
            el("ul")
                .class("rows ticks-done")
                .child(tick(true, "duty.notice-done", "duty.notice-not-yet"))
                .child(tick(duty.paid.is_some() || duty.settled, "duty.paid-done", "duty.paid-not-yet"))
                .child(tick(duty.settled, "duty.confirmed-done", "duty.confirmed-not-yet")),
        )
        .child((owed && duty.paid.is_some()).then(|| notice(Kind::Info, say("duty.wait"))))
        .child(owed.then(|| notice(Kind::Info, say("duty.safe"))))
        .child(owed.then(|| {
            group()
                .child(duty.pay_at.as_ref().map(|page| {
                    el("p").child(
                        el("a")
                            .class("button")
                            .attr("href", page.clone())
                            .attr("rel", "noreferrer")
                            .child(say("duty.pay")),
                    )
                }))
                .child(account)
                .child(lines(&duty.account_text))
                .child(proof(duty.clone(), dossier, reload))
        }))
}

/// Handing in the picture of the receipt.
fn proof(duty: Duty, dossier: i64, reload: Rc<dyn Fn()>) -> El {
    let (wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let picked = move |event: Event| {
        let Some(file) = files::picked(&event).into_iter().next() else { return };
        let (duty, reload) = (duty.clone(), reload.clone());
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let sent = match files::bytes(&file).await {
                Some(bytes) => shell().portal.report_paid(dossier, &duty, &bytes).await,
                None => Err(Trouble::Nonsense),
            };
            busy.try_set(false);
            match sent {
                Ok(()) => {
                    announce(say("duty.proof-sent"));
                    reload();
                }
                Err(Trouble::SignInNeeded) => {
                    wrong.try_set(Some(say("follow.sign-in-first")));
                }
                Err(trouble) => {
                    wrong.try_set(Some(say(trouble.key())));
                }
            }
        });
    };
    group()
        .child(notice::wrong(wrong))
        .child(chooser("proof", "duty.proof", "image/jpeg,image/png", false, picked))
        .child(el("p").attr("role", "status").child(move || busy.get().then(|| say("app.loading"))))
}
