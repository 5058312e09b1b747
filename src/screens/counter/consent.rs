//! The citizen agrees to be helped, before anything is written down.

use leptos::{prelude::*, task::spawn_local};

use super::desk::words_for;
use crate::{
    device::visit,
    journey::spaces,
    messages::say,
    widgets::{
        element::{El, button, el, group},
        heading::heading,
        notice,
    },
};

/// `agreed` is called once the agreement is on the device.
pub fn screen(agreed: impl Fn() + Copy + 'static) -> El {
    let wrong = RwSignal::new(None::<String>);
    let agree = move |aloud: bool| {
        spawn_local(async move {
            match spaces::agree(aloud).await {
                Ok(()) => agreed(),
                Err(error) => drop(wrong.try_set(Some(say(error.key())))),
            }
        });
    };
    let texts = ["consent.text-1", "consent.text-2", "consent.text-3", "consent.text-4"];
    group()
        .child(heading(say("consent.title")))
        .child(words_for("words.consent"))
        .child(
            el("ol").class("consent").child(texts.map(|key| el("li").child(say(key))).into_iter().collect::<Vec<_>>()),
        )
        .child(notice::wrong(wrong))
        .child(
            el("p")
                .class("actions")
                .child(button("button", say("consent.agree"), move |_| agree(false)))
                .child(button("button plain", say("consent.aloud"), move |_| agree(true)))
                .child(button("plain", say("consent.refuse"), |_| visit::enter_space(None))),
        )
        .child(el("p").class("hint").child(say("consent.wait")))
}
