//! The worker: takes jobs from the app, and answers.
//!
//! Messages are plain objects; each job and its answer carry the same `id`, and `op` names the job. Corners are eight
//! numbers, x and y as shares of the upright photograph's width and height, the upper left corner first, clockwise.
//!
//! | job | takes | answers |
//! | --- | --- | --- |
//! | `look` | `file` | `pdf`, or `page` (JPEG), `corners`, `sure`, `print` and perhaps `doubt` |
//! | `make` | `file`, `corners`, `finish` | `page`, `print` and perhaps `doubt` |
//! | `preview` | `file` | `page`: the whole photograph, upright and small |
//! | `watch` | `frame` (ImageBitmap) | `sharp`, and perhaps `corners` and `sure` |
//! | `assemble` | `pages`, `turns`, `extension`, `title`, `limit` | `bytes` |
//!
//! `print` is the page's look in hexadecimal. Any job may end in `flaw`: one word that says what is wrong.

pub mod canvas;
#[cfg(feature = "alone")]
pub mod codec;
mod decoder;

use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DedicatedWorkerGlobalScope, ImageBitmap, MessageEvent};

use crate::{
    clean::Finish,
    find::{self, Found},
    fit::{self, Squeeze, Step},
    geometry::{Point, Quad},
    jpeg::{self, Orientation},
    judge::{self, Grey},
    page, pdf,
    photo::{CannotOpen, Photo, Picture},
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

/// What a picture's first bytes say of it.
#[derive(Clone, Copy)]
pub struct Facts {
    pub kind: Kind,
    /// Width and height as they are stored; 0 where that is not known.
    pub size: (usize, usize),
    pub held: Option<Orientation>,
}

impl Facts {
    /// Reads them from the file; `None` for a PDF.
    ///
    /// # Errors
    /// The flaw of the file.
    pub fn of(bytes: &[u8]) -> Result<Option<Facts>, Flaw> {
        let kind = sniff::kind(bytes).map_err(sniff::Flaw::word)?;
        if kind == Kind::Pdf {
            return Ok(None);
        }
        let size = imagesize::blob_size(bytes).map_or((0, 0), |size| (size.width, size.height));
        if size.0.saturating_mul(size.1) > fit::TOO_LARGE {
            return Err("giant");
        }
        Ok(Some(Facts { kind, size, held: jpeg::orientation(bytes) }))
    }
}

/// Who decodes and encodes pictures.
pub trait Pictures: 'static {
    /// A photograph to be drawn.
    type Photo;
    /// A photograph to be read.
    type Pixels: Photo;
    /// White paper to draw photographs on.
    type Sheet;

    /// Opens a photograph; one with more than `fit::LARGE` pixels at a reduced size.
    fn open(file: &Blob, facts: Facts) -> impl Future<Output = Result<Self::Photo, Flaw>>;

    /// The same for its pixels. `bytes` are the file's, and `buffer` holds them too.
    fn read(
        file: &Blob,
        buffer: Uint8Array,
        bytes: &[u8],
        facts: Facts,
    ) -> impl Future<Output = Result<Self::Pixels, Flaw>>;

    /// Writes a JPEG of quality 0 to 1.
    fn encode(page: Picture, quality: f64) -> impl Future<Output = Result<Blob, Flaw>>;

    /// The pixels of a frame of a film.
    ///
    /// # Errors
    /// Where there is no canvas, there are no frames either.
    fn frame(frame: ImageBitmap) -> Result<Picture, Flaw>;

    /// Width and height, upright.
    fn sides(photo: &Self::Photo) -> (u32, u32);

    fn sheet(width: u32, height: u32) -> Result<Self::Sheet, Flaw>;

    /// Draws a photograph at `top`, shrunk to `size` and then turned clockwise by quarters.
    fn draw(sheet: &mut Self::Sheet, photo: &Self::Photo, top: u32, size: (u32, u32), turn: u8) -> Done;

    /// A sample of a large sheet, and how many times as many pixels the whole has; `None` for a small one.
    fn tiles(sheet: &Self::Sheet) -> Result<Option<(Self::Sheet, f64)>, Flaw>;

    /// Writes the sheet as a JPEG of quality 0 to 1.
    fn write(sheet: &Self::Sheet, quality: f64) -> impl Future<Output = Result<Blob, Flaw>>;
}

/// Hears jobs from now on, and answers with what `work` puts into the answer, or with its flaw.
pub fn serve(work: impl AsyncFn(JsValue, Object) -> Done + Copy + 'static) {
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        spawn_local(async move {
            let (job, answer) = (event.data(), Object::new());
            set(&answer, "id", get(&job, "id"));
            if let Err(flaw) = work(job, answer.clone()).await {
                set(&answer, "flaw", flaw);
            }
            // A file changes hands instead of being copied.
            let file = get(&answer, "bytes").dyn_into::<Uint8Array>().map(|bytes| Array::of1(&bytes.buffer()));
            let _ = scope().post_message_with_transfer(&answer, &file.unwrap_or_default());
        });
    });
    scope().set_onmessage(Some(heard.into_js_value().unchecked_ref()));
}

/// Does the scanner's jobs from now on.
pub fn run<P: Pictures>() {
    serve(async |job: JsValue, answer: Object| match get(&job, "op").as_string().as_deref() {
        Some("look") => look::<P>(&job, &answer).await,
        Some("make") => make::<P>(&job, &answer).await,
        Some("preview") => preview::<P>(&job, &answer).await,
        Some("watch") => watch::<P>(&job, &answer),
        Some("assemble") => assemble::<P>(&job, &answer).await,
        _ => Err(CANNOT_OPEN),
    });
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Done, or what is wrong.
pub type Done = Result<(), Flaw>;

/// How much of a sheet's diagonal is left out at each corner.
const SLIVER: f32 = 0.004;

/// Looks at a file for the first time.
async fn look<P: Pictures>(job: &JsValue, answer: &Object) -> Done {
    let Some(photo) = read::<P>(&get(job, "file")).await? else {
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
    // What is cut out is a hair smaller, so that no sliver of the table stays along its edge.
    page::<P>(&photo, &if sure { corners.inset(SLIVER) } else { whole }, Finish::default(), answer).await
}

/// Makes the page anew, from the corners and in the finish that the citizen chose.
async fn make<P: Pictures>(job: &JsValue, answer: &Object) -> Done {
    let photo = read::<P>(&get(job, "file")).await?.ok_or(CANNOT_OPEN)?;
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
    set(answer, "sharp", judge::is_sharp(&Grey { pixels: &picture.grey(), width: picture.width }));
    if let Some(found) = find::sheet(&picture.pixels, picture.width) {
        set(answer, "sure", found.is_sure());
        set(answer, "corners", told(&found.corners.scaled(1.0 / width, 1.0 / height)));
    }
    Ok(())
}

/// Opens a file: a photograph, or `None` for a PDF.
///
/// # Errors
/// The flaw of the file.
pub async fn read<P: Pictures>(file: &JsValue) -> Result<Option<P::Pixels>, Flaw> {
    let file: &Blob = file.dyn_ref().ok_or(CANNOT_OPEN)?;
    let buffer = buffer(file).await?;
    let bytes = buffer.to_vec();
    match Facts::of(&bytes)? {
        Some(facts) => P::read(file, buffer, &bytes, facts).await.map(Some),
        None => Ok(None),
    }
}

/// Makes the page and puts it into the answer.
async fn page<P: Pictures>(photo: &P::Pixels, corners: &Quad, finish: Finish, answer: &Object) -> Done {
    let (picture, judged) = page::make(photo, corners, finish)?;
    set(answer, "print", format!("{:x}", judged.print));
    if let Some(doubt) = judged.doubt {
        set(answer, "doubt", doubt.word());
    }
    set(answer, "page", P::encode(picture, fit::KEPT_QUALITY).await?);
    Ok(())
}

/// Makes a small upright copy of the whole photograph, for the screen.
async fn preview<P: Pictures>(job: &JsValue, answer: &Object) -> Done {
    let file: Blob = get(job, "file").dyn_into().map_err(|_| CANNOT_OPEN)?;
    let facts = Facts::of(&bytes(&file).await?)?.ok_or(CANNOT_OPEN)?;
    let photo = P::open(&file, facts).await?;
    let (width, height) = P::sides(&photo);
    let size = fit::within(width, height, fit::SHOWN_SIDE);
    let mut sheet = P::sheet(size.0, size.1)?;
    P::draw(&mut sheet, &photo, 0, size, 0)?;
    set(answer, "page", P::write(&sheet, fit::KEPT_QUALITY).await?);
    Ok(())
}

/// Makes one file of at most `limit` bytes: a PDF of the pages, or one JPEG with the pages one below the other.
async fn assemble<P: Pictures>(job: &JsValue, answer: &Object) -> Done {
    let limit = get(job, "limit").as_f64().unwrap_or(0.0) as usize;
    let title = get(job, "title").as_string().unwrap_or_default();
    let as_jpeg = get(job, "extension").as_string().as_deref() == Some("jpg");
    let mut pages = kept(&get(job, "pages"), &get(job, "turns"))?;
    let mut longest = pages.iter().map(|page| page.width.max(page.height)).max().ok_or(CANNOT_OPEN)?;
    let mut anew = false;
    if as_jpeg {
        let most = fit::TALLEST / pages.len() as u32;
        if most < fit::LEAST_SIDE {
            return Err("too-large");
        }
        longest = longest.min(most);
        anew = pages.len() > 1 || pages[0].turn != 0 || pages[0].height > most;
    }
    let written = pages.iter().filter_map(|page| jpeg::quality(&page.jpeg)).fold(0.0, f64::max);
    let mut squeeze = Squeeze::new(limit, longest, if written > 0.0 { written } else { 85.0 }, anew);
    let mut best = None;
    if !anew {
        let kept = pages.iter_mut().map(|page| (std::mem::take(&mut page.jpeg), page.turn)).collect();
        let file = if as_jpeg { only(kept) } else { bound(kept, &title)? };
        best = squeeze.tried(file.len()).then_some(file);
    }
    // What was drawn last, and how large, for the next try may only need another quality.
    let mut drawn: Option<(u32, P::Sheet)> = None;
    while let Some(mut step) = squeeze.next() {
        let file = if !as_jpeg && pages.len() > 1 {
            let mut written = Vec::with_capacity(pages.len());
            for page in &pages {
                let sheet = column::<P>(std::slice::from_ref(page), step.side, false).await?;
                written.push((bytes(&P::write(&sheet, step.quality).await?).await?, page.turn));
            }
            bound(written, &title)?
        } else {
            let sheet = match drawn.take() {
                Some((side, sheet)) if side == step.side => sheet,
                _ => {
                    let sheet = column::<P>(&pages, step.side, as_jpeg).await?;
                    step = rehearsed::<P>(&mut squeeze, &sheet, step).await?;
                    sheet
                }
            };
            let file = bytes(&P::write(&sheet, step.quality).await?).await?;
            drawn = Some((step.side, sheet));
            if as_jpeg { file } else { bound(vec![(file, pages[0].turn)], &title)? }
        };
        if squeeze.tried(file.len()) {
            best = Some(file);
        }
    }
    let file = best.ok_or("too-large")?;
    set(answer, "bytes", Uint8Array::from(&file[..]));
    Ok(())
}

/// Searches for the quality on a few tiles of the sheet, which costs next to nothing: how to write the whole of it.
async fn rehearsed<P: Pictures>(squeeze: &mut Squeeze, sheet: &P::Sheet, step: Step) -> Result<Step, Flaw> {
    let Some((tiles, times)) = P::tiles(sheet)? else { return Ok(step) };
    let (mut rehearsal, mut next) = (squeeze.clone(), Some(step));
    while let Some(tried) = next.filter(|tried| tried.side == step.side) {
        let size = P::write(&tiles, tried.quality).await?.size() * times;
        rehearsal.tried(size as usize);
        next = rehearsal.next();
    }
    squeeze.follow(&rehearsal);
    Ok(squeeze.now().filter(|found| found.side == step.side).unwrap_or(step))
}

/// Draws pages one below the other, each with `side` pixels at most on its longer side, and turned if so wanted.
async fn column<P: Pictures>(pages: &[Kept], side: u32, turned: bool) -> Result<P::Sheet, Flaw> {
    let turn = |page: &Kept| if turned { page.turn } else { 0 };
    let flat = |page: &Kept| {
        let (width, height) = fit::within(page.width, page.height, side);
        if turn(page) % 2 == 1 { (height, width) } else { (width, height) }
    };
    let (width, height) =
        pages.iter().map(flat).fold((0, 0), |(most, sum), (width, height)| (most.max(width), sum + height));
    let mut sheet = P::sheet(width, height)?;
    let mut top = 0;
    for page in pages {
        let file = Blob::new_with_buffer_source_sequence(&Array::of1(&page.buffer)).map_err(|_| CANNOT_OPEN)?;
        let photo = P::open(&file, page.facts).await?;
        P::draw(&mut sheet, &photo, top, fit::within(page.width, page.height, side), turn(page))?;
        top += flat(page).1;
    }
    Ok(sheet)
}

/// A page as it was kept.
struct Kept {
    buffer: ArrayBuffer,
    jpeg: Vec<u8>,
    facts: Facts,
    /// Upright.
    width: u32,
    height: u32,
    turn: u8,
}

/// Reads the pages. They come as buffers: to read ten blobs takes a worker longer than to bind them.
fn kept(pages: &JsValue, turns: &JsValue) -> Result<Vec<Kept>, Flaw> {
    let mut kept = Vec::new();
    for (buffer, turn) in Array::from(pages).iter().zip(Array::from(turns).iter()) {
        let buffer: ArrayBuffer = buffer.dyn_into().map_err(|_| CANNOT_OPEN)?;
        let jpeg = Uint8Array::new(&buffer).to_vec();
        let facts = Facts::of(&jpeg)?.ok_or(CANNOT_OPEN)?;
        let (width, height) = (facts.size.0 as u32, facts.size.1 as u32);
        let lying = facts.held.is_some_and(|held| held.turn().0 % 2 == 1);
        let (width, height) = if lying { (height, width) } else { (width, height) };
        kept.push(Kept { buffer, jpeg, facts, width, height, turn: turn.as_f64().unwrap_or(0.0) as u8 % 4 });
    }
    Ok(kept)
}

fn only(mut pages: Vec<(Vec<u8>, u8)>) -> Vec<u8> {
    pages.swap_remove(0).0
}

/// One PDF of JPEG pages and their turns.
fn bound(jpegs: Vec<(Vec<u8>, u8)>, title: &str) -> Result<Vec<u8>, Flaw> {
    let mut pages = Vec::with_capacity(jpegs.len());
    for (jpeg, turn) in &jpegs {
        let size = imagesize::blob_size(jpeg).map_err(|_| "broken")?;
        pages.push(pdf::Page { jpeg, width: size.width as u32, height: size.height as u32, turn: *turn });
    }
    Ok(pdf::write(&pages, title))
}

fn told(corners: &Quad) -> Array {
    corners.0.iter().flat_map(|corner| [corner.x, corner.y]).map(JsValue::from).collect()
}

async fn bytes(blob: &Blob) -> Result<Vec<u8>, Flaw> {
    Ok(buffer(blob).await?.to_vec())
}

async fn buffer(blob: &Blob) -> Result<Uint8Array, Flaw> {
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| CANNOT_OPEN)?;
    Ok(Uint8Array::new(&buffer))
}

/// A field of a message.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a field of a message.
pub fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &name.into(), &value.into());
}
