//! What the browser says of the network. It knows little: *online* only means that there is some network.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Whether there is a network at all.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// What the browser says of the connection, by name; `undefined` where it says nothing.
fn connection(name: &str) -> JsValue {
    let field = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
    web_sys::window().map_or(JsValue::UNDEFINED, |window| field(&field(&window.navigator(), "connection"), name))
}

/// Whether each byte may cost the citizen money: a mobile network, or the wish to save data. Browsers that say nothing of
/// the kind of network count as free of charge.
pub fn is_metered() -> bool {
    connection("saveData").is_truthy() || connection("type").as_string().as_deref() == Some("cellular")
}

/// Whether the browser tells what kind of network it is.
pub fn tells_kind() -> bool {
    connection("type").is_string()
}
