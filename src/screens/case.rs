//! Which of the procedure's cases is the citizen's, and at which office.

use leptos::prelude::*;

use crate::{
    catalogue::{case::named_by_papers, guide::Guide},
    journey::shelf::{self, CaseWithPapers, Known, Opened},
    messages::{say, say_with},
    widgets::{heading::heading, notice::{Kind, notice, waiting}, stepper::stepper},
};

pub fn screen(code: String) -> AnyView {
    let known = shelf::procedure(&code);
    view! {
        {stepper(1)}
        {move || known.with(|known| match known {
            Known::Loading => waiting(),
            Known::Not(trouble) => view! {
                {heading(say("case.not-found"))}
                {notice(Kind::Wrong, say(trouble.key()))}
                <p><a class="button" href="/thu-tuc">{say("case.back")}</a></p>
            }.into_any(),
            Known::Here(opened, trouble) => view! {
                {trouble.as_ref().map(|_| notice(Kind::Info, say("app.kept-copy")))}
                {shown(&code, opened)}
            }.into_any(),
        })}
    }
    .into_any()
}

/// The name of a case in the plainest words there are: the guide's, the portal's, what its papers have in common,
/// or its number. `None` if there is only this case.
pub fn case_name(cases: &[CaseWithPapers], at: usize, guide: Option<&Guide>) -> Option<String> {
    let case = &cases[at].case;
    if cases.len() == 1 {
        return None;
    }
    if let Some(plain) = guide.and_then(|guide| guide.case(at, cases.len(), &case.name)) {
        return Some(plain.to_owned());
    }
    let names = |case: &CaseWithPapers| case.requirements.iter().map(|paper| paper.name.clone()).collect::<Vec<_>>();
    let mine = names(&cases[at]);
    let others: Vec<String> =
        cases.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, case)| names(case)).collect();
    let mine: Vec<&str> = mine.iter().map(String::as_str).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let found = case.title().or_else(|| named_by_papers(&mine, &others));
    Some(found.unwrap_or_else(|| say_with("case.number", &[("n", &(at + 1).to_string())])))
}

fn shown(code: &str, opened: &Opened) -> AnyView {
    let (procedure, guide) = (&opened.procedure, opened.guide.as_ref());
    let places: Vec<_> = procedure.places.iter().filter(|place| place.elsewhere.is_none()).collect();
    let title = guide.map_or_else(|| procedure.summary.name.clone(), |guide| guide.entry.everyday_name.clone());
    let elsewhere = procedure.places.iter().find_map(|place| place.elsewhere.clone());
    view! {
        {heading(title)}
        {guide.map(|guide| view! {
            <p class="lead">{guide.entry.purpose.clone()}</p>
            <p>{guide.who_may_file.clone()}</p>
            <p class="official" lang="vi">{procedure.summary.name.clone()}</p>
        })}
        {places.is_empty().then(|| match elsewhere {
            Some(address) => notice(Kind::Info, view! {
                {say("case.elsewhere")}" "<a href=address.clone() rel="noreferrer">{address.clone()}</a>
            }),
            None => notice(Kind::Wrong, say("case.nowhere")),
        })}
        {places.iter().map(|place| {
            let cases = opened.cases_at(place.config);
            let config = place.config;
            let several = places.len() > 1;
            view! {
                <section class="choices">
                    {several.then(|| view! { <h2>{place.agency.name.clone()}</h2> })}
                    {(cases.len() > 1).then(|| view! { <p>{say("case.ask")}</p> })}
                    {cases.is_empty().then(|| notice(Kind::Wrong, say("case.no-cases")))}
                    <ul class="cards">
                        {(0..cases.len()).map(|at| {
                            let name = case_name(cases, at, guide).unwrap_or_else(|| say("case.see-papers"));
                            let official = Some(cases[at].case.name.clone()).filter(|official| cases.len() > 1 && !official.is_empty() && *official != name);
                            view! {
                                <li><a class="choice" href=format!("/thu-tuc/{code}/{config}/{}", cases[at].case.option)>
                                    <strong>{name}</strong>
                                    {official.map(|official| view! { <small lang="vi">{official}</small> })}
                                </a></li>
                            }
                        }).collect_view()}
                    </ul>
                </section>
            }
        }).collect_view()}
    }
    .into_any()
}
