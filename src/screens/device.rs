//! What this device holds of the citizen's, and how to forget all of it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    device::wipe,
    dossier::draft::Card,
    messages::{say, say_with, size},
    shell::shell,
    widgets::{
        dialogue::ask_first,
        element::{El, el, group},
        heading::heading,
        notice::{self, Kind, notice},
    },
};

pub fn screen() -> El {
    let cards = RwSignal::new_local(None::<Vec<Card>>);
    let wrong = RwSignal::new(None::<String>);
    spawn_local(async move {
        let held = match &shell().store {
            Ok(store) => store.cards().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        cards.try_set(Some(held));
    });
    let held = move || {
        cards.with(|cards| {
            let cards = cards.as_ref()?;
            let sent = cards.iter().filter(|card| card.is_sent).count();
            let bytes: i64 = cards.iter().map(|card| card.bytes).sum();
            Some(say_with(
                "device.holds",
                &[
                    ("drafts", &(cards.len() - sent).to_string()),
                    ("sent", &sent.to_string()),
                    ("size", &size(bytes.max(0) as u64)),
                ],
            ))
        })
    };
    let wipe_all = move || {
        spawn_local(async move {
            // Who is signed in is not signed in any more; without a network the portal ends the session by itself.
            let _ = shell().portal.sign_out().await;
            if wipe::everything(shell().store.as_ref().ok()).await {
                let _ = window().location().replace("/");
            } else {
                wrong.try_set(Some(say("device.not-wiped")));
            }
        });
    };
    let blocked = shell().store.as_ref().err().map(|error| notice(Kind::Wrong, say(error.key())));
    group()
        .child(heading(say("device.title")))
        .child(blocked)
        .child(el("p").attr("role", "status").child(held))
        .child(el("p").class("hint").child(say("device.only-here")))
        .child(
            el("p")
                .class("actions")
                .child(el("a").class("button plain").attr("href", "/nhan-ho-so").child(say("device.receive"))),
        )
        .child(
            el("section")
                .class("card")
                .child(el("h2").child(say("device.wipe-title")))
                .child(el("p").child(say("device.wipe-what")))
                .child(notice::wrong(wrong))
                .child(ask_first("device/wipe", say("device.wipe"), say("device.wipe-ask"), wipe_all)),
        )
        .child(el("p").child(el("a").attr("href", "/").child(say("app.to-home"))))
}
