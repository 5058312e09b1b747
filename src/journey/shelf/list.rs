//! The list of all procedures, ready to be searched: kept as text with its index, and refreshed behind it.

use std::cell::Cell;

use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;

use super::{Known, own_bytes};
use crate::{
    catalogue::{
        guide::{Entry, Wording},
        procedure::Summary,
        search::{Index, MOST},
    },
    device::{clock, language},
    messages::say,
    portal::Trouble,
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
