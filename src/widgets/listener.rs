//! Speaking instead of typing, where the browser listens.

use leptos::prelude::*;

use super::element::{El, button, el, group};
use crate::{device::speech, messages::say};

/// The button, with the word where the voice may go; `label` and `listening` are message keys. `heard` hears what was
/// understood.
pub fn listener(label: &'static str, listening: &'static str, heard: impl Fn(String) + Clone + 'static) -> Option<El> {
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
    let name = move || say(if busy.get() { listening } else { label });
    speech::can_listen().then(|| {
        group().child(button("plain", name, listen)).child(el("p").class("hint").child(say("choose.speak-hint")))
    })
}
