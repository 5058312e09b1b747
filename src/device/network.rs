//! What the browser says of the network. It knows little: *online* only means that there is some network.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Whether there is a network at all.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Whether each byte may cost the citizen money: a mobile network, or the wish to save data. Browsers that say nothing of
/// the kind of network count as free of charge.
pub fn is_metered() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let Ok(connection) = Reflect::get(&window.navigator(), &"connection".into()) else { return false };
    let field = |name: &str| Reflect::get(&connection, &name.into()).unwrap_or(JsValue::UNDEFINED);
    connection.is_object()
        && (field("saveData").is_truthy() || field("type").as_string().as_deref() == Some("cellular"))
}

/// Whether the browser tells what kind of network it is.
pub fn tells_kind() -> bool {
    let connection = web_sys::window().and_then(|window| Reflect::get(&window.navigator(), &"connection".into()).ok());
    connection.is_some_and(|connection| {
        connection.is_object() && Reflect::get(&connection, &"type".into()).is_ok_and(|kind| kind.is_string())
    })
}
