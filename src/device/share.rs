//! Handing something on: printing the page, the phone's share sheet, the clipboard.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Element, File, FilePropertyBag, NodeList, ShareData, window};

/// Opens the browser's print dialogue for the page.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// The same with what is folded on the screen but belongs on paper: the whole log, the code to go on with.
pub fn print_all() {
    unfold();
    print();
}

fn unfold() {
    let folded = window()
        .and_then(|window| window.document())
        .and_then(|page| page.query_selector_all("details.log, details.code").ok());
    for at in 0..folded.as_ref().map_or(0, NodeList::length) {
        let one = folded.as_ref().and_then(|folded| folded.item(at)).and_then(|one| one.dyn_into::<Element>().ok());
        if let Some(one) = one {
            let _ = one.set_attribute("open", "");
        }
    }
}

/// The same for a receipt printer's strip, 80 mm wide.
pub fn print_strip() {
    let root = window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        unfold();
        let _ = root.class_list().add_1("strip");
        print();
        let _ = root.class_list().remove_1("strip");
    }
}

/// How a text left the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Through the phone's share sheet.
    Sheet,
    /// Copied, since this browser has no share sheet.
    Copied,
    /// The person closed the sheet, or the browser refused.
    Not,
}

/// Offers a file to the phone's share sheet; `Not` where it takes no files.
pub async fn share_file(file: &Blob, name: &str) -> Shared {
    let Some(navigator) = window().map(|window| window.navigator()) else { return Shared::Not };
    let kind = FilePropertyBag::new();
    kind.set_type(&file.type_());
    let Ok(file) = File::new_with_blob_sequence_and_options(&Array::of1(file), name, &kind) else { return Shared::Not };
    let data = ShareData::new();
    data.set_files(&Array::of1(&file));
    let can: Option<Function> = Reflect::get(&navigator, &"canShare".into()).ok().and_then(|can| can.dyn_into().ok());
    if !can.is_some_and(|can| can.call1(&navigator, &data).is_ok_and(|can| can.is_truthy())) {
        return Shared::Not;
    }
    match JsFuture::from(navigator.share_with_data(&data)).await {
        Ok(_) => Shared::Sheet,
        Err(_) => Shared::Not,
    }
}

/// Offers a text to the phone's share sheet; copies it where there is none.
pub async fn share(title: &str, text: &str) -> Shared {
    let Some(navigator) = window().map(|window| window.navigator()) else {
        return Shared::Not;
    };
    let can_share = Reflect::get(&navigator, &"share".into()).is_ok_and(|share| share.is_instance_of::<Function>());
    if can_share {
        let data = ShareData::new();
        data.set_title(title);
        data.set_text(text);
        return match JsFuture::from(navigator.share_with_data(&data)).await {
            Ok(_) => Shared::Sheet,
            Err(_) => Shared::Not,
        };
    }
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).unwrap_or(JsValue::UNDEFINED);
    if clipboard.is_undefined() {
        return Shared::Not;
    }
    match JsFuture::from(navigator.clipboard().write_text(text)).await {
        Ok(_) => Shared::Copied,
        Err(_) => Shared::Not,
    }
}
