//! The helper's desk: the people who are being served, each in a space of their own.
//!
//! A space is a database of its own, entered by a page that begins anew; so nothing of one person is in the memory, the history
//! or the fields of another. The desk itself keeps who helps, the names that the helper gave the spaces, and a tally without
//! names.

use serde::{Deserialize, Serialize};

use super::leaving::LIBRARY;
use crate::{
    app,
    config::Mode,
    device::{
        clock, identity, language,
        store::{Store, StoreError},
        visit, wipe,
    },
    dossier::{draft::Helped, moment::Moment},
    route::Route,
    shell::{now, shell},
};

/// Someone who is being served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    pub id: String,
    /// A nickname or a number, as the helper chose.
    pub name: String,
    pub since: Moment,
}

/// Who helps, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Helper {
    pub code: String,
    pub place: String,
}

/// One service that has ended; nothing of it is anyone's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    pub day: String,
    /// The codes of the procedures.
    pub procedures: Vec<String>,
    pub minutes: i64,
    /// How many dossiers were sent.
    pub sent: usize,
}

/// The desk keeps its list, its helper and its tally under these names; a space its agreement and the portal's token.
const SPACES: &str = "spaces";
const HELPER: &str = "helper";
const TALLY: &str = "tally";
const AGREED: &str = "agreed";
const TOKEN: &str = "token";

/// What the names of spaces' databases begin with; a citizen's own database is none of them.
const PREFIX: &str = "mot-cua-";

/// The name of a space's database.
pub fn database(space: &str) -> String {
    format!("{PREFIX}{space}")
}

fn desk() -> Result<&'static Store, StoreError> {
    shell().library().ok_or(StoreError::Blocked)
}

/// All spaces, the oldest first.
pub async fn all() -> Vec<Space> {
    match desk() {
        Ok(desk) => desk.kept(SPACES).await.ok().flatten().unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

/// The space that this tab shows.
pub async fn current() -> Option<Space> {
    let id = visit::space()?;
    all().await.into_iter().find(|space| space.id == id)
}

/// Opens a space for the next person and shows it.
///
/// # Errors
/// If the device does not keep it.
pub async fn begin(name: &str) -> Result<(), StoreError> {
    let mut spaces = all().await;
    let space = Space { id: identity::new_id(), name: name.trim().to_owned(), since: clock::now() };
    let id = space.id.clone();
    spaces.push(space);
    desk()?.keep(SPACES, &spaces).await?;
    visit::enter_space(Some(&id));
    Ok(())
}

/// Who helps at this desk.
pub async fn helper() -> Helper {
    match desk() {
        Ok(desk) => desk.kept(HELPER).await.ok().flatten().unwrap_or_default(),
        Err(_) => Helper::default(),
    }
}

/// # Errors
/// If the device does not keep it.
pub async fn set_helper(helper: &Helper) -> Result<(), StoreError> {
    desk()?.keep(HELPER, helper).await
}

/// What the person of this space agreed to; `None` on a citizen's own device, or before they agreed.
pub async fn helped() -> Option<Helped> {
    if shell().mode != Mode::Desk {
        return None;
    }
    shell().store.as_ref().ok()?.kept(AGREED).await.ok().flatten()
}

/// Notes that the person agreed: on the screen, or having heard it.
///
/// # Errors
/// If the device does not keep it.
pub async fn agree(aloud: bool) -> Result<(), StoreError> {
    let Helper { code, place } = helper().await;
    let agreed = Helped { by: code, place, agreed: now(), aloud, language: language::tag() };
    shell().store.as_ref().map_err(|error| *error)?.keep(AGREED, &agreed).await
}

/// Acts at the portal as the person of this space, whose own phone lent the token.
///
/// # Errors
/// If the device does not keep it.
pub async fn sign_in(token: &str) -> Result<(), StoreError> {
    shell().store.as_ref().map_err(|error| *error)?.keep(TOKEN, &token).await?;
    shell().portal.act_with(Some(token.to_owned()));
    Ok(())
}

/// Goes on with what the person signed in with, when their space is shown again.
pub async fn sign_in_again() {
    if let Ok(store) = &shell().store
        && let Ok(token) = store.kept::<String>(TOKEN).await
    {
        shell().portal.act_with(token);
    }
}

/// Ends the service of a space: what was done is counted, and everything of the person is wiped. `false` if it could not be
/// wiped; then it stays in the list.
pub async fn end(space: &Space) -> bool {
    let name = database(&space.id);
    // Other tabs that show this person leave, so that none writes again what is wiped.
    wipe::tell_ended(&space.id);
    let Ok(store) = Store::open(&name).await else { return false };
    let cards = store.cards().await.unwrap_or_default();
    let mut procedures = Vec::new();
    for card in &cards {
        if let Ok(Some(draft)) = store.draft(&card.id).await {
            procedures.push(draft.matter.service.code);
        }
    }
    let served = Served {
        day: clock::now().date(),
        procedures,
        minutes: (clock::now().0 - space.since.0) / 60_000,
        sent: cards.iter().filter(|card| card.is_sent).count(),
    };
    if store.forget_everything().await.is_err() {
        return false;
    }
    store.close();
    if let Ok(own) = &shell().store {
        own.close();
    }
    if visit::space().as_ref() == Some(&space.id) {
        visit::leave_space();
    }
    visit::forget_spoken(&space.id);
    // What another tab holds open is empty, and is swept away at the next start.
    wipe::database(&name).await;
    let mut tally = tally().await;
    tally.push(served);
    if let Ok(desk) = desk() {
        let _ = desk.keep(TALLY, &tally).await;
    }
    let mut spaces = all().await;
    spaces.retain(|held| held.id != space.id);
    match desk() {
        Ok(desk) => desk.keep(SPACES, &spaces).await.is_ok(),
        Err(_) => false,
    }
}

/// The services that have ended today; those of other days are not kept beside them.
pub async fn tally() -> Vec<Served> {
    let mut tally: Vec<Served> = match desk() {
        Ok(desk) => desk.kept(TALLY).await.ok().flatten().unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    let today = clock::now().date();
    tally.retain(|served| served.day == today);
    tally
}

/// The tally of a day as CSV (RFC 4180): day, procedures, minutes, dossiers sent.
pub fn csv(tally: &[Served]) -> String {
    let mut text = String::from("\u{feff}Ngày,Thủ tục,Số phút,Hồ sơ đã gửi\r\n");
    for served in tally {
        // No cell holds a comma, a quote or a line's end: they are dates, codes and numbers.
        text += &format!("{},{},{},{}\r\n", served.day, served.procedures.join(" "), served.minutes, served.sent);
    }
    text
}

/// The store of a desk's page: the space that its tab shows, or none yet. The citizen's own window has nobody's: it was opened
/// with a copy of what the helper's tab remembers.
pub async fn store() -> Result<Store, StoreError> {
    if app::here() == Route::Mirror {
        visit::leave_space();
    }
    match visit::space() {
        Some(space) => Store::open(&database(&space)).await,
        None => Ok(Store::in_memory()),
    }
}

/// Databases of spaces that the desk does not list any more: wiped again at the start, for what a crash may have left.
pub async fn sweep(library: &Store) {
    // A list that cannot be read now is not an empty one.
    let Ok(spaces) = library.kept::<Vec<Space>>(SPACES).await else { return };
    let spaces = spaces.unwrap_or_default();
    let known: Vec<String> = spaces.iter().map(|space| database(&space.id)).chain([LIBRARY.to_owned()]).collect();
    wipe::databases(|name| name.starts_with(PREFIX) && !known.iter().any(|held| held == name)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tally_has_numbers_and_no_names() {
        let served = Served {
            day: "24/11/2026".into(),
            procedures: vec!["1.116501".into(), "1.116490".into()],
            minutes: 12,
            sent: 1,
        };
        assert_eq!(
            csv(&[served]),
            "\u{feff}Ngày,Thủ tục,Số phút,Hồ sơ đã gửi\r\n24/11/2026,1.116501 1.116490,12,1\r\n"
        );
    }
}
