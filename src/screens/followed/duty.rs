//! Money that the dossier waits for: what, how much, to whom; and three things that come at different times: the notice, the
//! payment, the office's word that it has it.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use web_sys::{Blob, Event};

use crate::{
    device::{
        files::{self, Address},
        scanner::{NotSeen, Seen},
        store::{PageFile, result_shelf},
        visit,
    },
    dossier::{progress::Duty, vietqr::transfer},
    journey::pages,
    messages::{number, say, say_with},
    portal::Trouble,
    shell::{announce, shell},
    widgets::{
        element::{El, button, el, group},
        field::chooser,
        notice::{self, Kind, lines, notice, waiting},
        qr,
    },
};

pub fn duty(duty: &Duty, dossier: i64, called: &str, reload: Rc<dyn Fn()>) -> El {
    let (amount, content) = (duty.amount, format!("HS {called}"));
    let account = duty.account.as_ref().map(|account| {
        let line =
            |key: &str, text: &str| group().child(el("dt").child(say(key))).child(el("dd").child(text.to_owned()));
        let code = transfer(account, amount, &content).and_then(|text| qr::qr(&text, &say("duty.code")));
        group()
            .child(
                el("dl")
                    .child(line("duty.holder", &account.holder))
                    .child(line("duty.bank", &account.bank))
                    .child(line("duty.number", &account.number))
                    .child(line("duty.content", &content)),
            )
            .child(code.map(|code| group().child(code).child(el("p").class("hint").child(say("duty.code-how")))))
    });
    let owed = !duty.settled;
    el("section")
        .class(if duty.settled { "card ready" } else { "card missing" })
        .child(el("h2").child(say("duty.title")))
        .child(el("p").attr("lang", "vi").child(if duty.title.is_empty() {
            say("duty.what-unknown")
        } else {
            duty.title.clone()
        }))
        .child(el("p").class("amount").child(say_with("duty.amount", &[("amount", &number(duty.amount))])))
        .child(lines(&duty.note))
        .child(
            (!duty.payee.is_empty())
                .then(|| el("p").attr("lang", "vi").child(say_with("duty.to", &[("payee", &duty.payee)]))),
        )
        .child(el("p").class("hint").child(say("duty.no-deadline")))
        .child(ticks(duty))
        .child((owed && duty.paid.is_some()).then(|| notice(Kind::Info, say("duty.wait"))))
        .child(owed.then(|| notice(Kind::Info, say("duty.safe"))))
        // Who has said that it is paid is not led to pay it again.
        .child((owed && duty.paid.is_none() && shell().mode.forgets()).then(|| {
            // A bank's page is no place for a screen that strangers use in turn.
            let link = visit::link_to_number(called);
            group()
                .child(notice(Kind::Info, say("duty.own-phone")))
                .child(qr::qr(&link, &say("proof.code")))
                .child(lines(&duty.account_text))
        }))
        .child((owed && duty.paid.is_none() && !shell().mode.forgets()).then(|| {
            group()
                .child(duty.pay_at.as_ref().map(|page| {
                    el("p").child(
                        el("a")
                            .class("button")
                            .attr("href", page.clone())
                            .attr("rel", "noreferrer")
                            .child(say("duty.pay")),
                    )
                }))
                .child(duty.gateway.then(|| gateway(dossier)))
                .child(account)
                .child(lines(&duty.account_text))
        }))
        .child(owed.then(|| proof(duty.clone(), dossier, reload)))
}

/// Notice, payment, confirmation: they come at different times.
fn ticks(duty: &Duty) -> El {
    let tick = |done: bool, yes: &str, no: &str| {
        let (sign, text) = if done { ("✓ ", yes) } else { ("○ ", no) };
        el("li").child(el("span").attr("aria-hidden", "true").child(sign)).child(say(text))
    };
    el("ul")
        .class("rows ticks-done")
        .child(tick(true, "duty.notice-done", "duty.notice-not-yet"))
        .child(tick(duty.paid.is_some() || duty.settled, "duty.paid-done", "duty.paid-not-yet"))
        .child(tick(duty.settled, "duty.confirmed-done", "duty.confirmed-not-yet"))
}

/// Paying at the national gateway, which the portal opens.
fn gateway(dossier: i64) -> El {
    let (wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let open = move |_| {
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let said = match shell().portal.open_payment(dossier).await {
                // Only to a page that nobody on the way can read or change, or that is the portal's own.
                Ok(page) if visit::leave_to(&page) => return,
                Ok(_) => say(Trouble::Nonsense.key()),
                Err(Trouble::SignInNeeded) => say("follow.sign-in-first"),
                Err(Trouble::NotNow) => say("duty.no-gateway"),
                Err(trouble) => say(trouble.key()),
            };
            busy.try_set(false);
            wrong.try_set(Some(said));
        });
    };
    group()
        .child(notice::wrong(wrong))
        .child(button("button", say("duty.gateway"), open).attr("disabled", move || busy.get()))
        .child(el("p").class("hint").child(say("duty.gateway-how")))
}

/// The page of a dossier's result shelf where the picture of a receipt lies until the portal has it.
const RECEIPT: &str = "receipt";

/// Handing in the picture of the receipt: made a page of, as the portal's officers read it. It is on the device before it leaves,
/// and stays there until the portal has it.
fn proof(duty: Duty, dossier: i64, reload: Rc<dyn Fn()>) -> El {
    let (wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let held = RwSignal::new_local(None::<Blob>);
    let shelf = result_shelf(dossier);
    spawn_local({
        let shelf = shelf.clone();
        async move {
            if let Ok(store) = &shell().store
                && let Ok(Some(kept)) = store.page(&shelf, RECEIPT).await
            {
                held.try_set(Some(kept.original));
            }
        }
    });
    let send = {
        let shelf = shelf.clone();
        move || {
            let Some(picture) = held.get_untracked() else { return };
            let (duty, reload, shelf) = (duty.clone(), reload.clone(), shelf.clone());
            busy.set(true);
            wrong.set(None);
            spawn_local(async move {
                let Some(bytes) = files::bytes(&picture).await else {
                    busy.try_set(false);
                    wrong.try_set(Some(say("pages.unreadable-file")));
                    return;
                };
                let said = match shell().portal.report_paid(dossier, &duty, &bytes).await {
                    Ok(()) => {
                        if let Ok(store) = &shell().store {
                            let _ = store.forget_page(&shelf, RECEIPT).await;
                        }
                        announce(say("duty.proof-sent"));
                        return reload();
                    }
                    Err(Trouble::SignInNeeded) => say("follow.sign-in-first"),
                    Err(trouble) => say(trouble.key()),
                };
                busy.try_set(false);
                wrong.try_set(Some(said));
            });
        }
    };
    let picked = {
        let send = send.clone();
        move |event: Event| {
            let Some(file) = files::picked(&event).into_iter().next() else { return };
            let (send, shelf) = (send.clone(), shelf.clone());
            busy.set(true);
            wrong.set(None);
            spawn_local(async move {
                let said = match shell().scanner.look(&file).await {
                    Ok(Seen::Photo { sheet, .. }) => {
                        let page = PageFile { original: sheet.picture.clone(), picture: None };
                        if let Ok(store) = &shell().store {
                            // What the device does not keep may leave all the same.
                            let _ = store.save_page(&shelf, RECEIPT, &page).await;
                        }
                        held.try_set(Some(sheet.picture));
                        return send();
                    }
                    Ok(Seen::Pdf) => say("duty.no-pdf"),
                    Err(NotSeen::Flaw(flaw)) => pages::sentence(flaw, &file.name()),
                    Err(NotSeen::NoAnswer(_)) => say("pages.no-scanner"),
                };
                busy.try_set(false);
                wrong.try_set(Some(said));
            });
        }
    };
    let again = move || {
        let send = send.clone();
        (held.with(Option::is_some) && !busy.get()).then(|| {
            group().child(el("p").child("✓ ").child(say("duty.proof-here"))).child(button(
                "button",
                say("duty.proof-again"),
                move |_| send(),
            ))
        })
    };
    group()
        .child(notice::wrong(wrong))
        .child(again)
        .child(chooser("proof", "duty.proof", "image/*", false, picked))
        .child(el("p").attr("role", "status").child(move || busy.get().then(|| say("app.loading"))))
}

/// What was paid, for a dossier that waits for no money any more: asked for when wanted, since it costs a request.
pub fn paid(dossier: i64, secret: Option<String>) -> El {
    let answer = RwSignal::new_local(None::<Result<Option<Duty>, Trouble>>);
    let asked = RwSignal::new(false);
    let ask = move |_| {
        asked.set(true);
        let secret = secret.clone();
        spawn_local(async move {
            let told = shell().portal.duty(dossier, secret.as_deref()).await;
            answer.try_set(Some(told));
        });
    };
    group().child(move || match (asked.get(), answer.get()) {
        (false, _) => button("plain", say("duty.show-paid"), ask.clone()),
        (_, None) => waiting(),
        (_, Some(Ok(None))) => el("p").child(say("duty.none")),
        (_, Some(Err(trouble))) => notice(Kind::Wrong, say(trouble.key())),
        (_, Some(Ok(Some(duty)))) => el("section")
            .class("card")
            .child(el("h2").child(say("duty.title-paid")))
            .child(el("p").attr("lang", "vi").child(duty.title.clone()))
            .child(el("p").class("amount").child(say_with("duty.amount", &[("amount", &number(duty.amount))])))
            .child(ticks(&duty))
            .child(duty.settled.then(|| invoice(duty.clone(), dossier))),
    })
}

/// The office's receipt, fetched, checked and kept like the files of a result.
fn invoice(duty: Duty, dossier: i64) -> El {
    let file = RwSignal::new_local(None::<Result<Rc<Address>, String>>);
    let busy = RwSignal::new(false);
    let fetch = move |_| {
        let duty = duty.clone();
        busy.set(true);
        spawn_local(async move {
            let fetched = fetched_invoice(dossier, &duty).await;
            busy.try_set(false);
            file.try_set(Some(fetched));
        });
    };
    group().child(move || match (file.get(), busy.get()) {
        (_, true) => waiting(),
        (None, _) => button("button", say("duty.invoice"), fetch.clone()),
        (Some(Err(said)), _) => {
            group().child(notice(Kind::Wrong, said)).child(button("plain", say("app.again"), fetch.clone()))
        }
        (Some(Ok(address)), _) => group()
            .child(notice(Kind::Done, say("duty.invoice-kept")))
            .child(
                el("a")
                    .class("button")
                    .attr("href", address.as_str().to_owned())
                    .attr("target", "_blank")
                    .attr("rel", "noopener")
                    .child(say("result.open")),
            )
            .child(
                el("a")
                    .class("button plain")
                    .attr("href", address.as_str().to_owned())
                    .attr("download", "bien-lai.pdf")
                    .child(say("result.save")),
            ),
    })
}

/// The receipt from the device, or from the portal and then onto the device.
async fn fetched_invoice(dossier: i64, duty: &Duty) -> Result<Rc<Address>, String> {
    let (shelf, store) = (result_shelf(dossier), shell().store.as_ref().ok());
    let kept = match store {
        Some(store) => store.page(&shelf, INVOICE).await.ok().flatten(),
        None => None,
    };
    let blob = match kept {
        Some(kept) => kept.original,
        None => {
            let bytes = shell().portal.invoice(dossier, duty).await.map_err(|trouble| match trouble {
                Trouble::SignInNeeded => say("follow.sign-in-first"),
                trouble => say(trouble.key()),
            })?;
            if bytes.is_empty() {
                return Err(say("duty.no-invoice"));
            }
            if !bytes.starts_with(b"%PDF-") {
                return Err(say_with("result.not-as-named", &[("hotline", &shell().config.agency.hotline)]));
            }
            let blob = files::blob(&bytes, "application/pdf").ok_or_else(|| say("trouble.nonsense"))?;
            if let Some(store) = store {
                // Not kept is not lost: it is the portal's, and can be fetched again.
                let _ = store.save_page(&shelf, INVOICE, &PageFile { original: blob.clone(), picture: None }).await;
            }
            blob
        }
    };
    Address::of(&blob).map(Rc::new).ok_or_else(|| say("trouble.nonsense"))
}

/// Under this name the device keeps the office's receipt, beside the files of the result.
const INVOICE: &str = "invoice";
