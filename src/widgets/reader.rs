//! Reading the screen aloud, sentence by sentence, in the order of the screen; what is being read is marked.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use super::element::{El, button};
use crate::{device::speech, messages::say, shell::announce};

/// What is read: the smallest parts of a screen that make sense alone.
const PARTS: &str = "main h1, main h2, main h3, main p, main li, main legend, main label, main dt, main dd, main summary, \
                     main button, main a.button, main a.door, main a.choice, main th, main td";

/// The button: reads, stops, reads again.
pub fn reader() -> El {
    let reading = RwSignal::new(0_u32);
    let current = RwSignal::new(false);
    let pressed = move |_| {
        if current.get_untracked() {
            speech::stop();
            reading.update(|count| *count += 1);
            current.set(false);
            return;
        }
        if !speech::has_voice() {
            return announce(say("read.no-voice"));
        }
        let mine = reading.get_untracked();
        current.set(true);
        spawn_local(async move {
            for (part, text) in parts() {
                if reading.get_untracked() != mine {
                    break;
                }
                let _ = part.class_list().add_1("spoken");
                part.scroll_into_view_with_bool(false);
                speech::say_through(&text).await;
                let _ = part.class_list().remove_1("spoken");
            }
            if reading.get_untracked() == mine {
                current.set(false);
            }
        });
    };
    let missing = !speech::has_voice();
    button("plain", move || say(if current.get() { "kiosk.stop-reading" } else { "kiosk.read-aloud" }), pressed)
        .attr("aria-pressed", move || current.get().to_string())
        .toggle("silent", move || missing && !speech::has_voice())
}

/// The parts of the screen that can be seen, with their text; of a part within a part, the outer one alone.
fn parts() -> Vec<(HtmlElement, String)> {
    let Ok(found) = document().query_selector_all(PARTS) else { return Vec::new() };
    let mut parts: Vec<(HtmlElement, String)> = Vec::new();
    for at in 0..found.length() {
        let Some(part) = found.item(at).and_then(|node| node.dyn_into::<HtmlElement>().ok()) else { continue };
        let inside = parts.last().is_some_and(|(outer, _)| outer.contains(Some(part.unchecked_ref::<Node>())));
        // What has no size is folded away, or for listeners only.
        let text = part.inner_text().split_whitespace().collect::<Vec<_>>().join(" ");
        if !inside && part.offset_height() > 1 && !text.is_empty() {
            parts.push((part, text));
        }
    }
    parts
}
