//! What happened to a dossier: its log, and its stages.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::actions;
use super::calls::{Call, Fields, Path, page};
use super::dossiers::{open, secret_of};
use super::errors::Answer;
use crate::clock;
use crate::server::App;
use crate::store::dossiers::Dossier;
use crate::store::people::Caller;
use crate::store::rows;
use crate::workflow::State as DossierState;

/// A guest needs the secret, or must have found the dossier by its exact number in this session.
fn open_log(tx: &Transaction, call: &Call, id: &str, secret: &str) -> Answer<Answer<Dossier>> {
    if call.caller == Caller::Guest
        && secret.is_empty()
        && let Ok(dossier) = Dossier::find(tx, id, &call.caller)
        && call.has_found(tx, dossier.id())?
    {
        return Ok(Ok(dossier));
    }
    open(tx, call, id, secret)
}

pub async fn list(
    State(app): State<App>,
    call: Call,
    Path(id): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Answer<Json<Value>> {
    let secret = secret_of(&fields, &headers);
    app.store
        .with(move |tx| {
            let dossier = match open_log(tx, &call, &id, &secret)? {
                Ok(dossier) => dossier,
                Err(refused) => return Ok(Err(refused)),
            };
            let mut data = rows::objects(
                tx,
                "SELECT dossierLogId, author, content, createDate, notificationType, stepName, dossierActionId
                 FROM logs WHERE dossierId = ?1 ORDER BY dossierLogId",
                [dossier.id()],
            )?;
            for row in &mut data {
                let payload =
                    json!({ "stepName": row["stepName"], "dossierActionId": row["dossierActionId"], "files": [] });
                row.remove("stepName");
                row.remove("dossierActionId");
                row.insert("payload".into(), payload);
            }
            // who has the number only sees that something happened, not what was said about it
            if call.caller == Caller::Guest && secret.is_empty() {
                for row in &mut data {
                    row.insert("author".into(), json!(""));
                    row.insert("content".into(), json!(""));
                }
            }
            Ok(Ok(Json(page(data, &fields, None))))
        })
        .await?
}

pub async fn sequences(
    State(app): State<App>,
    call: Call,
    Path(id): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Answer<Json<Value>> {
    let secret = secret_of(&fields, &headers);
    app.store
        .with(move |tx| {
            let dossier = match open_log(tx, &call, &id, &secret)? {
                Ok(dossier) => dossier,
                Err(refused) => return Ok(Err(refused)),
            };
            let by_number_only = call.caller == Caller::Guest && secret.is_empty();
            Ok(Ok(Json(stages(tx, &dossier, by_number_only)?)))
        })
        .await?
}

/// The three stages of every process, with the actions taken in each.
fn stages(tx: &Transaction, dossier: &Dossier, hide_people: bool) -> Answer<Value> {
    const STAGES: [(&str, &str, &str); 3] = [
        ("1", "Tiếp nhận", "Cán bộ tiếp nhận"),
        ("2", "Thụ lý", "Cán bộ thụ lý"),
        ("3", "Trả kết quả", "Cán bộ trả kết quả"),
    ];
    let days = rows::text(&dossier.row, "durationCount").parse::<f64>().unwrap_or(0.0);
    let mut taken = actions::of_dossier(tx, dossier.id())?;
    if hide_people {
        for action in &mut taken {
            for field in ["actionUser", "userName", "actionNote"] {
                action.insert(field.into(), json!(""));
            }
            action.insert("userId".into(), json!(0));
        }
    }
    let state = dossier.state();
    let current = if state.is_final() { "" } else { state.sequence() };
    let (_, overdue_text) = dossier.lateness(clock::now());
    let mut data = Vec::new();
    for (number, name, role) in STAGES {
        let here: Vec<_> = taken.iter().filter(|a| rows::text(a, "sequenceNo") == number).cloned().collect();
        let entered = taken
            .iter()
            .zip(taken.iter().skip(1))
            .find(|(_, next)| rows::text(next, "sequenceNo") == number)
            .map(|(before, _)| rows::number(before, "createDate"));
        let last = taken.last().map_or(0, |a| rows::number(a, "createDate"));
        let is_current = number == current && state != DossierState::Draft;
        let start = if number == "1" { dossier.moment("submitDate") } else { entered.or(is_current.then_some(last)) };
        let status = match start {
            _ if is_current => format!("Đang thực hiện: {role}"),
            Some(_) => "Đã thực hiện".to_owned(),
            None => String::new(),
        };
        data.push(json!({
            "sequenceNo": number, "sequenceName": name, "sequenceRole": role,
            "durationCount": if number == "2" { days } else { 0.0 },
            "statusText": status, "startDate": start.unwrap_or(0),
            "overdueText": if is_current { overdue_text.as_str() } else { "" },
            "assignUsers": [], "actions": here,
        }));
    }
    Ok(json!({
        "processNo": dossier.text("processNo"), "durationUnit": 0, "durationCount": days, "total": data.len(), "data": data,
    }))
}
