//! What every screen can reach: the portal, the store, the scanner, where we are, what was just said.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::{
    config::{Config, Mode},
    device::{
        clock,
        scanner::Scanner,
        store::{Store, StoreError},
        visit,
    },
    dossier::moment::Moment,
    journey::drafts::Open,
    portal::{Portal, http::Browser},
    route::Route,
    widgets::element::El,
};

/// The one shell of the page. It lives as long as the page does, so screens hold it as a plain reference, in
/// closures and across awaits alike.
pub struct Shell {
    /// The screens of this download; `None` for those of the other.
    pub screens: fn(Route) -> Option<El>,
    /// Signing in elsewhere than here, where that is the way; called once the portal knows the citizen.
    pub sign_in: Option<SignIn>,
    pub config: Config,
    pub mode: Mode,
    pub portal: Portal<Browser>,
    /// What is the citizen's own.
    pub store: Result<Store, StoreError>,
    /// Where devices that forget one citizen after the other keep what is everybody's: the portal's list, its procedures.
    pub library: Option<Result<Store, StoreError>>,
    pub scanner: Scanner,
    pub route: RwSignal<Route>,
    /// How often the language was changed since the page was opened: what says something says it anew.
    pub language: RwSignal<u32>,
    /// The screens that led here, where the browser's own history must not tell.
    pub trail: RefCell<Vec<Route>>,
    /// What the live region says.
    pub said: RwSignal<String>,
    /// The drafts that were opened, so that work on one goes on when its screen is left.
    pub drafts: RefCell<HashMap<String, Open>>,
    /// How many drafts were sent since the page was opened: lists of drafts look again.
    pub sent: RwSignal<u32>,
    /// Owns what outlives a screen.
    pub owner: Owner,
}

/// A form that signs in and then calls what it was given.
pub type SignIn = fn(Rc<dyn Fn()>) -> El;

impl Shell {
    /// The store for what is everybody's.
    pub fn library(&self) -> Option<&Store> {
        self.library.as_ref().unwrap_or(&self.store).as_ref().ok()
    }
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

/// Now by the portal's clock, as far as it has told; the device's may be wrong by days.
pub fn now() -> Moment {
    Moment(clock::now().0 + shell().portal.ahead())
}

/// Goes to a screen, so that the browser's back button comes back from it.
pub fn go(route: Route) {
    travel(route, false);
}

/// Goes to a screen in place of this one: going back skips this one.
pub fn go_instead(route: Route) {
    travel(route, true);
}

/// Within a download the screen changes; to the other download the page does. Nothing is lost either way, because
/// everything is on the device before a screen is left. A device that is shared grows no history.
fn travel(route: Route, instead: bool) {
    let path = route.path();
    if !shell().mode.is_shared() && route.is_front() != shell().route.get_untracked().is_front() {
        visit::note();
        let location = window().location();
        let _ = if instead { location.replace(&path) } else { location.assign(&path) };
        return;
    }
    if let Ok(history) = window().history() {
        let state = wasm_bindgen::JsValue::NULL;
        let _ = match instead || shell().mode.is_shared() {
            true => history.replace_state_with_url(&state, "", Some(&path)),
            false => history.push_state_with_url(&state, "", Some(&path)),
        };
    }
    if shell().mode.is_shared() {
        shell().trail.borrow_mut().push(shell().route.get_untracked());
    }
    shell().route.set(route);
}

/// Goes back to the screen that this one was reached from, on devices without a history; `false` if there is none.
pub fn go_back() -> bool {
    let Some(before) = shell().trail.borrow_mut().pop() else { return false };
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&before.path()));
    }
    shell().route.set(before);
    true
}

/// Says something to those who listen to the page instead of seeing it. What is said twice is heard twice: screen readers speak a
/// text that has changed, so the second time it ends with a blank.
pub fn announce(text: String) {
    shell().said.update(|said| *said = if *said == text { text + "\u{a0}" } else { text });
}

/// Puts the focus on the element with this id, once the screen stands.
pub fn focus(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id)
            && let Ok(element) = element.dyn_into::<web_sys::HtmlElement>()
        {
            let _ = element.focus();
        }
    });
}
