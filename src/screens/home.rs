//! The first screen: what was begun, and three doors.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    dossier::{draft::Draft, sending::Sending},
    messages::{say, say_with},
    shell::shell,
    widgets::{dialogue::ask_first, heading::heading, notice::{Kind, notice}},
};

pub fn screen() -> AnyView {
    let drafts = RwSignal::new_local(Vec::<Draft>::new());
    let load = move || {
        spawn_local(async move {
            if let Ok(store) = &shell().store {
                drafts.try_set(store.drafts().await.unwrap_or_default());
            }
        });
    };
    load();
    let blocked = shell().store.as_ref().err().map(|error| notice(Kind::Wrong, say(error.key())));
    view! {
        {heading(say("home.title"))}
        {blocked}
        {move || drafts.with(|drafts| (!drafts.is_empty()).then(|| view! {
            <section class="drafts" aria-labelledby="drafts">
                <h2 id="drafts">{say("home.drafts")}</h2>
                <ul class="cards">{drafts.iter().map(|draft| card(draft, load)).collect_view()}</ul>
            </section>
        }))}
        <nav class="doors" aria-label=say("home.doors")>
            {door("/thu-tuc", "home.do", "home.do-hint", "✎")}
            {door("/tra-cuu", "home.follow", "home.follow-hint", "⌕")}
            {door("/phan-anh", "home.feedback", "home.feedback-hint", "☏")}
        </nav>
    }
    .into_any()
}

fn door(href: &'static str, title: &str, hint: &str, sign: &'static str) -> impl IntoView {
    view! {
        <a class="door" href=href>
            <span class="sign" aria-hidden="true">{sign}</span>
            <span><strong>{say(title)}</strong><small>{say(hint)}</small></span>
        </a>
    }
}

fn card(draft: &Draft, reload: impl Fn() + Copy + 'static) -> AnyView {
    let (title, case) = (draft.matter.title().to_owned(), draft.matter.case.clone());
    if let Sending::Sent(receipt) = &draft.sending {
        let sent = receipt.sent.map(|sent| sent.date()).unwrap_or_default();
        let sent = say_with("home.sent", &[("date", &sent)]);
        return view! {
            <li class="card">
                <p><strong>{title}</strong></p>
                <p class="hint">{case}</p>
                <p>"✓ "{sent}</p>
                <a class="button" href=format!("/tra-cuu/{}", draft.id)>{say("home.follow-this")}</a>
                <a class="button plain" href=format!("/ho-so/{}/bien-nhan", draft.id)>{say("home.receipt")}</a>
            </li>
        }
        .into_any();
    }
    let (ready, all) = draft.tally();
    let id = draft.id.clone();
    let forget = move || {
        let id = id.clone();
        spawn_local(async move {
            if let Ok(store) = &shell().store {
                let _ = store.forget_draft(&id).await;
            }
            reload();
        });
    };
    let place = if draft.place.is_empty() { format!("/ho-so/{}/giay-to", draft.id) } else { draft.place.clone() };
    view! {
        <li class="card">
            <p><strong>{title}</strong></p>
            <p class="hint">{case}</p>
            <p>{say_with("home.tally", &[("ready", &ready.to_string()), ("all", &all.to_string())])}</p>
            <p class="hint">{say_with("home.saved", &[("when", &draft.saved.date_time())])}</p>
            <a class="button" href=place>{say("home.go-on")}</a>
            {ask_first(say("home.forget"), say("home.forget-ask"), forget)}
        </li>
    }
    .into_any()
}
