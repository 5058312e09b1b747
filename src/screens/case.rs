//! Which of the procedure's cases is the citizen's, and at which office.

use leptos::{prelude::*, task::spawn_local};

use super::{check, choose::drawing};
use crate::{
    catalogue::{case::named_by_papers, guide::Guide, questions::Answers},
    journey::{
        answers,
        shelf::{self, CaseWithPapers, Known, Opened},
    },
    messages::{say, say_with},
    route::Route,
    shell::{focus, go},
    widgets::{
        element::{El, button, el, group},
        explained::explained,
        heading::heading,
        notice::{self, Kind, notice, waiting},
        stepper::stepper,
        told::told,
    },
};

pub fn screen(code: String) -> El {
    let known = shelf::procedure(&code);
    let answers = answers::answers(&code);
    let kept = RwSignal::new(None::<String>);
    group().child(move || {
        known.with(|known| match known {
            Known::Loading => waiting(),
            Known::Not(trouble) => group()
                .child(stepper(1))
                .child(heading(say("case.not-found")))
                .child(notice(Kind::Wrong, say(trouble.key())))
                .child(el("p").child(el("a").class("button").attr("href", "/thu-tuc").child(say("case.back")))),
            Known::Here(opened, trouble) => match only_way(opened) {
                // Nothing to choose: the checklist at once.
                Some((place, option)) => check::screen(code.clone(), place, option),
                None => group()
                    .child(stepper(1))
                    .child(trouble.as_ref().map(|_| notice(Kind::Info, say("app.kept-copy"))))
                    .child(notice::wrong(kept))
                    .child(shown(&code, opened, answers, kept)),
            },
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

/// The place and the case of a procedure that has one of each.
fn only_way(opened: &Opened) -> Option<(i64, i64)> {
    let mut places = opened.procedure.places.iter().filter(|place| place.elsewhere.is_none());
    let (place, None) = (places.next()?, places.next()) else { return None };
    match opened.cases_at(place.config) {
        [case] => Some((place.config, case.case.option)),
        _ => None,
    }
}

/// The questions that lead to the case, one after the other; the answer to the last one opens the checklist.
///
/// Each answer is on the device before the next question comes; who comes back to a procedure goes on where they were, or, where
/// the answers had led to a case, begins anew.
fn asked(
    code: &str,
    opened: &Opened,
    place: i64,
    answers: RwSignal<Answers>,
    failed: RwSignal<Option<String>>,
) -> Option<El> {
    let guide = opened.current_guide().filter(|guide| guide.leads_to_cases())?.clone();
    let options: Vec<i64> = opened.cases_at(place).iter().map(|case| case.case.option).collect();
    let code = code.to_owned();
    Some(group().child(move || {
        let mut before = answers.get();
        if guide.case_of(&before).is_some() {
            before.clear();
        }
        let question = guide.next_for_case(&before)?.clone();
        let choices = question.answers.iter().map(|answer| {
            let (guide, code, options, said) = (guide.clone(), code.clone(), options.clone(), before.clone());
            let (question, chosen) = (question.id.clone(), answer.id.clone());
            el("li").child(button("choice", el("strong").child(say(&answer.label)), move |_| {
                let mut said = said.clone();
                said.insert(question.clone(), chosen.clone());
                let option = guide.case_of(&said).and_then(|case| options.get(case).copied());
                let code = code.clone();
                spawn_local(async move {
                    // An answer that the device does not keep leads on all the same, and that is told.
                    failed.set(answers::keep(&code, &said).await.err().map(|error| say(error.key())));
                    match option {
                        Some(option) => go(Route::Check(code, place, option)),
                        None => {
                            answers.set(said);
                            focus("question");
                        }
                    }
                });
            }))
        });
        Some(
            group()
                .child(el("h2").id("question").attr("tabindex", "-1").child(say(&question.ask)))
                .child((!question.help.is_empty()).then(|| el("p").class("hint").child(say(&question.help))))
                .child(el("ul").class("cards").child(choices.collect::<Vec<_>>()))
                .child((!before.is_empty()).then(|| {
                    button("plain", say("case.ask-anew"), move |_| {
                        answers.set(Answers::new());
                        focus("question");
                    })
                })),
        )
    }))
}

fn shown(code: &str, opened: &Opened, answers: RwSignal<Answers>, failed: RwSignal<Option<String>>) -> El {
    let (procedure, guide) = (&opened.procedure, opened.guide.as_ref());
    let places: Vec<_> = procedure.places.iter().filter(|place| place.elsewhere.is_none()).collect();
    let title = guide.map_or_else(|| procedure.summary.name.clone(), |guide| guide.entry.everyday_name.clone());
    let elsewhere = procedure.places.iter().find_map(|place| place.elsewhere.clone());
    group()
        .child(guide.and_then(|guide| drawing(&guide.entry.picture)))
        .child(heading(say(&title)))
        .child(guide.map(|guide| {
            group()
                .child(el("p").class("lead").child(say(&guide.entry.purpose)))
                .child(el("p").child(say(&guide.who_may_file)))
                .child(el("p").class("official").child(explained(&procedure.summary.name)))
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
                    let section = el("section")
                        .class("choices")
                        .child(several.then(|| el("h2").attr("lang", "vi").child(place.agency.name.clone())));
                    if let Some(asked) = asked(code, opened, config, answers, failed) {
                        return section.child(asked);
                    }
                    section
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
                                                .child(el("strong").child(told(&name)))
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
