//! How requests leave the device: through the browser in the app, through a native client in the contract tests.

use super::Trouble;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

/// Form fields, in order.
pub type Fields = Vec<(&'static str, String)>;

/// What goes with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Nothing,
    /// `application/x-www-form-urlencoded`
    Form(Fields),
}

/// A file that goes with a request, as `multipart/form-data`: the fields, then the file under the name `file`.
pub struct Upload<'a> {
    pub fields: Fields,
    pub name: &'a str,
    pub mime: &'static str,
    pub bytes: &'a [u8],
    /// Hears how many bytes of the body have left.
    pub progress: &'a dyn Fn(u64),
}

/// One request to the portal.
pub struct Request {
    pub method: Method,
    /// The whole address with its query; nothing personal stands in it.
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Body,
    /// The answer may lie in the browser's cache; what is a person's may not.
    pub may_be_cached: bool,
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// The `Retry-After` header in seconds; where it names a time, until then by the server's own clock (RFC 9110, 10.2.3).
    pub retry_after: Option<u32>,
    /// How far the server's clock is ahead of the device's, in milliseconds (its `Date` header); negative if behind.
    pub ahead: Option<i64>,
    pub bytes: Vec<u8>,
}

/// Carries requests to the portal and brings answers back.
#[allow(async_fn_in_trait)] // One thread, in the browser as in the tests.
pub trait Transport {
    /// # Errors
    /// `Offline` or `TooSlow` if no answer came; every answer with a status is an answer.
    async fn carry(&self, request: Request) -> Result<Answer, Trouble>;

    /// The same with a file in place of the body. (On its own, so that a download that hands nothing in does not carry it.)
    async fn carry_file(&self, request: Request, file: Upload<'_>) -> Result<Answer, Trouble>;
}

/// Text in the form encoding of queries and form bodies.
pub fn encode(fields: &[(&str, String)]) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields {
        text.append_pair(name, value);
    }
    text.finish()
}

/// The browser's own network: `fetch`, and `XMLHttpRequest` for files, because only it tells the progress of an
/// upload.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser;

impl Transport for Browser {
    async fn carry(&self, request: Request) -> Result<Answer, Trouble> {
        browser::fetch(request).await
    }

    async fn carry_file(&self, request: Request, file: Upload<'_>) -> Result<Answer, Trouble> {
        browser::upload(request, file).await
    }
}

mod browser {
    use std::cell::Cell;
    use std::rc::Rc;

    use gloo::timers::callback::Timeout;
    use js_sys::{Array, Promise, Uint8Array};
    use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        AbortController, Blob, BlobPropertyBag, FormData, ProgressEvent, RequestCache, XmlHttpRequest,
        XmlHttpRequestResponseType,
    };

    use super::{Answer, Body, Method, Request, Trouble, Upload, encode};

    /// A portal that says nothing for so long will not say anything: 30 s for an answer.
    const ANSWER_MS: u32 = 30_000;
    /// An upload may creep, but it has to move: 60 s without progress end it.
    const STALL_MS: u32 = 60_000;

    pub async fn fetch(request: Request) -> Result<Answer, Trouble> {
        let method = match request.method {
            Method::Get => reqwasm::http::Method::GET,
            Method::Post => reqwasm::http::Method::POST,
            Method::Put => reqwasm::http::Method::PUT,
            Method::Delete => reqwasm::http::Method::DELETE,
        };
        let abort = AbortController::new().ok();
        let slow = Rc::new(Cell::new(false));
        let patience = {
            let (abort, slow) = (abort.clone(), slow.clone());
            Timeout::new(ANSWER_MS, move || {
                slow.set(true);
                if let Some(abort) = abort {
                    abort.abort();
                }
            })
        };
        let mut call = reqwasm::http::Request::new(&request.url)
            .method(method)
            .header("Accept", "application/json")
            .cache(if request.may_be_cached { RequestCache::Default } else { RequestCache::NoStore })
            .abort_signal(abort.as_ref().map(AbortController::signal).as_ref());
        for (name, value) in &request.headers {
            call = call.header(name, value);
        }
        if let Body::Form(fields) = &request.body {
            call = call.header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8").body(encode(fields));
        }
        let lost = |_| {
            if slow.get() { Trouble::TooSlow } else { Trouble::Offline }
        };
        let response = call.send().await.map_err(lost)?;
        let bytes = response.binary().await.map_err(lost)?;
        drop(patience);
        let headers = response.headers();
        Ok(answer(response.status(), bytes, |name| headers.get(name)))
    }

    pub async fn upload(request: Request, file: Upload<'_>) -> Result<Answer, Trouble> {
        let form = FormData::new().map_err(|_| Trouble::Nonsense)?;
        for (field, value) in &file.fields {
            let _ = form.append_with_str(field, value);
        }
        let kind = BlobPropertyBag::new();
        kind.set_type(file.mime);
        let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(file.bytes)), &kind)
            .map_err(|_| Trouble::Nonsense)?;
        let _ = form.append_with_blob_and_filename("file", &blob, file.name);

        let call = XmlHttpRequest::new().map_err(|_| Trouble::Nonsense)?;
        let method = if request.method == Method::Put { "PUT" } else { "POST" };
        call.open(method, &request.url).map_err(|_| Trouble::Offline)?;
        call.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
        let _ = call.set_request_header("Accept", "application/json");
        for (name, value) in &request.headers {
            let _ = call.set_request_header(name, value);
        }

        let moved = Rc::new(Cell::new((0u64, false)));
        let moving = {
            let moved = moved.clone();
            Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
                moved.set((event.loaded() as u64, true))
            })
        };
        if let Ok(upload) = call.upload() {
            upload.set_onprogress(Some(moving.as_ref().unchecked_ref()));
        }
        let done = Promise::new(&mut |resolve, _| call.set_onloadend(Some(&resolve)));
        call.send_with_opt_form_data(Some(&form)).map_err(|_| Trouble::Offline)?;

        // Who stops waiting stops the upload.
        let call = Stopping(call);
        // Progress is handed on from here and not from the event, so that no closure outlives this call.
        let mut done = std::pin::pin!(JsFuture::from(done));
        let mut still = 0;
        loop {
            let tick = gloo::timers::future::TimeoutFuture::new(200);
            match futures_util::future::select(done.as_mut(), tick).await {
                futures_util::future::Either::Left(_) => break,
                futures_util::future::Either::Right(_) => {
                    let (sent, fresh) = moved.get();
                    moved.set((sent, false));
                    still = if fresh { 0 } else { still + 200 };
                    if fresh {
                        (file.progress)(sent);
                    }
                    if still > STALL_MS {
                        return Err(Trouble::TooSlow);
                    }
                }
            }
        }
        match call.0.status().unwrap_or(0) {
            0 => Err(Trouble::Offline),
            status => {
                let bytes = Uint8Array::new(&call.0.response().unwrap_or(JsValue::NULL)).to_vec();
                Ok(answer(status, bytes, |name| call.0.get_response_header(name).ok().flatten()))
            }
        }
    }

    fn answer(status: u16, bytes: Vec<u8>, header: impl Fn(&str) -> Option<String>) -> Answer {
        let time = |text: Option<String>| Some(js_sys::Date::parse(&text?)).filter(|time| time.is_finite());
        let (now, here) = (time(header("Date")), js_sys::Date::now());
        let wait = header("Retry-After");
        let seconds = wait.as_ref().and_then(|wait| wait.parse().ok());
        // The cast takes what is past for 0.
        let until = || time(wait.clone()).map(|until| ((until - now.unwrap_or(here)) / 1_000.0) as u32);
        Answer { status, retry_after: seconds.or_else(until), ahead: now.map(|now| (now - here) as i64), bytes }
    }

    struct Stopping(XmlHttpRequest);

    impl Drop for Stopping {
        /// Does nothing to a call that has ended.
        fn drop(&mut self) {
            let _ = self.0.abort();
        }
    }
}
