//! Choose a procedure: by one's own words, or by field and agency.

use leptos::prelude::*;

use crate::{
    catalogue::{procedure::Summary, search::Index, terms},
    journey::shelf::{self, Catalogue, Known},
    messages::{say, say_with},
    shell::shell,
    widgets::{heading::heading, notice::{Kind, notice, waiting}, stepper::stepper},
};

/// As many results as a thumb scrolls without losing the way.
const SHOWN: usize = 30;

pub fn screen() -> AnyView {
    let known = shelf::catalogue();
    let (query, field, agency) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let index = Memo::new_with_compare(
        move |_| known.with(|known| match known {
            Known::Here(catalogue, _) => Some(std::sync::Arc::new(Index::new(&catalogue.procedures, &catalogue.guides))),
            _ => None,
        }),
        |_, _| true,
    );
    let found = move || -> Vec<usize> {
        known.with(|known| {
            let Known::Here(catalogue, _) = known else { return Vec::new() };
            let words = query.get();
            let hits = match (words.trim().is_empty(), index.get()) {
                (false, Some(index)) => index.find(&words),
                _ => (0..catalogue.procedures.len()).collect(),
            };
            let (field, agency) = (field.get(), agency.get());
            let fits = |procedure: &Summary| {
                (field.is_empty() || procedure.field.name == field)
                    && (agency.is_empty() || procedure.agencies.contains(&agency))
            };
            hits.into_iter().filter(|at| fits(&catalogue.procedures[*at])).collect()
        })
    };
    let found = Memo::new(move |_| found());
    let counted = move || match found.get().len() {
        0 if query.with(String::is_empty) => String::new(),
        0 => say("choose.none"),
        count => say_with("choose.count", &[("n", &count.to_string())]),
    };
    view! {
        {stepper(1)}
        {heading(say("choose.title"))}
        <div class="field">
            <label for="query">{say("choose.label")}</label>
            <p class="hint" id="query-hint">{say("choose.hint")}</p>
            <input id="query" type="search" autocomplete="off" enterkeyhint="search" aria-describedby="query-hint"
                prop:value=move || query.get()
                on:input:target=move |event| query.set(event.target().value())/>
        </div>
        <details class="browse">
            <summary>{say("choose.browse")}</summary>
            {move || known.with(|known| match known {
                Known::Here(catalogue, _) => Some(view! {
                    {filter("field", "choose.field", field, distinct(catalogue, |p| vec![p.field.name.clone()]))}
                    {filter("agency", "choose.agency", agency, distinct(catalogue, |p| p.agencies.clone()))}
                }),
                _ => None,
            })}
        </details>
        <p class="count" role="status">{counted}</p>
        {move || known.with(|known| match known {
            Known::Loading => waiting(),
            Known::Not(trouble) => notice(Kind::Wrong, say(trouble.key())),
            Known::Here(_, Some(_)) => notice(Kind::Info, say("app.kept-copy")),
            Known::Here(..) => ().into_any(),
        })}
        <ul class="cards results">
            {move || known.with(|known| {
                let Known::Here(catalogue, _) = known else { return Vec::new() };
                found.get().into_iter().take(SHOWN).map(|at| result(catalogue, &catalogue.procedures[at])).collect()
            })}
        </ul>
        {move || (found.get().len() > SHOWN).then(|| view! { <p class="hint">{say("choose.more")}</p> })}
        <p class="hint">{say_with("choose.help", &[("hotline", &shell().config.agency.hotline)])}</p>
    }
    .into_any()
}

fn result(catalogue: &Catalogue, procedure: &Summary) -> AnyView {
    let guide = catalogue.everyday(&procedure.code);
    let name = guide.map_or_else(|| procedure.name.clone(), |guide| guide.everyday_name.clone());
    let time = terms::shortest(&procedure.duration).map(|time| say_with("choose.time", &[("time", &time)]));
    let fee = procedure.fees.first().map_or_else(|| say("choose.fee-unknown"), |fee| short(fee));
    view! {
        <li class="card">
            <a href=format!("/thu-tuc/{}", procedure.code)><strong>{name}</strong></a>
            {guide.map(|_| view! { <p class="official" lang="vi">{short(&procedure.name)}</p> })}
            <p class="facts">
                <span>{procedure.agencies.join(", ")}</span>
                <span>{time}</span>
                <span>{say("choose.fee")}" "{fee}</span>
                <span class="code">{procedure.code.clone()}</span>
            </p>
        </li>
    }
    .into_any()
}

/// The first 160 letters of a text, for a list; the whole stands on the next screen.
fn short(text: &str) -> String {
    match text.char_indices().nth(160) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text.to_owned(),
    }
}

fn filter(id: &'static str, label: &str, chosen: RwSignal<String>, names: Vec<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{say(label)}</label>
            <select id=id on:change:target=move |event| chosen.set(event.target().value())>
                <option value="">{say("choose.all")}</option>
                {names.into_iter().map(|name| {
                    let held = chosen.get_untracked() == name;
                    view! { <option value=name.clone() selected=held>{name.clone()}</option> }
                }).collect_view()}
            </select>
        </div>
    }
}

fn distinct(catalogue: &Catalogue, names: impl Fn(&Summary) -> Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = catalogue.procedures.iter().flat_map(names).filter(|name| !name.is_empty()).collect();
    all.sort();
    all.dedup();
    all
}
