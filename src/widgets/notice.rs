//! A sentence that stands out: something to know, something wrong, something done.

use leptos::prelude::*;

use super::{
    element::{El, View, el, group},
    explained::explained,
};
use crate::messages::say;

/// What kind of sentence it is. Each has its own sign, so that colour is never the only difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Info,
    Wrong,
    Done,
    /// A date has passed or is near.
    Late,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Kind::Info => "notice info",
            Kind::Wrong => "notice wrong",
            Kind::Done => "notice done",
            Kind::Late => "notice late",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Kind::Info => "i",
            Kind::Wrong => "!",
            Kind::Done => "✓",
            Kind::Late => "!",
        }
    }
}

/// The sentence in its box. What is wrong is spoken at once.
pub fn notice(kind: Kind, text: impl View) -> El {
    let role = if kind == Kind::Wrong { "alert" } else { "note" };
    el("div")
        .class(kind.class())
        .attr("role", role)
        .child(el("span").class("sign").attr("aria-hidden", "true").child(kind.sign()))
        .child(el("div").child(text))
}

/// What is wrong, as long as something is.
pub fn wrong(text: RwSignal<Option<String>>) -> impl View {
    move || text.get().map(|text| notice(Kind::Wrong, text))
}

/// "One moment": something is on its way.
pub fn waiting() -> El {
    el("p").class("waiting").attr("role", "status").child(say("app.loading"))
}

/// Lines of the portal's plain text: one as a paragraph, several as a list, none as nothing.
pub fn lines(texts: &[String]) -> El {
    match texts {
        [] => group(),
        [only] => el("p").child(explained(only)),
        many => el("ul").child(many.iter().map(|line| el("li").child(explained(line))).collect::<Vec<_>>()),
    }
}
