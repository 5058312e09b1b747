//! Drafts on the screen: opened from the device, changed, and on the device again before anything else happens.

use leptos::{prelude::*, task::spawn_local};

use super::spaces;
use crate::{
    catalogue::{checklist::Ticks, guide::Guide, requirement::Requirement},
    device::{
        clock, identity, lock,
        store::{StoreError, ask_to_persist},
    },
    dossier::{
        draft::{Card, Draft, Matter},
        merging::merged,
        paper::Paper,
        person::People,
        sending::Sending,
    },
    shell::shell,
};

/// A draft that a screen works on.
#[derive(Clone, Copy)]
pub struct Open {
    /// As it is on the device; screens show this one.
    draft: RwSignal<Option<Draft>, LocalStorage>,
    newest: StoredValue<Newest, LocalStorage>,
    state: RwSignal<State>,
}

/// What is on its way to the device.
#[derive(Default)]
struct Newest {
    /// As the citizen last wanted it, and how many changes that took.
    draft: Option<Draft>,
    changes: u32,
    /// As this page last read or wrote it: what the device holds otherwise was written by another page.
    kept: Option<Draft>,
}

/// How it is with the draft and the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Loading,
    /// No such draft on this device.
    Gone,
    Saved,
    Saving,
    NotSaved(StoreError),
}

impl Open {
    /// Opens the draft of this id and notes where the citizen is with it. What another tab wrote since is taken over.
    pub fn new(id: &str) -> Open {
        Open::opened(id, Some(shell().route.get_untracked().path()))
    }

    /// Opens the draft of this id behind whatever screen there is.
    pub fn behind(id: &str) -> Open {
        Open::opened(id, None)
    }

    fn opened(id: &str, place: Option<String>) -> Open {
        let held = shell().drafts.borrow().get(id).copied();
        let open = held.unwrap_or_else(|| {
            let fresh = || Open {
                draft: RwSignal::new_local(None),
                newest: StoredValue::new_local(Newest::default()),
                state: RwSignal::new(State::Loading),
            };
            let open = shell().owner.with(fresh);
            shell().drafts.borrow_mut().insert(id.to_owned(), open);
            open
        });
        let id = id.to_owned();
        spawn_local(async move { open.load(&id, place).await });
        open
    }

    /// Reads the draft from the device, and notes where the citizen is with it.
    pub async fn load(&self, id: &str, place: Option<String>) {
        let turn = lock::turn(&turn_of(id)).await;
        let found = match &shell().store {
            Ok(store) => store.draft(id).await,
            Err(error) => Err(*error),
        };
        match found {
            Ok(Some(draft)) => {
                let moved = place.filter(|place| draft.place != *place);
                self.take_over(draft);
                drop(turn);
                if let Some(place) = moved {
                    self.change(|draft| draft.place = place).await;
                }
            }
            Ok(None) => self.leave(),
            Err(error) => self.state.set(State::NotSaved(error)),
        }
    }

    /// Takes over what another page wrote since.
    pub async fn refresh(&self) {
        let (Some(mine), Ok(store)) = (self.peek(), &shell().store) else { return };
        let _turn = lock::turn(&turn_of(&mine.id)).await;
        match store.draft(&mine.id).await {
            Ok(Some(draft)) => self.take_over(draft),
            Ok(None) => self.leave(),
            Err(_) => {}
        }
    }

    /// Takes a draft over as the device has it, unless something of this page's own is on its way there: that is put together
    /// with it when it is written.
    fn take_over(&self, draft: Draft) {
        let news = self.newest.try_with_value(|newest| {
            newest.draft.is_none() || newest.draft == newest.kept && newest.kept.as_ref() != Some(&draft)
        });
        if news == Some(true) {
            self.show(draft);
        }
    }

    /// There is no such draft any more; nothing of it is written again.
    fn leave(&self) {
        self.newest.try_update_value(|newest| *newest = Newest { changes: newest.changes + 1, ..Newest::default() });
        self.draft.try_set(None);
        self.state.try_set(State::Gone);
    }

    /// Takes a draft over that is on the device.
    fn show(&self, draft: Draft) {
        self.newest.try_update_value(|newest| {
            *newest = Newest { draft: Some(draft.clone()), changes: newest.changes + 1, kept: Some(draft.clone()) };
        });
        self.draft.try_set(Some(draft));
        self.state.try_set(State::Saved);
    }

    /// Returns once the draft is here, or known not to come.
    pub async fn loaded(&self) {
        while self.state.get_untracked() == State::Loading {
            gloo::timers::future::TimeoutFuture::new(20).await;
        }
    }

    pub fn state(&self) -> State {
        self.state.get()
    }

    /// The draft as it is on the device; tracked.
    pub fn get(&self) -> Option<Draft> {
        self.draft.try_get().flatten()
    }

    /// Looks at the draft without copying it; tracked.
    pub fn with<T>(&self, look: impl FnOnce(&Draft) -> T) -> Option<T> {
        self.draft.with(|draft| draft.as_ref().map(look))
    }

    /// The draft as the citizen last wanted it; not tracked.
    pub fn peek(&self) -> Option<Draft> {
        self.newest.try_with_value(|newest| newest.draft.clone()).flatten()
    }

    /// Changes the draft and writes it to the device; `true` once it is there. Only then screens show it.
    pub async fn change(&self, change: impl FnOnce(&mut Draft)) -> bool {
        match self.alter(change) {
            Some(id) => self.save(&id).await,
            None => false,
        }
    }

    /// Changes the draft and does not wait; screens show it when it is on the device.
    pub fn change_soon(&self, change: impl FnOnce(&mut Draft) + 'static) {
        let open = *self;
        // The change itself happens now, so that two quick ones cannot overtake each other.
        let Some(id) = open.alter(change) else { return };
        spawn_local(async move {
            open.save(&id).await;
        });
    }

    /// Changes the draft as it is wanted; gives its id.
    fn alter(&self, change: impl FnOnce(&mut Draft)) -> Option<String> {
        let altered = self.newest.try_update_value(|newest| {
            let draft = newest.draft.as_mut()?;
            change(draft);
            draft.saved = clock::now();
            newest.changes += 1;
            Some(draft.id.clone())
        });
        altered.flatten()
    }

    async fn save(&self, id: &str) -> bool {
        self.state.try_set(State::Saving);
        let saved = self.write(id).await;
        // What was changed again meanwhile is shown with that change: a field would else lose letters under the typing.
        if !matches!(saved, Ok(Written::Older)) {
            self.state.try_set(match &saved {
                Ok(Written::Gone) => State::Gone,
                Ok(_) => State::Saved,
                Err(error) => State::NotSaved(*error),
            });
        }
        matches!(saved, Ok(Written::Newest | Written::Older))
    }

    /// Writes the draft as it is wanted by now, together with what another page wrote since. One page at a time, one change
    /// after the other; a draft that was deleted meanwhile stays deleted.
    async fn write(&self, id: &str) -> Result<Written, StoreError> {
        let store = shell().store.as_ref().map_err(|error| *error)?;
        let _turn = lock::turn(&turn_of(id)).await;
        let Some(there) = store.draft(id).await? else {
            self.leave();
            return Ok(Written::Gone);
        };
        let now =
            self.newest.try_with_value(|newest| Some((newest.draft.clone()?, newest.kept.clone()?, newest.changes)));
        let Some((draft, base, changes)) = now.flatten() else { return Ok(Written::Gone) };
        let wanted = if base == there { draft.clone() } else { merged(&base, &draft, &there) };
        if wanted != there && !store.save_draft_again(&wanted).await? {
            self.leave();
            return Ok(Written::Gone);
        }
        let newest = self.newest.try_update_value(|newest| {
            newest.kept = Some(wanted.clone());
            let newer = newest.draft.take().filter(|_| newest.changes != changes);
            let is_newest = newer.is_none();
            newest.draft = Some(newer.map_or_else(|| wanted.clone(), |now| merged(&draft, &now, &wanted)));
            is_newest
        });
        if newest != Some(true) {
            return Ok(Written::Older);
        }
        self.draft.try_set(Some(wanted));
        Ok(Written::Newest)
    }
}

/// What came of writing a draft.
enum Written {
    Newest,
    /// It was changed again meanwhile; that is on its way.
    Older,
    Gone,
}

/// Under this name pages of this browser take turns at a draft.
fn turn_of(id: &str) -> String {
    format!("draft/{id}")
}

/// Deletes a draft for good: no page writes it again, and an outbox that is at it finds it gone before it submits.
///
/// # Errors
/// If the device cannot; the draft is there then.
pub async fn forget(id: &str) -> Result<(), StoreError> {
    let store = shell().store.as_ref().map_err(|error| *error)?;
    let _turn = lock::turn(&turn_of(id)).await;
    store.forget_draft(id).await?;
    let open = shell().drafts.borrow_mut().remove(id);
    if let Some(open) = open {
        open.leave();
    }
    Ok(())
}

/// What a draft is begun with.
#[derive(Clone)]
pub struct Plan {
    pub matter: Matter,
    pub requirements: Vec<Requirement>,
    pub guide: Option<Guide>,
}

impl Plan {
    /// An unsent draft of the same case at the same place on this device.
    pub async fn twin(&self) -> Option<Card> {
        let cards = shell().store.as_ref().ok()?.cards().await.ok()?;
        let same = |card: &Card| card.config == self.matter.config && card.option == self.matter.option;
        cards.into_iter().find(|card| !card.is_sent && same(card))
    }

    /// Begins the draft, on the device before it returns.
    ///
    /// # Errors
    /// If the device does not keep it.
    pub async fn begin(self, ticks: Ticks) -> Result<Draft, StoreError> {
        let store = shell().store.as_ref().map_err(|error| *error)?;
        let Plan { matter, requirements, guide } = self;
        let paper = |part: &String| (part.clone(), Paper { upload: identity::new_id(), pages: Vec::new() });
        let draft = Draft {
            id: identity::new_id(),
            matter,
            papers: requirements.iter().map(|requirement| paper(&requirement.part)).collect(),
            hints: guide.map(|guide| guide.hints(&requirements)).unwrap_or_default(),
            requirements,
            ticks,
            people: People::default(),
            secret: identity::new_secret(),
            saved: clock::now(),
            place: String::new(),
            sending: Sending::Draft,
            queued: false,
            answers: None,
            relayed: Vec::new(),
            helped: spaces::helped().await,
            spare_data: false,
        };
        store.save_draft(&draft).await?;
        ask_to_persist();
        Ok(draft)
    }
}
