//! What is fetched ahead while the citizen reads, so that a later visit needs no network: the list of procedures, the
//! checklists of those that many ask for, the wards. Not where each byte may cost money.

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use super::shelf::{self, Known};
use crate::{
    catalogue::guide::Wording,
    device::{network, visit},
    shell::shell,
};

/// The screen that was asked for comes first.
const LATER_MS: u32 = 3_000;

/// Fetches the list of procedures.
pub fn list() {
    spawn_local(async {
        TimeoutFuture::new(LATER_MS).await;
        if is_wanted(shelf::CATALOGUE).await {
            shelf::catalogue();
        }
    });
}

/// Fetches all that the journey needs up to the sending.
pub fn journey() {
    spawn_local(async {
        TimeoutFuture::new(LATER_MS).await;
        if is_wanted(shelf::CATALOGUE).await {
            settled(shelf::catalogue).await;
        }
        if is_wanted(shelf::WARDS).await {
            settled(shelf::wards).await;
        }
        let wording = shelf::own_bytes("/guides/index.txt").await.unwrap_or_default();
        let wording = Wording::read(&String::from_utf8(wording).unwrap_or_default());
        let mut lacks = wording.guides.is_empty();
        for guide in wording.guides.iter().filter(|guide| !guide.life_events.is_empty()) {
            let name = shelf::procedure_name(&guide.procedure);
            if is_wanted(&name).await {
                settled(|| shelf::procedure(&guide.procedure)).await;
            }
            lacks |= !is_kept(&name).await;
        }
        visit::tell_boot(visit::STOCKED, !lacks && is_kept(shelf::CATALOGUE).await && is_kept(shelf::WARDS).await);
    });
}

/// Whether the device lacks it and the network brings it for nothing. What is kept is asked for again when it is opened.
async fn is_wanted(name: &str) -> bool {
    shell().library().is_some() && network::is_online() && !network::is_metered() && !is_kept(name).await
}

async fn is_kept(name: &str) -> bool {
    match shell().library() {
        Some(store) => store.has_kept(name).await,
        None => false,
    }
}

/// Starts to fetch something and waits until it has come or will not.
async fn settled<T: 'static>(fetch: impl FnOnce() -> RwSignal<Known<T>, LocalStorage>) {
    let owner = Owner::new();
    let known = owner.with(fetch);
    while known.with_untracked(|known| matches!(known, Known::Loading)) {
        TimeoutFuture::new(100).await;
    }
    owner.cleanup();
}
