//! The browser's own way to make bytes fewer (DEFLATE in the zlib form, RFC 1950), and back.

use js_sys::{Array, ArrayBuffer, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Response};

/// Fewer bytes; `None` where the browser cannot.
pub async fn squeezed(bytes: &[u8]) -> Option<Vec<u8>> {
    through("CompressionStream", bytes).await
}

/// The bytes again; `None` for what was not squeezed.
pub async fn unsqueezed(bytes: &[u8]) -> Option<Vec<u8>> {
    through("DecompressionStream", bytes).await
}

async fn through(kind: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let maker: Function = Reflect::get(&js_sys::global(), &kind.into()).ok()?.dyn_into().ok()?;
    let stream = Reflect::construct(&maker, &Array::of1(&"deflate".into())).ok()?;
    let blob = Blob::new_with_buffer_source_sequence(&Array::of1(&Uint8Array::from(bytes))).ok()?;
    let source = call(&blob, "stream", &Array::new())?;
    let out = call(&source, "pipeThrough", &Array::of1(&stream))?;
    let answer = Response::new_with_opt_readable_stream(Some(out.unchecked_ref())).ok()?;
    let buffer: ArrayBuffer = JsFuture::from(answer.array_buffer().ok()?).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn call(object: &JsValue, name: &str, arguments: &Array) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()?.dyn_into::<Function>().ok()?.apply(object, arguments).ok()
}
