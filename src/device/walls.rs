//! The walls of a kiosk: what leads out of the app, or leaves something behind for the next person, does nothing.
//! A helper's desk has the one against carrying something over.
//!
//! They are the second line. The first is the browser's own: its kiosk mode and its policies (`deploy/kiosk/`).

use leptos::prelude::window;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Event, KeyboardEvent};

/// What would carry one person's words to the next: the clipboard takes nothing from this page.
const CARRYING: [&str; 3] = ["copy", "cut", "dragstart"];
/// Menus, things dropped and pasted in, gestures that enlarge.
const LEADING_OUT: [&str; 6] = ["contextmenu", "paste", "dragover", "drop", "gesturestart", "auxclick"];

/// From now on nothing is copied out of this page.
pub fn carry_nothing() {
    for sign in CARRYING {
        hear(sign, |event| event.prevent_default());
    }
}

/// Puts the walls up for as long as the page lives.
pub fn stand() {
    carry_nothing();
    for sign in LEADING_OUT {
        hear(sign, |event| event.prevent_default());
    }
    hear("keydown", |event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        if leads_out(&key.key(), key.ctrl_key() || key.meta_key() || key.alt_key()) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    // With the control key the wheel enlarges.
    hear("wheel", |event| {
        if event.unchecked_ref::<web_sys::WheelEvent>().ctrl_key() {
            event.prevent_default();
        }
    });
}

fn hear(sign: &str, heard: impl FnMut(Event) + 'static) {
    let heard = Closure::<dyn FnMut(Event)>::new(heard).into_js_value();
    let options = web_sys::AddEventListenerOptions::new();
    options.set_capture(true);
    options.set_passive(false);
    let _ =
        window().add_event_listener_with_callback_and_add_event_listener_options(sign, heard.unchecked_ref(), &options);
}

/// Whether a key opens something of the browser's: with a control key all do, and those with names of their own.
fn leads_out(key: &str, with_control: bool) -> bool {
    let function = key.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok());
    let named = ["Browser", "Launch", "ContextMenu", "Print"].iter().any(|start| key.starts_with(start));
    function || named || (with_control && key != "AltGraph")
}

#[cfg(test)]
mod tests {
    use super::leads_out;

    #[test]
    fn typing_stays_and_the_browsers_own_keys_do_not() {
        for (key, control) in [("a", false), ("F", false), ("Backspace", false), ("Tab", false), ("đ", false)] {
            assert!(!leads_out(key, control), "{key}");
        }
        for (key, control) in
            [("F5", false), ("F12", false), ("BrowserBack", false), ("ContextMenu", false), ("n", true)]
        {
            assert!(leads_out(key, control), "{key}");
        }
    }
}
