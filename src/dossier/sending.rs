//! Sending a dossier so that it arrives once and whole, or is known not to have arrived.
//!
//! Every step asks the portal first what it holds already, and does only what is missing. So any step can be cut,
//! repeated or answered late, and the run can start again from the beginning at any time: the result is one dossier
//! with each file once. *Sent* is said only after the portal's own list shows every file.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::{
    draft::Draft,
    paper::PaperFile,
    receipt::{HeldFile, Receipt},
};

/// How far the sending of a draft has come. Kept on the device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sending {
    /// Not begun.
    #[default]
    Draft,
    /// The portal was asked to open it; its answer may have been lost.
    Opening,
    /// Begun: the portal holds an unsent dossier under this id, with some of the files.
    Begun(i64),
    /// The portal holds all of it and has taken it in.
    Sent(Box<Receipt>),
}

/// What the portal says of a dossier when it is opened for sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// A draft at the portal, waiting for files.
    Open(i64),
    /// It was sent before; only the answer was lost.
    AlreadySent(i64),
}

/// What sending needs of a portal. Each call may be repeated without harm.
#[allow(async_fn_in_trait)] // One thread, in the browser as in the tests.
pub trait Office {
    type Error;
    /// Finds the dossier that carries the draft's id, or creates it, and writes the people into it. For an answer to what the
    /// office asked: finds the dossier that it answers.
    async fn open(&self, draft: &Draft) -> Result<Opened, Self::Error>;
    /// The bytes of a file that the portal holds; empty if it holds none.
    async fn content(&self, dossier: i64, upload: &str) -> Result<Vec<u8>, Self::Error>;
    /// The files that the portal holds of a dossier.
    async fn held(&self, dossier: i64) -> Result<Vec<HeldFile>, Self::Error>;
    /// Hands in one file; `progress` hears the bytes that have left.
    async fn attach(
        &self,
        dossier: i64,
        draft: &Draft,
        file: &PaperFile,
        progress: &dyn Fn(u64),
    ) -> Result<(), Self::Error>;
    /// Takes back a file that does not belong to the draft.
    async fn remove(&self, dossier: i64, upload: &str) -> Result<(), Self::Error>;
    /// Says that the dossier is complete and is to be taken in.
    async fn submit(&self, dossier: i64, draft: &Draft) -> Result<(), Self::Error>;
    /// Reads the receipt's facts, without the files.
    async fn receipt(&self, dossier: i64, draft: &Draft) -> Result<Receipt, Self::Error>;
}

/// What happens during sending, told as it happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    Opening,
    /// File `at` (from 0) of `of`: `sent` of its `bytes` have left. Of all files, the portal has `done` bytes of `total`.
    Attaching {
        at: usize,
        of: usize,
        sent: u64,
        bytes: u64,
        done: u64,
        total: u64,
    },
    /// The portal's list is looked at; of so many files, the portal's copies of `same` were compared with the device's.
    Checking {
        same: usize,
        of: usize,
    },
    Submitting,
}

impl News {
    /// How far along this is: more than everything that comes before it.
    pub fn stage(&self) -> usize {
        match self {
            News::Opening => 0,
            News::Attaching { at, .. } => 1 + at,
            News::Checking { .. } => usize::MAX - 1,
            News::Submitting => usize::MAX,
        }
    }
}

/// What a run of sending may take for granted, and what it has to make sure of.
pub struct Care<'a> {
    /// The files (by upload id) that were read back from the portal and found to be the same, over all runs; `None` where
    /// reading back is too dear.
    pub read_back: Option<&'a RefCell<Vec<String>>>,
    /// Whether the draft is still what it was when this run began.
    pub unchanged: &'a dyn Fn() -> bool,
}

/// Why sending stopped. Nothing is lost: the next run goes on from what the portal holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped<E> {
    Portal(E),
    /// After all uploads the portal's list still lacks these files (by part number).
    Incomplete(Vec<String>),
    /// The device could not write down the portal's id. Going on might end in a second dossier.
    NotKept,
    /// The draft was changed meanwhile; another run has to send it as it is now.
    Changed,
}

impl<E> From<E> for Stopped<E> {
    fn from(error: E) -> Self {
        Stopped::Portal(error)
    }
}

/// Sends the draft with its files and gives the receipt, read back from the portal. `keep` has to have written the
/// portal's id of the dossier to the device before it returns, and says whether it has.
///
/// # Errors
/// What the portal said no to, or the parts that its list lacks after two tries.
pub async fn send<O: Office>(
    office: &O,
    draft: &Draft,
    files: &[PaperFile],
    care: &Care<'_>,
    keep: impl AsyncFnOnce(i64) -> bool,
    tell: &dyn Fn(News),
) -> Result<Receipt, Stopped<O::Error>> {
    tell(News::Opening);
    let dossier = match office.open(draft).await? {
        Opened::AlreadySent(dossier) => return whole_receipt(office, dossier, draft, files, true).await,
        Opened::Open(dossier) => dossier,
    };
    // The portal may have handed out an older draft that carries an id of its own. From here on the dossier is found
    // by the portal's id, or a lost answer to the submission would end in a second dossier.
    if !keep(dossier).await {
        return Err(Stopped::NotKept);
    }
    let total = files.iter().map(|file| file.bytes.len() as u64).sum();
    for last in [false, true] {
        let held = office.held(dossier).await?;
        let mut done = 0;
        for (at, file) in files.iter().enumerate() {
            let (of, bytes) = (files.len(), file.bytes.len() as u64);
            if !is_held(file, &held) {
                let news = |sent| News::Attaching { at, of, sent, bytes, done, total };
                tell(news(0));
                office.attach(dossier, draft, file, &|sent| tell(news(sent))).await?;
            }
            done += bytes;
        }
        tell(News::Checking { same: 0, of: files.len() });
        let mut held = office.held(dossier).await?;
        if let Some(same) = care.read_back {
            read_back(office, dossier, files, &mut held, same, tell).await?;
        }
        // The portal may hand out an older unsent draft of the same procedure: what is in it is not this citizen's
        // choice of today, and would reach the office as if it were.
        // What stands beside an answer was sent before it.
        let ours = |held: &&HeldFile| {
            files.iter().any(|file| file.upload == held.upload)
                || draft.relayed.iter().any(|file| file.upload == held.upload)
        };
        for stray in held.iter().filter(|held| draft.answers.is_none() && !ours(held)) {
            office.remove(dossier, &stray.upload).await?;
        }
        let lacking = lacking(files, draft, &held);
        if lacking.is_empty() {
            break;
        }
        if last {
            return Err(Stopped::Incomplete(lacking));
        }
    }
    if !(care.unchanged)() {
        return Err(Stopped::Changed);
    }
    tell(News::Submitting);
    office.submit(dossier, draft).await?;
    whole_receipt(office, dossier, draft, files, false).await
}

/// Reads files back that were not yet, and takes those away that the portal holds otherwise than they are here.
async fn read_back<O: Office>(
    office: &O,
    dossier: i64,
    files: &[PaperFile],
    held: &mut Vec<HeldFile>,
    same: &RefCell<Vec<String>>,
    tell: &dyn Fn(News),
) -> Result<(), O::Error> {
    for file in files {
        let read = same.borrow().len();
        tell(News::Checking { same: read, of: files.len() });
        if same.borrow().contains(&file.upload) {
            continue;
        }
        let Some(at) = held.iter().position(|held| held.upload == file.upload) else { continue };
        if office.content(dossier, &file.upload).await? == file.bytes {
            same.borrow_mut().push(file.upload.clone());
        } else {
            office.remove(dossier, &file.upload).await?;
            held.remove(at);
        }
    }
    Ok(())
}

/// The receipt, once the portal lists every paper. Of a dossier that was sent `earlier`, by a run whose answer was lost, papers
/// that were changed since reached the office as they were then: the receipt lists what the office has
/// (`Draft::sent_otherwise` tells the difference).
async fn whole_receipt<O: Office>(
    office: &O,
    dossier: i64,
    draft: &Draft,
    files: &[PaperFile],
    earlier: bool,
) -> Result<Receipt, Stopped<O::Error>> {
    let mut held = office.held(dossier).await?;
    let mut lacking = lacking(files, draft, &held);
    if earlier {
        lacking.retain(|part| held.iter().all(|file| file.part != *part || file.bytes == 0));
    }
    if !lacking.is_empty() {
        return Err(Stopped::Incomplete(lacking));
    }
    let receipt = office.receipt(dossier, draft).await?;
    if draft.answers.is_some() && !earlier {
        held.retain(|held| files.iter().any(|file| file.upload == held.upload));
    }
    Ok(Receipt { files: held, ..receipt })
}

/// Held means: the same id, for the same part, with the same number of bytes.
fn is_held(file: &PaperFile, held: &[HeldFile]) -> bool {
    held.iter()
        .any(|held| held.upload == file.upload && held.part == file.part && held.bytes == file.bytes.len() as u64)
}

/// The parts whose files the portal does not list: of those that lie here, and of those that a phone handed in.
fn lacking(files: &[PaperFile], draft: &Draft, held: &[HeldFile]) -> Vec<String> {
    let here = files.iter().filter(|file| !is_held(file, held)).map(|file| file.part.clone());
    let relayed = draft.relayed.iter().filter(|file| !held.contains(file)).map(|file| file.part.clone());
    here.chain(relayed).collect()
}

/// Hands in the files of a draft without submitting it: from the citizen's phone to the portal's draft that another device
/// began. What the portal holds already is not sent again.
///
/// # Errors
/// What the portal said no to, or the parts that its list lacks afterwards.
pub async fn hand_in<O: Office>(
    office: &O,
    dossier: i64,
    draft: &Draft,
    files: &[PaperFile],
    tell: &dyn Fn(News),
) -> Result<(), Stopped<O::Error>> {
    let held = office.held(dossier).await?;
    let (of, total) = (files.len(), files.iter().map(|file| file.bytes.len() as u64).sum());
    let mut done = 0;
    for (at, file) in files.iter().enumerate() {
        let bytes = file.bytes.len() as u64;
        if !is_held(file, &held) {
            let news = |sent| News::Attaching { at, of, sent, bytes, done, total };
            tell(news(0));
            office.attach(dossier, draft, file, &|sent| tell(news(sent))).await?;
        }
        done += bytes;
    }
    tell(News::Checking { same: 0, of });
    let held = office.held(dossier).await?;
    let lacking: Vec<String> =
        files.iter().filter(|file| !is_held(file, &held)).map(|file| file.part.clone()).collect();
    if lacking.is_empty() { Ok(()) } else { Err(Stopped::Incomplete(lacking)) }
}
