//! The catalogue's shelf: what the portal told last time, shown at once, and refreshed behind it.

use std::cell::RefCell;

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use crate::{
    catalogue::{
        case::Case,
        guide::{Entry, Guide},
        procedure::{Procedure, Summary},
        requirement::Requirement,
    },
    portal::{
        Trouble,
        http::{Body, Browser, Method, Request, Transport},
    },
    shell::shell,
};

/// How many procedures are asked for at once.
const BATCH: usize = 100;
/// The most procedures that are listed: one and a half times the national catalogue.
const MOST: usize = 10_000;

/// All procedures, and the guides' index.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    pub procedures: Vec<Summary>,
    pub guides: Vec<Entry>,
}

impl Catalogue {
    pub fn everyday(&self, code: &str) -> Option<&Entry> {
        self.guides.iter().find(|guide| guide.procedure == code)
    }
}

/// What a screen knows of something that is being fetched.
#[derive(Clone, Debug, PartialEq)]
pub enum Known<T> {
    Loading,
    /// Here it is; with trouble, it is the copy of an earlier visit.
    Here(T, Option<Trouble>),
    Not(Trouble),
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
        let store = shell().store.as_ref().ok();
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

/// All procedures of the portal with the guides' names for them.
pub fn catalogue() -> RwSignal<Known<Catalogue>, LocalStorage> {
    fetch("catalogue".to_owned(), async || {
        let portal = &shell().portal;
        let guides = own_file::<Vec<Entry>>("/guides/index.json").await.unwrap_or_default();
        let (mut procedures, total) = portal.services(0, BATCH).await?;
        while procedures.len() < total.min(MOST) {
            let (more, _) = portal.services(procedures.len(), procedures.len() + BATCH).await?;
            if more.is_empty() {
                break;
            }
            procedures.extend(more);
        }
        Ok(Catalogue { procedures, guides })
    })
}

/// A procedure at hand: the portal's record, its cases at one place, and the guide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    pub procedure: Procedure,
    /// The cases, place by place, as the portal lists them.
    pub cases: Vec<(i64, Vec<CaseWithPapers>)>,
    /// Plain words for it, where the office wrote some.
    pub guide: Option<Guide>,
}

/// A case and its papers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseWithPapers {
    pub case: Case,
    pub requirements: Vec<Requirement>,
}

impl Opened {
    pub fn cases_at(&self, place: i64) -> &[CaseWithPapers] {
        self.cases.iter().find(|(config, _)| *config == place).map_or(&[], |(_, cases)| cases)
    }
}

/// A procedure with its places, cases and papers.
pub fn procedure(code: &str) -> RwSignal<Known<Opened>, LocalStorage> {
    let code = code.to_owned();
    fetch(format!("procedure/{code}"), async move || {
        let portal = &shell().portal;
        let procedure = portal.service(&code).await?;
        let mut known: Vec<CaseWithPapers> = Vec::new();
        let mut cases = Vec::new();
        for place in &procedure.places {
            let mut here = Vec::new();
            for case in portal.cases(place.config).await? {
                // Agencies share templates; each is read once.
                let requirements = match known.iter().find(|held| held.case.template == case.template) {
                    Some(held) => held.requirements.clone(),
                    None => portal.requirements(&case.template).await?,
                };
                let case = CaseWithPapers { case, requirements };
                known.push(case.clone());
                here.push(case);
            }
            cases.push((place.config, here));
        }
        Ok(Opened { procedure, cases, guide: own_file(&format!("/guides/{code}.json")).await })
    })
}

/// A JSON file of the app's own.
pub async fn own_file<T: for<'a> Deserialize<'a>>(path: &str) -> Option<T> {
    serde_json::from_slice(&own_bytes(path).await?).ok()
}

/// A file of the app's own.
pub async fn own_bytes(path: &str) -> Option<Vec<u8>> {
    let request =
        Request { method: Method::Get, url: path.to_owned(), headers: Vec::new(), body: Body::Nothing, progress: None };
    let answer = Browser.carry(request).await.ok()?;
    (answer.status == 200).then_some(answer.bytes)
}
