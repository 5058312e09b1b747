//! What goes on behind the screens, in sight on each of them: a dossier that is being sent, or that waits for the citizen; and
//! news of those that were sent.

use leptos::prelude::*;

use super::sign_in;
use crate::{
    dossier::sending::News,
    journey::{
        drafts::Open,
        news::{Fresh, fresh},
        outbox::{NotSent, Posted, Standing, errands, post},
    },
    messages::{say, say_with},
    route::{Route, Step},
    shell::{announce, focus},
    widgets::element::{El, button, el, group},
};

/// What there is to say of an errand.
#[derive(Clone, PartialEq, Eq)]
enum Said {
    Nothing,
    /// On its way: so many percent.
    Going(u64),
    Waits,
    SignIn,
    NotSent(String),
}

/// All errands but the one that the screen shows in full, and all news.
pub fn outgoing() -> El {
    group()
        .child(move || errands().get().into_iter().map(row).collect::<Vec<_>>())
        .child(move || fresh().get().into_iter().map(piece).collect::<Vec<_>>())
}

/// One piece of news, until the citizen looks at the dossier.
fn piece(Fresh { draft, text }: Fresh) -> El {
    announce(text.clone());
    let see = el("a").class("button plain").attr("href", Route::Followed(draft).path()).child(say("outgoing.see"));
    el("section")
        .class("outgoing")
        .attr("aria-label", say("outgoing.news"))
        .child(el("p").child(el("strong").child(say("outgoing.news"))).child(" ").child(text))
        .child(see)
}

fn row(posted: Posted) -> El {
    let Posted { draft, title, errand } = posted;
    let to_review = Route::Draft(draft.clone(), Step::Review).path();
    let said = Memo::new(move |_| match errand.standing.get() {
        _ if errand.in_sight.get() => Said::Nothing,
        Standing::Idle => Said::Nothing,
        Standing::Going(News::Attaching { sent, bytes, done, total, .. }) => {
            Said::Going(100 * (done + sent.min(bytes)) / total.max(1))
        }
        Standing::Going(News::Opening) => Said::Going(0),
        Standing::Going(_) => Said::Going(100),
        Standing::Waits(..) | Standing::Elsewhere => Said::Waits,
        Standing::Stopped(NotSent::SignIn) => Said::SignIn,
        Standing::Stopped(NotSent::Because(why, _)) => Said::NotSent(why),
    });
    let opened = RwSignal::new(false);
    let words = {
        let title = title.clone();
        move |key: &str| say_with(key, &[("title", &say(&title))])
    };
    // Spoken when it waits for the citizen; the rest is there to be looked at.
    Effect::new({
        let words = words.clone();
        move |_| match said.get() {
            Said::SignIn => announce(words("outgoing.sign-in")),
            Said::NotSent(why) => announce(why),
            _ => {}
        }
    });
    group().child(move || {
        let line = |text: String| {
            let see = el("a").class("button plain").attr("href", to_review.clone()).child(say("outgoing.see"));
            group().child(el("p").child(text)).child(see)
        };
        let what = match said.get() {
            Said::Nothing => return None,
            Said::Going(percent) => {
                line(say_with("outgoing.going", &[("title", &say(&title)), ("n", &percent.to_string())]))
            }
            Said::Waits => line(words("outgoing.waits")),
            Said::NotSent(_) => line(words("outgoing.not-sent")),
            Said::SignIn => {
                let draft = draft.clone();
                group()
                    .child(el("p").child(words("outgoing.sign-in")))
                    .child(
                        button("button", say("outgoing.enter"), move |_| {
                            opened.set(true);
                            focus("sign-in-again");
                        })
                        .attr("hidden", move || opened.get()),
                    )
                    .child(el("div").id("sign-in-again").attr("tabindex", "-1").child(move || {
                        let draft = draft.clone();
                        opened.get().then(|| {
                            let open = Open::behind(&draft);
                            sign_in::form(open.peek().map(|draft| draft.people.applicant), move || post(open))
                        })
                    }))
            }
        };
        Some(el("section").class("outgoing").attr("aria-label", say("review.send")).child(what))
    })
}
