//! What the citizen holds in hand after sending.

use serde::{Deserialize, Serialize};

use super::moment::Moment;

/// A file as the portal lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldFile {
    /// The id given on the device (`referenceUid`).
    pub upload: String,
    pub part: String,
    pub name: String,
    pub bytes: u64,
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
