//! What the office wants again, paper by paper; it is photographed, answered and sent on the same screen.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};

use super::super::{pages, review};
use crate::{
    catalogue::requirement::Requirement,
    dossier::{
        paper::State,
        progress::{Progress, Remark},
    },
    journey::{
        drafts::Open,
        supplement::{begin, begun},
    },
    messages::{say, say_with},
    shell::{announce, focus, now, shell},
    widgets::{
        element::{El, button, el, group},
        notice::{self, Kind, notice},
    },
};

/// `secret` opens the dossier for someone not signed in; `reload` asks the portal again once the answer is there.
pub fn supplement(
    progress: &Progress,
    remarks: &[Remark],
    papers: &[Requirement],
    secret: Option<String>,
    reload: Rc<dyn Fn()>,
) -> El {
    let name = |part: &str| {
        papers.iter().find(|paper| paper.part == part).map_or_else(|| part.to_owned(), |paper| paper.name.clone())
    };
    let hotline = &shell().config.agency.hotline;
    let row = |remark: &Remark| {
        let why = if remark.comment.is_empty() {
            el("p").child(say_with("supplement.row-no-reason", &[("hotline", hotline)]))
        } else {
            el("p").attr("lang", "vi").child(say_with("supplement.row-reason", &[("reason", &remark.comment)]))
        };
        el("li").child(el("p").attr("lang", "vi").child(el("strong").child(name(&remark.part)))).child(why)
    };
    let (wrong, asked_at) = (RwSignal::new(None::<String>), progress.acted);
    let answer = RwSignal::new_local(None::<Open>);
    // One that was begun before is gone on with.
    let open = move |id: String, then: Option<&'static str>| async move {
        let open = Open::behind(&id);
        open.loaded().await;
        answer.try_set(Some(open));
        if let Some(then) = then {
            focus(then);
        }
    };
    let dossier = progress.dossier;
    spawn_local(async move {
        if let Some(id) = begun(dossier).await {
            open(id, None).await;
        }
    });
    let (progress, asked, listed) = (progress.clone(), remarks.to_vec(), papers.to_vec());
    let start = move |_| {
        let (progress, asked, listed, secret) = (progress.clone(), asked.clone(), listed.clone(), secret.clone());
        spawn_local(async move {
            match begin(&progress, &asked, &listed, &secret.unwrap_or_default()).await {
                Ok(draft) => open(draft, Some("answer")).await,
                Err(error) => {
                    wrong.try_set(Some(say(error.key())));
                }
            }
        });
    };
    let can_answer = !papers.is_empty();
    el("section")
        .class("card missing")
        .child(el("h2").child(say("supplement.title")))
        .child(notice(Kind::Late, say("supplement.once")))
        // While it waits for the citizen, nothing has been done since.
        .child(asked_at.map(|when| el("p").child(say_with("supplement.asked-at", &[("when", &when.date_time())]))))
        .child(match remarks {
            [] => el("p").child(say_with("supplement.row-no-reason", &[("hotline", hotline)])),
            rows => el("ul").class("rows").child(rows.iter().map(row).collect::<Vec<_>>()),
        })
        .child(el("p").class("hint").child(say("supplement.no-deadline")))
        .child(notice::wrong(wrong))
        .child(move || match answer.get() {
            Some(open) => answering(open, reload.clone()),
            None => group().child(can_answer.then(|| button("button", say("supplement.answer"), start.clone()))),
        })
}

/// The answer: each paper with its pages, one open at a time, and the sending.
fn answering(open: Open, reload: Rc<dyn Fn()>) -> El {
    let Some(draft) = open.peek() else { return group() };
    let parts: Vec<String> = draft.requirements.iter().map(|paper| paper.part.clone()).collect();
    // The only paper is open at once.
    let shown = RwSignal::new(if let [only] = &parts[..] { Some(only.clone()) } else { None });
    let row = |paper: &Requirement| {
        let (part, name) = (paper.part.clone(), draft.paper_name(paper).to_owned());
        let state = {
            let part = part.clone();
            Memo::new(move |_| open.with(|draft| draft.papers.get(&part).map(|paper| paper.state())).flatten())
        };
        let is_shown = {
            let part = part.clone();
            Memo::new(move |_| shown.with(|shown| shown.as_ref() == Some(&part)))
        };
        let toggle = {
            let part = part.clone();
            move |_| {
                shown.update(|shown| *shown = if shown.as_ref() == Some(&part) { None } else { Some(part.clone()) })
            }
        };
        el("li")
            .child(
                button("plain", say(&name), toggle)
                    .attr("lang", "vi")
                    .attr("aria-expanded", move || is_shown.get().to_string()),
            )
            .child(el("p").class("hint").child(move || {
                say(match state.get() {
                    Some(State::Ready) => "supplement.paper-ready",
                    _ => "supplement.paper-missing",
                })
            }))
            .child(move || is_shown.get().then(|| pages::paper_of(open, part.clone())))
    };
    let ready = Memo::new(move |_| {
        open.with(|draft| draft.gaps(now()).is_empty() && draft.papers.values().any(|paper| !paper.pages.is_empty()))
            .unwrap_or(false)
    });
    group()
        .child(el("h3").id("answer").attr("tabindex", "-1").child(say("supplement.answer-title")))
        .child(el("ul").class("rows").child(draft.requirements.iter().map(row).collect::<Vec<_>>()))
        .child(review::send_off(open, ready, "supplement.send", move |_| {
            announce(say("supplement.sent"));
            reload();
        }))
}
