//! Look up a dossier: by its number and a second fact, on this device, or as the signed-in citizen.

use leptos::{prelude::*, task::spawn_local};

use super::{followed, sign_in};
use crate::{
    dossier::{draft::Draft, person::digits, progress::{Progress, is_owner}, sending::Sending},
    messages::{say, say_with},
    portal::Trouble,
    shell::{focus, shell},
    widgets::{field::{Typing, field}, heading::heading, notice::{self, Kind, notice, waiting}},
};

pub fn screen() -> AnyView {
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
    view! {
        {heading(say("follow.title"))}
        <form class="card" novalidate on:submit=move |event| { event.prevent_default(); look(); }>
            <p class="hint">{say("follow.intro")}</p>
            {field("number".into(), "number", Typing::default(), move || number.get(), move || number_fault.get(),
                move |text| number.set(text))}
            {field("fact".into(), "fact", Typing { keyboard: "numeric", ..Typing::default() }, move || fact.get(),
                move || fact_fault.get(), move |text| fact.set(text))}
            {notice::wrong(wrong)}
            <button type="submit" class="button" disabled=move || busy.get()>
                {move || say(if busy.get() { "app.loading" } else { "follow.look" })}
            </button>
        </form>
        <div id="found" tabindex="-1">
            {move || found.get().map(|(progress, secret)| followed::shown(progress, secret))}
        </div>
        {on_device()}
        {mine()}
    }
    .into_any()
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
fn on_device() -> AnyView {
    let drafts = RwSignal::new_local(Vec::<Draft>::new());
    spawn_local(async move {
        if let Ok(store) = &shell().store {
            drafts.try_set(store.drafts().await.unwrap_or_default());
        }
    });
    let row = |draft: &Draft| {
        let Sending::Sent(receipt) = &draft.sending else { return None };
        let sent = receipt.sent.map(|sent| sent.date()).unwrap_or_default();
        Some(view! {
            <li><a class="choice" href=format!("/tra-cuu/{}", draft.id)>
                <strong>{draft.matter.title().to_owned()}</strong>
                <small>{say_with("home.sent", &[("date", &sent)])}</small>
            </a></li>
        })
    };
    (move || {
        let rows: Vec<_> = drafts.with(|drafts| drafts.iter().filter_map(row).collect());
        (!rows.is_empty()).then(|| view! {
            <section>
                <h2>{say("follow.on-device")}</h2>
                <ul class="cards">{rows}</ul>
            </section>
        })
    })
    .into_any()
}

/// The signed-in citizen's dossiers at the portal.
fn mine() -> AnyView {
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
    view! {
        <section>
            <h2>{say("follow.mine")}</h2>
            {move || match (asked.get(), rows.get()) {
                (false, _) => view! {
                    <button type="button" class="plain" on:click=move |_| load()>{say("follow.show-mine")}</button>
                }.into_any(),
                (_, None) => waiting(),
                (_, Some(Err(Trouble::SignInNeeded))) => sign_in::form(None, load),
                (_, Some(Err(trouble))) => view! {
                    {notice(Kind::Wrong, say(trouble.key()))}
                    <button type="button" class="plain" on:click=move |_| load()>{say("app.again")}</button>
                }.into_any(),
                (_, Some(Ok(rows))) if rows.is_empty() => view! { <p>{say("follow.no-dossiers")}</p> }.into_any(),
                (_, Some(Ok(rows))) => view! {
                    <ul class="cards">
                        {rows.into_iter().map(|progress| view! {
                            <li><a class="choice" href=format!("/tra-cuu/{}", progress.dossier)>
                                <strong lang="vi">{progress.service.clone()}</strong>
                                <small>{followed::headline(&progress.status)}</small>
                                <small>{progress.number.unwrap_or_default()}</small>
                            </a></li>
                        }).collect_view()}
                    </ul>
                }.into_any(),
            }}
        </section>
    }
    .into_any()
}
