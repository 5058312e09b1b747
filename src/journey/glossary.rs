//! The glossary in the page's language, fetched when a screen first has a text to explain.

use std::{cell::OnceCell, rc::Rc};

use leptos::{prelude::*, task::spawn_local};

use super::shelf::own_file;
use crate::{catalogue::glossary::Glossary, device::language, shell::shell};

thread_local! {
    static KNOWN: OnceCell<RwSignal<(String, Rc<Glossary>), LocalStorage>> = const { OnceCell::new() };
}

/// The terms; empty until they are here. Another language brings its own.
pub fn glossary() -> RwSignal<(String, Rc<Glossary>), LocalStorage> {
    let known = KNOWN.with(|held| *held.get_or_init(|| shell().owner.with(|| RwSignal::new_local(Default::default()))));
    let own = language::tag();
    if known.with_untracked(|(tag, _)| *tag != own) {
        known.set((own.clone(), Rc::default()));
        spawn_local(async move {
            let terms = own_file(&format!("/glossary/{own}.json")).await.unwrap_or_default();
            known.try_set((own, Rc::new(Glossary::new(terms))));
        });
    }
    known
}
