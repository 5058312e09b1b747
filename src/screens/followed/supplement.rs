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
        shelf::{self, Papers},
        supplement::{begin, begun},
    },
    messages::{say, say_with},
    shell::{announce, focus, now, shell},
    widgets::{
        element::{El, button, el, group},
        explained::explained,
        notice::{self, Kind, notice},
        paper_hint,
        told::told,
    },
};

/// `papers` are those of the template, where the device keeps them: else their names cost another request, which is made when
/// the citizen wants it. `secret` opens the dossier for someone not signed in; `reload` asks the portal again once the answer
/// is there.
pub fn supplement(
    progress: &Progress,
    remarks: &[Remark],
    papers: Option<Papers>,
    secret: Option<String>,
    reload: Rc<dyn Fn()>,
) -> El {
    let papers = RwSignal::new_local(papers);
    // The everyday name leads, the official one stands below it.
    let name = move |part: &str| {
        papers.with(|papers| {
            let paper = papers.iter().flat_map(|(listed, _)| listed).find(|paper| paper.part == part);
            let Some(paper) = paper else {
                return el("p").child(el("strong").child(say_with("supplement.part", &[("part", part)])));
            };
            let hint = papers.as_ref().and_then(|(_, hints)| hints.get(part));
            group()
                .child(el("p").child(el("strong").child(told(paper_hint::title(paper, hint)))))
                .child(hint.map(|_| el("p").class("official").child(explained(paper.title()))))
        })
    };
    let hotline = &shell().config.agency.hotline;
    let row = |remark: &Remark| {
        let why = if remark.comment.is_empty() {
            el("p").child(say_with("supplement.row-no-reason", &[("hotline", hotline)]))
        } else {
            el("p").attr("lang", "vi").child(say_with("supplement.row-reason", &[("reason", &remark.comment)]))
        };
        let part = remark.part.clone();
        el("li").child(move || name(&part)).child(why)
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
    let (service, template) = (progress.codes.0.clone(), progress.template.clone());
    let name_them = move |_| {
        let (service, template) = (service.clone(), template.clone());
        spawn_local(async move {
            match shelf::papers(&service, &template).await {
                Ok(named) => {
                    wrong.try_set(None);
                    papers.try_set(Some(named));
                    focus("asked");
                }
                Err(trouble) => {
                    wrong.try_set(Some(say(trouble.key())));
                }
            }
        });
    };
    let (progress, asked) = (progress.clone(), remarks.to_vec());
    let start = move |_| {
        let (progress, asked, secret) = (progress.clone(), asked.clone(), secret.clone());
        let listed = papers.get_untracked().unwrap_or_default();
        spawn_local(async move {
            match begin(&progress, &asked, &listed, &secret.unwrap_or_default()).await {
                Ok(draft) => open(draft, Some("answer")).await,
                Err(error) => {
                    wrong.try_set(Some(say(error.key())));
                }
            }
        });
    };
    el("section")
        .class("card missing")
        .child(el("h2").id("asked").attr("tabindex", "-1").child(say("supplement.title")))
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
            None => group().child(papers.with(|papers| match papers {
                None => Some(button("button", say("supplement.name-them"), name_them.clone())),
                Some((listed, _)) if listed.is_empty() => None,
                Some(_) => Some(button("button", say("supplement.answer"), start.clone())),
            })),
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
            .child(button("plain", told(&name), toggle).attr("aria-expanded", move || is_shown.get().to_string()))
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
