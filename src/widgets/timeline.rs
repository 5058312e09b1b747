//! The office's log as a line of dots in time.

use super::element::{El, el, group};
use super::notice::lines;
use crate::{
    dossier::progress::Event,
    messages::{digits, say, say_with},
};

/// The events, newest first.
pub fn timeline(events: &[Event]) -> El {
    if events.is_empty() {
        return el("p").class("hint").child(say("follow.no-log"));
    }
    let (older, newest) = events.split_at(events.len().saturating_sub(NEWEST));
    group().child(line(newest)).child((!older.is_empty()).then(|| {
        el("details")
            .class("log")
            .child(el("summary").child(say_with("follow.log-older", &[("n", &older.len().to_string())])))
            .child(line(older))
    }))
}

/// So many of the newest stand open.
const NEWEST: usize = 6;

fn line(events: &[Event]) -> El {
    el("ol").class("timeline").attr("reversed", "").child(
        events
            .iter()
            .rev()
            .map(|event| {
                el("li")
                    .child(
                        el("p")
                            .class("when")
                            .child(event.when.map_or_else(|| say("follow.no-time"), |when| digits(&when.date_time()))),
                    )
                    .child(el("p").class("what").attr("lang", "vi").child(event.step.clone()))
                    .child((!event.note.is_empty()).then(|| lines(&event.note)))
                    .child(el("p").class("who").attr("lang", "vi").child(event.who.clone()))
            })
            .collect::<Vec<_>>(),
    )
}
