//! Everything on one page, and sending.

mod under_way;

use leptos::{prelude::*, task::spawn_local};

use super::sign_in;
use crate::{
    device::network,
    dossier::{
        draft::{Draft, Gap},
        paper::State,
        person::Person,
        sending::Sending,
    },
    journey::{
        drafts::Open,
        outbox::{Errand, NotSent, Standing, errand, post, take_back},
    },
    messages::{say, say_with, size},
    route::{Route, Step},
    shell::{announce, focus, go_instead, now, shell},
    widgets::{
        dialogue::ask_first,
        element::{El, button, el, group},
        heading::heading,
        notice::{self, Kind, notice},
        stepper::stepper,
        told::told,
    },
};

pub fn screen(open: Open) -> El {
    let Some(draft) = open.peek() else { return group() };
    let errand = errand(&draft);
    let gaps = draft.gaps(now());
    let ready = gaps.is_empty();
    group()
        .child(stepper(5))
        .child(heading(say("review.title")))
        .child(el("p").class("lead").child(told(draft.matter.title())))
        .child((!ready).then(|| gap_list(&draft, &gaps)))
        .child(matter(&draft))
        .child(papers(&draft, errand))
        .child(draft.answers.is_none().then(|| people(&draft)))
        .child(
            el("p")
                .child(el("a").attr("href", Route::Draft(draft.id.clone(), Step::Keep).path()).child(say("keep.open"))),
        )
        .child(send_off(open, Memo::new(move |_| ready), "review.send", |draft| {
            announce(say("receipt.title"));
            go_instead(Route::Draft(draft.id, Step::Receipt));
        }))
}

/// The end of the way, on whatever screen: what stopped the sending, signing in for it, what is happening, and the button (with
/// the words of the key `send`). `ready` tells whether nothing lacks; `done` is called once the portal has taken all of it in.
pub fn send_off(open: Open, ready: Memo<bool>, send: &'static str, done: impl Fn(Draft) + 'static) -> El {
    let Some(draft) = open.peek() else { return group() };
    let errand = errand(&draft);
    let standing = errand.standing;
    errand.in_sight.set(true);
    on_cleanup(move || {
        let _ = errand.in_sight.try_set(false);
    });
    let stopped = Memo::new(move |_| match standing.get() {
        Standing::Stopped(not_sent) => Some(not_sent),
        _ => None,
    });
    Effect::new(move |before: Option<bool>| {
        let under_way = errand.is_under_way();
        match stopped.get() {
            Some(NotSent::SignIn) => focus("sign-in"),
            Some(NotSent::Because(..)) => focus("stopped"),
            None if before == Some(true) && !under_way => {
                if let Some(draft) = open.peek().filter(|draft| matches!(draft.sending, Sending::Sent(_))) {
                    done(draft);
                }
            }
            None => {}
        }
        under_way
    });
    let id = draft.id.clone();
    group()
        .child(el("div").id("stopped").attr("tabindex", "-1").child(move || {
            let Some(NotSent::Because(why, part)) = stopped.get() else { return None };
            Some({
                group()
                    .child(notice(Kind::Wrong, why))
                    .child(part.map(|part| {
                        el("p").child(
                            el("a").attr("href", format!("/ho-so/{id}/giay-to/{part}")).child(say("review.see-paper")),
                        )
                    }))
                    .child(el("p").class("hint").child(say(if shell().mode.forgets() {
                        "kiosk.sending-stay"
                    } else {
                        "review.kept"
                    })))
            })
        }))
        .child(el("div").id("sign-in").attr("tabindex", "-1").child(move || {
            (stopped.get() == Some(NotSent::SignIn)).then(|| {
                let person = open.peek().map(|draft| draft.people.applicant);
                group()
                    .child(notice(Kind::Info, say("review.sign-in")))
                    .child(sign_in::form(person, move || post(open)))
            })
        }))
        .child(under_way::under_way(errand))
        .child(begun(open, errand))
        .child(
            el("div")
                .class("foot")
                .child(el("p").child(move || say(if ready.get() { "review.promise" } else { "review.not-ready" })))
                .child(network::tells_kind().then(|| spare_data(open)))
                .child(
                    button(
                        "button",
                        move || say(if errand.is_under_way() { "review.sending" } else { send }),
                        move |_| post(open),
                    )
                    .id("send")
                    .attr("disabled", move || errand.is_under_way() || !ready.get()),
                ),
        )
}

/// What was begun and stopped may be taken back from the portal.
fn begun(open: Open, errand: Errand) -> El {
    let failed = RwSignal::new(None::<String>);
    let is_begun = Memo::new(move |_| {
        !errand.is_under_way() && open.with(|draft| matches!(draft.sending, Sending::Begun(_))).unwrap_or(false)
    });
    let take_back = move || {
        failed.set(None);
        spawn_local(async move {
            match take_back(open).await {
                Ok(()) => announce(say("review.taken-back")),
                Err(why) => drop(failed.try_set(Some(why))),
            }
        });
    };
    group().child(notice::wrong(failed)).child(move || {
        is_begun
            .get()
            .then(|| ask_first("review/take-back", say("review.take-back"), say("review.take-back-ask"), take_back))
    })
}

/// The wish to send only where it costs nothing.
fn spare_data(open: Open) -> El {
    el("p").child(
        el("label")
            .class("tick")
            .child(
                el("input")
                    .attr("type", "checkbox")
                    .prop("checked", move || open.with(|draft| draft.spare_data).unwrap_or(false))
                    .on("change", move |_| open.change_soon(|draft| draft.spare_data = !draft.spare_data)),
            )
            .child(say("review.spare-data")),
    )
}

/// What still has to be done, each a link to the place.
fn gap_list(draft: &Draft, gaps: &[Gap]) -> El {
    let name = |part: &str| draft.requirement(part).map(|paper| say(draft.paper_name(paper))).unwrap_or_default();
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
        .child(draft.answers.is_none().then(|| {
            el("p").child(
                el("a").attr("href", format!("/thu-tuc/{}", matter.service.code)).child(say("review.other-case")),
            )
        }))
}

fn papers(draft: &Draft, errand: Errand) -> El {
    let mut place = 0..;
    let rows = draft.requirements.iter().filter_map(|paper| {
        let held = draft.papers.get(&paper.part).filter(|held| held.state() != State::Missing)?;
        let bytes: u64 = held.pages.iter().map(|page| page.bytes).sum();
        let count = say_with("review.pages", &[("n", &held.pages.len().to_string()), ("size", &size(bytes))]);
        let href = format!("/ho-so/{}/giay-to/{}", draft.id, paper.part);
        Some(
            el("li")
                .child(el("p").child(told(draft.paper_name(paper))))
                .child(el("p").class("hint").child(count))
                .child((held.state() == State::Ready).then(|| under_way::of_file(errand, place.next().unwrap_or(0))))
                .child(
                    el("a")
                        .attr("href", href)
                        .attr(
                            "aria-label",
                            say_with("review.change-paper", &[("paper", &say(draft.paper_name(paper)))]),
                        )
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
