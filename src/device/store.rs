//! What stays on the device: drafts, pages, and things kept for the next visit, in IndexedDB.
//!
//! Each call returns after the transaction is complete, so that a screen may say "saved" when it has returned.

use idb::{Database, DatabaseEvent, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode};
use js_sys::{Object, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::dossier::draft::Draft;

/// The shelves of the store.
const DRAFTS: &str = "drafts";
/// Key: draft id, slash, page id.
const PAGES: &str = "pages";
/// Small things by name: the catalogue, ticks of checklists.
const KEPT: &str = "kept";

/// Why the device did not keep something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Storage is blocked or missing, as in some private windows.
    Blocked,
    /// The disk or the browser's share of it is full.
    Full,
    /// What was found cannot be read: it was written by a newer version, or is damaged.
    Unreadable,
}

impl StoreError {
    pub fn key(self) -> &'static str {
        match self {
            StoreError::Blocked => "store.blocked",
            StoreError::Full => "store.full",
            StoreError::Unreadable => "store.unreadable",
        }
    }
}

impl From<idb::Error> for StoreError {
    fn from(error: idb::Error) -> Self {
        let text = format!("{error:?}");
        if text.contains("Quota") { StoreError::Full } else { StoreError::Blocked }
    }
}

type Result<T> = std::result::Result<T, StoreError>;

/// The two pictures of a page.
#[derive(Clone, Debug)]
pub struct PageFile {
    /// The citizen's own file, untouched.
    pub original: Blob,
    /// The page made from it: upright, of a size that is enough to read. None until it is made, and for PDF files.
    pub picture: Option<Blob>,
}

/// The open store.
pub struct Store {
    database: Database,
}

impl Store {
    /// Opens the store and creates its shelves at the first visit.
    pub async fn open() -> Result<Store> {
        let mut request = Factory::new()?.open("mot-cua", Some(1))?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = event.database() {
                for shelf in [DRAFTS, PAGES, KEPT] {
                    let _ = database.create_object_store(shelf, ObjectStoreParams::new());
                }
            }
        });
        Ok(Store { database: request.await? })
    }

    /// Writes a draft as it is now.
    pub async fn save_draft(&self, draft: &Draft) -> Result<()> {
        self.put_json(DRAFTS, &draft.id, draft).await
    }

    /// The draft of this id, if there is one.
    pub async fn draft(&self, id: &str) -> Result<Option<Draft>> {
        self.get_json(DRAFTS, id).await
    }

    /// All drafts, sent ones too, last saved first. A draft that cannot be read is left where it is and not shown.
    pub async fn drafts(&self) -> Result<Vec<Draft>> {
        let transaction = self.database.transaction(&[DRAFTS], TransactionMode::ReadOnly)?;
        let rows = transaction.object_store(DRAFTS)?.get_all(None, None)?.await?;
        let mut drafts: Vec<Draft> = rows.iter().filter_map(|row| serde_json::from_str(&row.as_string()?).ok()).collect();
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.saved));
        Ok(drafts)
    }

    /// Deletes a draft with all its pages, for good.
    pub async fn forget_draft(&self, id: &str) -> Result<()> {
        let transaction = self.database.transaction(&[DRAFTS, PAGES], TransactionMode::ReadWrite)?;
        transaction.object_store(DRAFTS)?.delete(key(id))?.await?;
        let pages = KeyRange::bound(&format!("{id}/").into(), &format!("{id}0").into(), None, Some(true))?;
        transaction.object_store(PAGES)?.delete(Query::KeyRange(pages))?.await?;
        transaction.await?;
        Ok(())
    }

    /// Writes a page's files.
    pub async fn save_page(&self, draft: &str, page: &str, file: &PageFile) -> Result<()> {
        let row = Object::new();
        let _ = Reflect::set(&row, &"original".into(), &file.original);
        if let Some(picture) = &file.picture {
            let _ = Reflect::set(&row, &"picture".into(), picture);
        }
        self.put(PAGES, &format!("{draft}/{page}"), &row).await
    }

    /// The files of a page, if the device has them.
    pub async fn page(&self, draft: &str, page: &str) -> Result<Option<PageFile>> {
        let Some(row) = self.get(PAGES, &format!("{draft}/{page}")).await? else { return Ok(None) };
        let blob = |name: &str| Reflect::get(&row, &name.into()).ok().and_then(|value| value.dyn_into::<Blob>().ok());
        let original = blob("original").ok_or(StoreError::Unreadable)?;
        Ok(Some(PageFile { original, picture: blob("picture") }))
    }

    pub async fn forget_page(&self, draft: &str, page: &str) -> Result<()> {
        let transaction = self.database.transaction(&[PAGES], TransactionMode::ReadWrite)?;
        transaction.object_store(PAGES)?.delete(key(&format!("{draft}/{page}")))?.await?;
        transaction.await?;
        Ok(())
    }

    /// Keeps a small thing under a name.
    pub async fn keep<T: Serialize>(&self, name: &str, value: &T) -> Result<()> {
        self.put_json(KEPT, name, value).await
    }

    /// The thing kept under a name, if there is one.
    pub async fn kept<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        self.get_json(KEPT, name).await
    }

    async fn put_json<T: Serialize>(&self, shelf: &str, name: &str, value: &T) -> Result<()> {
        let text = serde_json::to_string(value).map_err(|_| StoreError::Unreadable)?;
        self.put(shelf, name, &text.into()).await
    }

    async fn get_json<T: DeserializeOwned>(&self, shelf: &str, name: &str) -> Result<Option<T>> {
        let Some(row) = self.get(shelf, name).await? else { return Ok(None) };
        let text = row.as_string().ok_or(StoreError::Unreadable)?;
        serde_json::from_str(&text).map(Some).map_err(|_| StoreError::Unreadable)
    }

    async fn put(&self, shelf: &str, name: &str, value: &JsValue) -> Result<()> {
        let transaction = self.database.transaction(&[shelf], TransactionMode::ReadWrite)?;
        transaction.object_store(shelf)?.put(value, Some(&name.into()))?.await?;
        transaction.await?;
        Ok(())
    }

    async fn get(&self, shelf: &str, name: &str) -> Result<Option<JsValue>> {
        let transaction = self.database.transaction(&[shelf], TransactionMode::ReadOnly)?;
        Ok(transaction.object_store(shelf)?.get(key(name))?.await?)
    }
}

fn key(name: &str) -> Query {
    Query::Key(name.into())
}
