//! Taking in a draft from another device: by its QR codes, or by its file.

use leptos::{prelude::*, task::spawn_local};
use web_sys::{Event, File};

use crate::{
    device::{camera, code_reader::CodeReader, files},
    dossier::moving::{Chain, Refused},
    journey::moving,
    messages::{say, say_with},
    route::{Route, Step},
    shell::{announce, focus, go},
    widgets::{
        code_camera::code_camera,
        element::{El, button, el, group},
        field::{Typing, chooser, field, form, submit},
        heading::heading,
        notice::{self, Kind, notice, waiting},
    },
};

pub fn screen() -> El {
    group()
        .child(heading(say("receive.title")))
        .child(el("p").class("hint").child(say("receive.intro")))
        .child(by_codes())
        .child(by_file())
        .child(el("p").child(el("a").attr("href", "/").child(say("app.to-home"))))
}

/// Goes to the draft, or says why it was not taken in.
fn end(outcome: Result<String, Refused>, wrong: RwSignal<Option<String>>) {
    match outcome {
        Ok(id) => {
            announce(say("receive.done"));
            go(Route::Draft(id, Step::Papers));
        }
        Err(refused) => {
            wrong.try_set(Some(say(refused.key())));
        }
    }
}

fn by_codes() -> El {
    let filming = RwSignal::new(false);
    let chain = RwSignal::new(Chain::default());
    let (wrong, reading) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let take = move |text: String| {
        let mut taken = match chain.try_get_untracked() {
            Some(taken) => taken,
            None => return,
        };
        let before = taken.progress();
        if let Err(refused) = taken.take(&text) {
            wrong.set(Some(say(refused.key())));
            return;
        }
        if taken.progress() == before {
            return;
        }
        wrong.set(None);
        chain.set(taken.clone());
        match taken.bytes() {
            Err(Refused::Cut) => {}
            Err(refused) => {
                chain.set(Chain::default());
                wrong.set(Some(say(refused.key())));
            }
            Ok(bytes) => {
                filming.set(false);
                spawn_local(async move { end(moving::take_codes(bytes).await, wrong) });
            }
        }
    };
    let photographs = move |event: Event| {
        let picked = files::picked(&event);
        reading.set(true);
        spawn_local(async move {
            let reader = CodeReader::default();
            for photograph in picked {
                match reader.read(&photograph).await {
                    Some(text) => take(text),
                    None => {
                        wrong.try_set(Some(say("receive.no-code")));
                    }
                }
            }
            reading.try_set(false);
        });
    };
    let progress = move || {
        let (have, of) = chain.with(Chain::progress);
        let missing = chain.with(Chain::missing)?.to_string();
        (of > 0).then(|| {
            let values = [("have", &*have.to_string()), ("of", &of.to_string()), ("next", &missing)];
            say_with("receive.progress", &values)
        })
    };
    el("section")
        .class("card")
        .child(el("h2").child(say("receive.codes")))
        .child(el("p").class("hint").child(say("receive.codes-how")))
        .child(el("p").attr("role", "status").class("lead").child(progress))
        .child(notice::wrong(wrong))
        .child(move || reading.get().then(waiting))
        .child(move || {
            if filming.get() {
                return code_camera(take, move || {
                    filming.set(false);
                    focus("scan-codes");
                });
            }
            let scan = camera::is_known()
                .then(|| button("button", say("receive.scan"), move |_| filming.set(true)).id("scan-codes"));
            el("div").class("take").child(scan).child(chooser("codes", "receive.photo", "image/*", true, photographs))
        })
}

fn by_file() -> El {
    let file = RwSignal::new_local(None::<File>);
    let passphrase = RwSignal::new(String::new());
    let (wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let open = move || {
        wrong.set(None);
        let Some(file) = file.get_untracked() else {
            wrong.set(Some(say("receive.no-file")));
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = moving::take_file(&file, &passphrase.get_untracked()).await;
            busy.try_set(false);
            end(outcome, wrong);
        });
    };
    let chosen = move |event: Event| {
        if let Some(picked) = files::picked(&event).into_iter().next() {
            file.set(Some(picked));
        }
    };
    form("card", open)
        .child(el("h2").child(say("receive.file")))
        .child(el("p").class("hint").child(say("receive.file-how")))
        .child(chooser("parcel", "receive.choose-file", ".motcua", false, chosen))
        .child(el("p").attr("role", "status").child(move || file.with(|file| file.as_ref().map(File::name))))
        .child(field(
            "passphrase".into(),
            "passphrase",
            Typing::default(),
            move || passphrase.get(),
            || None,
            move |typed| passphrase.set(typed),
        ))
        .child(notice::wrong(wrong))
        .child(submit("receive.open", busy))
        .child(move || busy.get().then(|| notice(Kind::Info, say("receive.takes-a-moment"))))
}
