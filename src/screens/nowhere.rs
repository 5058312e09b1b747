//! For addresses that no screen answers.

use crate::{
    messages::say,
    widgets::{
        element::{El, el, group},
        heading::heading,
    },
};

pub fn screen() -> El {
    group()
        .child(heading(say("nowhere.title")))
        .child(el("p").child(say("nowhere.text")))
        .child(el("p").child(el("a").class("button").attr("href", "/").child(say("app.to-home"))))
}
