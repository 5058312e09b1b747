//! What all steps of a draft share: it is opened from the device first, and may be gone.

use leptos::prelude::*;

use crate::{
    dossier::sending::Sending,
    journey::drafts::{Open, State},
    messages::say,
    route::{Route, Step},
    shell::go_instead,
    widgets::{
        element::{El, el, group},
        heading::heading,
        notice::{Kind, notice, waiting},
    },
};

/// Like `with`, for the steps before sending: a dossier that was sent is not changed any more, so its receipt is shown.
pub fn unsent(id: String, step: impl Fn(Open) -> El + Send + Sync + 'static) -> El {
    with(id, move |open| match open.peek() {
        Some(draft) if matches!(draft.sending, Sending::Sent(_)) => {
            go_instead(Route::Draft(draft.id, Step::Receipt));
            group()
        }
        _ => step(open),
    })
}

/// Opens the draft and shows the step once it is there.
pub fn with(id: String, step: impl Fn(Open) -> El + Send + Sync + 'static) -> El {
    let open = Open::new(&id);
    // The step is built once; what changes within the draft is the step's own to follow.
    let phase = Memo::new(move |_| match open.state() {
        State::Loading => 0,
        State::Gone => 1,
        State::NotSaved(_) if open.peek().is_none() => 2,
        _ => 3,
    });
    group()
        .child(move || match phase.get() {
            0 => waiting(),
            1 => group()
                .child(heading(say("draft.gone-title")))
                .child(notice(Kind::Info, say("draft.gone")))
                .child(el("p").child(el("a").class("button").attr("href", "/thu-tuc").child(say("home.do")))),
            2 => group().child(heading(say("draft.gone-title"))).child(notice(Kind::Wrong, say("store.blocked"))),
            _ => step(open),
        })
        .child(move || match open.state() {
            State::NotSaved(error) if phase.get() == 3 => Some(notice(Kind::Wrong, say(error.key()))),
            _ => None,
        })
}
