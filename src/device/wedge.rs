//! Readers of bar codes and QR codes that pretend to be a keyboard: they type faster than anyone, and end with Enter.

use std::{cell::RefCell, rc::Rc};

use js_sys::Reflect;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Element, Event, EventInit, KeyboardEvent};

use super::clock;

/// A hand needs longer than this between two keys.
const FAST_MS: i64 = 45;
/// Shorter bursts may be a roll of the fingers.
const LEAST: usize = 6;

/// Keys that come one right after the other.
#[derive(Debug, Default)]
pub struct Burst {
    text: String,
    last: i64,
}

impl Burst {
    /// Takes in a key at a time in milliseconds. Gives what a reader has typed when it ends with Enter; `None` for everything
    /// that a hand types.
    ///
    /// ```
    /// use mot_cua::device::wedge::Burst;
    /// let mut burst = Burst::default();
    /// for (at, key) in "D-4821-77602".chars().enumerate() {
    ///     assert_eq!(burst.key(&key.to_string(), 1_000 + at as i64 * 8), None);
    /// }
    /// assert_eq!(burst.key("Enter", 1_100), Some("D-4821-77602".to_owned()));
    /// ```
    pub fn key(&mut self, key: &str, at: i64) -> Option<String> {
        let fast = at - self.last <= FAST_MS;
        self.last = at;
        if !fast {
            self.text.clear();
        }
        let mut letters = key.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => self.text.push(letter),
            _ if key == "Enter" => {
                let text = std::mem::take(&mut self.text);
                return (fast && text.chars().count() >= LEAST).then_some(text);
            }
            // These come between the letters.
            _ if matches!(key, "Shift" | "AltGraph" | "Alt" | "Control" | "CapsLock" | "Process") => {}
            // A hand went elsewhere.
            _ => self.text.clear(),
        }
        None
    }

    /// Whether the next letter would be the first.
    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// From now on tells what a reader reads, whatever field has the focus; the field is as it was before.
pub fn watch(read: impl Fn(String) + 'static) {
    let burst = Rc::new(RefCell::new(Burst::default()));
    let before = RefCell::new(None::<(Element, JsValue)>);
    let heard = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        let text = burst.borrow_mut().key(&event.key(), clock::now().0);
        // What the field held before the first letter of what may be a burst; a slow hand makes each letter the first.
        if event.key().chars().count() == 1 && burst.borrow().text.chars().count() == 1 {
            let field = document().active_element();
            let held = field.map(|field| {
                let value = Reflect::get(&field, &"value".into()).unwrap_or(JsValue::UNDEFINED);
                (field, value)
            });
            before.replace(held);
        }
        // A blank in the middle of it would press the button that has the focus.
        let is_field = |one: Element| matches!(one.tag_name().as_str(), "INPUT" | "TEXTAREA");
        if event.key() == " "
            && burst.borrow().text.chars().count() > 2
            && !document().active_element().is_some_and(is_field)
        {
            event.prevent_default();
        }
        let Some(text) = text else { return };
        debug_assert!(burst.borrow().is_empty());
        event.prevent_default();
        event.stop_propagation();
        if let Some((field, value)) = before.take().filter(|(_, value)| value.is_string()) {
            let _ = Reflect::set(&field, &"value".into(), &value);
            let bubbling = EventInit::new();
            bubbling.set_bubbles(true);
            if let Ok(changed) = Event::new_with_event_init_dict("input", &bubbling) {
                let _ = field.dispatch_event(&changed);
            }
        }
        read(text);
    });
    let _ = window().add_event_listener_with_callback_and_bool("keydown", heard.into_js_value().unchecked_ref(), true);
}
