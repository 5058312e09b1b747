//! The browser's ciphers (WebCrypto): a key from a PIN or a passphrase, and sealing bytes with it.
//!
//! AES-256 in Galois/Counter Mode (NIST SP 800-38D) under a key from PBKDF2 with SHA-256 (RFC 8018). 600,000 rounds are what
//! OWASP's cheat sheet on storing passwords names for it.

use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto, window};

const ROUNDS: u32 = 600_000;
/// The length of a nonce.
pub const NONCE: usize = 12;

/// The ciphers; `None` where the page is not served safely (http elsewhere than on the machine itself).
fn subtle() -> Option<SubtleCrypto> {
    let crypto = window()?.crypto().ok()?;
    Reflect::get(&crypto, &"subtle".into()).ok().filter(JsValue::is_object)?.dyn_into().ok()
}

/// Whether the browser has ciphers.
pub fn is_there() -> bool {
    subtle().is_some()
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

/// A key from what a person knows. It never leaves the browser's hold. Takes a phone about a second, which is what makes
/// guessing slow.
pub async fn key(known: &str, salt: &[u8]) -> Option<CryptoKey> {
    let subtle = subtle()?;
    let bytes = Uint8Array::from(known.as_bytes());
    let base = subtle.import_key_with_str("raw", &bytes, "PBKDF2", false, &Array::of1(&"deriveKey".into())).ok()?;
    let base: CryptoKey = JsFuture::from(base).await.ok()?.dyn_into().ok()?;
    let way = object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(salt).into()),
        ("iterations", ROUNDS.into()),
    ]);
    let kind = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let key = subtle.derive_key_with_object_and_object(&way, &base, &kind, false, &uses).ok()?;
    JsFuture::from(key).await.ok()?.dyn_into().ok()
}

/// The SHA-256 print of bytes, in small hexadecimal digits.
pub async fn print(bytes: &[u8]) -> Option<String> {
    let print = subtle()?.digest_with_str_and_buffer_source("SHA-256", &Uint8Array::from(bytes)).ok()?;
    let print: ArrayBuffer = JsFuture::from(print).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&print).to_vec().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn cipher(nonce: &[u8], place: &str) -> Object {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(nonce).into()),
        ("additionalData", Uint8Array::from(place.as_bytes()).into()),
    ])
}

/// Seals bytes. `place` says where they belong: they open nowhere else. A nonce is used once with a key.
pub async fn seal(key: &CryptoKey, nonce: &[u8], place: &str, bytes: &ArrayBuffer) -> Option<ArrayBuffer> {
    let sealed = subtle()?.encrypt_with_object_and_buffer_source(&cipher(nonce, place), key, bytes).ok()?;
    JsFuture::from(sealed).await.ok()?.dyn_into().ok()
}

/// Opens what `seal` made; `None` with another key or place, or if a byte was changed.
pub async fn open(key: &CryptoKey, nonce: &[u8], place: &str, sealed: &ArrayBuffer) -> Option<ArrayBuffer> {
    let opened = subtle()?.decrypt_with_object_and_buffer_source(&cipher(nonce, place), key, sealed).ok()?;
    JsFuture::from(opened).await.ok()?.dyn_into().ok()
}
