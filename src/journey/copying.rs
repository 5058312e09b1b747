//! An old dossier as a new draft: from this device, or from what the portal holds of it.

use super::{
    drafts::{Open, Plan},
    pages,
    shelf::{self, Known},
};
use crate::{
    catalogue::{
        checklist::{Tick, Ticks},
        procedure::Named,
    },
    device::{
        clock, files, identity,
        store::{StoreError, ask_to_persist},
        vault,
    },
    dossier::{
        draft::{Draft, Matter},
        progress::Progress,
        sending::{Office, Sending},
    },
    messages::{say, say_with},
    portal::Trouble,
    shell::shell,
};

/// A new draft with the papers and people of an old one: other ids, nothing of it sent, locked if the old one is. Gives
/// its id.
///
/// # Errors
/// If the device does not keep it; nothing of the copy is left then.
pub async fn of_draft(id: &str) -> Result<Option<String>, StoreError> {
    let store = shell().store.as_ref().map_err(|error| *error)?;
    let Some(old) = store.draft(id).await? else { return Ok(None) };
    let mut draft = Draft {
        id: identity::new_id(),
        secret: identity::new_secret(),
        sending: Sending::Draft,
        queued: false,
        saved: clock::now(),
        place: String::new(),
        // What a phone handed in belongs to the dossier that was sent.
        relayed: Vec::new(),
        ..old.clone()
    };
    vault::lock_like(&draft.id, id);
    for paper in draft.papers.values_mut() {
        paper.upload = identity::new_id();
        for page in &paper.pages {
            let kept = match store.page(&old.id, &page.id).await {
                Ok(Some(file)) => store.save_page(&draft.id, &page.id, &file).await,
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            };
            if let Err(error) = kept {
                let _ = store.forget_draft(&draft.id).await;
                return Err(error);
            }
        }
    }
    store.save_draft(&draft).await?;
    ask_to_persist();
    Ok(Some(draft.id))
}

/// A new draft with the people and the papers of a dossier that the signed-in citizen filed elsewhere. Gives its id, and what
/// could not be brought along, in sentences for the citizen.
///
/// # Errors
/// The sentence for the citizen: what the portal or the device said no to. Nothing of the copy is left then.
pub async fn of_portal(progress: &Progress) -> Result<(String, Vec<String>), String> {
    let portal = &shell().portal;
    let opened = shelf::settled(
        || shelf::procedure(&progress.codes.0),
        |known| match known {
            Known::Here(opened, _) => Ok(opened.clone()),
            Known::Not(trouble) => Err(say(trouble.key())),
            Known::Loading => Err(say(Trouble::TooSlow.key())),
        },
    )
    .await?;
    let places = opened.procedure.places.iter().filter(|place| place.elsewhere.is_none());
    let found = places.filter(|place| place.agency.code == progress.codes.1).find_map(|place| {
        let case = opened.cases_at(place.config).iter().find(|case| case.case.template == progress.template)?;
        Some((place.clone(), case.clone()))
    });
    let (place, case) = found.ok_or_else(|| say("follow.copy-changed"))?;
    let people = portal.people(progress.dossier).await.map_err(|trouble| say(trouble.key()))?;
    let held = portal.held(progress.dossier).await.map_err(|trouble| say(trouble.key()))?;
    let matter = Matter {
        service: Named { code: progress.codes.0.clone(), name: opened.procedure.summary.name.clone() },
        everyday: opened.guide.as_ref().map(|guide| guide.entry.everyday_name.clone()).unwrap_or_default(),
        agency: place.agency,
        config: place.config,
        option: case.case.option,
        template: progress.template.clone(),
        case: String::new(),
    };
    let plan = Plan { matter, requirements: case.requirements, guide: opened.guide.clone() };
    // What was handed in then is wanted now.
    let ticks: Ticks = held.iter().map(|file| (file.part.clone(), Tick::Have)).collect();
    let draft = plan.begin(ticks).await.map_err(|error| say(error.key()))?;
    let open = Open::behind(&draft.id);
    open.loaded().await;
    let mut lacking = Vec::new();
    if !open.change(|draft| draft.people = people).await {
        lacking.push(say("store.full"));
    }
    for file in held.iter().filter(|file| draft.papers.contains_key(&file.part)) {
        let brought = async {
            let bytes = portal.content(progress.dossier, &file.upload).await.map_err(|trouble| say(trouble.key()))?;
            let blob = files::blob(&bytes, "").ok_or_else(|| say("pages.unreadable-file"))?;
            pages::take_in(open, &file.part, blob, &file.name, None).await.map_or(Ok(()), Err)
        };
        if let Err(why) = brought.await {
            lacking.push(say_with("follow.copy-lacks", &[("paper", &file.name), ("why", &why)]));
        }
    }
    Ok((draft.id, lacking))
}
