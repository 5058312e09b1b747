//! Forgetting everything: what the app has ever put on this device.

use std::pin::pin;

use futures_util::future::select;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::BroadcastChannel;

use super::store::Store;

/// Pages of ours hear each other under this name.
const CHANNEL: &str = "mot-cua";
const FORGET: &str = "forget";
/// A part that takes longer than this is held by another page; its content is gone already.
const PATIENCE_MS: u32 = 4_000;

/// Wipes the store, the caches, the worker that serves them, and what the tab and the browser remember under our name; other
/// pages of ours are told to let go of what they hold. The page has to be loaded anew after it.
///
/// `true` if nothing is left.
pub async fn everything(store: Option<&Store>) -> bool {
    if let Ok(others) = BroadcastChannel::new(CHANNEL) {
        let _ = others.post_message(&FORGET.into());
        others.close();
    }
    let emptied = match store {
        Some(store) => store.forget_everything().await.is_ok(),
        None => true,
    };
    for storage in [window().session_storage(), window().local_storage()].into_iter().flatten().flatten() {
        let _ = storage.clear();
    }
    let caches = Reflect::get(&window(), &"caches".into()).unwrap_or(JsValue::UNDEFINED);
    let names: Array =
        ask(&caches, "keys", &Array::new()).await.and_then(|names| names.dyn_into().ok()).unwrap_or_default();
    let mut cleared = true;
    for name in names {
        cleared &= ask(&caches, "delete", &Array::of1(&name)).await.is_some();
    }
    let workers = Reflect::get(&window().navigator(), &"serviceWorker".into()).unwrap_or(JsValue::UNDEFINED);
    let held: Array =
        ask(&workers, "getRegistrations", &Array::new()).await.and_then(|all| all.dyn_into().ok()).unwrap_or_default();
    for worker in held {
        cleared &= ask(&worker, "unregister", &Array::new()).await.is_some();
    }
    emptied && cleared
}

/// Calls something that promises an answer; `None` where there is no such thing, or it takes too long.
async fn ask(object: &JsValue, name: &str, arguments: &Array) -> Option<JsValue> {
    let call: Function = Reflect::get(object, &name.into()).ok()?.dyn_into().ok()?;
    let promise: Promise = call.apply(object, arguments).ok()?.dyn_into().ok()?;
    match select(pin!(JsFuture::from(promise)), TimeoutFuture::new(PATIENCE_MS)).await {
        futures_util::future::Either::Left((answer, _)) => answer.ok(),
        futures_util::future::Either::Right(_) => None,
    }
}

/// From now on this page goes back to the start, without writing anything more, when another one forgets everything.
pub fn watch() {
    let Ok(channel) = BroadcastChannel::new(CHANNEL) else { return };
    let heard = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(|event: web_sys::MessageEvent| {
        if event.data().as_string().as_deref() == Some(FORGET) {
            let _ = window().location().replace("/");
        }
    });
    channel.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
    // It hears as long as the page lives.
    std::mem::forget(channel);
}
