//! The camera on the page: the film with the sheet's outline, a hint, and the picture taken by itself when all is still.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use web_sys::Blob;

use super::{
    corners::outside,
    element::{El, button, el, group},
    film::film,
    notice::{Kind, notice},
};
use crate::{
    device::{
        camera::{Film, NoCamera, buzz},
        speech::speak,
        steady::{Hint, Steady},
        visit,
    },
    dossier::paper::Corners,
    messages::say,
    shell::shell,
};

/// The longer side of the frames that are looked at, as the scanner wants them.
const FRAME: u32 = 560;
/// The pause between two looks: a cheap phone needs it for the picture itself.
const PAUSE_MS: u32 = 120;
const SILENT: &str = "camera-silent";

/// The camera. `taken` gets each photograph; `closed` is called when the citizen is done.
pub fn camera(taken: impl Fn(Blob) + 'static, closed: impl Fn() + 'static) -> El {
    let hint = RwSignal::new(None::<Hint>);
    let outline = RwSignal::new(None::<(Corners, bool)>);
    let missing = RwSignal::new(None::<NoCamera>);
    let (torch, lit, loud) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(visit::remembered(SILENT).is_empty()));
    let wanted = Rc::new(Cell::new(false));
    let look = {
        let (wanted, taken) = (wanted.clone(), Rc::new(taken));
        async move |film: Rc<Film>, goes_on: &dyn Fn() -> bool| {
            torch.set(film.has_torch());
            watch(&film, goes_on, &wanted, hint, outline, loud, &*taken).await;
        }
    };
    let (video, choice, running) = film(Rc::new(look), missing);
    let shutter = move |_| wanted.set(true);
    let light = move |_| {
        lit.update(|lit| *lit = !*lit);
        if let Some(film) = running.film() {
            film.light(lit.get_untracked());
        }
    };
    let voice = move |_| {
        loud.update(|loud| *loud = !*loud);
        visit::remember(SILENT, if loud.get_untracked() { "" } else { "1" });
    };
    let shape = move || outline.get().map_or_else(String::new, |(corners, _)| outside(&corners));
    el("section")
        .class("camera")
        .attr("aria-label", say("camera.title"))
        .child(move || {
            missing.get().map(|why| {
                notice(
                    Kind::Wrong,
                    say(match why {
                        NoCamera::Denied => "camera.denied",
                        NoCamera::Missing => "camera.missing",
                    }),
                )
            })
        })
        .child(
            el("div").class("film").child(video).child(
                el("div")
                    .class("shade")
                    .attr("aria-hidden", "true")
                    .toggle("sure", move || outline.get().is_some_and(|(_, sure)| sure))
                    .style("clip-path", shape)
                    .attr("hidden", move || outline.with(Option::is_none)),
            ),
        )
        .child(
            el("p").class("say").attr("role", "status").child(move || {
                missing.with(Option::is_none).then(|| say(hint.get().map_or("camera.start", Hint::key)))
            }),
        )
        .child(group().child(move || {
            let (shutter, light, voice) = (shutter.clone(), light.clone(), voice);
            missing.with(Option::is_none).then(|| {
                el("div")
                    .class("actions")
                    .child(button("button", say("camera.take"), shutter).id("shutter"))
                    .child(torch.get().then(|| {
                        button("plain", say("camera.light"), light).attr("aria-pressed", move || lit.get().to_string())
                    }))
                    .child(
                        button("plain", say("camera.voice"), voice)
                            .attr("aria-pressed", move || loud.get().to_string()),
                    )
            })
        }))
        .child(choice)
        .child(button("plain", say("camera.close"), move |_| closed()).id("close-camera"))
}

/// Looks at frame after frame, as long as it goes on.
async fn watch(
    film: &Film,
    goes_on: &dyn Fn() -> bool,
    wanted: &Cell<bool>,
    hint: RwSignal<Option<Hint>>,
    outline: RwSignal<Option<(Corners, bool)>>,
    loud: RwSignal<bool>,
    taken: &dyn Fn(Blob),
) {
    let mut steady = Steady::default();
    while goes_on() {
        let glance = match film.frame(FRAME).await {
            Some(frame) => shell().scanner.watch(frame).await,
            None => None,
        };
        if !goes_on() {
            return;
        }
        let mut now = glance.map(|glance| {
            outline.set(glance.corners.map(|corners| (corners, glance.sure)));
            steady.see(&glance)
        });
        if wanted.take() {
            steady.taken();
            now = Some(Hint::Now);
        }
        if now.is_some() && hint.get_untracked() != now {
            hint.set(now);
            if loud.get_untracked() {
                speak(&say(now.unwrap_or(Hint::Seek).key()));
            }
        }
        if now == Some(Hint::Now) {
            buzz();
            if let Some(photograph) = film.photograph().await {
                taken(photograph);
            }
        }
        TimeoutFuture::new(PAUSE_MS).await;
    }
}
