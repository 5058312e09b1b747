//! What someone opened on a screen and that is kept nowhere else: it stays open when the language changes, for which the screen is
//! drawn anew, and is closed again the next time that the screen is come to.

use std::cell::RefCell;
use std::collections::HashMap;

use leptos::prelude::*;

use crate::shell::shell;

/// What was opened on the screen of a path, by name, with the count of the language that it was last drawn in.
type Opened = (String, HashMap<&'static str, (RwSignal<bool>, u32)>);

thread_local! {
    static OPENED: RefCell<Opened> = RefCell::default();
}

/// Whether the part of this name is open on the screen that is being drawn; closed at first.
pub fn opened(name: &'static str) -> RwSignal<bool> {
    let (path, language) = (shell().route.get_untracked().path(), shell().language.get_untracked());
    OPENED.with_borrow_mut(|(of, parts)| {
        if *of != path {
            parts.clear();
            of.clone_from(&path);
        }
        let fresh = || shell().owner.with(|| RwSignal::new(false));
        let held = parts.get(name).filter(|(_, drawn)| *drawn < language).map(|(part, _)| *part);
        let part = held.unwrap_or_else(fresh);
        parts.insert(name, (part, language));
        part
    })
}
