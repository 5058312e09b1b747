//! The guide's questions on the checklist: each answer changes the list at once.

use leptos::prelude::*;

use crate::{
    catalogue::{
        guide::{Guide, Question},
        questions::{Answers, spoken},
    },
    messages::{say, say_with},
    widgets::{
        element::{El, el},
        field::answer,
        listener::listener,
    },
};

/// All questions; those that are not asked, as things stand, are hidden.
pub fn questions(
    guide: &Guide,
    answers: RwSignal<Answers>,
    answered: impl Fn(Answers) + Clone + 'static,
) -> Option<El> {
    if guide.questions.is_empty() {
        return None;
    }
    let tally = {
        let guide = guide.clone();
        move || {
            let answers = answers.get();
            let asked = guide.questions.iter().filter(|question| guide.asks(question, &answers));
            let (mut done, mut all) = (0, 0);
            for question in asked {
                all += 1;
                done += usize::from(answers.contains_key(&question.id));
            }
            say_with("ask.tally", &[("n", &done.to_string()), ("all", &all.to_string())])
        }
    };
    let speak = by_voice(guide.clone(), answers, answered.clone());
    let all = guide.questions.iter().map(|question| asked(guide, question, answers, answered.clone()));
    Some(
        el("details")
            .class("questions")
            .attr("open", true)
            .child(el("summary").child(say("ask.title")).child(" ").child(el("span").class("hint").child(tally)))
            .child(all.collect::<Vec<_>>())
            .child(speak),
    )
}

/// Answering by voice, where the browser listens: the first question that is open, and so on to the last.
fn by_voice(
    guide: Guide,
    answers: RwSignal<Answers>,
    answered: impl Fn(Answers) + Clone + 'static,
) -> impl Fn() -> Option<El> + 'static {
    let missed = RwSignal::new(None::<String>);
    let open = Memo::new(move |_| {
        answers.with(|answers| {
            let open = |question: &&Question| !answers.contains_key(&question.id) && guide.asks(question, answers);
            guide.questions.iter().find(open).map(|question| (guide.clone(), question.clone()))
        })
    });
    move || {
        let (guide, question) = open.get()?;
        let ask = say(&question.ask);
        let answered = answered.clone();
        let heard = move |text: String| {
            let labels: Vec<String> = question.answers.iter().map(|answer| say(&answer.label)).collect();
            match spoken(&labels, &text) {
                Some(at) => {
                    missed.set(None);
                    let mut changed = answers.get_untracked();
                    changed.insert(question.id.clone(), question.answers[at].id.clone());
                    answered(guide.kept(&changed));
                }
                None => missed.set(Some(say_with("check.not-heard", &[("text", &text)]))),
            }
        };
        let label = move || say_with("check.speak-answer", &[("ask", &ask)]);
        Some(
            el("div")
                .child(listener(label, "check.listening", heard))
                .child(el("p").attr("role", "status").child(move || missed.get())),
        )
    }
}

fn asked(
    guide: &Guide,
    question: &Question,
    answers: RwSignal<Answers>,
    answered: impl Fn(Answers) + Clone + 'static,
) -> El {
    let is_hidden = {
        let (guide, question) = (guide.clone(), question.clone());
        move || !guide.asks(&question, &answers.get())
    };
    let choices = question.answers.iter().map(|choice| {
        let (held, chosen, guide, answered) =
            ((question.id.clone(), choice.id.clone()), choice.id.clone(), guide.clone(), answered.clone());
        let id = question.id.clone();
        answer(
            format!("{}-{}", question.id, choice.id),
            &question.id,
            &choice.label,
            move || answers.with(|answers| answers.get(&held.0) == Some(&held.1)),
            move || {
                let mut changed = answers.get_untracked();
                changed.insert(id.clone(), chosen.clone());
                answered(guide.kept(&changed));
            },
        )
    });
    el("fieldset")
        .class("question")
        .attr("hidden", is_hidden)
        .child(el("legend").child(el("strong").child(say(&question.ask))))
        .child((!question.help.is_empty()).then(|| el("p").class("hint").child(say(&question.help))))
        .child(el("div").class("ticks").child(choices.collect::<Vec<_>>()))
}
