//! The portal's dictionaries: agencies, fields, states, and the city with its wards.

use rusqlite::{Transaction, params};

use super::catalogue::{ADMINISTRATIONS, Agency};
use crate::api::errors::Answer;
use crate::workflow::State;

/// Cần Thơ and some of its wards and communes after the merger of July 2025. There are no districts
/// any more: a ward's parent is the city.
const CITY: (&str, &str) = ("92", "Thành phố Cần Thơ");
const WARDS: [(&str, &str); 14] = [
    ("31120", "Phường Cái Khế"),
    ("31135", "Phường Ninh Kiều"),
    ("31147", "Phường Tân An"),
    ("31150", "Phường An Bình"),
    ("31153", "Phường Ô Môn"),
    ("31168", "Phường Bình Thủy"),
    ("31174", "Phường Thới An Đông"),
    ("31183", "Phường Long Tuyền"),
    ("31186", "Phường Cái Răng"),
    ("31201", "Phường Hưng Phú"),
    ("31207", "Phường Thốt Nốt"),
    ("31211", "Xã Vĩnh Thạnh"),
    ("31299", "Xã Phong Điền"),
    ("31315", "Xã Nhơn Ái"),
];

pub fn plant(tx: &Transaction, agencies: &[Agency]) -> Answer<()> {
    let item = |collection: &str, code: &str, name: &str, english: &str, level: i64, parent: &str, order: usize| {
        tx.execute(
            "INSERT OR IGNORE INTO dictionary (collection, itemCode, itemName, itemNameEN, level, parent, treeIndex)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![collection, code, name, english, level, parent, order.to_string()],
        )
        .map(|_| ())
    };
    for (i, agency) in agencies.iter().enumerate() {
        item("GOVERNMENT_AGENCY", &agency.code, &agency.name, "", 0, "0", i + 1)?;
    }
    for (i, (code, name)) in ADMINISTRATIONS.iter().enumerate() {
        item("SERVICE_ADMINISTRATION", code, name, "", 0, "0", i + 1)?;
    }
    let domains = crate::store::rows::objects(
        tx,
        "SELECT domainCode, domainName FROM services GROUP BY domainCode ORDER BY min(serviceInfoId)",
        [],
    )?;
    for (i, domain) in domains.iter().enumerate() {
        let text = |field| crate::store::rows::text(domain, field);
        item("SERVICE_DOMAIN", &text("domainCode"), &text("domainName"), "", 0, "0", i + 1)?;
    }
    for (i, state) in State::ALL.into_iter().filter(|s| *s != State::Draft).enumerate() {
        item("DOSSIER_STATUS", state.code(), state.name(), state.english(), 0, "0", i + 1)?;
    }
    item("ADMINISTRATIVE_REGION", CITY.0, CITY.1, "Can Tho City", 0, "0", 1)?;
    for (i, (code, name)) in WARDS.iter().enumerate() {
        item("ADMINISTRATIVE_REGION", code, name, "", 1, CITY.0, i + 1)?;
    }
    Ok(())
}
