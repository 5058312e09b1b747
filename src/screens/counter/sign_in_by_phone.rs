//! Signing in at a helper's desk: on the citizen's own phone, so that no helper sees a password.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};

use super::{super::lend::TOKEN, desk::words_for};
use crate::{
    device::{camera, visit},
    journey::{scanned, spaces},
    messages::say,
    route::Route,
    shell::{announce, focus, shell},
    widgets::{
        code_camera::code_camera,
        element::{El, button, el, group},
        field::{Typing, form, submit, typed},
        notice::{self, Kind, notice},
        qr,
    },
};

/// `done` is called once the portal knows the citizen.
pub fn by_phone(done: Rc<dyn Fn()>) -> El {
    let (code, wrong, busy) = (RwSignal::new(String::new()), RwSignal::new(None::<String>), RwSignal::new(false));
    let filming = RwSignal::new(false);
    let enter = move |text: String| {
        let Some(token) = text.trim().strip_prefix(TOKEN).map(str::to_owned) else {
            return wrong.set(Some(say("lend.wrong")));
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        filming.set(false);
        let done = done.clone();
        spawn_local(async move {
            let kept = spaces::sign_in(&token).await;
            let known = shell().portal.who().await;
            busy.try_set(false);
            code.try_set(String::new());
            let said = match (kept, known) {
                (Ok(()), Ok(Some(_))) => {
                    announce(say("sign-in.done"));
                    return done();
                }
                (Err(error), _) => say(error.key()),
                (_, Ok(None)) => say("lend.over"),
                (_, Err(trouble)) => say(trouble.key()),
            };
            wrong.try_set(Some(said));
        });
    };
    let (typed_in, seen, read) = (enter.clone(), enter.clone(), enter);
    scanned::hear(move |text| {
        let ours = text.starts_with(TOKEN);
        if ours {
            read(text.to_owned());
        }
        ours
    });
    form("card sign-in", move || typed_in(code.get_untracked()))
        .child(el("h2").child(say("lend.at-desk")))
        .child(notice(Kind::Info, say("lend.no-password")))
        .child(words_for("words.sign-in"))
        .child(
            el("ol")
                .child(el("li").child(say("lend.step-1")))
                .child(el("li").child(say("lend.step-2")))
                .child(el("li").child(say("lend.step-3"))),
        )
        .child(qr::qr(&visit::link(&Route::Lend.path(), ""), &say("lend.link")))
        .child(move || {
            let seen = seen.clone();
            if filming.get() {
                return code_camera(seen, move || {
                    filming.set(false);
                    focus("lend-scan");
                });
            }
            group().child(
                camera::is_known()
                    .then(|| button("button plain", say("lend.scan"), move |_| filming.set(true)).id("lend-scan")),
            )
        })
        .child(typed("lend-code", "lend-code", Typing::default(), code, wrong))
        .child(notice::wrong(wrong))
        .child(submit("sign-in.enter", busy))
}
