//! News of dossiers that were sent from this device: looked for when the app is opened and now and then while it stays open, and
//! told on whatever screen there is; where the citizen wishes, by the phone's own list too, and where the browser wakes the
//! service worker from time to time, by that while the app is closed.

use std::cell::OnceCell;

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use serde::Serialize;
use serde_json::Value;

use super::progress;
use crate::{
    device::{
        network, news,
        store::{Store, news_name, watched_name},
        vault, visit,
    },
    dossier::sending::Sending,
    messages::{say, say_with},
    portal::follow::Watch,
    route::Route,
    shell::shell,
};

/// The device keeps the citizen's wish under this name.
const WISHED: &str = "news";
/// After the screen that was asked for, and then four times an hour.
const FIRST_MS: u32 = 4_000;
const EVERY_MS: u32 = 15 * 60_000;

/// News that the citizen has not seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// The draft of this device that became the dossier.
    pub draft: String,
    /// What there is to say.
    pub text: String,
}

thread_local! {
    static FRESH: OnceCell<RwSignal<Vec<Fresh>>> = const { OnceCell::new() };
}

/// All news that the citizen has not seen, oldest first.
pub fn fresh() -> RwSignal<Vec<Fresh>> {
    FRESH.with(|held| *held.get_or_init(|| shell().owner.with(|| RwSignal::new(Vec::new()))))
}

/// The citizen looks at the dossier of this draft: what was new of it is not any more.
pub async fn seen(draft: &str) {
    fresh().update(|all| all.retain(|one| one.draft != draft));
    if let Ok(store) = &shell().store {
        let _ = store.forget_kept(&news_name(draft)).await;
    }
}

/// Keeps news until they are seen, also over a reload, and shows them.
async fn tell(store: &Store, draft: &str, text: String) {
    let _ = store.keep(&news_name(draft), &text).await;
    show(draft, text);
}

fn show(draft: &str, text: String) {
    fresh().update(|all| {
        all.retain(|one| one.draft != draft);
        all.push(Fresh { draft: draft.to_owned(), text });
    });
}

/// Whether the browser can look for news while the app is closed.
pub fn can_be_closed() -> bool {
    news::can_be_woken()
}

/// Whether the citizen wishes to be told.
pub async fn is_wished() -> bool {
    match &shell().store {
        Ok(store) => store.kept(WISHED).await.ok().flatten().unwrap_or(false),
        Err(_) => false,
    }
}

/// Keeps the wish; `false` if the device does not.
pub async fn wish(wished: bool) -> bool {
    let Ok(store) = &shell().store else { return false };
    if store.keep(WISHED, &wished).await.is_err() {
        return false;
    }
    note_watched().await;
    news::wake(wished).await;
    true
}

/// Looks for news as long as the page lives.
pub fn watch() {
    spawn_local(async {
        unseen().await;
        TimeoutFuture::new(FIRST_MS).await;
        loop {
            if network::is_online() {
                look().await;
            }
            TimeoutFuture::new(EVERY_MS).await;
        }
    });
}

/// Shows what was heard in an earlier visit and not looked at.
async fn unseen() {
    let Ok(store) = &shell().store else { return };
    for card in store.cards().await.unwrap_or_default().into_iter().rev().filter(|card| card.is_sent) {
        if let Ok(Some(text)) = store.kept::<String>(&news_name(&card.id)).await {
            show(&card.id, text);
        }
    }
}

/// Asks for each dossier that is not over, and tells of those that have news.
async fn look() {
    let Ok(store) = &shell().store else { return };
    let notifies = is_wished().await && news::leave() == news::Leave::Given;
    let mut follows = false;
    for card in store.cards().await.unwrap_or_default().into_iter().filter(|card| card.is_sent) {
        let known = progress::last(store, &card.id).await.map(|(known, _)| known);
        if known.as_ref().is_some_and(|known| known.status.is_final()) || vault::seals(&card.id) {
            continue;
        }
        // An answer is part of the dossier that it answers, which is asked for itself.
        if !matches!(store.draft(&card.id).await, Ok(Some(draft)) if draft.answers.is_none()) {
            continue;
        }
        follows = true;
        // What is told is kept first, so it is told once.
        let Ok(told) = progress::ask(&card.id).await else { continue };
        // The service worker may have told it while the app was closed.
        let name = watched_name(&card.id);
        let by_worker = store.kept::<Value>(&name).await.ok().flatten();
        let was_told = by_worker.is_some_and(|watched| watched["known"] == told.progress.print.as_str());
        if told.aged.is_none() && known.as_ref().is_none_or(|known| known.print != told.progress.print) {
            let state = progress::headline(&told.progress.status);
            let text = say_with("follow.notify-text", &[("number", &told.progress.called()), ("headline", &state)]);
            if notifies && !was_told {
                // No name of anyone: the list is seen on a locked phone.
                news::show(&say("app.name"), &text, &watched_name(&card.id)).await;
            }
            // Who has just sent it need not be told of its first state.
            if known.is_some() && shell().route.get_untracked() != Route::Followed(card.id.clone()) {
                tell(store, &card.id, text).await;
            }
        }
    }
    visit::tell_boot(visit::FOLLOWS, follows);
    note_watched().await;
}

/// A dossier as the service worker asks for it.
#[derive(Serialize)]
struct Watched {
    ask: Watch,
    /// What was last heard.
    known: String,
    title: String,
    text: String,
}

/// Writes down what the service worker is to ask while the app is closed: nothing where nobody wished it. Locked drafts are
/// left out, for their secret would lie open.
async fn note_watched() {
    let Ok(store) = &shell().store else { return };
    let wished = is_wished().await;
    for card in store.cards().await.unwrap_or_default().into_iter().filter(|card| card.is_sent) {
        let name = watched_name(&card.id);
        let _ = match if wished { watched(store, &card.id).await } else { None } {
            Some(watched) => store.keep(&name, &watched).await,
            None => store.forget_kept(&name).await,
        };
    }
}

async fn watched(store: &Store, draft: &str) -> Option<Watched> {
    let (known, _) = progress::last(store, draft).await.filter(|(known, _)| !known.status.is_final())?;
    let (Sending::Sent(receipt), None) = store.draft(draft).await.ok()?.map(|draft| (draft.sending, draft.answers))?
    else {
        return None;
    };
    (!vault::seals(draft)).then(|| Watched {
        ask: shell().portal.watch(receipt.dossier, &receipt.secret),
        title: say("app.name"),
        text: say_with("follow.notify-changed", &[("number", &known.called())]),
        known: known.print,
    })
}
