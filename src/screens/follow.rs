//! Look up a dossier: by its number and a second fact, on this device, or as the signed-in citizen.

use leptos::{prelude::*, task::spawn_local};

use super::{followed, sign_in};
use crate::{
    dossier::{
        draft::Card,
        person::digits,
        progress::{Progress, is_owner},
    },
    messages::{say, say_with},
    portal::Trouble,
    shell::{focus, shell},
    widgets::{
        element::{El, button, el, group},
        field::{Typing, field, form, submit},
        heading::heading,
        notice::{self, Kind, notice, waiting},
    },
};

pub fn screen() -> El {
    let (number, fact) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (number_fault, fact_fault) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let (wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let found = RwSignal::new_local(None::<(Progress, Option<String>)>);
    let look = move || {
        let (asked, second) = (number.get_untracked().trim().to_owned(), fact.get_untracked().trim().to_owned());
        number_fault.set(asked.is_empty().then(|| say("follow.number-empty")));
        fact_fault.set(second.is_empty().then(|| say("follow.fact-empty")));
        wrong.set(None);
        found.set(None);
        if asked.is_empty() || second.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = ask(&asked, &second).await;
            busy.try_set(false);
            match outcome {
                Ok(hit) => {
                    found.try_set(Some(hit));
                    focus("found");
                }
                Err(sentence) => {
                    wrong.try_set(Some(sentence));
                }
            }
        });
    };
    group()
        .child(heading(say("follow.title")))
        .child(
            form("card", look)
                .child(el("p").class("hint").child(say("follow.intro")))
                .child(field(
                    "number".into(),
                    "number",
                    Typing::default(),
                    move || number.get(),
                    move || number_fault.get(),
                    move |text| number.set(text),
                ))
                .child(field(
                    "fact".into(),
                    "fact",
                    Typing { keyboard: "numeric", ..Typing::default() },
                    move || fact.get(),
                    move || fact_fault.get(),
                    move |text| fact.set(text),
                ))
                .child(notice::wrong(wrong))
                .child(submit("follow.look", busy)),
        )
        .child(
            el("div")
                .id("found")
                .attr("tabindex", "-1")
                .child(move || found.get().map(|(progress, secret)| followed::shown(progress, secret))),
        )
        .child(on_device())
        .child(mine())
}

/// Asks the portal. Six digits or fewer are the secret code, twelve the owner's card; which is compared on the device.
async fn ask(number: &str, fact: &str) -> Result<(Progress, Option<String>), String> {
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
            Err(trouble) => Err(told(trouble)),
        };
    }
    let rows = portal.dossiers_by_number(number).await.map_err(told)?;
    if rows.is_empty() {
        return Err(say("follow.none"));
    }
    let mut mine = rows.into_iter().filter(|progress| is_owner(&progress.owner_id, fact));
    match (mine.next(), mine.next()) {
        (Some(only), None) => Ok((only, None)),
        (Some(_), Some(_)) => Err(say("follow.several")),
        _ => Err(say("trouble.secret")),
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
                    .child(el("strong").child(draft.title.clone()))
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
    let asked = RwSignal::new(false);
    let rows = RwSignal::new_local(None::<Result<Vec<Progress>, Trouble>>);
    let load = move || {
        asked.set(true);
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
    el("section").child(el("h2").child(say("follow.mine"))).child(move || match (asked.get(), rows.get()) {
        (false, _) => button("plain", say("follow.show-mine"), move |_| load()),
        (_, None) => waiting(),
        (_, Some(Err(Trouble::SignInNeeded))) => sign_in::form(None, load),
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
                            .child(el("small").child(followed::headline(&progress.status)))
                            .child(el("small").child(progress.number.unwrap_or_default())),
                    )
                })
                .collect::<Vec<_>>(),
        ),
    })
}
