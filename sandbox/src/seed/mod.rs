//! What a new portal starts with: the catalogue from published records, dictionaries, and invented
//! people and dossiers.

pub mod cases;
pub mod forms;
pub mod html;

mod catalogue;
mod dictionaries;
mod dossiers;
mod people;
mod records;

use rusqlite::Transaction;

use crate::api::errors::Answer;
use crate::store::blobs::Blobs;

/// Fills an empty database.
pub fn plant(tx: &Transaction, blobs: &Blobs) -> Answer<()> {
    let agencies = catalogue::plant(tx)?;
    dictionaries::plant(tx, &agencies)?;
    people::plant(tx, &agencies)?;
    dossiers::plant(tx, blobs)
}
