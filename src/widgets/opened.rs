//! What someone opened on a screen and that is kept nowhere else: it stays open when the language changes, for which the screen is
//! drawn anew, and is closed again the next time that the screen is come to.

use std::cell::RefCell;

use leptos::prelude::*;

use crate::{route::Route, shell::shell};

/// What was opened on a screen, by name, with the count of the language that it was last drawn in.
type Opened = (Option<Route>, Vec<(String, RwSignal<bool>, u32)>);

thread_local! {
    static OPENED: RefCell<Opened> = RefCell::default();
}

/// Whether the part of this name is open on the screen that is being drawn; closed at first.
pub fn opened(name: impl Into<String>) -> RwSignal<bool> {
    let name = name.into();
    let (route, language) = (Some(shell().route.get_untracked()), shell().language.get_untracked());
    OPENED.with_borrow_mut(|(of, parts)| {
        if *of != route {
            parts.clear();
            *of = route;
        }
        let at = parts.iter().position(|(held, ..)| *held == name);
        let held = at.map(|at| parts.swap_remove(at)).filter(|(.., drawn)| *drawn < language);
        let part = held.map_or_else(|| shell().owner.with(|| RwSignal::new(false)), |(_, part, _)| part);
        parts.push((name, part, language));
        part
    })
}
