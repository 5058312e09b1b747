//! What a file is, told by its bytes and never by its name, and whether it is whole.

use crate::jpeg;

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    Webp,
    /// HEIC, HEIF or AVIF: some browsers open them, others do not.
    Heif,
    Pdf,
}

/// Why a file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It has no bytes at all.
    Empty,
    /// Neither a picture nor a PDF.
    NotAPaper,
    /// A picture that breaks off.
    Broken,
    /// A PDF with a password.
    Locked,
    /// A PDF that breaks off.
    BrokenPdf,
}

impl Flaw {
    /// The word for it in messages between the worker and the app.
    pub fn word(self) -> &'static str {
        match self {
            Flaw::Empty => "empty",
            Flaw::NotAPaper => "not-a-paper",
            Flaw::Broken => "broken",
            Flaw::Locked => "locked",
            Flaw::BrokenPdf => "broken-pdf",
        }
    }
}

/// Tells what the bytes are.
///
/// # Errors
/// The flaw, if they are no picture and no PDF, or break off.
pub fn kind(bytes: &[u8]) -> Result<Kind, Flaw> {
    if bytes.is_empty() {
        return Err(Flaw::Empty);
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return if jpeg::is_whole(bytes) { Ok(Kind::Jpeg) } else { Err(Flaw::Broken) };
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        // The last chunk of a PNG is IEND, 12 bytes long (PNG specification, 11.2.5).
        return if contains(tail(bytes, 64), b"IEND") { Ok(Kind::Png) } else { Err(Flaw::Broken) };
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        let said = bytes.get(4..8).map_or(0, |size| u32::from_le_bytes([size[0], size[1], size[2], size[3]]) as usize);
        return if bytes.len() >= said + 8 { Ok(Kind::Webp) } else { Err(Flaw::Broken) };
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        let brand = bytes.get(8..12).unwrap_or_default();
        let heif: [&[u8]; 7] = [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"heim"];
        return if heif.contains(&brand) { Ok(Kind::Heif) } else { Err(Flaw::NotAPaper) };
    }
    // Readers accept a PDF header within the first 1024 bytes (ISO 32000-1, Annex H, note 13).
    if contains(&bytes[..bytes.len().min(1024)], b"%PDF-") {
        return pdf(bytes);
    }
    Err(Flaw::NotAPaper)
}

/// A whole PDF ends with `startxref` and `%%EOF` (ISO 32000-1, 7.5.5); one with a password has an `/Encrypt` entry in
/// a trailer, which is never compressed.
fn pdf(bytes: &[u8]) -> Result<Kind, Flaw> {
    let end = tail(bytes, 2048);
    if !contains(end, b"%%EOF") || !contains(end, b"startxref") {
        return Err(Flaw::BrokenPdf);
    }
    let locked = bytes
        .windows(b"/Encrypt".len() + 1)
        .any(|window| window.starts_with(b"/Encrypt") && !window[b"/Encrypt".len()].is_ascii_alphanumeric());
    if locked { Err(Flaw::Locked) } else { Ok(Kind::Pdf) }
}

fn tail(bytes: &[u8], length: usize) -> &[u8] {
    &bytes[bytes.len().saturating_sub(length)..]
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(name: &str) -> Vec<u8> {
        std::fs::read(format!("{}/../tests/photos/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn files_are_told_by_their_bytes() {
        for (name, expected) in [
            ("phieu.jpg", Ok(Kind::Jpeg)),
            ("giay-chung-nhan.jpg", Ok(Kind::Jpeg)),
            ("anh.png", Ok(Kind::Png)),
            ("anh.webp", Ok(Kind::Webp)),
            ("anh.heic", Ok(Kind::Heif)),
            ("mot-trang.pdf", Ok(Kind::Pdf)),
            ("empty.jpg", Err(Flaw::Empty)),
            ("chuong-trinh.pdf", Err(Flaw::NotAPaper)),
            ("hong.jpg", Err(Flaw::Broken)),
            ("hong.pdf", Err(Flaw::BrokenPdf)),
            ("khoa.pdf", Err(Flaw::Locked)),
        ] {
            assert_eq!(kind(&photo(name)), expected, "{name}");
        }
    }

    #[test]
    fn no_beginning_of_a_file_is_taken_for_a_whole_one_or_panics() {
        for name in ["anh.png", "anh.webp", "hong.jpg", "mot-trang.pdf"] {
            let bytes = photo(name);
            for cut in [1, 3, 11, 12, 40, bytes.len() / 2, bytes.len() - 100] {
                assert!(kind(&bytes[..cut]).is_err(), "{name} cut at {cut}");
            }
        }
    }
}
