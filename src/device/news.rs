//! A word on the phone's own list of notifications.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

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
    for (name, value) in [("body", body), ("tag", tag), ("lang", "vi"), ("icon", "/icons/192.png")] {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let workers = Reflect::get(&window().navigator(), &"serviceWorker".into()).unwrap_or(JsValue::UNDEFINED);
    let Some(ready) = Reflect::get(&workers, &"ready".into()).ok().and_then(|ready| ready.dyn_into::<Promise>().ok())
    else {
        return;
    };
    let Ok(registration) = JsFuture::from(ready).await else { return };
    let show = Reflect::get(&registration, &"showNotification".into()).ok();
    if let Some(show) = show.and_then(|show| show.dyn_into::<Function>().ok()) {
        let _ = show.call2(&registration, &title.into(), &options);
    }
}
