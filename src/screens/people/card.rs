//! Filling in a person from the QR code of their citizen card.

use leptos::{prelude::*, task::spawn_local};
use web_sys::Event;

use super::{Who, id, sex_key};
use crate::{
    catalogue::procedure::Named,
    device::{code_reader::CodeReader, files},
    dossier::{citizen_card::CitizenCard, person::Field},
    journey::{drafts::Open, scanned, shelf},
    messages::say,
    shell::{announce, focus, shell},
    widgets::{
        element::{El, button, el, group},
        field::picker,
        notice::{Kind, notice, waiting},
    },
};

/// How far the reading of a card has come.
#[derive(Clone, Default)]
enum Reading {
    #[default]
    Not,
    Busy,
    /// What went wrong: a message key.
    Failed(&'static str),
    Found(CitizenCard),
}

/// The button, and what the card says, to be confirmed.
pub fn reader(open: Open, who: Who, wards: RwSignal<shelf::Known<Vec<Named>>, LocalStorage>) -> El {
    let reading = RwSignal::new(Reading::Not);
    let read = move |event: Event| {
        let Some(file) = files::picked(&event).into_iter().next() else { return };
        reading.set(Reading::Busy);
        spawn_local(async move {
            let text = CodeReader::default().read(&file).await;
            let found = match text.as_deref().map(CitizenCard::read) {
                None => Reading::Failed("people.card-none"),
                Some(None) => Reading::Failed("people.card-other"),
                Some(Some(card)) => Reading::Found(card),
            };
            reading.try_set(found);
        });
    };
    if who == Who::Applicant {
        scanned::hear(move |text| {
            let card = CitizenCard::read(text);
            let ours = card.is_some();
            if let Some(card) = card {
                reading.set(Reading::Found(card));
            }
            ours
        });
    }
    group()
        .child(picker(&format!("{}-card", who.key()), "people.card", false, true, false, read))
        .child(el("p").class("hint").child(say("people.card-hint")))
        .child(move || match reading.get() {
            Reading::Not => group(),
            Reading::Busy => waiting(),
            Reading::Failed(key) => notice(Kind::Wrong, say(key)),
            Reading::Found(card) => confirm(open, who, wards, card, reading),
        })
}

/// Shows what the card says, and fills it in once the citizen says yes.
fn confirm(
    open: Open,
    who: Who,
    wards: RwSignal<shelf::Known<Vec<Named>>, LocalStorage>,
    card: CitizenCard,
    reading: RwSignal<Reading>,
) -> El {
    let facts = [
        ("field.name", card.name.clone()),
        ("field.id-number", card.number.clone()),
        ("field.birth", card.birth.clone()),
        ("field.sex", say(sex_key(card.sex))),
        ("field.street", card.address.clone()),
        ("field.issued", card.issued.clone()),
    ];
    let fact = |(key, value): (&str, String)| group().child(el("dt").child(say(key))).child(el("dd").child(value));
    let fill = move |_| {
        let (card, known) = (card.clone(), shelf::here(wards).unwrap_or_default());
        open.change_soon(move |draft| {
            if let Some(person) = who.of(&mut draft.people) {
                card.fill(person, &known, &shell().config.portal.province);
            }
        });
        reading.set(Reading::Not);
        announce(say("people.card-done"));
        focus(&id(who, Field::Name));
    };
    el("div")
        .class("ask")
        .attr("role", "alertdialog")
        .attr("aria-label", say("people.card-ask"))
        .child(el("p").child(el("strong").child(say("people.card-ask"))))
        .child(el("dl").child(facts.into_iter().map(fact).collect::<Vec<_>>()))
        .child(
            el("div")
                .class("actions")
                .child(button("button", say("people.card-yes"), fill).then(|yes| {
                    let _ = yes.focus();
                }))
                .child(button("plain", say("people.card-no"), move |_| reading.set(Reading::Not))),
        )
}
