//! The citizen's own window at the helper's desk: large, just what is being filled in, and theirs to say whether it is right.

use leptos::prelude::*;

use crate::{
    device::{
        language,
        mirror::{Line, Seen, Word},
    },
    messages::say,
    widgets::{
        element::{El, button, el, group},
        heading::heading,
    },
};

pub fn screen() -> El {
    // Nothing else of the desk is in reach of this window.
    if let Some(root) = document().document_element() {
        let _ = root.class_list().add_1("alone");
    }
    let seen = RwSignal::new(Seen::default());
    let said = RwSignal::new(None::<bool>);
    let line = Line::open(move |word| {
        if let Word::Seen(new) = word {
            // Another text has to be looked at anew.
            said.set(None);
            // The buttons speak as the helper's screen does; who chose another language here keeps it till that changes.
            if seen.with_untracked(|seen| seen.language != new.language) {
                language::choose(&new.language);
            }
            seen.set(new);
        }
    });
    if let Some(line) = &line {
        line.say(&Word::Opened);
    }
    let say_so = move |right: bool| {
        said.set(Some(right));
        if let Some(line) = &line {
            line.say(&Word::Said(right));
        }
    };
    let no = say_so.clone();
    let row = |(name, value): (String, String)| group().child(el("dt").child(name)).child(el("dd").child(value));
    el("div")
        .class("mirror")
        .child(move || {
            let Seen { title, rows, .. } = seen.get();
            group()
                .child(heading(if title.is_empty() { say("mirror.title") } else { title }))
                .child(rows.is_empty().then(|| el("p").child(say("mirror.nothing"))))
                .child(el("dl").child(rows.into_iter().map(row).collect::<Vec<_>>()))
        })
        .child(
            el("div")
                .class("foot")
                .child(el("p").attr("role", "status").child(move || {
                    said.get().map(|right| say(if right { "mirror.said-right" } else { "mirror.said-wrong" }))
                }))
                .child(button("button", say("mirror.right"), move |_| say_so(true)))
                .child(button("button danger", say("mirror.wrong"), move |_| no(false))),
        )
}
