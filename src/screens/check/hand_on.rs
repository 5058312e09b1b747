//! The checklist on paper, or on another phone: a link that carries the procedure, the case and the answers, nothing else.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    catalogue::questions::{Answers, to_link},
    device::{share, visit},
    messages::say,
    shell::{announce, shell},
    widgets::{
        element::{El, button, el},
        qr,
    },
};

/// Print on A4 or on a receipt's strip, share, and a QR code to go on with at home.
pub fn hand_on(path: String, answers: RwSignal<Answers>, title: String) -> El {
    let link = move || visit::link(&path, &to_link(&answers.get()));
    let shared = link.clone();
    let share = move |_| {
        let (title, link) = (title.clone(), untrack(&shared));
        spawn_local(async move {
            match share::share(&title, &link).await {
                share::Shared::Copied => announce(say("check.copied")),
                share::Shared::Sheet | share::Shared::Not => {}
            }
        });
    };
    el("section")
        .class("hand-on")
        .child(el("h2").child(say("check.hand-on")))
        .child(
            el("p")
                .class("actions")
                // A kiosk's printer has the strip.
                .child((!shell().mode.forgets()).then(|| button("plain", say("app.print"), |_| share::print_all())))
                .child(button("plain", say("check.print-strip"), |_| share::print_strip()))
                .child((!shell().mode.forgets()).then(|| button("plain", say("check.share"), share))),
        )
        .child(
            el("details")
                .class("code")
                .child(el("summary").child(say("check.qr")))
                .child(el("p").class("hint").child(say("check.qr-hint")))
                .child(move || qr::qr(&link(), &say("check.qr"))),
        )
}
