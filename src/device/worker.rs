//! A worker and those who wait for its answers.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use futures_util::future::{Either, select};
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

/// Longer than any phone takes for one paper; then the worker is given up and started anew.
const PATIENCE_MS: u32 = 90_000;

type Waiting = Rc<RefCell<HashMap<u32, js_sys::Function>>>;

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// It could not be loaded, it ran out of memory, or it took too long.
    Lost,
    /// The citizen stopped it.
    Cancelled,
}

/// A worker that is started when first asked, and who waits for it.
pub struct Hand {
    /// The id of the page's link that names the worker's script.
    link: &'static str,
    worker: RefCell<Option<Worker>>,
    waiting: Waiting,
    next: Cell<u32>,
}

impl Hand {
    pub fn new(link: &'static str) -> Hand {
        Hand { link, worker: RefCell::default(), waiting: Waiting::default(), next: Cell::default() }
    }

    /// Sends a job, a plain object, and waits for its answer. What is in `given` changes hands instead of being copied.
    ///
    /// # Errors
    /// Why none came.
    pub async fn ask(&self, op: &str, job: &Object, given: &Array) -> Result<JsValue, NoAnswer> {
        let worker = self.worker().ok_or(NoAnswer::Lost)?;
        let id = self.next.get();
        self.next.set(id.wrapping_add(1));
        let _ = Reflect::set(job, &"id".into(), &id.into());
        let _ = Reflect::set(job, &"op".into(), &op.into());
        let waiting = self.waiting.clone();
        let promise = Promise::new(&mut |resolve, _| {
            waiting.borrow_mut().insert(id, resolve);
        });
        worker.post_message_with_transfer(job, given).map_err(|_| NoAnswer::Lost)?;
        let patience = gloo::timers::future::TimeoutFuture::new(PATIENCE_MS);
        let answer = match select(JsFuture::from(promise), patience).await {
            Either::Left((answer, _)) => answer.unwrap_or(JsValue::NULL),
            Either::Right(_) => JsValue::NULL,
        };
        if answer.is_object() {
            return Ok(answer);
        }
        // What is said to those who wait: true when the citizen stopped it.
        if answer.is_truthy() {
            return Err(NoAnswer::Cancelled);
        }
        self.end(false);
        Err(NoAnswer::Lost)
    }

    fn worker(&self) -> Option<Worker> {
        if let Some(worker) = &*self.worker.borrow() {
            return Some(worker.clone());
        }
        let link = web_sys::window()?.document()?.get_element_by_id(self.link)?;
        let worker = Worker::new(&link.get_attribute("content")?).ok()?;
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
        let failed = Closure::<dyn FnMut(JsValue)>::new(move |_| tell(&waiting, &JsValue::NULL));
        worker.set_onerror(Some(failed.into_js_value().unchecked_ref()));
        *self.worker.borrow_mut() = Some(worker.clone());
        Some(worker)
    }

    /// Stops what the worker is doing, at once.
    pub fn cancel(&self) {
        self.end(true);
    }

    /// Ends the worker and with it all that it held in memory. The next job starts a new one.
    fn end(&self, wanted: bool) {
        if let Some(worker) = self.worker.borrow_mut().take() {
            worker.terminate();
        }
        tell(&self.waiting, &wanted.into());
    }
}

/// Tells everyone who waits that no answer will come.
fn tell(waiting: &Waiting, word: &JsValue) {
    let waiting: Vec<js_sys::Function> = waiting.borrow_mut().drain().map(|(_, resolve)| resolve).collect();
    for resolve in waiting {
        let _ = resolve.call1(&JsValue::NULL, word);
    }
}

/// A text in an answer.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}
