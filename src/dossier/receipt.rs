//! What the citizen holds in hand after sending.

use serde::{Deserialize, Serialize};

use super::moment::Moment;
use crate::catalogue::spelling::fold;

/// A file as the portal lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldFile {
    /// The id given on the device (`referenceUid`).
    pub upload: String,
    pub part: String,
    pub name: String,
    pub bytes: u64,
}

/// What the code on an office's receipt says: how the dossier is called, and the code that opens it where it stands there.
///
/// Ours are an address with the number behind `#so=`, which is sent to no server. The portal's own codes are an address with `id` and `secretKey`, and the bar code `D-<secret>-<id>` (OpenCPS API, tracking).
///
/// ```
/// use mot_cua::dossier::receipt::read_code;
/// assert_eq!(read_code("https://cong.example.vn/tra-cuu?id=77602&secretKey=4821"), Some(("77602".into(), "4821".into())));
/// assert_eq!(read_code("https://motcua.example.vn/tra-cuu#so=77602"), Some(("77602".into(), String::new())));
/// assert_eq!(read_code("D-4821-77602"), Some(("77602".into(), "4821".into())));
/// assert_eq!(read_code("000.00.06.G04.190701.0501"), Some(("000.00.06.G04.190701.0501".into(), String::new())));
/// assert_eq!(read_code("092085001234||Nguyễn Văn An|02091985"), None);
/// ```
pub fn read_code(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    if let Some((secret, id)) = text.strip_prefix("D-").and_then(|rest| rest.split_once('-')) {
        return is_number(id).then(|| (id.to_owned(), secret.to_owned()));
    }
    if let Some((_, number)) = text.split_once("#so=") {
        return is_number(number).then(|| (number.to_owned(), String::new()));
    }
    if let Some((_, query)) = text.split_once('?') {
        let field = |name: &str| {
            let mut fields = query.split(['&', '#']).filter_map(|field| field.split_once('='));
            fields.find(|(held, _)| *held == name).map(|(_, value)| value.to_owned())
        };
        let id = field("id").filter(|id| is_number(id))?;
        return Some((id, field("secretKey").unwrap_or_default()));
    }
    is_number(text).then(|| (text.to_owned(), String::new()))
}

/// A dossier's number as it is heard: numbers are spoken in groups, and the signs between them by their names.
///
/// ```
/// use mot_cua::dossier::receipt::heard_number;
/// assert_eq!(heard_number("000 chấm 00 chấm 06 chấm g04 gạch ngang 19 07 01"), "000.00.06.g04-190701");
/// assert_eq!(heard_number("77 602"), "77602");
/// ```
pub fn heard_number(heard: &str) -> String {
    let mut number = String::new();
    let mut words = heard.split_whitespace().peekable();
    while let Some(word) = words.next() {
        match fold(word).as_str() {
            "cham" | "dot" | "point" => number.push('.'),
            "gach" | "dash" | "hyphen" => {
                let kind = words.next_if(|next| matches!(fold(next).as_str(), "ngang" | "noi" | "cheo" | "duoi"));
                number.push(match kind.map(fold).as_deref() {
                    Some("cheo") => '/',
                    Some("duoi") => '_',
                    _ => '-',
                });
            }
            "slash" | "xuyet" => number.push('/'),
            _ => number.push_str(word),
        }
    }
    number
}

/// Whether this can be what opens a dossier beside its number: the owner's card number of twelve digits, or a secret code, of
/// which only what has the length of a card number written wrongly is known to be none.
///
/// ```
/// use mot_cua::dossier::receipt::is_second_fact;
/// assert!(is_second_fact("092 085 001 234") && is_second_fact("482193") && is_second_fact("aB3x9"));
/// assert!(!is_second_fact("09208500123") && !is_second_fact("361234567") && !is_second_fact("0920850012345"));
/// ```
pub fn is_second_fact(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_number = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '-'));
    !text.trim().is_empty() && (!is_number || digits <= 8 || digits == 12)
}

/// Whether this can be a dossier's number. Numbers differ from office to office: only what is none for sure is refused.
pub fn is_number(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '_');
    (1..=64).contains(&text.len()) && text.chars().all(fits) && text.contains(|c: char| c.is_ascii_digit())
}

/// The receipt, as read from the portal after sending; nothing in it is our own claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub dossier: i64,
    /// The official number; many portals give it only at reception.
    pub number: Option<String>,
    pub sent: Option<Moment>,
    pub due: Option<Moment>,
    pub agency: String,
    /// What the office has received, file by file.
    pub files: Vec<HeldFile>,
    /// The code that opens the dossier for look-up without signing in.
    pub secret: String,
}
