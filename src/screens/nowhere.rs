//! For addresses that no screen answers.

use leptos::prelude::*;

use crate::{messages::say, widgets::heading::heading};

pub fn screen() -> AnyView {
    view! {
        {heading(say("nowhere.title"))}
        <p>{say("nowhere.text")}</p>
        <p><a class="button" href="/">{say("app.to-home")}</a></p>
    }
    .into_any()
}
