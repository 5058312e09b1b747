//! The kiosk's first screen: large doors, for whoever comes next.

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use super::{super::home::door, desk};
use crate::{
    journey::leaving,
    messages::say,
    shell::shell,
    widgets::{
        element::{El, el, group},
        heading::heading,
        notice::{Kind, notice},
    },
};

/// How often a portal that does not answer is asked again.
const AGAIN_MS: u32 = 30_000;

pub fn screen() -> El {
    // Nothing leads back to the person before.
    shell().trail.borrow_mut().clear();
    let outage = RwSignal::new(shell().library().is_none() || !leaving::heard_portal());
    spawn_local(async move {
        while outage.try_get_untracked() == Some(true) {
            TimeoutFuture::new(AGAIN_MS).await;
            if leaving::hears_portal().await && shell().library().is_some() {
                outage.try_set(false);
            }
        }
    });
    group()
        .child(heading(say("kiosk.welcome")))
        .child(move || outage.get().then(|| notice(Kind::Info, say("kiosk.outage"))))
        .child(
            el("nav")
                .class("doors")
                .attr("aria-label", say("home.doors"))
                .child(door("/thu-tuc", "home.do", "home.do-hint", "sign do"))
                .child(door("/tra-cuu", "home.follow", "home.follow-hint", "sign look"))
                .child(door("/phan-anh", "home.feedback", "home.feedback-hint", "sign talk")),
        )
        .child(
            el("p").class("actions").child(desk::ticket_link()).child(
                (!shell().config.agency.code.is_empty())
                    .then(|| el("a").class("button plain").attr("href", "/danh-gia").child(say("rate.title"))),
            ),
        )
        .child(el("p").class("lead").child(say("kiosk.forgets")))
}
