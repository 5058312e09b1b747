//! One dossier on its way: where it is, whose turn it is, when it is due, what the office wrote down.

mod duty;
mod result;
mod stages;
mod supplement;
mod term;
mod withdraw;

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};

use super::sign_in;
use crate::{
    device::{
        news::{self, Leave},
        share, visit,
    },
    dossier::{
        moment::Moment,
        progress::{Duty, Event, Progress, Remark},
        receipt::HeldFile,
        status::{Status, Turn},
    },
    journey::{
        self, copying,
        progress::{self, Handed, Told, headline},
        shelf::{self, Papers},
    },
    messages::{digits, say, say_with, size},
    portal::Trouble,
    route::{Route, Step},
    shell::{announce, go, now, shell},
    widgets::{
        element::{El, button, el, group},
        heading::heading,
        notice::{self, Kind, lines, notice, waiting},
        opened::opened,
        qr,
        timeline::timeline,
    },
};

/// A dossier by an id of this device's (a sent draft) or by the portal's id for the signed-in citizen.
pub fn screen(id: String) -> El {
    let answer = RwSignal::new_local(None::<Result<Told, Trouble>>);
    let load = {
        let id = id.clone();
        move || {
            let id = id.clone();
            answer.set(None);
            spawn_local(async move {
                let told = progress::ask(&id).await;
                journey::news::seen(&id).await;
                answer.try_set(Some(told));
            });
        }
    };
    load();
    let again = load.clone();
    let own = id.clone();
    group()
        // The heading comes anew with each answer, and the focus with it.
        .child(move || {
            let (again, own) = (again.clone(), own.clone());
            let reload: Rc<dyn Fn()> = Rc::new(again.clone());
            group().child(heading(say("follow.one"))).child(match answer.get() {
                None => waiting(),
                Some(Err(Trouble::SignInNeeded)) => {
                    group().child(notice(Kind::Info, say("follow.sign-in"))).child(sign_in::form(None, again))
                }
                Some(Err(trouble)) => group().child(notice(Kind::Wrong, say(trouble.key()))).child(button(
                    "button",
                    say("app.again"),
                    move |_| again(),
                )),
                Some(Ok(Told { progress, secret, aged, receipts })) => group()
                    .child(aged.map(|(when, trouble)| {
                        let text =
                            say_with("follow.aged", &[("when", &when.date_time()), ("why", &say(trouble.key()))]);
                        notice(Kind::Info, text)
                    }))
                    .child(shown(progress.clone(), secret, receipts, reload))
                    .child(el("p").class("actions").child(button("plain", say("follow.again"), move |_| again())))
                    .child(news())
                    .child(copy(own, progress)),
            })
        })
        .child(el("p").child(el("a").attr("href", "/tra-cuu").child(say("follow.other"))))
}

/// The dossier with its dates, what it waits for, and its log. `secret` opens the log for someone not signed in; `receipts` are
/// those of this device; `reload` asks the portal again after the citizen has done something.
pub fn shown(progress: Progress, secret: Option<String>, receipts: Vec<Handed>, reload: Rc<dyn Fn()>) -> El {
    let events = RwSignal::new_local(None::<Result<Vec<Event>, Trouble>>);
    let fetch_log = {
        let (dossier, secret) = (progress.dossier, secret.clone());
        move || {
            let secret = secret.clone();
            spawn_local(async move {
                let log = shell().portal.log(dossier, secret.as_deref()).await;
                events.try_set(Some(log));
            });
        }
    };
    // Two requests: the dossier, and what counts in its state. The log comes at once where nothing else does, else when wanted.
    let log_wanted = opened("followed/log");
    let log_counts = !matches!(progress.status, Status::SupplementAsked | Status::DutyAsked);
    Effect::new(move |_| {
        if log_counts || log_wanted.get() {
            fetch_log();
        }
    });
    let (asked, owed) = (RwSignal::new_local(None::<Asked>), RwSignal::new_local(None::<Owed>));
    {
        let (dossier, template, status) = (progress.dossier, progress.template.clone(), progress.status.clone());
        let (service, secret) = (progress.codes.0.clone(), secret.clone());
        spawn_local(async move {
            let (portal, secret) = (&shell().portal, secret.as_deref());
            if status == Status::SupplementAsked {
                let remarks = portal.remarks(dossier, secret).await;
                let papers = shelf::kept_papers(&service, &template).await;
                asked.try_set(Some(remarks.map(|remarks| (remarks, papers))));
            }
            if status == Status::DutyAsked {
                owed.try_set(Some(portal.duty(dossier, secret).await));
            }
        });
    }
    let called = progress.called();
    let status = &progress.status;
    let late = progress.late(now());
    let ready = matches!(status, Status::Processed | Status::Posted | Status::Returned);
    let asks = {
        let (progress, secret, reload) = (progress.clone(), secret.clone(), reload.clone());
        move || {
            asked.with(|asked| {
                Some(match asked.as_ref()? {
                    Ok((remarks, papers)) => {
                        supplement::supplement(&progress, remarks, papers.clone(), secret.clone(), reload.clone())
                    }
                    Err(trouble) => untold("supplement.title", "supplement.untold", trouble, reload.clone()),
                })
            })
        }
    };
    let owes = {
        let (reload, called, dossier) = (reload.clone(), called.clone(), progress.dossier);
        move || {
            owed.with(|owed| {
                Some(match owed.as_ref()? {
                    Ok(Some(owed)) => duty::duty(owed, dossier, &called, reload.clone()),
                    Ok(None) => untold("duty.title", "duty.untold", &Trouble::Nonsense, reload.clone()),
                    Err(trouble) => untold("duty.title", "duty.untold", trouble, reload.clone()),
                })
            })
        }
    };
    // Paid as the citizen says: then it is the office's turn, whatever the portal calls it.
    let reported =
        move || owed.with(|owed| matches!(owed, Some(Ok(Some(duty))) if duty.paid.is_some() && !duty.settled));
    group()
        // Who waits in vain reads that first.
        .child(late.then(|| term::term(&progress, events)))
        .child({
            let progress = progress.clone();
            move || where_it_is(&progress, late, reported())
        })
        .child(asks)
        .child(owes)
        .child(ready.then(|| result::result(&progress)))
        .child((!late).then(|| term::term(&progress, events)))
        .child(dates(&progress, &called))
        .child(
            el("section")
                .child(el("h2").child(say("follow.log")))
                .child(move || match events.get() {
                    None if !log_counts && !log_wanted.get() => {
                        button("plain", say("follow.show-log"), move |_| log_wanted.set(true))
                    }
                    None => waiting(),
                    Some(Ok(events)) => timeline(&events),
                    Some(Err(_)) => el("p").class("hint").child(say("follow.no-log-here")),
                })
                .child(stages::stages(progress.dossier, secret.clone())),
        )
        .child((status.may_have_paid()).then(|| duty::paid(progress.dossier, secret)))
        .child(proof(&called, &receipts))
        .child(status.can_be_withdrawn().then(|| withdraw::withdraw(progress.dossier, progress.agency.clone(), reload)))
}

/// What the office wants again, and the papers that its template lists where this device keeps them.
type Asked = Result<(Vec<Remark>, Option<Papers>), Trouble>;
type Owed = Result<Option<Duty>, Trouble>;

/// The state in plain words: whose turn it is, what happens now, who has it, what comes next.
fn where_it_is(progress: &Progress, late: bool, reported: bool) -> El {
    let Progress { status, note, step, handler, .. } = progress;
    let turn = match status.turn() {
        Turn::Citizen if reported => Turn::Office,
        turn => turn,
    };
    let key = if reported { "status.6a" } else { status.key() };
    let lead = match turn {
        Turn::Citizen => Some("follow.your-turn"),
        Turn::Office if late => Some("follow.their-turn-late"),
        Turn::Office => Some("follow.their-turn"),
        Turn::Unsaid => Some("follow.turn-unsaid"),
        Turn::Nobody => None,
    };
    el("section")
        .class(if turn == Turn::Citizen { "card status turn" } else { "card status" })
        .child(el("h2").child(if reported { say(key) } else { headline(status) }))
        .child(lead.map(|lead| el("p").class("lead").child(say(lead))))
        .child(
            el("dl").child(
                [("follow.now", "now"), ("follow.who", "who"), ("follow.next", "next")]
                    .map(|(label, part)| {
                        group().child(el("dt").child(say(label))).child(el("dd").child(say(&format!("{key}.{part}"))))
                    })
                    .into_iter()
                    .collect::<Vec<_>>(),
            ),
        )
        .child((!step.is_empty() && !status.is_final()).then(|| {
            let by =
                if handler.is_empty() || turn != Turn::Office { step.clone() } else { format!("{step} · {handler}") };
            el("p").class("hint").child(say("follow.step")).child(" ").child(el("span").attr("lang", "vi").child(by))
        }))
        .child((!note.is_empty()).then(|| {
            el("div").class("office").child(el("p").class("hint").child(say("follow.office-says"))).child(lines(note))
        }))
}

/// What the portal should tell now and does not: said so, with the way to ask again and whom to call.
fn untold(title: &str, sentence: &str, trouble: &Trouble, reload: Rc<dyn Fn()>) -> El {
    let hotline = &shell().config.agency.hotline;
    el("section")
        .class("card missing")
        .child(el("h2").child(say(title)))
        .child(notice(
            Kind::Wrong,
            group()
                .child(el("p").child(say_with(sentence, &[("hotline", hotline)])))
                .child(el("p").child(say(trouble.key()))),
        ))
        .child(button("plain", say("app.again"), move |_| reload()))
}

/// The dates that the portal gives, in order.
fn dates(progress: &Progress, called: &str) -> El {
    let date = |key: &str, moment: Option<Moment>| {
        moment.map(|moment| group().child(el("dt").child(say(key))).child(el("dd").child(digits(&moment.date_time()))))
    };
    let number = progress.number.as_deref().map_or_else(|| say("follow.no-number"), str::to_owned);
    let temporary = progress.number.is_none();
    el("section").class("card").child(el("h2").child(say("follow.dates"))).child(
        el("dl")
            .child(el("dt").child(say("receipt.number")))
            .child(el("dd").child(number))
            .child(temporary.then(|| {
                group().child(el("dt").child(say("receipt.temporary"))).child(el("dd").child(called.to_owned()))
            }))
            .child(el("dt").child(say("review.matter")))
            .child(el("dd").attr("lang", "vi").child(progress.service.clone()))
            .child(el("dt").child(say("receipt.agency")))
            .child(el("dd").attr("lang", "vi").child(progress.agency.clone()))
            .child(date("follow.submitted", progress.submitted))
            .child(date("follow.received", progress.received))
            .child(el("dt").child(say("receipt.due")))
            .child(el("dd").child(progress.due.map_or_else(|| say("follow.no-due"), |due| digits(&due.date()))))
            .child(date("follow.promised-anew", progress.extended))
            .child(date("follow.released", progress.released))
            .child(date(
                if progress.status.is_final() && progress.status != Status::Returned {
                    "follow.ended"
                } else {
                    "follow.finished"
                },
                progress.finished,
            )),
    )
}

/// The page as a proof in hand: printed or as a PDF, with what was handed in and when, and a code that leads to the look-up.
fn proof(called: &str, receipts: &[Handed]) -> El {
    let link = visit::link_to_number(called);
    let received = receipts.iter().map(|(receipt, is_answer)| {
        let when = receipt.sent.map_or_else(|| say("receipt.unknown"), Moment::date_time);
        let title = say_with(if *is_answer { "proof.supplement" } else { "proof.sent" }, &[("when", &when)]);
        let file = |file: &HeldFile| el("li").attr("lang", "vi").child(format!("{}, {}", file.name, size(file.bytes)));
        group().child(el("h3").child(title)).child(el("ul").child(receipt.files.iter().map(file).collect::<Vec<_>>()))
    });
    el("section")
        .class("card proof")
        .child(el("h2").child(say("proof.title")))
        .child(el("p").child(say("proof.intro")))
        .child(received.collect::<Vec<_>>())
        .child(el("p").child(say_with("proof.asked", &[("when", &now().date_time())])))
        .child(qr::qr(&link, &say("proof.code")))
        .child(el("p").class("hint").child(say("proof.not-official")))
        .child(el("p").class("actions").child(button("plain", say("proof.open"), |_| match shell().mode.forgets() {
            // A kiosk's printer has the strip.
            true => share::print_strip(),
            false => share::print_all(),
        })))
}

/// A new draft with what an old dossier held: from this device, or, of one that was filed elsewhere, from the portal.
fn copy(id: String, progress: Progress) -> El {
    let (wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    // What could not be brought along is told before the copy is gone to.
    let made = RwSignal::new(None::<(String, Vec<String>)>);
    let is_here = RwSignal::new(None::<bool>);
    {
        let id = id.clone();
        spawn_local(async move {
            is_here.try_set(match &shell().store {
                Ok(store) => match store.draft(&id).await {
                    Ok(Some(draft)) => draft.answers.is_none().then_some(true),
                    _ => Some(false),
                },
                Err(_) => None,
            });
        });
    }
    let go_to = |draft: String| go(Route::Draft(draft, Step::Papers));
    let make = move |_| {
        let (id, progress) = (id.clone(), progress.clone());
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let copied = match is_here.get_untracked() {
                Some(true) => match copying::of_draft(&id).await {
                    Ok(Some(copy)) => Ok((copy, Vec::new())),
                    Ok(None) => Err(say("follow.copy-none")),
                    Err(error) => Err(say(error.key())),
                },
                _ => copying::of_portal(&progress).await,
            };
            busy.try_set(false);
            match copied {
                Ok((draft, lacking)) if lacking.is_empty() => go_to(draft),
                Ok(copied) => drop(made.try_set(Some(copied))),
                Err(why) => drop(wrong.try_set(Some(why))),
            }
        });
    };
    let told = move || {
        let (draft, lacking) = made.get()?;
        let list = lacking.into_iter().map(|why| el("li").child(why)).collect::<Vec<_>>();
        Some(group().child(notice(Kind::Late, el("ul").child(list))).child(button(
            "button",
            say("follow.copy-go"),
            move |_| go_to(draft.clone()),
        )))
    };
    group().child(move || {
        is_here.get().map(|_| {
            group()
                .child(notice::wrong(wrong))
                .child(button("plain", say("follow.copy"), make.clone()).attr("disabled", move || busy.get()))
                .child(el("p").attr("role", "status").child(move || busy.get().then(|| say("app.loading"))))
                .child(told)
                .child(el("p").class("hint").child(say("follow.copy-hint")))
        })
    })
}

/// The wish to be told when something changes, asked for here and never at the start.
fn news() -> El {
    let said = RwSignal::new(None::<bool>);
    spawn_local(async move {
        said.try_set(Some(journey::news::is_wished().await && news::leave() == Leave::Given));
    });
    let wish = move |wished: bool| {
        spawn_local(async move {
            let given = !wished || news::ask().await == Leave::Given;
            if given && journey::news::wish(wished).await {
                said.try_set(Some(wished));
            } else {
                said.try_set(Some(false));
            }
            announce(say(match (wished, news::leave()) {
                (true, Leave::Given) => "follow.notify-on",
                (true, _) => "follow.notify-denied",
                (false, _) => "follow.notify-off",
            }));
        });
    };
    group().child(move || match (said.get(), news::leave()) {
        (None, _) | (_, Leave::Missing) => group(),
        (_, Leave::Denied) => el("p").class("hint").child(say("follow.notify-denied")),
        (Some(true), _) => group().child(el("p").child(say("follow.notify-on"))).child(button(
            "plain",
            say("follow.notify-turn-off"),
            move |_| wish(false),
        )),
        (Some(false), _) => group()
            .child(button("plain", say("follow.notify"), move |_| wish(true)))
            .child(el("p").class("hint").child(say(if journey::news::can_be_closed() {
                "follow.notify-closed"
            } else {
                "follow.notify-limit"
            })))
            .child(el("p").class("hint").child(say("follow.notify-private"))),
    })
}
