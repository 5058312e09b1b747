//! What the tab remembers from page to page: whether this one was reached from another of ours (then the reader is on
//! the way, and the new heading gets the focus), and what was searched for.

use std::cell::RefCell;

use super::identity;
use crate::{config::Mode, dossier::moment::Moment};

const MARK: &str = "on-the-way";

/// Under this name the tab remembers that the citizen signed in.
pub const SIGNED_IN: &str = "signed-in";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

thread_local! {
    /// What is remembered where nothing may touch the disk.
    static IN_MEMORY: RefCell<Option<Vec<(String, String)>>> = const { RefCell::new(None) };
}

/// From now on what is remembered goes with the page, and the browser is given none of it.
pub fn keep_in_memory() {
    IN_MEMORY.set(Some(Vec::new()));
}

/// Keeps a text for as long as this tab lives: what was typed into the search, for the way back to it.
pub fn remember(name: &str, text: &str) {
    let kept = IN_MEMORY.with_borrow_mut(|texts| {
        let texts = texts.as_mut()?;
        texts.retain(|(held, _)| held != name);
        texts.push((name.to_owned(), text.to_owned()));
        Some(())
    });
    if let (None, Some(storage)) = (kept, storage()) {
        let _ = storage.set_item(name, text);
    }
}

/// The text kept under a name; empty where there is none.
pub fn remembered(name: &str) -> String {
    let held = IN_MEMORY.with_borrow(|texts| {
        let texts = texts.as_ref()?;
        Some(texts.iter().find(|(held, _)| held == name).map(|(_, text)| text.clone()).unwrap_or_default())
    });
    held.or_else(|| storage()?.get_item(name).ok().flatten()).unwrap_or_default()
}

/// Under this name the tab remembers its mode; the page's boot file writes it there from the address.
const MODE: &str = "mode";

/// The mode that the address asked for, of this page or of the one that this tab began with.
pub fn mode() -> Option<Mode> {
    Mode::named(&storage()?.get_item(MODE).ok()??)
}

/// Lets the tab remember the mode.
pub fn stay_in(mode: Mode) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(MODE, mode.name());
    }
}

/// Begins anew at the first screen, in place of this page and of what it held in memory.
pub fn begin_anew() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace("/");
    }
}

fn lasting() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn lasts(name: &str) -> bool {
    lasting().is_some_and(|storage| storage.get_item(name).ok().flatten().is_some())
}

/// Under this name a kiosk notes that someone signed in, for a start after a crash.
const SESSION: &str = "session";
/// Under this one, that something could not be wiped.
const LOCKED: &str = "locked";

/// Notes that the citizen signed in: for this tab, and for the start after a crash.
pub fn note_signed_in() {
    remember(SIGNED_IN, "1");
    if let (true, Some(storage)) = (IN_MEMORY.with_borrow(Option::is_some), lasting()) {
        let _ = storage.set_item(SESSION, "1");
    }
}

/// Whether a session may be open that an earlier page of this device began.
pub fn may_be_signed_in() -> bool {
    lasts(SESSION)
}

/// Notes that something could not be wiped: the device is not to be used.
pub fn lock() {
    if let Some(storage) = lasting() {
        let _ = storage.set_item(LOCKED, "1");
    }
}

pub fn is_locked() -> bool {
    lasts(LOCKED)
}

/// For the page's boot file: drafts wait in the outbox, so it loads the download that can send them.
pub const WAITING: &str = "outbox";
/// For the page's boot file: dossiers are on their way, so it loads the download that can look for news of them.
pub const FOLLOWS: &str = "follows";
/// For the page's boot file: drafts stand on the first screen, above what it shows before the app.
pub const BEGUN: &str = "begun";

/// For the page's boot file: all that the journey needs of the portal is on the device.
pub const STOCKED: &str = "stocked";

/// Whether this download was fetched to fill the shelves behind the first one's screens, and shows none of its own.
pub fn is_behind() -> bool {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    root.is_some_and(|root| root.has_attribute("data-behind"))
}

/// Tells the next start whether this holds; a device that forgets tells nothing.
pub fn tell_boot(what: &str, holds: bool) {
    if IN_MEMORY.with_borrow(Option::is_some) {
        return;
    }
    if let Some(storage) = lasting() {
        let _ = if holds { storage.set_item(what, "1") } else { storage.remove_item(what) };
    }
}

/// Whether the boot file was told so.
pub fn told_boot(what: &str) -> bool {
    lasts(what)
}

/// Notes that the next page is reached from this one.
pub fn note() {
    if let Some(storage) = storage() {
        let _ = storage.set_item(MARK, "1");
    }
}

/// Whether this page was reached from one of ours; the note is taken away.
pub fn noted() -> bool {
    let Some(storage) = storage() else { return false };
    let noted = storage.get_item(MARK).ok().flatten().is_some();
    let _ = storage.remove_item(MARK);
    noted
}

/// Under this name the tab carries a complaint to the screen that sends it.
pub const COMPLAINT: &str = "complaint";

/// What a link to a dossier's look-up begins its fragment with.
const NUMBER: &str = "#so=";

/// The address of the look-up with a dossier's number filled in; the second fact is asked there.
pub fn link_to_number(number: &str) -> String {
    format!("{}{NUMBER}{number}", own_phone("/tra-cuu"))
}

/// The number in the address that led here.
pub fn linked_number() -> Option<String> {
    Some(web_sys::window()?.location().hash().ok()?.strip_prefix(NUMBER)?.to_owned())
}

/// What a link to a checklist begins its fragment with; browsers send fragments nowhere.
const ANSWERS: &str = "#tra-loi=";

/// The answers in the address that led here.
pub fn linked() -> Option<String> {
    Some(web_sys::window()?.location().hash().ok()?.strip_prefix(ANSWERS)?.to_owned())
}

/// Where a link begins that leads to someone's own phone. A deployment that is a kiosk by its settings says so of its links.
fn own_phone(path: &str) -> String {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    let query = if IS_SHARED.get() { "?mode=phone" } else { "" };
    format!("{origin}{path}{query}")
}

thread_local! {
    static IS_SHARED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Whether the deployment is for shared devices by its settings, so that links to people's own devices have to say otherwise.
pub fn note_shared(is_shared: bool) {
    IS_SHARED.set(is_shared);
}

/// The whole address of a path of ours, with answers in its fragment.
pub fn link(path: &str, answers: &str) -> String {
    let fragment = if answers.is_empty() { String::new() } else { format!("{ANSWERS}{answers}") };
    format!("{}{fragment}", own_phone(path))
}

/// Leaves the app for a page elsewhere: one that nobody on the way can read or change (https), or of this origin. `false` for
/// any other address, and the app stays.
pub fn leave_to(page: &str) -> bool {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return false };
    let ours = location.origin().is_ok_and(|origin| page.starts_with(&format!("{origin}/")));
    (ours || page.starts_with("https://")) && location.assign(page).is_ok()
}

/// What outlives those who use a kiosk: what the staff set, the language among it (`boot.js`, `language.js`), and when the portal
/// was last heard; and that someone signed in, until they are signed out.
pub fn outliving(signed_out: bool) -> &'static [&'static str] {
    const ALL: &[&str] = &[PAPER, VOLUME, CONTACT, "language", "digits", "shell", SESSION];
    if signed_out { &ALL[..ALL.len() - 1] } else { ALL }
}

/// Under this name a kiosk remembers when the portal last answered, in milliseconds.
const CONTACT: &str = "contact";

/// Notes that the portal has just answered.
pub fn note_contact(when: Moment) {
    if let Some(storage) = lasting() {
        let _ = storage.set_item(CONTACT, &when.0.to_string());
    }
}

/// When the portal last answered, as far as this device has noted it.
pub fn contact() -> Option<Moment> {
    lasting()?.get_item(CONTACT).ok()??.parse().ok().map(Moment)
}

/// Lets the language that is chosen now be the one that a kiosk begins with; or no longer.
pub fn let_staff_choose(may: bool) {
    if let Some(root) = web_sys::window().and_then(|window| window.document()?.document_element()) {
        let _ = if may { root.set_attribute("data-staff", "") } else { root.remove_attribute("data-staff") };
    }
}

/// Under this name a kiosk remembers how loud it is, in percent.
const VOLUME: &str = "volume";

pub fn note_volume(percent: u32) {
    if let Some(storage) = lasting() {
        let _ = storage.set_item(VOLUME, &percent.to_string());
    }
}

/// How loud the device speaks, in percent.
pub fn volume() -> u32 {
    lasting().and_then(|storage| storage.get_item(VOLUME).ok()??.parse().ok()).unwrap_or(100).min(100)
}

/// Under this name a kiosk remembers that the staff said its printer's paper is low.
const PAPER: &str = "paper-low";

pub fn note_paper(is_low: bool) {
    if let Some(storage) = lasting() {
        let _ = if is_low { storage.set_item(PAPER, "1") } else { storage.remove_item(PAPER) };
    }
}

pub fn is_paper_low() -> bool {
    lasting().is_some_and(|storage| storage.get_item(PAPER).ok().flatten().is_some())
}

/// Under this name a tab of the helper's desk remembers whose space it shows.
const SPACE: &str = "space";

pub fn space() -> Option<String> {
    storage()?.get_item(SPACE).ok().flatten()
}

/// What a tab remembers of its language, as `language.js` writes it.
const SPOKEN: [&str; 3] = ["language", "digits", "shell"];

/// Under this name the desk remembers which language a person's space speaks.
fn spoken_in(space: &str) -> String {
    format!("spoken/{space}")
}

/// Forgets which language a person's space spoke.
pub fn forget_spoken(space: &str) {
    if let Some(lasting) = lasting() {
        let _ = lasting.remove_item(&spoken_in(space));
    }
}

/// Shows another person's space, in the language that it was left in: the page begins anew, so that nothing of the one before is
/// in its memory. What the tab remembered is forgotten, but for its mode.
pub fn enter_space(space: Option<&str>) {
    if let Some(storage) = storage() {
        let item = |name: &str| storage.get_item(name).ok().flatten();
        let lasting = lasting();
        if let (Some(lasting), Some(left)) = (&lasting, item(SPACE)) {
            // None of the three holds a line's end.
            let spoken = SPOKEN.map(|name| item(name).unwrap_or_default()).join("\n");
            let _ = lasting.set_item(&spoken_in(&left), &spoken);
        }
        let spoken = space.and_then(|space| lasting?.get_item(&spoken_in(space)).ok()?).unwrap_or_default();
        let mode = storage.get_item(MODE).ok().flatten();
        let tab = storage.get_item(TAB).ok().flatten();
        let _ = storage.clear();
        for (name, value) in [(MODE, mode.as_deref()), (TAB, tab.as_deref()), (SPACE, space)] {
            if let Some(value) = value {
                let _ = storage.set_item(name, value);
            }
        }
        for (name, value) in SPOKEN.iter().zip(spoken.split('\n')).filter(|(_, value)| !value.is_empty()) {
            let _ = storage.set_item(name, value);
        }
    }
    begin_anew();
}

/// Lets the tab forget whose space it shows, and go on with this page.
pub fn leave_space() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(SPACE);
    }
}

/// Under this name a tab of the helper's desk is told from the others; the citizen's window, which it opens, takes the name over
/// with the rest of what the tab remembers.
const TAB: &str = "tab";

/// The name of this tab, which is made at the first question.
pub fn tab() -> String {
    let Some(storage) = storage() else { return String::new() };
    storage.get_item(TAB).ok().flatten().unwrap_or_else(|| {
        let name = identity::new_id();
        let _ = storage.set_item(TAB, &name);
        name
    })
}

/// Opens another window of ours, or finds it again.
pub fn open_window(path: &str, name: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.open_with_url_and_target_and_features(path, name, "popup,width=900,height=700");
    }
}
