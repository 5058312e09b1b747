//! The worker: takes jobs from the app, and answers.
//!
//! Messages are plain objects; each job and its answer carry the same `id`, and `op` names the job. Corners are eight
//! numbers, x and y as shares of the upright photograph's width and height, the upper left corner first, clockwise.
//!
//! | job | takes | answers |
//! | --- | --- | --- |
//! | `look` | `file` | `pdf`, or `page` (JPEG), `corners`, `sure`, `print` and perhaps `doubt` |
//! | `make` | `file`, `corners`, `finish` | `page`, `print` and perhaps `doubt` |
//! | `watch` | `frame` (ImageBitmap) | `sharp`, and perhaps `corners` and `sure` |
//! | `assemble` | `pages`, `turns`, `extension`, `title`, `limit` | `bytes` |
//!
//! `print` is the page's look in hexadecimal. Any job may end in `flaw`: one word that says what is wrong.

pub mod canvas;
#[cfg(feature = "alone")]
pub mod codec;

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DedicatedWorkerGlobalScope, ImageBitmap, MessageEvent};

use crate::{
    clean::Finish,
    find::{self, Found},
    fit::{self, Squeeze},
    geometry::{Point, Quad},
    jpeg::{self, Orientation},
    judge::{self, Grey},
    page, pdf,
    photo::{CannotOpen, Photo, Picture, luma},
    sniff::{self, Kind},
};

/// What is wrong, in a word for the app.
pub type Flaw = &'static str;

/// The browser cannot decode the picture, or has no memory for it.
pub const CANNOT_OPEN: Flaw = "cannot-open";

impl From<CannotOpen> for &'static str {
    fn from(_: CannotOpen) -> Flaw {
        CANNOT_OPEN
    }
}

/// Who decodes and encodes pictures.
pub trait Pictures: 'static {
    type Photo: Photo;

    /// Opens a photograph; one with more than `fit::LARGE` pixels at a reduced size.
    fn open(
        file: &Blob,
        size: (usize, usize),
        held: Option<Orientation>,
    ) -> impl Future<Output = Result<Self::Photo, Flaw>>;

    /// Writes a JPEG of quality 0 to 1.
    fn encode(page: Picture, quality: f64) -> impl Future<Output = Result<Blob, Flaw>>;

    /// Writes the whole photograph as a JPEG with `side` pixels on its longer side at most, after quarter turns.
    fn shrunk(photo: &Self::Photo, side: u32, turn: u8, quality: f64) -> impl Future<Output = Result<Blob, Flaw>>;

    /// The pixels of a frame of a film.
    ///
    /// # Errors
    /// Where there is no canvas, there are no frames either.
    fn frame(frame: ImageBitmap) -> Result<Picture, Flaw>;
}

/// Hears jobs from now on.
pub fn run<P: Pictures>() {
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| spawn_local(work::<P>(event.data())));
    scope().set_onmessage(Some(heard.into_js_value().unchecked_ref()));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

async fn work<P: Pictures>(job: JsValue) {
    let answer = Object::new();
    set(&answer, "id", get(&job, "id"));
    let done = match get(&job, "op").as_string().as_deref() {
        Some("look") => look::<P>(&job, &answer).await,
        Some("make") => make::<P>(&job, &answer).await,
        Some("watch") => watch::<P>(&job, &answer),
        Some("assemble") => assemble::<P>(&job, &answer).await,
        _ => Err(CANNOT_OPEN),
    };
    if let Err(flaw) = done {
        set(&answer, "flaw", flaw);
    }
    let _ = scope().post_message(&answer);
}

type Done = Result<(), Flaw>;

/// Looks at a file for the first time.
async fn look<P: Pictures>(job: &JsValue, answer: &Object) -> Done {
    let Some(photo) = open::<P>(&get(job, "file")).await? else {
        set(answer, "pdf", true);
        return Ok(());
    };
    let found = page::seek(&photo)?;
    let whole = page::whole(&photo);
    let corners = found.as_ref().map_or(whole, |found| found.corners);
    let sure = found.as_ref().is_some_and(Found::is_sure);
    set(answer, "corners", told(&corners.scaled(1.0 / photo.width(), 1.0 / photo.height())));
    set(answer, "sure", sure);
    // Where the sheet is not surely seen, nothing is cut away.
    page::<P>(&photo, if sure { &corners } else { &whole }, Finish::default(), answer).await
}

/// Makes the page anew, from the corners and in the finish that the citizen chose.
async fn make<P: Pictures>(job: &JsValue, answer: &Object) -> Done {
    let photo = open::<P>(&get(job, "file")).await?.ok_or(CANNOT_OPEN)?;
    let numbers: Vec<f32> =
        Array::from(&get(job, "corners")).iter().filter_map(|n| n.as_f64()).map(|n| n as f32).collect();
    let [x0, y0, x1, y1, x2, y2, x3, y3] = numbers[..] else { return Err(CANNOT_OPEN) };
    let corners = Quad([Point::new(x0, y0), Point::new(x1, y1), Point::new(x2, y2), Point::new(x3, y3)]);
    let finish = Finish::from_word(&get(job, "finish").as_string().unwrap_or_default());
    page::<P>(&photo, &corners.scaled(photo.width(), photo.height()), finish, answer).await
}

/// Says where the sheet is in a frame of the camera's film, and whether the frame is sharp.
fn watch<P: Pictures>(job: &JsValue, answer: &Object) -> Done {
    let frame: ImageBitmap = get(job, "frame").dyn_into().map_err(|_| CANNOT_OPEN)?;
    let picture = P::frame(frame)?;
    let (width, height) = (picture.width as f32, picture.height as f32);
    let grey: Vec<u8> = picture.pixels.as_chunks::<4>().0.iter().map(|p| (luma(p) >> 8) as u8).collect();
    set(answer, "sharp", judge::is_sharp(&Grey { pixels: &grey, width: picture.width }));
    if let Some(found) = find::sheet(&picture.pixels, picture.width) {
        set(answer, "sure", found.is_sure());
        set(answer, "corners", told(&found.corners.scaled(1.0 / width, 1.0 / height)));
    }
    Ok(())
}

/// Opens a file: a photograph, or `None` for a PDF.
async fn open<P: Pictures>(file: &JsValue) -> Result<Option<P::Photo>, Flaw> {
    let file: &Blob = file.dyn_ref().ok_or(CANNOT_OPEN)?;
    let bytes = bytes(file).await?;
    if sniff::kind(&bytes).map_err(sniff::Flaw::word)? == Kind::Pdf {
        return Ok(None);
    }
    let size = imagesize::blob_size(&bytes).map_or((0, 0), |size| (size.width, size.height));
    if size.0.saturating_mul(size.1) > fit::TOO_LARGE {
        return Err("giant");
    }
    let held = jpeg::orientation(&bytes);
    drop(bytes);
    P::open(file, size, held).await.map(Some)
}

/// Makes the page and puts it into the answer.
async fn page<P: Pictures>(photo: &P::Photo, corners: &Quad, finish: Finish, answer: &Object) -> Done {
    let page = page::make(photo, corners, finish)?;
    set(answer, "print", format!("{:x}", page.print));
    if let Some(doubt) = page.doubt {
        set(answer, "doubt", doubt.word());
    }
    set(answer, "page", P::encode(page.picture, fit::KEPT_QUALITY).await?);
    Ok(())
}

/// Makes one file of at most `limit` bytes: a PDF of all pages, or a JPEG of a single one.
async fn assemble<P: Pictures>(job: &JsValue, answer: &Object) -> Done {
    let limit = get(job, "limit").as_f64().unwrap_or(0.0) as usize;
    let title = get(job, "title").as_string().unwrap_or_default();
    let as_jpeg = get(job, "extension").as_string().as_deref() == Some("jpg");
    let turns: Vec<u8> =
        Array::from(&get(job, "turns")).iter().map(|turn| turn.as_f64().unwrap_or(0.0) as u8 % 4).collect();
    let blobs: Vec<Blob> = Array::from(&get(job, "pages")).iter().filter_map(|page| page.dyn_into().ok()).collect();
    if blobs.is_empty() || (as_jpeg && blobs.len() > 1) || turns.len() != blobs.len() {
        return Err(CANNOT_OPEN);
    }
    let bind = |mut jpegs: Vec<Vec<u8>>| {
        if as_jpeg { Ok(jpegs.swap_remove(0)) } else { bound(&jpegs, &turns, &title) }
    };
    let (mut kept, mut longest) = (Vec::with_capacity(blobs.len()), 0);
    for blob in &blobs {
        let jpeg = bytes(blob).await?;
        let size = imagesize::blob_size(&jpeg).map_err(|_| "broken")?;
        longest = longest.max(size.width).max(size.height);
        kept.push(jpeg);
    }
    let mut squeeze = Squeeze::new(limit, longest as u32, as_jpeg && turns[0] != 0);
    if squeeze.takes_as_they_are() {
        squeeze.tried(bind(kept)?);
    }
    // A single photograph stays open from one try to the next; many would fill the memory.
    let mut open_one = None;
    while let Some(step) = squeeze.next() {
        let mut jpegs = Vec::with_capacity(blobs.len());
        for (blob, turn) in blobs.iter().zip(&turns) {
            let photo = match open_one.take() {
                Some(photo) => photo,
                None => open::<P>(blob).await?.ok_or(CANNOT_OPEN)?,
            };
            let turn = if as_jpeg { *turn } else { 0 };
            jpegs.push(bytes(&P::shrunk(&photo, step.side, turn, step.quality).await?).await?);
            open_one = (blobs.len() == 1).then_some(photo);
        }
        squeeze.tried(bind(jpegs)?);
    }
    let file = squeeze.best().ok_or("too-large")?;
    set(answer, "bytes", Uint8Array::from(&file[..]));
    Ok(())
}

/// One PDF of the pages.
fn bound(jpegs: &[Vec<u8>], turns: &[u8], title: &str) -> Result<Vec<u8>, Flaw> {
    let mut pages = Vec::with_capacity(jpegs.len());
    for (jpeg, turn) in jpegs.iter().zip(turns) {
        let size = imagesize::blob_size(jpeg).map_err(|_| "broken")?;
        pages.push(pdf::Page { jpeg, width: size.width as u32, height: size.height as u32, turn: *turn });
    }
    Ok(pdf::write(&pages, title))
}

fn told(corners: &Quad) -> Array {
    corners.0.iter().flat_map(|corner| [corner.x, corner.y]).map(JsValue::from).collect()
}

async fn bytes(blob: &Blob) -> Result<Vec<u8>, Flaw> {
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| CANNOT_OPEN)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &name.into(), &value.into());
}
