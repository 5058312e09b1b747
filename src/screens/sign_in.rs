//! Signing in to the portal, in the place where it is needed; or registering there with what was written down already.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};

use super::captcha::captcha;
use crate::{
    device::visit,
    dossier::person::Person,
    journey::outbox,
    messages::{say, say_with},
    portal::{Trouble, account::SignIn},
    shell::{announce, shell},
    widgets::{
        element::{El, button, el, group},
        field::{self, Typing, field, submit},
        notice,
        opened::opened,
    },
};

/// The form. `person` is who would be registered; `done` is called once the portal knows the citizen.
pub fn form(person: Option<Person>, done: impl Fn() + Clone + Send + Sync + 'static) -> El {
    // Wherever it is done, what else waited for it goes on. Last: what is begun twice is not waited for between its tries.
    let done = move || {
        done();
        outbox::signed_in();
    };
    if let Some(elsewhere) = shell().sign_in {
        return elsewhere(Rc::new(done));
    }
    let (email, password, letters) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (wrong, wrong_letters) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let (fresh, busy) = (RwSignal::new(0), RwSignal::new(false));
    let registering = opened("sign-in/registering");
    let captcha_wanted = opened("sign-in/captcha");

    let enter = {
        let (person, done) = (person.clone(), done.clone());
        move || {
            let (person, done) = (person.clone(), done.clone());
            let (mail, secret, typed) = (email.get_untracked(), password.get_untracked(), letters.get_untracked());
            if !mail.contains('@') || secret.is_empty() {
                wrong.set(Some(say("sign-in.empty")));
                return;
            }
            wrong.set(None);
            wrong_letters.set(None);
            busy.set(true);
            spawn_local(async move {
                let portal = &shell().portal;
                let mut registered = Ok(());
                if let (true, Some(person)) = (registering.get_untracked(), &person) {
                    registered = portal.register(person, &mail, &secret, &typed).await;
                }
                let typed = captcha_wanted.get_untracked().then_some(typed.as_str());
                let answer = match registered {
                    Ok(()) => portal.sign_in(&mail, &secret, typed).await,
                    Err(trouble) => Err(trouble),
                };
                busy.try_set(false);
                match answer {
                    Ok(SignIn::Done) => {
                        password.try_set(String::new());
                        announce(say("sign-in.done"));
                        visit::note_signed_in();
                        done();
                    }
                    Ok(SignIn::CaptchaWanted) => {
                        captcha_wanted.try_set(true);
                        wrong.try_set(Some(say("sign-in.captcha")));
                    }
                    Ok(other) => {
                        wrong.try_set(Some(say(match other {
                            SignIn::NotActive => "sign-in.not-active",
                            SignIn::LockedOut => "sign-in.locked",
                            SignIn::PasswordExpired => "sign-in.expired",
                            _ => "sign-in.wrong",
                        })));
                    }
                    Err(Trouble::WrongCaptcha) => {
                        wrong_letters.try_set(Some(say("trouble.captcha")));
                        fresh.try_update(|count| *count += 1);
                    }
                    Err(Trouble::Refused(_)) if registering.get_untracked() => {
                        wrong.try_set(Some(say("sign-in.exists")));
                        fresh.try_update(|count| *count += 1);
                    }
                    Err(trouble) => {
                        wrong.try_set(Some(say(trouble.key())));
                    }
                }
            });
        }
    };
    let can_register = person.is_some();
    // Signing in and registering are two forms to the browser's password keeper, each built in one piece.
    group().child(move || {
        let new = registering.get();
        let enter = enter.clone();
        let autofill = if new { "new-password" } else { "current-password" };
        let mail = field(
            "email".into(),
            "email",
            Typing { kind: "email", keyboard: "email", autofill: "email" },
            move || email.get(),
            || None,
            move |text| email.set(text),
        );
        let secret = field(
            "password".into(),
            "password",
            Typing { kind: "password", keyboard: "", autofill },
            move || password.get(),
            || None,
            move |text| password.set(text),
        );
        let pressed = move |_| registering.update(|now| *now = !*now);
        let other = button("plain", say(if new { "sign-in.have" } else { "sign-in.have-not" }), pressed);
        let hotline = &shell().config.agency.hotline;
        let title = say(if new { "sign-in.register-title" } else { "sign-in.title" });
        field::form("card sign-in", enter)
            .attr("aria-label", title.clone())
            .child(el("h2").child(title))
            .child(el("p").class("hint").child(say("sign-in.safe")))
            .child(notice::wrong(wrong))
            .child(mail)
            .child(secret)
            .child(move || (new || captcha_wanted.get()).then(|| captcha(!new, letters, fresh, wrong_letters)))
            .child(submit(if new { "sign-in.register" } else { "sign-in.enter" }, busy))
            .child(can_register.then_some(other))
            .child(el("p").class("hint").child(say_with("sign-in.help", &[("hotline", hotline)])))
    })
}
