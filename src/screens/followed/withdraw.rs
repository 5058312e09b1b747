//! Asking for the dossier back, with a reason and after a clear warning.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    messages::{say, say_with},
    portal::Trouble,
    shell::{announce, focus, shell},
    widgets::{
        element::{El, button, el, group},
        field::{Typing, form, submit, typed},
        notice::{self, Kind, notice},
    },
};

pub fn withdraw(dossier: i64, agency: String, reload: Rc<dyn Fn()>) -> El {
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let (fault, wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>), RwSignal::new(false));
    let send = move || {
        fault.set(reason.with_untracked(|reason| reason.trim().is_empty()).then(|| say("withdraw.reason-empty")));
        wrong.set(None);
        if fault.with_untracked(Option::is_some) {
            return focus("withdraw-reason");
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (agency, reload) = (agency.clone(), reload.clone());
        spawn_local(async move {
            let answer = shell().portal.withdraw(dossier, reason.get_untracked().trim()).await;
            busy.try_set(false);
            let hotline = &shell().config.agency.hotline;
            match answer {
                Ok(()) => {
                    announce(say("status.7a"));
                    reload();
                }
                Err(Trouble::NotNow) => {
                    wrong.try_set(Some(say_with("withdraw.cannot", &[("hotline", hotline), ("agency", &agency)])));
                }
                Err(Trouble::SignInNeeded) => {
                    wrong.try_set(Some(say("follow.sign-in-first")));
                }
                // Its answer was lost: whether the office has the wish, it tells itself.
                Err(trouble) if trouble.may_pass() => {
                    announce(say("withdraw.unsure"));
                    wrong.try_set(Some(say("withdraw.unsure")));
                }
                Err(_) => {
                    wrong.try_set(Some(say("withdraw.failed")));
                }
            }
        });
    };
    let hotline = &shell().config.agency.hotline;
    group().child(move || {
        if !open.get() {
            return button("plain", say("withdraw.title"), move |_| {
                open.set(true);
                focus("withdraw");
            });
        }
        form("card missing", send.clone())
            .id("withdraw")
            .attr("tabindex", "-1")
            .child(el("h2").child(say("withdraw.title")))
            .child(notice(
                Kind::Late,
                group()
                    .child(el("p").child(say("withdraw.warning")))
                    .child(el("p").child(say_with("withdraw.money", &[("hotline", hotline)])))
                    .child(el("p").child(say_with("withdraw.instead", &[("hotline", hotline)]))),
            ))
            .child(typed("withdraw-reason", "withdraw-reason", Typing::default(), reason, fault))
            .child(notice::wrong(wrong))
            .child(
                el("p")
                    .class("actions")
                    .child(button("plain", say("withdraw.no"), move |_| open.set(false)))
                    .child(submit("withdraw.yes", busy)),
            )
    })
}
