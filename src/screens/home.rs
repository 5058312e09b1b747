//! The first screen: what was begun, and three doors.

use leptos::{prelude::*, task::spawn_local};

use super::choose;
use crate::{
    device::{store, visit},
    dossier::draft::Card,
    messages::{say, say_with, size},
    route::Route,
    shell::{go, shell},
    widgets::{
        dialogue::ask_first,
        element::{El, View, button, el, group},
        field::search_input,
        heading::heading,
        notice::{Kind, notice},
        told::told,
    },
};

pub fn screen() -> El {
    // Where drafts may stand, nothing is shown below the heading until they are known: so nothing moves under a finger.
    let drafts = RwSignal::new_local(Vec::<Card>::new());
    let known = RwSignal::new(!visit::told_boot(visit::BEGUN));
    let load = move || {
        spawn_local(async move {
            let cards = match &shell().store {
                Ok(store) => store.cards().await.unwrap_or_default(),
                Err(_) => Vec::new(),
            };
            visit::tell_boot(visit::BEGUN, !cards.is_empty());
            drafts.try_set(cards);
            if known.try_get_untracked() == Some(false) {
                known.try_set(true);
            }
        });
    };
    Effect::new(move |_| {
        shell().sent.track();
        load();
    });
    group().child(heading(say("home.title"))).child(move || known.get().then(|| ways_in(drafts, load)))
}

fn ways_in(drafts: RwSignal<Vec<Card>, LocalStorage>, load: impl Fn() + Copy + 'static) -> El {
    let blocked = shell().store.as_ref().err().map(|error| notice(Kind::Wrong, say(error.key())));
    group()
        .child(blocked)
        .child(scarce())
        .child(search())
        .child(move || drafts.with(|drafts| begun(drafts, load)))
        .child(
            el("nav")
                .class("doors")
                .attr("aria-label", say("home.doors"))
                .child(door("/thu-tuc", "home.do", "home.do-hint", "sign do"))
                .child(door("/tra-cuu", "home.follow", "home.follow-hint", "sign look"))
                .child(door("/phan-anh", "home.feedback", "home.feedback-hint", "sign talk")),
        )
        .child(el("p").child(link("", "/may-nay".to_owned(), "home.device")))
}

fn begun(drafts: &[Card], load: impl Fn() + Copy + 'static) -> Option<El> {
    (!drafts.is_empty()).then(|| {
        el("section")
            .class("drafts")
            .attr("aria-labelledby", "drafts")
            .child(el("h2").id("drafts").child(say("home.drafts")))
            .child(el("ul").class("cards").child(drafts.iter().map(|draft| card(draft, load)).collect::<Vec<_>>()))
    })
}

/// A dossier with its photographs takes less than this.
const ENOUGH: u64 = 60_000_000;

/// That this is a private window, or that the device has little room left, said before anything is begun.
pub fn scarce() -> impl View {
    let said = RwSignal::new(None::<String>);
    spawn_local(async move {
        let left = store::room().await.filter(|left| *left < ENOUGH);
        said.try_set(match left {
            _ if store::is_private().await => Some(say("store.private")),
            Some(left) => Some(say_with("store.scarce", &[("size", &size(left))])),
            None => None,
        });
    });
    move || said.get().map(|said| notice(Kind::Late, said))
}

/// What is typed here is looked for on the next screen.
fn search() -> El {
    let typed = RwSignal::new(String::new());
    el("form")
        .class("field")
        .attr("role", "search")
        .child(el("label").attr("for", "query").child(say("choose.label")))
        .child(search_input().on_text("input", move |text| typed.set(text)))
        .child(button("plain", say("home.search"), |_| {}).attr("type", "submit"))
        .on("submit", move |event| {
            event.prevent_default();
            choose::look_for(typed.get_untracked());
            go(Route::Choose);
        })
}

/// A way in, with its picture.
pub fn door(href: &'static str, title: &str, hint: &str, sign: &'static str) -> El {
    el("a")
        .class("door")
        .attr("href", href)
        .child(el("span").class(sign).attr("aria-hidden", "true"))
        .child(el("span").child(el("strong").child(say(title))).child(el("small").child(say(hint))))
}

fn card(draft: &Card, reload: impl Fn() + Copy + 'static) -> El {
    let id = draft.id.clone();
    let forget = move || {
        let id = id.clone();
        spawn_local(async move {
            // Where the device cannot, the list still has it. An outbox that is at it finds it gone before it submits.
            if let Ok(store) = &shell().store {
                let _ = store.forget_draft(&id).await;
                shell().drafts.borrow_mut().remove(&id);
            }
            reload();
        });
    };
    let row = el("li")
        .class("card")
        .child(el("p").child(el("strong").child(told(&draft.title))))
        .child(el("p").class("hint").child(told(&draft.case)));
    let question = format!("forget/{}", draft.id);
    if draft.is_sent {
        let sent = draft.sent.map(|sent| sent.date()).unwrap_or_default();
        return row
            .child(el("p").child("✓ ").child(say_with("home.sent", &[("date", &sent)])))
            .child(link("button", format!("/tra-cuu/{}", draft.id), "home.follow-this"))
            .child(link("button plain", format!("/ho-so/{}/bien-nhan", draft.id), "home.receipt"))
            .child(ask_first(question, say("home.forget-sent"), say("home.forget-sent-ask"), forget));
    }
    let place = if draft.place.is_empty() { format!("/ho-so/{}/giay-to", draft.id) } else { draft.place.clone() };
    row.child(
        el("p").child(say_with("home.tally", &[("ready", &draft.ready.to_string()), ("all", &draft.all.to_string())])),
    )
    .child(draft.queued.then(|| el("p").child("↻ ").child(say("home.queued"))))
    .child(
        el("p")
            .class("hint")
            .child(say_with("home.saved", &[("when", &draft.saved.date_time()), ("size", &size(draft.bytes as u64))])),
    )
    .child(link("button", place, "home.go-on"))
    .child(ask_first(question, say("home.forget"), say("home.forget-ask"), forget))
}

fn link(class: &'static str, href: String, label: &str) -> El {
    el("a").class(class).attr("href", href).child(say(label))
}
