//! A draft on its way, as screens see it: how it is with it, and what the citizen wishes meanwhile.

use std::cell::OnceCell;

use leptos::prelude::*;

use crate::{
    dossier::{draft::Draft, sending::News},
    portal::Trouble,
    shell::shell,
};

/// How it is with the sending of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is being done.
    Idle,
    Going(News),
    /// The next try is in so many seconds.
    Waits(Why, u32),
    /// Another page of this browser is sending it, or another dossier is being sent first.
    Elsewhere,
    /// Nothing more happens until the citizen does something.
    Stopped(NotSent),
}

/// What a waiting draft waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A network.
    Offline,
    /// A network that costs nothing.
    Dear,
    /// Another dossier of the same procedure: the portal takes one after the other.
    Other,
    /// The portal had trouble that may pass.
    Portal(Trouble),
}

/// Why nothing was sent, or not all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSent {
    /// Sign in first, then go on.
    SignIn,
    /// The sentence for the citizen, and the part that it is about.
    Because(String, Option<String>),
}

/// A draft on its way, as screens see it.
#[derive(Clone, Copy)]
pub struct Errand {
    pub standing: RwSignal<Standing>,
    /// The screen shows it in full; nothing else need tell of it.
    pub in_sight: RwSignal<bool>,
    /// What the citizen wishes while it is on its way.
    pub(super) wish: RwSignal<Wish>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    GoOn,
    /// Do not wait any longer.
    Now,
    Stop,
}

/// An errand, and whose it is.
#[derive(Clone)]
pub struct Posted {
    pub draft: String,
    /// What the draft is about.
    pub title: String,
    pub errand: Errand,
}

thread_local! {
    /// All errands since the page was opened.
    static ERRANDS: OnceCell<RwSignal<Vec<Posted>>> = const { OnceCell::new() };
}

/// All errands since the page was opened; tracked as often as another one begins.
pub fn errands() -> RwSignal<Vec<Posted>> {
    ERRANDS.with(|held| *held.get_or_init(|| shell().owner.with(|| RwSignal::new(Vec::new()))))
}

/// The errand of a draft.
pub fn errand(draft: &Draft) -> Errand {
    let all = errands();
    let held = all.with_untracked(|all| all.iter().find(|one| one.draft == draft.id).map(|one| one.errand));
    held.unwrap_or_else(|| {
        let fresh = || Errand {
            standing: RwSignal::new(Standing::Idle),
            in_sight: RwSignal::new(false),
            wish: RwSignal::new(Wish::GoOn),
        };
        let errand = shell().owner.with(fresh);
        all.update(|all| all.push(Posted { draft: draft.id.clone(), title: draft.matter.title().to_owned(), errand }));
        errand
    })
}

impl Errand {
    /// Whether something is being done, or will be by itself.
    pub fn is_under_way(&self) -> bool {
        matches!(self.standing.get(), Standing::Going(_) | Standing::Waits(..) | Standing::Elsewhere)
    }

    /// Tries again now instead of waiting.
    pub fn hurry(&self) {
        self.wish.set(Wish::Now);
    }

    /// Stops; what the portal has already stays there, and the next try goes on from it.
    pub fn stop(&self) {
        self.wish.set(Wish::Stop);
    }
}
