//! Drafts that are locked by a PIN: sealed in the store, readable while this page holds the key.
//!
//! A PIN of a few digits can be tried out by who takes the store off the phone and has time. It keeps a draft from the next
//! person who holds the phone, and the screen says no more than that.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CryptoKey;

use super::{crypto, identity::random};

/// A draft's key and the salt that it was made with.
#[derive(Clone)]
struct Held {
    key: CryptoKey,
    salt: [u8; 16],
    seals: Seals,
}

/// What of a draft is sealed when it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seals {
    All,
    /// While the lock is being taken off: the draft tells what its pages are sealed with, so it comes last.
    DraftAlone,
    Nothing,
}

thread_local! {
    static KEYS: RefCell<HashMap<String, Held>> = RefCell::default();
}

/// Whether a draft is sealed when it is written.
pub fn seals(draft: &str) -> bool {
    KEYS.with_borrow(|keys| keys.get(draft).is_some_and(|held| held.seals != Seals::Nothing))
}

/// Whether its pages are.
pub fn seals_pages(draft: &str) -> bool {
    KEYS.with_borrow(|keys| keys.get(draft).is_some_and(|held| held.seals == Seals::All))
}

/// Whether this page could open any locked draft.
pub fn holds_any() -> bool {
    KEYS.with_borrow(|keys| keys.values().any(|held| held.seals != Seals::Nothing))
}

/// Makes a key for a draft from a new PIN; what is written of it from now on is sealed. `false` where the browser has no
/// ciphers.
pub async fn lock(draft: &str, pin: &str) -> bool {
    let salt = random::<16>();
    let Some(key) = crypto::key(pin, &salt).await else { return false };
    KEYS.with_borrow_mut(|keys| keys.insert(draft.to_owned(), Held { key, salt, seals: Seals::All }));
    true
}

/// Locks a draft with the lock of another one, if that has one: the same PIN opens both.
pub fn lock_like(draft: &str, other: &str) {
    KEYS.with_borrow_mut(|keys| {
        if let Some(held) = keys.get(other).filter(|held| held.seals == Seals::All).cloned() {
            keys.insert(draft.to_owned(), held);
        }
    });
}

/// From now on the draft's pages are not sealed any more; what is sealed can still be opened.
pub fn stop_sealing_pages(draft: &str) {
    seal_but(draft, Seals::DraftAlone);
}

/// From now on nothing of the draft is sealed any more; what is sealed can still be opened.
pub fn stop_sealing(draft: &str) {
    seal_but(draft, Seals::Nothing);
}

fn seal_but(draft: &str, seals: Seals) {
    KEYS.with_borrow_mut(|keys| {
        if let Some(held) = keys.get_mut(draft) {
            held.seals = seals;
        }
    });
}

/// Tries a PIN on what is sealed of a draft; keeps the key if it opens.
pub async fn unlock(draft: &str, pin: &str, sealed: &JsValue) -> bool {
    let Some(salt) = field(sealed, "salt").and_then(|salt| <[u8; 16]>::try_from(salt.to_vec()).ok()) else {
        return false;
    };
    let Some(key) = crypto::key(pin, &salt).await else { return false };
    let held = Held { key, salt, seals: Seals::All };
    let opens = opened(&held, draft, sealed).await.is_some();
    if opens {
        KEYS.with_borrow_mut(|keys| keys.insert(draft.to_owned(), held));
    }
    opens
}

/// Whether something in the store is sealed.
pub fn is_sealed(row: &JsValue) -> bool {
    field(row, "sealed").is_some()
}

/// What goes into the store in place of these bytes; the bytes themselves for a draft that is not locked. `place` is their
/// key in the store.
pub async fn sealed(draft: &str, place: &str, bytes: &ArrayBuffer) -> Option<JsValue> {
    let seals = |held: &&Held| held.seals == Seals::All || held.seals == Seals::DraftAlone && place == draft;
    let Some(held) = KEYS.with_borrow(|keys| keys.get(draft).filter(seals).cloned()) else {
        return Some(bytes.into());
    };
    let nonce = random::<{ crypto::NONCE }>();
    let sealed = crypto::seal(&held.key, &nonce, place, bytes).await?;
    let row = Object::new();
    for (name, value) in [
        ("salt", Uint8Array::from(&held.salt[..])),
        ("nonce", Uint8Array::from(&nonce[..])),
        ("sealed", Uint8Array::new(&sealed)),
    ] {
        let _ = Reflect::set(&row, &name.into(), &value);
    }
    Some(row.into())
}

/// The bytes of what `sealed` made; `None` without the key.
pub async fn open(draft: &str, place: &str, row: &JsValue) -> Option<ArrayBuffer> {
    if let Some(bytes) = row.dyn_ref::<ArrayBuffer>() {
        return Some(bytes.clone());
    }
    let held = KEYS.with_borrow(|keys| keys.get(draft).cloned())?;
    opened(&held, place, row).await
}

async fn opened(held: &Held, place: &str, row: &JsValue) -> Option<ArrayBuffer> {
    let (nonce, sealed) = (field(row, "nonce")?, field(row, "sealed")?);
    crypto::open(&held.key, &nonce.to_vec(), place, &sealed.slice(0, sealed.length()).buffer()).await
}

fn field(row: &JsValue, name: &str) -> Option<Uint8Array> {
    Reflect::get(row, &name.into()).ok()?.dyn_into().ok()
}
