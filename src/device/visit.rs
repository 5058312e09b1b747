//! Whether this page was reached from another of ours: then the reader is on the way, and the new heading gets the focus.

const MARK: &str = "on-the-way";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
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
