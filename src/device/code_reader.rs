//! Reading QR codes and bar codes, on the device alone: by the browser where it can (`BarcodeDetector`), else by a worker of our own that is
//! loaded then.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ImageBitmap};

use super::worker::{Hand, text};

/// Reads codes. What it looked at leaves the memory with it.
pub struct CodeReader(Hand);

impl Default for CodeReader {
    fn default() -> CodeReader {
        CodeReader(Hand::new("code-reader"))
    }
}

impl Drop for CodeReader {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl CodeReader {
    /// What the code in a photograph says; `None` if none can be read.
    pub async fn read(&self, photograph: &Blob) -> Option<String> {
        if let Some(text) = by_browser(photograph).await {
            return Some(text);
        }
        let job = Object::new();
        let _ = Reflect::set(&job, &"file".into(), photograph);
        text(&self.0.ask("read", &job, &Array::new()).await.ok()?, "text")
    }
}

async fn by_browser(photograph: &Blob) -> Option<String> {
    let maker: Function = Reflect::get(&js_sys::global(), &"BarcodeDetector".into()).ok()?.dyn_into().ok()?;
    let formats = js_sys::JSON::parse(r#"{"formats":["qr_code","code_128"]}"#).ok()?;
    let detector = Reflect::construct(&maker, &Array::of1(&formats)).ok()?;
    let bitmap = JsFuture::from(window().create_image_bitmap_with_blob(photograph).ok()?).await.ok()?;
    let detect: Function = Reflect::get(&detector, &"detect".into()).ok()?.dyn_into().ok()?;
    let found = JsFuture::from(detect.call1(&detector, &bitmap).ok()?.dyn_into::<Promise>().ok()?).await;
    bitmap.unchecked_into::<ImageBitmap>().close();
    let codes: Array = found.ok()?.dyn_into().ok()?;
    codes.iter().find_map(|code: JsValue| text(&code, "rawValue"))
}
