//! What a code reader at a shared device has read last: the screen that can use it takes it.

use std::cell::OnceCell;

use leptos::prelude::*;

use crate::shell::shell;

thread_local! {
    static SCANNED: OnceCell<RwSignal<Option<String>>> = const { OnceCell::new() };
}

/// What was read, until someone takes it.
pub fn scanned() -> RwSignal<Option<String>> {
    SCANNED.with(|held| *held.get_or_init(|| shell().owner.with(|| RwSignal::new(None))))
}

/// Hears what is read while the screen stands; `take` says whether it could use it.
pub fn hear(take: impl Fn(&str) -> bool + 'static) {
    Effect::new(move |_| {
        let used = scanned().with(|text| text.as_ref().is_some_and(|text| take(text)));
        if used {
            scanned().set(None);
        }
    });
}
