//! How one person's use of a shared device ends, so that the next one finds nothing of it.

use std::cell::OnceCell;

use futures_util::future::LocalBoxFuture;
use serde_json::Value;

use super::spaces;
use crate::{
    config::{Config, KioskConfig, Mode},
    device::{speech, store::Store, visit, wipe},
    portal::{Portal, http::Browser},
    shell::shell,
    start::Stores,
};

thread_local! {
    static KIOSK: OnceCell<KioskConfig> = const { OnceCell::new() };
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
        KIOSK.with(|held| drop(held.set(KioskConfig::read(&file))));
        let library = Some(Store::open(LIBRARY).await);
        if mode == Mode::Kiosk {
            if !(signed_out(&config).await && wipe::traces(LIBRARY, &visit::SETTINGS).await) {
                visit::lock();
            }
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

/// Ends the portal's session: that of who signed in, and a guest's too, which remembers what was looked up. `false` if one of
/// who signed in may still be open.
async fn signed_out(config: &Config) -> bool {
    let ended = Portal::new(Browser, &config.portal.address, config.portal.group, None).sign_out().await.is_ok();
    ended || !visit::may_be_signed_in()
}

/// Wipes everything of the person who used the kiosk, and begins anew with a page that knows nothing. What cannot be wiped
/// locks the kiosk until it can.
pub async fn leave() {
    speech::stop();
    shell().scanner.cancel();
    let wiped = signed_out(&shell().config).await && wipe::traces(LIBRARY, &visit::SETTINGS).await;
    if !wiped {
        visit::lock();
    }
    visit::stay_in(shell().mode);
    // The memory goes with the page, its workers and the camera too.
    visit::begin_anew();
}
