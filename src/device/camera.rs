//! The camera's film, shown on the page: frames to look at, and photographs.

use gloo::timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use std::pin::pin;

use futures_util::future::{Either, select};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageBitmap, ImageBitmapOptions, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};

use super::scanner::Glance;
use crate::dossier::paper::Corners;

/// Why there is no film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCamera {
    /// The device or the browser has none, or another program holds it.
    Missing,
    /// The citizen, or the browser's settings, said no.
    Denied,
}

/// Whether the browser can show a film at all.
pub fn is_known() -> bool {
    Reflect::get(&window().navigator(), &"mediaDevices".into()).is_ok_and(|devices| devices.is_object())
        && Reflect::has(&js_sys::global(), &"OffscreenCanvas".into()).unwrap_or(false)
}

/// The running camera. It is switched off when this is dropped.
pub struct Film {
    video: HtmlVideoElement,
    stream: MediaStream,
    track: MediaStreamTrack,
}

impl Film {
    /// Starts the rear camera and shows it in `video`.
    ///
    /// # Errors
    /// Why there is no film.
    pub async fn open(video: HtmlVideoElement) -> Result<Film, NoCamera> {
        let devices = window().navigator().media_devices().map_err(|_| NoCamera::Missing)?;
        let wish = |text: &str| js_sys::JSON::parse(text).unwrap_or(JsValue::TRUE);
        let constraints = MediaStreamConstraints::new();
        constraints.set_video(&wish(
            r#"{"facingMode":{"ideal":"environment"},"width":{"ideal":3840},"height":{"ideal":2160}}"#,
        ));
        let promise = devices.get_user_media_with_constraints(&constraints).map_err(|_| NoCamera::Missing)?;
        let stream: MediaStream = JsFuture::from(promise).await.map_err(|error| why(&error))?.unchecked_into();
        let track: MediaStreamTrack = stream.get_video_tracks().get(0).unchecked_into();
        video.set_src_object(Some(&stream));
        let film = Film { video, stream, track };
        if let Ok(playing) = film.video.play() {
            JsFuture::from(playing).await.map_err(|_| NoCamera::Missing)?;
        }
        Ok(film)
    }

    /// The frame that is shown now, about `side` pixels on its longer side.
    pub async fn frame(&self, side: u32) -> Option<ImageBitmap> {
        let (width, height) = (self.video.video_width(), self.video.video_height());
        if width == 0 || height == 0 {
            return None;
        }
        let options = ImageBitmapOptions::new();
        let longer = width.max(height);
        options.set_resize_width((width * side / longer).max(1));
        options.set_resize_height((height * side / longer).max(1));
        let promise =
            window().create_image_bitmap_with_html_video_element_and_image_bitmap_options(&self.video, &options);
        JsFuture::from(promise.ok()?).await.ok()?.dyn_into().ok()
    }

    /// A photograph: with all the camera's pixels where the browser can, else the frame that is shown.
    pub async fn photograph(&self) -> Option<Blob> {
        match self.still().await {
            Some(still) => Some(still),
            None => self.shown().await,
        }
    }

    /// `ImageCapture` is not in every browser, and on some phones it never answers.
    async fn still(&self) -> Option<Blob> {
        let maker: Function = Reflect::get(&js_sys::global(), &"ImageCapture".into()).ok()?.dyn_into().ok()?;
        let capture = Reflect::construct(&maker, &js_sys::Array::of1(&self.track)).ok()?;
        let take: Function = Reflect::get(&capture, &"takePhoto".into()).ok()?.dyn_into().ok()?;
        let promise: Promise = take.call0(&capture).ok()?.dyn_into().ok()?;
        match select(pin!(JsFuture::from(promise)), TimeoutFuture::new(2_500)).await {
            Either::Left((photo, _)) => photo.ok()?.dyn_into().ok(),
            Either::Right(_) => None,
        }
    }

    async fn shown(&self) -> Option<Blob> {
        let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(self.video.video_width());
        canvas.set_height(self.video.video_height());
        let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        pen.draw_image_with_html_video_element(&self.video, 0.0, 0.0).ok()?;
        let promise = Promise::new(&mut |resolve, _| {
            let made = Closure::once_into_js(move |blob: JsValue| {
                let _ = resolve.call1(&JsValue::NULL, &blob);
            });
            let _ = canvas.to_blob_with_type_and_encoder_options(made.unchecked_ref(), "image/jpeg", &0.95.into());
        });
        JsFuture::from(promise).await.ok()?.dyn_into().ok()
    }

    /// Whether the camera has a light.
    pub fn has_torch(&self) -> bool {
        let ask =
            Reflect::get(&self.track, &"getCapabilities".into()).ok().and_then(|ask| ask.dyn_into::<Function>().ok());
        let can = ask.and_then(|ask| ask.call0(&self.track).ok());
        can.and_then(|can| Reflect::get(&can, &"torch".into()).ok()).is_some_and(|torch| torch.is_truthy())
    }

    /// Switches the camera's light.
    pub fn light(&self, on: bool) {
        let apply = Reflect::get(&self.track, &"applyConstraints".into());
        let wish = js_sys::JSON::parse(if on {
            r#"{"advanced":[{"torch":true}]}"#
        } else {
            r#"{"advanced":[{"torch":false}]}"#
        });
        if let (Some(apply), Ok(wish)) = (apply.ok().and_then(|apply| apply.dyn_into::<Function>().ok()), wish) {
            let _ = apply.call1(&self.track, &wish);
        }
    }
}

impl Drop for Film {
    fn drop(&mut self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        self.video.set_src_object(None);
    }
}

fn why(error: &JsValue) -> NoCamera {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("NotAllowedError" | "SecurityError") => NoCamera::Denied,
        _ => NoCamera::Missing,
    }
}

/// A short buzz, where the phone can.
pub fn buzz() {
    let navigator = window().navigator();
    let vibrate = Reflect::get(&navigator, &"vibrate".into()).ok().and_then(|buzz| buzz.dyn_into::<Function>().ok());
    if let Some(vibrate) = vibrate {
        let _ = vibrate.call1(&navigator, &80.into());
    }
}

/// What to tell someone who points the camera at a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// No sheet is seen.
    Seek,
    /// The sheet is far away.
    Closer,
    /// A part of it is outside.
    Whole,
    /// It is seen well; keep still.
    Hold,
    /// Take the picture now.
    Now,
    /// The picture is taken; next page.
    Next,
}

impl Hint {
    /// Its message key.
    pub fn key(self) -> &'static str {
        match self {
            Hint::Seek => "camera.seek",
            Hint::Closer => "camera.closer",
            Hint::Whole => "camera.whole",
            Hint::Hold => "camera.hold",
            Hint::Now => "camera.now",
            Hint::Next => "camera.next",
        }
    }
}

/// Decides, frame by frame, when to take the picture: the sheet is surely seen, whole, near, sharp, and has not moved
/// for a few frames. After a picture it waits until the sheet is taken away or moved.
#[derive(Clone, Copy, Debug, Default)]
pub struct Steady {
    last: Option<Corners>,
    still: u8,
    /// Where the sheet lay when its picture was taken.
    taken: Option<Corners>,
}

/// Frames without movement before the picture is taken.
const STILL: u8 = 4;
/// A hand that holds still moves the corners by less than this, in ten-thousandths.
const TREMBLE: u16 = 180;
/// A sheet that was moved on purpose moves by more than this.
const MOVED: u16 = 1200;

impl Steady {
    /// Takes in a glance at the newest frame.
    pub fn see(&mut self, glance: &Glance) -> Hint {
        let seen = glance.corners.filter(|_| glance.sure);
        if let Some(taken) = self.taken {
            if seen.is_some_and(|corners| corners.moved(&taken) < MOVED) {
                return Hint::Next;
            }
            self.taken = None;
        }
        let still = matches!((self.last, seen), (Some(last), Some(now)) if now.moved(&last) < TREMBLE);
        self.last = seen;
        self.still = if still && glance.sharp { self.still + 1 } else { 0 };
        let Some(corners) = seen else { return Hint::Seek };
        if corners.0.iter().any(|part| !(-100..=10_100).contains(part)) {
            self.still = 0;
            return Hint::Whole;
        }
        if area(&corners) < 0.2 {
            self.still = 0;
            return Hint::Closer;
        }
        if self.still < STILL {
            return Hint::Hold;
        }
        self.taken_now(corners);
        Hint::Now
    }

    fn taken_now(&mut self, corners: Corners) {
        *self = Steady { taken: Some(corners), ..Steady::default() };
    }

    /// The citizen took the picture by hand.
    pub fn taken(&mut self) {
        if let Some(corners) = self.last {
            self.taken_now(corners);
        }
    }
}

/// The share of the frame that the sheet fills.
fn area(corners: &Corners) -> f64 {
    let shares = corners.shares();
    let at = |n: usize| (shares[n % 4 * 2], shares[n % 4 * 2 + 1]);
    (0..4).map(|n| at(n).0 * at(n + 1).1 - at(n + 1).0 * at(n).1).sum::<f64>().abs() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(x: i16) -> Glance {
        let corners = Corners([1000 + x, 1000, 9000 + x, 1100, 8900 + x, 9000, 1100 + x, 8900]);
        Glance { corners: Some(corners), sure: true, sharp: true }
    }

    #[test]
    fn the_picture_is_taken_once_when_all_is_still() {
        let mut steady = Steady::default();
        assert_eq!(steady.see(&Glance { corners: None, sure: false, sharp: false }), Hint::Seek);
        let hints: Vec<Hint> = (0..6).map(|n| steady.see(&sheet(n * 5))).collect();
        assert_eq!(hints, [Hint::Hold, Hint::Hold, Hint::Hold, Hint::Hold, Hint::Now, Hint::Next]);
        assert_eq!(steady.see(&sheet(40)), Hint::Next, "the same sheet is not taken again");
        assert_eq!(steady.see(&Glance { sure: false, ..sheet(0) }), Hint::Seek);
        assert_eq!(steady.see(&sheet(0)), Hint::Hold, "it was taken away, so the next one counts");
    }

    #[test]
    fn a_moving_blurred_far_or_cut_sheet_is_not_taken() {
        let mut steady = Steady::default();
        assert!((0..9).all(|n| steady.see(&sheet(n % 2 * 300)) == Hint::Hold));
        assert!((0..9).all(|_| steady.see(&Glance { sharp: false, ..sheet(0) }) == Hint::Hold));
        let far = Glance { corners: Some(Corners([4000, 4000, 6000, 4000, 6000, 6000, 4000, 6000])), ..sheet(0) };
        assert!((0..9).all(|_| steady.see(&far) == Hint::Closer));
        let cut = Glance { corners: Some(Corners([-900, 1000, 9000, 1100, 8900, 9000, -800, 8900])), ..sheet(0) };
        assert!((0..9).all(|_| steady.see(&cut) == Hint::Whole));
    }
}
