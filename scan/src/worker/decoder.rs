//! Photographs in planes, from browsers that hand them out (WebCodecs' ImageDecoder).

use js_sys::{Object, Promise, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use super::{Facts, get, set};
use crate::{
    fit, jpeg,
    jpeg::Orientation,
    planes::{Plane, Planes},
    sniff::Kind,
};

// web-sys has these only behind its flag for unstable interfaces.
#[wasm_bindgen]
extern "C" {
    type ImageDecoder;

    #[wasm_bindgen(constructor, catch)]
    fn new(init: &Object) -> Result<ImageDecoder, JsValue>;

    #[wasm_bindgen(method)]
    fn decode(this: &ImageDecoder) -> Promise;

    #[wasm_bindgen(method)]
    fn close(this: &ImageDecoder);

    type VideoFrame;

    #[wasm_bindgen(method, getter)]
    fn format(this: &VideoFrame) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = "colorSpace")]
    fn color_space(this: &VideoFrame) -> JsValue;

    #[wasm_bindgen(method, catch, js_name = "allocationSize")]
    fn allocation_size(this: &VideoFrame) -> Result<u32, JsValue>;

    #[wasm_bindgen(method, js_name = "copyTo")]
    fn copy_to(this: &VideoFrame, bytes: &Uint8Array) -> Promise;

    #[wasm_bindgen(method, catch)]
    fn close(this: &VideoFrame) -> Result<(), JsValue>;
}

/// Decodes a JPEG file into its planes; `None` where the file has others than 4:2:0, or the browser hands out none.
/// Either way the canvas can still try.
pub async fn planes(file: &Uint8Array, jpeg: &[u8], Facts { kind, size, held }: Facts) -> Option<Planes> {
    if kind != Kind::Jpeg || size.0.saturating_mul(size.1) > fit::LARGE || !jpeg::halves_colour(jpeg) {
        return None;
    }
    let init = Object::new();
    set(&init, "data", file);
    set(&init, "type", "image/jpeg");
    let decoder = ImageDecoder::new(&init).ok()?;
    let decoded = JsFuture::from(decoder.decode()).await;
    decoder.close();
    let frame: VideoFrame = get(&decoded.ok()?, "image").unchecked_into();
    let copied = copied(&frame, size).await;
    let _ = frame.close();
    let (bytes, planes) = copied?;
    Planes::new(bytes, planes, size, held.map_or((0, false), Orientation::turn))
}

/// The bytes of a frame, if they are planes as JPEG has them.
async fn copied(frame: &VideoFrame, size: (usize, usize)) -> Option<(Vec<u8>, [Plane; 3])> {
    let number = |object: &JsValue, name: &str| get(object, name).as_f64().map(|number| number as usize);
    let seen = get(frame.as_ref(), "visibleRect");
    let whole = number(&seen, "width") == Some(size.0) && number(&seen, "height") == Some(size.1);
    let full_range = get(&frame.color_space(), "fullRange").is_truthy();
    if frame.format().as_deref() != Some("I420") || !whole || !full_range {
        return None;
    }
    // The frame is copied right into this program's memory. Should that grow meanwhile, the view goes stale, the browser
    // refuses to copy, and the canvas does the work.
    let mut bytes = vec![0; frame.allocation_size().ok()? as usize];
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let view =
        Uint8Array::new_with_byte_offset_and_length(&memory.buffer(), bytes.as_mut_ptr() as u32, bytes.len() as u32);
    let layout = JsFuture::from(frame.copy_to(&view)).await.ok()?;
    let plane = |n: u32| {
        let plane = Reflect::get_u32(&layout, n).ok()?;
        Some(Plane { offset: number(&plane, "offset")?, stride: number(&plane, "stride")? })
    };
    Some((bytes, [plane(0)?, plane(1)?, plane(2)?]))
}
