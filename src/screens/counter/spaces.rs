//! The helper's desk: who helps here, who is being served, and the day's tally.

use leptos::{prelude::*, task::spawn_local};

use super::desk;
use crate::{
    device::files::{self, Address},
    journey::spaces::{self, Helper, Served, Space},
    messages::{say, say_with},
    shell::focus,
    widgets::{
        dialogue::ask_first,
        element::{El, button, el, group},
        field::{Typing, form, submit, typed},
        heading::heading,
        notice::{self, Kind, notice},
    },
};

pub fn screen() -> El {
    let known = RwSignal::new_local(None::<(Vec<Space>, Helper, Vec<Served>)>);
    let load = move || {
        spawn_local(async move {
            known.try_set(Some((spaces::all().await, spaces::helper().await, spaces::tally().await)));
        });
    };
    load();
    group().child(heading(say("desk.title"))).child(move || {
        let Some((list, helper, tally)) = known.get() else { return group() };
        if helper.code.is_empty() {
            return who_helps(helper, load);
        }
        group()
            .child(el("p").child(say_with("desk.helper", &[("code", &helper.code), ("place", &helper.place)])))
            .child(next(list.len()))
            .child(people(list, load))
            .child(counted(tally))
            .child(el("p").class("hint").child(say("desk.each-apart")))
    })
}

/// The helper's code and place, asked once a desk.
fn who_helps(held: Helper, then: impl Fn() + Copy + 'static) -> El {
    let (code, place) = (RwSignal::new(held.code), RwSignal::new(held.place));
    let (none, wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>), RwSignal::new(false));
    let keep = move || {
        let helper =
            Helper { code: code.get_untracked().trim().to_owned(), place: place.get_untracked().trim().to_owned() };
        wrong.set(helper.code.is_empty().then(|| say("desk.code-empty")));
        if wrong.with_untracked(Option::is_some) {
            return focus("helper-code");
        }
        spawn_local(async move {
            match spaces::set_helper(&helper).await {
                Ok(()) => then(),
                Err(error) => drop(wrong.try_set(Some(say(error.key())))),
            }
        });
    };
    form("card", keep)
        .child(el("h2").child(say("desk.who")))
        .child(typed("helper-code", "helper-code", Typing::default(), code, wrong))
        .child(typed("helper-place", "helper-place", Typing::default(), place, none))
        .child(submit("desk.begin", busy))
}

/// The next person: a nickname or a number, no more.
fn next(count: usize) -> El {
    let name = RwSignal::new((count + 1).to_string());
    let (fault, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let open = move || {
        fault.set(name.with_untracked(|name| name.trim().is_empty()).then(|| say("desk.name-empty")));
        if fault.with_untracked(Option::is_some) || busy.get_untracked() {
            return focus("space-name");
        }
        busy.set(true);
        spawn_local(async move {
            if let Err(error) = spaces::begin(&name.get_untracked()).await {
                busy.try_set(false);
                fault.try_set(Some(say(error.key())));
            }
        });
    };
    form("card", open)
        .child(el("h2").child(say("desk.next")))
        .child(typed("space-name", "space-name", Typing::default(), name, fault))
        .child(submit("desk.open", busy))
}

fn people(list: Vec<Space>, reload: impl Fn() + Copy + 'static) -> El {
    let wrong = RwSignal::new(None::<String>);
    let row = |(at, space): (usize, Space)| {
        let (shown, ended) = (space.id.clone(), space.clone());
        let end = move || {
            let space = ended.clone();
            spawn_local(async move {
                if !spaces::end(&space).await {
                    wrong.try_set(Some(say("device.not-wiped")));
                }
                reload();
            });
        };
        let key = desk::key_of(at).map(|key| el("kbd").child(key));
        el("li")
            .class("card")
            .child(el("p").child(el("strong").child(space.name.clone())).child(" ").child(key))
            .child(el("p").class("hint").child(say_with("desk.since", &[("when", &space.since.date_time())])))
            .child(button("button", say_with("desk.serve", &[("name", &space.name)]), move |_| {
                crate::device::visit::enter_space(Some(&shown));
            }))
            .child(ask_first(
                format!("end/{at}"),
                say_with("desk.end-one", &[("name", &space.name)]),
                say("desk.end-ask"),
                end,
            ))
    };
    group().child(notice::wrong(wrong)).child((!list.is_empty()).then(|| {
        el("section")
            .child(el("h2").child(say("desk.people")))
            .child(el("ul").class("cards").child(list.into_iter().enumerate().map(row).collect::<Vec<_>>()))
    }))
}

/// The day's tally, and the way to save it.
fn counted(tally: Vec<Served>) -> Option<El> {
    if tally.is_empty() {
        return None;
    }
    let (minutes, sent) =
        (tally.iter().map(|one| one.minutes).sum::<i64>(), tally.iter().map(|one| one.sent).sum::<usize>());
    let values = [("n", tally.len().to_string()), ("sent", sent.to_string()), ("minutes", minutes.to_string())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let file = files::blob(spaces::csv(&tally).as_bytes(), "text/csv").as_ref().and_then(Address::of)?;
    let href = file.as_str().to_owned();
    // The address lives as long as the screen.
    StoredValue::new_local(file);
    Some(
        el("section")
            .class("card")
            .child(el("h2").child(say("desk.tally")))
            .child(el("p").child(say_with("desk.tally-text", &values)))
            .child(notice(Kind::Info, say("desk.tally-private")))
            .child(
                el("a")
                    .class("button plain")
                    .attr("href", href)
                    .attr("download", "thong-ke.csv")
                    .child(say("desk.csv")),
            ),
    )
}
