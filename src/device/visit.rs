//! What the tab remembers from page to page: whether this one was reached from another of ours (then the reader is on
//! the way, and the new heading gets the focus), and what was searched for.

const MARK: &str = "on-the-way";

/// Under this name the tab remembers that the citizen signed in.
pub const SIGNED_IN: &str = "signed-in";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// Keeps a text for as long as this tab lives: what was typed into the search, for the way back to it.
pub fn remember(name: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(name, text);
    }
}

/// The text kept under a name; empty where there is none.
pub fn remembered(name: &str) -> String {
    storage().and_then(|storage| storage.get_item(name).ok().flatten()).unwrap_or_default()
}

/// Notes whether drafts wait in the outbox, for the page's boot file: then it loads the download that can send them.
pub fn note_outbox(waiting: bool) {
    if let Some(storage) = web_sys::window().and_then(|window| window.local_storage().ok().flatten()) {
        let _ = if waiting { storage.set_item("outbox", "1") } else { storage.remove_item("outbox") };
    }
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
    let origin = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    format!("{origin}/tra-cuu{NUMBER}{number}")
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

/// The whole address of a path of ours, with answers in its fragment.
pub fn link(path: &str, answers: &str) -> String {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    let fragment = if answers.is_empty() { String::new() } else { format!("{ANSWERS}{answers}") };
    format!("{origin}{path}{fragment}")
}

/// Leaves the app for a page elsewhere: one that nobody on the way can read or change (https), or of this origin. `false` for
/// any other address, and the app stays.
pub fn leave_to(page: &str) -> bool {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return false };
    let ours = location.origin().is_ok_and(|origin| page.starts_with(&format!("{origin}/")));
    (ours || page.starts_with("https://")) && location.assign(page).is_ok()
}
