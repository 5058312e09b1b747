//! How the portal says no (OpenCPS API, error format): 203 is "not signed in", 403 is "not found,
//! invalid or forbidden", 405 is "not possible now".

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

pub type Answer<T> = Result<T, Failure>;

#[derive(Debug)]
pub enum Failure {
    /// 203: the caller must sign in.
    NotSignedIn,
    /// 203 with a text: a wrong captcha or dossier secret.
    NotAccepted(&'static str),
    /// 403: not found, not valid, or not the caller's; the text is the portal's `description`.
    Invalid(String),
    /// 401: name or password wrong where a token was asked for.
    Unauthorized,
    /// 404: there is no such path.
    NoSuchPath,
    /// 405: the action is not possible in this state.
    Impossible(String),
    /// 409: the thing is there already.
    Duplicate(String),
    /// 413: too many bytes.
    TooLarge(String),
    /// 429: slow down; seconds to wait.
    TooMany(u64),
    /// 500: our own fault.
    Internal(String),
}

impl Failure {
    pub fn invalid(description: impl Into<String>) -> Failure {
        Failure::Invalid(description.into())
    }

    /// One answer for "not there" and "not yours", so that nobody learns which.
    pub fn no_such(what: &str) -> Failure {
        Failure::Invalid(format!("No{what}Exception"))
    }

    /// The sentence for a person, where one was given.
    pub fn sentence(&self) -> String {
        match self {
            Failure::Invalid(s) | Failure::Impossible(s) | Failure::Duplicate(s) | Failure::TooLarge(s) => s.clone(),
            Failure::NotSignedIn => "Cần đăng nhập.".into(),
            _ => "Không thực hiện được.".into(),
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(e: rusqlite::Error) -> Self {
        Failure::Internal(e.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(e: std::io::Error) -> Self {
        Failure::Internal(e.to_string())
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Internal(e) => f.write_str(e),
            other => f.write_str(&other.sentence()),
        }
    }
}

fn body(status: StatusCode, code: u16, message: &str, description: &str) -> Response {
    (status, Json(json!({ "message": message, "code": code, "description": description }))).into_response()
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Failure::NotSignedIn => {
                body(StatusCode::NON_AUTHORITATIVE_INFORMATION, 203, "Non-Authoritative Information.", "")
            }
            Failure::NotAccepted(text) => (StatusCode::NON_AUTHORITATIVE_INFORMATION, text).into_response(),
            Failure::Invalid(description) => body(StatusCode::FORBIDDEN, 403, "No Content.", &description),
            Failure::Unauthorized => body(StatusCode::UNAUTHORIZED, 203, "Unauthorized.", ""),
            Failure::NoSuchPath => body(StatusCode::NOT_FOUND, 404, "Not Found.", ""),
            Failure::Impossible(_) => StatusCode::METHOD_NOT_ALLOWED.into_response(),
            Failure::Duplicate(description) => body(StatusCode::CONFLICT, 409, "Conflict.", &description),
            Failure::TooLarge(description) => {
                body(StatusCode::PAYLOAD_TOO_LARGE, 413, "Request Entity Too Large.", &description)
            }
            Failure::TooMany(seconds) => {
                let mut answer = body(StatusCode::TOO_MANY_REQUESTS, 429, "Too Many Requests.", "");
                answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                answer
            }
            Failure::Internal(e) => {
                eprintln!("sandbox: {e}");
                body(StatusCode::INTERNAL_SERVER_ERROR, 500, "Internal Server Error.", "")
            }
        }
    }
}
