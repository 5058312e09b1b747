//! The worker that reads citizen cards. Job `read`: `{id, op, file}` → `{id, text}`, or `{id}` where there is no code.

use js_sys::Object;
use scan::{
    code,
    worker::{canvas::Canvas, get, read, serve, set},
};
use wasm_bindgen::JsValue;

fn main() {
    serve(async |job: JsValue, answer: Object| {
        if let Some(photo) = read::<Canvas>(&get(&job, "file")).await?
            && let Some(text) = code::read(&photo)?
        {
            set(&answer, "text", text);
        }
        Ok(())
    });
}
