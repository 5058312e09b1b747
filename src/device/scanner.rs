//! The handle of the scanner: a worker with its own WebAssembly, loaded when the first paper is opened.
//!
//! Pictures are decoded, flattened, cleaned and put into PDFs there, so that the screen never waits for them.

use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, ImageBitmap};

use super::worker::{Hand, NoAnswer, text};
use crate::dossier::paper::{Corners, Doubt, Finish, Flaw};

/// A page made from a photograph.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Upright JPEG.
    pub picture: Blob,
    /// What makes it hard to read.
    pub doubt: Option<Doubt>,
    /// A print of its look.
    pub print: u64,
}

/// What a file turned out to be.
#[derive(Clone, Debug)]
pub enum Seen {
    /// A photograph, the page made from it, where the sheet's corners seem to be, and whether that is sure. Where it is
    /// not, the page is the whole photograph.
    Photo { sheet: Sheet, corners: Corners, sure: bool },
    /// A PDF that can be sent as it is.
    Pdf,
}

/// Why nothing was made of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSeen {
    Flaw(Flaw),
    NoAnswer(NoAnswer),
}

/// A glance at a frame of the camera's film.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glance {
    pub corners: Option<Corners>,
    /// The sheet is surely seen.
    pub sure: bool,
    pub sharp: bool,
}

/// Why a paper's file was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMade {
    /// Even at the least quality that can still be read it is larger than the portal takes.
    TooLarge,
    /// A page cannot be read any more.
    Unreadable,
    /// The worker did not answer: it could not be loaded, or it ran out of memory.
    NoScanner,
}

pub struct Scanner(Hand);

impl Default for Scanner {
    fn default() -> Scanner {
        Scanner(Hand::new("scanner"))
    }
}

impl Scanner {
    /// Looks at a file: what is it, where is the sheet, and can it be read?
    ///
    /// # Errors
    /// The flaw to tell the citizen, or why the scanner did not answer.
    pub async fn look(&self, file: &Blob) -> Result<Seen, NotSeen> {
        let answer = self.ask("look", &[("file", file.into())]).await?;
        if field(&answer, "pdf").is_truthy() {
            return Ok(Seen::Pdf);
        }
        let corners = corners_of(&answer).unwrap_or_default();
        Ok(Seen::Photo { sheet: sheet_of(&answer)?, corners, sure: field(&answer, "sure").is_truthy() })
    }

    /// Makes the page anew from the citizen's own file.
    ///
    /// # Errors
    /// As `look`.
    pub async fn make(&self, file: &Blob, corners: &Corners, finish: Finish) -> Result<Sheet, NotSeen> {
        let shares: Array = corners.shares().into_iter().map(JsValue::from).collect();
        let job = [("file", file.into()), ("corners", shares.into()), ("finish", finish.word().into())];
        sheet_of(&self.ask("make", &job).await?)
    }

    /// A small upright copy of the whole photograph.
    ///
    /// # Errors
    /// As `look`.
    pub async fn preview(&self, file: &Blob) -> Result<Blob, NotSeen> {
        Ok(sheet_of(&self.ask("preview", &[("file", file.into())]).await?)?.picture)
    }

    /// Looks at a frame of the camera's film; `None` if it cannot. The frame is used up.
    pub async fn watch(&self, frame: ImageBitmap) -> Option<Glance> {
        let job = Object::new();
        let _ = Reflect::set(&job, &"frame".into(), &frame);
        let answer = self.0.ask("watch", &job, &Array::of1(&frame)).await.ok()?;
        Some(Glance {
            corners: corners_of(&answer),
            sure: field(&answer, "sure").is_truthy(),
            sharp: field(&answer, "sharp").is_truthy(),
        })
    }

    /// Puts pages (upright JPEG pictures, which change hands, and their quarter turns) into one file of at most `limit`
    /// bytes: a PDF, or a
    /// JPEG with the pages one below the other if `extension` is `jpg`.
    ///
    /// # Errors
    /// Why it was not made.
    pub async fn assemble(
        &self,
        pages: &[(ArrayBuffer, u8)],
        extension: &str,
        title: &str,
        limit: u64,
    ) -> Result<Vec<u8>, NotMade> {
        let pictures: Array = pages.iter().map(|(picture, _)| picture).collect();
        let turns: Array = pages.iter().map(|(_, turn)| JsValue::from(*turn)).collect();
        let job = [
            ("pages", JsValue::from(&pictures)),
            ("turns", turns.into()),
            ("extension", extension.into()),
            ("title", title.into()),
            ("limit", (limit as f64).into()),
        ];
        let answer = self.answer("assemble", &job, &pictures).await.map_err(|_| NotMade::NoScanner)?;
        match text(&answer, "flaw").as_deref() {
            Some("too-large") => Err(NotMade::TooLarge),
            Some(_) => Err(NotMade::Unreadable),
            None => field(&answer, "bytes")
                .dyn_into::<Uint8Array>()
                .map(|bytes| bytes.to_vec())
                .or(Err(NotMade::Unreadable)),
        }
    }

    /// Stops what is being done, at once; those who wait are told.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    async fn answer(&self, op: &str, parts: &[(&str, JsValue)], given: &Array) -> Result<JsValue, NoAnswer> {
        let job = Object::new();
        for (name, value) in parts {
            let _ = Reflect::set(&job, &(*name).into(), value);
        }
        self.0.ask(op, &job, given).await
    }

    async fn ask(&self, op: &str, parts: &[(&str, JsValue)]) -> Result<JsValue, NotSeen> {
        let answer = self.answer(op, parts, &Array::new()).await.map_err(NotSeen::NoAnswer)?;
        match text(&answer, "flaw") {
            Some(flaw) => Err(NotSeen::Flaw(flaw_of(&flaw))),
            None => Ok(answer),
        }
    }
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn sheet_of(answer: &JsValue) -> Result<Sheet, NotSeen> {
    let picture = field(answer, "page").dyn_into().map_err(|_| NotSeen::Flaw(Flaw::CannotOpen))?;
    let print = text(answer, "print").and_then(|print| u64::from_str_radix(&print, 16).ok()).unwrap_or(0);
    Ok(Sheet { picture, doubt: text(answer, "doubt").and_then(|word| doubt_of(&word)), print })
}

fn corners_of(answer: &JsValue) -> Option<Corners> {
    let shares: Vec<f64> =
        field(answer, "corners").dyn_into::<Array>().ok()?.iter().filter_map(|n| n.as_f64()).collect();
    shares.try_into().ok().map(|shares: [f64; 8]| Corners::from_shares(&shares))
}

fn doubt_of(name: &str) -> Option<Doubt> {
    Some(match name {
        "small" => Doubt::Small,
        "dark" => Doubt::Dark,
        "blank" => Doubt::Blank,
        "blurred" => Doubt::Blurred,
        "glare" => Doubt::Glare,
        "cut" => Doubt::Cut,
        "upside-down" => Doubt::UpsideDown,
        "sideways" => Doubt::Sideways,
        _ => return None,
    })
}

fn flaw_of(name: &str) -> Flaw {
    match name {
        "empty" => Flaw::Empty,
        "not-a-paper" => Flaw::NotAPaper,
        "broken" => Flaw::Broken,
        "giant" => Flaw::Giant,
        "locked" => Flaw::Locked,
        "broken-pdf" => Flaw::BrokenPdf,
        _ => Flaw::CannotOpen,
    }
}
