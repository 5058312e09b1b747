//! A labelled field of a form, with a hint and the error right at it.

use leptos::prelude::*;

use crate::messages::say;

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
    value: impl Fn() -> String + Send + 'static,
    fault: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
    changed: impl Fn(String) + 'static,
) -> AnyView {
    let or = |text: &'static str, default| if text.is_empty() { default } else { text };
    let (error_id, hint_id) = (format!("{name}-error"), format!("{name}-hint"));
    let hint_key = format!("hint.{label}");
    let hint = Some(say(&hint_key)).filter(|hint| *hint != hint_key);
    let described = format!("{hint_id} {error_id}");
    view! {
        <div class="field" class:bad=move || fault().is_some()>
            <label for=name.clone()>{say(&format!("field.{label}"))}</label>
            <p class="hint" id=hint_id>{hint}</p>
            <input
                id=name
                type=or(typing.kind, "text")
                inputmode=or(typing.keyboard, "text")
                autocomplete=or(typing.autofill, "off")
                aria-describedby=described
                aria-invalid=move || fault().is_some().to_string()
                prop:value=value
                on:input:target=move |event| changed(event.target().value())
            />
            <p class="error" id=error_id>{fault}</p>
        </div>
    }
    .into_any()
}
