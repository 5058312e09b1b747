//! A bad network and a bad day of the portal, on demand: only while testing.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use futures_util::{Stream, StreamExt, stream};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::api::calls::{Path, Visit};
use crate::api::captcha;
use crate::api::errors::{Answer, Failure};
use crate::server::{App, Peer};
use crate::store::dossiers::{self, Dossier};
use crate::store::rows::Object;

/// What is asked to go wrong, and what was asked of the portal.
#[derive(Clone, Default)]
pub struct Faults {
    waiting: Arc<Mutex<Vec<Fault>>>,
    /// How many have struck since they were laid out.
    struck: Arc<AtomicU32>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    #[serde(default)]
    method: String,
    path: String,
    #[serde(default)]
    skip: u32,
    #[serde(default = "once")]
    times: u32,
    kind: Kind,
    #[serde(default = "internal_error")]
    status: u16,
    #[serde(default)]
    content_type: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    ms: u64,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    /// Answered in place of the handler.
    Answer,
    /// The line breaks before the request is handled.
    DropBefore,
    /// The line breaks while the request's body is read.
    DropIn,
    /// The request is handled, its answer is lost.
    DropAfter,
    /// Handled after a while.
    Delay,
    /// The answer breaks off in the middle.
    Truncate,
    /// Handled twice, as after a resend; the second answer counts.
    Twice,
}

fn once() -> u32 {
    1
}

fn internal_error() -> u16 {
    500
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    method: String,
    path: String,
    /// 0 when the line broke before an answer.
    status: u16,
    bytes_in: u64,
    /// Of the answer's body, as it lies on the line.
    bytes_out: u64,
}

fn open<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Faults {
    /// The next fault for a request, counted down.
    fn strike(&self, method: &str, path: &str) -> Option<Fault> {
        let mut waiting = open(&self.waiting);
        let at = waiting.iter().position(|fault| {
            fault.times > 0
                && (fault.method.is_empty() || fault.method.eq_ignore_ascii_case(method))
                && matches(&fault.path, path)
        })?;
        let fault = &mut waiting[at];
        if fault.skip > 0 {
            fault.skip -= 1;
            return None;
        }
        fault.times -= 1;
        self.struck.fetch_add(1, Ordering::Relaxed);
        Some(fault.clone())
    }
}

/// `*` stands for anything within one segment.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len() && pattern.iter().zip(path).all(|(p, s)| in_segment(p, s))
}

fn in_segment(pattern: &str, segment: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == segment,
        Some((start, rest)) => segment.strip_prefix(start).is_some_and(|left| {
            (0..=left.len()).filter(|i| left.is_char_boundary(*i)).any(|i| in_segment(rest, &left[i..]))
        }),
    }
}

/// Lets a fault strike a request, and notes every request that is not a test's own.
pub async fn disturb(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(faults) = app.faults.clone() else {
        return next.run(request).await;
    };
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    if path.starts_with("/sandbox/") {
        return next.run(request).await;
    }
    let peer = request.extensions().get::<ConnectInfo<Peer>>().map(|c| c.0.clone());
    let fault = faults.strike(&method, &path);
    let place = {
        let mut seen = open(&faults.seen);
        seen.push(Seen { method, path, status: 0, bytes_in: 0, bytes_out: 0 });
        seen.len() - 1
    };
    let note = |set: &dyn Fn(&mut Seen)| {
        if let Some(seen) = open(&faults.seen).get_mut(place) {
            set(seen);
        }
    };
    let request = counted(request, faults.clone(), place);
    let lost = |peer: Option<Peer>| {
        if let Some(peer) = peer {
            peer.cut();
        }
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    };
    let Some(fault) = fault else {
        let answer = next.run(request).await;
        note(&|seen| seen.status = answer.status().as_u16());
        return told_out(answer, faults, place);
    };
    match fault.kind {
        Kind::Answer => {
            // heard out first, so that the sender is not cut off while it still sends
            let _ = to_bytes(request.into_body(), usize::MAX).await;
            note(&|seen| seen.status = fault.status);
            instead(&fault)
        }
        Kind::DropBefore => lost(peer),
        Kind::DropIn => {
            let announced =
                request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
            let enough = announced.unwrap_or(2) / 2;
            let mut body = request.into_body().into_data_stream();
            let mut heard = 0u64;
            while heard < enough.max(1) {
                match body.next().await {
                    Some(Ok(chunk)) => heard += chunk.len() as u64,
                    _ => break,
                }
            }
            lost(peer)
        }
        Kind::DropAfter => {
            let _ = next.run(request).await;
            lost(peer)
        }
        Kind::Delay => {
            tokio::time::sleep(Duration::from_millis(fault.ms)).await;
            let answer = next.run(request).await;
            note(&|seen| seen.status = answer.status().as_u16());
            answer
        }
        Kind::Truncate => {
            let answer = next.run(request).await;
            note(&|seen| seen.status = answer.status().as_u16());
            cut_short(answer, peer).await
        }
        Kind::Twice => {
            let (parts, body) = request.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
            let _ = next.clone().run(Request::from_parts(parts.clone(), Body::from(bytes.clone()))).await;
            let answer = next.run(Request::from_parts(parts, Body::from(bytes))).await;
            note(&|seen| seen.status = answer.status().as_u16());
            answer
        }
    }
}

/// The request, with its body's bytes counted as they come.
fn counted(request: Request, faults: Faults, place: usize) -> Request {
    request.map(|body| Body::from_stream(tallied(body, faults, place, |seen, bytes| seen.bytes_in += bytes)))
}

/// The answer, with its body's bytes counted as they go; its length is announced as before.
fn told_out(mut answer: Response, faults: Faults, place: usize) -> Response {
    if let Some(length) = answer.body().size_hint().exact() {
        answer.headers_mut().entry(header::CONTENT_LENGTH).or_insert(HeaderValue::from(length));
    }
    answer.map(|body| Body::from_stream(tallied(body, faults, place, |seen, bytes| seen.bytes_out += bytes)))
}

/// The pieces of a body, each told to the request's note as it passes.
fn tallied(
    body: Body,
    faults: Faults,
    place: usize,
    tell: fn(&mut Seen, u64),
) -> impl Stream<Item = Result<Bytes, axum::Error>> + Send + 'static {
    body.into_data_stream().inspect(move |chunk| {
        if let (Ok(chunk), Some(seen)) = (chunk, open(&faults.seen).get_mut(place)) {
            tell(seen, chunk.len() as u64);
        }
    })
}

fn instead(fault: &Fault) -> Response {
    let mut answer = Response::new(Body::from(fault.body.clone()));
    *answer.status_mut() = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(kind) = HeaderValue::from_str(&fault.content_type) {
        answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    for (name, value) in &fault.headers {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&text)) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

/// Announces the whole answer, sends half of it, and breaks the line.
async fn cut_short(answer: Response, peer: Option<Peer>) -> Response {
    let (mut parts, body) = answer.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let half = bytes.slice(..bytes.len() / 2);
    let ending = stream::once(async move {
        // the first half must be on its way before the line breaks
        tokio::time::sleep(Duration::from_millis(50)).await;
        if let Some(peer) = peer {
            peer.cut();
        }
        Err::<Bytes, std::io::Error>(std::io::ErrorKind::ConnectionReset.into())
    });
    Response::from_parts(parts, Body::from_stream(stream::once(async move { Ok(half) }).chain(ending)))
}

/// `/sandbox/…`: the tests' own calls.
pub fn router() -> Router<App> {
    Router::new()
        .route("/sandbox/faults", put(set).get(struck).delete(clear))
        .route("/sandbox/requests", get(seen).delete(forget))
        .route("/sandbox/captcha", get(captcha_text))
        .route("/sandbox/dossiers/{id}", post(set_dossier))
        .route("/sandbox/services", put(add_services).layer(DefaultBodyLimit::disable()))
        .route("/sandbox/services/{code}", post(set_service))
        .route("/sandbox/logout-all", post(sign_all_out))
}

fn faults(app: &App) -> Answer<&Faults> {
    app.faults.as_ref().ok_or(Failure::NoSuchPath)
}

async fn set(State(app): State<App>, body: Bytes) -> Answer<StatusCode> {
    let new: Vec<Fault> = serde_json::from_slice(&body).map_err(|e| Failure::invalid(e.to_string()))?;
    let faults = faults(&app)?;
    *open(&faults.waiting) = new;
    faults.struck.store(0, Ordering::Relaxed);
    Ok(StatusCode::NO_CONTENT)
}

async fn struck(State(app): State<App>) -> Answer<Json<u32>> {
    Ok(Json(faults(&app)?.struck.load(Ordering::Relaxed)))
}

async fn clear(State(app): State<App>) -> Answer<StatusCode> {
    open(&faults(&app)?.waiting).clear();
    Ok(StatusCode::NO_CONTENT)
}

async fn seen(State(app): State<App>) -> Answer<Response> {
    let all = open(&faults(&app)?.seen).clone();
    Ok(Json(all).into_response())
}

async fn forget(State(app): State<App>) -> Answer<StatusCode> {
    open(&faults(&app)?.seen).clear();
    Ok(StatusCode::NO_CONTENT)
}

async fn captcha_text(State(app): State<App>, Visit(call): Visit) -> Answer<String> {
    app.store.with(move |tx| captcha::current(tx, call.session.as_deref())).await
}

/// Columns of a table that a test may set.
fn columns(tx: &rusqlite::Transaction, table: &str) -> Answer<Vec<String>> {
    Ok(crate::store::rows::texts(tx, "SELECT name FROM pragma_table_info(?1)", [table])?)
}

async fn set_dossier(State(app): State<App>, Path(id): Path<i64>, Json(new): Json<Object>) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let known = columns(tx, "dossiers")?;
            if let Some(unknown) = new.keys().find(|f| !known.contains(f) || *f == "dossierId") {
                return Err(Failure::invalid(format!("no column {unknown}")));
            }
            let fields: Vec<(&str, Value)> = new.iter().map(|(f, v)| (f.as_str(), v.clone())).collect();
            dossiers::set(tx, id, &fields)?;
            Ok(Json(Dossier::by_id(tx, id)?.detail()))
        })
        .await
}

async fn set_service(State(app): State<App>, Path(code): Path<String>, Json(new): Json<Object>) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let known = columns(tx, "services")?;
            for (field, value) in &new {
                if !known.contains(field) || field == "serviceInfoId" {
                    return Err(Failure::invalid(format!("no column {field}")));
                }
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                tx.execute(
                    &format!("UPDATE services SET \"{field}\" = ?2 WHERE serviceCode = ?1"),
                    params![code, text],
                )?;
            }
            Ok(Json(json!({ "serviceCode": code })))
        })
        .await
}

/// More procedures, to make the catalogue as large as the national one: code, field and name each, the rest as of the first.
async fn add_services(State(app): State<App>, Json(new): Json<Vec<[String; 3]>>) -> Answer<StatusCode> {
    app.store
        .with(move |tx| {
            let mut columns = columns(tx, "services")?;
            columns.retain(|column| column != "serviceInfoId");
            let values = columns.iter().map(|column| match column.as_str() {
                "serviceCode" | "serviceCodeDVCQG" => "?1",
                "domainName" => "?2",
                "serviceName" | "serviceNameDVCQG" => "?3",
                kept => kept,
            });
            let values = values.collect::<Vec<_>>().join(", ");
            let mut add = tx.prepare(&format!(
                "INSERT OR IGNORE INTO services ({}) SELECT {values} FROM services LIMIT 1",
                columns.join(", ")
            ))?;
            for one in &new {
                add.execute(rusqlite::params_from_iter(one))?;
            }
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

async fn sign_all_out(State(app): State<App>) -> Answer<StatusCode> {
    app.store
        .with(|tx| {
            tx.execute("DELETE FROM sessions", [])?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stays_within_its_segment() {
        assert!(matches("/o/rest/v2/dossiers/*/files", "/o/rest/v2/dossiers/12/files"));
        assert!(matches("/o/rest/v2/dossiers/*/files/*", "/o/rest/v2/dossiers/12/files/a-b"));
        assert!(!matches("/o/rest/v2/dossiers/*", "/o/rest/v2/dossiers/12/files"));
        assert!(matches("/app-*.js", "/app-12.js"));
    }
}
