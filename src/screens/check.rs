//! The checklist of one case: which papers, what is there already, how long, how much, where.

mod hand_on;
mod questions;
mod terms;

use leptos::{prelude::*, task::spawn_local};

use super::{case::case_name, choose::drawing, home::scarce};
use crate::{
    catalogue::{
        checklist::{self, Call, Tick, Ticks},
        guide::{Drawing, Guide},
        procedure::{Named, Place},
        questions::{Answers, Because},
        requirement::{Need, OnFile, Requirement},
    },
    device::visit,
    dossier::draft::{Card, Matter},
    journey::{
        answers,
        drafts::Plan,
        shelf::{self, Known, Opened},
    },
    messages::{say, say_with},
    route::{Route, Step},
    shell::{focus, go, go_instead, shell},
    widgets::{
        element::{El, button, el, group},
        field::answer,
        heading::heading,
        notice::{self, Kind, lines, notice, waiting},
        paper_hint,
        stepper::stepper,
        told::told,
    },
};

/// What the citizen said about one checklist, and how it is kept.
#[derive(Clone)]
struct Said {
    code: String,
    option: i64,
    /// As the device keeps them.
    ticks: RwSignal<Ticks>,
    /// With those on their way to the device.
    wanted: StoredValue<Ticks>,
    answers: RwSignal<Answers>,
    /// What the portal keeps for the citizen, where they have signed in.
    on_file: RwSignal<Vec<OnFile>>,
    /// That the device did not keep the last of it, and why.
    failed: RwSignal<Option<String>>,
}

impl Said {
    fn new(code: &str, option: i64) -> Said {
        let said = Said {
            code: code.to_owned(),
            option,
            ticks: RwSignal::new(Ticks::new()),
            wanted: StoredValue::new(Ticks::new()),
            answers: answers::answers(code),
            on_file: RwSignal::new(Vec::new()),
            failed: RwSignal::new(None),
        };
        let (name, ticks, wanted, on_file) = (said.name(), said.ticks, said.wanted, said.on_file);
        spawn_local(async move {
            if let Ok(store) = &shell().store
                && let Ok(Some(kept)) = store.kept::<Ticks>(&name).await
            {
                wanted.try_update_value(|wanted| *wanted = kept.clone());
                ticks.try_set(kept);
            }
            // Guests have nothing there, and the portal need not be asked.
            if !visit::remembered(visit::SIGNED_IN).is_empty()
                && let Ok(documents) = shell().portal.documents().await
            {
                on_file.try_set(documents);
            }
        });
        said
    }

    fn name(&self) -> String {
        format!("ticks/{}/{}", self.code, self.option)
    }

    /// Notes a tick: on the device first, then on the screen. What the device does not keep is shown with that word.
    fn tick(&self, part: String, tick: Tick) {
        self.wanted.update_value(|ticks| {
            ticks.insert(part, tick);
        });
        let (name, wanted, shown, failed) = (self.name(), self.wanted.get_value(), self.ticks, self.failed);
        spawn_local(async move {
            let kept = match &shell().store {
                Ok(store) => store.keep(&name, &wanted).await,
                Err(error) => Err(*error),
            };
            failed.try_set(kept.err().map(|error| say(error.key())));
            shown.try_set(wanted);
        });
    }
}

pub fn screen(code: String, place: i64, option: i64) -> El {
    let known = shelf::procedure(&code);
    let said = Said::new(&code, option);
    group().child(stepper(2)).child(move || {
        known.with(|known| match known {
            Known::Loading => waiting(),
            Known::Not(trouble) => {
                group().child(heading(say("case.not-found"))).child(notice(Kind::Wrong, say(trouble.key())))
            }
            Known::Here(opened, trouble) => group()
                .child(trouble.as_ref().map(|_| notice(Kind::Info, say("app.kept-copy"))))
                .child(shown(opened, place, said.clone())),
        })
    })
}

fn shown(opened: &Opened, config: i64, said: Said) -> El {
    let (cases, guide) = (opened.cases_at(config), opened.guide.as_ref());
    let place = opened.procedure.places.iter().find(|place| place.config == config);
    let (Some(at), Some(place)) = (cases.iter().position(|case| case.case.option == said.option), place) else {
        return group().child(heading(say("case.not-found"))).child(notice(Kind::Wrong, say("check.no-case"))).child(
            el("p").child(
                el("a")
                    .class("button")
                    .attr("href", format!("/thu-tuc/{}", opened.procedure.summary.code))
                    .child(say("case.back")),
            ),
        );
    };
    // Only a guide as new as the portal's record may say which papers are needed.
    let current = opened.current_guide().cloned();
    let outdated = guide.is_some() && current.is_none();
    let requirements = cases[at].requirements.clone();
    let case = case_name(cases, at, guide).unwrap_or_default();
    let summary = &opened.procedure.summary;
    let everyday = guide.map(|guide| guide.entry.everyday_name.clone()).unwrap_or_default();
    let title = if everyday.is_empty() { summary.name.clone() } else { everyday.clone() };
    let matter = Matter {
        service: Named { code: summary.code.clone(), name: summary.name.clone() },
        everyday,
        agency: place.agency.clone(),
        config,
        option: said.option,
        template: cases[at].case.template.clone(),
        case: case.clone(),
    };
    let options: Vec<i64> = cases.iter().map(|case| case.case.option).collect();
    let answered = {
        let (said, guide, code) = (said.clone(), current.clone(), summary.code.clone());
        move |answers: Answers| {
            let (shown, failed) = (said.answers, said.failed);
            let elsewhere = guide.as_ref().and_then(|guide| guide.case_of(&answers)).filter(|case| *case != at);
            let (code, option) = (code.clone(), elsewhere.and_then(|case| options.get(case).copied()));
            spawn_local(async move {
                failed.try_set(answers::keep(&code, &answers).await.err().map(|error| say(error.key())));
                shown.try_set(answers);
                if let Some(option) = option {
                    go_instead(Route::Check(code, config, option));
                }
            });
        }
    };
    let listed: Vec<Requirement> = requirements.iter().filter(|paper| paper.need != Need::Optional).cloned().collect();
    let all = RwSignal::new(false);
    let not_needed = {
        let (listed, guide, answers) = (listed.clone(), current.clone(), said.answers);
        Memo::new(move |_| {
            let call = |paper: &&Requirement| {
                matches!(checklist::call(paper, guide.as_ref(), &answers.get()), Call::NotNeeded(_))
            };
            listed.iter().filter(call).count()
        })
    };
    let show_all = move || {
        (not_needed.get() > 0).then(|| {
            let key = if all.get() { "check.hide-not-needed" } else { "check.show-not-needed" };
            button("plain", say_with(key, &[("n", &not_needed.get().to_string())]), move |_| {
                all.update(|all| *all = !*all)
            })
        })
    };
    let ready = {
        let (listed, guide, said, names) = (requirements.clone(), current.clone(), said.clone(), guide.cloned());
        Memo::new(move |_| ready_lines(&listed, guide.as_ref(), names.as_ref(), &said))
    };
    let path = Route::Check(summary.code.clone(), config, said.option).path();
    group()
        .child(guide.and_then(|guide| drawing(&guide.entry.picture)))
        .child(heading(say_with("check.title", &[("name", &say(&title))])))
        .child(el("p").class("lead").child(told(&case)))
        .child(outdated.then(|| notice(Kind::Info, say("check.outdated"))))
        .child(current.as_ref().and_then(|guide| questions::questions(guide, said.answers, answered)))
        .child(el("p").class("hint").child(say("check.intro")))
        .child(el("p").class("ready").child(move || ready.get().0))
        .child(
            el("ol")
                .class("papers")
                .toggle("all", move || all.get())
                .child(listed.iter().map(|paper| row(paper, opened, &current, &said)).collect::<Vec<_>>()),
        )
        .child(show_all)
        .child(terms::terms(&summary.duration, &summary.fees, place.agency.code.clone()))
        .child(whereabouts(place))
        .child(
            (!opened.procedure.results.is_empty()).then(|| {
                el("section").child(el("h2").child(say("check.result"))).child(lines(&opened.procedure.results))
            }),
        )
        .child(
            el("details")
                .class("law")
                .child(el("summary").child(say("check.law")))
                .child(lines(&opened.procedure.conditions))
                .child(lines(&opened.procedure.legal_basis)),
        )
        .child(scarce())
        .child((!shell().mode.forgets()).then(|| el("p").class("hint").child(say("check.kept-here"))))
        .child(hand_on::hand_on(path, said.answers, title))
        .child(begin(Plan { matter, requirements, guide: guide.cloned() }, current, said, move || ready.get().1))
}

/// How ready the citizen is and what is still missing: in one sentence, and in two numbers.
fn ready_lines(papers: &[Requirement], guide: Option<&Guide>, names: Option<&Guide>, said: &Said) -> (String, String) {
    let (answers, ticks) = (said.answers.get(), said.ticks.get());
    let readiness = checklist::readiness(papers, guide, &answers, &ticks);
    let (have, all) = (readiness.have.to_string(), readiness.all().to_string());
    let tally = say_with("check.tally", &[("n", &have), ("all", &all)]);
    let mut text = match readiness.missing.is_empty() {
        true if readiness.unsaid.is_empty() => return (say_with("check.all", &[("all", &all)]), tally),
        true => say_with("check.have-all", &[("all", &all)]),
        false => {
            let name =
                |paper: &&Requirement| say(paper_hint::title(paper, names.and_then(|guide| guide.paper(&paper.name))));
            let missing: Vec<String> = readiness.missing.iter().map(name).collect();
            say_with("check.missing", &[("n", &have), ("all", &all), ("missing", &missing.join("; "))])
        }
    };
    if !readiness.unsaid.is_empty() {
        text.push(' ');
        text.push_str(&say_with("check.unsaid", &[("n", &readiness.unsaid.len().to_string())]));
    }
    (text, tally)
}

/// The bar that stays in sight: what is missing, and the way on. Where a draft of the same thing lies on the device
/// already, the citizen says whether to go on with it.
fn begin(plan: Plan, current: Option<Guide>, said: Said, tally: impl Fn() -> String + 'static) -> El {
    let failed = said.failed;
    let twin = RwSignal::new_local(None::<Card>);
    let busy = RwSignal::new(false);
    let anew = {
        let plan = plan.clone();
        move || {
            let mut plan = plan.clone();
            let (answers, ticks) = (said.answers.get_untracked(), said.wanted.get_value());
            let (papers, ticks) = checklist::settled(&plan.requirements, current.as_ref(), &answers, ticks);
            plan.requirements = papers;
            busy.set(true);
            spawn_local(async move {
                match plan.begin(ticks).await {
                    Ok(draft) => go(Route::Draft(draft.id, Step::Papers)),
                    Err(error) => failed.set(Some(say(error.key()))),
                }
                busy.try_set(false);
            });
        }
    };
    let start = {
        let (plan, anew) = (plan, anew.clone());
        move |_| {
            let (plan, anew) = (plan.clone(), anew.clone());
            spawn_local(async move {
                match plan.twin().await {
                    Some(card) => {
                        twin.set(Some(card));
                        focus("twin");
                    }
                    None => anew(),
                }
            });
        }
    };
    let offer = move || {
        let card = twin.get()?;
        let (anew, when) = (anew.clone(), card.saved.date_time());
        let on = Route::Draft(card.id, Step::Papers).path();
        Some(
            el("div")
                .class("card missing")
                .id("twin")
                .attr("tabindex", "-1")
                .child(el("p").child(say_with("check.twin", &[("when", &when)])))
                .child(el("a").class("button").attr("href", on).child(say("check.twin-on")))
                .child(button("plain", say("check.twin-new"), move |_| anew())),
        )
    };
    let on = button("button", say("check.begin"), start).attr("disabled", move || busy.get());
    group()
        .child(notice::wrong(failed))
        .child(offer)
        .child(el("div").class("foot").child(el("p").attr("role", "status").child(tally)).child(on))
}

fn row(paper: &Requirement, opened: &Opened, current: &Option<Guide>, said: &Said) -> El {
    let service = &opened.procedure.summary.code;
    let hint = opened.guide.as_ref().and_then(|guide| guide.paper(&paper.name));
    let (part, name) = (paper.part.clone(), paper_hint::title(paper, hint));
    let drawing = Drawing::of(&opened.drawings, [name, &paper.name]);
    let ticks = said.ticks;
    let tick = {
        let part = part.clone();
        Memo::new(move |_| ticks.with(|ticks| ticks.get(&part).copied().unwrap_or_default()))
    };
    let call = {
        let (paper, guide, answers) = (paper.clone(), current.clone(), said.answers);
        Memo::new(move |_| checklist::call(&paper, guide.as_ref(), &answers.get()))
    };
    let choice = |value: Tick, key: &str| {
        let (part, said, id) = (part.clone(), said.clone(), format!("tick-{part}-{value:?}"));
        let name = format!("tick-{part}");
        answer(id, &name, key, move || tick.get() == value, move || said.tick(part.clone(), value))
    };
    // Whether a condition holds is asked only where no answer has said so.
    let not_mine = choice(Tick::NotMine, "check.not-mine").toggle("hidden", move || !matches!(call.get(), Call::If(_)));
    let on_file = {
        let (paper, papers) = (paper.clone(), said.on_file);
        move || {
            papers.with(|papers| {
                let held = paper.on_file(papers)?;
                let text = say_with("check.on-file", &[("file", &held.name)]);
                Some(el("p").class("have").child("✓ ").child(text))
            })
        }
    };
    let form = paper.form.as_ref().map(|form| {
        let address = shell().portal.form_url(service, form);
        let link = |key: &str| el("a").class("form").attr("href", address.clone()).child(say(key));
        el("p")
            .child(link("check.form").attr("download", ""))
            .child(" ")
            .child(link("check.form-open").attr("target", "_blank").attr("rel", "noopener"))
    });
    el("li")
        .class("card")
        .toggle("have", move || tick.get() == Tick::Have)
        .toggle("not-needed", move || matches!(call.get(), Call::NotNeeded(_)))
        .child(
            el("fieldset")
                .child(el("legend").child(drawing.map(paper_hint::drawn)).child(el("strong").child(told(name))))
                .child(paper.group.clone().map(|group| el("p").class("hint").attr("lang", "vi").child(group)))
                .child(move || called(&call.get()))
                .child(on_file)
                .child(paper_hint::count(paper).map(|count| el("p").class("hint").child(count)))
                .child(paper_hint::more(paper, hint))
                .child(form)
                .child(
                    el("div")
                        .class("ticks")
                        .child(choice(Tick::Have, "check.have"))
                        .child(choice(Tick::WillGet, "check.will-get"))
                        .child(choice(Tick::Open, "check.not-yet"))
                        .child(not_mine),
                ),
        )
}

/// Whether the paper is needed, and why.
fn called(call: &Call) -> El {
    let by = |because: &Because| {
        let said = say_with("check.because", &[("ask", &say(&because.ask)), ("answer", &say(&because.answer))]);
        el("small").child(said)
    };
    match call {
        Call::Needed(None) => paper_hint::need(&Need::Required),
        Call::Needed(Some(because)) => group().child(paper_hint::need(&Need::Required)).child(by(because)),
        Call::If(condition) => paper_hint::need(&Need::If(condition.clone())),
        Call::NotNeeded(because) => {
            group().child(el("p").class("need").child(say("papers.not-mine"))).child(by(because))
        }
        Call::Optional => paper_hint::need(&Need::Optional),
    }
}

fn whereabouts(place: &Place) -> El {
    let agency = &shell().config.agency;
    let line = |text: &String| (!text.is_empty()).then(|| el("p").attr("lang", "vi").child(text.clone()));
    el("section")
        .child(el("h2").child(say("check.where")))
        .child(el("p").attr("lang", "vi").child(el("strong").child(place.agency.name.clone())))
        .child(line(&agency.address))
        .child(line(&agency.hours))
        .child(el("p").child(say_with("check.hotline", &[("hotline", &agency.hotline)])))
}
