//! All papers of the dossier and how far each has come.

use leptos::prelude::*;

use super::relay;
use crate::{
    catalogue::{
        checklist::Tick,
        requirement::{Need, Requirement},
    },
    dossier::{draft::Draft, paper::State},
    journey::drafts::Open,
    messages::{say, say_with},
    route::{Route, Step},
    shell::shell,
    widgets::{
        element::{El, el, group},
        heading::heading,
        paper_hint,
        stepper::stepper,
        told::told,
    },
};

pub fn screen(open: Open) -> El {
    let Some(draft) = open.peek() else { return group() };
    let tally = move || {
        let (ready, all) = open.with(Draft::tally).unwrap_or_default();
        say_with("papers.tally", &[("ready", &ready.to_string()), ("all", &all.to_string())])
    };
    // The rows stand where they are while the screen is open: only what they say changes, and the focus stays.
    let row = |paper: &&Requirement| card(open, &draft, paper);
    let asked = |paper: &&Requirement| draft.must_have(paper) || draft.paper_state(&paper.part) != State::Missing;
    let (asked, rest): (Vec<&Requirement>, Vec<&Requirement>) = draft.requirements.iter().partition(asked);
    let rest = (!rest.is_empty()).then(|| {
        el("details")
            .class("rest")
            .child(el("summary").child(say("papers.rest")))
            .child(el("ol").class("cards papers").child(rest.iter().map(row).collect::<Vec<_>>()))
    });
    // Who answers what the office asked is known to it already.
    let (next, label) = match draft.answers {
        Some(_) => (Step::Review, "papers.next-review"),
        None => (Step::People, "papers.next"),
    };
    let next = Route::Draft(draft.id.clone(), next).path();
    group()
        .child(stepper(3))
        .child(heading(say("papers.title")))
        .child(el("p").class("lead").child(told(draft.matter.title())))
        .child(el("p").class("hint").child(say(if shell().mode.forgets() {
            "kiosk.papers-intro"
        } else {
            "papers.intro"
        })))
        .child(el("ol").class("cards papers").child(asked.iter().map(row).collect::<Vec<_>>()))
        .child(rest)
        .child(el("p").child(el("a").attr("href", format!("/ho-so/{}/giu", draft.id)).child(say("keep.open"))))
        .child(match relay::pass_on(open) {
            Some(pass_on) => pass_on,
            None => el("div")
                .class("foot")
                .child(el("p").attr("role", "status").child(tally))
                .child(el("a").class("button").attr("href", next).child(say(label))),
        })
}

fn card(open: Open, draft: &Draft, paper: &Requirement) -> El {
    let must = draft.must_have(paper);
    let tick = draft.ticks.get(&paper.part).copied().unwrap_or_default();
    let (first, part) = ((draft.paper_state(&paper.part), draft.page_count(&paper.part)), paper.part.clone());
    let state = Memo::new(move |_| {
        open.with(|draft| (draft.paper_state(&part), draft.page_count(&part))).unwrap_or_else(|| first.clone())
    });
    let class = move || match state.get().0 {
        State::Ready => "card ready",
        State::Unreadable(_) => "card wrong",
        State::Missing if must => "card missing",
        State::Missing => "card",
    };
    let sign = move || match state.get().0 {
        State::Ready => "✓",
        State::Unreadable(_) => "!",
        State::Missing if must => "○",
        State::Missing => "–",
    };
    let said = move || match state.get() {
        (State::Ready, 0) => say("papers.relayed"),
        (State::Ready, pages) => say_with("papers.ready", &[("n", &pages.to_string())]),
        (State::Unreadable(_), _) => say("papers.unreadable"),
        (State::Missing, _) if must => say("papers.missing"),
        (State::Missing, _) => say("papers.not-needed"),
    };
    el("li").class(class).child(
        el("a")
            .class("row")
            .attr("href", format!("/ho-so/{}/giay-to/{}", draft.id, paper.part))
            .child(el("span").class("sign").attr("aria-hidden", "true").child(sign))
            .child(
                el("span")
                    .child(el("strong").child(told(draft.paper_name(paper))))
                    .child(el("small").class("state").child(said))
                    .child(match (&paper.need, tick) {
                        (Need::If(_), Tick::NotMine) => Some(el("small").child(say("papers.not-mine"))),
                        // Not answered yet: the condition helps to decide.
                        (Need::If(condition), Tick::Open) => Some(paper_hint::condition(condition)),
                        _ => None,
                    }),
            ),
    )
}
