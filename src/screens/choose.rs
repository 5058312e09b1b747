//! Choose a procedure: by one's own words, or by field and agency.

use leptos::prelude::*;

use crate::{
    catalogue::{procedure::Summary, search::Index, terms},
    device::visit,
    journey::shelf::{self, Catalogue, Known},
    messages::{say, say_with},
    shell::shell,
    widgets::{
        element::{El, el, group},
        heading::heading,
        notice::{Kind, notice, waiting},
        stepper::stepper,
    },
};

/// As many results as a thumb scrolls without losing the way.
const SHOWN: usize = 30;

/// Under this name the tab remembers what was typed.
const QUERY: &str = "query";

pub fn screen() -> El {
    let known = shelf::catalogue();
    let (query, field, agency) =
        (RwSignal::new(visit::remembered(QUERY)), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let index = Memo::new_with_compare(
        move |_| {
            known.with(|known| match known {
                Known::Here(catalogue, _) => {
                    Some(std::sync::Arc::new(Index::new(&catalogue.procedures, &catalogue.guides)))
                }
                _ => None,
            })
        },
        |_, _| true,
    );
    let found = move || -> Vec<usize> {
        known.with(|known| {
            let Known::Here(catalogue, _) = known else {
                return Vec::new();
            };
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
    group()
        .child(stepper(1))
        .child(heading(say("choose.title")))
        .child(
            el("div")
                .class("field")
                .child(el("label").attr("for", "query").child(say("choose.label")))
                .child(el("p").class("hint").id("query-hint").child(say("choose.hint")))
                .child(
                    el("input")
                        .id("query")
                        .attr("type", "search")
                        .attr("autocomplete", "off")
                        .attr("enterkeyhint", "search")
                        .attr("aria-describedby", "query-hint")
                        .prop("value", move || query.get())
                        .on_text("input", move |typed| {
                            visit::remember(QUERY, &typed);
                            query.set(typed);
                        }),
                ),
        )
        .child(el("details").class("browse").child(el("summary").child(say("choose.browse"))).child(move || {
            known.with(|known| match known {
                Known::Here(catalogue, _) => Some(
                    group()
                        .child(filter(
                            "field",
                            "choose.field",
                            field,
                            distinct(catalogue, |p| vec![p.field.name.clone()]),
                        ))
                        .child(filter("agency", "choose.agency", agency, distinct(catalogue, |p| p.agencies.clone()))),
                ),
                _ => None,
            })
        }))
        .child(el("p").class("count").attr("role", "status").child(counted))
        .child(move || {
            known.with(|known| match known {
                Known::Loading => waiting(),
                Known::Not(trouble) => notice(Kind::Wrong, say(trouble.key())),
                Known::Here(_, Some(_)) => notice(Kind::Info, say("app.kept-copy")),
                Known::Here(..) => group(),
            })
        })
        .child(el("ul").class("cards results").child(move || {
            known.with(|known| {
                let Known::Here(catalogue, _) = known else {
                    return Vec::new();
                };
                found.get().into_iter().take(SHOWN).map(|at| result(catalogue, &catalogue.procedures[at])).collect()
            })
        }))
        .child(move || (found.get().len() > SHOWN).then(|| el("p").class("hint").child(say("choose.more"))))
        .child(el("p").class("hint").child(say_with("choose.help", &[("hotline", &shell().config.agency.hotline)])))
}

fn result(catalogue: &Catalogue, procedure: &Summary) -> El {
    let guide = catalogue.everyday(&procedure.code);
    let name = guide.map_or_else(|| procedure.name.clone(), |guide| guide.everyday_name.clone());
    let time = terms::shortest(&procedure.duration).map(|time| say_with("choose.time", &[("time", &time)]));
    let fees = terms::of_channel(&procedure.fees, terms::Channel::Online);
    let fee = fees.first().map_or_else(|| say("choose.fee-unknown"), |fee| short(fee));
    el("li")
        .class("card")
        .child(el("a").attr("href", format!("/thu-tuc/{}", procedure.code)).child(el("strong").child(name)))
        .child(guide.map(|_| el("p").class("official").attr("lang", "vi").child(short(&procedure.name))))
        .child(
            el("p")
                .class("facts")
                .child(el("span").child(procedure.agencies.join(", ")))
                .child(el("span").child(time))
                .child(el("span").child(say("choose.fee")).child(" ").child(fee))
                .child(el("span").class("code").child(procedure.code.clone())),
        )
}

/// The first 160 letters of a text, for a list; the whole stands on the next screen.
fn short(text: &str) -> String {
    match text.char_indices().nth(160) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text.to_owned(),
    }
}

fn filter(id: &'static str, label: &str, chosen: RwSignal<String>, names: Vec<String>) -> El {
    el("div").class("field").child(el("label").attr("for", id).child(say(label))).child(
        el("select")
            .id(id)
            .on_text("change", move |typed| chosen.set(typed))
            .child(el("option").attr("value", "").child(say("choose.all")))
            .child(
                names
                    .into_iter()
                    .map(|name| {
                        let held = chosen.get_untracked() == name;
                        el("option").attr("value", name.clone()).attr("selected", held).child(name.clone())
                    })
                    .collect::<Vec<_>>(),
            ),
    )
}

fn distinct(catalogue: &Catalogue, names: impl Fn(&Summary) -> Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in catalogue.procedures.iter().flat_map(names).filter(|name| !name.is_empty()) {
        match all.iter().position(|held| *held >= name) {
            Some(at) if all[at] == name => {}
            Some(at) => all.insert(at, name),
            None => all.push(name),
        }
    }
    all
}
