//! Signing in and out, tokens, passwords, and "who am I".

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use rusqlite::params;
use serde_json::{Map, Value, json};
use sha2::Sha256;

use super::calls::{Call, Fields, Path, Visit, basic, set_cookie, text_header};
use super::captcha;
use super::errors::{Answer, Failure};
use crate::clock;
use crate::server::App;
use crate::store::people::{self, Caller, FAILURES_BEFORE_CAPTCHA};
use crate::store::rows;

/// A token's life, in milliseconds.
const TOKEN_LIFE: i64 = 15 * 60 * 1000;

/// `POST /o/v1/opencps/login`: a text answer says what happened (OpenCPS API, sign-in).
pub async fn sign_in(
    State(app): State<App>,
    Visit(call): Visit,
    headers: HeaderMap,
    fields: Fields,
) -> Answer<Response> {
    let authorization = text_header(&headers, header::AUTHORIZATION).unwrap_or_default();
    let Some((email, password)) = authorization.trim().split_once(' ').and_then(|(_, rest)| basic(rest)) else {
        return Ok("".into_response());
    };
    let captcha_given = fields.given("j_captcha_response").map(str::to_owned);
    app.store
        .with(move |tx| {
            let (failures, closed) = people::failures(tx, &email)?;
            if closed {
                return Ok("lockout".into_response());
            }
            if failures >= FAILURES_BEFORE_CAPTCHA {
                let Some(given) = captcha_given else {
                    return Ok("captcha".into_response());
                };
                if !captcha::check(tx, call.session.as_deref(), &given)? {
                    return Ok((StatusCode::NON_AUTHORITATIVE_INFORMATION, "captcha").into_response());
                }
            }
            let Some(caller) = people::sign_in(tx, &email, &password)? else {
                return Ok("".into_response());
            };
            // a new id for the signed-in session: one that was set before can't be used by whoever set it
            if let Some(old) = &call.session {
                tx.execute("DELETE FROM sessions WHERE sessionId = ?1", [old])?;
            }
            let session = people::open_session(tx, caller.person().map(|p| p.user_id))?;
            let text = if caller.is_officer() { "/desk" } else { "ok" };
            Ok(([(header::SET_COOKIE, set_cookie(&session))], text).into_response())
        })
        .await
}

pub async fn sign_out(State(app): State<App>, Visit(call): Visit) -> Answer<Response> {
    app.store
        .with(move |tx| {
            tx.execute("DELETE FROM sessions WHERE sessionId = ?1", [call.session])?;
            Ok(())
        })
        .await?;
    let gone = HeaderValue::from_static("JSESSIONID=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok(([(header::SET_COOKIE, gone)], "ok").into_response())
}

/// `POST /login`: a token that lives a quarter of an hour.
pub async fn token(State(app): State<App>, call: Call) -> Answer<Response> {
    let person = call.caller.person().ok_or(Failure::Unauthorized)?;
    let token = write_token(&app.key, person.user_id, &person.email, &person.name);
    let mut answer = Json(json!({ "token": token })).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("Bearer {token}")) {
        answer.headers_mut().insert(header::AUTHORIZATION, value);
    }
    Ok(answer)
}

fn signature(key: &[u8; 32], signed: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(signed.as_bytes());
    Some(mac)
}

fn write_token(key: &[u8; 32], user: i64, email: &str, name: &str) -> String {
    let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let until = (clock::now() + TOKEN_LIFE) / 1000;
    let claims = json!({ "sub": user.to_string(), "email": email, "name": name, "exp": until }).to_string();
    let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims));
    let mac = signature(key, &signed).map(|m| m.finalize().into_bytes().to_vec()).unwrap_or_default();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac))
}

/// The user of a token that is ours and not over.
pub fn read_token(key: &[u8; 32], token: &str) -> Option<i64> {
    let (signed, mac) = token.rsplit_once('.')?;
    signature(key, signed)?.verify_slice(&URL_SAFE_NO_PAD.decode(mac).ok()?).ok()?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(signed.split_once('.')?.1).ok()?).ok()?;
    if claims["exp"].as_i64()? * 1000 < clock::now() {
        return None;
    }
    claims["sub"].as_str()?.parse().ok()
}

/// `GET /users/login`: one element a role; a guest gets the guest's role.
pub async fn roles(call: Call) -> Json<Value> {
    let (email, role) = match &call.caller {
        Caller::Guest => ("default@example.vn", "Guest"),
        Caller::Citizen(p) => (p.email.as_str(), "Applicant"),
        Caller::Officer(p) => (p.email.as_str(), "Employee"),
    };
    Json(json!([{ "email": email, "role": role, "deactiveAccountFlag": 0 }]))
}

/// `GET /o/v1/opencps/users/{id}`: one's own profile only.
pub async fn who_am_i(State(app): State<App>, call: Call, Path(id): Path<String>) -> Answer<Response> {
    let person = call.caller.signed_in()?.clone();
    // the app does not know its own id at first: 0 and "me" stand for it
    if id != person.user_id.to_string() && id != "0" && id != "me" {
        return Err(Failure::no_such("SuchUser"));
    }
    let token = write_token(&app.key, person.user_id, &person.email, &person.name);
    let officer = call.caller.is_officer();
    let body =
        app.store
            .with(move |tx| {
                let mut out = Map::new();
                let kind = if officer { "Employee" } else { "Applicant" };
                out.insert("className".into(), json!(format!("org.opencps.usermgt.model.{kind}")));
                out.insert("classPK".into(), json!(person.user_id));
                out.insert("userId".into(), json!(person.user_id));
                out.insert("userName".into(), json!(person.name));
                out.insert("avatar".into(), json!(""));
                out.insert("mappingUserId".into(), json!(person.user_id));
                out.insert("screenName".into(), json!(person.email));
                if officer {
                    out.insert("employeeFullName".into(), json!(person.name));
                }
                if let Some(applicant) = people::applicant_of(tx, person.user_id)? {
                    out.insert("classPK".into(), applicant["applicantId"].clone());
                    for (field, value) in &applicant {
                        let name = match field.as_str() {
                            "applicantId" | "userId" | "createDate" | "modifiedDate" => continue,
                            "applicantName" | "applicantIdNo" | "applicantIdDate" | "applicantProfile"
                            | "verification" => field.clone(),
                            "applicantIdType" => "applicantType".to_owned(),
                            other => {
                                let mut letters = other.chars();
                                let first = letters.next().map(|c| c.to_ascii_uppercase()).unwrap_or_default();
                                format!("applicant{first}{}", letters.as_str())
                            }
                        };
                        out.insert(name, value.clone());
                    }
                    out.insert("applicantNo".into(), json!(""));
                }
                Ok(out)
            })
            .await?;
    let mut answer = Json(body).into_response();
    if let Ok(value) = HeaderValue::from_str(&token) {
        answer.headers_mut().insert("jwt-token", value);
    }
    Ok(answer)
}

pub async fn avatar() -> &'static str {
    ""
}

pub async fn site_name() -> &'static str {
    "Cổng dịch vụ công (mẫu)"
}

pub async fn sso_enabled() -> &'static str {
    "false"
}

/// `POST /users/{id}/changepass`: one's own, with the old one.
pub async fn change_password(
    State(app): State<App>,
    call: Call,
    Path(id): Path<i64>,
    fields: Fields,
) -> Answer<&'static str> {
    let person = call.caller.signed_in()?.clone();
    if person.user_id != id {
        return Err(Failure::no_such("SuchUser"));
    }
    app.store
        .with(move |tx| {
            if fields.text("newPassword").chars().count() < 6 {
                return Err(Failure::invalid("UserPasswordException"));
            }
            if people::sign_in(tx, &person.email, fields.text("oldPassword"))?.is_none() {
                return Ok("false");
            }
            people::set_password(tx, id, fields.text("newPassword"))?;
            Ok("true")
        })
        .await
}

/// `GET /users/{email}/forgot`: needs a captcha; contacts are never shown whole here.
pub async fn forgot(
    State(app): State<App>,
    Visit(call): Visit,
    Path(_email): Path<String>,
    fields: Fields,
) -> Answer<Response> {
    let given = fields.text("j_captcha_response").to_owned();
    let right = app.store.with(move |tx| captcha::check(tx, call.session.as_deref(), &given)).await?;
    if !right {
        return Ok(captcha::refused());
    }
    // no mail leaves a sandbox, and the answer must not tell which accounts exist
    Ok(Json(json!({})).into_response())
}

pub async fn preferences(State(app): State<App>, call: Call, Path(id): Path<i64>) -> Answer<Json<Value>> {
    Ok(Json(read_preferences(&app, &call, id).await?))
}

pub async fn preference(
    State(app): State<App>,
    call: Call,
    Path((id, key)): Path<(i64, String)>,
) -> Answer<Json<Value>> {
    Ok(Json(read_preferences(&app, &call, id).await?.get(&key).cloned().unwrap_or(json!(""))))
}

async fn read_preferences(app: &App, call: &Call, id: i64) -> Answer<Value> {
    if call.caller.signed_in()?.user_id != id {
        return Err(Failure::no_such("SuchUser"));
    }
    app.store
        .with(move |tx| {
            let row = rows::one(tx, "SELECT preferences FROM accounts WHERE userId = ?1", [id])?.unwrap_or_default();
            Ok(serde_json::from_str(&rows::text(&row, "preferences")).unwrap_or(json!({})))
        })
        .await
}

pub async fn set_preference(
    State(app): State<App>,
    call: Call,
    Path((id, key)): Path<(i64, String)>,
    fields: Fields,
) -> Answer<Json<Value>> {
    let mut all = read_preferences(&app, &call, id).await?;
    all[key] = json!(fields.text("value"));
    let text = all.to_string();
    app.store
        .with(move |tx| {
            tx.execute("UPDATE accounts SET preferences = ?2 WHERE userId = ?1", params![id, text])?;
            Ok(())
        })
        .await?;
    Ok(Json(all))
}
