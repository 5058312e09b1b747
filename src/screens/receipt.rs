//! The receipt: what the office has, in numbers that the portal itself gave.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    device::share::{self, Shared},
    dossier::{receipt::Receipt, sending::Sending},
    journey::drafts::Open,
    messages::{say, say_with, size},
    route::{Route, Step},
    shell::{announce, go_instead},
    widgets::{heading::heading, notice::{Kind, notice}},
};

pub fn screen(open: Open) -> AnyView {
    let Some(draft) = open.peek() else { return ().into_any() };
    let Sending::Sent(receipt) = draft.sending else {
        go_instead(Route::Draft(draft.id, Step::Review));
        return ().into_any();
    };
    let title = draft.matter.title().to_owned();
    let number = receipt.number.clone().unwrap_or_else(|| receipt.dossier.to_string());
    let text = in_words(&receipt, &title, &number);
    let shared = RwSignal::new(None::<&'static str>);
    let share_it = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let said = match share::share(&say("receipt.title"), &text).await {
                Shared::Sheet => "receipt.shared",
                Shared::Copied => "receipt.copied",
                Shared::Not => "receipt.not-shared",
            };
            shared.try_set(Some(said));
            announce(say(said));
        });
    };
    let line = |key: &str, text: String| view! { <dt>{say(key)}</dt><dd>{text}</dd> };
    let pending = receipt.number.is_none();
    view! {
        {heading(say("receipt.title"))}
        {notice(Kind::Done, say_with("receipt.done", &[("n", &receipt.files.len().to_string())]))}
        <section class="card receipt">
            <p class="lead">{title}</p>
            <dl>
                {line(if pending { "receipt.temporary" } else { "receipt.number" }, number)}
                {line("receipt.secret", receipt.secret.clone())}
                {line("receipt.sent", receipt.sent.map_or_else(|| say("receipt.unknown"), |sent| sent.date_time()))}
                {line("receipt.due", receipt.due.map_or_else(|| say("receipt.due-later"), |due| due.date()))}
                {line("receipt.agency", receipt.agency.clone())}
            </dl>
            {pending.then(|| view! { <p class="hint">{say("receipt.pending")}</p> })}
            <h2>{say_with("receipt.files", &[("n", &receipt.files.len().to_string())])}</h2>
            <ul class="rows">
                {receipt.files.iter().map(|file| view! {
                    <li><p lang="vi">{file.name.clone()}</p><p class="hint">{size(file.bytes)}</p></li>
                }).collect_view()}
            </ul>
        </section>
        <p class="actions">
            <a class="button" href=format!("/tra-cuu/{}", draft.id)>{say("home.follow-this")}</a>
            <button type="button" class="plain" on:click=|_| share::print()>{say("app.print")}</button>
            <button type="button" class="plain" on:click=share_it>{say("receipt.share")}</button>
        </p>
        {move || shared.get().map(|key| view! { <p class="hint">{say(key)}</p> })}
        <p class="hint">{say("receipt.keep")}</p>
        <p><a href="/">{say("app.to-home")}</a></p>
    }
    .into_any()
}

/// The receipt as a text to hand on. The secret code stays out: whoever has both opens the dossier.
fn in_words(receipt: &Receipt, title: &str, number: &str) -> String {
    say_with(
        "receipt.text",
        &[
            ("title", title),
            ("number", number),
            ("sent", &receipt.sent.map(|sent| sent.date_time()).unwrap_or_default()),
            ("agency", &receipt.agency),
            ("n", &receipt.files.len().to_string()),
        ],
    )
}
