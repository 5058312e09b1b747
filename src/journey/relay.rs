//! Papers that are photographed with the citizen's own phone for a device at the counter. They go from the phone into the
//! portal's draft of the dossier, and the counter sees them there; nothing else stands between.

use super::{drafts::Open, pages, spaces};
use crate::{
    catalogue::{checklist::Ticks, procedure::Named},
    device::{clock, identity},
    dossier::{
        draft::{Draft, Matter},
        paper::Paper,
        person::People,
        progress::Progress,
        receipt::HeldFile,
        sending::{Office, Opened, Sending, Stopped, hand_in},
    },
    messages::{say, say_with},
    portal::Trouble,
    shell::shell,
};

/// Begins the dossier at the portal, for the phone to find: gives the portal's id of it, and the ids of files that lie in it
/// already and are not this citizen's of today.
///
/// # Errors
/// `SignInNeeded`, or what else the portal says.
pub async fn offer(open: Open) -> Result<(i64, Vec<String>), Trouble> {
    let draft = open.peek().ok_or(Trouble::NotNow)?;
    let dossier = match shell().portal.open(&draft).await? {
        Opened::Open(dossier) => dossier,
        Opened::AlreadySent(_) => return Err(Trouble::NotNow),
    };
    open.change(|draft| draft.sending = Sending::Begun(dossier)).await;
    let held = shell().portal.held(dossier).await?;
    let known = |file: &HeldFile| draft.relayed.iter().any(|relayed| relayed.upload == file.upload);
    Ok((dossier, held.into_iter().filter(|file| !known(file)).map(|file| file.upload).collect()))
}

/// Takes in what the phone has handed in since; gives how many papers that makes.
///
/// # Errors
/// What the portal says.
pub async fn look(open: Open, dossier: i64, before: &[String]) -> Result<usize, Trouble> {
    let held = shell().portal.held(dossier).await?;
    let Some(draft) = open.peek() else { return Ok(0) };
    let here = |file: &HeldFile| draft.papers.values().any(|paper| paper.upload == file.upload);
    let relayed: Vec<HeldFile> =
        held.into_iter().filter(|file| !before.contains(&file.upload) && !here(file)).collect();
    let count = relayed.len();
    if relayed != draft.relayed {
        open.change(|draft| draft.relayed = relayed).await;
    }
    Ok(count)
}

/// On the phone: a draft for the papers of a dossier that a device at the counter has begun. Gives its id.
///
/// # Errors
/// `SignInNeeded`, or what else the portal says; `NotNow` if the device does not keep it.
pub async fn take_up(dossier: i64) -> Result<String, Trouble> {
    let store = shell().store.as_ref().map_err(|_| Trouble::NotNow)?;
    let name = format!("relay/{dossier}");
    if let Ok(Some(id)) = store.kept::<String>(&name).await
        && let Ok(Some(_)) = store.draft(&id).await
    {
        return Ok(id);
    }
    let Progress { service, agency, template, codes, .. } = shell().portal.dossier(dossier).await?;
    let requirements = shell().portal.requirements(&template).await?;
    let empty = || Paper { upload: identity::new_id(), pages: Vec::new() };
    let draft = Draft {
        id: identity::new_id(),
        matter: Matter {
            service: Named { code: codes.0, name: service.clone() },
            everyday: say_with("relay.of", &[("name", &service)]),
            agency: Named { code: codes.1, name: agency },
            template,
            ..Matter::default()
        },
        papers: requirements.iter().map(|paper| (paper.part.clone(), empty())).collect(),
        requirements,
        hints: Default::default(),
        ticks: Ticks::new(),
        people: People::default(),
        secret: String::new(),
        saved: clock::now(),
        place: String::new(),
        sending: Sending::Begun(dossier),
        queued: false,
        answers: None,
        relayed: Vec::new(),
        helped: spaces::helped().await,
        spare_data: false,
    };
    store.save_draft(&draft).await.map_err(|_| Trouble::NotNow)?;
    store.keep(&name, &draft.id).await.map_err(|_| Trouble::NotNow)?;
    Ok(draft.id)
}

/// On the phone: hands in all papers that are ready. Gives how many, or the sentence for the citizen.
///
/// # Errors
/// The sentence.
pub async fn pass_over(open: Open, dossier: i64) -> Result<usize, String> {
    let draft = open.peek().ok_or_else(|| say("draft.gone"))?;
    let files = pages::pack(&draft).await.map_err(|not| not.sentence)?;
    hand_in(&shell().portal, dossier, &draft, &files, &|_| {}).await.map_err(|stopped| match stopped {
        Stopped::Portal(Trouble::SignInNeeded) => say("follow.sign-in-first"),
        Stopped::Portal(trouble) => say(trouble.key()),
        _ => say("relay.incomplete"),
    })?;
    Ok(files.len())
}
