//! The kiosk's first screen: large doors, for whoever comes next.

use super::{super::home::door, desk};
use crate::{
    messages::say,
    shell::shell,
    widgets::{
        element::{El, el, group},
        heading::heading,
        notice::{Kind, notice},
    },
};

pub fn screen() -> El {
    // Nothing leads back to the person before.
    shell().trail.borrow_mut().clear();
    let blocked = shell().library().is_none().then(|| notice(Kind::Info, say("kiosk.outage")));
    group()
        .child(heading(say("kiosk.welcome")))
        .child(blocked)
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
