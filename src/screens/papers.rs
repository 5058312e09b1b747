//! All papers of the dossier and how far each has come.

use leptos::prelude::*;

use crate::{
    catalogue::{checklist::Tick, requirement::{Need, Requirement}},
    dossier::{draft::Draft, paper::State},
    journey::{drafts::Open, shelf},
    messages::{say, say_with},
    widgets::{heading::heading, paper_hint, stepper::stepper},
};

pub fn screen(open: Open) -> AnyView {
    let code = open.peek().map(|draft| draft.matter.service.code).unwrap_or_default();
    let known = shelf::procedure(&code);
    let tally = move || {
        let (ready, all) = open.with(Draft::tally).unwrap_or_default();
        say_with("papers.tally", &[("ready", &ready.to_string()), ("all", &all.to_string())])
    };
    let id = open.peek().map(|draft| draft.id).unwrap_or_default();
    let next = format!("/ho-so/{id}/nguoi-nop");
    view! {
        {stepper(3)}
        {heading(say("papers.title"))}
        <p class="lead">{open.with(|draft| draft.matter.title().to_owned())}</p>
        <p class="hint">{say("papers.intro")}</p>
        {move || open.with(|draft| {
            let hints = shelf::here(known).and_then(|opened| opened.guide);
            let row = |paper: &&Requirement| {
                let hint = hints.as_ref().and_then(|guide| guide.paper(&paper.name));
                card(draft, paper, paper_hint::title(paper, hint))
            };
            let asked = |paper: &&Requirement| draft.must_have(paper) || draft.paper_state(&paper.part) != State::Missing;
            let (asked, rest): (Vec<&Requirement>, Vec<&Requirement>) = draft.requirements.iter().partition(asked);
            view! {
                <ol class="cards papers">{asked.iter().map(row).collect_view()}</ol>
                {(!rest.is_empty()).then(|| view! {
                    <details class="rest">
                        <summary>{say("papers.rest")}</summary>
                        <ol class="cards papers">{rest.iter().map(row).collect_view()}</ol>
                    </details>
                })}
            }
        })}
        <div class="foot">
            <p role="status">{tally}</p>
            <a class="button" href=next>{say("papers.next")}</a>
        </div>
    }
    .into_any()
}

fn card(draft: &Draft, paper: &Requirement, title: String) -> AnyView {
    let pages = draft.papers.get(&paper.part).map_or(0, |paper| paper.pages.len());
    let must = draft.must_have(paper);
    let (class, sign, state) = match draft.paper_state(&paper.part) {
        State::Ready => ("card ready", "✓", say_with("papers.ready", &[("n", &pages.to_string())])),
        State::Unreadable(_) => ("card wrong", "!", say("papers.unreadable")),
        State::Missing if must => ("card missing", "○", say("papers.missing")),
        State::Missing => ("card", "–", say("papers.not-needed")),
    };
    let not_mine = draft.ticks.get(&paper.part) == Some(&Tick::NotMine);
    view! {
        <li class=class>
            <a class="row" href=format!("/ho-so/{}/giay-to/{}", draft.id, paper.part)>
                <span class="sign" aria-hidden="true">{sign}</span>
                <span>
                    <strong>{title}</strong>
                    <small class="state">{state}</small>
                    {match &paper.need {
                        Need::If(_) if not_mine => Some(view! { <small>{say("papers.not-mine")}</small> }.into_any()),
                        Need::If(condition) => Some(view! { <small>{say("paper.if")}" "<q lang="vi">{condition.clone()}</q></small> }.into_any()),
                        _ => None,
                    }}
                </span>
            </a>
        </li>
    }
    .into_any()
}
