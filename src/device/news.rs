//! A word on the phone's own list of notifications.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::language;

/// Whether the citizen may be told something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    Given,
    NotAsked,
    Denied,
    /// The browser has no such list.
    Missing,
}

fn maker() -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &"Notification".into()).ok().filter(JsValue::is_function)
}

pub fn leave() -> Leave {
    let said = maker().and_then(|maker| Reflect::get(&maker, &"permission".into()).ok()?.as_string());
    match said.as_deref() {
        Some("granted") => Leave::Given,
        Some("denied") => Leave::Denied,
        Some(_) => Leave::NotAsked,
        None => Leave::Missing,
    }
}

/// Asks for leave; to be called when the citizen pressed something.
pub async fn ask() -> Leave {
    let asked = || -> Option<Promise> {
        let maker = maker()?;
        let ask: Function = Reflect::get(&maker, &"requestPermission".into()).ok()?.dyn_into().ok()?;
        ask.call0(&maker).ok()?.dyn_into().ok()
    };
    if let Some(asked) = asked() {
        let _ = JsFuture::from(asked).await;
    }
    leave()
}

/// Shows a line. What has the same `tag` replaces it. Through the service worker: phones allow no other way.
pub async fn show(title: &str, body: &str, tag: &str) {
    let options = Object::new();
    for (name, value) in [("body", body), ("tag", tag), ("lang", &language::tag()), ("icon", "/icons/192.png")] {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let Some(registration) = registration().await else { return };
    let show = Reflect::get(&registration, &"showNotification".into()).ok();
    if let Some(show) = show.and_then(|show| show.dyn_into::<Function>().ok()) {
        let _ = show.call2(&registration, &title.into(), &options);
    }
}

/// Under this name the browser wakes the service worker.
const TAG: &str = "news";
/// Not more often than this; the browser decides, and wakes it less for apps that are seldom used.
const EVERY_MS: u32 = 6 * 3_600_000;

async fn registration() -> Option<JsValue> {
    let workers = Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?;
    JsFuture::from(Reflect::get(&workers, &"ready".into()).ok()?.dyn_into::<Promise>().ok()?).await.ok()
}

/// Whether this browser wakes service workers from time to time.
pub fn can_be_woken() -> bool {
    let maker = Reflect::get(&js_sys::global(), &"ServiceWorkerRegistration".into()).unwrap_or(JsValue::UNDEFINED);
    let form = Reflect::get(&maker, &"prototype".into()).unwrap_or(JsValue::UNDEFINED);
    form.is_object() && Reflect::has(&form, &"periodicSync".into()).unwrap_or(false)
}

/// Asks the browser to wake the service worker, or not to any more. It may say no: then there is news while the app is open.
pub async fn wake(wished: bool) {
    if !can_be_woken() {
        return;
    }
    let asked = async {
        let sync = Reflect::get(&registration().await?, &"periodicSync".into()).ok()?;
        let method = if wished { "register" } else { "unregister" };
        let ask: Function = Reflect::get(&sync, &method.into()).ok()?.dyn_into().ok()?;
        let options = Object::new();
        let _ = Reflect::set(&options, &"minInterval".into(), &EVERY_MS.into());
        let answer = ask.call2(&sync, &TAG.into(), &options).ok()?.dyn_into::<Promise>().ok()?;
        JsFuture::from(answer).await.ok()
    };
    asked.await;
}
