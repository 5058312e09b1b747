//! Everything on one page, and sending.

use leptos::{prelude::*, task::spawn_local};

use super::sign_in;
use crate::{
    device::clock,
    dossier::{
        draft::{Draft, Gap},
        paper::State,
        person::Person,
        sending::News,
    },
    journey::{
        drafts::Open,
        outbox::{NotSent, dispatch},
    },
    messages::{say, say_with, size},
    route::{Route, Step},
    shell::{announce, focus, go_instead, shell},
    widgets::{
        element::{El, button, el, group},
        heading::heading,
        notice::{Kind, notice},
        stepper::stepper,
    },
};

pub fn screen(open: Open) -> El {
    let Some(draft) = open.peek() else { return group() };
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
    group()
        .child(stepper(5))
        .child(heading(say("review.title")))
        .child(el("p").class("lead").child(draft.matter.title().to_owned()))
        .child((!ready).then(|| gap_list(&draft, &gaps)))
        .child(matter(&draft))
        .child(papers(&draft))
        .child(people(&draft))
        .child(el("div").id("stopped").attr("tabindex", "-1").child(move || {
            stopped.get().map(|(why, part)| {
                group()
                    .child(notice(Kind::Wrong, why))
                    .child(part.map(|part| {
                        el("p").child(
                            el("a").attr("href", format!("/ho-so/{id}/giay-to/{part}")).child(say("review.see-paper")),
                        )
                    }))
                    .child(el("p").class("hint").child(say("review.kept")))
            })
        }))
        .child(el("div").id("sign-in").attr("tabindex", "-1").child(move || {
            signing_in.get().then(|| {
                let person = open.peek().map(|draft| draft.people.applicant);
                group().child(notice(Kind::Info, say("review.sign-in"))).child(sign_in::form(person, send))
            })
        }))
        .child(move || news.get().map(|news| progress(&news)))
        .child(
            el("div")
                .class("foot")
                .child(el("p").child(say(if ready { "review.promise" } else { "review.not-ready" })))
                .child(
                    button(
                        "button",
                        move || say(if busy.get() { "review.sending" } else { "review.send" }),
                        move |_| send(),
                    )
                    .id("send")
                    .attr("disabled", move || busy.get() || !ready),
                ),
        )
}

/// What still has to be done, each a link to the place.
fn gap_list(draft: &Draft, gaps: &[Gap]) -> El {
    let name = |part: &str| draft.requirement(part).map(|paper| paper.name.clone()).unwrap_or_default();
    let row = |gap: &Gap| {
        let (href, text) = match gap {
            Gap::Paper(part) => {
                (format!("/ho-so/{}/giay-to/{part}", draft.id), say_with("review.gap-paper", &[("paper", &name(part))]))
            }
            Gap::Unreadable(part) => (
                format!("/ho-so/{}/giay-to/{part}", draft.id),
                say_with("review.gap-unreadable", &[("paper", &name(part))]),
            ),
            Gap::People => (format!("/ho-so/{}/nguoi-nop", draft.id), say("review.gap-people")),
        };
        el("li").child(el("a").attr("href", href).child(text))
    };
    let title = el("p").child(el("strong").child(say("review.gaps")));
    notice(Kind::Wrong, group().child(title).child(el("ul").child(gaps.iter().map(row).collect::<Vec<_>>())))
}

fn matter(draft: &Draft) -> El {
    let matter = &draft.matter;
    el("section")
        .class("card")
        .child(el("h2").child(say("review.matter")))
        .child(el("p").attr("lang", "vi").child(matter.service.name.clone()))
        .child(el("p").child(matter.case.clone()))
        .child(el("p").child(say_with("review.agency", &[("agency", &matter.agency.name)])))
        .child(
            el("p").child(
                el("a").attr("href", format!("/thu-tuc/{}", matter.service.code)).child(say("review.other-case")),
            ),
        )
}

fn papers(draft: &Draft) -> El {
    let rows = draft.requirements.iter().filter_map(|paper| {
        let held = draft.papers.get(&paper.part).filter(|held| held.state() != State::Missing)?;
        let bytes: u64 = held.pages.iter().map(|page| page.bytes).sum();
        let count = say_with("review.pages", &[("n", &held.pages.len().to_string()), ("size", &size(bytes))]);
        let href = format!("/ho-so/{}/giay-to/{}", draft.id, paper.part);
        Some(
            el("li")
                .child(el("p").attr("lang", "vi").child(paper.name.clone()))
                .child(el("p").class("hint").child(count))
                .child(
                    el("a")
                        .attr("href", href)
                        .attr("aria-label", say_with("review.change-paper", &[("paper", &paper.name)]))
                        .child(say("review.change")),
                ),
        )
    });
    el("section")
        .class("card")
        .child(el("h2").child(say("review.papers")))
        .child(el("ul").class("rows").child(rows.collect::<Vec<_>>()))
}

fn people(draft: &Draft) -> El {
    let row = |person: &Person| {
        let line =
            |key: &str, text: &str| group().child(el("dt").child(say(key))).child(el("dd").child(text.to_owned()));
        el("dl")
            .child(line("field.name", &person.name))
            .child(line("field.id-number", &person.id_number))
            .child(line("field.birth", &person.birth))
            .child(line("field.phone", &person.phone))
            .child(line("field.street", &format!("{}, {}", person.street, person.ward.name)))
    };
    el("section")
        .class("card")
        .child(el("h2").child(say("people.applicant")))
        .child(row(&draft.people.applicant))
        .child(if draft.people.on_behalf() {
            group().child(el("h2").child(say("people.owner"))).child(row(draft.people.owner()))
        } else {
            el("p").child(say("review.same"))
        })
        .child(
            el("a")
                .attr("href", format!("/ho-so/{}/nguoi-nop", draft.id))
                .attr("aria-label", say("review.change-people"))
                .child(say("review.change")),
        )
}

/// What is happening right now; spoken when the step changes, not with every byte.
fn progress(news: &News) -> El {
    let (text, done) = match news {
        News::Opening => (say("review.opening"), None),
        News::Attaching { at, of, sent, bytes } => {
            let text = say_with(
                "review.attaching",
                &[("at", &(at + 1).to_string()), ("of", &of.to_string()), ("size", &size(*bytes))],
            );
            (text, Some((*sent, *bytes)))
        }
        News::Checking => (say("review.checking"), None),
        News::Submitting => (say("review.submitting"), None),
    };
    el("div").class("sending").child(el("p").attr("role", "status").child(text.clone())).child(done.map(
        |(sent, bytes)| {
            el("progress")
                .attr("max", bytes.max(1).to_string())
                .attr("value", sent.min(bytes).to_string())
                .attr("aria-label", text)
        },
    ))
}
