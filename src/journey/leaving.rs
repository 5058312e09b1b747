//! How one person's use of a shared device ends, so that the next one finds nothing of it.

use std::{
    cell::{Cell, OnceCell},
    pin::pin,
};

use futures_util::future::{LocalBoxFuture, select};
use gloo::timers::future::TimeoutFuture;
use serde_json::Value;

use super::spaces;
use crate::{
    config::{Config, KioskConfig, Mode},
    device::{
        clock, speech,
        store::{OWN, Store},
        visit, wipe,
    },
    dossier::moment::Moment,
    portal::{Portal, http::Browser},
    shell::{now, shell},
    start::Stores,
};

thread_local! {
    static KIOSK: OnceCell<KioskConfig> = const { OnceCell::new() };
    /// Whether the portal answered when it was last asked.
    static HEARD: Cell<bool> = const { Cell::new(false) };
}

/// What the kiosk's office set.
pub fn kiosk() -> KioskConfig {
    KIOSK.with(|held| held.get().cloned().unwrap_or_else(|| KioskConfig::read(&Value::Null)))
}

/// The store for what is everybody's.
pub const LIBRARY: &str = "mot-cua-public";

/// The stores of a shared device. A desk's page has the store of one person; a kiosk keeps what is a person's in memory only, and before anything shows it wipes what a
/// crash may have left.
pub fn stores(file: Value, mode: Mode) -> LocalBoxFuture<'static, Stores> {
    Box::pin(async move {
        let config = Config::read(&file);
        visit::note_shared(config.mode.is_shared());
        KIOSK.with(|held| drop(held.set(KioskConfig::read(&file))));
        let library = Some(Store::open(LIBRARY).await);
        if mode == Mode::Kiosk {
            if config.mode != Mode::Kiosk && is_someones_own().await {
                visit::stay_in(Mode::Phone);
                visit::begin_anew();
                return std::future::pending().await;
            }
            wipe_or_lock(&config).await;
            visit::stay_in(mode);
            visit::keep_in_memory();
            return (Ok(Store::in_memory()), library);
        }
        if let Some(Ok(library)) = &library {
            spaces::sweep(library).await;
        }
        (spaces::store().await, library)
    })
}

/// Whether this is a citizen's own device, with drafts on it, and only an address says that it is a kiosk: nobody's papers
/// are wiped by a link.
async fn is_someones_own() -> bool {
    match Store::open(OWN).await {
        Ok(own) => {
            let holds = own.cards().await.is_ok_and(|cards| !cards.is_empty());
            own.close();
            holds
        }
        Err(_) => false,
    }
}

/// A guest's session is not waited for any longer than this.
const GUEST_MS: u32 = 3_000;

/// Ends the portal's session: that of who signed in, and a guest's too, which remembers what was looked up. `false` if one of
/// who signed in may still be open.
async fn signed_out(config: &Config) -> bool {
    let portal = Portal::new(Browser, &config.portal.address, config.portal.group, None);
    let out = async {
        let answer = portal.sign_out().await;
        HEARD.set(answer.is_ok());
        if answer.is_ok() {
            visit::note_contact(Moment(clock::now().0 + portal.ahead()));
        }
        answer.is_ok()
    };
    if visit::may_be_signed_in() {
        return out.await;
    }
    select(pin!(out), TimeoutFuture::new(GUEST_MS)).await;
    true
}

/// Whether the portal answered when this page began, or when it was asked since.
pub fn heard_portal() -> bool {
    HEARD.get()
}

/// Whether the portal answers now; noted if it does.
pub async fn hears_portal() -> bool {
    let hears = shell().portal.who().await.is_ok();
    HEARD.set(hears);
    if hears {
        visit::note_contact(now());
    }
    hears
}

/// Signs out and wipes; what is here is wiped even where the portal cannot be told. Locks the kiosk if either failed.
async fn wipe_or_lock(config: &Config) {
    let out = signed_out(config).await;
    if !wipe::traces(LIBRARY, visit::outliving(out)).await || !out {
        visit::lock();
    }
}

/// Wipes everything of the person who used the kiosk, and begins anew with a page that knows nothing. What cannot be wiped
/// locks the kiosk until it can.
pub async fn leave() {
    speech::stop();
    shell().scanner.cancel();
    wipe_or_lock(&shell().config).await;
    visit::stay_in(shell().mode);
    // The memory goes with the page, its workers and the camera too.
    visit::begin_anew();
}
