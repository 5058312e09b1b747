//! The office's log as a line of dots in time.

use leptos::prelude::*;

use super::notice::lines;
use crate::{dossier::{moment::Moment, progress::Event}, messages::say};

/// The events, newest first.
pub fn timeline(events: &[Event]) -> AnyView {
    if events.is_empty() {
        return view! { <p class="hint">{say("follow.no-log")}</p> }.into_any();
    }
    view! {
        <ol class="timeline" reversed>
            {events.iter().rev().map(|event| view! {
                <li>
                    <p class="when">{event.when.map_or_else(|| say("follow.no-time"), Moment::date_time)}</p>
                    <p class="what" lang="vi">{event.step.clone()}</p>
                    {(!event.note.is_empty()).then(|| lines(&event.note))}
                    <p class="who" lang="vi">{event.who.clone()}</p>
                </li>
            }).collect_view()}
        </ol>
    }
    .into_any()
}
