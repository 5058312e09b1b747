//! A question that must be answered before something is lost for good.

use std::{cell::Cell, rc::Rc};

use leptos::prelude::*;

use super::{
    element::{El, button, el, group},
    opened::opened,
};
use crate::messages::say;

/// A button that asks back before it acts: the first press shows the question in its place, with the same words once more
/// and a way out. `name` is the question's own on its screen: in another language it stays open.
pub fn ask_first(name: impl Into<String>, label: String, question: String, yes: impl Fn() + Clone + 'static) -> El {
    let asking = opened(name);
    let pressed = Rc::new(Cell::new(false));
    group().child(move || {
        if !asking.get() {
            let pressed = pressed.clone();
            return button("plain", label.clone(), move |_| {
                pressed.set(true);
                asking.set(true);
            });
        }
        let (yes, was_pressed) = (yes.clone(), pressed.take());
        el("div")
            .class("ask")
            .attr("role", "alertdialog")
            .attr("aria-label", question.clone())
            .child(el("p").child(question.clone()))
            .child(button("plain", say("ask.no"), move |_| asking.set(false)).then(move |no| {
                if was_pressed {
                    let _ = no.focus();
                }
            }))
            .child(button("danger", label.clone(), move |_| {
                asking.set(false);
                yes();
            }))
    })
}
