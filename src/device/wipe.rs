//! Forgetting everything: what the app has ever put on this device.

use std::pin::pin;

use futures_util::future::select;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::BroadcastChannel;

use super::{store::Store, visit};

thread_local! {
    /// What this page hears the others by, as long as it lives.
    static LINE: std::cell::RefCell<Option<BroadcastChannel>> = const { std::cell::RefCell::new(None) };
}

/// Pages of ours hear each other under this name.
const CHANNEL: &str = "mot-cua";
const FORGET: &str = "forget";
/// Before the id of a space at a helper's desk.
const ENDED: &str = "ended/";
/// A part that takes longer than this is held by another page; its content is gone already.
const PATIENCE_MS: u32 = 4_000;

/// Wipes the store, the caches, the worker that serves them, and what the tab and the browser remember under our name; other
/// pages of ours are told to let go of what they hold. The page has to be loaded anew after it.
///
/// `true` if nothing is left.
pub async fn everything(store: Option<&Store>) -> bool {
    tell(FORGET);
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

/// Wipes what one person may have left on a device that others use after them: every database but `library`, what the tab and
/// the browser remember but for what the staff set (`settings`), every cache but the app's own files, cookies that scripts can
/// reach, the clipboard.
///
/// `true` if nothing is left.
pub async fn traces(library: &str, settings: &[&str]) -> bool {
    let mut gone = databases(|name| name != library).await;
    for storage in [window().session_storage(), window().local_storage()].into_iter().flatten().flatten() {
        let mut kept: Vec<(&str, String)> = Vec::new();
        for name in settings {
            kept.extend(storage.get_item(name).ok().flatten().map(|value| (*name, value)));
        }
        gone &= storage.clear().is_ok();
        for (name, value) in kept {
            let _ = storage.set_item(name, &value);
        }
    }
    let caches = Reflect::get(&window(), &"caches".into()).unwrap_or(JsValue::UNDEFINED);
    let names: Array =
        ask(&caches, "keys", &Array::new()).await.and_then(|names| names.dyn_into().ok()).unwrap_or_default();
    for name in names {
        if !name.as_string().is_some_and(|name| name.starts_with("app-")) {
            gone &= ask(&caches, "delete", &Array::of1(&name)).await.is_some();
        }
    }
    if let Some(page) = document().dyn_ref::<web_sys::HtmlDocument>() {
        for cookie in page.cookie().unwrap_or_default().split(';').filter_map(|pair| pair.split('=').next()) {
            let _ = page.set_cookie(&format!("{}=; Max-Age=0; Path=/", cookie.trim()));
        }
        gone &= page.cookie().is_ok_and(|left| left.is_empty());
    }
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).unwrap_or(JsValue::UNDEFINED);
    // Where it cannot be written, nothing of ours is in it: copying is switched off.
    ask(&clipboard, "writeText", &Array::of1(&" ".into())).await;
    gone
}

/// Deletes the databases whose names are `unwanted`; `true` if they are gone. Browsers that do not list them delete none.
pub async fn databases(unwanted: impl Fn(&str) -> bool) -> bool {
    let factory = Reflect::get(&window(), &"indexedDB".into()).unwrap_or(JsValue::UNDEFINED);
    let listed: Array =
        ask(&factory, "databases", &Array::new()).await.and_then(|all| all.dyn_into().ok()).unwrap_or_default();
    let mut gone = true;
    for one in listed {
        let name = Reflect::get(&one, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
        if unwanted(&name) {
            gone &= database(&name).await;
        }
    }
    gone
}

/// Deletes a database; `true` once it is gone.
pub async fn database(name: &str) -> bool {
    let asked = idb::Factory::new().and_then(|factory| factory.delete(name));
    match asked {
        Ok(deleting) => match select(pin!(deleting.into_future()), TimeoutFuture::new(PATIENCE_MS)).await {
            futures_util::future::Either::Left((gone, _)) => gone.is_ok(),
            futures_util::future::Either::Right(_) => false,
        },
        Err(_) => false,
    }
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
        let word = event.data().as_string().unwrap_or_default();
        if word == FORGET {
            visit::begin_anew();
        } else if visit::space().is_some_and(|space| word == format!("{ENDED}{space}")) {
            visit::leave_space();
            visit::enter_space(None);
        }
    });
    channel.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
    LINE.set(Some(channel));
}

/// Tells the other pages of ours that a person's space has ended: those that show it leave it.
pub fn tell_ended(space: &str) {
    tell(&format!("{ENDED}{space}"));
}

/// By the line that this page hears by, if it does: so it does not hear itself.
fn tell(word: &str) {
    LINE.with_borrow(|line| {
        let own = line.is_none().then(|| BroadcastChannel::new(CHANNEL).ok()).flatten();
        if let Some(line) = line.as_ref().or(own.as_ref()) {
            let _ = line.post_message(&word.into());
        }
        if let Some(own) = own {
            own.close();
        }
    });
}
