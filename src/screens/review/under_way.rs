//! What is happening to a dossier that is being sent: in words, over all, and file by file.

use leptos::prelude::*;

use crate::{
    device::clock,
    dossier::sending::News,
    journey::outbox::{Errand, Standing, Why},
    messages::{say, say_with, size},
    shell::shell,
    widgets::element::{El, View, button, el},
};

/// How it is with the file of this place in the order of sending; nothing before the first run.
pub fn of_file(errand: Errand, place: usize) -> impl View {
    let words = Memo::new(move |before: Option<&Option<String>>| match errand.standing.get() {
        Standing::Going(News::Attaching { at, sent, bytes, .. }) => Some(if place < at {
            say("review.file-there")
        } else if place == at {
            say_with("review.file-leaves", &[("n", &(100 * sent.min(bytes) / bytes.max(1)).to_string())])
        } else {
            say("review.file-waits")
        }),
        Standing::Going(News::Checking { same, .. }) if place < same => Some(say("review.file-same")),
        Standing::Going(News::Checking { .. } | News::Submitting) => Some(say("review.file-there")),
        // What was known of it before it came to wait.
        Standing::Going(News::Opening) | Standing::Waits(..) | Standing::Stopped(_) => before.cloned().flatten(),
        Standing::Idle | Standing::Elsewhere => None,
    });
    move || words.get().map(|words| el("p").class("hint").child(words))
}

/// What is happening right now: spoken when the step changes and not with every byte.
pub fn under_way(errand: Errand) -> El {
    let standing = errand.standing;
    let words = Memo::new(move |_| match standing.get() {
        Standing::Going(news) => stage(&news),
        Standing::Waits(Why::Offline, _) if shell().mode.forgets() => say("kiosk.waits-offline"),
        Standing::Waits(Why::Offline, _) => say("review.waits-offline"),
        Standing::Waits(Why::Dear, _) => say("review.waits-dear"),
        Standing::Waits(Why::Other, _) => say("review.waits-other"),
        Standing::Waits(Why::Portal(trouble), _) => say(trouble.key()),
        Standing::Elsewhere => say("review.elsewhere"),
        Standing::Idle | Standing::Stopped(_) => String::new(),
    });
    let amount = Memo::new(move |_| match standing.get() {
        Standing::Going(News::Attaching { sent, bytes, done, total, .. }) => {
            Some((done + sent.min(bytes), total.max(1)))
        }
        _ => None,
    });
    let compared = Memo::new(move |_| match standing.get() {
        Standing::Going(News::Checking { same, of }) => Some((same as u64, of.max(1) as u64)),
        _ => None,
    });
    // When this page saw the first bytes leave, and how many had left.
    let since = StoredValue::new(None::<(i64, u64)>);
    // Told when the minute changes, and not with every byte.
    let time_left = Memo::new(move |_| {
        let Some((done, total)) = amount.get() else {
            // What it waited in between tells nothing of the network's pace.
            since.set_value(None);
            return None;
        };
        let now = clock::now().0;
        let (start, before) = since.get_value().unwrap_or((now, done));
        since.set_value(Some((start, before)));
        let (passed, gone) = ((now - start) as f64, done.saturating_sub(before) as f64);
        // What the first two seconds say is worth nothing.
        if passed < 2_000.0 || gone <= 0.0 {
            return None;
        }
        let seconds = (total - done) as f64 * passed / gone / 1_000.0;
        let minutes = (seconds / 60.0).ceil() as u64;
        Some(if minutes <= 1 {
            say("review.a-minute")
        } else {
            say_with("review.minutes", &[("n", &minutes.to_string())])
        })
    });
    let shown = move || amount.get().or(compared.get());
    let wait = move || match standing.get() {
        Standing::Waits(_, seconds) if seconds > 0 => Some(say_with("review.again-in", &[("n", &seconds.to_string())])),
        _ => None,
    };
    el("div")
        .class("sending")
        .attr("hidden", move || !errand.is_under_way())
        .child(
            el("p")
                .attr("role", "status")
                .child(move || words.get())
                .child(move || time_left.get().map(|left| format!(" {left}"))),
        )
        .child(
            el("progress")
                .attr("hidden", move || shown().is_none())
                .attr("aria-label", say("review.sending"))
                .attr("max", move || shown().map_or(1, |(_, total)| total).to_string())
                .attr("value", move || shown().map_or(0, |(done, _)| done).to_string()),
        )
        .child(el("p").class("hint").child(wait))
        .child(
            el("p")
                .class("actions")
                .child(
                    button("plain", say("review.now"), move |_| errand.hurry())
                        .attr("hidden", move || !matches!(standing.get(), Standing::Waits(..))),
                )
                .child(button("plain", say("review.stop"), move |_| errand.stop())),
        )
}

fn stage(news: &News) -> String {
    match news {
        News::Opening => say("review.opening"),
        News::Attaching { at, of, bytes, .. } => say_with(
            "review.attaching",
            &[("at", &(at + 1).to_string()), ("of", &of.to_string()), ("size", &size(*bytes))],
        ),
        News::Checking { .. } => say("review.checking"),
        News::Submitting => say("review.submitting"),
    }
}
