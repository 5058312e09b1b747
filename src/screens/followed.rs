//! One dossier on its way: where it is, whose turn it is, when it is due, what the office wrote down.

use leptos::{prelude::*, task::spawn_local};

use super::sign_in;
use crate::{
    catalogue::requirement::Requirement,
    device::clock,
    dossier::{
        progress::{Duty, Event, Progress, Remark},
        sending::Sending,
        status::Status,
    },
    messages::{number, say, say_with},
    portal::Trouble,
    shell::shell,
    widgets::{heading::heading, notice::{Kind, lines, notice, waiting}, timeline::timeline},
};

/// A dossier by an id of this device's (a sent draft) or by the portal's id for the signed-in citizen.
pub fn screen(id: String) -> AnyView {
    let answer = RwSignal::new_local(None::<Result<(Progress, Option<String>), Trouble>>);
    let load = {
        let id = id.clone();
        move || {
            let id = id.clone();
            answer.set(None);
            spawn_local(async move {
                let told = find(&id).await;
                answer.try_set(Some(told));
            });
        }
    };
    load();
    let again = load.clone();
    view! {
        {move || match answer.get() {
            None => view! { {heading(say("follow.one"))}{waiting()} }.into_any(),
            Some(Err(Trouble::SignInNeeded)) => view! {
                {heading(say("follow.one"))}
                {notice(Kind::Info, say("follow.sign-in"))}
                {sign_in::form(None, again.clone())}
            }.into_any(),
            Some(Err(trouble)) => {
                let again = again.clone();
                view! {
                    {heading(say("follow.one"))}
                    {notice(Kind::Wrong, say(trouble.key()))}
                    <button type="button" class="button" on:click=move |_| again()>{say("app.again")}</button>
                }.into_any()
            }
            Some(Ok((progress, secret))) => {
                let again = again.clone();
                view! {
                    {heading(say("follow.one"))}
                    {shown(progress, secret)}
                    <p class="actions"><button type="button" class="plain" on:click=move |_| again()>{say("follow.again")}</button></p>
                }.into_any()
            }
        }}
        <p><a href="/tra-cuu">{say("follow.other")}</a></p>
    }
    .into_any()
}

async fn find(id: &str) -> Result<(Progress, Option<String>), Trouble> {
    if let Ok(dossier) = id.parse() {
        return Ok((shell().portal.dossier(dossier).await?, None));
    }
    let draft = match &shell().store {
        Ok(store) => store.draft(id).await.ok().flatten(),
        Err(_) => None,
    };
    match draft.map(|draft| draft.sending) {
        Some(Sending::Sent(receipt)) => {
            let progress = shell().portal.dossier_by_secret(&receipt.dossier.to_string(), &receipt.secret).await?;
            Ok((progress, Some(receipt.secret)))
        }
        _ => Err(Trouble::Refused(String::new())),
    }
}

/// The headline of a state in plain words; an unknown one in the portal's own.
pub fn headline(status: &Status) -> String {
    match status {
        Status::Unknown(text) => text.clone(),
        known => say(known.key()),
    }
}

/// The dossier with its dates, what it waits for, and its log. `secret` opens the log for someone not signed in.
pub fn shown(progress: Progress, secret: Option<String>) -> AnyView {
    let events = RwSignal::new_local(None::<Result<Vec<Event>, Trouble>>);
    let (remarks, duty) = (RwSignal::new_local(Vec::<Remark>::new()), RwSignal::new_local(None::<Duty>));
    let papers = RwSignal::new_local(Vec::<Requirement>::new());
    let (dossier, template, status) = (progress.dossier, progress.template.clone(), progress.status.clone());
    spawn_local(async move {
        let (portal, secret) = (&shell().portal, secret.as_deref());
        if status == Status::SupplementAsked
            && let Ok(asked) = portal.remarks(dossier, secret).await
        {
            papers.try_set(portal.requirements(&template).await.unwrap_or_default());
            remarks.try_set(asked);
        }
        if status == Status::DutyAsked {
            duty.try_set(portal.duty(dossier, secret).await.ok().flatten());
        }
        let log = portal.log(dossier, secret).await;
        events.try_set(Some(log));
    });
    let now = clock::now();
    let date = |key: &str, moment: Option<crate::dossier::moment::Moment>| {
        moment.map(|moment| view! { <dt>{say(key)}</dt><dd>{moment.date_time()}</dd> })
    };
    let due = progress.promised().map_or_else(|| say("follow.no-due"), |due| due.date());
    let late = progress.late(now);
    let hotline = &shell().config.agency.hotline;
    view! {
        <section class="card status" class:turn=progress.status.waits_for_citizen()>
            <p class="hint" lang="vi">{progress.service.clone()}</p>
            <h2>{headline(&progress.status)}</h2>
            <p class="lead">{say(&format!("{}.now", progress.status.key()))}</p>
            <p>{say(if progress.status.waits_for_citizen() { "follow.your-turn" } else { "follow.their-turn" })}</p>
            {(!progress.note.is_empty()).then(|| view! {
                <div class="office"><p class="hint">{say("follow.office-says")}</p>{lines(&progress.note)}</div>
            })}
        </section>
        {late.then(|| notice(Kind::Late, say_with("follow.late", &[("date", &due), ("hotline", hotline)])))}
        {progress.extended.map(|extended| notice(Kind::Late, say_with("follow.extended", &[("date", &extended.date())])))}
        {progress.paused.then(|| notice(Kind::Info, say("follow.paused")))}
        {move || remarks.with(|remarks| (!remarks.is_empty()).then(|| supplement(remarks, &papers.get())))}
        {move || duty.with(|duty| duty.as_ref().map(duty_card))}
        <section class="card">
            <h2>{say("follow.dates")}</h2>
            <dl>
                <dt>{say("receipt.number")}</dt>
                <dd>{progress.number.clone().unwrap_or_else(|| say("follow.no-number"))}</dd>
                <dt>{say("receipt.agency")}</dt><dd lang="vi">{progress.agency.clone()}</dd>
                {date("follow.submitted", progress.submitted)}
                {date("follow.received", progress.received)}
                <dt>{say("receipt.due")}</dt><dd>{due}</dd>
                {date("follow.released", progress.released)}
                {date("follow.finished", progress.finished)}
            </dl>
        </section>
        <section>
            <h2>{say("follow.log")}</h2>
            {move || match events.get() {
                None => waiting(),
                Some(Ok(events)) => timeline(&events),
                Some(Err(_)) => view! { <p class="hint">{say("follow.no-log-here")}</p> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

/// What the office wants again, paper by paper.
fn supplement(remarks: &[Remark], papers: &[Requirement]) -> AnyView {
    let name = |part: &str| papers.iter().find(|paper| paper.part == part).map_or_else(|| part.to_owned(), |paper| paper.name.clone());
    view! {
        <section class="card missing">
            <h2>{say("follow.supplement")}</h2>
            <ul class="rows">
                {remarks.iter().map(|remark| view! {
                    <li><p lang="vi"><strong>{name(&remark.part)}</strong></p><p lang="vi">{remark.comment.clone()}</p></li>
                }).collect_view()}
            </ul>
            <p>{say_with("follow.supplement-how", &[("hotline", &shell().config.agency.hotline)])}</p>
        </section>
    }
    .into_any()
}

fn duty_card(duty: &Duty) -> AnyView {
    view! {
        <section class="card missing">
            <h2>{say("follow.duty")}</h2>
            <p lang="vi">{duty.title.clone()}</p>
            <p class="amount">{say_with("follow.amount", &[("amount", &number(duty.amount))])}</p>
            {lines(&duty.note)}
            <p>{say(if duty.settled { "follow.duty-settled" } else { "follow.duty-how" })}</p>
        </section>
    }
    .into_any()
}
