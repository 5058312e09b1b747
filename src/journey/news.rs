//! News of dossiers that were sent from this device: looked for when the app is opened and now and then while it stays open.
//! The portal sends no word by itself, so there is none while the app is closed.

use gloo::timers::future::TimeoutFuture;
use leptos::task::spawn_local;

use crate::{
    device::{clock, network, news, store::progress_name, vault},
    dossier::{moment::Moment, progress::Progress, sending::Sending},
    messages::{say, say_with},
    shell::shell,
};

/// The device keeps the citizen's wish under this name.
const WISHED: &str = "news";
/// After the screen that was asked for, and then four times an hour.
const FIRST_MS: u32 = 4_000;
const EVERY_MS: u32 = 15 * 60_000;

/// Whether the citizen wishes to be told.
pub async fn is_wished() -> bool {
    match &shell().store {
        Ok(store) => store.kept(WISHED).await.ok().flatten().unwrap_or(false),
        Err(_) => false,
    }
}

/// Keeps the wish; `false` if the device does not.
pub async fn wish(wished: bool) -> bool {
    match &shell().store {
        Ok(store) => store.keep(WISHED, &wished).await.is_ok(),
        Err(_) => false,
    }
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

/// Asks for each dossier that is not over, and tells of those whose state is another one.
async fn look() {
    let Ok(store) = &shell().store else { return };
    for card in store.cards().await.unwrap_or_default().into_iter().filter(|card| card.is_sent) {
        let name = progress_name(&card.id);
        let known: Option<(Progress, Moment)> = store.kept(&name).await.ok().flatten();
        if known.as_ref().is_some_and(|(known, _)| known.status.is_final()) || vault::seals(&card.id) {
            continue;
        }
        let Ok(Some(draft)) = store.draft(&card.id).await else { continue };
        // An answer is part of the dossier that it answers, which is asked for itself.
        let (Sending::Sent(receipt), None) = (draft.sending, draft.answers) else { continue };
        let asked = shell().portal.dossier_by_secret(&receipt.dossier.to_string(), &receipt.secret).await;
        let Ok(progress) = asked else { continue };
        let is_news =
            known.is_none_or(|(known, _)| known.status != progress.status || known.extended != progress.extended);
        // Told once: kept first.
        if store.keep(&name, &(&progress, clock::now())).await.is_ok() && is_news {
            let number = progress.number.clone().unwrap_or_else(|| progress.dossier.to_string());
            let state = say(progress.status.key());
            let text = say_with("follow.notify-text", &[("number", &number), ("headline", &state)]);
            // No name of anyone: the list is seen on a locked phone.
            news::show(&say("app.name"), &text, &card.id).await;
        }
    }
}
