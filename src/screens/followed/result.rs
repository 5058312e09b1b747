//! The result: where to collect it and with what in hand, or the post's number for it; and its files, checked and kept.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use web_sys::Blob;

use crate::{
    device::{
        crypto,
        files::{self, Address},
        share::{self, Shared},
        store::{PageFile, result_shelf, results_name},
        vault,
    },
    dossier::{
        progress::{NotAsSaid, Progress, ResultFile},
        sending::Office as _,
        status::Status,
    },
    journey::offices::{self, Office},
    messages::{say, say_with, size},
    portal::Trouble,
    shell::{announce, shell},
    widgets::{
        element::{El, button, el, group},
        notice::{self, Kind, notice, waiting},
        opened::opened,
    },
};

pub fn result(progress: &Progress) -> El {
    let by_post = progress.status == Status::Posted;
    let how = match (by_post, &progress.tracking, &progress.post_to) {
        (true, Some(code), _) => el("p").child(say_with("result.post", &[("code", code)])),
        (true, None, _) => el("p").child(say("result.post-no-code")),
        // It is done, and the post has not fetched it yet.
        (false, _, Some(address)) => group()
            .child(el("p").child(say("result.by-post")))
            .child((!address.is_empty()).then(|| el("p").attr("lang", "vi").child(address.clone())))
            .child(
                el("p")
                    .class("hint")
                    .child(say_with("result.by-post-else", &[("phone", &shell().config.agency.hotline)])),
            ),
        _ => group()
            .child(el("p").attr("lang", "vi").child(say_with("result.where", &[("place", &progress.agency)])))
            .child(whereabouts(progress.codes.1.clone()))
            .child(el("p").child(say("result.bring")))
            .child(el("p").child(say("result.bring-other")))
            .child(el("p").child(say("result.check"))),
    };
    el("section")
        .class("card ready")
        .child(el("h2").child(say("result.title")))
        .child((progress.status != Status::Returned).then_some(how))
        .child(digital(progress.dossier))
        .child((progress.status == Status::Returned).then(|| rating(progress.dossier)))
}

/// Where and when an agency hands results out, as the deployment sets it.
fn whereabouts(agency: String) -> El {
    let office = RwSignal::new(None::<Office>);
    spawn_local(async move {
        office.try_set(Some(offices::of(&agency).await));
    });
    group().child(move || {
        office.get().map(|Office { address, hours, phone }| {
            let hours = match hours.as_str() {
                "" => say_with("result.when-unknown", &[("phone", &phone)]),
                hours => say_with("result.when", &[("hours", hours)]),
            };
            group()
                .child((!address.is_empty()).then(|| el("p").attr("lang", "vi").child(address)))
                .child(el("p").child(hours))
        })
    })
}

/// The files of the result, asked for when wanted: it costs a request, and the portal shows them to who is signed in.
fn digital(dossier: i64) -> El {
    let found = RwSignal::new_local(None::<Result<Vec<ResultFile>, Trouble>>);
    let asked = opened("followed/result");
    let ask = move || {
        spawn_local(async move {
            let answer = shell().portal.results(dossier).await;
            let name = results_name(dossier);
            // Beside a locked draft the names would tell what it is.
            if let (Ok(files), Ok(store), false) = (&answer, &shell().store, vault::seals(&result_shelf(dossier))) {
                let listed: Vec<(&str, &str, &str, Option<u64>)> =
                    files.iter().map(|file| (&*file.id, &*file.name, &*file.kind, file.bytes)).collect();
                let _ = store.keep(&name, &listed).await;
            }
            let answer = match answer {
                // What was listed before serves where the portal cannot be asked now.
                Err(trouble) if trouble.may_pass() || trouble == Trouble::SignInNeeded => {
                    kept(&name).await.ok_or(trouble)
                }
                answer => answer,
            };
            found.try_set(Some(answer));
        });
    };
    Effect::new(move |_| {
        if asked.get() {
            ask();
        }
    });
    group().child(move || match (asked.get(), found.get()) {
        (false, _) => button("plain", say("result.digital"), move |_| asked.set(true)),
        (_, None) => waiting(),
        (_, Some(Err(Trouble::SignInNeeded))) => notice(Kind::Info, say("follow.sign-in-first")),
        (_, Some(Err(trouble))) => notice(Kind::Wrong, say(trouble.key())),
        (_, Some(Ok(files))) if files.is_empty() => el("p").child(say("result.no-file")),
        (_, Some(Ok(files))) => {
            el("ul").class("rows").child(files.into_iter().map(|file| row(dossier, file)).collect::<Vec<_>>())
        }
    })
}

async fn kept(name: &str) -> Option<Vec<ResultFile>> {
    let rows: Vec<(String, String, String, Option<u64>)> = shell().store.as_ref().ok()?.kept(name).await.ok()??;
    Some(rows.into_iter().map(|(id, name, kind, bytes)| ResultFile { id, name, kind, bytes }).collect())
}

/// A file that is here, checked.
#[derive(Clone)]
struct Here {
    blob: Blob,
    address: Rc<Address>,
    print: String,
}

fn row(dossier: i64, file: ResultFile) -> El {
    let here = RwSignal::new_local(None::<Here>);
    let (wrong, busy, tried) = (RwSignal::new(None::<String>), RwSignal::new(false), StoredValue::new(false));
    let fetch = {
        let file = file.clone();
        move |_| {
            let file = file.clone();
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            wrong.set(None);
            spawn_local(async move {
                match fetched(dossier, &file).await {
                    Ok(found) => {
                        announce(say("result.checked"));
                        here.try_set(Some(found));
                    }
                    Err(sentence) => {
                        let key = match (sentence, tried.try_get_value()) {
                            ("result.wrong-size", Some(true)) => "result.wrong-size-again",
                            (key, _) => key,
                        };
                        tried.try_set_value(true);
                        wrong.try_set(Some(say_with(key, &[("hotline", &shell().config.agency.hotline)])));
                    }
                }
                busy.try_set(false);
            });
        }
    };
    // A kiosk shows what a browser shows, and saves and hands on nothing.
    let (forgets, shows) = (shell().mode.forgets(), file.mime() != "application/octet-stream");
    let (name, kind) = (file.name.clone(), file.kind.clone());
    let label = match file.bytes {
        Some(bytes) => say_with("result.download", &[("size", &size(bytes))]),
        None => say("result.download-unsized"),
    };
    el("li").child(el("p").attr("lang", "vi").child(file.name.clone())).child(notice::wrong(wrong)).child(
        move || match (here.get(), busy.get()) {
            (None, false) if forgets && !shows => el("p").child(say("result.own-phone")),
            (None, false) => button("button", label.clone(), fetch.clone()),
            (None, true) => el("p").attr("role", "status").child(say("result.checking")),
            (Some(here), _) => {
                let name = if name.to_lowercase().ends_with(&kind) { name.clone() } else { format!("{name}.{kind}") };
                let (blob, shared) = (here.blob.clone(), name.clone());
                let hand_on = move |_| {
                    let (blob, name) = (blob.clone(), shared.clone());
                    spawn_local(async move {
                        if share::share_file(&blob, &name).await == Shared::Not {
                            announce(say("result.not-shared"));
                        }
                    });
                };
                group()
                    .child(notice(Kind::Done, say("result.checked")))
                    .child(el("p").class("hint").child(say("result.checked-limit")))
                    .child(
                        el("p")
                            .class("actions")
                            .child(
                                el("a")
                                    .class("button")
                                    .attr("href", here.address.as_str().to_owned())
                                    .attr("target", "_blank")
                                    .attr("rel", "noopener")
                                    .child(say("result.open")),
                            )
                            .child((!forgets).then(|| {
                                group()
                                    .child(
                                        el("a")
                                            .class("button plain")
                                            .attr("href", here.address.as_str().to_owned())
                                            .attr("download", name)
                                            .child(say("result.save")),
                                    )
                                    .child(button("plain", say("result.share"), hand_on))
                            })),
                    )
                    .child(
                        el("details")
                            .child(el("summary").child(say("result.print")))
                            .child(el("p").class("code").child(here.print)),
                    )
                    .child((!forgets).then(|| el("p").class("hint").child(say("result.keep"))))
            }
        },
    )
}

/// The file from the device, or from the portal and then onto the device.
async fn fetched(dossier: i64, file: &ResultFile) -> Result<Here, &'static str> {
    let store = shell().store.as_ref().ok();
    let mut bytes = None;
    if let Some(store) = store
        && let Ok(Some(held)) = store.page(&result_shelf(dossier), &file.id).await
    {
        bytes = files::bytes(&held.original).await;
    }
    let is_kept = bytes.is_some();
    let bytes = match bytes {
        Some(bytes) => bytes,
        None => shell().portal.content(dossier, &file.id).await.map_err(|trouble| trouble.key())?,
    };
    file.check(&bytes).map_err(|wrong| match wrong {
        NotAsSaid::Size => "result.wrong-size",
        NotAsSaid::Kind => "result.not-as-named",
    })?;
    let blob = files::blob(&bytes, file.mime()).ok_or("trouble.nonsense")?;
    if let (Some(store), false) = (store, is_kept) {
        // Not kept is not lost: it is the portal's, and can be fetched again.
        let _ = store
            .save_page(&result_shelf(dossier), &file.id, &PageFile { original: blob.clone(), picture: None })
            .await;
    }
    let address = Address::of(&blob).map(Rc::new).ok_or("trouble.nonsense")?;
    Ok(Here { blob, address, print: crypto::print(&bytes).await.unwrap_or_default() })
}

/// How content the citizen is, once it is over.
fn rating(dossier: i64) -> El {
    let said = RwSignal::new(None::<&'static str>);
    let rate = move |answer: usize| {
        spawn_local(async move {
            let key = match shell().portal.rate(dossier, answer).await {
                Ok(true) => "feedback.rate-done",
                Ok(false) => "feedback.rate-already",
                Err(trouble) => trouble.key(),
            };
            announce(say(key));
            said.try_set(Some(key));
        });
    };
    el("section").class("rating").child(el("h3").child(say("feedback.rate"))).child(move || match said.get() {
        Some(key) => el("p").attr("role", "status").child(say(key)),
        None => group()
            .child(
                el("p").class("actions").child(
                    [(1, "feedback.rate-3"), (2, "feedback.rate-2"), (3, "feedback.rate-1")]
                        .map(|(answer, key)| button("plain", say(key), move |_| rate(answer)))
                        .into_iter()
                        .collect::<Vec<_>>(),
                ),
            )
            .child(el("p").class("hint").child(say("feedback.rate-free"))),
    })
}
