//! The last word when the app itself fails: a panic must not leave a dead page that looks alive.

use web_sys::window;

/// From now on a panic shows the page's own failure notice (static HTML, in index.html), which says that what was
/// saved is safe and offers to load again, and tells the console what happened.
pub fn watch() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        if let Some(notice) = window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("failure")) {
            let _ = notice.remove_attribute("hidden");
        }
    }));
}
