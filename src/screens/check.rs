//! The checklist of one case: which papers, what is there already, how long, how much, where.

use leptos::{prelude::*, task::spawn_local};

use super::case::case_name;
use crate::{
    catalogue::{
        checklist::{self, Tick, Ticks},
        guide::Guide,
        procedure::{Named, Place},
        requirement::{Need, Requirement},
        terms::{Channel, of_channel},
    },
    device::share,
    dossier::draft::{Card, Matter},
    journey::{
        drafts::Plan,
        shelf::{self, Known, Opened},
    },
    messages::{say, say_with},
    route::{Route, Step},
    shell::{focus, go, shell},
    widgets::{
        element::{El, button, el, group},
        field::answer,
        heading::heading,
        notice::{self, Kind, lines, notice, waiting},
        paper_hint,
        stepper::stepper,
    },
};

pub fn screen(code: String, place: i64, option: i64) -> El {
    let known = shelf::procedure(&code);
    let ticks = RwSignal::new(Ticks::new());
    let name = format!("ticks/{code}/{option}");
    {
        let name = name.clone();
        spawn_local(async move {
            if let Ok(store) = &shell().store
                && let Ok(Some(kept)) = store.kept::<Ticks>(&name).await
            {
                ticks.try_set(kept);
            }
        });
    }
    let keep = move |part: String, tick: Tick| {
        ticks.update(|ticks| {
            ticks.insert(part, tick);
        });
        let (name, ticks) = (name.clone(), ticks.get_untracked());
        spawn_local(async move {
            if let Ok(store) = &shell().store {
                let _ = store.keep(&name, &ticks).await;
            }
        });
    };
    group().child(stepper(2)).child(move || {
        known.with(|known| match known {
            Known::Loading => waiting(),
            Known::Not(trouble) => {
                group().child(heading(say("case.not-found"))).child(notice(Kind::Wrong, say(trouble.key())))
            }
            Known::Here(opened, trouble) => group()
                .child(trouble.as_ref().map(|_| notice(Kind::Info, say("app.kept-copy"))))
                .child(shown(opened, place, option, ticks, keep.clone())),
        })
    })
}

fn shown(
    opened: &Opened,
    config: i64,
    option: i64,
    ticks: RwSignal<Ticks>,
    keep: impl Fn(String, Tick) + Clone + 'static,
) -> El {
    let (cases, guide) = (opened.cases_at(config), opened.guide.as_ref());
    let place = opened.procedure.places.iter().find(|place| place.config == config);
    let (Some(at), Some(place)) = (cases.iter().position(|case| case.case.option == option), place) else {
        return group().child(heading(say("case.not-found"))).child(notice(Kind::Wrong, say("check.no-case"))).child(
            el("p").child(
                el("a")
                    .class("button")
                    .attr("href", format!("/thu-tuc/{}", opened.procedure.summary.code))
                    .child(say("case.back")),
            ),
        );
    };
    let requirements = cases[at].requirements.clone();
    let case = case_name(cases, at, guide).unwrap_or_default();
    let summary = &opened.procedure.summary;
    let everyday = guide.map(|guide| guide.entry.everyday_name.clone()).unwrap_or_default();
    let matter = Matter {
        service: Named { code: summary.code.clone(), name: summary.name.clone() },
        everyday: everyday.clone(),
        agency: place.agency.clone(),
        config,
        option,
        template: cases[at].case.template.clone(),
        case: case.clone(),
    };
    let left = {
        let requirements = requirements.clone();
        Memo::new(move |_| checklist::missing(&requirements, &ticks.get()).len())
    };
    let listed: Vec<Requirement> = requirements.iter().filter(|paper| paper.need != Need::Optional).cloned().collect();
    let status = move || match left.get() {
        0 => say("check.all"),
        n => say_with("check.left", &[("n", &n.to_string())]),
    };
    group()
        .child(heading(say_with(
            "check.title",
            &[("name", if everyday.is_empty() { &summary.name } else { &everyday })],
        )))
        .child(el("p").class("lead").child(case))
        .child(el("p").class("hint").child(say("check.intro")))
        .child(el("ol").class("papers").child(
            listed.iter().map(|paper| row(paper, &summary.code, guide, ticks, keep.clone())).collect::<Vec<_>>(),
        ))
        .child(terms(&opened.procedure.summary.duration, &opened.procedure.summary.fees))
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
        .child(el("p").class("actions").child(button("plain", say("app.print"), |_| share::print())))
        .child(begin(Plan { matter, requirements, guide: opened.guide.clone() }, ticks, status))
}

/// The bar that stays in sight: what is missing, and the way on. Where a draft of the same thing lies on the device
/// already, the citizen says whether to go on with it.
fn begin(plan: Plan, ticks: RwSignal<Ticks>, status: impl Fn() -> String + 'static) -> El {
    let failed = RwSignal::new(None::<String>);
    let twin = RwSignal::new_local(None::<Card>);
    let busy = RwSignal::new(false);
    let anew = {
        let plan = plan.clone();
        move || {
            let plan = plan.clone();
            busy.set(true);
            spawn_local(async move {
                match plan.begin(ticks.get_untracked()).await {
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
        .child(el("div").class("foot").child(el("p").attr("role", "status").child(status)).child(on))
}

fn row(
    paper: &Requirement,
    service: &str,
    guide: Option<&Guide>,
    ticks: RwSignal<Ticks>,
    keep: impl Fn(String, Tick) + Clone + 'static,
) -> El {
    let hint = guide.and_then(|guide| guide.paper(&paper.name));
    let (part, name) = (paper.part.clone(), paper_hint::title(paper, hint));
    let tick = {
        let part = part.clone();
        Memo::new(move |_| ticks.with(|ticks| ticks.get(&part).copied().unwrap_or_default()))
    };
    let choice = |said: Tick, key: &str| {
        let (part, keep, id) = (part.clone(), keep.clone(), format!("tick-{part}-{said:?}"));
        let name = format!("tick-{part}");
        answer(id, &name, key, move || tick.get() == said, move || keep(part.clone(), said))
    };
    let no = match paper.need {
        Need::If(_) => choice(Tick::NotMine, "check.not-mine"),
        _ => choice(Tick::Open, "check.not-yet"),
    };
    el("li").class("card").toggle("have", move || tick.get() == Tick::Have).child(
        el("fieldset")
            .child(el("legend").child(el("strong").child(name)))
            .child(paper.group.clone().map(|group| el("p").class("hint").attr("lang", "vi").child(group)))
            .child(paper_hint::need(&paper.need))
            .child(paper_hint::count(paper).map(|count| el("p").class("hint").child(count)))
            .child(paper_hint::more(paper, hint))
            .child(paper.form.as_ref().map(|form| {
                el("p").child(
                    el("a")
                        .class("form")
                        .attr("href", shell().portal.form_url(service, form))
                        .attr("download", "")
                        .child(say("check.form")),
                )
            }))
            .child(el("div").class("ticks").child(choice(Tick::Have, "check.have")).child(no)),
    )
}

/// Time and fee by channel.
fn terms(duration: &[String], fees: &[String]) -> El {
    let name = |channel| match channel {
        Channel::Online => say("channel.online"),
        Channel::Counter => say("channel.counter"),
        Channel::Post => say("channel.post"),
    };
    let cell = |texts: Vec<String>| {
        if texts.is_empty() { el("p").child(say("check.not-published")) } else { lines(&texts) }
    };
    el("section").child(el("h2").child(say("check.terms"))).child(
        el("div").class("terms").child(
            Channel::ALL
                .into_iter()
                .map(|channel| {
                    el("details")
                        .attr("open", channel == Channel::Online)
                        .child(el("summary").child(name(channel)))
                        .child(el("h3").child(say("check.time")))
                        .child(cell(of_channel(duration, channel)))
                        .child(el("h3").child(say("check.fee")))
                        .child(cell(of_channel(fees, channel)))
                })
                .collect::<Vec<_>>(),
        ),
    )
}

fn whereabouts(place: &Place) -> El {
    let agency = &shell().config.agency;
    let line = |text: &String| (!text.is_empty()).then(|| el("p").child(text.clone()));
    el("section")
        .child(el("h2").child(say("check.where")))
        .child(el("p").attr("lang", "vi").child(el("strong").child(place.agency.name.clone())))
        .child(line(&agency.address))
        .child(line(&agency.hours))
        .child(el("p").child(say_with("check.hotline", &[("hotline", &agency.hotline)])))
}
