//! The shell of the page: header, the screen of the address, footer, the live region; and links that stay inside.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use crate::{
    messages::{say, say_with},
    route::Route,
    screens::screen,
    shell::{go, shell},
};

/// The whole page.
pub fn page() -> AnyView {
    follow_links();
    window_event_listener(ev::popstate, |_| shell().route.set(here()));
    let agency = &shell().config.agency;
    view! {
        <a class="skip" href="#main">{say("app.skip")}</a>
        <header>
            <a class="brand" href="/">{say("app.name")}</a>
            <span>{agency.name.clone()}</span>
        </header>
        <main id="main" tabindex="-1">{move || screen(shell().route.get())}</main>
        <footer>
            <p>{say_with("app.hotline", &[("hotline", &agency.hotline)])}</p>
            <p>{say("app.never-asks")}</p>
        </footer>
        <div class="unseen" aria-live="polite">{move || shell().said.get()}</div>
    }
    .into_any()
}

/// The route of the address bar.
pub fn here() -> Route {
    Route::parse(&window().location().pathname().unwrap_or_default())
}

/// Links to our own screens change the screen and not the page.
fn follow_links() {
    window_event_listener(ev::click, |event| {
        if event.default_prevented() || event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(link) = target.and_then(|target| target.closest("a[href]").ok().flatten()) else { return };
        let href = link.get_attribute("href").unwrap_or_default();
        if let Some(id) = href.strip_prefix('#') {
            // Within the screen: the focus goes there, the address stays.
            if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
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
