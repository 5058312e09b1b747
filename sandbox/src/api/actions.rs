//! What a citizen can do with a dossier now, and doing it.

use axum::Json;
use axum::extract::State;
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::calls::{Call, Fields, Path};
use super::errors::{Answer, Failure};
use crate::clock;
use crate::server::App;
use crate::store::dossiers::Dossier;
use crate::store::rows::{self, Object};
use crate::workflow::{self, State as DossierState, Step, Words};

/// The citizen's steps that are possible now.
fn possible(dossier: &Dossier) -> Vec<Step> {
    Step::CITIZEN.into_iter().filter(|step| step.possible(dossier).is_ok()).collect()
}

fn described(step: Step, dossier: &Dossier) -> Object {
    let value = json!({
        "processActionId": step.code().parse::<i64>().unwrap_or(0),
        "actionCode": step.code(),
        "actionName": step.name(),
        "preStepCode": dossier.text("stepCode"),
        "postStepCode": "",
        "autoEvent": "",
        "preCondition": "",
        "enable": 1,
        "allowAssignUser": 0,
    });
    value.as_object().cloned().unwrap_or_default()
}

pub async fn next(State(app): State<App>, call: Call, Path(id): Path<String>) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let dossier = Dossier::readable(tx, &id, &call.caller)?;
            let mine = call.caller.person().is_some_and(|p| p.user_id == dossier.owner());
            let data: Vec<Object> = match mine {
                true => possible(&dossier).into_iter().map(|step| described(step, &dossier)).collect(),
                false => vec![],
            };
            Ok(Json(json!({
                "total": data.len(), "checkInput": 0, "users": [], "stepCode": dossier.text("stepCode"),
                "stepName": dossier.text("stepName"), "stepDueDate": dossier.moment("dueDate").unwrap_or(0),
                "stepOverdue": dossier.lateness(clock::now()).0.to_string(), "data": data,
            })))
        })
        .await
}

pub async fn next_detail(
    State(app): State<App>,
    call: Call,
    Path((id, action)): Path<(String, String)>,
) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let dossier = Dossier::own(tx, &id, &call.caller)?;
            let step = possible(&dossier)
                .into_iter()
                .find(|s| s.code() == action)
                .ok_or_else(|| Failure::no_such("SuchProcessAction"))?;
            let mut out = described(step, &dossier);
            let payment = rows::one(tx, "SELECT * FROM payments WHERE dossierId = ?1", [dossier.id()])?.unwrap_or_default();
            out.insert("eSignature".into(), json!(false));
            out.insert("signatureType".into(), json!(""));
            out.insert("extraForm".into(), json!(false));
            out.insert("userNote".into(), json!(if step == Step::Withdraw { 2 } else { 1 }));
            out.insert(
                "payment".into(),
                json!({
                    "paymentFee": rows::text(&payment, "paymentFee"), "paymentNote": rows::text(&payment, "paymentNote"),
                    "requestPayment": if step == Step::ReportPaid { 3 } else { 0 },
                    "advanceAmount": rows::number(&payment, "advanceAmount"), "feeAmount": rows::number(&payment, "feeAmount"),
                    "serviceAmount": rows::number(&payment, "serviceAmount"), "shipAmount": rows::number(&payment, "shipAmount"),
                    "paymentAmount": rows::number(&payment, "paymentAmount"), "editable": 0,
                }),
            );
            out.insert(
                "receiving".into(),
                json!({ "receiveDate": dossier.moment("receiveDate"), "dueDate": dossier.moment("dueDate"), "editable": false }),
            );
            for list in ["toUsers", "createFiles", "returnFiles", "dossierParts"] {
                out.insert(list.into(), json!([]));
            }
            out.insert("checkInput".into(), json!(0));
            out.insert("configNote".into(), json!(""));
            Ok(Json(out))
        })
        .await
}

pub async fn next_payload() -> Json<Value> {
    Json(json!([]))
}

/// `POST /dossiers/{id}/actions` by the dossier's owner; 405 when the step is not possible now.
pub async fn take(State(app): State<App>, call: Call, Path(id): Path<String>, fields: Fields) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let person = call.caller.signed_in()?;
            let dossier = Dossier::own(tx, &id, &call.caller)?;
            let step = Step::by_code(fields.text("actionCode"))
                .filter(|s| Step::CITIZEN.contains(s))
                .ok_or_else(|| Failure::Impossible("actionCode".into()))?;
            // the front ends send the note as a quoted JSON text
            let note = fields.text("actionNote");
            let reason = serde_json::from_str::<String>(note).unwrap_or_else(|_| note.to_owned());
            let words = Words { reason, ..Words::default() };
            let action = workflow::take(tx, &dossier, step, person, &words, clock::now())?;
            let row = rows::one(tx, "SELECT * FROM actions WHERE dossierActionId = ?1", [action])?;
            Ok(Json(taken_action(row.unwrap_or_default())))
        })
        .await
}

fn taken_action(row: Object) -> Object {
    let mut out = row;
    let created = out.get("createDate").cloned().unwrap_or(json!(0));
    let name = out.get("actionUser").cloned().unwrap_or(json!(""));
    for (field, value) in [
        ("modifiedDate", created),
        ("userName", name),
        ("groupId", json!(0)),
        ("serviceProcessId", json!(0)),
        ("nextActionId", json!(0)),
        ("dossierDocumentId", json!(0)),
        ("rollbackable", json!(false)),
        ("actionOverdue", json!(0)),
        ("payload", json!("")),
        ("pending", json!(false)),
        ("state", json!(0)),
        ("files", json!([])),
    ] {
        out.insert(field.into(), value);
    }
    out
}

/// The actions of a dossier, oldest first.
pub fn of_dossier(tx: &Transaction, dossier: i64) -> Answer<Vec<Object>> {
    let found = rows::objects(tx, "SELECT * FROM actions WHERE dossierId = ?1 ORDER BY dossierActionId", [dossier])?;
    Ok(found.into_iter().map(taken_action).collect())
}

pub async fn taken(State(app): State<App>, call: Call, Path(id): Path<String>) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let data = of_dossier(tx, Dossier::readable(tx, &id, &call.caller)?.id())?;
            Ok(Json(json!({ "total": data.len(), "data": data })))
        })
        .await
}

/// Takes a step for a call that answers with the dossier.
async fn step_then_detail(app: App, call: Call, id: String, step: Step, reason: String) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let person = call.caller.signed_in()?;
            let dossier = Dossier::own(tx, &id, &call.caller)?;
            let words = Words { reason, ..Words::default() };
            workflow::take(tx, &dossier, step, person, &words, clock::now())?;
            Ok(Json(Dossier::by_id(tx, dossier.id())?.detail()))
        })
        .await
}

/// `…/submitting` and `…/submit`. Sending what was sent changes nothing.
pub async fn submit(State(app): State<App>, call: Call, Path(id): Path<String>) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let person = call.caller.signed_in()?;
            let dossier = Dossier::own(tx, &id, &call.caller)?;
            if matches!(dossier.state(), DossierState::Draft | DossierState::Correcting) {
                workflow::take(tx, &dossier, Step::Submit, person, &Words::default(), clock::now())?;
            }
            Ok(Json(Dossier::by_id(tx, dossier.id())?.detail()))
        })
        .await
}

/// `…/cancelling`, with the reason as the raw body.
pub async fn withdraw(
    State(app): State<App>,
    call: Call,
    Path(id): Path<String>,
    reason: String,
) -> Answer<Json<Object>> {
    step_then_detail(app, call, id, Step::Withdraw, reason).await
}

/// `…/correcting`, with the reason as the raw body.
pub async fn correct(
    State(app): State<App>,
    call: Call,
    Path(id): Path<String>,
    reason: String,
) -> Answer<Json<Object>> {
    step_then_detail(app, call, id, Step::Correct, reason).await
}

pub async fn reset(State(app): State<App>, call: Call, Path(id): Path<String>) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let dossier = Dossier::own(tx, &id, &call.caller)?;
            workflow::reset(tx, &dossier)?;
            Ok(Json(Dossier::by_id(tx, dossier.id())?.detail()))
        })
        .await
}
