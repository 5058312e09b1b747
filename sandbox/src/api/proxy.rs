//! `POST /proxy`: a call to "another site", answered here by the same handlers and with the caller's
//! own rights.

use std::pin::Pin;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Method, header};
use axum::response::Response;
use axum::{RequestExt, body::to_bytes};
use serde_json::Value;
use tower::ServiceExt;

use super::calls::Fields;
use super::errors::{Answer, Failure};
use crate::server::{App, Peer};

/// Boxed, because the handlers it calls include this one.
pub fn call(state: State<App>, request: Request) -> Pin<Box<dyn Future<Output = Answer<Response>> + Send>> {
    Box::pin(passed_on(state, request))
}

async fn passed_on(State(app): State<App>, request: Request) -> Answer<Response> {
    let headers = request.headers().clone();
    let peer = request.extensions().get::<ConnectInfo<Peer>>().cloned();
    let fields: Fields = request.extract().await?;
    let method = match fields.text("method").to_ascii_uppercase().as_str() {
        "" | "GET" => Method::GET,
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "DELETE" => Method::DELETE,
        _ => return Err(Failure::invalid("MethodException")),
    };
    let path = format!("/{}", fields.text("url").trim_start_matches('/'));
    if path.starts_with("/proxy") || path.contains("://") {
        return Err(Failure::invalid("UrlException"));
    }
    let data: Value = serde_json::from_str(fields.given("data").unwrap_or("{}")).unwrap_or(Value::Null);
    let form = encoded(&data);
    let secret = data["secretCode"].as_str().map(str::to_owned);
    let is_get = method == Method::GET;
    let uri = match (is_get, form.is_empty(), path.contains('?')) {
        (true, false, false) => format!("{path}?{form}"),
        (true, false, true) => format!("{path}&{form}"),
        _ => path,
    };
    let mut inner = Request::builder().method(method).uri(uri);
    for name in [header::COOKIE, header::AUTHORIZATION, header::HeaderName::from_static("secretcode")] {
        if let Some(value) = headers.get(&name) {
            inner = inner.header(name, value);
        }
    }
    if let Some(secret) = secret {
        inner = inner.header("secretcode", secret);
    }
    if !is_get {
        inner = inner.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let body = if is_get { Body::empty() } else { Body::from(form) };
    let mut inner = inner.body(body).map_err(|_| Failure::invalid("UrlException"))?;
    if let Some(peer) = peer {
        inner.extensions_mut().insert(peer);
    }
    let answer = super::rest_v2().with_state(app).oneshot(inner).await.unwrap_or_else(|never| match never {});
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.map_err(|e| Failure::Internal(e.to_string()))?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

/// A JSON object as the pairs of a query or a form.
fn encoded(data: &Value) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in data.as_object().into_iter().flatten() {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        form.append_pair(name, &text);
    }
    form.finish()
}
