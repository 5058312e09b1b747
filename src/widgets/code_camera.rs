//! The camera that reads QR codes, one after the other, until it is closed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

use super::{
    element::{El, button, el},
    notice::{Kind, notice},
};
use crate::{
    device::{
        camera::{Film, NoCamera},
        code_reader::CodeReader,
    },
    messages::say,
};

/// The longer side of the frames that are looked at.
const FRAME: u32 = 1280;
const PAUSE_MS: u32 = 80;

/// The film, and a button to end it. `read` hears what each code says, as often as it is seen.
pub fn code_camera(read: impl Fn(String) + 'static, closed: impl Fn() + 'static) -> El {
    let alive = Rc::new(Cell::new(true));
    let film: Rc<RefCell<Option<Rc<Film>>>> = Rc::default();
    let missing = RwSignal::new(None::<NoCamera>);
    {
        let (film, alive) = (StoredValue::new_local(film.clone()), StoredValue::new_local(alive.clone()));
        on_cleanup(move || {
            alive.with_value(|alive| alive.set(false));
            film.with_value(|film| film.borrow_mut().take());
        });
    }
    let video = el("video").attr("playsinline", true).attr("muted", true).attr("aria-label", say("camera.film"));
    let element = video.element();
    spawn_local(async move {
        let opened = match Film::open(element.unchecked_into()).await {
            Ok(opened) => Rc::new(opened),
            Err(why) => {
                missing.try_set(Some(why));
                return;
            }
        };
        if alive.get() {
            *film.borrow_mut() = Some(opened.clone());
        }
        let reader = CodeReader::default();
        while alive.get() {
            let text = match opened.shown(FRAME).await {
                Some(frame) => reader.read(&frame).await,
                None => None,
            };
            if let Some(text) = text.filter(|_| alive.get()) {
                read(text);
            }
            TimeoutFuture::new(PAUSE_MS).await;
        }
    });
    el("section")
        .class("camera")
        .attr("aria-label", say("camera.title"))
        .child(move || missing.get().map(|_| notice(Kind::Wrong, say("move.no-camera"))))
        .child(el("div").class("film").child(video))
        .child(button("plain", say("camera.close"), move |_| closed()).id("close-camera"))
}
