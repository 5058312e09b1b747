//! The heading of a screen. When it appears, the screen has changed: the title follows and the focus moves to it, so
//! that a screen reader starts reading there.

use std::cell::Cell;

use leptos::{html, prelude::*};

use crate::messages::say;

thread_local! {
    static FIRST: Cell<bool> = const { Cell::new(true) };
}

/// The one `h1` of a screen.
pub fn heading(text: String) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    document().set_title(&format!("{text} – {}", say("app.name")));
    Effect::new(move || {
        let Some(heading) = node.get() else { return };
        // At the very first screen the browser's own start of the page is right; and a list that was refreshed while
        // someone works in it does not take the focus away.
        let busy = document().query_selector("main :focus").is_ok_and(|focused| focused.is_some());
        if !FIRST.replace(false) && !busy {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let _ = heading.focus();
        }
    });
    view! { <h1 tabindex="-1" node_ref=node>{text}</h1> }
}
