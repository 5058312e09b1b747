//! The receipt: what the office has, in numbers that the portal itself gave.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    device::{
        share::{self, Shared},
        visit,
    },
    dossier::{receipt::Receipt, sending::Sending},
    journey::drafts::Open,
    messages::{digits, say, say_with, size},
    route::{Route, Step},
    shell::{announce, go_instead, shell},
    widgets::{
        element::{El, button, el, group},
        heading::heading,
        notice::{Kind, notice},
        qr,
    },
};

pub fn screen(open: Open) -> El {
    let Some(draft) = open.peek() else { return group() };
    let otherwise =
        draft.sent_otherwise().map(|paper| draft.paper_name(paper).to_owned()).collect::<Vec<_>>().join("; ");
    let Sending::Sent(receipt) = draft.sending else {
        go_instead(Route::Draft(draft.id, Step::Review));
        return group();
    };
    let title = say(draft.matter.title());
    let number = receipt.number.clone().unwrap_or_else(|| receipt.dossier.to_string());
    let text = in_words(&receipt, &title, &number);
    let shared = RwSignal::new(None::<&'static str>);
    let share_it = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let said = match share::share(&say("receipt.title"), &text).await {
                Shared::Sheet => "receipt.shared",
                Shared::Copied => "receipt.copied",
                Shared::Not => "receipt.not-shared",
            };
            shared.try_set(Some(said));
            announce(say(said));
        });
    };
    let line = |key: &str, text: String| group().child(el("dt").child(say(key))).child(el("dd").child(text));
    let pending = receipt.number.is_none();
    group()
        .child(heading(say("receipt.title")))
        .child(notice(Kind::Done, say_with("receipt.done", &[("n", &receipt.files.len().to_string())])))
        .child((!otherwise.is_empty()).then(|| {
            notice(
                Kind::Late,
                say_with("receipt.otherwise", &[("papers", &otherwise), ("hotline", &shell().config.agency.hotline)]),
            )
        }))
        .child(
            el("section")
                .class("card receipt")
                .child(el("p").class("lead").child(title))
                .child(
                    el("dl")
                        .child(line(if pending { "receipt.temporary" } else { "receipt.number" }, number.clone()))
                        .child(line("receipt.secret", receipt.secret.clone()))
                        .child(line(
                            "receipt.sent",
                            receipt.sent.map_or_else(|| say("receipt.unknown"), |sent| digits(&sent.date_time())),
                        ))
                        .child(line(
                            "receipt.due",
                            receipt.due.map_or_else(|| say("receipt.due-later"), |due| digits(&due.date())),
                        ))
                        .child(line("receipt.agency", receipt.agency.clone())),
                )
                .child(qr::qr(&visit::link_to_number(&number), &say("proof.code")))
                .child(pending.then(|| el("p").class("hint").child(say("receipt.pending"))))
                .child(el("h2").child(say_with("receipt.files", &[("n", &receipt.files.len().to_string())])))
                .child(
                    el("ul").class("rows").child(
                        receipt
                            .files
                            .iter()
                            .map(|file| {
                                el("li")
                                    .child(el("p").attr("lang", "vi").child(file.name.clone()))
                                    .child(el("p").class("hint").child(size(file.bytes)))
                            })
                            .collect::<Vec<_>>(),
                    ),
                ),
        )
        .child(
            el("p")
                .class("actions")
                .child(
                    el("a")
                        .class("button")
                        .attr("href", format!("/tra-cuu/{}", draft.id))
                        .child(say("home.follow-this")),
                )
                // A kiosk's printer has the strip.
                .child((!shell().mode.forgets()).then(|| button("plain", say("app.print"), |_| share::print())))
                .child(button("plain", say("check.print-strip"), |_| share::print_strip()))
                .child(button("plain", say("receipt.share"), share_it)),
        )
        .child(move || shared.get().map(|key| el("p").class("hint").child(say(key))))
        .child(el("p").class("hint").child(say(if shell().mode.forgets() {
            "kiosk.receipt-keep"
        } else {
            "receipt.keep"
        })))
        .child(el("p").child(el("a").attr("href", "/").child(say("app.to-home"))))
}

/// The receipt as a text to hand on. The secret code stays out: whoever has both opens the dossier.
fn in_words(receipt: &Receipt, title: &str, number: &str) -> String {
    say_with(
        "receipt.text",
        &[
            ("title", title),
            ("number", number),
            ("sent", &receipt.sent.map(|sent| sent.date_time()).unwrap_or_default()),
            ("agency", &receipt.agency),
            ("n", &receipt.files.len().to_string()),
        ],
    )
}
