//! Say something to the office: a question, a complaint, a thank-you.

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use web_sys::{Blob, Event};

use super::captcha::captcha;
use crate::{
    device::{
        files::{self, Address},
        share::{self, Shared},
        store::PageFile,
        visit,
    },
    dossier::moment::Moment,
    messages::{say, say_with},
    portal::{
        self, Trouble,
        feedback::{Answered, Feedback},
    },
    shell::{announce, focus, now, shell},
    widgets::{
        element::{El, button, el, group},
        field::{Typing, answer, chooser, field, form, submit},
        heading::heading,
        notice::{self, Kind, lines, notice, waiting},
    },
};

/// Under this name what was typed is kept until it is sent.
const KEPT: &str = "feedback";

/// Under this one, the photograph that goes with it, as a page of that name.
const PHOTO: &str = "photo";
/// Under this one, what was sent; so many of it.
const SENT: &str = "feedback-sent";
const MOST: usize = 20;

/// What was typed, as it is kept.
#[derive(Serialize, Deserialize)]
struct Typed {
    text: String,
    name: String,
    phone: String,
    #[serde(default)]
    about: String,
}

/// What it is about.
const ABOUT: [&str; 4] = ["feedback.dossier", "feedback.manner", "feedback.late", "feedback.app"];

/// The same, as the office reads it.
fn office(about: &str) -> String {
    say(match about {
        "feedback.manner" => "office.feedback-manner",
        "feedback.late" => "office.feedback-late",
        "feedback.app" => "office.feedback-app",
        _ => "office.feedback-dossier",
    })
}

pub fn screen() -> El {
    let (text, name, phone) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let letters = RwSignal::new(String::new());
    let (wrong, wrong_text, wrong_letters) =
        (RwSignal::new(None::<String>), RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    // What another screen wrote down stands there, below what was typed before; once.
    let complaint = visit::remembered(visit::COMPLAINT);
    visit::remember(visit::COMPLAINT, "");
    let about = RwSignal::new(if complaint.is_empty() { ABOUT[0] } else { "feedback.late" });
    text.set(complaint.clone());
    let (fresh, busy, sent) = (RwSignal::new(0), RwSignal::new(false), RwSignal::new(None::<Option<i64>>));
    let photograph = RwSignal::new_local(None::<Blob>);
    let photographed = move |event: Event| {
        let Some(file) = files::picked(&event).into_iter().next() else { return };
        spawn_local(async move {
            let Some(held) = files::held(&file).await else { return };
            if let Ok(store) = &shell().store {
                let _ = store.save_page(KEPT, PHOTO, &PageFile { original: held.clone(), picture: None }).await;
            }
            photograph.try_set(Some(held));
        });
    };
    let drop_photograph = move |_| {
        photograph.set(None);
        spawn_local(async move {
            if let Ok(store) = &shell().store {
                let _ = store.forget_page(KEPT, PHOTO).await;
            }
        });
    };
    spawn_local(async move {
        if let Ok(store) = &shell().store
            && let Ok(Some(kept)) = store.page(KEPT, PHOTO).await
        {
            photograph.try_set(Some(kept.original));
        }
    });
    let keep = move || {
        let typed = Typed {
            text: text.get_untracked(),
            name: name.get_untracked(),
            phone: phone.get_untracked(),
            about: about.get_untracked().to_owned(),
        };
        spawn_local(async move {
            if let Ok(store) = &shell().store {
                let _ = store.keep(KEPT, &typed).await;
            }
        });
    };
    spawn_local(async move {
        let Ok(store) = &shell().store else { return };
        if let Ok(Some(kept)) = store.kept::<Typed>(KEPT).await {
            if complaint.is_empty() {
                about.try_set(ABOUT.into_iter().find(|key| *key == kept.about).unwrap_or(ABOUT[0]));
                text.try_set(kept.text);
            } else if !kept.text.is_empty() && !kept.text.contains(&complaint) {
                text.try_set(format!("{}\n\n{complaint}", kept.text));
            }
            name.try_set(kept.name);
            phone.try_set(kept.phone);
        }
        if !complaint.is_empty() {
            keep();
        }
    });
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
            text: format!("{}: {}", office(about.get_untracked()), text.get_untracked()),
        };
        spawn_local(async move {
            let answer = shell().portal.send_feedback(&feedback, &letters.get_untracked()).await;
            busy.try_set(false);
            match answer {
                Ok(number) => {
                    text.try_set(String::new());
                    keep();
                    if let Some(number) = number {
                        note_sent(number).await;
                    }
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
                let told = notice(Kind::Done, say_with("feedback.sent", &[("number", &number)]));
                group().child(told).child(photograph.get().map(|photograph| hand_on(photograph, &number)))
            })
        }))
        .child(
            form("card", send)
                .child(
                    el("fieldset").child(el("legend").child(say("feedback.about"))).child(
                        ABOUT
                            .map(|key| {
                                let id = key.replace('.', "-");
                                answer(
                                    id,
                                    "about",
                                    key,
                                    move || about.get() == key,
                                    move || {
                                        about.set(key);
                                        keep();
                                    },
                                )
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
                                .attr("autocomplete", "off")
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
                .child(chooser("feedback-photo", "feedback.photo", "image/*", false, photographed))
                .child(move || {
                    photograph.with(Option::is_some).then(|| {
                        group()
                            .child(el("p").attr("role", "status").child("✓ ").child(say("feedback.photo-here")))
                            .child(button("plain", say("feedback.photo-drop"), drop_photograph))
                    })
                })
                .child(captcha(false, letters, fresh, wrong_letters))
                .child(notice::wrong(wrong))
                .child(submit("feedback.send", busy)),
        )
        .child(move || {
            sent.track();
            sent_before()
        })
}

/// The portal takes no pictures with what is written to it (OpenCPS API, questions): the photograph goes another way, with the
/// number that the portal gave.
fn hand_on(photograph: Blob, number: &str) -> El {
    let hotline = &shell().config.agency.hotline;
    let values = [("hotline", hotline.as_str()), ("number", number)];
    let name = format!("phan-anh-{number}.jpg");
    let address = Address::of(&photograph);
    let save = address.map(|address| {
        let link = el("a")
            .class("button plain")
            .attr("href", address.as_str().to_owned())
            .attr("download", name.clone())
            .child(say("feedback.photo-save"));
        // The address lives as long as the screen.
        StoredValue::new_local(address);
        link
    });
    let share = move |_| {
        let (photograph, name) = (photograph.clone(), name.clone());
        spawn_local(async move {
            if share::share_file(&photograph, &name).await == Shared::Not {
                announce(say("feedback.photo-not-shared"));
            }
        });
    };
    el("section")
        .class("card")
        .child(el("p").child(say_with("feedback.photo-apart", &values)))
        .child(el("p").class("actions").child(button("button", say("feedback.photo-share"), share)).child(save))
}

/// What was sent from this device: number and when.
type Noted = Vec<(i64, Moment)>;

async fn noted() -> Noted {
    match &shell().store {
        Ok(store) => store.kept(SENT).await.ok().flatten().unwrap_or_default(),
        Err(_) => Noted::new(),
    }
}

async fn note_sent(number: i64) {
    let mut rows = noted().await;
    rows.insert(0, (number, now()));
    rows.truncate(MOST);
    if let Ok(store) = &shell().store {
        let _ = store.keep(SENT, &rows).await;
    }
}

/// What was sent before, each with a way to the office's answer.
fn sent_before() -> El {
    let rows = RwSignal::new_local(Noted::new());
    spawn_local(async move {
        rows.try_set(noted().await);
    });
    group().child(move || {
        let rows = rows.get();
        (!rows.is_empty()).then(|| {
            el("section")
                .child(el("h2").child(say("feedback.before")))
                .child(el("ul").class("cards").child(rows.into_iter().map(sent_row).collect::<Vec<_>>()))
        })
    })
}

fn sent_row((number, when): (i64, Moment)) -> El {
    let answers = RwSignal::new_local(None::<portal::Result<Vec<Answered>>>);
    let busy = RwSignal::new(false);
    let ask = move |_| {
        busy.set(true);
        spawn_local(async move {
            let told = shell().portal.answers(number).await;
            busy.try_set(false);
            answers.try_set(Some(told));
        });
    };
    let title = say_with("feedback.number", &[("number", &number.to_string()), ("when", &when.date())]);
    el("li").class("card").child(el("p").child(el("strong").child(title))).child(move || {
        match (busy.get(), answers.get()) {
            (true, _) => waiting(),
            (_, None) => button("plain", say("feedback.ask-answer"), ask),
            (_, Some(Err(trouble))) => notice(Kind::Wrong, say(trouble.key())),
            (_, Some(Ok(rows))) if rows.is_empty() => el("p").attr("role", "status").child(say("feedback.no-answer")),
            (_, Some(Ok(rows))) => group().child(
                rows.into_iter()
                    .map(|row| {
                        let when = row.when.map(Moment::date_time).unwrap_or_default();
                        el("div")
                            .class("office")
                            .child(el("p").class("hint").child(format!("{} {when}", row.who)))
                            .child(lines(&row.lines))
                    })
                    .collect::<Vec<_>>(),
            ),
        }
    })
}
