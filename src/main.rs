//! Mounts the app on the page: first what it needs to speak and to keep, then the screens.

use leptos::{
    mount::mount_to,
    prelude::{RwSignal, document},
    task::spawn_local,
};
use mot_cua::{
    app,
    config::Config,
    device::{scanner::Scanner, store::Store, warden},
    journey::shelf::own_file,
    messages,
    portal::{Portal, http::Browser},
    shell::{self, Shell},
};
use wasm_bindgen::JsCast;

fn main() {
    warden::watch();
    spawn_local(start());
}

async fn start() {
    let config: Config = own_file("/config.json").await.unwrap_or_default();
    let table = document().get_element_by_id("messages").and_then(|link| link.get_attribute("href"));
    let table: Option<serde_json::Value> = own_file(&table.unwrap_or_default()).await;
    let (Some(table), Some(root)) = (table, document().get_element_by_id("app")) else {
        // Without words there is nothing to show; the page's own notice says what to do.
        panic!("the message table did not load");
    };
    messages::learn(&table.to_string());
    let store = Store::open().await;
    shell::install(Shell {
        portal: Portal::new(Browser, &config.portal.address, config.portal.group, liferay_token()),
        config,
        store,
        scanner: Scanner::default(),
        route: RwSignal::new(app::here()),
        said: RwSignal::new(String::new()),
        citizen: RwSignal::new(None),
    });
    root.set_inner_html("");
    mount_to(root.unchecked_into(), app::page).forget();
}

/// The token of a Liferay page that hosts the app, if one does.
fn liferay_token() -> Option<String> {
    let liferay = js_sys::Reflect::get(&js_sys::global(), &"Liferay".into()).ok().filter(|value| value.is_object())?;
    js_sys::Reflect::get(&liferay, &"authToken".into()).ok()?.as_string()
}
