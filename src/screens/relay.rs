//! On the citizen's phone: photographing papers for a device at the counter, and passing them over.

use leptos::{prelude::*, task::spawn_local};

use super::{papers, sign_in};
use crate::{
    dossier::sending::Sending,
    journey::{
        drafts::Open,
        relay::{pass_over, take_up},
    },
    messages::{say, say_with},
    portal::Trouble,
    shell::{announce, shell},
    widgets::{
        element::{El, button, el, group},
        heading::heading,
        notice::{self, Kind, notice, waiting},
    },
};

pub fn screen(dossier: i64) -> El {
    let found = RwSignal::new_local(None::<Result<String, Trouble>>);
    let look = move || {
        found.set(None);
        spawn_local(async move {
            // Who is not signed in would be told that there is no such dossier.
            let known = match shell().portal.who().await {
                Ok(Some(_)) => take_up(dossier).await,
                Ok(None) => Err(Trouble::SignInNeeded),
                Err(trouble) => Err(trouble),
            };
            found.try_set(Some(known));
        });
    };
    look();
    group().child(move || match found.get() {
        None => waiting(),
        Some(Ok(draft)) => super::draft::with(draft, papers::screen),
        Some(Err(Trouble::SignInNeeded)) => group()
            .child(heading(say("relay.title")))
            .child(el("p").child(say("relay.sign-in")))
            .child(sign_in::form(None, look)),
        Some(Err(trouble)) => group()
            .child(heading(say("relay.title")))
            .child(notice(Kind::Wrong, say(trouble.key())))
            .child(button("button", say("app.again"), move |_| look())),
    })
}

/// In place of the way on to the people: the papers go to the counter.
pub fn pass_on(open: Open) -> Option<El> {
    let draft = open.peek()?;
    let Sending::Begun(dossier) = draft.sending else { return None };
    // Only a draft that was taken up from the counter has nobody's code.
    if !draft.secret.is_empty() || draft.answers.is_some() {
        return None;
    }
    let (wrong, busy, done) = (RwSignal::new(None::<String>), RwSignal::new(false), RwSignal::new(None::<usize>));
    let pass = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            match pass_over(open, dossier).await {
                Ok(count) => {
                    announce(say_with("relay.done", &[("n", &count.to_string())]));
                    done.try_set(Some(count));
                }
                Err(sentence) => drop(wrong.try_set(Some(sentence))),
            }
            busy.try_set(false);
        });
    };
    let label = move || say(if busy.get() { "app.loading" } else { "relay.pass" });
    Some(
        group()
            .child(notice::wrong(wrong))
            .child(move || {
                done.get().map(|count| notice(Kind::Done, say_with("relay.done", &[("n", &count.to_string())])))
            })
            .child(
                el("div")
                    .class("foot")
                    .child(el("p").child(say("relay.to-counter")))
                    .child(button("button", label, pass).id("pass").attr("disabled", move || busy.get())),
            ),
    )
}
