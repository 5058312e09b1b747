//! The catalogue's shelf: what the portal told last time, shown at once, and refreshed behind it.

mod list;
mod procedure;

use std::cell::RefCell;

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

pub use list::{CATALOGUE, Shelf, catalogue};
pub use procedure::{CaseWithPapers, Opened, Papers, kept_papers, papers, procedure, procedure_name};

use crate::{
    catalogue::procedure::Named,
    portal::{
        Trouble,
        http::{Body, Browser, Method, Request, Transport},
    },
    shell::shell,
};

/// What a screen knows of something that is being fetched.
#[derive(Clone, Debug, PartialEq)]
pub enum Known<T> {
    Loading,
    /// Here it is; with trouble, it is the copy of an earlier visit.
    Here(T, Option<Trouble>),
    Not(Trouble),
}

impl<T> Known<T> {
    /// The portal did not give what was asked for.
    fn is_troubled(&self) -> bool {
        matches!(self, Known::Not(_) | Known::Here(_, Some(_)))
    }
}

/// What is known by now; tracked.
pub fn here<T: Clone + 'static>(known: RwSignal<Known<T>, LocalStorage>) -> Option<T> {
    known.with(|known| match known {
        Known::Here(value, _) => Some(value.clone()),
        _ => None,
    })
}

thread_local! {
    /// What the portal told since the page was opened; it is not asked twice.
    static FETCHED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Starts to fetch something; the signal tells how far it is. The copy kept under `name` is shown first, and stays if
/// the portal does not answer.
pub fn fetch<T, F>(name: String, ask: F) -> RwSignal<Known<T>, LocalStorage>
where
    T: Serialize + for<'a> Deserialize<'a> + Clone + PartialEq + 'static,
    F: AsyncFnOnce() -> Result<T, Trouble> + 'static,
{
    let known = RwSignal::new_local(Known::Loading);
    spawn_local(async move {
        let store = shell().library();
        let mut kept = None;
        if let Some(store) = store
            && let Ok(Some(copy)) = store.kept::<T>(&name).await
        {
            kept = Some(copy.clone());
            known.try_set(Known::Here(copy, None));
        }
        if kept.is_some() && FETCHED.with_borrow(|fetched| fetched.contains(&name)) {
            return;
        }
        match ask().await {
            Ok(fresh) => {
                FETCHED.with_borrow_mut(|fetched| fetched.push(name.clone()));
                if kept.as_ref() != Some(&fresh) {
                    if let Some(store) = store {
                        // Not kept is not lost: it is the portal's, and can be asked for again.
                        let _ = store.keep(&name, &fresh).await;
                    }
                    known.try_set(Known::Here(fresh, None));
                }
            }
            Err(trouble) => {
                known.try_set(match kept {
                    Some(copy) => Known::Here(copy, Some(trouble)),
                    None => Known::Not(trouble),
                });
            }
        }
    });
    known
}

/// The device keeps the wards under this name.
pub const WARDS: &str = "wards";

/// The wards of the province.
pub fn wards() -> RwSignal<Known<Vec<Named>>, LocalStorage> {
    fetch(WARDS.to_owned(), async || shell().portal.regions(Some(&shell().config.portal.province)).await)
}

/// Fetches something, waits until it has come or will not, and gives what `look` makes of it.
pub async fn settled<T: 'static, R>(
    fetch: impl FnOnce() -> RwSignal<Known<T>, LocalStorage>,
    look: impl FnOnce(&Known<T>) -> R,
) -> R {
    let owner = Owner::new();
    let known = owner.with(fetch);
    while known.with_untracked(|known| matches!(known, Known::Loading)) {
        TimeoutFuture::new(100).await;
    }
    let looked = known.with_untracked(look);
    owner.cleanup();
    looked
}

/// A JSON file of the app's own.
pub async fn own_file<T: for<'a> Deserialize<'a>>(path: &str) -> Option<T> {
    serde_json::from_slice(&own_bytes(path).await?).ok()
}

/// A file of the app's own.
pub async fn own_bytes(path: &str) -> Option<Vec<u8>> {
    let request = Request {
        method: Method::Get,
        url: path.to_owned(),
        headers: Vec::new(),
        body: Body::Nothing,
        may_be_cached: true,
    };
    let answer = Browser.carry(request).await.ok()?;
    (answer.status == 200).then_some(answer.bytes)
}
