//! What is known about a paper in plain words: what it is called, how many, why, where to get it.

use leptos::prelude::*;

use crate::{
    catalogue::{guide::PaperHint, requirement::{Need, Requirement}},
    messages::{say, say_with},
};

/// The name that leads: the everyday one where a guide gives it.
pub fn title(requirement: &Requirement, hint: Option<&PaperHint>) -> String {
    hint.map_or_else(|| requirement.name.clone(), |hint| hint.everyday_name.clone())
}

/// Originals and copies to hand in, if the portal says.
pub fn count(requirement: &Requirement) -> Option<String> {
    let part = |key, count: Option<u32>| {
        count.filter(|count| *count > 0).map(|count| say_with(key, &[("n", &count.to_string())]))
    };
    let parts: Vec<String> =
        [part("paper.originals", requirement.originals), part("paper.copies", requirement.copies)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Whether it is needed, in words.
pub fn need(need: &Need) -> AnyView {
    match need {
        Need::Required => view! { <p class="need must">{say("paper.required")}</p> }.into_any(),
        Need::If(condition) => view! {
            <p class="need if">{say("paper.if")}" "<q lang="vi">{condition.clone()}</q></p>
        }
        .into_any(),
        Need::Optional => view! { <p class="need">{say("paper.optional")}</p> }.into_any(),
    }
}

/// Official name, reason, source and usual mistakes, folded away.
pub fn more(requirement: &Requirement, hint: Option<&PaperHint>) -> AnyView {
    let Some(hint) = hint else { return ().into_any() };
    let row = |key: &str, text: &str| {
        (!text.is_empty()).then(|| view! { <p><strong>{say(key)}</strong>" "{text.to_owned()}</p> })
    };
    view! {
        <p class="official" lang="vi">{requirement.name.clone()}</p>
        <details>
            <summary>{say("paper.more")}</summary>
            {row("paper.why", &hint.why)}
            {row("paper.source", &hint.source)}
            {hint.mistakes.iter().map(|mistake| row("paper.mistake", mistake)).collect_view()}
        </details>
    }
    .into_any()
}
