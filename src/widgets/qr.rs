//! A QR code to be scanned from the screen or from paper.

use qrcodegen::{QrCode, QrCodeEcc};

use super::element::{El, el};

/// The code of a text, with what it is for as its name; nothing for a text that is too long for one code. It stands some
/// dirt, as on paper.
pub fn qr(text: &str, name: &str) -> Option<El> {
    drawn(&QrCode::encode_text(text, QrCodeEcc::Medium).ok()?, name)
}

/// The same for the screen alone: more text in a code of the same size.
pub fn on_screen(text: &str, name: &str) -> Option<El> {
    drawn(&QrCode::encode_text(text, QrCodeEcc::Low).ok()?, name)
}

fn drawn(code: &QrCode, name: &str) -> Option<El> {
    // Four modules of quiet around it (ISO/IEC 18004).
    let side = code.size() + 8;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in 0..code.size() {
            if code.get_module(x, y) {
                path.push_str(&format!("M{} {}h1v1h-1z", x + 4, y + 4));
            }
        }
    }
    let picture = format!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {side} {side}'%3E%3Cpath fill='%23fff' d='M0 0h{side}v{side}H0z'/%3E%3Cpath d='{path}'/%3E%3C/svg%3E"
    );
    // An address has no blanks.
    Some(el("img").class("qr").attr("src", picture.replace(' ', "%20")).attr("alt", name.to_owned()))
}
