//! Locking a draft by a PIN, for phones that several people use.

use std::cell::Cell;

use leptos::{
    prelude::{GetUntracked, document, window},
    task::spawn_local,
};

use super::{drafts::Open, outbox};
use crate::{
    device::{
        clock,
        store::{news_name, progress_name, watched_name},
        vault,
    },
    dossier::sending::Sending,
    shell::shell,
    widgets::element::hear,
};

/// A PIN has at least so many characters: with fewer, a program tries all of them in an hour.
pub const SHORTEST_PIN: usize = 6;
/// Locked drafts are locked again when nobody looked at the page for so long.
const AWAY_MS: i64 = 5 * 60_000;

/// Locks a draft; `true` once the draft and all its pages are sealed on the device. After a cut in between the draft is
/// sealed, and `unlock` seals the rest; where the device has no room for it, nothing is locked.
pub async fn lock(open: Open, pin: &str) -> bool {
    let Some(draft) = open.peek() else { return false };
    // What an earlier try left sealed is opened first: its key is lost when another one is made.
    if !reseal_pages(open).await || !vault::lock(&draft.id, pin).await {
        return false;
    }
    if open.change(|_| {}).await && reseal_pages(open).await {
        return true;
    }
    take_off(open).await;
    false
}

/// Takes the lock off; `true` once nothing is sealed any more. The draft comes last: it holds what the key is made with.
pub async fn take_off(open: Open) -> bool {
    let Some(draft) = open.peek() else { return false };
    vault::stop_sealing_pages(&draft.id);
    if !reseal_pages(open).await {
        return false;
    }
    vault::stop_sealing(&draft.id);
    open.change(|_| {}).await
}

/// Tries a PIN; `true` if the draft is open now.
pub async fn unlock(open: Open, id: &str, pin: &str) -> bool {
    let Ok(store) = &shell().store else { return false };
    if store.unlock(id, pin).await != Ok(true) {
        return false;
    }
    open.load(id, Some(shell().route.get_untracked().path())).await;
    spawn_local(async move {
        reseal_pages(open).await;
    });
    // The outbox could not read it until now.
    if open.peek().is_some_and(|draft| draft.queued) {
        outbox::post(open);
    }
    true
}

async fn reseal_pages(open: Open) -> bool {
    let (Some(draft), Ok(store)) = (open.peek(), &shell().store) else { return false };
    for page in draft.papers.values().flat_map(|paper| &paper.pages) {
        if store.reseal_page(&draft.id, &page.id).await.is_err() {
            return false;
        }
    }
    if !vault::seals_pages(&draft.id) {
        return true;
    }
    // What was heard of it stands beside it and tells whose it is; so does its result, which the portal hands out again.
    for name in [progress_name(&draft.id), watched_name(&draft.id), news_name(&draft.id)] {
        if store.forget_kept(&name).await.is_err() {
            return false;
        }
    }
    match &draft.sending {
        Sending::Sent(receipt) => store.forget_result(receipt.dossier).await.is_ok(),
        _ => true,
    }
}

/// Locks what is open again when the page comes back after a long while: another person may hold the phone.
pub fn watch() {
    let left = Cell::new(None::<i64>);
    hear("visibilitychange", move |_| {
        let now = clock::now().0;
        if document().hidden() {
            left.set(Some(now));
        } else if left.take().is_some_and(|left| now - left > AWAY_MS) && vault::holds_any() {
            // The keys go with the page.
            let _ = window().location().reload();
        }
    });
}
