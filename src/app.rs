//! The shell of the page: header, the screen of the address, footer, the live region; and links that stay inside.

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::{
    messages::{self, say, say_with},
    route::Route,
    shell::{announce, go, shell},
    widgets::element::{El, el, group, hear},
};

/// The whole page, with the screens of one download; `frame` is what else stands around them.
pub fn page(frame: fn() -> El) -> El {
    follow_links();
    hear("popstate", |_| shell().route.set(here()));
    hear("language", speak);
    group().child(move || {
        shell().language.track();
        parts(frame)
    })
}

fn parts(frame: fn() -> El) -> El {
    let agency = &shell().config.agency;
    group()
        .child(
            el("header")
                .child(el("a").class("brand").attr("href", "/").child(say("app.name")))
                .child(el("span").attr("lang", "vi").child(agency.name.clone())),
        )
        .child(frame())
        .child(el("main").id("main").attr("tabindex", "-1").child(move || (shell().screens)(shell().route.get())))
        .child(
            el("footer")
                .child(el("p").class("whose").attr("lang", "vi").child(agency.name.clone()))
                .child(el("p").child(say_with("app.hotline", &[("hotline", &agency.hotline)])))
                .child(el("p").child(say("app.never-asks")))
                .child(el("div").class("unseen").attr("aria-live", "polite").child(move || shell().said.get())),
        )
}

/// Another language, or other digits: the tables come with the event (`language.js`), everything is said anew.
fn speak(event: web_sys::Event) {
    let tables: &web_sys::CustomEvent = event.unchecked_ref();
    if let Ok(tables) = tables.detail().dyn_into::<Array>() {
        messages::unlearn();
        for table in tables {
            messages::learn(&Uint8Array::from(table).to_vec());
        }
    }
    shell().language.update(|count| *count += 1);
    announce(say("app.language"));
}

/// The route of the address bar.
pub fn here() -> Route {
    Route::parse(&window().location().pathname().unwrap_or_default())
}

/// Links to our own screens change the screen and not the page.
fn follow_links() {
    hear("click", |event| {
        let Ok(event) = event.dyn_into::<web_sys::MouseEvent>() else { return };
        if event.default_prevented()
            || event.button() != 0
            || event.ctrl_key()
            || event.meta_key()
            || event.shift_key()
            || event.alt_key()
        {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(link) = target.and_then(|target| target.closest("a[href]").ok().flatten()) else {
            return;
        };
        let href = link.get_attribute("href").unwrap_or_default();
        if let Some(id) = href.strip_prefix('#') {
            // Within the screen: the focus goes there, the address stays.
            if let Some(element) =
                document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok())
            {
                event.prevent_default();
                let _ = element.focus();
                element.scroll_into_view();
            }
            return;
        }
        if !href.starts_with('/') || link.has_attribute("download") || link.has_attribute("target") {
            return;
        }
        match Route::parse(&href) {
            Route::Nowhere => {}
            route => {
                event.prevent_default();
                go(route);
            }
        }
    });
}
