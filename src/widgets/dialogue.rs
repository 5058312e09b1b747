//! A question that must be answered before something is lost for good.

use leptos::prelude::*;

use super::element::{El, button, el, group};
use crate::messages::say;

/// A button that asks back before it acts: the first press shows the question in its place, with the same words once more
/// and a way out.
pub fn ask_first(label: String, question: String, yes: impl Fn() + Clone + 'static) -> El {
    let asking = RwSignal::new(false);
    group().child(move || {
        if !asking.get() {
            return button("plain", label.clone(), move |_| asking.set(true));
        }
        let yes = yes.clone();
        el("div")
            .class("ask")
            .attr("role", "alertdialog")
            .attr("aria-label", question.clone())
            .child(el("p").child(question.clone()))
            .child(button("plain", say("ask.no"), move |_| asking.set(false)).then(|no| {
                let _ = no.focus();
            }))
            .child(button("danger", label.clone(), move |_| {
                asking.set(false);
                yes();
            }))
    })
}
