//! Choose a procedure: by one's own words, typed or spoken; by a picture of what happened; or by field and agency.

use leptos::prelude::*;

use crate::{
    catalogue::{procedure::Summary, search::Found, terms},
    device::visit,
    journey::shelf::{self, Known, Shelf},
    messages::{number, say, say_with},
    shell::shell,
    widgets::{
        element::{El, button, el, group},
        field::search_input,
        heading::heading,
        listener::listener,
        notice::{Kind, notice, waiting},
        stepper::stepper,
        told::days,
    },
};

/// As many results as a thumb scrolls without losing the way.
const SHOWN: usize = 30;

/// Under this name the tab remembers what was typed.
const QUERY: &str = "query";
/// Under this one, which picture was chosen.
const EVENT: &str = "event";

/// Lets the screen look for this when it opens.
pub fn look_for(query: String) {
    visit::remember(QUERY, &query);
    visit::remember(EVENT, "");
}

/// What is looked for.
#[derive(Clone, Copy)]
struct Wish {
    query: RwSignal<String>,
    /// An event in life.
    event: RwSignal<String>,
    field: RwSignal<String>,
    agency: RwSignal<String>,
}

impl Wish {
    fn type_in(self, typed: String) {
        visit::remember(QUERY, &typed);
        self.query.set(typed);
        self.choose(String::new());
    }

    fn choose(self, event: String) {
        visit::remember(EVENT, &event);
        self.event.set(event);
    }

    /// Nothing was typed and no picture chosen.
    fn is_open(self) -> bool {
        self.query.with(|query| query.trim().is_empty()) && self.event.with(String::is_empty)
    }

    fn found(self, shelf: &Shelf) -> Found {
        let list = &shelf.procedures;
        let mut found = match self.query.with(|query| query.trim().is_empty()) {
            false => self.query.with(|query| shelf.index.find(query, list.len())),
            true => Found::all(self.event.with(|event| match event.as_str() {
                "" => (0..list.len()).collect(),
                event => shelf.of_event(event),
            })),
        };
        let (field, agency) = (self.field.get(), self.agency.get());
        found.hits.retain(|at| {
            (field.is_empty() || list[*at].field.name == field)
                && (agency.is_empty() || list[*at].agencies.contains(&agency))
        });
        found
    }
}

pub fn screen() -> El {
    let known = shelf::catalogue();
    let wish = Wish {
        query: RwSignal::new(visit::remembered(QUERY)),
        event: RwSignal::new(visit::remembered(EVENT)),
        field: RwSignal::new(String::new()),
        agency: RwSignal::new(String::new()),
    };
    let count = RwSignal::new(0);
    let counted = move || match count.get() {
        0 if known.with(|known| !matches!(known, Known::Here(..))) => String::new(),
        0 => say("choose.none"),
        count => say_with("choose.count", &[("n", &count.to_string())]),
    };
    group()
        .child(stepper(1))
        .child(heading(say("choose.title")))
        .child(search(wish))
        .child(move || {
            let tiles = known.with(|known| match known {
                Known::Here(shelf, _) if wish.is_open() => Some(tiles(shelf, wish)),
                _ => None,
            });
            let event = wish.event.get();
            let back = (!event.is_empty())
                .then(|| button("plain", say("choose.all-pictures"), move |_| wish.choose(String::new())));
            group().child(tiles).child(back)
        })
        .child(
            el("details")
                .class("browse")
                .id("browse")
                .attr("aria-label", say("choose.browse"))
                .child(el("summary").child(say("choose.browse")))
                .child(move || {
                    known.with(|known| match known {
                        Known::Here(shelf, _) => {
                            let list = &shelf.procedures;
                            Some(
                                group()
                                    .child(filter(
                                        "field",
                                        "choose.field",
                                        wish.field,
                                        distinct(list, |p| vec![&p.field.name]),
                                    ))
                                    .child(filter(
                                        "agency",
                                        "choose.agency",
                                        wish.agency,
                                        distinct(list, |p| p.agencies.iter().collect()),
                                    )),
                            )
                        }
                        _ => None,
                    })
                }),
        )
        .child(el("p").class("count").attr("role", "status").child(counted))
        .child(move || {
            known.with(|known| match known {
                Known::Loading => waiting(),
                Known::Not(trouble) => notice(Kind::Wrong, say(trouble.key())),
                Known::Here(Shelf { coming: Some(all), procedures, .. }, _) => {
                    let have = procedures.len().to_string();
                    el("p").class("hint").child(say_with("choose.loading", &[("n", &have), ("all", &all.to_string())]))
                }
                Known::Here(_, Some(_)) => notice(Kind::Info, say("app.kept-copy")),
                Known::Here(..) => group(),
            })
        })
        .child(el("ul").class("cards results").child(move || {
            known.with(|known| {
                let Known::Here(shelf, _) = known else {
                    return Vec::new();
                };
                let found = wish.found(shelf);
                count.set(found.hits.len());
                let shown = found.hits.iter().take(SHOWN);
                shown.map(|at| result(shelf, &found, &shelf.procedures[*at])).collect()
            })
        }))
        .child(move || (count.get() > SHOWN).then(|| el("p").class("hint").child(say("choose.more"))))
        .child(not_found())
}

/// The field to type into, and the button to speak where the browser listens.
fn search(wish: Wish) -> El {
    el("div")
        .class("field")
        .child(el("label").attr("for", "query").child(say("choose.label")))
        .child(el("p").class("hint").id("query-hint").child(say("choose.hint")))
        .child(
            search_input()
                .attr("aria-describedby", "query-hint")
                .prop("value", move || wish.query.get())
                .on_text("input", move |typed| wish.type_in(typed)),
        )
        .child(listener(|| say("choose.speak"), "choose.listening", move |heard| wish.type_in(heard)))
}

/// Events in life as pictures.
fn tiles(shelf: &Shelf, wish: Wish) -> El {
    el("ul").class("tiles").attr("aria-label", say("choose.pictures")).child(
        shelf
            .wording
            .events
            .iter()
            .map(|event| {
                let chosen = event.picture.clone();
                let picture = drawing(&chosen);
                let label = el("span").child(say(&event.label));
                el("li")
                    .child(button("tile", group().child(picture).child(label), move |_| wish.choose(chosen.clone())))
            })
            .collect::<Vec<_>>(),
    )
}

/// The drawing of an event in life, or of what a procedure is about. It says nothing that the words beside it do not say.
pub fn drawing(name: &str) -> Option<El> {
    let picture = || {
        el("img")
            .class("drawing")
            .attr("src", format!("/pictures/events/{name}.svg"))
            .attr("alt", "")
            .attr("loading", "lazy")
    };
    (!name.is_empty()).then(picture)
}

/// Ways on for those who do not find it.
fn not_found() -> El {
    let hotline = &shell().config.agency.hotline;
    let digits: String = hotline.chars().filter(char::is_ascii_digit).collect();
    el("section").class("lost").child(el("h2").child(say("choose.lost"))).child(
        el("ul").child(el("li").child(el("a").attr("href", "#browse").child(say("choose.browse")))).child(
            el("li").child(
                el("a")
                    .attr("href", format!("tel:{digits}"))
                    .child(say_with("choose.lost-call", &[("hotline", hotline)])),
            ),
        ),
    )
}

fn result(shelf: &Shelf, found: &Found, procedure: &Summary) -> El {
    let guide = shelf.everyday(&procedure.code);
    let marked = |text: &str| {
        let runs = shelf.index.marked(found, text);
        runs.into_iter().map(|(run, marked)| el(if marked { "mark" } else { "span" }).child(run)).collect::<Vec<_>>()
    };
    let name = say(guide.map_or(&procedure.name, |guide| &guide.everyday_name));
    let time = terms::shortest(&procedure.duration)
        .map(|(count, unit)| say_with("choose.time", &[("time", &days(count, unit))]));
    let fee = match terms::amounts(&procedure.fees) {
        Some((least, most)) if least == most => say_with("choose.fee-one", &[("fee", &number(least))]),
        Some((least, most)) => say_with("choose.fee-range", &[("least", &number(least)), ("most", &number(most))]),
        None => say("choose.fee-unknown"),
    };
    el("li")
        .class("card")
        .child(guide.and_then(|guide| drawing(&guide.picture)))
        .child(el("a").attr("href", format!("/thu-tuc/{}", procedure.code)).child(el("strong").child(marked(&name))))
        .child(guide.map(|_| el("p").class("official").attr("lang", "vi").child(marked(&short(&procedure.name)))))
        .child(
            el("p")
                .class("facts")
                .child(el("span").attr("lang", "vi").child(procedure.field.name.clone()))
                .child(el("span").attr("lang", "vi").child(procedure.agencies.join(", ")))
                .child(el("span").child(time))
                .child(el("span").child(fee))
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

fn distinct<'a>(list: &'a [Summary], names: impl Fn(&'a Summary) -> Vec<&'a String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in list.iter().flat_map(names).filter(|name| !name.is_empty()) {
        if let Err(at) = all.binary_search(name) {
            all.insert(at, name.clone());
        }
    }
    all
}
