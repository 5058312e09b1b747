//! All papers of the dossier and how far each has come.

use crate::{
    catalogue::{
        checklist::Tick,
        requirement::{Need, Requirement},
    },
    dossier::{draft::Draft, paper::State},
    journey::drafts::Open,
    messages::{say, say_with},
    widgets::{
        element::{El, el, group},
        heading::heading,
        paper_hint,
        stepper::stepper,
    },
};

pub fn screen(open: Open) -> El {
    let tally = move || {
        let (ready, all) = open.with(Draft::tally).unwrap_or_default();
        say_with("papers.tally", &[("ready", &ready.to_string()), ("all", &all.to_string())])
    };
    let id = open.peek().map(|draft| draft.id).unwrap_or_default();
    let next = format!("/ho-so/{id}/nguoi-nop");
    group()
        .child(stepper(3))
        .child(heading(say("papers.title")))
        .child(el("p").class("lead").child(open.with(|draft| draft.matter.title().to_owned())))
        .child(el("p").class("hint").child(say("papers.intro")))
        .child(move || {
            open.with(|draft| {
                let row = |paper: &&Requirement| card(draft, paper);
                let asked =
                    |paper: &&Requirement| draft.must_have(paper) || draft.paper_state(&paper.part) != State::Missing;
                let (asked, rest): (Vec<&Requirement>, Vec<&Requirement>) = draft.requirements.iter().partition(asked);
                group().child(el("ol").class("cards papers").child(asked.iter().map(row).collect::<Vec<_>>())).child(
                    (!rest.is_empty()).then(|| {
                        el("details")
                            .class("rest")
                            .child(el("summary").child(say("papers.rest")))
                            .child(el("ol").class("cards papers").child(rest.iter().map(row).collect::<Vec<_>>()))
                    }),
                )
            })
        })
        .child(
            el("div")
                .class("foot")
                .child(el("p").attr("role", "status").child(tally))
                .child(el("a").class("button").attr("href", next).child(say("papers.next"))),
        )
}

fn card(draft: &Draft, paper: &Requirement) -> El {
    let title = draft.paper_name(paper).to_owned();
    let pages = draft.papers.get(&paper.part).map_or(0, |paper| paper.pages.len());
    let must = draft.must_have(paper);
    let (class, sign, state) = match draft.paper_state(&paper.part) {
        State::Ready => ("card ready", "✓", say_with("papers.ready", &[("n", &pages.to_string())])),
        State::Unreadable(_) => ("card wrong", "!", say("papers.unreadable")),
        State::Missing if must => ("card missing", "○", say("papers.missing")),
        State::Missing => ("card", "–", say("papers.not-needed")),
    };
    let tick = draft.ticks.get(&paper.part).copied().unwrap_or_default();
    el("li").class(class).child(
        el("a")
            .class("row")
            .attr("href", format!("/ho-so/{}/giay-to/{}", draft.id, paper.part))
            .child(el("span").class("sign").attr("aria-hidden", "true").child(sign))
            .child(el("span").child(el("strong").child(title)).child(el("small").class("state").child(state)).child(
                match (&paper.need, tick) {
                    (Need::If(_), Tick::NotMine) => Some(el("small").child(say("papers.not-mine"))),
                    // Not answered yet: the condition helps to decide.
                    (Need::If(condition), Tick::Open) => Some(paper_hint::condition(condition)),
                    _ => None,
                },
            )),
    )
}
