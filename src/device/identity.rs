//! Ids and codes made on the device before anything leaves it.

use web_sys::window;

/// Random bytes from the browser's source for keys.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Every browser that runs WebAssembly has it, on insecure origins too.
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// A random UUID (version 4).
pub fn new_id() -> String {
    let mut bytes = random::<16>();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(nibble.into(), 16).unwrap_or('0'));
        }
    }
    text
}

/// A look-up code of six digits; two more than the portal's own, which are guessed in no time.
pub fn new_secret() -> String {
    let number = u64::from_le_bytes(random::<8>()) % 1_000_000;
    format!("{number:06}")
}
