//! Signing in on one's own phone for a device at the counter: the password is typed here, the counter gets a token that lives
//! a quarter of an hour, by a code from screen to screen.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    messages::say,
    portal::Trouble,
    shell::{focus, shell},
    widgets::{
        element::{El, el, group},
        field::{Typing, form, submit, typed},
        heading::heading,
        notice::{self, Kind, notice},
        qr,
    },
};

/// What the code of a token begins with.
pub const TOKEN: &str = "MC1:";

pub fn screen() -> El {
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (none, wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>), RwSignal::new(false));
    let token = RwSignal::new(None::<String>);
    let enter = move || {
        if busy.get_untracked() {
            return;
        }
        let (mail, secret) = (email.get_untracked(), password.get_untracked());
        if !mail.contains('@') || secret.is_empty() {
            return wrong.set(Some(say("sign-in.empty")));
        }
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let answer = shell().portal.token(&mail, &secret).await;
            busy.try_set(false);
            match answer {
                Ok(lent) => {
                    password.try_set(String::new());
                    token.try_set(Some(lent));
                    focus("lent");
                }
                Err(Trouble::NotAllowed | Trouble::Refused(_)) => {
                    wrong.try_set(Some(say("sign-in.wrong")));
                }
                Err(trouble) => {
                    wrong.try_set(Some(say(trouble.key())));
                }
            }
        });
    };
    let mail = Typing { kind: "email", keyboard: "email", autofill: "email" };
    let secret = Typing { kind: "password", keyboard: "", autofill: "current-password" };
    group().child(heading(say("lend.title"))).child(el("p").class("lead").child(say("lend.intro"))).child(move || {
        if let Some(token) = token.get() {
            return el("section")
                .class("card")
                .id("lent")
                .attr("tabindex", "-1")
                .child(notice(Kind::Done, say("lend.ready")))
                .child(qr::on_screen(&format!("{TOKEN}{token}"), &say("lend.code")))
                .child(el("p").class("hint").child(say("lend.minutes")));
        }
        form("card", enter)
            .child(el("p").class("hint").child(say("sign-in.safe")))
            .child(notice::wrong(wrong))
            .child(typed("email", "email", mail, email, none))
            .child(typed("password", "password", secret, password, none))
            .child(submit("sign-in.enter", busy))
    })
}
