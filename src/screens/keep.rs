//! A draft in safe keeping: locked by a PIN, moved to another device, deleted for good.

use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use super::draft;
use crate::{
    device::{crypto, files::Address, vault},
    journey::{
        drafts::Open,
        moving,
        privacy::{self, SHORTEST_PIN},
    },
    messages::{say, say_with, size},
    shell::{announce, focus, shell},
    widgets::{
        dialogue::ask_first,
        element::{El, button, el, group},
        field::{Typing, form, submit, typed},
        heading::heading,
        notice::{self, Kind, notice, waiting},
        qr,
        told::told,
    },
};

pub fn screen(open: Open) -> El {
    let Some(now) = open.peek() else { return group() };
    let (id, back) = (now.id.clone(), format!("/ho-so/{}/giay-to", now.id));
    let bytes = now.papers.values().flat_map(|paper| &paper.pages).map(|page| page.bytes).sum();
    let saved = [("when", &*now.saved.date_time()), ("size", &size(bytes))];
    group()
        .child(heading(say("keep.title")))
        .child(el("p").class("lead").child(told(now.matter.title())))
        .child(el("p").class("hint").child(say_with("home.saved", &saved)))
        // Where nothing stays there is nothing to lock, and no file to save.
        .child((!shell().mode.forgets()).then(|| pin(open, now.id)))
        .child(codes(open))
        .child((!shell().mode.forgets()).then(|| file(open)))
        .child(el("section").class("card").child(el("h2").child(say("keep.delete"))).child(ask_first(
            "keep/forget",
            say("home.forget"),
            say("home.forget-ask"),
            move || draft::forget(id.clone()),
        )))
        .child(el("p").child(el("a").attr("href", back).child(say("pages.back"))))
}

/// Locking by a PIN, or taking the lock off.
fn pin(open: Open, id: String) -> El {
    let locked = RwSignal::new(vault::seals(&id));
    let (first, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (fault, differs) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let (wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let done = move |as_wished: bool, now_locked: bool| {
        busy.try_set(false);
        if as_wished {
            locked.try_set(now_locked);
            announce(say(if now_locked { "lock.done" } else { "lock.taken-off" }));
            focus("lock");
        } else {
            wrong.try_set(Some(say("lock.failed")));
        }
    };
    let lock = move || {
        let (one, other) = (first.get_untracked(), again.get_untracked());
        fault.set((one.chars().count() < SHORTEST_PIN).then(|| say("lock.short")));
        differs.set((one != other).then(|| say("lock.differs")));
        wrong.set(None);
        if fault.with_untracked(Option::is_some) {
            return focus("pin");
        }
        if differs.with_untracked(Option::is_some) {
            return focus("pin-again");
        }
        busy.set(true);
        spawn_local(async move {
            let sealed = privacy::lock(open, &one).await;
            first.try_set(String::new());
            again.try_set(String::new());
            done(sealed, true);
        });
    };
    let take_off = move || {
        busy.set(true);
        spawn_local(async move { done(privacy::take_off(open).await, false) });
    };
    let ask = move || {
        form("", lock)
            .child(el("p").child(say("lock.why")))
            .child(typed("pin", "pin", Typing::default(), first, fault))
            .child(typed("pin-again", "pin-again", Typing::default(), again, differs))
            .child(notice(Kind::Info, say("lock.forgotten")))
            .child(submit("lock.lock", busy))
    };
    let held = move || {
        group()
            .child(notice(Kind::Done, say("lock.is-locked")))
            .child(button("plain", say("lock.close"), |_| {
                // The key goes with the page.
                let _ = window().location().assign("/");
            }))
            .child(ask_first("keep/take-off", say("lock.take-off"), say("lock.take-off-ask"), take_off))
    };
    el("section")
        .class("card")
        .id("lock")
        .attr("tabindex", "-1")
        .child(el("h2").child(say("lock.heading")))
        .child(notice::wrong(wrong))
        .child(move || match (crypto::is_there(), locked.get()) {
            (false, _) => el("p").child(say("lock.no-cipher")),
            (true, false) => ask(),
            (true, true) => held(),
        })
}

/// The draft without its papers, as codes one after the other.
fn codes(open: Open) -> El {
    const EACH_MS: u32 = 1_500;
    let texts = RwSignal::new_local(None::<Rc<Vec<String>>>);
    let (at, runs) = (RwSignal::new(0), RwSignal::new(false));
    let show = move |_| {
        spawn_local(async move {
            texts.try_set(moving::codes(open).await.map(Rc::new));
            at.try_set(0);
        });
    };
    let count = move || texts.with(|texts| texts.as_ref().map_or(0, |texts| texts.len()));
    let step = move |by: usize| at.try_update(|at| *at = (*at + by) % count().max(1));
    let run = move |_| {
        runs.update(|runs| *runs = !*runs);
        spawn_local(async move {
            while runs.try_get_untracked() == Some(true) {
                TimeoutFuture::new(EACH_MS).await;
                if runs.try_get_untracked() == Some(true) {
                    step(1);
                }
            }
        });
    };
    el("section")
        .class("card")
        .child(el("h2").child(say("move.codes")))
        .child(el("p").child(say("move.codes-what")))
        .child(move || match texts.get() {
            None => button("plain", say("move.show-codes"), show).id("show-codes"),
            Some(texts) => {
                let of = texts.len();
                let name =
                    move || say_with("move.code", &[("n", &(at.get() + 1).to_string()), ("of", &of.to_string())]);
                let code = move || texts.get(at.get()).and_then(|text| qr::on_screen(text, &name()));
                let several = (of > 1).then(|| {
                    group()
                        .child(button("plain", say("move.previous"), move |_| {
                            step(count() - 1);
                        }))
                        .child(button("plain", say("move.next"), move |_| {
                            step(1);
                        }))
                        .child(
                            button("plain", say("move.run"), run).attr("aria-pressed", move || runs.get().to_string()),
                        )
                });
                group()
                    .child(el("p").class("lead").child(name))
                    .child(code)
                    .child(el("p").class("actions").child(several))
                    .child(el("p").class("hint").child(say("move.codes-how")))
            }
        })
}

/// The draft with its papers, as one sealed file.
fn file(open: Open) -> El {
    #[derive(Clone)]
    enum Made {
        Not,
        Busy,
        Failed,
        Here(String, Rc<Address>),
    }
    let made = RwSignal::new_local(Made::Not);
    let make = move |_| {
        made.set(Made::Busy);
        spawn_local(async move {
            let parcel = async {
                let words = moving::passphrase().await?;
                let address = Address::of(&moving::file(open, &words).await?)?;
                Some(Made::Here(words, Rc::new(address)))
            };
            made.try_set(parcel.await.unwrap_or(Made::Failed));
            focus("parcel");
        });
    };
    el("section")
        .class("card")
        .id("parcel")
        .attr("tabindex", "-1")
        .child(el("h2").child(say("move.file")))
        .child(el("p").child(say("move.file-what")))
        .child(move || match made.get() {
            _ if !crypto::is_there() => el("p").child(say("lock.no-cipher")),
            Made::Not => button("plain", say("move.make-file"), make),
            Made::Busy => waiting(),
            Made::Failed => {
                group().child(notice(Kind::Wrong, say("move.not-made"))).child(button("plain", say("app.again"), make))
            }
            Made::Here(words, address) => group()
                .child(el("p").child(say("move.words")))
                .child(el("p").class("words").child(words.clone()))
                .child(notice(Kind::Info, say("move.words-how")))
                .child(
                    el("a")
                        .class("button")
                        .attr("href", address.as_str().to_owned())
                        .attr("download", moving::file_name())
                        .child(say("move.save-file")),
                ),
        })
}
