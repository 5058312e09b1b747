//! How it is with a dossier that was sent from this device: asked of the portal, and kept for when it cannot be asked.

use super::drafts::Open;
use crate::{
    device::{
        store::{Store, progress_name, result_shelf},
        vault,
    },
    dossier::{draft::Draft, moment::Moment, progress::Progress, receipt::Receipt, sending::Sending, status::Status},
    messages::say,
    portal::Trouble,
    shell::{now, shell},
};

/// What is known of a dossier.
#[derive(Clone)]
pub struct Told {
    pub progress: Progress,
    pub secret: Option<String>,
    /// Where the portal could not be asked: when it was last, and why not now.
    pub aged: Option<(Moment, Trouble)>,
    /// What the portal gave in return for what was sent from here: for the dossier, then for each answer to what it asked.
    pub receipts: Vec<Handed>,
}

/// A receipt, and whether it is for an answer to what the office asked.
pub type Handed = (Receipt, bool);

/// The headline of a state in plain words; an unknown one in the portal's own.
pub fn headline(status: &Status) -> String {
    match status {
        Status::Unknown(text) => text.clone(),
        known => say(known.key()),
    }
}

/// Asks about a dossier: by the id of its draft on this device, or by the portal's id as the signed-in citizen.
///
/// # Errors
/// Why the portal tells nothing; of a dossier of this device, what was last heard serves where it cannot be asked.
pub async fn ask(id: &str) -> Result<Told, Trouble> {
    if let Ok(dossier) = id.parse() {
        let progress = shell().portal.dossier(dossier).await?;
        return Ok(Told { receipts: receipts(dossier).await, progress, secret: None, aged: None });
    }
    let gone = || Trouble::Refused(String::new());
    let store = shell().store.as_ref().map_err(|_| gone())?;
    let draft = store.draft(id).await.ok().flatten().ok_or_else(gone)?;
    let Sending::Sent(receipt) = &draft.sending else { return Err(gone()) };
    // What is kept of the result has the draft's lock.
    vault::lock_like(&result_shelf(receipt.dossier), id);
    let receipts = receipts(receipt.dossier).await;
    // Who answered a request while signed in may hold no secret.
    let secret = Some(receipt.secret.clone()).filter(|secret| !secret.is_empty());
    let asked = match &secret {
        Some(secret) => shell().portal.dossier_by_secret(&receipt.dossier.to_string(), secret).await,
        None => shell().portal.dossier(receipt.dossier).await,
    };
    let progress = match asked {
        Ok(progress) => progress,
        Err(trouble) if trouble.may_pass() => {
            let (progress, when) = last(store, id).await.ok_or_else(|| trouble.clone())?;
            return Ok(Told { progress, secret, aged: Some((when, trouble)), receipts });
        }
        Err(trouble) => return Err(trouble),
    };
    // Not kept is not lost: it is the portal's. Beside a locked draft it would tell whose it is.
    if !vault::seals(id) {
        let _ = store.keep(&progress_name(id), &(&progress, now())).await;
    }
    if progress.number.is_some() && (receipt.number != progress.number || receipt.due != progress.promised()) {
        // The receipt on the device takes over what the office added to it.
        let (number, due) = (progress.number.clone(), progress.promised());
        let open = Open::behind(id);
        open.loaded().await;
        open.change(|draft| {
            if let Sending::Sent(receipt) = &mut draft.sending {
                (receipt.number, receipt.due) = (number, due);
            }
        })
        .await;
    }
    Ok(Told { progress, secret, aged: None, receipts })
}

/// What was last heard of the dossier that a draft became, and when.
pub async fn last(store: &Store, draft: &str) -> Option<(Progress, Moment)> {
    store.kept(&progress_name(draft)).await.ok().flatten()
}

/// The receipts on this device for a dossier and for what was sent to it later, oldest first. Those of locked drafts are not
/// among them.
async fn receipts(dossier: i64) -> Vec<Handed> {
    let Ok(store) = &shell().store else { return Vec::new() };
    let mut found = Vec::new();
    for card in store.cards().await.unwrap_or_default().into_iter().rev().filter(|card| card.is_sent) {
        if let Ok(Some(Draft { sending: Sending::Sent(receipt), answers, .. })) = store.draft(&card.id).await
            && receipt.dossier == dossier
        {
            found.push((*receipt, answers.is_some()));
        }
    }
    found
}
