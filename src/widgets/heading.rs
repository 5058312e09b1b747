//! The heading of a screen. When it appears, the screen has changed: the title follows and the focus moves to it, so
//! that a screen reader starts reading there.

use std::cell::Cell;

use leptos::prelude::{document, window};

use super::element::{El, el};
use crate::{device::visit, messages::say};

thread_local! {
    static FIRST: Cell<bool> = const { Cell::new(true) };
}

/// The one `h1` of a screen.
pub fn heading(text: String) -> El {
    document().set_title(&format!("{text} – {}", say("app.name")));
    el("h1").attr("tabindex", "-1").child(text).then(|heading| {
        // At the very first screen the browser's own start of the page is right; and a list that was refreshed while
        // someone works in it, or a language that was changed, does not take the focus away.
        let busy = document().query_selector("main :focus, #aids :focus").is_ok_and(|focused| focused.is_some());
        if (!FIRST.replace(false) || visit::noted()) && !busy {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let _ = heading.focus();
        }
    })
}
