//! How long nobody has touched the device.

use std::{cell::Cell, rc::Rc};

use gloo::timers::callback::Interval;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, prelude::Closure};

use super::clock;

/// What a person does.
const SIGNS: [&str; 4] = ["pointerdown", "keydown", "wheel", "input"];

thread_local! {
    /// When it was touched last, by the device's clock.
    static LAST: Rc<Cell<i64>> = Rc::default();
}

/// From now on counts, and tells each second how many seconds have passed since the last touch. A clock that is put back or
/// that stood still while the device slept counts as no time.
pub fn watch(tick: impl Fn(u32) + 'static) {
    touched();
    for sign in SIGNS {
        let heard = Closure::<dyn FnMut()>::new(touched).into_js_value();
        let _ = window().add_event_listener_with_callback_and_bool(sign, heard.unchecked_ref(), true);
    }
    Interval::new(1_000, move || {
        let passed = LAST.with(|last| clock::now().0 - last.get());
        tick((passed.max(0) / 1_000).min(86_400) as u32);
    })
    .forget();
}

/// Counts from now on.
pub fn touched() {
    LAST.with(|last| last.set(clock::now().0));
}
