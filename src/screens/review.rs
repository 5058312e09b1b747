//! Everything on one page, and sending.

use leptos::{prelude::*, task::spawn_local};

use super::sign_in;
use crate::{
    device::clock,
    dossier::{
        draft::{Draft, Gap},
        paper::State,
        person::Person,
        sending::{News, Sending},
    },
    journey::{drafts::Open, outbox::{NotSent, dispatch}},
    messages::{say, say_with, size},
    route::{Route, Step},
    shell::{announce, focus, go_instead, shell},
    widgets::{heading::heading, notice::{Kind, notice}, stepper::stepper},
};

pub fn screen(open: Open) -> AnyView {
    let Some(draft) = open.peek() else { return ().into_any() };
    if let Sending::Sent(_) = draft.sending {
        go_instead(Route::Draft(draft.id, Step::Receipt));
        return ().into_any();
    }
    let news = RwSignal::new(None::<News>);
    let stopped = RwSignal::new(None::<(String, Option<String>)>);
    let (busy, signing_in) = (RwSignal::new(false), RwSignal::new(false));
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        stopped.set(None);
        signing_in.set(false);
        spawn_local(async move {
            let outcome = match shell().portal.who().await {
                Ok(None) => Err(NotSent::SignIn),
                _ => dispatch(open, news).await,
            };
            busy.try_set(false);
            news.try_set(None);
            match outcome {
                Ok(_) => {
                    announce(say("receipt.title"));
                    if let Some(draft) = open.peek() {
                        go_instead(Route::Draft(draft.id, Step::Receipt));
                    }
                }
                Err(NotSent::SignIn) => {
                    signing_in.try_set(true);
                    focus("sign-in");
                }
                Err(NotSent::Because(why, part)) => {
                    stopped.try_set(Some((why, part)));
                    focus("stopped");
                }
            }
        });
    };
    let gaps = draft.gaps(clock::now());
    let ready = gaps.is_empty();
    let id = draft.id.clone();
    view! {
        {stepper(5)}
        {heading(say("review.title"))}
        <p class="lead">{draft.matter.title().to_owned()}</p>
        {(!ready).then(|| gap_list(&draft, &gaps))}
        {matter(&draft)}
        {papers(&draft)}
        {people(&draft)}
        <div id="stopped" tabindex="-1">
            {move || stopped.get().map(|(why, part)| view! {
                {notice(Kind::Wrong, why)}
                {part.map(|part| view! {
                    <p><a href=format!("/ho-so/{id}/giay-to/{part}")>{say("review.see-paper")}</a></p>
                })}
                <p class="hint">{say("review.kept")}</p>
            })}
        </div>
        <div id="sign-in" tabindex="-1">
            {move || signing_in.get().then(|| {
                let person = open.peek().map(|draft| draft.people.applicant);
                view! {
                    {notice(Kind::Info, say("review.sign-in"))}
                    {sign_in::form(person, send)}
                }
            })}
        </div>
        {move || news.get().map(|news| progress(&news))}
        <div class="foot">
            <p>{say(if ready { "review.promise" } else { "review.not-ready" })}</p>
            <button type="button" class="button" id="send" disabled=move || busy.get() || !ready on:click=move |_| send()>
                {move || say(if busy.get() { "review.sending" } else { "review.send" })}
            </button>
        </div>
    }
    .into_any()
}

/// What still has to be done, each a link to the place.
fn gap_list(draft: &Draft, gaps: &[Gap]) -> AnyView {
    let name = |part: &str| draft.requirement(part).map(|paper| paper.name.clone()).unwrap_or_default();
    let row = |gap: &Gap| {
        let (href, text) = match gap {
            Gap::Paper(part) => (format!("/ho-so/{}/giay-to/{part}", draft.id), say_with("review.gap-paper", &[("paper", &name(part))])),
            Gap::Unreadable(part) => (format!("/ho-so/{}/giay-to/{part}", draft.id), say_with("review.gap-unreadable", &[("paper", &name(part))])),
            Gap::People => (format!("/ho-so/{}/nguoi-nop", draft.id), say("review.gap-people")),
        };
        view! { <li><a href=href>{text}</a></li> }
    };
    view! {
        <div class="notice wrong" role="alert">
            <span class="sign" aria-hidden="true">"!"</span>
            <div>
                <p><strong>{say("review.gaps")}</strong></p>
                <ul>{gaps.iter().map(row).collect_view()}</ul>
            </div>
        </div>
    }
    .into_any()
}

fn matter(draft: &Draft) -> impl IntoView {
    let matter = &draft.matter;
    view! {
        <section class="card">
            <h2>{say("review.matter")}</h2>
            <p lang="vi">{matter.service.name.clone()}</p>
            <p>{matter.case.clone()}</p>
            <p>{say_with("review.agency", &[("agency", &matter.agency.name)])}</p>
            <p><a href=format!("/thu-tuc/{}", matter.service.code)>{say("review.other-case")}</a></p>
        </section>
    }
}

fn papers(draft: &Draft) -> impl IntoView {
    let rows = draft.requirements.iter().filter_map(|paper| {
        let held = draft.papers.get(&paper.part).filter(|held| held.state() != State::Missing)?;
        let bytes: u64 = held.pages.iter().map(|page| page.bytes).sum();
        let count = say_with("review.pages", &[("n", &held.pages.len().to_string()), ("size", &size(bytes))]);
        let href = format!("/ho-so/{}/giay-to/{}", draft.id, paper.part);
        Some(view! {
            <li>
                <p lang="vi">{paper.name.clone()}</p>
                <p class="hint">{count}</p>
                <a href=href aria-label=say_with("review.change-paper", &[("paper", &paper.name)])>{say("review.change")}</a>
            </li>
        })
    });
    view! {
        <section class="card">
            <h2>{say("review.papers")}</h2>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
}

fn people(draft: &Draft) -> impl IntoView {
    let row = |person: &Person| {
        let line = |key: &str, text: &str| view! { <dt>{say(key)}</dt><dd>{text.to_owned()}</dd> };
        view! {
            <dl>
                {line("field.name", &person.name)}
                {line("field.id-number", &person.id_number)}
                {line("field.birth", &person.birth)}
                {line("field.phone", &person.phone)}
                {line("field.street", &format!("{}, {}", person.street, person.ward.name))}
            </dl>
        }
    };
    view! {
        <section class="card">
            <h2>{say("people.applicant")}</h2>
            {row(&draft.people.applicant)}
            {if draft.people.on_behalf() {
                view! { <h2>{say("people.owner")}</h2>{row(draft.people.owner())} }.into_any()
            } else {
                view! { <p>{say("review.same")}</p> }.into_any()
            }}
            <a href=format!("/ho-so/{}/nguoi-nop", draft.id) aria-label=say("review.change-people")>{say("review.change")}</a>
        </section>
    }
}

/// What is happening right now; spoken when the step changes, not with every byte.
fn progress(news: &News) -> AnyView {
    let (text, done) = match news {
        News::Opening => (say("review.opening"), None),
        News::Attaching { at, of, sent, bytes } => {
            let text = say_with("review.attaching", &[("at", &(at + 1).to_string()), ("of", &of.to_string()), ("size", &size(*bytes))]);
            (text, Some((*sent, *bytes)))
        }
        News::Checking => (say("review.checking"), None),
        News::Submitting => (say("review.submitting"), None),
    };
    view! {
        <div class="sending">
            <p role="status">{text.clone()}</p>
            {done.map(|(sent, bytes)| view! {
                <progress max=bytes.max(1).to_string() value=sent.min(bytes).to_string() aria-label=text></progress>
            })}
        </div>
    }
    .into_any()
}
