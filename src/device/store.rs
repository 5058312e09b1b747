//! What stays on the device: drafts, pages, and things kept for the next visit.
//!
//! Each call returns after the transaction is complete, so that a screen may say "saved" when it has returned.

use std::pin::pin;

use futures_util::future::{Either, select};
use js_sys::{ArrayBuffer, Object, Reflect, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::{
    files,
    memory::Memory,
    shelves::{Change, Shelves},
    vault, visit,
};
use crate::dossier::draft::{Card, Draft};

/// The shelves of the store.
const DRAFTS: &str = "drafts";
/// What a list shows of each draft, under the same key.
const CARDS: &str = "cards";
/// Key: draft id, slash, page id.
const PAGES: &str = "pages";
/// Small things by name: the catalogue, ticks of checklists.
const KEPT: &str = "kept";

const SHELVES: [&str; 4] = [DRAFTS, CARDS, PAGES, KEPT];

/// The name of the store of a citizen's own device.
pub const OWN: &str = "mot-cua";

/// Under this name the store keeps what was last heard of the dossier that a draft became.
pub fn progress_name(draft: &str) -> String {
    format!("progress/{draft}")
}

/// Under this name it keeps what the service worker asks about that dossier while the app is closed.
pub fn watched_name(draft: &str) -> String {
    format!("watched/{draft}")
}

/// Under this name it keeps news of that dossier which the citizen has not seen.
pub fn news_name(draft: &str) -> String {
    format!("news/{draft}")
}

/// Under this name it keeps the files of a dossier's result, as those of a draft.
pub fn result_shelf(dossier: i64) -> String {
    format!("result-{dossier}")
}

/// Under this name it keeps what files there are.
pub fn results_name(dossier: i64) -> String {
    format!("results/{dossier}")
}

/// How long opening may take.
const PATIENCE_MS: u32 = 8_000;

/// Why the device did not keep something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Storage is blocked or missing, as in some private windows.
    Blocked,
    /// The disk or the browser's share of it is full.
    Full,
    /// What was found cannot be read: it was written by a newer version, or is damaged.
    Unreadable,
    /// The draft is locked by a PIN, and this page was not told it.
    Locked,
}

impl StoreError {
    pub fn key(self) -> &'static str {
        match self {
            StoreError::Blocked => "store.blocked",
            StoreError::Full => "store.full",
            StoreError::Unreadable => "store.unreadable",
            StoreError::Locked => "store.locked",
        }
    }
}

impl From<idb::Error> for StoreError {
    fn from(error: idb::Error) -> Self {
        let cause: JsValue = match error {
            idb::Error::DomException(cause) => cause.into(),
            idb::Error::UpdateFailed(cause) => cause,
            _ => return StoreError::Blocked,
        };
        let name = Reflect::get(&cause, &"name".into()).ok().and_then(|name| name.as_string());
        if name.as_deref() == Some("QuotaExceededError") { StoreError::Full } else { StoreError::Blocked }
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
    shelves: Shelves,
}

impl Store {
    /// Opens the store of this name and creates its shelves at the first visit. A browser that does not answer for so long will
    /// not answer (another page of ours may be stuck in the middle of it), and the app is better open without than never.
    pub async fn open(name: &str) -> Result<Store> {
        let open = Shelves::open(name, &SHELVES);
        match select(pin!(open), gloo::timers::future::TimeoutFuture::new(PATIENCE_MS)).await {
            Either::Left((opened, _)) => opened.map(|shelves| Store { shelves }),
            Either::Right(_) => Err(StoreError::Blocked),
        }
    }

    /// A store that the page takes with it.
    pub fn in_memory() -> Store {
        Store { shelves: Shelves::Memory(Box::<Memory>::default()) }
    }

    /// Lets go of it: nothing is read or written any more.
    pub fn close(&self) {
        self.shelves.close();
    }

    /// Writes a draft as it is now, and its card with it. Of a locked draft the card tells the procedure and no more.
    pub async fn save_draft(&self, draft: &Draft) -> Result<()> {
        let (text, card) = rows(draft).await?;
        visit::tell_boot(visit::BEGUN, true);
        self.shelves.change(&[Change::Put(DRAFTS, &draft.id, &text), Change::Put(CARDS, &draft.id, &card)]).await
    }

    /// Writes a draft that is on the device as it is now; `false` if it was deleted meanwhile, and stays so.
    pub async fn save_draft_again(&self, draft: &Draft) -> Result<bool> {
        let (text, card) = rows(draft).await?;
        self.shelves.replace(&[(DRAFTS, &draft.id, &text), (CARDS, &draft.id, &card)]).await
    }

    /// The draft of this id, if there is one.
    ///
    /// # Errors
    /// `Locked` for a locked one while this page was not told its PIN.
    pub async fn draft(&self, id: &str) -> Result<Option<Draft>> {
        match self.shelves.get(DRAFTS, id).await? {
            None => Ok(None),
            Some(row) if vault::is_sealed(&row) => {
                let bytes = vault::open(id, id, &row).await.ok_or(StoreError::Locked)?;
                serde_json::from_slice(&Uint8Array::new(&bytes).to_vec()).map(Some).map_err(|_| StoreError::Unreadable)
            }
            Some(row) => read(&row).map(Some),
        }
    }

    /// Tries a PIN on a locked draft; `true` if it opens, now and as long as this page lives.
    pub async fn unlock(&self, id: &str, pin: &str) -> Result<bool> {
        match self.shelves.get(DRAFTS, id).await? {
            Some(row) => Ok(vault::unlock(id, pin, &row).await),
            None => Ok(false),
        }
    }

    /// The cards of all drafts, sent ones too, last saved first.
    pub async fn cards(&self) -> Result<Vec<Card>> {
        let mut cards: Vec<Card> = Vec::new();
        for card in self.shelves.all(CARDS).await?.iter().filter_map(|row| read::<Value>(row).ok()) {
            let card = Card::read(&card);
            let at = cards.iter().position(|held| held.saved < card.saved).unwrap_or(cards.len());
            cards.insert(at, card);
        }
        Ok(cards)
    }

    /// Deletes a draft with all its pages, what was last heard of it and its result, for good.
    pub async fn forget_draft(&self, id: &str) -> Result<()> {
        let card = self.shelves.get(CARDS, id).await?.and_then(|card| read::<Value>(&card).ok());
        let dossier = card.map_or(0, |card| Card::read(&card).dossier);
        let all = [
            Change::Delete(KEPT, &results_name(dossier)),
            Change::DeleteUnder(PAGES, &result_shelf(dossier)),
            Change::Delete(KEPT, &progress_name(id)),
            Change::Delete(KEPT, &watched_name(id)),
            Change::Delete(KEPT, &news_name(id)),
            Change::Delete(DRAFTS, id),
            Change::Delete(CARDS, id),
            Change::DeleteUnder(PAGES, id),
        ];
        self.shelves.change(&all).await
    }

    /// Forgets the files of a dossier's result, and what files there are.
    pub async fn forget_result(&self, dossier: i64) -> Result<()> {
        let (list, shelf) = (results_name(dossier), result_shelf(dossier));
        self.shelves.change(&[Change::Delete(KEPT, &list), Change::DeleteUnder(PAGES, &shelf)]).await
    }

    /// Empties all shelves.
    pub async fn forget_everything(&self) -> Result<()> {
        self.shelves.change(&SHELVES.map(Change::Clear)).await
    }

    /// Writes a page anew where it is not sealed and its draft is, or the other way round.
    pub async fn reseal_page(&self, draft: &str, page: &str) -> Result<()> {
        let Some(row) = self.shelves.get(PAGES, &page_key(draft, page)).await? else { return Ok(()) };
        let original = Reflect::get(&row, &"original".into()).unwrap_or(JsValue::UNDEFINED);
        if vault::is_sealed(&original) != vault::seals_pages(draft)
            && let Some(file) = self.page(draft, page).await?
        {
            self.save_page(draft, page, &file).await?;
        }
        Ok(())
    }

    /// Writes a page's files. As plain bytes: private windows of WebKit store no blobs. Those of a locked draft are sealed.
    pub async fn save_page(&self, draft: &str, page: &str, file: &PageFile) -> Result<()> {
        let (row, place) = (Object::new(), page_key(draft, page));
        let set = |name: &str, value: &JsValue| {
            let _ = Reflect::set(&row, &name.into(), value);
        };
        set("type", &file.original.type_().into());
        set("original", &seal(draft, &place, &buffer(&file.original).await?).await?);
        if let Some(picture) = &file.picture {
            set("picture", &seal(draft, &place, &buffer(picture).await?).await?);
        }
        self.shelves.change(&[Change::Put(PAGES, &place, &row)]).await
    }

    /// The files of a page, if the device has them.
    pub async fn page(&self, draft: &str, page: &str) -> Result<Option<PageFile>> {
        let place = page_key(draft, page);
        let Some(row) = self.shelves.get(PAGES, &place).await? else { return Ok(None) };
        let field = |name: &str| Reflect::get(&row, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let mime = field("type").as_string().unwrap_or_default();
        let original = vault::open(draft, &place, &field("original")).await.ok_or(StoreError::Unreadable)?;
        let original = files::blob_of(&original, &mime).ok_or(StoreError::Unreadable)?;
        let picture = vault::open(draft, &place, &field("picture")).await;
        Ok(Some(PageFile { original, picture: picture.and_then(|picture| files::blob_of(&picture, "image/jpeg")) }))
    }

    /// The picture of a page alone, if the device has one.
    pub async fn picture(&self, draft: &str, page: &str) -> Result<Option<ArrayBuffer>> {
        let place = page_key(draft, page);
        let Some(row) = self.shelves.get(PAGES, &place).await? else { return Ok(None) };
        let picture = Reflect::get(&row, &"picture".into()).unwrap_or(JsValue::UNDEFINED);
        Ok(vault::open(draft, &place, &picture).await)
    }

    pub async fn forget_page(&self, draft: &str, page: &str) -> Result<()> {
        self.shelves.change(&[Change::Delete(PAGES, &page_key(draft, page))]).await
    }

    /// Keeps a small thing under a name.
    pub async fn keep<T: Serialize>(&self, name: &str, value: &T) -> Result<()> {
        self.shelves.change(&[Change::Put(KEPT, name, &json(value)?)]).await
    }

    /// The thing kept under a name, if there is one.
    pub async fn kept<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        match self.shelves.get(KEPT, name).await? {
            Some(row) => read(&row).map(Some),
            None => Ok(None),
        }
    }

    /// Whether something is kept under a name.
    pub async fn has_kept(&self, name: &str) -> bool {
        self.shelves.has(KEPT, name).await.unwrap_or(false)
    }

    /// Forgets a small thing that is kept under a name.
    pub async fn forget_kept(&self, name: &str) -> Result<()> {
        self.shelves.change(&[Change::Delete(KEPT, name)]).await
    }
}

/// Whether this is a private window, which forgets everything when it is closed; `false` where the browser does not let that be
/// seen. Firefox and WebKit lend no private file system in such windows; Chromium's look like any other.
pub async fn is_private() -> bool {
    let asked = || -> Option<js_sys::Promise> {
        let storage = Reflect::get(&web_sys::window()?.navigator(), &"storage".into()).ok()?;
        let ask: js_sys::Function = Reflect::get(&storage, &"getDirectory".into()).ok()?.dyn_into().ok()?;
        ask.call0(&storage).ok()?.dyn_into().ok()
    };
    match asked() {
        Some(asked) => JsFuture::from(asked).await.is_err(),
        None => false,
    }
}

/// How many bytes the browser still lets this app keep; `None` where it does not say.
pub async fn room() -> Option<u64> {
    let field = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let storage = field(&web_sys::window()?.navigator(), "storage");
    let ask: js_sys::Function = field(&storage, "estimate").dyn_into().ok()?;
    let answer = JsFuture::from(ask.call0(&storage).ok()?.dyn_into::<js_sys::Promise>().ok()?).await.ok()?;
    Some((field(&answer, "quota").as_f64()? - field(&answer, "usage").as_f64()?).max(0.0) as u64)
}

/// Asks the browser not to clear the store when the device runs out of room. Whether it agrees is its own affair; nothing
/// waits for it.
pub fn ask_to_persist() {
    let storage = web_sys::window().and_then(|window| Reflect::get(&window.navigator(), &"storage".into()).ok());
    let Some(storage) = storage.filter(JsValue::is_object) else { return };
    if let Ok(ask) = Reflect::get(&storage, &"persist".into()).and_then(JsCast::dyn_into::<js_sys::Function>) {
        let _ = ask.call0(&storage);
    }
}

/// The key of a page.
fn page_key(draft: &str, page: &str) -> String {
    format!("{draft}/{page}")
}

/// The bytes of a blob as the store takes them.
async fn buffer(blob: &Blob) -> Result<ArrayBuffer> {
    JsFuture::from(blob.array_buffer()).await.map(JsCast::unchecked_into).map_err(|_| StoreError::Unreadable)
}

/// The rows of a draft: itself, and its card.
async fn rows(draft: &Draft) -> Result<(JsValue, JsValue)> {
    let (mut text, mut card) = (json(draft)?, Card::from(draft));
    if vault::seals(&draft.id) {
        let bytes = serde_json::to_vec(draft).map_err(|_| StoreError::Unreadable)?;
        text = seal(&draft.id, &draft.id, &Uint8Array::from(&bytes[..]).buffer()).await?;
        card.title = format!("🔒 {}", card.title);
        card.case.clear();
    }
    Ok((text, json(&card)?))
}

async fn seal(draft: &str, place: &str, bytes: &ArrayBuffer) -> Result<JsValue> {
    vault::sealed(draft, place, bytes).await.ok_or(StoreError::Unreadable)
}

fn read<T: DeserializeOwned>(row: &JsValue) -> Result<T> {
    let text = row.as_string().ok_or(StoreError::Unreadable)?;
    serde_json::from_slice(text.as_bytes()).map_err(|_| StoreError::Unreadable)
}

fn json<T: Serialize>(value: &T) -> Result<JsValue> {
    serde_json::to_string(value).map(JsValue::from).map_err(|_| StoreError::Unreadable)
}
