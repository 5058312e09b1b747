//! A sentence that stands out: something to know, something wrong, something done.

use leptos::{either::Either, prelude::*};

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
            Kind::Late => "⏱",
        }
    }
}

/// The sentence in its box. What is wrong is spoken at once.
pub fn notice(kind: Kind, text: impl IntoView + 'static) -> AnyView {
    let role = if kind == Kind::Wrong { "alert" } else { "note" };
    view! {
        <div class=kind.class() role=role>
            <span class="sign" aria-hidden="true">{kind.sign()}</span>
            <div>{text.into_any()}</div>
        </div>
    }
    .into_any()
}

/// What is wrong, as long as something is.
pub fn wrong(text: RwSignal<Option<String>>) -> impl IntoView {
    move || text.get().map(|text| notice(Kind::Wrong, text))
}

/// "One moment": something is on its way.
pub fn waiting() -> AnyView {
    view! { <p class="waiting" role="status">{say("app.loading")}</p> }.into_any()
}

/// Lines of the portal's plain text: one as a paragraph, several as a list.
pub fn lines(texts: &[String]) -> impl IntoView + use<> {
    match texts {
        [only] => Either::Left(view! { <p lang="vi">{only.clone()}</p> }),
        many => Either::Right(view! {
            <ul lang="vi">{many.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view()}</ul>
        }),
    }
}
