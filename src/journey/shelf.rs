//! The catalogue's shelf: what the portal told last time, shown at once, and refreshed behind it.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    catalogue::{
        case::Case,
        guide::{Drawing, Entry, Guide, PaperHint, Wording},
        procedure::{Named, Procedure, Summary},
        requirement::Requirement,
        search::{Index, MOST},
    },
    device::{clock, language},
    messages::say,
    portal::{
        Trouble,
        http::{Body, Browser, Method, Request, Transport},
    },
    shell::shell,
};

/// How many procedures are asked for at once.
const BATCH: usize = 100;

/// The catalogue, ready to be searched.
pub struct Shelf {
    pub procedures: Vec<Summary>,
    pub wording: Wording,
    pub index: Index,
    /// While more is coming from the portal: how many it will be.
    pub coming: Option<usize>,
    /// The language whose names it knows beside the Vietnamese ones.
    language: String,
}

/// Begins the line of the vocabulary, with the language; another name whenever words are numbered or phrases kept otherwise.
fn vocabulary_of(language: &str) -> String {
    format!("words-2 {language}\t")
}

impl Shelf {
    fn new(wording: &str, coming: Option<usize>) -> Shelf {
        let wording = Wording::read(wording);
        let index = Index::new(&wording.sayings);
        Shelf { index, procedures: Vec::new(), wording, coming, language: language::tag() }
    }

    /// The same list, to be searched in the page's language.
    fn in_language(&mut self) {
        self.language = language::tag();
        self.index = Index::new(&self.wording.sayings);
        let procedures = std::mem::take(&mut self.procedures);
        self.more(procedures);
    }

    /// From what the device keeps: the procedures, a line each with their part of the index, and the vocabulary.
    fn kept(text: &str) -> Shelf {
        let mut shelf = Shelf::new(text, None);
        let beginning = vocabulary_of(&shelf.language);
        let vocabulary = text.lines().find_map(|line| line.strip_prefix(&beginning));
        shelf.index = Index::again(&shelf.wording.sayings, vocabulary.unwrap_or_default());
        for line in text.lines() {
            let Some(procedure) = Summary::read(line) else { continue };
            match line.rsplit('\t').next().filter(|_| vocabulary.is_some()) {
                Some(phrases) => {
                    shelf.index.add_kept(&procedure.code, phrases);
                    shelf.procedures.push(procedure);
                }
                None => shelf.more(vec![procedure]),
            }
        }
        shelf
    }

    /// What the device keeps of it, without the wording.
    fn to_keep(&self) -> String {
        let mut text = String::new();
        for (at, procedure) in self.procedures.iter().enumerate() {
            text += &procedure.line();
            text += &self.index.kept(at);
            text.push('\n');
        }
        text + &vocabulary_of(&self.language) + &self.index.vocabulary() + "\n"
    }

    fn more(&mut self, procedures: Vec<Summary>) {
        for procedure in procedures {
            let guide = self.wording.guide(&procedure.code);
            self.index.add(&procedure, guide);
            if let Some(guide) = guide {
                self.index.also(&say(&guide.everyday_name));
            }
            self.procedures.push(procedure);
        }
    }

    pub fn everyday(&self, code: &str) -> Option<&Entry> {
        self.wording.guide(code)
    }

    /// The places in the list of the procedures that belong to an event in life.
    pub fn of_event(&self, event: &str) -> Vec<usize> {
        let belongs = |procedure: &Summary| {
            self.everyday(&procedure.code).is_some_and(|guide| guide.life_events.iter().any(|held| held == event))
        };
        (0..self.procedures.len()).filter(|at| belongs(&self.procedures[*at])).collect()
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

/// The device keeps the list under this name.
pub const CATALOGUE: &str = "catalogue";

thread_local! {
    /// The list, once a screen has asked for it: it outlives the screen.
    static LIST: Cell<Option<RwSignal<Known<Shelf>, LocalStorage>>> = const { Cell::new(None) };
}

/// All procedures of the portal with the guides' names for them. The list that is kept is shown first; where there is none,
/// what has come is shown while the rest is loading. The portal is asked once a page, and again after trouble.
pub fn catalogue() -> RwSignal<Known<Shelf>, LocalStorage> {
    let known = LIST.get().unwrap_or_else(|| shell().owner.with(|| RwSignal::new_local(Known::Not(Trouble::Offline))));
    if LIST.replace(Some(known)).is_some() && known.with_untracked(|known| !known.is_troubled()) {
        let other = |shelf: &Shelf| shelf.coming.is_none() && shelf.language != language::tag();
        if known.with_untracked(|known| matches!(known, Known::Here(shelf, _) if other(shelf))) {
            known.update_untracked(|known| {
                if let Known::Here(shelf, _) = known {
                    shelf.in_language();
                }
            });
        }
        return known;
    }
    known.set(Known::Loading);
    spawn_local(async move {
        let trouble = refresh(known).await.err();
        known.update(|known| match (known, trouble) {
            (Known::Here(shelf, said), trouble) => {
                shelf.coming = None;
                *said = trouble;
            }
            (known, Some(trouble)) => *known = Known::Not(trouble),
            _ => {}
        });
    });
    known
}

/// Shows the list that is kept, asks the portal for a newer one, and keeps that.
///
/// What is kept is text: a line for each procedure with its part of the index, the vocabulary of the index, what the office
/// says about them, and last the version: how many the portal had, a print of the first batch, the day. While that is the
/// same, so is the list.
async fn refresh(known: RwSignal<Known<Shelf>, LocalStorage>) -> Result<(), Trouble> {
    let store = shell().library();
    let mut kept = String::new();
    if let Some(store) = store
        // Read as any value: a reader of texts alone would cost the first download more than a kilobyte.
        && let Ok(Some(Value::String(copy))) = store.kept(CATALOGUE).await
    {
        kept = copy;
        known.set(Known::Here(Shelf::kept(&kept), None));
    }
    let mut wording = String::new();
    if let Some(text) = own_bytes("/guides/index.txt").await {
        wording = String::from_utf8(text).unwrap_or_default();
    }
    // While the list that is kept is shown, the newer one grows aside.
    let mut newer = None;
    let (mut have, mut total) = (0, MOST);
    while have < total {
        let (batch, count) = shell().portal.services(have, have + BATCH).await?;
        total = count.min(MOST);
        if have == 0 {
            wording += &format!("\n{count} {} {}", print(&batch), clock::now().0 / 86_400_000);
            if kept.ends_with(&wording) {
                return Ok(());
            }
            let empty = Shelf::new(&wording, Some(total));
            if kept.is_empty() {
                known.set(Known::Here(empty, None));
            } else {
                newer = Some(empty);
            }
        }
        if batch.is_empty() {
            break;
        }
        have += batch.len();
        match (&mut newer, &mut *known.write()) {
            (Some(shelf), _) | (None, Known::Here(shelf, _)) => shelf.more(batch),
            _ => {}
        }
    }
    if let Some(newer) = newer {
        known.set(Known::Here(newer, None));
    }
    let text = known.with_untracked(|known| match known {
        Known::Here(shelf, _) => shelf.to_keep() + &wording,
        _ => String::new(),
    });
    if let Some(store) = store {
        // Not kept is not lost: it is the portal's, and can be asked for again.
        let _ = store.keep(CATALOGUE, &text).await;
    }
    Ok(())
}

/// A print of a batch (FNV-1a over its codes and names).
fn print(batch: &[Summary]) -> u64 {
    let bytes = batch.iter().flat_map(|one| one.code.bytes().chain(one.name.bytes()));
    bytes.fold(0xcbf2_9ce4_8422_2325, |print, byte| (print ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// A procedure at hand: the portal's record, its cases at one place, and the guide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    pub procedure: Procedure,
    /// The cases, place by place, as the portal lists them.
    pub cases: Vec<(i64, Vec<CaseWithPapers>)>,
    /// Plain words for it, where the office wrote some.
    pub guide: Option<Guide>,
    /// How papers look.
    #[serde(default)]
    pub drawings: Vec<Drawing>,
}

/// A case and its papers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseWithPapers {
    pub case: Case,
    pub requirements: Vec<Requirement>,
}

impl Opened {
    /// The guide, where it was written by the law that the portal names now: only then its questions count.
    pub fn current_guide(&self) -> Option<&Guide> {
        self.guide.as_ref().filter(|guide| guide.is_as_new_as(&self.procedure.legal_basis))
    }

    pub fn cases_at(&self, place: i64) -> &[CaseWithPapers] {
        self.cases.iter().find(|(config, _)| *config == place).map_or(&[], |(_, cases)| cases)
    }
}

/// The device keeps a procedure under this name.
pub fn procedure_name(code: &str) -> String {
    format!("procedure/{code}")
}

/// The device keeps the wards under this name.
pub const WARDS: &str = "wards";

/// The wards of the province.
pub fn wards() -> RwSignal<Known<Vec<Named>>, LocalStorage> {
    fetch(WARDS.to_owned(), async || shell().portal.regions(Some(&shell().config.portal.province)).await)
}

/// A procedure with its places, cases and papers.
pub fn procedure(code: &str) -> RwSignal<Known<Opened>, LocalStorage> {
    let code = code.to_owned();
    fetch(procedure_name(&code), async move || {
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
        // A guide that cannot be followed is as good as none: the portal's list speaks for itself.
        let count = cases.first().map_or(0, |(_, cases)| cases.len());
        let guide = guide_of(&code).await.filter(|guide| guide.sound(count).is_ok());
        let drawings = own_file("/pictures/papers/index.json").await.unwrap_or_default();
        Ok(Opened { procedure, cases, guide, drawings })
    })
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

/// The papers of a template with what the guide says of them, by part.
pub type Papers = (Vec<Requirement>, BTreeMap<String, PaperHint>);

/// The papers of a template, where the device keeps them with their procedure: no request is spent on them then.
pub async fn kept_papers(service: &str, template: &str) -> Option<Papers> {
    let kept = shell().library()?.kept::<Opened>(&procedure_name(service)).await.ok()??;
    let case = kept.cases.into_iter().flat_map(|(_, cases)| cases).find(|case| case.case.template == template)?;
    let hints = kept.guide.map(|guide| guide.hints(&case.requirements)).unwrap_or_default();
    Some((case.requirements, hints))
}

/// The same asked of the portal.
///
/// # Errors
/// Why the portal does not say.
pub async fn papers(service: &str, template: &str) -> Result<Papers, Trouble> {
    let listed = shell().portal.requirements(template).await?;
    let guide = guide_of(service).await;
    let hints = guide.map(|guide| guide.hints(&listed)).unwrap_or_default();
    Ok((listed, hints))
}

/// The guide of a procedure, where there is one.
async fn guide_of(code: &str) -> Option<Guide> {
    own_file::<Guide>(&format!("/guides/{code}.json")).await.filter(|guide| guide.entry.procedure == code)
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
