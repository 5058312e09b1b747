//! What the portal keeps: one SQLite database and a folder of files.

pub mod blobs;
pub mod dossiers;
pub mod people;
pub mod rows;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::api::errors::{Answer, Failure};
use blobs::Blobs;

/// The database, one writer at a time, and the folder beside it.
#[derive(Clone)]
pub struct Store {
    database: Arc<Mutex<Connection>>,
    pub blobs: Blobs,
}

impl Store {
    /// Opens `folder` (made when missing), creates the tables and the seed on the first start.
    /// The error is one plain sentence for the person who started the sandbox.
    pub fn open(folder: &Path) -> Result<Store, String> {
        let told = |e: &dyn std::fmt::Display| format!("Thư mục dữ liệu {} không ghi được: {e}", folder.display());
        let blobs = Blobs::open(folder).map_err(|e| told(&e))?;
        let mut db = Connection::open(folder.join("portal.sqlite")).map_err(|e| told(&e))?;
        Self::prepare(&mut db, &blobs).map_err(|e| told(&e))?;
        Ok(Store { database: Arc::new(Mutex::new(db)), blobs })
    }

    fn prepare(db: &mut Connection, blobs: &Blobs) -> Result<(), Failure> {
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "NORMAL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let made: i64 = tx.pragma_query_value(None, "user_version", |r| r.get(0))?;
        if made == 0 {
            tx.execute_batch(include_str!("schema.sql"))?;
            crate::seed::plant(&tx, blobs)?;
            tx.pragma_update(None, "user_version", 1)?;
        }
        let kept = rows::texts(
            &tx,
            "SELECT blob FROM files UNION SELECT blob FROM payments UNION SELECT blob FROM applicant_data",
            [],
        )?;
        tx.commit()?;
        blobs.sweep(&kept)?;
        Ok(())
    }

    /// Runs `work` in one transaction on a blocking thread; an error undoes all of it.
    pub async fn with<T, F>(&self, work: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction) -> Answer<T> + Send + 'static,
    {
        let database = self.database.clone();
        tokio::task::spawn_blocking(move || {
            let mut db = database.lock().unwrap_or_else(PoisonError::into_inner);
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&tx)?;
            tx.commit()?;
            Ok(value)
        })
        .await
        .map_err(|e| Failure::Internal(e.to_string()))?
    }
}

/// The next value of a named counter, from 1.
pub fn next_count(tx: &Transaction, key: &str) -> rusqlite::Result<i64> {
    tx.query_row(
        "INSERT INTO counters (key, value) VALUES (?1, 1)
         ON CONFLICT (key) DO UPDATE SET value = value + 1 RETURNING value",
        [key],
        |r| r.get(0),
    )
}
