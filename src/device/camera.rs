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
    /// Starts a camera and shows it in `video`: the one of this id, or the rear one.
    ///
    /// # Errors
    /// Why there is no film.
    pub async fn open(video: HtmlVideoElement, device: &str) -> Result<Film, NoCamera> {
        let devices = window().navigator().media_devices().map_err(|_| NoCamera::Missing)?;
        let wish = js_sys::JSON::parse(
            r#"{"facingMode":{"ideal":"environment"},"width":{"ideal":3840},"height":{"ideal":2160}}"#,
        )
        .unwrap_or(JsValue::TRUE);
        if !device.is_empty() {
            let _ = Reflect::set(&wish, &"deviceId".into(), &device.into());
            let _ = Reflect::delete_property(wish.unchecked_ref::<js_sys::Object>(), &"facingMode".into());
        }
        let constraints = MediaStreamConstraints::new();
        constraints.set_video(&wish);
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
            None => self.shown(u32::MAX).await,
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

    /// The frame that is shown now as a JPEG, with at most so many pixels on its longer side.
    pub async fn shown(&self, side: u32) -> Option<Blob> {
        let (width, height) = (self.video.video_width(), self.video.video_height());
        let longer = width.max(height).max(1);
        let side = side.min(longer);
        let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(width * side / longer);
        canvas.set_height(height * side / longer);
        let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let (wide, high) = (f64::from(canvas.width()), f64::from(canvas.height()));
        pen.draw_image_with_html_video_element_and_dw_and_dh(&self.video, 0.0, 0.0, wide, high).ok()?;
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

/// The cameras of this device, by id and name: that of a phone, one over the desk for documents. Browsers name them once a
/// camera was allowed.
pub async fn cameras() -> Vec<(String, String)> {
    let asked = || window().navigator().media_devices().ok()?.enumerate_devices().ok();
    let Some(asked) = asked() else { return Vec::new() };
    let Ok(listed) = JsFuture::from(asked).await else { return Vec::new() };
    let text = |device: &JsValue, name: &str| {
        Reflect::get(device, &name.into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
    };
    let listed: js_sys::Array = listed.unchecked_into();
    let cameras = listed.iter().filter(|device| text(device, "kind") == "videoinput");
    cameras.map(|device| (text(&device, "deviceId"), text(&device, "label"))).collect()
}

/// A short buzz, where the phone can.
pub fn buzz() {
    let navigator = window().navigator();
    let vibrate = Reflect::get(&navigator, &"vibrate".into()).ok().and_then(|buzz| buzz.dyn_into::<Function>().ok());
    if let Some(vibrate) = vibrate {
        let _ = vibrate.call1(&navigator, &80.into());
    }
}
