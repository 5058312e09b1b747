//! The counters where an agency receives people and hands results out: `offices` in `config.json`, by the portal's code of the
//! agency. A deployment that names none hands everything out at its own counter.

use serde_json::Value;

use super::shelf::own_file;
use crate::shell::shell;

/// A counter; what the deployment does not say is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    pub address: String,
    pub hours: String,
    /// The number to ask at: the hotline where the office has none of its own.
    pub phone: String,
}

/// The counter of the agency of this code.
pub async fn of(agency: &str) -> Office {
    let file: Value = own_file("/config.json").await.unwrap_or_default();
    let own = &file["offices"][agency];
    let ours = &shell().config.agency;
    let text = |name: &str, otherwise: &str| match own.as_object() {
        Some(own) => own.get(name).and_then(Value::as_str).unwrap_or_default().to_owned(),
        None => otherwise.to_owned(),
    };
    let phone = Some(text("phone", &ours.hotline)).filter(|phone| !phone.is_empty());
    Office {
        address: text("address", &ours.address),
        hours: text("hours", &ours.hours),
        phone: phone.unwrap_or_else(|| ours.hotline.clone()),
    }
}
