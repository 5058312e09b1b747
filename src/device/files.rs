//! Files that a person picks or photographs, and pictures of them for the screen.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Event, File, HtmlInputElement, Url};

/// The files picked in a file input; the input is emptied, so that the same file can be picked again.
pub fn picked(event: &Event) -> Vec<File> {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = input.files().map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect());
    input.set_value("");
    files.unwrap_or_default()
}

/// The bytes of a blob; `None` if the browser cannot read it any more (the file was moved or deleted).
pub async fn bytes(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// A copy of the file in memory. A picked file is only a pointer to the phone's gallery: it may be gone in a minute.
pub async fn held(file: &File) -> Option<Blob> {
    let buffer: ArrayBuffer = JsFuture::from(file.array_buffer()).await.ok()?.unchecked_into();
    blob_of(&buffer, &file.type_())
}

/// A buffer as a blob of this type.
pub fn blob_of(buffer: &ArrayBuffer, mime: &str) -> Option<Blob> {
    let kind = BlobPropertyBag::new();
    kind.set_type(mime);
    Blob::new_with_buffer_source_sequence_and_options(&Array::of1(buffer), &kind).ok()
}

/// Bytes as a blob of this type.
pub fn blob(bytes: &[u8], mime: &str) -> Option<Blob> {
    blob_of(&Uint8Array::from(bytes).buffer(), mime)
}

/// An address for showing a blob on the page. It holds the blob in memory until it is dropped.
pub struct Address(String);

impl Address {
    pub fn of(blob: &Blob) -> Option<Address> {
        Url::create_object_url_with_blob(blob).ok().map(Address)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}
