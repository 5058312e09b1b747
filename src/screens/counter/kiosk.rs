//! The lobby kiosk: its bar, its keyboard, its walls; and the screen that it shows when something could not be wiped.

use std::cell::{Cell, OnceCell};

use gloo::timers::callback::Interval;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::idle;
use crate::{
    config::Mode,
    device::{clock, speech, visit, walls, wedge},
    dossier::receipt::read_code,
    journey::{
        leaving,
        scanned::scanned,
        shelf::{self, Known},
    },
    messages::say,
    route::Route,
    shell::{go, go_back, go_instead, shell},
    widgets::{
        dialogue::ask_first,
        element::{El, button, el, group, hear},
        heading::heading,
        keyboard::{keyboard, keys},
        viewer::viewer,
    },
};

/// So many procedures are offered for what is typed.
const OFFERED: usize = 3;
/// A locked kiosk tries again to wipe every half minute.
const AGAIN_MS: u32 = 30_000;

thread_local! {
    /// The paper that is looked at.
    static SHOWN: OnceCell<RwSignal<Option<String>>> = const { OnceCell::new() };
}

fn shown() -> RwSignal<Option<String>> {
    SHOWN.with(|held| *held.get_or_init(|| shell().owner.with(|| RwSignal::new(None))))
}

/// Puts up the walls and begins to count; a locked kiosk only tries to be clean.
pub fn open() {
    walls::stand();
    if visit::is_locked() {
        Interval::new(AGAIN_MS, || spawn_local(leaving::leave())).forget();
        return;
    }
    idle::watch();
    speech::wake();
    stay_inside();
    wedge::watch(|text| {
        if read_code(&text).is_some() && text.starts_with("D-") && shell().route.get_untracked() != Route::Follow {
            go(Route::Follow);
        }
        scanned().set(Some(text));
    });
}

/// Links that lead out, open another window or save a file do nothing; a paper of this page's is shown inside.
///
/// Who presses the app's name five times within three seconds is taken to the staff's page.
fn stay_inside() {
    let presses = Cell::new((0_u8, 0_i64));
    hear("click", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.as_ref().is_some_and(|target| target.class_list().contains("brand")) {
            let (count, since) = presses.get();
            let now = clock::now().0;
            presses.set(if now - since < 3_000 { (count + 1, since) } else { (1, now) });
            if presses.get().0 >= 5 {
                event.prevent_default();
                presses.set((0, 0));
                return go(Route::Staff);
            }
        }
        let Some(link) = target.and_then(|target| target.closest("a[href]").ok().flatten()) else { return };
        let href = link.get_attribute("href").unwrap_or_default();
        let ours = href.starts_with('#') || (href.starts_with('/') && Route::parse(&href) != Route::Nowhere);
        if !ours || link.has_attribute("target") || link.has_attribute("download") {
            event.prevent_default();
            if href.starts_with("blob:") {
                shown().set(Some(href));
            }
        }
    });
}

pub fn frame() -> El {
    debug_assert_eq!(shell().mode, Mode::Kiosk);
    if visit::is_locked() {
        return group();
    }
    let typing = keys().open;
    let at_start = move || matches!(shell().route.get(), Route::Home | Route::Staff);
    let back = button("plain", say("app.back"), |_| {
        if !go_back() {
            go_instead(Route::Home);
        }
    });
    let bar = el("section")
        .class("bar-kiosk")
        .attr("aria-label", say("kiosk.bar"))
        .child(back.attr("hidden", at_start))
        .child(
            button("plain", say("kiosk.keyboard"), move |_| typing.update(|typing| *typing = !*typing))
                .attr("aria-pressed", move || typing.get().to_string())
                .attr("hidden", at_start),
        )
        .child(el("span").attr("hidden", at_start).child(ask_first(
            "kiosk/end",
            say("kiosk.end"),
            say("kiosk.end-ask"),
            idle::end,
        )));
    // A field that went with its screen is not typed into any more.
    Effect::new(move |_| {
        shell().route.track();
        typing.set(false);
    });
    group().child(bar).child(keyboard(offered)).child(viewer(shown())).child(idle::cover())
}

/// Procedures for what is typed into the search.
fn offered(text: &str) -> Vec<String> {
    shelf::catalogue().with_untracked(|known| match known {
        Known::Here(shelf, _) => {
            let found = shelf.index.find(text, shelf.procedures.len());
            let name = |at: &usize| {
                let procedure = &shelf.procedures[*at];
                say(shelf.everyday(&procedure.code).map_or(&procedure.name, |guide| &guide.everyday_name))
            };
            found.hits.iter().take(OFFERED).map(name).collect()
        }
        _ => Vec::new(),
    })
}

/// The kiosk could not be wiped: for the staff.
pub fn locked() -> El {
    group()
        .child(heading(say("kiosk.locked-title")))
        .child(el("p").class("lead").child(say("kiosk.locked-text")))
        .child(button("plain", say("app.again"), |_| spawn_local(leaving::leave())))
}
