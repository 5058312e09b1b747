//! The worker: takes jobs from the app, lets the browser decode and encode pictures, and answers.
//!
//! Messages are plain objects. Job `look`: `{id, op, file}` → `{id, page?, doubt?, print?}` (for a photograph a JPEG blob,
//! what makes it hard to read if anything, and a print of its look in hexadecimal; nothing for a PDF). Job `assemble`: `{id, op, pages, turns, extension, title, limit}` → `{id, bytes}`. Either may end in
//! `{id, flaw}`: one word that says what is wrong.

use js_sys::{Array, Object, Reflect, Uint8Array};
use scan::{
    fit,
    judge::{self, Doubt, Grey},
    pdf::{self, Page},
    sniff::{self, Kind},
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, ImageBitmap, ImageBitmapOptions, ImageEncodeOptions, ImageOrientation,
    MessageEvent, OffscreenCanvas, OffscreenCanvasRenderingContext2d, ResizeQuality,
};

fn main() {
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| spawn_local(work(event.data())));
    scope().set_onmessage(Some(heard.into_js_value().unchecked_ref()));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

type Flaw = &'static str;

async fn work(job: JsValue) {
    let answer = Object::new();
    let _ = Reflect::set(&answer, &"id".into(), &get(&job, "id"));
    let outcome = match get(&job, "op").as_string().as_deref() {
        Some("look") => look(&job).await.map(|seen| {
            seen.map(|seen| {
                let _ = Reflect::set(&answer, &"print".into(), &format!("{:x}", seen.print).into());
                if let Some(doubt) = seen.doubt {
                    let _ = Reflect::set(&answer, &"doubt".into(), &doubt.word().into());
                }
                ("page", JsValue::from(seen.page))
            })
        }),
        Some("assemble") => assemble(&job).await.map(|bytes| Some(("bytes", Uint8Array::from(&bytes[..]).into()))),
        _ => Err("cannot-open"),
    };
    let (name, value) = match outcome {
        Ok(Some(found)) => found,
        Ok(None) => ("pdf", JsValue::TRUE),
        Err(flaw) => ("flaw", flaw.into()),
    };
    let _ = Reflect::set(&answer, &name.into(), &value);
    let _ = scope().post_message(&answer);
}

/// A photograph, looked at.
struct Seen {
    page: Blob,
    doubt: Option<Doubt>,
    print: u64,
}

async fn look(job: &JsValue) -> Result<Option<Seen>, Flaw> {
    let file: Blob = get(job, "file").dyn_into().map_err(|_| "cannot-open")?;
    let bytes = bytes(&file).await?;
    let kind = sniff::kind(&bytes).map_err(sniff::Flaw::word)?;
    if kind == Kind::Pdf {
        return Ok(None);
    }
    // Asked for fewer pixels, the browser need not hand out all of a huge photograph's.
    let huge = imagesize::blob_size(&bytes).is_ok_and(|size| size.width.min(size.height) > fit::KEPT_SIDE as usize);
    drop(bytes);
    let picture = decode(&file, huge).await?;
    let longer_side = picture.width().max(picture.height());
    let page = encode(&picture, fit::KEPT_SIDE, 0, fit::KEPT_QUALITY).await?;
    let (pixels, width) = small(&decode(&page, false).await?)?;
    let grey = Grey { pixels: &judge::grey(&pixels), width };
    Ok(Some(Seen { page, doubt: judge::judge(&grey, longer_side), print: judge::print(&grey) }))
}

async fn assemble(job: &JsValue) -> Result<Vec<u8>, Flaw> {
    let limit = get(job, "limit").as_f64().unwrap_or(0.0) as u64;
    let title = get(job, "title").as_string().unwrap_or_default();
    let as_jpeg = get(job, "extension").as_string().as_deref() == Some("jpg");
    let turns: Vec<u8> =
        Array::from(&get(job, "turns")).iter().map(|turn| turn.as_f64().unwrap_or(0.0) as u8).collect();
    let blobs: Vec<Blob> = Array::from(&get(job, "pages")).iter().filter_map(|page| page.dyn_into().ok()).collect();
    if blobs.is_empty() || (as_jpeg && blobs.len() > 1) {
        return Err("cannot-open");
    }
    // First as they are; then smaller and smaller.
    for step in std::iter::once(None).chain(fit::LADDER.map(Some)) {
        let mut jpegs = Vec::with_capacity(blobs.len());
        for (at, blob) in blobs.iter().enumerate() {
            let turn = turns.get(at).copied().unwrap_or(0) % 4;
            let page = match step {
                None if !as_jpeg || turn == 0 => bytes(blob).await?,
                _ => {
                    let (side, quality) = step.unwrap_or((fit::KEPT_SIDE, fit::KEPT_QUALITY));
                    let picture = decode(blob, false).await?;
                    bytes(&encode(&picture, side, if as_jpeg { turn } else { 0 }, quality).await?).await?
                }
            };
            jpegs.push((page, turn));
        }
        let file = if as_jpeg {
            jpegs.swap_remove(0).0
        } else {
            let mut pages = Vec::with_capacity(jpegs.len());
            for (jpeg, turn) in &jpegs {
                let size = imagesize::blob_size(jpeg).map_err(|_| "broken")?;
                let (width, height) = (size.width as u32, size.height as u32);
                pages.push(Page { jpeg, width, height, grey: false, turn: *turn });
            }
            pdf::write(&pages, &title)
        };
        if file.len() as u64 <= limit {
            return Ok(file);
        }
    }
    Err("too-large")
}

/// Lets the browser decode a picture, upright by its EXIF orientation; a huge one to the kept width, which leaves both
/// sides long enough whichever way it was turned.
async fn decode(blob: &Blob, huge: bool) -> Result<ImageBitmap, Flaw> {
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    if huge {
        options.set_resize_width(fit::KEPT_SIDE);
        options.set_resize_quality(ResizeQuality::High);
    }
    let promise = scope().create_image_bitmap_with_blob_and_image_bitmap_options(blob, &options);
    let picture = JsFuture::from(promise.map_err(|_| "cannot-open")?).await.map_err(|_| "cannot-open")?;
    picture.dyn_into().map_err(|_| "cannot-open")
}

/// The pixels of a small copy for the judge, and its width.
fn small(picture: &ImageBitmap) -> Result<(Vec<u8>, usize), Flaw> {
    let (width, height) = fit::within(picture.width(), picture.height(), judge::SIDE);
    let (canvas, pen) = sheet(width, height)?;
    pen.draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, width.into(), height.into())
        .map_err(|_| "cannot-open")?;
    picture.close();
    let data = pen.get_image_data(0.0, 0.0, width.into(), height.into()).map_err(|_| "cannot-open")?;
    drop(canvas);
    Ok((data.data().0, width as usize))
}

/// A white canvas and its pen.
fn sheet(width: u32, height: u32) -> Result<(OffscreenCanvas, OffscreenCanvasRenderingContext2d), Flaw> {
    let canvas = OffscreenCanvas::new(width, height).map_err(|_| "cannot-open")?;
    let pen: OffscreenCanvasRenderingContext2d =
        canvas.get_context("2d").ok().flatten().and_then(|pen| pen.dyn_into().ok()).ok_or("cannot-open")?;
    // A transparent picture (PNG) lies on white paper.
    pen.set_fill_style_str("#fff");
    pen.fill_rect(0.0, 0.0, width.into(), height.into());
    Ok((canvas, pen))
}

/// Draws the picture, turned and shrunk, and lets the browser write it as JPEG.
async fn encode(picture: &ImageBitmap, side: u32, turn: u8, quality: f64) -> Result<Blob, Flaw> {
    let (width, height) = fit::within(picture.width(), picture.height(), side);
    let (across, down) = if turn % 2 == 1 { (height, width) } else { (width, height) };
    let (canvas, pen) = sheet(across, down)?;
    let _ = pen.translate(f64::from(across) / 2.0, f64::from(down) / 2.0);
    let _ = pen.rotate(f64::from(turn) * std::f64::consts::FRAC_PI_2);
    let (width, height) = (f64::from(width), f64::from(height));
    pen.draw_image_with_image_bitmap_and_dw_and_dh(picture, -width / 2.0, -height / 2.0, width, height)
        .map_err(|_| "cannot-open")?;
    picture.close();
    let options = ImageEncodeOptions::new();
    options.set_type("image/jpeg");
    options.set_quality(quality);
    let blob = canvas.convert_to_blob_with_options(&options).map_err(|_| "cannot-open")?;
    JsFuture::from(blob).await.ok().and_then(|blob| blob.dyn_into().ok()).ok_or("cannot-open")
}

async fn bytes(blob: &Blob) -> Result<Vec<u8>, Flaw> {
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| "cannot-open")?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
