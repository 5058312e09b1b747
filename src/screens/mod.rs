//! One file a step of the journey. A screen asks, shows and hands on; it holds no rule.

mod captcha;
mod case;
mod check;
mod choose;
pub mod counter;
mod device;
mod draft;
mod feedback;
mod follow;
mod followed;
mod home;
mod keep;
mod lend;
mod nowhere;
mod outgoing;
mod pages;
mod papers;
mod people;
mod receipt;
mod receive;
mod relay;
mod review;
mod sign_in;

pub use outgoing::outgoing;

use crate::{
    route::{Route, Step},
    widgets::element::El,
};

/// The screens of the first download: the way in. `None` for those of the second.
pub fn front(route: Route) -> Option<El> {
    match route {
        Route::Home => Some(home::screen()),
        Route::Choose => Some(choose::screen()),
        _ => None,
    }
}

/// The screens of the second download: all of the journey, for a page that has to go on sending stands at any of them.
pub fn rooms(route: Route) -> Option<El> {
    Some(match route {
        Route::Home => home::screen(),
        Route::Choose => choose::screen(),
        Route::Case(code) => case::screen(code),
        Route::Check(code, place, case) => check::screen(code, place, case),
        Route::Draft(draft, Step::Papers) => draft::unsent(draft, papers::screen),
        Route::Draft(draft, Step::Pages(part)) => draft::unsent(draft, move |open| pages::screen(open, part.clone())),
        Route::Draft(draft, Step::People) => draft::unsent(draft, people::screen),
        Route::Draft(draft, Step::Review) => draft::unsent(draft, review::screen),
        Route::Draft(draft, Step::Keep) => draft::unsent(draft, keep::screen),
        Route::Draft(draft, Step::Receipt) => draft::with(draft, receipt::screen),
        Route::Follow => follow::screen(),
        Route::Followed(id) => followed::screen(id),
        Route::Feedback => feedback::screen(),
        Route::Device => device::screen(),
        Route::Receive => receive::screen(),
        Route::Lend => lend::screen(),
        Route::Relay(dossier) => relay::screen(dossier),
        Route::Ticket | Route::Rate | Route::Staff | Route::Mirror | Route::Nowhere => nowhere::screen(),
    })
}
