//! Look up a dossier: by its number and a second fact, on this device, or as the signed-in citizen.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use web_sys::Event;

use super::{captcha::captcha, followed, sign_in};
use crate::{
    device::{camera, code_reader::CodeReader, files, visit},
    dossier::{
        draft::Card,
        moment::Moment,
        person::digits,
        progress::{Progress, is_owner},
        receipt::{heard_number, is_number, is_second_fact, read_code},
    },
    journey::{progress::headline, scanned},
    messages::{say, say_with},
    portal::Trouble,
    shell::{announce, focus, now, shell},
    widgets::{
        code_camera::code_camera,
        element::{El, button, el, group},
        field::{Typing, chooser, form, submit, typed},
        heading::heading,
        listener::listener,
        notice::{self, Kind, notice, waiting},
        opened::opened,
        told::told,
    },
};

pub fn screen() -> El {
    let number = RwSignal::new(visit::linked_number().filter(|number| is_number(number)).unwrap_or_default());
    let fact = RwSignal::new(String::new());
    let (number_fault, fact_fault) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let (wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let found = RwSignal::new_local(None::<(Progress, Option<String>)>);
    // Some portals want to see a person first: the letters of a picture.
    let (wanted, letters, fresh) = (RwSignal::new(false), RwSignal::new(String::new()), RwSignal::new(0));
    let wrong_letters = RwSignal::new(None::<String>);
    let look = move || {
        // A code's text may have been pasted where the number goes.
        if let Some((called, secret)) = read_code(&number.get_untracked()) {
            number.set(called);
            if !secret.is_empty() {
                fact.set(secret);
            }
        }
        let (asked, second) = (number.get_untracked().trim().to_owned(), fact.get_untracked().trim().to_owned());
        number_fault.set(match asked.as_str() {
            "" => Some(say("follow.number-empty")),
            number if !is_number(number) => Some(say("follow.number-form")),
            _ => None,
        });
        fact_fault.set(match second.as_str() {
            "" => Some(say("follow.fact-empty")),
            fact if !is_second_fact(fact) => Some(say("follow.fact-form")),
            _ => None,
        });
        wrong.set(None);
        found.set(None);
        if number_fault.with_untracked(Option::is_some) {
            return focus("number");
        }
        if fact_fault.with_untracked(Option::is_some) {
            return focus("fact");
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong_letters.set(None);
        spawn_local(async move {
            let typed = wanted.get_untracked().then(|| letters.get_untracked());
            let outcome = ask(&asked, &second, typed.as_deref()).await;
            busy.try_set(false);
            // A picture serves once.
            fresh.try_update(|count| *count += 1);
            match outcome {
                Ok(hit) => {
                    found.try_set(Some(hit));
                    focus("found");
                }
                Err(NotFound::CaptchaWanted) => {
                    wanted.try_set(true);
                    wrong.try_set(Some(say("follow.captcha")));
                    focus("captcha");
                }
                Err(NotFound::WrongCaptcha) => {
                    wrong_letters.try_set(Some(say("trouble.captcha")));
                    focus("captcha");
                }
                Err(NotFound::Because(sentence)) => {
                    wrong.try_set(Some(sentence));
                }
            }
        });
    };
    group()
        .child(heading(say("follow.title")))
        .child(
            form("card", look)
                .attr("aria-label", say("follow.title"))
                .child(el("p").class("hint").child(say("follow.intro")))
                .child(scan(number, fact))
                .child(speak(number))
                .child(typed("number", "number", Typing::default(), number, number_fault))
                .child(typed("fact", "fact", Typing { keyboard: "numeric", ..Typing::default() }, fact, fact_fault))
                .child(move || wanted.get().then(|| captcha(false, letters, fresh, wrong_letters)))
                .child(notice::wrong(wrong))
                .child(submit("follow.look", busy)),
        )
        .child(el("div").id("found").attr("tabindex", "-1").child(move || {
            let again = look;
            found.get().map(|(progress, secret)| {
                group().child(remember(&progress)).child(followed::shown(progress, secret, Vec::new(), Rc::new(again)))
            })
        }))
        .child(on_device())
        .child(noted(number))
        .child(mine())
}

/// Why nothing is shown.
enum NotFound {
    CaptchaWanted,
    WrongCaptcha,
    /// The sentence for the citizen.
    Because(String),
}

/// Asks the portal. Six digits or fewer are the secret code, twelve the owner's card; which is compared on the device.
async fn ask(number: &str, fact: &str, letters: Option<&str>) -> Result<(Progress, Option<String>), NotFound> {
    let portal = &shell().portal;
    let told = |trouble: Trouble| match trouble {
        Trouble::SignInNeeded => say("follow.sign-in"),
        Trouble::Busy(Some(seconds)) => say_with("follow.slow-down", &[("seconds", &seconds.to_string())]),
        Trouble::Busy(None) => say_with("follow.slow-down", &[("seconds", "60")]),
        trouble => say(trouble.key()),
    };
    if digits(fact).len() != 12 {
        return match portal.dossier_by_secret(number, fact).await {
            Ok(progress) => Ok((progress, Some(fact.to_owned()))),
            Err(trouble) => Err(NotFound::Because(told(trouble))),
        };
    }
    let rows = portal.dossiers_by_number(number, letters).await.map_err(|trouble| match trouble {
        Trouble::SignInNeeded => NotFound::CaptchaWanted,
        Trouble::WrongCaptcha => NotFound::WrongCaptcha,
        trouble => NotFound::Because(told(trouble)),
    })?;
    if rows.is_empty() {
        return Err(NotFound::Because(say("follow.none")));
    }
    let mut mine = rows.into_iter().filter(|progress| is_owner(&progress.owner_id, fact));
    match (mine.next(), mine.next()) {
        (Some(only), None) => Ok((only, None)),
        (Some(_), Some(_)) => Err(NotFound::Because(say("follow.several"))),
        _ => Err(NotFound::Because(say("trouble.secret"))),
    }
}

/// Dossiers that were sent from this device.
fn on_device() -> El {
    let drafts = RwSignal::new_local(Vec::<Card>::new());
    spawn_local(async move {
        if let Ok(store) = &shell().store {
            drafts.try_set(store.cards().await.unwrap_or_default());
        }
    });
    let row = |draft: &Card| {
        if !draft.is_sent {
            return None;
        }
        let sent = draft.sent;
        let sent = sent.map(|sent| sent.date()).unwrap_or_default();
        Some(
            el("li").child(
                el("a")
                    .class("choice")
                    .attr("href", format!("/tra-cuu/{}", draft.id))
                    .child(el("strong").child(told(&draft.title)))
                    .child(el("small").child(say_with("home.sent", &[("date", &sent)]))),
            ),
        )
    };
    group().child(move || {
        let rows: Vec<_> = drafts.with(|drafts| drafts.iter().filter_map(row).collect());
        (!rows.is_empty()).then(|| {
            el("section").child(el("h2").child(say("follow.on-device"))).child(el("ul").class("cards").child(rows))
        })
    })
}

/// The signed-in citizen's dossiers at the portal.
fn mine() -> El {
    let asked = opened("follow/mine");
    let rows = RwSignal::new_local(None::<Result<Vec<Progress>, Trouble>>);
    let load = move || {
        rows.set(None);
        spawn_local(async move {
            let answer = match shell().portal.who().await {
                Ok(None) => Err(Trouble::SignInNeeded),
                Ok(Some(_)) => shell().portal.my_dossiers().await,
                Err(trouble) => Err(trouble),
            };
            rows.try_set(Some(answer));
        });
    };
    Effect::new(move |_| {
        if asked.get() {
            load();
        }
    });
    el("section").child(el("h2").child(say("follow.mine"))).child(move || match (asked.get(), rows.get()) {
        (false, _) => button("plain", say("follow.show-mine"), move |_| asked.set(true)),
        (_, None) => waiting(),
        (_, Some(Err(Trouble::SignInNeeded))) => {
            group().child(el("p").class("hint").child(say("follow.mine-sign-in"))).child(sign_in::form(None, load))
        }
        (_, Some(Err(trouble))) => {
            group()
                .child(notice(Kind::Wrong, say(trouble.key())))
                .child(button("plain", say("app.again"), move |_| load()))
        }
        (_, Some(Ok(rows))) if rows.is_empty() => el("p").child(say("follow.no-dossiers")),
        (_, Some(Ok(rows))) => el("ul").class("cards").child(
            rows.into_iter()
                .map(|progress| {
                    el("li").child(
                        el("a")
                            .class("choice")
                            .attr("href", format!("/tra-cuu/{}", progress.dossier))
                            .child(el("strong").attr("lang", "vi").child(progress.service.clone()))
                            .child(el("small").child(headline(&progress.status)))
                            .child(el("small").child(progress.number.unwrap_or_default())),
                    )
                })
                .collect::<Vec<_>>(),
        ),
    })
}

/// The number spoken: what is heard is written into the field, to be looked at.
fn speak(number: RwSignal<String>) -> Option<El> {
    listener(
        || say("follow.speak"),
        "follow.listening",
        move |heard| {
            // Numbers are spoken in groups; the gaps mean nothing.
            number.try_set(heard_number(&heard));
            focus("number");
        },
    )
}

/// Reads the QR or bar code on an office's receipt into the fields, from the camera's film or from a photograph.
fn scan(number: RwSignal<String>, fact: RwSignal<String>) -> El {
    let filming = RwSignal::new(false);
    let read = move |text: String| {
        if let Some((called, secret)) = read_code(&text) {
            number.set(called);
            fact.set(secret);
            filming.set(false);
            announce(say("follow.scanned"));
            focus("fact");
        }
    };
    scanned::hear(move |text| {
        let ours = read_code(text).is_some();
        if ours {
            read(text.to_owned());
        }
        ours
    });
    let (reading, unread) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let photographed = move |event: Event| {
        let Some(file) = files::picked(&event).into_iter().next() else { return };
        reading.set(true);
        unread.set(None);
        spawn_local(async move {
            let text = CodeReader::default().read(&file).await;
            reading.try_set(false);
            match text.filter(|text| read_code(text).is_some()) {
                Some(text) => read(text),
                None => {
                    unread.try_set(Some(say("follow.scan-none")));
                }
            }
        });
    };
    group().child(notice::wrong(unread)).child(move || reading.get().then(waiting)).child(move || {
        if filming.get() {
            return code_camera(read, move || {
                filming.set(false);
                focus("scan-receipt");
            });
        }
        let film = camera::is_known()
            .then(|| button("button plain", say("follow.scan"), move |_| filming.set(true)).id("scan-receipt"));
        el("div").class("take").child(film).child(chooser(
            "receipt-code",
            "follow.scan-photo",
            "image/*",
            false,
            photographed,
        ))
    })
}

/// The device keeps the dossiers that are followed under this name: number, procedure, last state and when it was asked.
const NOTED: &str = "followed";
type Noted = Vec<(String, String, String, Moment)>;

async fn read_noted() -> Noted {
    match &shell().store {
        Ok(store) => store.kept(NOTED).await.ok().flatten().unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

/// Keeps a dossier in the list of this device, if the citizen wishes; one that is there is brought up to date.
fn remember(progress: &Progress) -> El {
    let called = progress.called();
    let row = (called, progress.service.clone(), headline(&progress.status), now());
    let known = RwSignal::new(false);
    let keep = move |only_known: bool| {
        let row = row.clone();
        spawn_local(async move {
            let Ok(store) = &shell().store else { return };
            let mut rows = read_noted().await;
            let at = rows.iter().position(|held| held.0 == row.0);
            match at {
                Some(at) => rows[at] = row,
                None if only_known => return,
                None => rows.insert(0, row),
            }
            if store.keep(NOTED, &rows).await.is_ok() {
                known.try_set(true);
            }
        });
    };
    keep(true);
    el("p").child(move || {
        let keep = keep.clone();
        if known.get() {
            el("span").class("hint").child(say("follow.noted"))
        } else {
            if shell().mode.forgets() {
                return group();
            }
            button("plain", say("follow.note"), move |_| keep(false))
        }
    })
}

/// The dossiers that are followed on this device. Their second fact is asked each time.
fn noted(number: RwSignal<String>) -> El {
    let rows = RwSignal::new_local(Noted::new());
    spawn_local(async move {
        rows.try_set(read_noted().await);
    });
    let forget = move |called: String| {
        spawn_local(async move {
            let mut left = read_noted().await;
            left.retain(|row| row.0 != called);
            if let Ok(store) = &shell().store
                && store.keep(NOTED, &left).await.is_ok()
            {
                rows.try_set(left);
            }
        });
    };
    group().child(move || {
        let list = rows.get();
        (!list.is_empty()).then(|| {
            el("section").child(el("h2").child(say("follow.noted-here"))).child(
                el("ul").class("cards").child(
                    list.into_iter()
                        .map(|(called, service, state, when)| {
                            let (look, gone) = (called.clone(), called.clone());
                            el("li")
                                .class("card")
                                .child(el("p").child(el("strong").child(called)))
                                .child(el("p").attr("lang", "vi").child(service))
                                .child(
                                    el("p").child(say_with(
                                        "follow.last",
                                        &[("state", &state), ("when", &when.date_time())],
                                    )),
                                )
                                .child(
                                    el("p")
                                        .class("actions")
                                        .child(button("plain", say("follow.look-again"), move |_| {
                                            number.set(look.clone());
                                            focus("fact");
                                        }))
                                        .child(button("plain", say("follow.unnote"), move |_| forget(gone.clone()))),
                                )
                        })
                        .collect::<Vec<_>>(),
                ),
            )
        })
    })
}
