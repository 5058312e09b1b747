//! A draft on its way to another device of the citizen's: as a chain of QR codes without its papers, or as one file with
//! them. The forms alone; the ciphers are the browser's (`device::crypto`).
//!
//! A draft keeps its ids on the way. Should it be sent from both devices, the portal has it once.

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use serde::{Deserialize, Serialize};

use super::{draft::Draft, sending::Sending};

/// The version of both forms. A reader refuses newer ones.
const VERSION: u16 = 1;

/// What is moved: the draft, and which files of its pages follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    pub draft: Draft,
    #[serde(default)]
    pub pages: Vec<PageLoad>,
}

/// A page whose files follow in the order of the list: the citizen's own, then the picture that was made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLoad {
    pub page: String,
    /// The type of the citizen's own file.
    pub mime: String,
    pub has_picture: bool,
}

impl Load {
    /// The draft without its papers. What was begun at the portal stays known, so that it is not begun there again.
    pub fn without_papers(draft: &Draft) -> Load {
        let mut draft = draft.clone();
        draft.papers.values_mut().for_each(|paper| paper.pages.clear());
        // The other device has the guides' words too.
        draft.hints.clear();
        // It is sent from where it is; the other device asks anew.
        draft.queued = false;
        Load { draft, pages: Vec::new() }
    }

    /// Whether the draft may take the place of one that the other device has under the same id.
    ///
    /// # Errors
    /// `Sent` if that one was sent, `Older` if it was changed later than this one.
    pub fn may_replace(&self, held: Option<&Draft>) -> Result<(), Refused> {
        match held {
            Some(held) if matches!(held.sending, Sending::Sent(_)) => Err(Refused::Sent),
            Some(held) if held.saved > self.draft.saved => Err(Refused::Older),
            _ => Ok(()),
        }
    }
}

/// Why a moved draft was not taken in. Nothing on the device has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is no file or code of this app.
    NotOurs,
    /// A newer version of the app wrote it.
    Newer,
    /// A part is missing at the end.
    Cut,
    /// It does not open with this passphrase; a changed byte looks the same.
    Passphrase,
    /// It opens, and is damaged further on.
    Damaged,
    /// The device has a later state of the same draft.
    Older,
    /// The same draft was sent from the device.
    Sent,
    /// The device does not keep it.
    NotKept,
}

impl Refused {
    pub fn key(self) -> &'static str {
        match self {
            Refused::NotOurs => "move.not-ours",
            Refused::Newer => "move.newer",
            Refused::Cut => "move.cut",
            Refused::Passphrase => "move.passphrase",
            Refused::Damaged => "move.damaged",
            Refused::Older => "move.older",
            Refused::Sent => "move.sent",
            Refused::NotKept => "move.not-kept",
        }
    }
}

// --- a chain of codes --------------------------------------------------------------------------------------------------

/// How many letters one code carries: few enough for a cheap camera to read them from a screen.
const LETTERS: usize = 540;
/// No draft without papers is as long as this.
const LONGEST_CHAIN: usize = 99;

/// The texts of the codes, in order: `MC<version> <print of the whole> <which>/<of how many> <part in base64>`.
pub fn chain(bytes: &[u8]) -> Vec<String> {
    let (text, print) = (BASE64_STANDARD_NO_PAD.encode(bytes), print(bytes));
    let parts: Vec<&[u8]> = text.as_bytes().chunks(LETTERS).collect();
    let of = parts.len();
    let code = |(at, part): (usize, &&[u8])| {
        format!("MC{VERSION} {print:08x} {}/{of} {}", at + 1, String::from_utf8_lossy(part))
    };
    parts.iter().enumerate().map(code).collect()
}

/// FNV-1a, to tell one chain from another and a whole one from a spoilt one.
fn print(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |print, byte| (print ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// The codes of a chain as they are read, in any order, each as often as it is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    print: u32,
    parts: Vec<Option<String>>,
}

impl Chain {
    /// Takes in what one code says. A code of another chain begins that chain.
    ///
    /// # Errors
    /// `NotOurs` for other codes, `Newer` for those of a newer version.
    pub fn take(&mut self, code: &str) -> Result<(), Refused> {
        let cells: Vec<&str> = code.split(' ').collect();
        let &[mark, print, place, part] = &cells[..] else { return Err(Refused::NotOurs) };
        let version: u16 = mark.strip_prefix("MC").and_then(|text| text.parse().ok()).ok_or(Refused::NotOurs)?;
        if version > VERSION {
            return Err(Refused::Newer);
        }
        let (at, of) = place.split_once('/').ok_or(Refused::NotOurs)?;
        let (at, of) = at.parse::<usize>().ok().zip(of.parse::<usize>().ok()).ok_or(Refused::NotOurs)?;
        let print = u32::from_str_radix(print, 16).map_err(|_| Refused::NotOurs)?;
        if at == 0 || at > of || of > LONGEST_CHAIN {
            return Err(Refused::NotOurs);
        }
        if (self.print, self.parts.len()) != (print, of) {
            *self = Chain { print, parts: vec![None; of] };
        }
        self.parts[at - 1] = Some(part.to_owned());
        Ok(())
    }

    /// How many codes were read, and of how many; `(0, 0)` before the first.
    pub fn progress(&self) -> (usize, usize) {
        (self.parts.iter().flatten().count(), self.parts.len())
    }

    /// Which code comes next of those that are missing, from 1.
    pub fn missing(&self) -> Option<usize> {
        self.parts.iter().position(Option::is_none).map(|at| at + 1)
    }

    /// The bytes, once all codes were read.
    ///
    /// # Errors
    /// `Cut` while some are missing, `Damaged` if they do not fit together.
    pub fn bytes(&self) -> Result<Vec<u8>, Refused> {
        if self.parts.is_empty() || self.missing().is_some() {
            return Err(Refused::Cut);
        }
        let text: String = self.parts.iter().flatten().map(String::as_str).collect();
        let bytes = BASE64_STANDARD_NO_PAD.decode(text).map_err(|_| Refused::Damaged)?;
        if print(&bytes) == self.print { Ok(bytes) } else { Err(Refused::Damaged) }
    }
}

// --- a file ------------------------------------------------------------------------------------------------------------

/// What a file begins with; then its version in two bytes, then the salt of its key. (Numbers are little-endian.)
const MARK: &[u8; 6] = b"MOTCUA";
pub const SALT: usize = 16;
/// The length of the head. After it stand records: four bytes of length, then so many bytes of cipher text. The first
/// record is the load as JSON, the others are the files of its pages.
pub const HEAD: usize = MARK.len() + 2 + SALT;

/// The head of a file whose key has this salt.
pub fn head(salt: &[u8; SALT]) -> Vec<u8> {
    [&MARK[..], &VERSION.to_le_bytes(), salt].concat()
}

/// The salt in the head of a file.
///
/// # Errors
/// `NotOurs`, `Newer`, or `Cut` for a file that ends within its head.
pub fn salt(head: &[u8]) -> Result<[u8; SALT], Refused> {
    let begins = head.len().min(MARK.len());
    if begins == 0 || head[..begins] != MARK[..begins] {
        return Err(Refused::NotOurs);
    }
    let version = head.get(6..8).ok_or(Refused::Cut)?;
    if u16::from_le_bytes([version[0], version[1]]) > VERSION {
        return Err(Refused::Newer);
    }
    head.get(8..HEAD).and_then(|salt| salt.try_into().ok()).ok_or(Refused::Cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_read_in_any_order_with_repeats() {
        let bytes: Vec<u8> = (0..2000u32).map(|n| (n * 7 % 251) as u8).collect();
        let codes = chain(&bytes);
        assert!(codes.len() > 4 && codes.iter().all(|code| code.len() < 580));
        let mut read = Chain::default();
        assert_eq!((read.bytes(), read.progress()), (Err(Refused::Cut), (0, 0)));
        for at in [3, 0, 3, 1, 2, 4].into_iter().filter(|at| *at < codes.len()) {
            assert!(read.bytes().is_err());
            read.take(&codes[at]).unwrap();
        }
        assert_eq!(read.missing(), None);
        codes.iter().for_each(|code| read.take(code).unwrap());
        assert_eq!(read.bytes().unwrap(), bytes);
        // The code of another draft begins anew.
        read.take(&chain(b"another")[0]).unwrap();
        assert_eq!(read.bytes().unwrap(), b"another");
    }

    #[test]
    fn strange_codes_are_refused_and_change_nothing() {
        let mut read = Chain::default();
        for code in [
            "",
            "https://example.vn",
            "MC1",
            "MC1 xyz 1/2 AA",
            "MC1 00000000 0/2 AA",
            "MC1 00000000 3/2 AA",
            "MC1 00000000 1/100 AA",
            "092085001234||Nguyễn Văn An",
            "MCx 0 1/1 AA",
        ] {
            assert_eq!(read.take(code), Err(Refused::NotOurs), "{code}");
        }
        assert_eq!(read.take("MC2 00000000 1/2 AA"), Err(Refused::Newer));
        assert_eq!(read, Chain::default());
        read.take("MC1 00000000 1/1 !!!").unwrap();
        assert_eq!(read.bytes(), Err(Refused::Damaged));
    }

    #[test]
    fn a_head_tells_what_is_wrong_with_it() {
        let whole = head(&[7; SALT]);
        assert_eq!((whole.len(), salt(&whole)), (HEAD, Ok([7; SALT])));
        assert_eq!(salt(&whole[..HEAD - 1]), Err(Refused::Cut));
        assert_eq!(salt(&whole[..3]), Err(Refused::Cut));
        assert_eq!((salt(b""), salt(b"%PDF-1.7")), (Err(Refused::NotOurs), Err(Refused::NotOurs)));
        let mut newer = whole;
        newer[6] = 2;
        assert_eq!(salt(&newer), Err(Refused::Newer));
    }
}
