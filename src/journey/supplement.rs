//! Answering what the office asked to be supplied: a draft of its own, with the papers that were asked for, sent like any other.

use std::collections::BTreeMap;

use super::{shelf::Papers, spaces};
use crate::{
    catalogue::{
        checklist::Ticks,
        guide::PaperHint,
        procedure::Named,
        requirement::{Need, Requirement},
    },
    device::{
        clock, identity,
        store::{StoreError, ask_to_persist},
    },
    dossier::{
        draft::{Draft, Matter},
        paper::Paper,
        person::People,
        progress::{Progress, Remark},
        sending::Sending,
    },
    messages::say_with,
    shell::shell,
};

/// The device keeps the id of the last answer to a dossier's request under this name.
fn name(dossier: i64) -> String {
    format!("answer/{dossier}")
}

/// The draft of an answer that was begun on this device and not sent yet.
pub async fn begun(dossier: i64) -> Option<String> {
    let store = shell().store.as_ref().ok()?;
    let id = store.kept::<String>(&name(dossier)).await.ok()??;
    let draft = store.draft(&id).await.ok()??;
    (!matches!(draft.sending, Sending::Sent(_))).then_some(id)
}

/// Begins the answer, or goes on with one that was begun; gives the draft's id.
///
/// # Errors
/// If the device does not keep it.
pub async fn begin(
    progress: &Progress,
    remarks: &[Remark],
    (papers, known): &Papers,
    secret: &str,
) -> Result<String, StoreError> {
    let store = shell().store.as_ref().map_err(|error| *error)?;
    if let Some(id) = begun(progress.dossier).await {
        return Ok(id);
    }
    // Where the office names no paper, any may be what it means: none is required then.
    let need = |_: &Requirement| if remarks.is_empty() { Need::Optional } else { Need::Required };
    let asked = |paper: &&Requirement| remarks.is_empty() || remarks.iter().any(|remark| remark.part == paper.part);
    let requirements: Vec<Requirement> =
        papers.iter().filter(asked).map(|paper| Requirement { need: need(paper), ..paper.clone() }).collect();
    // What the guide says of it, but the reason is the office's.
    let hint = |paper: &Requirement| {
        let remark = remarks.iter().find(|remark| remark.part == paper.part && !remark.comment.is_empty());
        let why = remark.map(|remark| say_with("supplement.row-reason", &[("reason", &remark.comment)]));
        let known = known.get(&paper.part).cloned();
        let unknown = || PaperHint { everyday_name: paper.title().to_owned(), ..PaperHint::default() };
        let hint = if why.is_some() { Some(known.unwrap_or_else(unknown)) } else { known };
        Some((paper.part.clone(), PaperHint { why: why.unwrap_or_default(), ..hint? }))
    };
    let empty = || Paper { upload: identity::new_id(), pages: Vec::new() };
    let draft = Draft {
        id: identity::new_id(),
        matter: Matter {
            service: Named { code: progress.codes.0.clone(), name: progress.service.clone() },
            everyday: say_with("supplement.of", &[("name", &progress.service)]),
            agency: Named { code: progress.codes.1.clone(), name: progress.agency.clone() },
            template: progress.template.clone(),
            ..Matter::default()
        },
        hints: requirements.iter().filter_map(hint).collect::<BTreeMap<_, _>>(),
        papers: requirements.iter().map(|paper| (paper.part.clone(), empty())).collect(),
        requirements,
        ticks: Ticks::new(),
        people: People::default(),
        secret: secret.to_owned(),
        saved: clock::now(),
        place: String::new(),
        sending: Sending::Draft,
        queued: false,
        answers: Some(progress.dossier),
        relayed: Vec::new(),
        helped: spaces::helped().await,
        spare_data: false,
    };
    store.save_draft(&draft).await?;
    ask_to_persist();
    store.keep(&name(progress.dossier), &draft.id).await?;
    Ok(draft.id)
}
