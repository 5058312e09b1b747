//! Choosing the four corners of a sheet in its photograph: by dragging them, by tapping one and then its place, or with
//! the arrow keys. A magnifier shows what lies under the corner that is held.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent};

use super::element::{El, el, group};
use crate::{
    dossier::paper::Corners,
    messages::{say, say_with},
    shell::announce,
};

const NAMES: [&str; 4] = ["corners.upper-left", "corners.upper-right", "corners.lower-right", "corners.lower-left"];
/// How far one press of an arrow key moves a corner, in ten-thousandths; and with the shift key.
const STEP: i16 = 25;
const STRIDE: i16 = 250;
/// How many times the magnifier enlarges, and its width in pixels.
const ZOOM: f64 = 3.0;
const GLASS: f64 = 128.0;

/// The shape that darkens everything outside of the corners.
pub fn outside(corners: &Corners) -> String {
    let shares = corners.shares();
    let mut shape = "polygon(evenodd,0 0,100% 0,100% 100%,0 100%,0 0".to_owned();
    for at in [0, 1, 2, 3, 0] {
        shape += &format!(",{} {}", percent(shares[at * 2]), percent(shares[at * 2 + 1]));
    }
    shape + ")"
}

fn percent(share: f64) -> String {
    let thousandths = (share * 100_000.0) as i32;
    format!("{}{}.{:03}%", if thousandths < 0 { "-" } else { "" }, thousandths.abs() / 1000, thousandths.abs() % 1000)
}

/// The photograph with its four corners. `picture` is the photograph's address.
pub fn corners(picture: String, chosen: RwSignal<Corners>) -> El {
    // Which corner is held, and whether a finger is on it.
    let held = RwSignal::new(None::<usize>);
    let dragging = RwSignal::new(false);
    let frame = el("div").class("corners").attr("role", "group").attr("aria-label", say("corners.title"));
    let under = frame.element();
    let place = move |event: &PointerEvent| place_in(&under, event.client_x(), event.client_y());
    let put = move |(x, y): (i16, i16)| {
        if let Some(at) = held.get_untracked() {
            chosen.update(|corners| corners.put(at, x, y));
        }
    };
    let (moved, dropped) = (place.clone(), place);
    let frame = frame
        .on("pointermove", move |event| {
            if dragging.get_untracked() {
                put(moved(event.unchecked_ref()));
            }
        })
        .on("pointerup", move |event| {
            // A tap beside the corners puts the held one there.
            let on_corner =
                event.target().is_some_and(|target| target.unchecked_ref::<HtmlElement>().tag_name() == "BUTTON");
            if dragging.get_untracked() || !on_corner {
                put(dropped(event.unchecked_ref()));
            }
            dragging.set(false);
        })
        .on("pointercancel", move |_| dragging.set(false))
        .child(el("img").attr("src", picture.clone()).attr("alt", say("corners.photo")).attr("draggable", "false"))
        .child(el("div").class("shade").attr("aria-hidden", "true").style("clip-path", move || outside(&chosen.get())));
    let sized = frame.element();
    (0..4)
        .fold(frame, |frame, at| frame.child(corner(at, chosen, held, dragging)))
        .child(glass(picture, chosen, held, sized))
}

fn place_in(frame: &HtmlElement, x: i32, y: i32) -> (i16, i16) {
    let rect = frame.get_bounding_client_rect();
    let part = |at: i32, start: f64, length: f64| ((f64::from(at) - start) / length.max(1.0) * 10_000.0) as i16;
    (part(x, rect.left(), rect.width()), part(y, rect.top(), rect.height()))
}

fn corner(at: usize, chosen: RwSignal<Corners>, held: RwSignal<Option<usize>>, dragging: RwSignal<bool>) -> El {
    let part = move |n: usize| chosen.with(|corners| percent(corners.shares()[at * 2 + n].clamp(0.0, 1.0)));
    let keys = move |event: KeyboardEvent| {
        let step = if event.shift_key() { STRIDE } else { STEP };
        let (across, down) = match event.key().as_str() {
            "ArrowLeft" => (-step, 0),
            "ArrowRight" => (step, 0),
            "ArrowUp" => (0, -step),
            "ArrowDown" => (0, step),
            _ => return,
        };
        event.prevent_default();
        chosen.update(|corners| corners.put(at, corners.0[at * 2] + across, corners.0[at * 2 + 1] + down));
        let now = chosen.get_untracked();
        let percent = |n: usize| (now.0[at * 2 + n] / 100).to_string();
        announce(say_with("corners.place", &[("x", &percent(0)), ("y", &percent(1))]));
    };
    el("button")
        .attr("type", "button")
        .class("corner")
        .id(format!("corner-{at}"))
        .toggle("held", move || held.get() == Some(at))
        .attr("aria-label", say(NAMES[at]))
        .attr("aria-pressed", move || (held.get() == Some(at)).to_string())
        .attr("aria-describedby", "corners-help")
        .style("left", move || part(0))
        .style("top", move || part(1))
        .on("focus", move |_| held.set(Some(at)))
        .on("keydown", move |event| keys(event.unchecked_into()))
        .on("pointerdown", move |event| {
            let event: PointerEvent = event.unchecked_into();
            if let Some(target) = event.target() {
                let _ = target.unchecked_ref::<web_sys::Element>().set_pointer_capture(event.pointer_id());
            }
            held.set(Some(at));
            dragging.set(true);
        })
}

/// The magnifier, on the other side of the picture than the held corner.
fn glass(picture: String, chosen: RwSignal<Corners>, held: RwSignal<Option<usize>>, frame: HtmlElement) -> El {
    group().child(move || {
        let at = held.get()?;
        let (picture, frame) = (picture.clone(), frame.clone());
        let image = format!("url({picture})");
        let size = {
            let frame = frame.clone();
            move || {
                let rect = frame.get_bounding_client_rect();
                format!("{}px {}px", (rect.width() * ZOOM) as i32, (rect.height() * ZOOM) as i32)
            }
        };
        let position = move || {
            let (rect, shares) = (frame.get_bounding_client_rect(), chosen.get().shares());
            let shift = |length: f64, share: f64| (GLASS / 2.0 - length * ZOOM * share) as i32;
            format!("{}px {}px", shift(rect.width(), shares[at * 2]), shift(rect.height(), shares[at * 2 + 1]))
        };
        Some(
            el("div")
                .class("glass")
                .attr("aria-hidden", "true")
                .toggle("right", move || chosen.with(|corners| corners.0[at * 2] < 5000))
                .toggle("low", move || chosen.with(|corners| corners.0[at * 2 + 1] < 5000))
                .style("background-image", move || image.clone())
                .style("background-size", size)
                .style("background-position", position),
        )
    })
}
