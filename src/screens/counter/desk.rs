//! Around the journey at the helper's desk: whose space it is, the keys, the words to say, the citizen's own window.

use std::cell::{Cell, OnceCell, RefCell};

use gloo::timers::callback::Interval;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{consent, spaces as people, ticket};
use crate::{
    device::{
        mirror::{self, Line, Word},
        visit, walls, wedge,
    },
    dossier::{draft::Card, receipt::read_code},
    journey::{
        scanned::scanned,
        spaces::{self, Space},
    },
    messages::{say, say_with},
    route::{Route, Step},
    shell::{announce, go, go_back, shell},
    widgets::{
        dialogue::ask_first,
        element::{El, button, el, group, hear},
    },
};

/// How often the citizen's window is brought up to date.
const MIRROR_MS: u32 = 300;

/// The keys, with what they do: letters with Alt.
const KEYS: [(&str, &str); 9] = [
    ("1…9, 0", "desk.key-switch"),
    ("Shift+1…9, 0", "desk.key-switch-more"),
    ("N", "desk.key-next"),
    ("G", "desk.key-forward"),
    ("B", "desk.key-back"),
    ("M", "desk.key-mirror"),
    ("L", "desk.key-words"),
    ("K", "desk.key-map"),
    ("X", "desk.key-end"),
];

/// What the desk shows beside the journey.
#[derive(Clone, Copy)]
struct Shown {
    space: RwSignal<Option<Space>>,
    words: RwSignal<bool>,
    keys: RwSignal<bool>,
}

/// The screens of a space; its agreement first.
pub fn screen(route: Route) -> Option<El> {
    if route == Route::Mirror {
        return Some(super::mirror::screen());
    }
    if visit::space().is_none() {
        return Some(people::screen());
    }
    let agreed = RwSignal::new(None::<bool>);
    spawn_local(async move {
        let known = spaces::current().await.is_some();
        if !known {
            return visit::enter_space(None);
        }
        spaces::sign_in_again().await;
        agreed.try_set(Some(spaces::helped().await.is_some()));
    });
    Some(group().child(move || match agreed.get() {
        None => group(),
        Some(false) => consent::screen(move || agreed.set(Some(true))),
        Some(true) if route == Route::Ticket => ticket::ticket(),
        Some(true) => super::journey(route.clone()).unwrap_or_else(group),
    }))
}

pub fn frame() -> El {
    if shell().route.get_untracked() == Route::Mirror {
        return group();
    }
    let shown = shown();
    let bar = move || {
        let Some(space) = shown.space.get() else { return group() };
        group()
            .child(el("strong").child(say_with("desk.serving", &[("name", &space.name)])))
            .child(move || {
                let (class, key) = match verdict().get()? {
                    true => ("verdict right", "desk.said-right"),
                    false => ("verdict wrong", "desk.said-wrong"),
                };
                Some(el("span").class(class).attr("role", "status").child(say(key)))
            })
            .child(button("plain", say("desk.others"), |_| visit::enter_space(None)))
            .child(button("plain", say("desk.mirror"), |_| open_mirror()))
            .child(ticket_link())
            .child(handing_over())
            .child(
                button("plain", say("desk.words"), move |_| shown.words.update(|shown| *shown = !*shown))
                    .attr("aria-expanded", move || shown.words.get().to_string()),
            )
            .child(
                button("plain", say("desk.keys"), move |_| shown.keys.update(|shown| *shown = !*shown))
                    .attr("aria-expanded", move || shown.keys.get().to_string()),
            )
            .child(el("span").id("end-service").child(ask_first(
                "desk/end",
                say("desk.end"),
                say("desk.end-ask"),
                move || end(shown),
            )))
    };
    el("section")
        .class("bar-desk")
        .attr("aria-label", say("desk.bar"))
        .attr("hidden", move || shown.space.with(Option::is_none))
        .child(el("div").class("actions").child(bar))
        .child(move || shown.words.get().then(words))
        .child(move || shown.keys.get().then(keys))
}

/// Begins what goes on behind the screens.
pub fn open() {
    if shell().route.get_untracked() == Route::Mirror {
        return;
    }
    walls::carry_nothing();
    let shown = shown();
    spawn_local(async move {
        shown.space.try_set(spaces::current().await);
    });
    hear("keydown", move |event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        if key.alt_key() && !key.ctrl_key() && !key.meta_key() && act(&key.code(), key.shift_key(), shown) {
            event.prevent_default();
        }
    });
    wedge::watch(|text| {
        // A receipt is looked up wherever the helper is.
        if read_code(&text).is_some() && shell().route.get_untracked() != Route::Follow && text.starts_with("D-") {
            go(Route::Follow);
        }
        scanned().set(Some(text));
    });
    let last = RefCell::new(mirror::Seen::default());
    let line = Line::open(|word| match word {
        Word::Said(right) => {
            announce(say(if right { "desk.said-right" } else { "desk.said-wrong" }));
            verdict().set(Some(right));
        }
        Word::Opened => ASKED.set(true),
        Word::Seen(_) => {}
    });
    let Some(line) = line else { return };
    Interval::new(MIRROR_MS, move || {
        let seen = mirror::look();
        if ASKED.replace(false) || *last.borrow() != seen {
            line.say(&Word::Seen(seen.clone()));
            verdict().set(None);
            last.replace(seen);
        }
    })
    .forget();
}

thread_local! {
    static SHOWN: OnceCell<Shown> = const { OnceCell::new() };
    static VERDICT: OnceCell<RwSignal<Option<bool>>> = const { OnceCell::new() };
    /// The citizen's window was opened anew.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// What stands beside the journey outlives its bar, which is drawn anew in another language.
fn shown() -> Shown {
    let new = || Shown { space: RwSignal::new(None), words: RwSignal::new(false), keys: RwSignal::new(false) };
    SHOWN.with(|held| *held.get_or_init(|| shell().owner.with(new)))
}

/// What the citizen said in their own window about what it shows.
fn verdict() -> RwSignal<Option<bool>> {
    VERDICT.with(|held| *held.get_or_init(|| shell().owner.with(|| RwSignal::new(None))))
}

/// The queue's ticket, where the portal books one for this agency.
pub fn ticket_link() -> Option<El> {
    let books = !shell().config.agency.code.is_empty();
    books.then(|| el("a").class("button plain").attr("href", Route::Ticket.path()).child(say("ticket.title")))
}

/// What the person takes along: the receipt of what was sent, the codes of what was begun.
fn handing_over() -> El {
    let cards = RwSignal::new_local(Vec::<Card>::new());
    Effect::new(move |_| {
        shell().sent.track();
        shell().route.track();
        spawn_local(async move {
            if let Ok(store) = &shell().store {
                cards.try_set(store.cards().await.unwrap_or_default());
            }
        });
    });
    let link = |card: &Card| {
        let (step, key) =
            if card.is_sent { (Step::Receipt, "desk.take-receipt") } else { (Step::Keep, "desk.take-draft") };
        el("a").class("button plain").attr("href", Route::Draft(card.id.clone(), step).path()).child(say(key))
    };
    // The newest of each kind; the first screen lists them all.
    let newest = move |sent: bool| {
        cards.with(|cards| cards.iter().filter(|card| card.is_sent == sent).max_by_key(|card| card.saved).map(link))
    };
    group().child(move || newest(false)).child(move || newest(true))
}

fn open_mirror() {
    visit::open_window("/guong", &format!("guong-{}", visit::tab()));
}

/// Ends the service: everything of the person is wiped, and the list of people is shown.
fn end(shown: Shown) {
    let Some(space) = shown.space.get_untracked() else { return };
    spawn_local(async move {
        if spaces::end(&space).await {
            visit::enter_space(None);
        } else {
            announce(say("device.not-wiped"));
        }
    });
}

/// The place in the list that a digit's key stands for: 1 to 9 and 0 for ten, and with Shift for the ten after those.
fn place_of(digit: &str, with_shift: bool) -> Option<usize> {
    let digit: usize = digit.parse().ok()?;
    Some((digit + 9) % 10 + if with_shift { 10 } else { 0 })
}

/// The key for a place in the list, as `place_of` reads it; none beyond the twentieth.
pub fn key_of(at: usize) -> Option<String> {
    let shift = if at < 10 { "" } else { "Shift+" };
    (at < 20).then(|| format!("Alt+{shift}{}", (at + 1) % 10))
}

/// Does what a key stands for; `false` if it stands for nothing.
fn act(code: &str, with_shift: bool, shown: Shown) -> bool {
    if let Some(at) = code.strip_prefix("Digit").and_then(|digit| place_of(digit, with_shift)) {
        spawn_local(async move {
            if let Some(space) = spaces::all().await.get(at) {
                visit::enter_space(Some(&space.id));
            }
        });
        return true;
    }
    match code {
        "KeyN" => visit::enter_space(None),
        "KeyG" => press(".foot .button:not(.plain), main form .button[type=submit]"),
        "KeyB" => drop(go_back()),
        "KeyM" => open_mirror(),
        "KeyL" => shown.words.update(|shown| *shown = !*shown),
        "KeyK" => shown.keys.update(|shown| *shown = !*shown),
        "KeyX" => press("#end-service button"),
        _ => return false,
    }
    true
}

fn press(css: &str) {
    if let Ok(Some(button)) = document().query_selector(css) {
        button.unchecked_into::<web_sys::HtmlElement>().click();
    }
}

/// Polite lines for the step that is shown: four "xin" and four "luôn".
fn words() -> El {
    let text = move || {
        say(match shell().route.get() {
            Route::Choose => "words.choose",
            Route::Case(_) => "words.case",
            Route::Check(..) => "words.check",
            Route::Draft(_, Step::Papers) => "words.papers",
            Route::Draft(_, Step::Pages(_)) => "words.pages",
            Route::Draft(_, Step::People) => "words.people",
            Route::Draft(_, Step::Review) => "words.review",
            Route::Draft(_, Step::Keep) => "words.goodbye",
            Route::Draft(_, Step::Receipt) => "words.receipt",
            Route::Follow | Route::Followed(_) => "words.follow",
            Route::Feedback => "words.late",
            _ => "words.welcome",
        })
    };
    el("aside").class("words-to-say").attr("aria-label", say("desk.words")).child(move || lines(&text()))
}

/// Words to say at a step that has no screen of its own.
pub fn words_for(key: &str) -> El {
    el("div").class("words-to-say").child(lines(&say(key)))
}

fn lines(text: &str) -> Vec<El> {
    text.lines().map(|line| el("p").child(line)).collect()
}

fn keys() -> El {
    let row = |(key, what): (&str, &str)| {
        group().child(el("dt").child(el("kbd").child(format!("Alt+{key}")))).child(el("dd").child(say(what)))
    };
    el("dl").class("keys").child(KEYS.map(row).into_iter().collect::<Vec<_>>())
}
