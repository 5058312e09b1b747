//! Speaking instead of typing, where the browser listens.

use leptos::prelude::*;

use super::element::{El, button, el, group};
use crate::{device::speech, messages::say};

/// The button, with the word where the voice may go; `label` names it, `listening` is a message key. `heard` hears
/// what was understood.
pub fn listener(
    label: impl Fn() -> String + 'static,
    listening: &'static str,
    heard: impl Fn(String) + Clone + 'static,
) -> Option<El> {
    let busy = RwSignal::new(false);
    let listen = move |_| {
        busy.set(true);
        let heard = heard.clone();
        speech::listen(move |text| {
            busy.try_set(false);
            if let Some(text) = text {
                heard(text);
            }
        });
    };
    let name = move || if busy.get() { say(listening) } else { label() };
    speech::can_listen().then(|| {
        group().child(button("plain", name, listen)).child(el("p").class("hint").child(say("choose.speak-hint")))
    })
}
