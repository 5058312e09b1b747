//! One file a step of the journey. A screen asks, shows and hands on; it holds no rule.

mod case;
mod check;
mod choose;
mod draft;
mod feedback;
mod follow;
mod followed;
mod home;
mod nowhere;
mod pages;
mod papers;
mod people;
mod receipt;
mod review;
mod sign_in;

use leptos::prelude::AnyView;

use crate::route::{Route, Step};

/// The screen for an address.
pub fn screen(route: Route) -> AnyView {
    match route {
        Route::Home => home::screen(),
        Route::Choose => choose::screen(),
        Route::Case(code) => case::screen(code),
        Route::Check(code, place, case) => check::screen(code, place, case),
        Route::Draft(draft, Step::Papers) => draft::with(draft, papers::screen),
        Route::Draft(draft, Step::Pages(part)) => draft::with(draft, move |open| pages::screen(open, part.clone())),
        Route::Draft(draft, Step::People) => draft::with(draft, people::screen),
        Route::Draft(draft, Step::Review) => draft::with(draft, review::screen),
        Route::Draft(draft, Step::Receipt) => draft::with(draft, receipt::screen),
        Route::Follow => follow::screen(),
        Route::Followed(id) => followed::screen(id),
        Route::Feedback => feedback::screen(),
        Route::Nowhere => nowhere::screen(),
    }
}
