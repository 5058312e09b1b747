//! News of dossiers that were sent from this device: looked for when the app is opened and now and then while it stays open;
//! and where the browser wakes the service worker from time to time, by that while the app is closed.

use gloo::timers::future::TimeoutFuture;
use leptos::task::spawn_local;
use serde::Serialize;
use serde_json::Value;

use super::progress;
use crate::{
    device::{
        network, news,
        store::{Store, watched_name},
        vault,
    },
    dossier::sending::Sending,
    messages::{say, say_with},
    portal::follow::Watch,
    shell::shell,
};

/// The device keeps the citizen's wish under this name.
const WISHED: &str = "news";
/// After the screen that was asked for, and then four times an hour.
const FIRST_MS: u32 = 4_000;
const EVERY_MS: u32 = 15 * 60_000;

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
        TimeoutFuture::new(FIRST_MS).await;
        loop {
            if is_wished().await && news::leave() == news::Leave::Given && network::is_online() {
                look().await;
            }
            TimeoutFuture::new(EVERY_MS).await;
        }
    });
}

/// Asks for each dossier that is not over, and tells of those that have news.
async fn look() {
    let Ok(store) = &shell().store else { return };
    for card in store.cards().await.unwrap_or_default().into_iter().filter(|card| card.is_sent) {
        let known = progress::last(store, &card.id).await.map(|(known, _)| known);
        if known.as_ref().is_some_and(|known| known.status.is_final()) || vault::seals(&card.id) {
            continue;
        }
        // An answer is part of the dossier that it answers, which is asked for itself.
        if !matches!(store.draft(&card.id).await, Ok(Some(draft)) if draft.answers.is_none()) {
            continue;
        }
        // What is told is kept first, so it is told once.
        let Ok(told) = progress::ask(&card.id).await else { continue };
        // The service worker may have told it while the app was closed.
        let name = watched_name(&card.id);
        let by_worker = store.kept::<Value>(&name).await.ok().flatten();
        let was_told = by_worker.is_some_and(|watched| watched["known"] == told.progress.print.as_str());
        if told.aged.is_none() && !was_told && known.is_none_or(|known| known.print != told.progress.print) {
            let state = progress::headline(&told.progress.status);
            let text = say_with("follow.notify-text", &[("number", &told.progress.called()), ("headline", &state)]);
            // No name of anyone: the list is seen on a locked phone.
            news::show(&say("app.name"), &text, &card.id).await;
        }
    }
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
