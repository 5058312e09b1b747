//! The start of a download: first what the app needs to speak and to keep, then the screens.

use std::cell::RefCell;

use futures_util::future::LocalBoxFuture;
use leptos::{
    mount::mount_to,
    prelude::{Owner, RwSignal, document, window},
};
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use crate::{
    app,
    config::{Config, Mode},
    device::{
        scanner::Scanner,
        store::{OWN, Store, StoreError},
        visit, warden,
    },
    journey::shelf::{own_bytes, own_file},
    messages,
    portal::{Portal, http::Browser},
    route::Route,
    shell::{self, Shell, SignIn},
    widgets::element::{El, View},
};

/// A download: what it can show, and how it begins.
pub struct Part {
    pub screens: fn(Route) -> Option<El>,
    /// What stands around the screens, beside header and footer.
    pub frame: fn() -> El,
    /// The attributes of the page's link to the messages that name the tables to learn.
    pub tables: &'static [&'static str],
    /// Whether devices that several people use in turn begin with this download, or all others do.
    pub is_shared: bool,
    /// Opens the citizen's own store, and the one for what is everybody's where that is another one.
    /// What `config.json` holds is given with it.
    pub stores: fn(Value, Mode) -> LocalBoxFuture<'static, Stores>,
    /// How to sign in in this mode, where not by the form at hand.
    pub sign_in: fn(Mode) -> Option<SignIn>,
    /// What is done once the screen stands.
    pub then: fn(),
}

/// The citizen's own store, and the one for what is everybody's where that is another one.
pub type Stores = (Result<Store, StoreError>, Option<Result<Store, StoreError>>);

/// The store of a citizen's own device.
pub fn own_store(_: Value, _: Mode) -> LocalBoxFuture<'static, Stores> {
    Box::pin(async { (Store::open(OWN).await, None) })
}

/// Opens the page with a download.
pub fn start(part: Part) {
    warden::watch();
    spawn_local(open(part));
}

/// Does without a screen what a download does once its screen stands: it was fetched behind the screens of another one.
pub fn behind(part: Part) {
    spawn_local(async move {
        // Leptos is set going by what is mounted: here nothing, in no place.
        if let Ok(nowhere) = document().create_element("div") {
            mount_to(nowhere.unchecked_into(), || ()).forget();
        }
        let (file, config, mode) = setting().await;
        let stores = (part.stores)(file, mode).await;
        install(&part, config, mode, stores);
        (part.then)();
    });
}

/// What `config.json` holds, what the deployment sets with it, and the mode.
async fn setting() -> (Value, Config, Mode) {
    let file: Value = own_file("/config.json").await.unwrap_or_default();
    let config = Config::read(&file);
    let mode = visit::mode().unwrap_or(config.mode);
    (file, config, mode)
}

async fn open(part: Part) {
    let (file, config, mode) = setting().await;
    if mode.is_shared() != part.is_shared {
        visit::stay_in(mode);
        let _ = window().location().reload();
        return;
    }
    let mut learnt = true;
    for table in part.tables {
        let address = document().get_element_by_id("messages").and_then(|link| link.get_attribute(table));
        learnt &= own_bytes(&address.unwrap_or_default()).await.is_some_and(|table| messages::learn(&table));
    }
    let root = document().get_element_by_id("app").filter(|_| learnt);
    // Without words there is nothing to show; the page's own notice says what to do.
    let root: web_sys::HtmlElement = root.expect("the message table loads").unchecked_into();
    let stores = (part.stores)(file, mode).await;
    install(&part, config, mode, stores);
    root.set_inner_html("");
    let page = root.clone();
    mount_to(root, move || app::page(part.frame).put(&page)).forget();
    // The boot file waits for this word.
    if let Ok(ready) = web_sys::Event::new("app-ready") {
        let _ = window().dispatch_event(&ready);
    }
    (part.then)();
}

fn install(part: &Part, config: Config, mode: Mode, (store, library): Stores) {
    let owner = Owner::new();
    owner.set();
    shell::install(Shell {
        screens: part.screens,
        sign_in: (part.sign_in)(mode),
        portal: Portal::new(Browser, &config.portal.address, config.portal.group, liferay_token()),
        config,
        mode,
        store,
        library,
        scanner: Scanner::default(),
        route: RwSignal::new(app::here()),
        language: RwSignal::new(0),
        trail: RefCell::default(),
        said: RwSignal::new(String::new()),
        drafts: RefCell::default(),
        sent: RwSignal::new(0),
        owner,
    });
}

/// The token of a Liferay page that hosts the app, if one does.
fn liferay_token() -> Option<String> {
    let liferay = js_sys::Reflect::get(&js_sys::global(), &"Liferay".into()).ok().filter(|value| value.is_object())?;
    js_sys::Reflect::get(&liferay, &"authToken".into()).ok()?.as_string()
}
