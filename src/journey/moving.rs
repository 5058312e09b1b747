//! Moving a draft to another device of the citizen's.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CryptoKey};

use super::{drafts::Open, shelf::own_file};
use crate::{
    catalogue::{guide::Guide, spelling},
    device::{
        clock, crypto, files,
        identity::random,
        squeeze,
        store::{PageFile, ask_to_persist},
    },
    dossier::moving::{self, HEAD, Load, PageLoad, Refused, SALT},
    shell::shell,
};

/// How many words a passphrase has: of 512 each, so 54 bits.
const WORDS: usize = 6;

/// A passphrase of words that are told apart without their accents too; `None` while the list cannot be loaded.
pub async fn passphrase() -> Option<String> {
    let words: Vec<String> = own_file("/passphrase-words.json").await?;
    let word = |bytes: &[u8]| words.get((usize::from(bytes[0]) << 8 | usize::from(bytes[1])) % words.len()).cloned();
    random::<{ 2 * WORDS }>().chunks(2).map(word).collect::<Option<Vec<_>>>().map(|words| words.join(" "))
}

/// A passphrase as it is typed, and as the key is made of it: plain letters, one blank between words.
pub fn plainly(passphrase: &str) -> String {
    spelling::words(passphrase).map(|(word, _)| word.plain).collect::<Vec<_>>().join(" ")
}

/// The draft without its papers as the texts of QR codes.
pub async fn codes(open: Open) -> Option<Vec<String>> {
    let json = serde_json::to_vec(&Load::without_papers(&open.peek()?)).ok()?;
    Some(moving::chain(&squeeze::squeezed(&json).await.unwrap_or(json)))
}

/// Takes in a draft that came by codes; gives its id.
///
/// # Errors
/// Why not; nothing has changed on the device then.
pub async fn take_codes(bytes: Vec<u8>) -> Result<String, Refused> {
    // JSON begins with a brace, what was squeezed does not.
    let json =
        if bytes.first() == Some(&b'{') { bytes } else { squeeze::unsqueezed(&bytes).await.ok_or(Refused::Damaged)? };
    let load: Load = serde_json::from_slice(&json).map_err(|_| Refused::Damaged)?;
    let mut load = Load { pages: Vec::new(), ..load };
    load.draft.papers.values_mut().for_each(|paper| paper.pages.clear());
    let draft = &mut load.draft;
    // Papers do not travel by codes: those that this device has of it stay.
    let store = shell().store.as_ref().map_err(|_| Refused::NotKept)?;
    if let Some(held) = store.draft(&draft.id).await.map_err(|_| Refused::NotKept)? {
        (draft.papers, draft.relayed) = (held.papers, held.relayed);
    }
    if let Some(guide) = own_file::<Guide>(&format!("/guides/{}.json", draft.matter.service.code)).await {
        draft.hints = guide.hints(&draft.requirements);
    }
    settle(&load, &[]).await
}

/// Writes the draft and its pages, the pages first: a draft that is there has all of them.
async fn settle(load: &Load, pages: &[PageFile]) -> Result<String, Refused> {
    let (draft, store) = (&load.draft, shell().store.as_ref().map_err(|_| Refused::NotKept)?);
    let held = store.draft(&draft.id).await.map_err(|_| Refused::NotKept)?;
    load.may_replace(held.as_ref())?;
    for (page, file) in load.pages.iter().zip(pages) {
        store.save_page(&draft.id, &page.page, file).await.map_err(|_| Refused::NotKept)?;
    }
    store.save_draft(draft).await.map_err(|_| Refused::NotKept)?;
    ask_to_persist();
    shell().drafts.borrow_mut().remove(&draft.id);
    Ok(draft.id.clone())
}

/// The draft with its papers as one sealed file; `None` if the device cannot make it.
pub async fn file(open: Open, passphrase: &str) -> Option<Blob> {
    let (mut draft, store) = (open.peek()?, shell().store.as_ref().ok()?);
    draft.queued = false;
    let mut load = Load { draft, pages: Vec::new() };
    let mut buffers: Vec<ArrayBuffer> = Vec::new();
    for page in load.draft.papers.values().flat_map(|paper| &paper.pages) {
        let file = store.page(&load.draft.id, &page.id).await.ok()??;
        let kept = PageLoad { page: page.id.clone(), mime: file.original.type_(), has_picture: file.picture.is_some() };
        load.pages.push(kept);
        for blob in [Some(file.original), file.picture].into_iter().flatten() {
            buffers.push(JsFuture::from(blob.array_buffer()).await.ok()?.unchecked_into());
        }
    }
    let salt = random::<SALT>();
    let key = crypto::key(&plainly(passphrase), &salt).await?;
    let first = Uint8Array::from(&serde_json::to_vec(&load).ok()?[..]).buffer();
    let parts = Array::of1(&Uint8Array::from(&moving::head(&salt)[..]));
    for (at, bytes) in std::iter::once(&first).chain(&buffers).enumerate() {
        let sealed = crypto::seal(&key, &nonce(at), PLACE, bytes).await?;
        parts.push(&Uint8Array::from(&sealed.byte_length().to_le_bytes()[..]));
        parts.push(&sealed);
    }
    Blob::new_with_buffer_source_sequence(&parts).ok()
}

/// What the records are sealed for.
const PLACE: &str = "mot-cua file 1";

/// Records are counted by their nonces: none can be left out, repeated or exchanged.
fn nonce(record: usize) -> [u8; crypto::NONCE] {
    let mut nonce = [0; crypto::NONCE];
    nonce[..8].copy_from_slice(&(record as u64).to_le_bytes());
    nonce
}

/// Opens a file and takes in its draft; gives the draft's id.
///
/// # Errors
/// Why not; nothing has changed on the device then.
pub async fn take_file(file: &Blob, passphrase: &str) -> Result<String, Refused> {
    let head = piece(file, 0, HEAD).await.ok_or(Refused::NotOurs)?;
    let salt = moving::salt(&Uint8Array::new(&head).to_vec())?;
    let key = crypto::key(&plainly(passphrase), &salt).await.ok_or(Refused::NotKept)?;
    let mut records = Records { file, key, at: HEAD, count: 0 };
    let first = records.next().await?.ok_or(Refused::Passphrase)?;
    let load: Load = serde_json::from_slice(&Uint8Array::new(&first).to_vec()).map_err(|_| Refused::Damaged)?;
    let mut pages = Vec::new();
    for page in &load.pages {
        let mut next = async |mime: &str| {
            let bytes = records.next().await?.ok_or(Refused::Damaged)?;
            files::blob_of(&bytes, mime).ok_or(Refused::NotKept)
        };
        let original = next(&page.mime).await?;
        let picture = if page.has_picture { Some(next("image/jpeg").await?) } else { None };
        pages.push(PageFile { original, picture });
    }
    settle(&load, &pages).await
}

struct Records<'a> {
    file: &'a Blob,
    key: CryptoKey,
    at: usize,
    count: usize,
}

impl Records<'_> {
    /// The next record; `None` if it does not open, an error if the file ends within it.
    async fn next(&mut self) -> Result<Option<ArrayBuffer>, Refused> {
        let length = piece(self.file, self.at, 4).await.ok_or(Refused::Cut)?;
        let length: [u8; 4] = Uint8Array::new(&length).to_vec().try_into().map_err(|_| Refused::Cut)?;
        let length = u32::from_le_bytes(length) as usize;
        let sealed = piece(self.file, self.at + 4, length).await.ok_or(Refused::Cut)?;
        if (sealed.byte_length() as usize) < length {
            return Err(Refused::Cut);
        }
        let opened = crypto::open(&self.key, &nonce(self.count), PLACE, &sealed).await;
        (self.at, self.count) = (self.at + 4 + length, self.count + 1);
        Ok(opened)
    }
}

/// A piece of a file; shorter where the file ends.
async fn piece(file: &Blob, from: usize, length: usize) -> Option<ArrayBuffer> {
    let slice = file.slice_with_f64_and_f64(from as f64, (from + length) as f64).ok()?;
    JsFuture::from(slice.array_buffer()).await.ok()?.dyn_into().ok()
}

/// What to call the file: nothing personal, and the day.
pub fn file_name() -> String {
    let today = clock::now().date().replace('/', "-");
    format!("ho-so-mot-cua-{today}.motcua")
}
