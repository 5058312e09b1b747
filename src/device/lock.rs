//! One hand at a time: what a lock guards is done by one page of this browser, however many are open (Web Locks).

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;

/// A lock that is held until this is dropped. Where the browser has none, it is held all the same.
pub struct Held(Option<Function>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Takes the lock of this name if nobody has it; `None` if another page does. The browser frees it when this page ends,
/// however that comes.
pub async fn take(name: &str) -> Option<Held> {
    ask(name, true).await
}

/// Waits until the lock of this name is free, and takes it. Who asked first has it first.
pub async fn turn(name: &str) -> Held {
    ask(name, false).await.unwrap_or(Held(None))
}

async fn ask(name: &str, if_available: bool) -> Option<Held> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object);
    let ask = locks.as_ref().and_then(|locks| Reflect::get(locks, &"request".into()).ok()?.dyn_into::<Function>().ok());
    let (Some(locks), Some(ask)) = (locks, ask) else { return Some(Held(None)) };
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &if_available.into());
    let mut told = None;
    let given = Promise::new(&mut |resolve, _| told = Some(resolve));
    let told = told?;
    let answer = told.clone();
    // Called with the lock, or with null; the lock is held while the promise that it gives is open.
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let mut release = None;
        let open = Promise::new(&mut |resolve, _| release = Some(resolve));
        let held = lock.is_object();
        let _ = answer.call1(&JsValue::NULL, &release.filter(|_| held).map_or(JsValue::NULL, JsValue::from));
        if held { open.into() } else { JsValue::UNDEFINED }
    });
    let asked: Promise = ask.call3(&locks, &name.into(), &options, &granted).ok()?.dyn_into().ok()?;
    // A browser that refuses locks here answers by failing, and never calls.
    let refused = Closure::once_into_js(move |_: JsValue| told.call1(&JsValue::NULL, &JsValue::UNDEFINED));
    let _ = Reflect::get(&asked, &"catch".into())
        .ok()
        .and_then(|catch| catch.dyn_into::<Function>().ok()?.call1(&asked, &refused).ok());
    match JsFuture::from(given).await.ok()? {
        refused if refused.is_undefined() => Some(Held(None)),
        release => release.dyn_into().ok().map(|release| Held(Some(release))),
    }
}
