//! A paper shown inside the page, for a device that opens no other windows.

use leptos::prelude::*;

use super::element::{El, button, el, group};
use crate::messages::say;

/// What is being looked at: an address of this page's own.
pub fn viewer(shown: RwSignal<Option<String>>) -> El {
    group().child(move || {
        let address = shown.get()?;
        Some(
            el("div")
                .class("cover viewer")
                .attr("role", "dialog")
                .attr("aria-modal", "true")
                .attr("aria-label", say("viewer.title"))
                // Without the browser's own bar, which offers to save and to print.
                .child(
                    el("iframe")
                        .attr("src", format!("{address}#toolbar=0&navpanes=0"))
                        .attr("title", say("viewer.title")),
                )
                .child(button("button", say("viewer.close"), move |_| shown.set(None)).then(|close| {
                    let _ = close.focus();
                })),
        )
    })
}
