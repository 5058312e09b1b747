//! The staff's page of a kiosk, behind a PIN: how it is, and what can be set by hand.

use leptos::{prelude::*, task::spawn_local};

use super::idle;
use crate::{
    device::{crypto, speech, visit},
    journey::leaving,
    messages::{say, say_with},
    shell::shell,
    widgets::{
        element::{El, button, el, group},
        field::{Typing, form, submit, typed},
        heading::heading,
        notice::{Kind, notice},
    },
};

pub fn screen() -> El {
    let (pin, wrong, busy) = (RwSignal::new(String::new()), RwSignal::new(None::<String>), RwSignal::new(false));
    let inside = RwSignal::new(false);
    let enter = move || {
        let print = leaving::kiosk().pin;
        busy.set(true);
        spawn_local(async move {
            let typed = crypto::print(pin.get_untracked().as_bytes()).await.unwrap_or_default();
            busy.try_set(false);
            pin.try_set(String::new());
            if !print.is_empty() && typed == print {
                visit::let_staff_choose(true);
                inside.try_set(true);
            } else {
                wrong.try_set(Some(say("staff.wrong-pin")));
            }
        });
    };
    on_cleanup(|| visit::let_staff_choose(false));
    let typing = Typing { kind: "password", keyboard: "numeric", ..Typing::default() };
    group().child(heading(say("staff.title"))).child(move || {
        if inside.get() {
            return state();
        }
        form("card", enter)
            .child(typed("staff-pin", "staff-pin", typing, pin, wrong))
            .child(submit("staff.enter", busy))
    })
}

fn state() -> El {
    let contact = RwSignal::new(None::<bool>);
    spawn_local(async move {
        contact.try_set(Some(leaving::hears_portal().await));
    });
    let version = document().query_selector("script[src*=boot]").ok().flatten();
    let version = version.and_then(|script| script.get_attribute("src")).unwrap_or_default();
    let line = |key: &str, text: String| group().child(el("dt").child(say(key))).child(el("dd").child(text));
    let paper = RwSignal::new(visit::is_paper_low());
    group()
        .child(
            el("dl")
                .child(line(
                    "staff.state",
                    say(if shell().library().is_some() { "staff.well" } else { "store.blocked" }),
                ))
                .child(line("staff.version", version.trim_start_matches("/boot-").trim_end_matches(".js").to_owned()))
                .child(el("dt").child(say("staff.last-contact")))
                .child(el("dd").child(el("span").attr("role", "status").child(move || match contact.get() {
                    None => say("app.loading"),
                    Some(true) => say_with("staff.contact-now", &[("when", &crate::shell::now().date_time())]),
                    Some(false) => match visit::contact() {
                        Some(when) => say_with("staff.contact-last", &[("when", &when.date_time())]),
                        None => say("staff.contact-never"),
                    },
                }))),
        )
        .child(move || paper.get().then(|| notice(Kind::Late, say("staff.paper-low"))))
        .child(
            el("p")
                .class("actions")
                .child(button(
                    "plain",
                    move || say(if paper.get() { "staff.paper-ok" } else { "staff.paper-low" }),
                    move |_| {
                        paper.update(|low| *low = !*low);
                        visit::note_paper(paper.get_untracked());
                    },
                ))
                .child(button("plain", say("staff.restart"), |_| idle::end())),
        )
        .child(loudness())
        .child(el("p").child(el("strong").child(say("staff.language"))))
        .child(el("p").class("hint").child(say("staff.language-how")))
        .child(el("p").child(el("a").class("button").attr("href", "/").child(say("staff.leave"))))
}

/// How loud it speaks; each change is heard.
fn loudness() -> El {
    el("div").class("field").child(el("label").attr("for", "volume").child(say("staff.volume"))).child(
        el("input")
            .id("volume")
            .attr("type", "range")
            .attr("min", "0")
            .attr("max", "100")
            .attr("step", "10")
            .prop("value", visit::volume().to_string())
            .on_text("change", |percent| {
                visit::note_volume(percent.parse().unwrap_or(100));
                speech::chime();
            }),
    )
}
