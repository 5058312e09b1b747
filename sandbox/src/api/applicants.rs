//! Registration and the citizen's own profile.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::calls::{Call, Fields, Path, Visit, page};
use super::captcha;
use super::errors::{Answer, Failure};
use crate::clock;
use crate::server::App;
use crate::store::people;
use crate::store::rows::{self, Object};

/// What a citizen may write.
const WRITTEN: [&str; 14] = [
    "applicantName",
    "applicantIdType",
    "applicantIdDate",
    "address",
    "cityCode",
    "cityName",
    "districtCode",
    "districtName",
    "wardCode",
    "wardName",
    "contactName",
    "contactTelNo",
    "applicantProfile",
    "applicantIdNo",
];

fn answered(mut row: Object) -> Object {
    let user = rows::number(&row, "userId");
    let mail = rows::text(&row, "contactEmail");
    row.insert("mappingUser".into(), json!({ "userId": user, "screenName": mail, "locking": false }));
    rows::as_dates(&mut row, &["createDate", "modifiedDate"], clock::iso);
    row
}

/// `POST /applicants/withcaptcha`: the account is active at once. A duplicate is told without saying whose.
pub async fn register(State(app): State<App>, Visit(call): Visit, fields: Fields) -> Answer<Response> {
    app.store
        .with(move |tx| {
            if !captcha::check(tx, call.session.as_deref(), fields.text("j_captcha_response"))? {
                return Ok(captcha::refused());
            }
            let email = fields.text("contactEmail");
            if !email.contains('@') || email.contains(char::is_whitespace) {
                return Err(Failure::invalid("ContactEmailException"));
            }
            if fields.text("applicantName").is_empty() || fields.text("applicantIdNo").is_empty() {
                return Err(Failure::invalid("ApplicantIdNoException"));
            }
            if fields.text("password").chars().count() < 6 {
                return Err(Failure::invalid("UserPasswordException"));
            }
            let taken = |sql: &str, value: &str| -> Answer<bool> { Ok(rows::one(tx, sql, [value])?.is_some()) };
            if taken("SELECT 1 FROM accounts WHERE email = ?1", email)? {
                return Err(Failure::Duplicate("DuplicateContactEmailException".into()));
            }
            if taken("SELECT 1 FROM applicants WHERE applicantIdNo = ?1", fields.text("applicantIdNo"))? {
                return Err(Failure::Duplicate("DuplicateApplicantIdException".into()));
            }
            let name = fields.text("applicantName").to_uppercase();
            tx.execute(
                "INSERT INTO accounts (email, fullName, password, role) VALUES (?1, ?2, ?3, 'Applicant')",
                params![email, name, people::hash(fields.text("password"))?],
            )?;
            let (user, now) = (tx.last_insert_rowid(), clock::now());
            tx.execute(
                "INSERT INTO applicants (userId, createDate, modifiedDate, applicantName, applicantIdNo, contactEmail, verification)
                 VALUES (?1, ?2, ?2, ?3, ?4, ?5, 2)",
                params![user, now, name, fields.text("applicantIdNo"), email],
            )?;
            write(tx, user, &fields)?;
            let row = people::applicant_of(tx, user)?.unwrap_or_default();
            Ok(Json(answered(row)).into_response())
        })
        .await
}

fn write(tx: &Transaction, user: i64, fields: &Fields) -> Answer<()> {
    for field in WRITTEN {
        if let Some(value) = fields.given(field) {
            let value = if field == "applicantName" { value.to_uppercase() } else { value.to_owned() };
            let sql = format!("UPDATE applicants SET {field} = ?2, modifiedDate = ?3 WHERE userId = ?1");
            tx.execute(&sql, params![user, value, clock::now()]).map_err(|e| match e {
                rusqlite::Error::SqliteFailure(..) => Failure::Duplicate("DuplicateApplicantIdException".into()),
                other => other.into(),
            })?;
        }
    }
    tx.execute(
        "UPDATE accounts SET fullName = (SELECT applicantName FROM applicants WHERE userId = ?1) WHERE userId = ?1",
        [user],
    )?;
    Ok(())
}

/// One's own profile, or any for staff.
fn readable(tx: &Transaction, call: &Call, id: i64) -> Answer<Object> {
    let person = call.caller.signed_in()?;
    rows::one(tx, "SELECT * FROM applicants WHERE applicantId = ?1", [id])?
        .filter(|row| call.caller.is_officer() || rows::number(row, "userId") == person.user_id)
        .ok_or_else(|| Failure::no_such("SuchApplicant"))
}

pub async fn read(State(app): State<App>, call: Call, Path(id): Path<i64>) -> Answer<Json<Object>> {
    app.store.with(move |tx| Ok(Json(answered(readable(tx, &call, id)?)))).await
}

pub async fn change(State(app): State<App>, call: Call, Path(id): Path<i64>, fields: Fields) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let user = rows::number(&readable(tx, &call, id)?, "userId");
            if call.caller.signed_in()?.user_id != user {
                return Err(Failure::no_such("SuchApplicant"));
            }
            write(tx, user, &fields)?;
            Ok(Json(answered(readable(tx, &call, id)?)))
        })
        .await
}

/// Staff see all; a citizen sees himself.
pub async fn list(State(app): State<App>, call: Call, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let person = call.caller.signed_in()?;
            let all = rows::objects(tx, "SELECT * FROM applicants ORDER BY applicantId", [])?;
            let mine = all
                .into_iter()
                .filter(|row| call.caller.is_officer() || rows::number(row, "userId") == person.user_id)
                .filter(|row| rows::text(row, "applicantIdNo").starts_with(fields.text("idNo")))
                .map(answered)
                .collect();
            Ok(Json(page(mine, &fields, None)))
        })
        .await
}

pub async fn profile(State(app): State<App>, call: Call, Path(id): Path<i64>) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let text = rows::text(&readable(tx, &call, id)?, "applicantProfile");
            Ok(Json(serde_json::from_str(&text).unwrap_or(json!({}))))
        })
        .await
}

pub async fn set_profile(
    State(app): State<App>,
    call: Call,
    Path(id): Path<i64>,
    fields: Fields,
) -> Answer<Json<Value>> {
    let text = fields.given("value").or_else(|| fields.given("profile")).unwrap_or("{}").to_owned();
    let profile: Value = serde_json::from_str(&text).map_err(|_| Failure::invalid("JSONException"))?;
    keep_profile(&app, call, id, move |_| profile).await
}

pub async fn set_profile_key(
    State(app): State<App>,
    call: Call,
    Path((id, key)): Path<(i64, String)>,
    fields: Fields,
) -> Answer<Json<Value>> {
    keep_profile(&app, call, id, move |mut old| {
        if !old.is_object() {
            old = json!({});
        }
        old[key] = json!(fields.text("value"));
        old
    })
    .await
}

async fn keep_profile(
    app: &App,
    call: Call,
    id: i64,
    change: impl FnOnce(Value) -> Value + Send + 'static,
) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let row = readable(tx, &call, id)?;
            let new = change(serde_json::from_str(&rows::text(&row, "applicantProfile")).unwrap_or(json!({})));
            tx.execute(
                "UPDATE applicants SET applicantProfile = ?2 WHERE applicantId = ?1 AND userId = ?3",
                params![id, new.to_string(), call.caller.signed_in()?.user_id],
            )?;
            Ok(Json(new))
        })
        .await
}

/// Accounts are active from the start: there is no code to accept, and no password to give away.
pub async fn activate() -> Failure {
    Failure::invalid("ActivationCodeException")
}
