//! OpenCPS 2: how its REST interface is spoken. The only place that knows its paths, forms and JSON.

pub mod account;
mod catalogue;
mod documents;
mod dossier;
pub mod feedback;
pub mod follow;
mod lenient;
pub mod plain;
pub mod queue;
mod status;

use std::cell::{Cell, RefCell};

use serde_json::Value;

use super::{
    Result, Trouble,
    http::{Answer, Body, Fields, Method, Request, Transport, Upload, encode},
};

/// A portal that speaks the OpenCPS 2 API.
pub struct OpenCps<T> {
    transport: T,
    /// The address in front of `/o/rest/v2`; empty for the app's own origin.
    address: String,
    /// The site's id, sent with every request.
    group: String,
    /// Liferay's token against forged requests, where the host page has one.
    token: Option<String>,
    /// What the citizen's own phone lent this device to act for them, in place of a session.
    bearer: RefCell<Option<String>>,
    /// How far the portal's clock was ahead of the device's when it last told.
    ahead: Cell<i64>,
}

impl<T: Transport> OpenCps<T> {
    /// `address` is the origin (and prefix) of the portal, without a slash at its end.
    pub fn new(transport: T, address: &str, group: i64, token: Option<String>) -> Self {
        OpenCps {
            transport,
            address: address.trim_end_matches('/').to_owned(),
            group: group.to_string(),
            token,
            bearer: RefCell::default(),
            ahead: Cell::new(0),
        }
    }

    fn url(&self, path: &str, query: &[(&str, String)]) -> String {
        let base = if path.starts_with("/o/") { "" } else { "/o/rest/v2" };
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{base}{path}{mark}{}", self.address, encode(query))
    }

    async fn carry(
        &self,
        method: Method,
        url: String,
        more: Option<(&'static str, String)>,
        body: Body,
    ) -> Result<Answer> {
        let headers = self.headers(more);
        self.heard(self.transport.carry(Request { method, url, headers, body, may_be_cached: false }).await?)
    }

    /// Hands in a file.
    async fn carry_file(&self, method: Method, url: String, file: Upload<'_>) -> Result<Answer> {
        let request = Request { method, url, headers: self.headers(None), body: Body::Nothing, may_be_cached: false };
        self.heard(self.transport.carry_file(request, file).await?)
    }

    fn headers(&self, more: Option<(&'static str, String)>) -> Vec<(&'static str, String)> {
        let mut headers = vec![("groupId", self.group.clone())];
        headers.extend(self.token.clone().map(|token| ("Token", token)));
        if more.as_ref().is_none_or(|(name, _)| *name != "Authorization") {
            let bearer = self.bearer.borrow();
            headers.extend(bearer.as_ref().map(|token| ("Authorization", format!("Bearer {token}"))));
        }
        headers.extend(more);
        headers
    }

    fn heard(&self, answer: Answer) -> Result<Answer> {
        self.ahead.set(answer.ahead.unwrap_or(self.ahead.get()));
        Ok(answer)
    }

    /// How far the portal's clock is ahead of the device's, in milliseconds. What a minute apart is not is taken for the way
    /// that the answer took.
    pub fn ahead(&self) -> i64 {
        let ahead = self.ahead.get();
        if ahead.abs() < 60_000 { 0 } else { ahead }
    }

    async fn get(&self, path: &str, query: &[(&str, String)]) -> Result<Value> {
        json(self.carry(Method::Get, self.url(path, query), None, Body::Nothing).await?)
    }

    async fn get_with_secret(&self, path: &str, secret: Option<&str>) -> Result<Value> {
        let header = secret.map(|secret| ("secretCode", secret.to_owned()));
        json(self.carry(Method::Get, self.url(path, &[]), header, Body::Nothing).await?)
    }

    async fn submit_form(&self, method: Method, path: &str, fields: Fields) -> Result<Value> {
        json(self.carry(method, self.url(path, &[]), None, Body::Form(fields)).await?)
    }
}

/// The JSON of an answer that went well.
///
/// # Errors
/// Every other status as the API means it: 203 is "not signed in", 403 is "not found, not valid or not allowed".
fn json(answer: Answer) -> Result<Value> {
    serde_json::from_slice(&good(answer)?).map_err(|_| Trouble::Nonsense)
}

/// The bytes of an answer that went well.
fn good(answer: Answer) -> Result<Vec<u8>> {
    let Answer { status, retry_after, bytes, .. } = answer;
    Err(match status {
        203 => Trouble::SignInNeeded,
        200..=299 => return Ok(bytes),
        401 => Trouble::NotAllowed,
        405 => Trouble::NotNow,
        413 => Trouble::TooLarge,
        429 | 503 => Trouble::Busy(retry_after),
        400..=499 => Trouble::Refused(reason(&bytes)),
        _ => Trouble::Broken(status),
    })
}

/// The portal's own words of refusal, if it gives some that a citizen can read: not an exception's name.
fn reason(bytes: &[u8]) -> String {
    let body: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let text = lenient::text(&body, "description");
    let readable = text.contains(' ') && !text.contains("Exception");
    if readable { plain::lines(&text).join(" ") } else { String::new() }
}
