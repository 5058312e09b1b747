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
    dossier::draft::Matter,
    journey::{drafts, shelf::{self, Known, Opened}},
    messages::{say, say_with},
    route::{Route, Step},
    shell::{go, shell},
    widgets::{heading::heading, notice::{self, Kind, lines, notice, waiting}, paper_hint, stepper::stepper},
};

pub fn screen(code: String, place: i64, option: i64) -> AnyView {
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
    view! {
        {stepper(2)}
        {move || known.with(|known| match known {
            Known::Loading => waiting(),
            Known::Not(trouble) => view! {
                {heading(say("case.not-found"))}
                {notice(Kind::Wrong, say(trouble.key()))}
            }.into_any(),
            Known::Here(opened, trouble) => view! {
                {trouble.as_ref().map(|_| notice(Kind::Info, say("app.kept-copy")))}
                {shown(opened, place, option, ticks, keep.clone())}
            }.into_any(),
        })}
    }
    .into_any()
}

fn shown(
    opened: &Opened,
    config: i64,
    option: i64,
    ticks: RwSignal<Ticks>,
    keep: impl Fn(String, Tick) + Clone + 'static,
) -> AnyView {
    let (cases, guide) = (opened.cases_at(config), opened.guide.as_ref());
    let place = opened.procedure.places.iter().find(|place| place.config == config);
    let (Some(at), Some(place)) = (cases.iter().position(|case| case.case.option == option), place) else {
        return view! {
            {heading(say("case.not-found"))}
            {notice(Kind::Wrong, say("check.no-case"))}
            <p><a class="button" href=format!("/thu-tuc/{}", opened.procedure.summary.code)>{say("case.back")}</a></p>
        }
        .into_any();
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
    view! {
        {heading(say_with("check.title", &[("name", if everyday.is_empty() { &summary.name } else { &everyday })]))}
        <p class="lead">{case}</p>
        <p class="hint">{say("check.intro")}</p>
        <ol class="papers">
            {listed.iter().map(|paper| row(paper, &summary.code, guide, ticks, keep.clone())).collect_view()}
        </ol>
        {terms(&opened.procedure.summary.duration, &opened.procedure.summary.fees)}
        {whereabouts(place)}
        {(!opened.procedure.results.is_empty()).then(|| view! {
            <section><h2>{say("check.result")}</h2>{lines(&opened.procedure.results)}</section>
        })}
        <details class="law">
            <summary>{say("check.law")}</summary>
            {lines(&opened.procedure.conditions)}
            {lines(&opened.procedure.legal_basis)}
        </details>
        <p class="actions"><button type="button" class="plain" on:click=|_| share::print()>{say("app.print")}</button></p>
        {begin(matter, requirements, ticks, status)}
    }
    .into_any()
}

/// The bar that stays in sight: what is missing, and the way on.
fn begin(
    matter: Matter,
    requirements: Vec<Requirement>,
    ticks: RwSignal<Ticks>,
    status: impl Fn() -> String + Send + 'static,
) -> AnyView {
    let failed = RwSignal::new(None::<String>);
    let begin = move |_| {
        let (matter, requirements) = (matter.clone(), requirements.clone());
        spawn_local(async move {
            match drafts::begin(matter, requirements, ticks.get_untracked()).await {
                Ok(draft) => go(Route::Draft(draft.id, Step::Papers)),
                Err(error) => failed.set(Some(say(error.key()))),
            }
        });
    };
    view! {
        {notice::wrong(failed)}
        <div class="foot">
            <p role="status">{status}</p>
            <button type="button" class="button" on:click=begin>{say("check.begin")}</button>
        </div>
    }
    .into_any()
}

fn row(
    paper: &Requirement,
    service: &str,
    guide: Option<&Guide>,
    ticks: RwSignal<Ticks>,
    keep: impl Fn(String, Tick) + Clone + 'static,
) -> AnyView {
    let hint = guide.and_then(|guide| guide.paper(&paper.name));
    let (part, name) = (paper.part.clone(), paper_hint::title(paper, hint));
    let tick = {
        let part = part.clone();
        Memo::new(move |_| ticks.with(|ticks| ticks.get(&part).copied().unwrap_or_default()))
    };
    let choice = |answer: Tick, key: &str| {
        let (part, keep, id) = (part.clone(), keep.clone(), format!("tick-{part}-{answer:?}"));
        view! {
            <label class="tick" for=id.clone()>
                <input type="radio" id=id.clone() name=format!("tick-{part}") prop:checked=move || tick.get() == answer
                    on:change=move |_| keep(part.clone(), answer)/>
                <span>{say(key)}</span>
            </label>
        }
    };
    let (no, form) = match paper.need {
        Need::If(_) => ((Tick::NotMine, "check.not-mine"), &paper.form),
        _ => ((Tick::Open, "check.not-yet"), &paper.form),
    };
    view! {
        <li class="card" class:have=move || tick.get() == Tick::Have>
            <fieldset>
                <legend><strong>{name}</strong></legend>
                {paper.group.clone().map(|group| view! { <p class="hint" lang="vi">{group}</p> })}
                {paper_hint::need(&paper.need)}
                {paper_hint::count(paper).map(|count| view! { <p class="hint">{count}</p> })}
                {paper_hint::more(paper, hint)}
                {form.as_ref().map(|form| view! {
                    <p><a class="form" href=shell().portal.form_url(service, form) download="">{say("check.form")}</a></p>
                })}
                <div class="ticks">{choice(Tick::Have, "check.have")}{choice(no.0, no.1)}</div>
            </fieldset>
        </li>
    }
    .into_any()
}

/// Time and fee by channel.
fn terms(duration: &[String], fees: &[String]) -> AnyView {
    let name = |channel| match channel {
        Channel::Online => say("channel.online"),
        Channel::Counter => say("channel.counter"),
        Channel::Post => say("channel.post"),
    };
    let cell = |texts: Vec<String>| if texts.is_empty() { view! { <p>{say("check.not-published")}</p> }.into_any() } else { lines(&texts).into_any() };
    view! {
        <section>
            <h2>{say("check.terms")}</h2>
            <div class="terms">
                {Channel::ALL.into_iter().map(|channel| view! {
                    <details open=channel == Channel::Online>
                        <summary>{name(channel)}</summary>
                        <h3>{say("check.time")}</h3>
                        {cell(of_channel(duration, channel))}
                        <h3>{say("check.fee")}</h3>
                        {cell(of_channel(fees, channel))}
                    </details>
                }).collect_view()}
            </div>
        </section>
    }
    .into_any()
}

fn whereabouts(place: &Place) -> AnyView {
    let agency = &shell().config.agency;
    let line = |text: &String| (!text.is_empty()).then(|| view! { <p>{text.clone()}</p> });
    view! {
        <section>
            <h2>{say("check.where")}</h2>
            <p lang="vi"><strong>{place.agency.name.clone()}</strong></p>
            {line(&agency.address)}
            {line(&agency.hours)}
            <p>{say_with("check.hotline", &[("hotline", &agency.hotline)])}</p>
        </section>
    }
    .into_any()
}
