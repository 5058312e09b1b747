//! At the counter: papers photographed with the citizen's own phone.

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use super::super::sign_in;
use crate::{
    device::{idle, visit},
    journey::{drafts::Open, relay},
    messages::{say, say_with},
    portal::Trouble,
    route::Route,
    shell::announce,
    widgets::{
        element::{El, button, el, group},
        notice::{self, Kind, notice, waiting},
        qr,
    },
};

/// How often the portal is asked what has come.
const EVERY_MS: u32 = 3_000;

/// How far it is.
#[derive(Clone)]
enum Stage {
    Not,
    Busy,
    SignIn,
    /// The phone can find the dossier; so many papers have come.
    Offered(i64, usize),
}

/// The way to it, below the list of papers.
pub fn by_phone(draft: &str) -> El {
    let open = Open::behind(draft);
    let stage = RwSignal::new(Stage::Not);
    let wrong = RwSignal::new(None::<String>);
    let begin = move || {
        stage.set(Stage::Busy);
        wrong.set(None);
        spawn_local(async move {
            open.loaded().await;
            let (dossier, before) = match relay::offer(open).await {
                Ok(offered) => offered,
                Err(Trouble::SignInNeeded) => {
                    stage.try_set(Stage::SignIn);
                    return;
                }
                Err(trouble) => {
                    wrong.try_set(Some(say(trouble.key())));
                    stage.try_set(Stage::Not);
                    return;
                }
            };
            let mut last = 0;
            // As long as the screen stands.
            while stage.try_set(Stage::Offered(dossier, last)).is_none() {
                TimeoutFuture::new(EVERY_MS).await;
                if let Ok(count) = relay::look(open, dossier, &before).await
                    && count != last
                {
                    last = count;
                    // Whoever photographs is there, without touching this screen.
                    idle::touched();
                    announce(say_with("by-phone.come", &[("n", &count.to_string())]));
                }
            }
        });
    };
    el("section").class("card").child(el("h2").child(say("by-phone.title"))).child(notice::wrong(wrong)).child(
        move || match stage.get() {
            Stage::Not => button("button plain", say("by-phone.begin"), move |_| begin()).id("by-phone"),
            Stage::Busy => waiting(),
            Stage::SignIn => group().child(el("p").child(say("by-phone.sign-in"))).child(sign_in::form(None, begin)),
            Stage::Offered(dossier, count) => group()
                .child(el("p").child(say("by-phone.how")))
                .child(qr::qr(&visit::link(&Route::Relay(dossier).path(), ""), &say("by-phone.code")))
                .child(
                    (count > 0).then(|| notice(Kind::Done, say_with("by-phone.come", &[("n", &count.to_string())]))),
                ),
        },
    )
}
