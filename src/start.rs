//! The start of either download: first what the app needs to speak and to keep, then the screens.

use std::cell::RefCell;

use leptos::{
    mount::mount_to,
    prelude::{Owner, RwSignal, document, window},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use crate::{
    app,
    config::Config,
    device::{
        scanner::Scanner,
        store::{OWN, Store},
        warden,
    },
    journey::shelf::{own_bytes, own_file},
    messages,
    portal::{Portal, http::Browser},
    route::Route,
    shell::{self, Shell},
    widgets::element::{El, View},
};

/// Opens the page with the screens of this download. `tables` are the attributes of the page's link to the messages that
/// name the tables to learn.
/// `then` is done once the screen stands.
pub fn start(screens: fn(Route) -> Option<El>, tables: &'static [&'static str], then: fn()) {
    warden::watch();
    spawn_local(open(screens, tables, then));
}

async fn open(screens: fn(Route) -> Option<El>, tables: &'static [&'static str], then: fn()) {
    let config = Config::read(&own_file("/config.json").await.unwrap_or_default());
    let mut learnt = true;
    for table in tables {
        let address = document().get_element_by_id("messages").and_then(|link| link.get_attribute(table));
        learnt &= own_bytes(&address.unwrap_or_default()).await.is_some_and(|table| messages::learn(&table));
    }
    let root = document().get_element_by_id("app").filter(|_| learnt);
    // Without words there is nothing to show; the page's own notice says what to do.
    let root: web_sys::HtmlElement = root.expect("the message table loads").unchecked_into();
    let store = Store::open(OWN).await;
    let owner = Owner::new();
    owner.set();
    shell::install(Shell {
        screens,
        portal: Portal::new(Browser, &config.portal.address, config.portal.group, liferay_token()),
        config,
        store,
        scanner: Scanner::default(),
        route: RwSignal::new(app::here()),
        said: RwSignal::new(String::new()),
        drafts: RefCell::default(),
        sent: RwSignal::new(0),
        owner,
    });
    root.set_inner_html("");
    let page = root.clone();
    mount_to(root, move || app::page().put(&page)).forget();
    // The boot file waits for this word.
    if let Ok(ready) = web_sys::Event::new("app-ready") {
        let _ = window().dispatch_event(&ready);
    }
    then();
}

/// The token of a Liferay page that hosts the app, if one does.
fn liferay_token() -> Option<String> {
    let liferay = js_sys::Reflect::get(&js_sys::global(), &"Liferay".into()).ok().filter(|value| value.is_object())?;
    js_sys::Reflect::get(&liferay, &"authToken".into()).ok()?.as_string()
}
