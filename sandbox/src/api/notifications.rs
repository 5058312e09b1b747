//! What the office did to the caller's dossiers.

use axum::Json;
use axum::extract::State;
use rusqlite::params;
use serde_json::{Value, json};

use super::calls::{Call, Fields, Path, page};
use super::errors::Answer;
use crate::clock;
use crate::server::App;
use crate::store::dossiers::Dossier;
use crate::store::rows::{self, Object};

/// `archived` means read; it defaults to true.
fn archived(fields: &Fields) -> bool {
    fields.text("archived") != "false"
}

pub async fn count(State(app): State<App>, call: Call, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let person = call.caller.signed_in()?;
            let row = rows::one(
                tx,
                "SELECT count(*) AS total FROM notifications WHERE userId = ?1 AND archived = ?2",
                params![person.user_id, archived(&fields)],
            )?;
            Ok(Json(json!({ "total": row.map_or(0, |r| rows::number(&r, "total")) })))
        })
        .await
}

pub async fn list(State(app): State<App>, call: Call, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let person = call.caller.signed_in()?;
            let mut found: Vec<Object> = Vec::new();
            for row in rows::objects(
                tx,
                "SELECT * FROM notifications WHERE userId = ?1 AND archived = ?2 ORDER BY eventId DESC",
                params![person.user_id, archived(&fields)],
            )? {
                let Ok(dossier) = Dossier::by_id(tx, rows::number(&row, "dossierId")) else { continue };
                let about = json!({ "dossier": {
                    "dossierId": dossier.id(), "groupId": 0, "dossierNo": dossier.text("dossierNo"),
                    "serviceName": dossier.text("serviceName"), "dossierStatus": dossier.text("dossierStatus"),
                    "dossierStatusText": dossier.text("dossierStatusText"),
                }});
                let payload = json!({ "title": row["title"], "data": about.to_string() });
                let value = json!({
                    "notificationDate": clock::write(rows::number(&row, "notificationDate"), "%m-%d-%Y %H:%M:%S"),
                    "eventId": row["eventId"], "payload": payload.to_string(), "userId": person.user_id, "avatar": "",
                    "userName": row["userName"], "viewRootURI": "/", "title": row["title"], "data": about.to_string(),
                });
                found.extend(value.as_object().cloned());
            }
            Ok(Json(page(found, &fields, None)))
        })
        .await
}

pub async fn mark(State(app): State<App>, call: Call, Path(id): Path<i64>) -> Answer<Json<Value>> {
    change(app, call, "UPDATE notifications SET archived = 1 WHERE eventId = ?1 AND userId = ?2", id).await
}

pub async fn remove(State(app): State<App>, call: Call, Path(id): Path<i64>) -> Answer<Json<Value>> {
    change(app, call, "DELETE FROM notifications WHERE eventId = ?1 AND userId = ?2", id).await
}

async fn change(app: App, call: Call, sql: &'static str, id: i64) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let person = call.caller.signed_in()?;
            let done = tx.execute(sql, params![id, person.user_id])?;
            Ok(Json(json!({ "success": done > 0 })))
        })
        .await
}
