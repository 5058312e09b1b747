//! A text whose official terms open their plain meaning in place.

use leptos::prelude::*;

use super::element::{El, button, el, group};
use crate::{
    catalogue::glossary::{Run, Term},
    journey::glossary::glossary,
    messages::say_with,
};

/// The text, with a button for each term in it; the meaning of the one that was pressed last stands below. Not for texts within
/// a link, a label or a button.
pub fn explained(text: &str) -> El {
    let known = glossary();
    let open = RwSignal::new(None::<usize>);
    let text = text.to_owned();
    let runs = move || {
        let (_, glossary) = known.get();
        // Where a term comes again it is plain text: a name of the law would be nothing but stops for those who tab.
        let mut met = Vec::new();
        let shown = |run: Run| match run {
            Run::Text(text) => group().child(text),
            Run::Term(word, term) if met.contains(&term) => group().child(word),
            Run::Term(word, term) => {
                met.push(term);
                let pressed = move |_| open.update(|open| *open = if *open == Some(term) { None } else { Some(term) });
                button("glossed", word, pressed).attr("aria-expanded", move || (open.get() == Some(term)).to_string())
            }
        };
        glossary.runs(&text).into_iter().map(shown).collect::<Vec<_>>()
    };
    let told = move || open.get().and_then(|term| known.with(|(_, glossary)| glossary.terms.get(term).map(meaning)));
    group().child(el("span").attr("lang", "vi").child(runs)).child(el("span").attr("role", "status").child(told))
}

fn meaning(term: &Term) -> El {
    let name = term.terms.first().map(String::as_str).unwrap_or_default();
    let everyday = (!term.everyday.is_empty() && term.everyday != name)
        .then(|| group().child(" ").child(say_with("glossary.everyday", &[("name", &term.everyday)])));
    el("span")
        .class("meaning")
        .child(el("strong").attr("lang", "vi").child(capital(name)))
        .child(": ")
        .child(term.meaning.clone())
        .child(everyday)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
