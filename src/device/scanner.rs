//! The handle of the scanner: a worker with its own WebAssembly, loaded when the first paper is opened.
//!
//! Pictures are decoded, turned, shrunk and put into PDFs there, so that the screen never waits for them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use futures_util::future::{Either, select};
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, MessageEvent, Worker};

use crate::dossier::paper::{Doubt, Flaw};

/// What a file turned out to be.
#[derive(Clone, Debug)]
pub enum Seen {
    /// A photograph, the page made from it (upright, JPEG), what makes it hard to read, and a print of its look.
    Photo(Blob, Option<Doubt>, u64),
    /// A PDF that can be sent as it is.
    Pdf,
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

/// Longer than any phone takes for one paper; then the worker is given up and started anew.
const PATIENCE_MS: u32 = 90_000;

type Resolve = js_sys::Function;

/// The worker, once it runs, and who waits for it.
#[derive(Default)]
pub struct Scanner {
    worker: RefCell<Option<Worker>>,
    waiting: Rc<RefCell<HashMap<u32, Resolve>>>,
    next: Cell<u32>,
}

impl Scanner {
    /// Looks at a file: what is it, and can it be read?
    ///
    /// # Errors
    /// The flaw to tell the citizen, or `None` if the scanner itself did not answer.
    pub async fn look(&self, file: &Blob) -> Result<Seen, Option<Flaw>> {
        let job = Object::new();
        let _ = Reflect::set(&job, &"file".into(), file);
        let answer = self.ask("look", &job).await.ok_or(None)?;
        if let Some(flaw) = text(&answer, "flaw") {
            return Err(Some(flaw_of(&flaw)));
        }
        match Reflect::get(&answer, &"page".into()).ok().and_then(|page| page.dyn_into::<Blob>().ok()) {
            Some(page) => {
                let print = text(&answer, "print").and_then(|print| u64::from_str_radix(&print, 16).ok()).unwrap_or(0);
                Ok(Seen::Photo(page, text(&answer, "doubt").and_then(|word| doubt_of(&word)), print))
            }
            None => Ok(Seen::Pdf),
        }
    }

    /// Puts pages (upright JPEG pictures and their quarter turns) into one file of at most `limit` bytes: a PDF, or
    /// for one page a JPEG if `extension` is `jpg`.
    pub async fn assemble(
        &self,
        pages: &[(Blob, u8)],
        extension: &str,
        title: &str,
        limit: u64,
    ) -> Result<Vec<u8>, NotMade> {
        let (blobs, turns) = (Array::new(), Array::new());
        for (blob, turn) in pages {
            blobs.push(blob);
            turns.push(&JsValue::from(*turn));
        }
        let job = Object::new();
        for (name, value) in [
            ("pages", JsValue::from(blobs)),
            ("turns", turns.into()),
            ("extension", extension.into()),
            ("title", title.into()),
            ("limit", (limit as f64).into()),
        ] {
            let _ = Reflect::set(&job, &name.into(), &value);
        }
        let answer = self.ask("assemble", &job).await.ok_or(NotMade::NoScanner)?;
        match text(&answer, "flaw").as_deref() {
            Some("too-large") => Err(NotMade::TooLarge),
            Some(_) => Err(NotMade::Unreadable),
            None => Reflect::get(&answer, &"bytes".into())
                .ok()
                .and_then(|bytes| bytes.dyn_into::<Uint8Array>().ok())
                .map(|bytes| bytes.to_vec())
                .ok_or(NotMade::Unreadable),
        }
    }

    /// Sends a job and waits for its answer; `None` if none comes.
    async fn ask(&self, op: &str, job: &Object) -> Option<JsValue> {
        let worker = self.worker()?;
        let id = self.next.get();
        self.next.set(id.wrapping_add(1));
        let _ = Reflect::set(job, &"id".into(), &id.into());
        let _ = Reflect::set(job, &"op".into(), &op.into());
        let waiting = self.waiting.clone();
        let promise = Promise::new(&mut |resolve, _| {
            waiting.borrow_mut().insert(id, resolve);
        });
        worker.post_message(job).ok()?;
        let patience = gloo::timers::future::TimeoutFuture::new(PATIENCE_MS);
        let answer = match select(JsFuture::from(promise), patience).await {
            Either::Left((answer, _)) => answer.ok(),
            Either::Right(_) => None,
        };
        let answer = answer.filter(|answer| !answer.is_null());
        if answer.is_none() {
            self.stop();
        }
        answer
    }

    fn worker(&self) -> Option<Worker> {
        if let Some(worker) = &*self.worker.borrow() {
            return Some(worker.clone());
        }
        let worker = Worker::new(&address()?).ok()?;
        let waiting = self.waiting.clone();
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let answer = event.data();
            let id = Reflect::get(&answer, &"id".into()).ok().and_then(|id| id.as_f64()).map(|id| id as u32);
            if let Some(resolve) = id.and_then(|id| waiting.borrow_mut().remove(&id)) {
                let _ = resolve.call1(&JsValue::NULL, &answer);
            }
        });
        worker.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
        let waiting = self.waiting.clone();
        let failed = Closure::<dyn FnMut(JsValue)>::new(move |_| give_up(&waiting));
        worker.set_onerror(Some(failed.into_js_value().unchecked_ref()));
        *self.worker.borrow_mut() = Some(worker.clone());
        Some(worker)
    }

    /// Ends the worker and with it all that it held in memory. The next job starts a new one.
    pub fn stop(&self) {
        if let Some(worker) = self.worker.borrow_mut().take() {
            worker.terminate();
        }
        give_up(&self.waiting);
    }
}

/// Tells everyone who waits that no answer will come.
fn give_up(waiting: &RefCell<HashMap<u32, Resolve>>) {
    let waiting: Vec<Resolve> = waiting.borrow_mut().drain().map(|(_, resolve)| resolve).collect();
    for resolve in waiting {
        let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
    }
}

/// Where the build put the worker: named in index.html, because the name changes with the content.
fn address() -> Option<String> {
    let link = web_sys::window()?.document()?.get_element_by_id("scanner")?;
    link.get_attribute("href")
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}

fn doubt_of(name: &str) -> Option<Doubt> {
    Some(match name {
        "small" => Doubt::Small,
        "dark" => Doubt::Dark,
        "blank" => Doubt::Blank,
        "blurred" => Doubt::Blurred,
        "glare" => Doubt::Glare,
        _ => return None,
    })
}

fn flaw_of(name: &str) -> Flaw {
    match name {
        "empty" => Flaw::Empty,
        "not-a-paper" => Flaw::NotAPaper,
        "broken" => Flaw::Broken,
        "locked" => Flaw::Locked,
        "broken-pdf" => Flaw::BrokenPdf,
        _ => Flaw::CannotOpen,
    }
}
