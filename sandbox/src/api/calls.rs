//! What a call brings: who calls, and its parameters.

use std::collections::HashMap;

use axum::body::to_bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use base64::Engine;
use rusqlite::{Transaction, params};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::errors::{Answer, Failure};
use super::sessions;
use crate::clock;
use crate::server::{App, Peer};
use crate::store::people::{self, Caller};
use crate::store::rows::Object;

pub const COOKIE: &str = "JSESSIONID";

/// Longest form body; files have a limit of their own.
const FORM_LIMIT: usize = 2 * 1024 * 1024;

/// Who calls, known by `Authorization` or by the session cookie.
#[derive(Clone, Debug)]
pub struct Call {
    pub caller: Caller,
    pub session: Option<String>,
    /// The session, or the address of one who has none.
    pub client: String,
}

/// A call known by its session cookie alone: where `Authorization` is what is being tried.
pub struct Visit(pub Call);

impl FromRequestParts<App> for Call {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Call, Failure> {
        let authorization = text_header(&parts.headers, header::AUTHORIZATION);
        known(parts, app, authorization).await
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Visit, Failure> {
        known(parts, app, None).await.map(Visit)
    }
}

async fn known(parts: &Parts, app: &App, authorization: Option<String>) -> Result<Call, Failure> {
    let address = parts.extensions.get::<ConnectInfo<Peer>>().map_or_else(String::new, |c| c.0.address());
    let cookie = session_cookie(&parts.headers);
    let key = app.key.clone();
    app.store
        .with(move |tx| {
            let from_cookie = match &cookie {
                Some(id) => people::session_caller(tx, id)?,
                None => None,
            };
            let session = from_cookie.as_ref().and(cookie);
            let mut caller = from_cookie.unwrap_or(Caller::Guest);
            if let Some((scheme, rest)) = authorization.as_deref().and_then(|a| a.trim().split_once(' ')) {
                if scheme.eq_ignore_ascii_case("basic") {
                    caller = match basic(rest) {
                        Some((email, password)) => people::sign_in(tx, &email, &password)?.unwrap_or(Caller::Guest),
                        None => Caller::Guest,
                    };
                } else if scheme.eq_ignore_ascii_case("bearer") {
                    caller = match sessions::read_token(&key, rest.trim()) {
                        Some(user) => people::by_id(tx, user)?.unwrap_or(Caller::Guest),
                        None => Caller::Guest,
                    };
                }
            }
            let client = session.clone().unwrap_or(address);
            Ok(Call { caller, session, client })
        })
        .await
}

impl Call {
    /// The caller's session, opened when there is none yet; the second value is the cookie to set then.
    pub fn session_or_new(&self, tx: &Transaction) -> Answer<(String, Option<HeaderValue>)> {
        match &self.session {
            Some(id) => Ok((id.clone(), None)),
            None => {
                let id = people::open_session(tx, None)?;
                let cookie = set_cookie(&id);
                Ok((id, Some(cookie)))
            }
        }
    }

    /// Remembers that this session found a dossier by its exact number.
    pub fn remember_found(&self, tx: &Transaction, session: &str, dossier: i64) -> Answer<()> {
        let mut found = found_in(tx, session)?;
        if !found.contains(&dossier) {
            found.push(dossier);
            let text = serde_json::to_string(&found).unwrap_or_default();
            tx.execute(
                "UPDATE sessions SET found = ?2, lastSeen = ?3 WHERE sessionId = ?1",
                params![session, text, clock::now()],
            )?;
        }
        Ok(())
    }

    pub fn has_found(&self, tx: &Transaction, dossier: i64) -> Answer<bool> {
        match &self.session {
            Some(session) => Ok(found_in(tx, session)?.contains(&dossier)),
            None => Ok(false),
        }
    }
}

fn found_in(tx: &Transaction, session: &str) -> Answer<Vec<i64>> {
    let text: String = tx.query_row("SELECT found FROM sessions WHERE sessionId = ?1", [session], |r| r.get(0))?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

/// A session cookie scripts cannot read and other sites cannot send.
pub fn set_cookie(session: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict"))
        .unwrap_or(HeaderValue::from_static(""))
}

pub fn session_cookie(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('=').map(str::to_owned))
}

pub fn text_header(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

/// Name and password of a Basic header's second half.
pub fn basic(encoded: &str) -> Option<(String, String)> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(encoded.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (email, password) = text.split_once(':')?;
    Some((email.trim().to_owned(), password.to_owned()))
}

/// What stands in the path; a value that can't be one is "not found", as everything unknown is.
pub struct Path<T>(pub T);

impl<T, S> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Failure> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Path(value)),
            Err(e) => Err(Failure::invalid(format!("PathException: {e}"))),
        }
    }
}

/// Query and form parameters together; the form wins.
#[derive(Clone, Debug, Default)]
pub struct Fields(pub HashMap<String, String>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Failure;

    async fn from_request(req: Request, _: &S) -> Result<Fields, Failure> {
        let mut fields = HashMap::new();
        if let Some(query) = req.uri().query() {
            fields.extend(form_urlencoded::parse(query.as_bytes()).into_owned());
        }
        let is_form = text_header(req.headers(), header::CONTENT_TYPE)
            .is_some_and(|t| t.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded"));
        if is_form {
            let body = to_bytes(req.into_body(), FORM_LIMIT)
                .await
                .map_err(|_| Failure::TooLarge("FormTooLargeException".into()))?;
            fields.extend(form_urlencoded::parse(&body).into_owned());
        }
        Ok(Fields(fields))
    }
}

impl Fields {
    /// A parameter without blanks around it; "" when missing.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |v| v.trim())
    }

    pub fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|v| !v.is_empty())
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name).parse().ok()
    }

    /// The values of a comma list; None when the parameter is missing or empty.
    pub fn any_of(&self, name: &str) -> Option<Vec<String>> {
        self.given(name).map(|v| v.split(',').map(|s| s.trim().to_owned()).collect())
    }

    /// Whether a row's value is in the comma list, if one is given.
    pub fn allows(&self, name: &str, value: &str) -> bool {
        self.any_of(name).is_none_or(|values| values.iter().any(|v| v == value))
    }
}

/// `{total, data}` with the rows from `start` up to `end`; without an end, all of them, or `at_most`.
pub fn page(rows: Vec<Object>, fields: &Fields, at_most: Option<usize>) -> Value {
    let total = rows.len();
    let start = fields.number("start").unwrap_or(0).max(0) as usize;
    let end = match fields.number("end").filter(|end| *end > 0) {
        Some(end) => end as usize,
        None => at_most.map_or(total, |n| start.saturating_add(n)),
    };
    let data: Vec<Object> = rows.into_iter().skip(start).take(end.saturating_sub(start)).collect();
    json!({ "total": total, "data": data })
}

/// Every word of a keyword occurs in one of the texts; capitals do not matter, marks do.
pub fn matches_words(keyword: &str, texts: &[String]) -> bool {
    keyword.split_whitespace().all(|word| {
        let word = word.to_lowercase();
        texts.iter().any(|t| t.to_lowercase().contains(&word))
    })
}

/// `true`/`1` of a form field.
pub fn is_true(text: &str) -> bool {
    text == "true" || text == "1"
}
