//! What is known about a paper in plain words: what it is called, how many, why, where to get it.

use super::{
    element::{El, el, group},
    explained::explained,
    told::told,
};
use crate::{
    catalogue::{
        guide::{Drawing, PaperHint},
        requirement::{Need, Requirement},
    },
    messages::{say, say_with},
};

/// The name that leads, in Vietnamese: the everyday one where a guide gives it.
pub fn title<'a>(requirement: &'a Requirement, hint: Option<&'a PaperHint>) -> &'a str {
    hint.map_or(requirement.title(), |hint| &hint.everyday_name)
}

/// How it looks.
pub fn drawn(drawing: &Drawing) -> El {
    let address = format!("/pictures/papers/{}.svg", drawing.picture);
    el("img").class("drawn").attr("src", address).attr("alt", say(&drawing.alt)).attr("loading", "lazy")
}

/// Originals and copies to hand in, if the portal says.
pub fn count(requirement: &Requirement) -> Option<String> {
    let part = |key, count: Option<u32>| {
        count.filter(|count| *count > 0).map(|count| say_with(key, &[("n", &count.to_string())]))
    };
    let parts: Vec<String> = [part("paper.originals", requirement.originals), part("paper.copies", requirement.copies)]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Whether it is needed, in words.
pub fn need(need: &Need) -> El {
    match need {
        Need::Required => el("p").class("need must").child(say("paper.required")),
        Need::If(text) => el("div").class("need if").child(conditioned(text, explained(text))),
        Need::Optional => el("p").class("need").child(say("paper.optional")),
    }
}

/// The condition, word for word, after "needed if" or "needed, but for".
pub fn condition(text: &str) -> El {
    conditioned(text, el("span").attr("lang", "vi").child(text))
}

fn conditioned(text: &str, shown: El) -> El {
    let key = if text.starts_with("trừ") { "paper.except" } else { "paper.if" };
    el("small").child(say(key)).child(" ").child(el("q").child(shown))
}

/// Official name, reason, source and usual mistakes, folded away.
pub fn more(requirement: &Requirement, hint: Option<&PaperHint>) -> El {
    let Some(hint) = hint else { return group() };
    let row = |key: &str, text: &str| {
        (!text.is_empty()).then(|| el("p").child(el("strong").child(say(key))).child(" ").child(told(text)))
    };
    group().child(el("p").class("official").child(explained(requirement.title()))).child(
        el("details")
            .child(el("summary").child(say("paper.more")))
            .child(row("paper.why", &hint.why))
            .child(row("paper.source", &hint.source))
            .child(hint.mistakes.iter().map(|mistake| row("paper.mistake", mistake)).collect::<Vec<_>>()),
    )
}
