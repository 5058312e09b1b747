//! What is fetched ahead while the citizen reads, so that a later visit needs no network: the list of procedures, the
//! checklists of those that many ask for, the wards. Not where each byte may cost money.

use std::time::Duration;

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use super::shelf::{self, Known};
use crate::{catalogue::guide::Wording, device::network, shell::shell};

/// The screen that was asked for comes first.
const LATER: Duration = Duration::from_secs(3);

/// Fetches the list of procedures, if this page has not.
pub fn list() {
    set_timeout(
        || {
            if !network::is_metered() {
                shell().owner.with(shelf::catalogue);
            }
        },
        LATER,
    );
}

/// Fetches all that the journey needs up to the sending.
pub fn journey() {
    spawn_local(async {
        TimeoutFuture::new(LATER.as_millis() as u32).await;
        if !network::is_online() || network::is_metered() {
            return;
        }
        settled(shelf::catalogue).await;
        settled(shelf::wards).await;
        let wording = shelf::own_bytes("/guides/index.txt").await.unwrap_or_default();
        let wording = Wording::read(&String::from_utf8(wording).unwrap_or_default());
        for guide in wording.guides.iter().filter(|guide| !guide.life_events.is_empty()) {
            let kept = match &shell().store {
                Ok(store) => store.has_kept(&shelf::procedure_name(&guide.procedure)).await,
                Err(_) => return,
            };
            // What is kept is asked for again when it is opened.
            if !kept && network::is_online() {
                settled(|| shelf::procedure(&guide.procedure)).await;
            }
        }
    });
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
