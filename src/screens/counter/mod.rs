//! What stands around the journey where one citizen after another uses the device: the helper's desk, the lobby kiosk.
//!
//! The journey's own screens are the same as on a citizen's phone (`screens::rooms`).

mod by_phone;
mod consent;
mod desk;
mod idle;
mod kiosk;
mod mirror;
mod sign_in_by_phone;
mod spaces;
mod staff;
mod ticket;
mod welcome;

use super::{outgoing, rooms};
use crate::{
    config::Mode,
    device::visit,
    route::{Route, Step},
    shell::{SignIn, shell},
    widgets::element::{El, group},
};

/// The screens of the third download.
pub fn counter(route: Route) -> Option<El> {
    if visit::is_locked() {
        return Some(kiosk::locked());
    }
    match (shell().mode, route) {
        (Mode::Kiosk, Route::Ticket) => Some(ticket::ticket()),
        (Mode::Kiosk, Route::Rate) => Some(ticket::rate()),
        (Mode::Kiosk, Route::Home) => Some(welcome::screen()),
        (Mode::Kiosk, Route::Staff) => Some(staff::screen()),
        // A kiosk is not one's own device: nothing to lock, to hand over in a file, or to take in from one.
        (Mode::Kiosk, Route::Device | Route::Receive) => Some(welcome::screen()),
        (Mode::Desk, route) => desk::screen(route),
        (_, route) => journey(route),
    }
}

/// The journey's own screens, with what a counter adds to them.
fn journey(route: Route) -> Option<El> {
    let draft = match &route {
        Route::Draft(draft, Step::Papers) => Some(draft.clone()),
        _ => None,
    };
    let screen = rooms(route)?;
    Some(match draft {
        Some(draft) => group().child(screen).child(by_phone::by_phone(&draft)),
        None => screen,
    })
}

/// What stands around the screens.
pub fn frame() -> El {
    let bar = match shell().mode {
        Mode::Kiosk => kiosk::frame(),
        Mode::Desk => desk::frame(),
        Mode::Phone => group(),
    };
    group().child(bar).child(outgoing())
}

/// At a desk the citizen signs in on their own phone; no helper sees a password.
pub fn sign_in(mode: Mode) -> Option<SignIn> {
    (mode == Mode::Desk).then_some(sign_in_by_phone::by_phone)
}

/// Begins what goes on behind the screens.
pub fn open() {
    match shell().mode {
        Mode::Kiosk => kiosk::open(),
        Mode::Desk => desk::open(),
        Mode::Phone => {}
    }
}
