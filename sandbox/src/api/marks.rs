//! Marks: what kind of paper was handed in for a part, and whether the office accepts it.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use rusqlite::params;
use serde_json::{Value, json};

use super::calls::{Call, Fields, Path};
use super::dossiers::{open, secret_of};
use super::errors::{Answer, Failure};
use crate::server::App;
use crate::store::dossiers::{Dossier, parts};
use crate::store::rows::{self, Object};

/// For the owner, an officer, or a guest with the secret: who may see what is asked has to see of which paper. (The API does
/// not say who may.)
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
            let dossier = match open(tx, &call, &id, &secret)? {
                Ok(dossier) => dossier,
                Err(refused) => return Ok(Err(refused)),
            };
            let data =
                rows::objects(tx, "SELECT * FROM marks WHERE dossierId = ?1 ORDER BY dossierPartNo", [dossier.id()])?;
            Ok(Ok(Json(json!({ "total": data.len(), "data": data }))))
        })
        .await?
}

/// A citizen says which kind of paper it is; only the office accepts or rejects.
pub async fn set(
    State(app): State<App>,
    call: Call,
    Path((id, part)): Path<(String, String)>,
    fields: Fields,
) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let dossier = Dossier::readable(tx, &id, &call.caller)?;
            let officer = call.caller.is_officer();
            if !officer && !dossier.state().is_open_to_citizen() {
                return Err(Failure::invalid("DossierLockedException"));
            }
            if !parts(tx, &dossier.text("dossierTemplateNo"))?.iter().any(|p| rows::text(p, "partNo") == part) {
                return Err(Failure::no_such("SuchDossierPart"));
            }
            let mark = fields.number("fileMark").unwrap_or(0);
            if !(0..=4).contains(&mark) {
                return Err(Failure::invalid("FileMarkException"));
            }
            tx.execute(
                "INSERT INTO marks (dossierId, dossierPartNo, fileMark, recordCount) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (dossierId, dossierPartNo) DO UPDATE SET fileMark = ?3, recordCount = ?4",
                params![dossier.id(), part, mark, fields.text("recordCount")],
            )?;
            if officer {
                tx.execute(
                    "UPDATE marks SET fileCheck = ?3, fileComment = ?4 WHERE dossierId = ?1 AND dossierPartNo = ?2",
                    params![dossier.id(), part, fields.number("fileCheck").unwrap_or(0), fields.text("fileComment")],
                )?;
            }
            let row = rows::one(
                tx,
                "SELECT * FROM marks WHERE dossierId = ?1 AND dossierPartNo = ?2",
                params![dossier.id(), part],
            )?;
            Ok(Json(row.unwrap_or_default()))
        })
        .await
}
