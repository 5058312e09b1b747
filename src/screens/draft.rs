//! What all steps of a draft share: it is opened from the device first, and may be gone.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    device::store::StoreError,
    dossier::sending::Sending,
    journey::{
        drafts::{self, Open, State},
        privacy,
    },
    messages::say,
    route::{Route, Step},
    shell::{announce, focus, go_instead},
    widgets::{
        dialogue::ask_first,
        element::{El, el, group},
        field::{Typing, form, submit, typed},
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
        State::NotSaved(StoreError::Locked) if open.peek().is_none() => 4,
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
            4 => locked(open, id.clone()),
            2 => group().child(heading(say("draft.gone-title"))).child(notice(Kind::Wrong, say("store.blocked"))),
            _ => step(open),
        })
        .child(move || match open.state() {
            State::NotSaved(error) if phase.get() == 3 => Some(notice(Kind::Wrong, say(error.key()))),
            _ => None,
        })
}

/// Asks for the PIN of a locked draft.
fn locked(open: Open, id: String) -> El {
    let pin = RwSignal::new(String::new());
    let (wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let unlock = {
        let id = id.clone();
        move || {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            wrong.set(None);
            let (id, typed) = (id.clone(), pin.get_untracked());
            spawn_local(async move {
                if !privacy::unlock(open, &id, &typed).await {
                    wrong.try_set(Some(say("lock.wrong")));
                    focus("pin");
                }
                busy.try_set(false);
            });
        }
    };
    group()
        .child(heading(say("lock.title")))
        .child(
            form("card", unlock)
                .child(typed("pin", "pin", Typing::default(), pin, wrong))
                .child(submit("lock.open", busy)),
        )
        .child(el("p").class("hint").child(say("lock.forgotten")))
        .child(ask_first("draft/forget", say("home.forget"), say("home.forget-ask"), move || forget(id.clone())))
}

/// Deletes a draft for good and goes home.
pub fn forget(id: String) {
    spawn_local(async move {
        match drafts::forget(&id).await {
            Ok(()) => go_instead(Route::Home),
            Err(error) => announce(say(error.key())),
        }
    });
}
