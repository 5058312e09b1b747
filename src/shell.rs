//! What every screen can reach: the portal, the store, the scanner, where we are, what was just said.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::{
    config::Config,
    device::{scanner::Scanner, store::{Store, StoreError}},
    portal::{Portal, http::Browser},
    route::Route,
};

/// The one shell of the page. It lives as long as the page does, so screens hold it as a plain reference, in
/// closures and across awaits alike.
pub struct Shell {
    pub config: Config,
    pub portal: Portal<Browser>,
    pub store: Result<Store, StoreError>,
    pub scanner: Scanner,
    pub route: RwSignal<Route>,
    /// What the live region says.
    pub said: RwSignal<String>,
    /// The e-mail address of the signed-in citizen, as far as we know.
    pub citizen: RwSignal<Option<String>>,
}

thread_local! {
    static SHELL: Cell<Option<&'static Shell>> = const { Cell::new(None) };
}

/// Makes this the page's shell. Called once, before the first screen.
pub fn install(shell: Shell) {
    SHELL.set(Some(Box::leak(Box::new(shell))));
}

/// The page's shell.
///
/// # Panics
/// Before `install`; no screen exists then.
pub fn shell() -> &'static Shell {
    SHELL.get().expect("the shell stands before the first screen")
}

/// Goes to a screen, so that the browser's back button comes back from it.
pub fn go(route: Route) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route.path()));
    }
    shell().route.set(route);
}

/// Goes to a screen in place of this one: going back skips this one.
pub fn go_instead(route: Route) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route.path()));
    }
    shell().route.set(route);
}

/// Says something to those who listen to the page instead of seeing it.
pub fn announce(text: String) {
    shell().said.set(text);
}

/// Puts the focus on the element with this id, once the screen stands.
pub fn focus(id: &'static str) {
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(id)
            && let Ok(element) = element.dyn_into::<web_sys::HtmlElement>()
        {
            let _ = element.focus();
        }
    });
}
