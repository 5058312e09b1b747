//! The question whether anyone is still there, and what follows when nobody answers.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    config::KioskConfig,
    device::{idle, speech},
    journey::leaving,
    messages::{say, say_with},
    route::Route,
    shell::{announce, shell},
    widgets::element::{El, button, el, group},
};

/// How it is with the person at the kiosk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    /// Someone touches it, or nobody has begun.
    Here,
    /// So many seconds are left to answer.
    Asked(u32),
    /// They have gone, or pressed the end: everything is being wiped.
    Gone,
}

thread_local! {
    static PRESENCE: std::cell::OnceCell<RwSignal<Presence>> = const { std::cell::OnceCell::new() };
}

fn presence() -> RwSignal<Presence> {
    PRESENCE.with(|held| *held.get_or_init(|| shell().owner.with(|| RwSignal::new(Presence::Here))))
}

/// Ends the use of the kiosk: everything is wiped.
pub fn end() {
    if presence().get_untracked() != Presence::Gone {
        presence().set(Presence::Gone);
        spawn_local(leaving::leave());
    }
}

/// Counts from now on.
pub fn watch() {
    let KioskConfig { idle: idle_for, warning: answer_in, .. } = leaving::kiosk();
    let begun = Memo::new(move |before: Option<&bool>| {
        // Who chose a language has begun, too.
        let spoken = shell().language.get() > 0;
        before.copied().unwrap_or(false) || spoken || !matches!(shell().route.get(), Route::Home)
    });
    idle::watch(move |passed| {
        let now = presence().get_untracked();
        // At the first screen nobody has begun anything.
        if now == Presence::Gone || !begun.get_untracked() {
            return;
        }
        let next = match passed.checked_sub(idle_for) {
            None => Presence::Here,
            Some(waited) if waited >= answer_in => return end(),
            Some(waited) => Presence::Asked(answer_in - waited),
        };
        if next != now {
            presence().set(next);
        }
        if let (Presence::Asked(left), Presence::Here) = (next, now) {
            speech::chime();
            let text = say_with("kiosk.idle-text", &[("n", &left.to_string())]);
            announce(format!("{} {text}", say("kiosk.idle-title")));
            speech::speak(&format!("{} {text}", say("kiosk.idle-title")));
        }
    });
}

/// The question over the whole screen, with a ring that runs out; or the word that all is being wiped.
pub fn cover() -> El {
    let all = leaving::kiosk().warning;
    let asked = Memo::new(|_| match presence().get() {
        Presence::Here => 0,
        Presence::Asked(_) => 1,
        Presence::Gone => 2,
    });
    // While it is asked nothing else can be reached.
    Effect::new(move |_| {
        let covered = asked.get() != 0;
        for name in ["header", "main", "footer", ".bar-kiosk", ".keyboard"] {
            if let Ok(Some(part)) = document().query_selector(name) {
                let _ = part.toggle_attribute_with_force("inert", covered);
            }
        }
    });
    group().child(move || match asked.get() {
        0 => group(),
        1 => {
            let left = move || match presence().get() {
                Presence::Asked(left) => left,
                _ => 0,
            };
            el("div")
                .class("cover")
                .attr("role", "alertdialog")
                .attr("aria-modal", "true")
                .attr("aria-label", say("kiosk.idle-title"))
                .child(el("h2").child(say("kiosk.idle-title")))
                .child(
                    el("div")
                        .class("ring")
                        .attr("aria-hidden", "true")
                        .style("--left", move || format!("{}%", left() * 100 / all.max(1)))
                        .child(el("span").child(move || left().to_string())),
                )
                .child(el("p").class("lead").child(move || say_with("kiosk.idle-text", &[("n", &left().to_string())])))
                .child(button("button", say("kiosk.go-on"), |_| idle::touched()).then(|go_on| {
                    let _ = go_on.focus();
                }))
        }
        _ => el("div").class("cover").attr("role", "status").child(el("h2").child(say("kiosk.wiping"))),
    })
}
