//! The camera that reads QR codes, one after the other, until it is closed.

use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::{
    element::{El, button, el},
    film::film,
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
    let missing = RwSignal::new(None::<NoCamera>);
    let read = Rc::new(read);
    let look = async move |film: Rc<Film>, goes_on: &dyn Fn() -> bool| {
        let reader = CodeReader::default();
        while goes_on() {
            let text = match film.shown(FRAME).await {
                Some(frame) => reader.read(&frame).await,
                None => None,
            };
            if let Some(text) = text.filter(|_| goes_on()) {
                read(text);
            }
            TimeoutFuture::new(PAUSE_MS).await;
        }
    };
    let (video, choice, _) = film(Rc::new(look), missing);
    el("section")
        .class("camera")
        .attr("aria-label", say("camera.title"))
        .child(move || missing.get().map(|_| notice(Kind::Wrong, say("move.no-camera"))))
        .child(el("div").class("film").child(video))
        .child(choice)
        .child(button("plain", say("camera.close"), move |_| closed()).id("close-camera"))
}
