//! What is fetched ahead while the citizen reads, so that a later visit needs no network: the list of procedures, the
//! checklists of those that many ask for, the wards. Not where each byte may cost money.

use gloo::timers::future::TimeoutFuture;
use leptos::task::spawn_local;

use super::shelf;
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
            shelf::settled(shelf::catalogue, |_| ()).await;
        }
        if is_wanted(shelf::WARDS).await {
            shelf::settled(shelf::wards, |_| ()).await;
        }
        let wording = shelf::own_bytes("/guides/index.txt").await.unwrap_or_default();
        let wording = Wording::read(&String::from_utf8(wording).unwrap_or_default());
        let mut lacks = wording.guides.is_empty();
        for guide in wording.guides.iter().filter(|guide| !guide.life_events.is_empty()) {
            let name = shelf::procedure_name(&guide.procedure);
            if is_wanted(&name).await {
                shelf::settled(|| shelf::procedure(&guide.procedure), |_| ()).await;
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
