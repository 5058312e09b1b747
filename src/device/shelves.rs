//! Where the store's rows lie: in IndexedDB; or in memory, for a device that must not keep what strangers leave on it.
//!
//! A call returns after its transaction is complete.

use idb::{Database, DatabaseEvent, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbDatabase;

use super::store::StoreError;

type Result<T> = std::result::Result<T, StoreError>;

pub enum Shelves {
    Disk(Database),
    /// In memory, as `device::memory` keeps them. (Behind a trait, so that only downloads that use it carry it.)
    Memory(Box<dyn Rows>),
}

/// Rows that the page takes with it.
pub trait Rows {
    fn get(&self, shelf: &'static str, name: &str) -> Option<JsValue>;
    fn all(&self, shelf: &'static str) -> Vec<JsValue>;
    fn change(&self, changes: &[Change<'_>]);
}

/// A change to a row.
pub enum Change<'a> {
    Put(&'static str, &'a str, &'a JsValue),
    Delete(&'static str, &'a str),
    /// All rows of a shelf whose names begin with this and a slash.
    DeleteUnder(&'static str, &'a str),
    /// All rows of a shelf.
    Clear(&'static str),
}

impl Change<'_> {
    pub fn shelf(&self) -> &'static str {
        match self {
            Change::Put(shelf, ..)
            | Change::Delete(shelf, _)
            | Change::DeleteUnder(shelf, _)
            | Change::Clear(shelf) => shelf,
        }
    }
}

impl Shelves {
    /// Opens the database of this name, and makes its shelves at the first visit.
    pub async fn open(name: &str, shelves: &'static [&'static str]) -> Result<Shelves> {
        let mut request = Factory::new()?.open(name, Some(1))?;
        request.on_upgrade_needed(move |event| {
            if let Ok(database) = event.database() {
                for shelf in shelves {
                    let _ = database.create_object_store(shelf, ObjectStoreParams::new());
                }
            }
        });
        let mut database = request.await?;
        // Another page deletes it, or has made a newer one: it need not wait for this page.
        database.on_version_change(|event| {
            if let Some(database) = event.target() {
                database.unchecked_into::<IdbDatabase>().close();
            }
        });
        Ok(Shelves::Disk(database))
    }

    /// Lets go of the database, so that it can be deleted.
    pub fn close(&self) {
        if let Shelves::Disk(database) = self {
            database.close();
        }
    }

    pub async fn get(&self, shelf: &'static str, name: &str) -> Result<Option<JsValue>> {
        match self {
            Shelves::Disk(database) => {
                let transaction = database.transaction(&[shelf], TransactionMode::ReadOnly)?;
                Ok(transaction.object_store(shelf)?.get(Query::Key(name.into()))?.await?)
            }
            Shelves::Memory(rows) => Ok(rows.get(shelf, name)),
        }
    }

    pub async fn has(&self, shelf: &'static str, name: &str) -> Result<bool> {
        match self {
            Shelves::Disk(database) => {
                let transaction = database.transaction(&[shelf], TransactionMode::ReadOnly)?;
                Ok(transaction.object_store(shelf)?.count(Some(Query::Key(name.into())))?.await? > 0)
            }
            Shelves::Memory(rows) => Ok(rows.get(shelf, name).is_some()),
        }
    }

    /// All rows of a shelf.
    pub async fn all(&self, shelf: &'static str) -> Result<Vec<JsValue>> {
        match self {
            Shelves::Disk(database) => {
                let transaction = database.transaction(&[shelf], TransactionMode::ReadOnly)?;
                Ok(transaction.object_store(shelf)?.get_all(None, None)?.await?)
            }
            Shelves::Memory(rows) => Ok(rows.all(shelf)),
        }
    }

    /// Puts rows of these names in place of those that are there, if the first is; `false` if it is not, and nothing is changed.
    pub async fn replace(&self, rows: &[(&'static str, &str, &JsValue)]) -> Result<bool> {
        let Some((shelf, name, _)) = rows.first() else { return Ok(false) };
        match self {
            Shelves::Disk(database) => {
                let shelves: Vec<&str> = rows.iter().map(|(shelf, ..)| *shelf).collect();
                let transaction = database.transaction(&shelves, TransactionMode::ReadWrite)?;
                let is_there = transaction.object_store(shelf)?.count(Some(Query::Key((*name).into())))?.await? > 0;
                if is_there {
                    for (shelf, name, row) in rows {
                        transaction.object_store(shelf)?.put(row, Some(&(*name).into()))?.await?;
                    }
                }
                if transaction.await?.is_aborted() {
                    return Err(StoreError::Full);
                }
                Ok(is_there)
            }
            Shelves::Memory(held) => {
                let is_there = held.get(shelf, name).is_some();
                if is_there {
                    held.change(
                        &rows.iter().map(|(shelf, name, row)| Change::Put(shelf, name, row)).collect::<Vec<_>>(),
                    );
                }
                Ok(is_there)
            }
        }
    }

    /// Makes the changes, all of them or none.
    ///
    /// # Errors
    /// `Full` where the browser took the changes and then could not write them down: browsers find that out as late as at
    /// the end of a transaction, and abort it.
    pub async fn change(&self, changes: &[Change<'_>]) -> Result<()> {
        match self {
            Shelves::Disk(database) => {
                let shelves: Vec<&str> = changes.iter().map(Change::shelf).collect();
                let transaction = database.transaction(&shelves, TransactionMode::ReadWrite)?;
                for change in changes {
                    let shelf = transaction.object_store(change.shelf())?;
                    match change {
                        Change::Put(_, name, row) => drop(shelf.put(row, Some(&(*name).into()))?.await?),
                        // What is wrong with these is told at the end.
                        Change::Delete(_, name) => drop(shelf.delete(Query::Key((*name).into()))?),
                        Change::DeleteUnder(_, start) => {
                            let (first, end) = (format!("{start}/").into(), format!("{start}0").into());
                            let under = KeyRange::bound(&first, &end, None, Some(true))?;
                            drop(shelf.delete(Query::KeyRange(under))?);
                        }
                        Change::Clear(_) => drop(shelf.clear()?),
                    }
                }
                if transaction.await?.is_aborted() {
                    return Err(StoreError::Full);
                }
            }
            Shelves::Memory(rows) => rows.change(changes),
        }
        Ok(())
    }
}
