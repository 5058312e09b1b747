//! The offices' calendar, read once.

use std::cell::OnceCell;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::shelf::own_file;
use crate::{dossier::working_days::Calendar, shell::shell};

thread_local! {
    static CALENDAR: OnceCell<RwSignal<Calendar, LocalStorage>> = const { OnceCell::new() };
}

/// The calendar of an agency's office, by the portal's code. Tracked.
pub fn calendar_of(agency: &str) -> Calendar {
    calendar().with(|calendar| calendar.of(agency))
}

/// The calendar; until its file is here, and where it cannot be read, a plain week with the holidays of the law. Tracked by
/// who reads it.
fn calendar() -> RwSignal<Calendar, LocalStorage> {
    CALENDAR.with(|held| {
        *held.get_or_init(|| {
            let calendar = shell().owner.with(|| RwSignal::new_local(Calendar::default()));
            spawn_local(async move {
                if let Some(read) = own_file("/working-days.json").await {
                    calendar.set(read);
                }
            });
            calendar
        })
    })
}
