//! The parts of forms: a labelled field with a hint and the error right at it, answers to choose from, files to pick.

use leptos::prelude::{Get, RwSignal, Set};
use web_sys::Event;

use super::element::{El, el};
use crate::{messages::say, shell::shell};

/// A form that the app sends itself; the browser's own checks stay out of the way of ours.
pub fn form(class: &'static str, sent: impl Fn() + 'static) -> El {
    el("form").class(class).attr("novalidate", true).on("submit", move |event| {
        event.prevent_default();
        sent();
    })
}

/// The button that sends the form around it; it waits while something is on its way.
pub fn submit(label: &'static str, busy: RwSignal<bool>) -> El {
    el("button")
        .attr("type", "submit")
        .class("button")
        .attr("disabled", move || busy.get())
        .child(move || say(if busy.get() { "app.loading" } else { label }))
}

/// The field that a search is typed into; screens and links know it as `query`.
pub fn search_input() -> El {
    el("input").id("query").attr("type", "search").attr("autocomplete", "off").attr("enterkeyhint", "search")
}

/// One of several answers, the only one that holds among those of the same `name`; its label is a message key.
pub fn answer(
    id: String,
    name: &str,
    label: &str,
    held: impl Fn() -> bool + 'static,
    chosen: impl Fn() + 'static,
) -> El {
    el("label")
        .class("tick")
        .attr("for", id.clone())
        .child(
            el("input")
                .attr("type", "radio")
                .id(id)
                .attr("name", name)
                .prop("checked", held)
                .on("change", move |_| chosen()),
        )
        .child(el("span").child(say(label)))
}

/// A file input that looks like a button.
pub fn picker(id: &str, label: &str, main: bool, camera: bool, several: bool, picked: impl Fn(Event) + 'static) -> El {
    el("label")
        .class(if main { "picker main" } else { "picker" })
        .attr("for", id)
        .child(el("span").child(say(label)))
        .child(
            el("input")
                .id(id)
                .attr("type", "file")
                .attr("multiple", several)
                .attr("accept", if camera { "image/*" } else { "image/*,application/pdf,.heic" })
                .attr("capture", camera.then_some("environment"))
                .on("change", picked),
        )
}

/// An input for files of ours, that looks like a button.
pub fn chooser(
    id: &'static str,
    label: &str,
    accept: &'static str,
    several: bool,
    picked: impl Fn(Event) + 'static,
) -> El {
    el("label").class("picker").attr("for", id).child(el("span").child(say(label))).child(
        el("input").id(id).attr("type", "file").attr("accept", accept).attr("multiple", several).on("change", picked),
    )
}

/// How a field is typed in.
#[derive(Clone, Copy, Default)]
pub struct Typing {
    /// The input's type, such as `email`; `text` if empty.
    pub kind: &'static str,
    /// The keyboard that a phone shows, such as `numeric`.
    pub keyboard: &'static str,
    /// The browser's autofill name; `off` if empty.
    pub autofill: &'static str,
}

/// One line of text. `name` is the field's id; its label is the message `field.{label}`, its hint `hint.{label}` where
/// the table has one. `changed` hears each change.
pub fn field(
    name: String,
    label: &str,
    typing: Typing,
    value: impl Fn() -> String + 'static,
    fault: impl Fn() -> Option<String> + Copy + 'static,
    changed: impl Fn(String) + 'static,
) -> El {
    let or = |text: &'static str, default| if text.is_empty() { default } else { text };
    // What one person typed is not offered to the next.
    let autofill = if shell().mode.is_shared() { "off" } else { or(typing.autofill, "off") };
    let (error_id, hint_id) = (format!("{name}-error"), format!("{name}-hint"));
    let hint_key = format!("hint.{label}");
    let hint = Some(say(&hint_key)).filter(|hint| *hint != hint_key);
    let described = format!("{hint_id} {error_id}");
    el("div")
        .class("field")
        .toggle("bad", move || fault().is_some())
        .child(el("label").attr("for", name.clone()).child(say(&format!("field.{label}"))))
        .child(el("p").class("hint").id(hint_id).child(hint))
        .child(
            el("input")
                .id(name)
                .attr("type", or(typing.kind, "text"))
                .attr("inputmode", or(typing.keyboard, "text"))
                .attr("autocomplete", autofill)
                .attr("aria-describedby", described)
                .attr("aria-invalid", move || fault().is_some().to_string())
                .prop("value", value)
                .on_text("input", changed),
        )
        .child(el("p").class("error").id(error_id).child(fault))
}

/// The same over signals: what is typed, and what is wrong with it.
pub fn typed(name: &str, label: &str, typing: Typing, text: RwSignal<String>, fault: RwSignal<Option<String>>) -> El {
    field(name.to_owned(), label, typing, move || text.get(), move || fault.get(), move |typed| text.set(typed))
}
