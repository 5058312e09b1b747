//! Say something to the office: a question, a complaint, a thank-you.

use leptos::{prelude::*, task::spawn_local};

use super::captcha::captcha;
use crate::{
    device::visit,
    messages::{say, say_with},
    portal::{Trouble, feedback::Feedback},
    shell::{focus, shell},
    widgets::{
        element::{El, el, group},
        field::{Typing, answer, field, form, submit},
        heading::heading,
        notice::{self, Kind, notice},
    },
};

/// Under this name what was typed is kept until it is sent.
const KEPT: &str = "feedback";

/// What it is about.
const ABOUT: [&str; 4] = ["feedback.dossier", "feedback.manner", "feedback.late", "feedback.app"];

pub fn screen() -> El {
    let (text, name, phone) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let letters = RwSignal::new(String::new());
    let (wrong, wrong_text, wrong_letters) =
        (RwSignal::new(None::<String>), RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    // What another screen wrote down comes first, once.
    text.set(visit::remembered(visit::COMPLAINT));
    let about = RwSignal::new(if text.with_untracked(String::is_empty) { ABOUT[0] } else { "feedback.late" });
    visit::remember(visit::COMPLAINT, "");
    let (fresh, busy, sent) = (RwSignal::new(0), RwSignal::new(false), RwSignal::new(None::<Option<i64>>));
    spawn_local(async move {
        if let Ok(store) = &shell().store
            && let Ok(Some((kept_text, kept_name, kept_phone))) = store.kept::<(String, String, String)>(KEPT).await
        {
            if text.try_with_untracked(String::is_empty) == Some(true) {
                text.try_set(kept_text);
            }
            name.try_set(kept_name);
            phone.try_set(kept_phone);
        }
    });
    let keep = move || {
        let typed = (text.get_untracked(), name.get_untracked(), phone.get_untracked());
        spawn_local(async move {
            if let Ok(store) = &shell().store {
                let _ = store.keep(KEPT, &typed).await;
            }
        });
    };
    let send = move || {
        wrong.set(None);
        wrong_letters.set(None);
        wrong_text.set(text.with_untracked(|text| text.trim().is_empty()).then(|| say("feedback.empty")));
        if wrong_text.get_untracked().is_some() {
            focus("feedback-text");
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let feedback = Feedback {
            name: name.get_untracked(),
            phone: phone.get_untracked(),
            email: String::new(),
            // The portal's form has no field for it: the office reads it first.
            text: format!("{}: {}", say(about.get_untracked()), text.get_untracked()),
        };
        spawn_local(async move {
            let answer = shell().portal.send_feedback(&feedback, &letters.get_untracked()).await;
            busy.try_set(false);
            match answer {
                Ok(number) => {
                    text.try_set(String::new());
                    keep();
                    sent.try_set(Some(number));
                    focus("sent");
                }
                Err(Trouble::WrongCaptcha) => {
                    wrong_letters.try_set(Some(say("trouble.captcha")));
                    fresh.try_update(|count| *count += 1);
                    focus("captcha");
                }
                Err(trouble) => {
                    wrong.try_set(Some(say(trouble.key())));
                    fresh.try_update(|count| *count += 1);
                }
            }
        });
    };
    let agency = &shell().config.agency;
    group()
        .child(heading(say("feedback.title")))
        .child(el("p").class("lead").child(say_with("feedback.call", &[("hotline", &agency.hotline)])))
        .child(
            el("p").child(
                [agency.name.clone(), agency.address.clone()]
                    .into_iter()
                    .filter(|line| !line.is_empty())
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
        )
        .child(el("div").id("sent").attr("tabindex", "-1").child(move || {
            sent.get().map(|number| {
                let number = number.map(|number| number.to_string()).unwrap_or_default();
                notice(Kind::Done, say_with("feedback.sent", &[("number", &number)]))
            })
        }))
        .child(
            form("card", send)
                .child(
                    el("fieldset").child(el("legend").child(say("feedback.about"))).child(
                        ABOUT
                            .map(|key| {
                                let id = key.replace('.', "-");
                                answer(id, "about", key, move || about.get() == key, move || about.set(key))
                            })
                            .into_iter()
                            .collect::<Vec<_>>(),
                    ),
                )
                .child(el("p").class("hint").child(say("feedback.no-secrets")))
                .child(
                    el("div")
                        .class("field")
                        .toggle("bad", move || wrong_text.get().is_some())
                        .child(el("label").attr("for", "feedback-text").child(say("field.feedback")))
                        .child(
                            el("textarea")
                                .id("feedback-text")
                                .attr("rows", "6")
                                .attr("aria-describedby", "feedback-text-error")
                                .attr("aria-invalid", move || wrong_text.get().is_some().to_string())
                                .prop("value", move || text.get())
                                .on_text("input", move |typed| {
                                    text.set(typed);
                                    keep();
                                }),
                        )
                        .child(el("p").class("error").id("feedback-text-error").child(move || wrong_text.get())),
                )
                .child(field(
                    "feedback-name".into(),
                    "feedback-name",
                    Typing { autofill: "name", ..Typing::default() },
                    move || name.get(),
                    || None,
                    move |typed| {
                        name.set(typed);
                        keep();
                    },
                ))
                .child(field(
                    "feedback-phone".into(),
                    "feedback-phone",
                    Typing { kind: "tel", keyboard: "tel", autofill: "tel" },
                    move || phone.get(),
                    || None,
                    move |typed| {
                        phone.set(typed);
                        keep();
                    },
                ))
                .child(captcha(false, letters, fresh, wrong_letters))
                .child(notice::wrong(wrong))
                .child(submit("feedback.send", busy)),
        )
}
