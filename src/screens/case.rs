//! Which of the procedure's cases is the citizen's, and at which office.

use leptos::prelude::*;

use crate::{
    catalogue::{case::named_by_papers, guide::Guide},
    journey::shelf::{self, CaseWithPapers, Known, Opened},
    messages::{say, say_with},
    widgets::{
        element::{El, el, group},
        heading::heading,
        notice::{Kind, notice, waiting},
        stepper::stepper,
    },
};

pub fn screen(code: String) -> El {
    let known = shelf::procedure(&code);
    group().child(stepper(1)).child(move || {
        known.with(|known| match known {
            Known::Loading => waiting(),
            Known::Not(trouble) => group()
                .child(heading(say("case.not-found")))
                .child(notice(Kind::Wrong, say(trouble.key())))
                .child(el("p").child(el("a").class("button").attr("href", "/thu-tuc").child(say("case.back")))),
            Known::Here(opened, trouble) => group()
                .child(trouble.as_ref().map(|_| notice(Kind::Info, say("app.kept-copy"))))
                .child(shown(&code, opened)),
        })
    })
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

fn shown(code: &str, opened: &Opened) -> El {
    let (procedure, guide) = (&opened.procedure, opened.guide.as_ref());
    let places: Vec<_> = procedure.places.iter().filter(|place| place.elsewhere.is_none()).collect();
    let title = guide.map_or_else(|| procedure.summary.name.clone(), |guide| guide.entry.everyday_name.clone());
    let elsewhere = procedure.places.iter().find_map(|place| place.elsewhere.clone());
    group()
        .child(heading(title))
        .child(guide.map(|guide| {
            group()
                .child(el("p").class("lead").child(guide.entry.purpose.clone()))
                .child(el("p").child(guide.who_may_file.clone()))
                .child(el("p").class("official").attr("lang", "vi").child(procedure.summary.name.clone()))
        }))
        .child(places.is_empty().then(|| {
            match elsewhere {
                Some(address) => notice(
                    Kind::Info,
                    group()
                        .child(say("case.elsewhere"))
                        .child(" ")
                        .child(el("a").attr("href", address.clone()).attr("rel", "noreferrer").child(address.clone())),
                ),
                None => notice(Kind::Wrong, say("case.nowhere")),
            }
        }))
        .child(
            places
                .iter()
                .map(|place| {
                    let cases = opened.cases_at(place.config);
                    let config = place.config;
                    let several = places.len() > 1;
                    el("section")
                        .class("choices")
                        .child(several.then(|| el("h2").child(place.agency.name.clone())))
                        .child((cases.len() > 1).then(|| el("p").child(say("case.ask"))))
                        .child(cases.is_empty().then(|| notice(Kind::Wrong, say("case.no-cases"))))
                        .child(
                            el("ul").class("cards").child(
                                (0..cases.len())
                                    .map(|at| {
                                        let name =
                                            case_name(cases, at, guide).unwrap_or_else(|| say("case.see-papers"));
                                        let official = Some(cases[at].case.name.clone()).filter(|official| {
                                            cases.len() > 1 && !official.is_empty() && *official != name
                                        });
                                        el("li").child(
                                            el("a")
                                                .class("choice")
                                                .attr(
                                                    "href",
                                                    format!("/thu-tuc/{code}/{config}/{}", cases[at].case.option),
                                                )
                                                .child(el("strong").child(name))
                                                .child(
                                                    official
                                                        .map(|official| el("small").attr("lang", "vi").child(official)),
                                                ),
                                        )
                                    })
                                    .collect::<Vec<_>>(),
                            ),
                        )
                })
                .collect::<Vec<_>>(),
        )
}
