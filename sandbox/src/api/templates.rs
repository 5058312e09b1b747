//! Dossier templates: the papers of a case.

use axum::Json;
use axum::extract::State;
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::calls::{Fields, Path, page};
use super::errors::{Answer, Failure};
use crate::clock;
use crate::server::App;
use crate::store::dossiers;
use crate::store::rows::{self, Object};

/// By id or by number.
fn find(tx: &Transaction, id: &str) -> Answer<Object> {
    rows::one(
        tx,
        "SELECT t.dossierTemplateId, s.createDate, s.modifiedDate, t.templateNo, t.templateName
         FROM templates t JOIN services s USING (serviceInfoId)
         WHERE t.templateNo = ?1 OR CAST(t.dossierTemplateId AS TEXT) = ?1",
        [id],
    )?
    .ok_or_else(|| Failure::no_such("SuchDossierTemplate"))
}

fn parts_of(tx: &Transaction, template: &Object) -> Answer<Vec<Object>> {
    let mut parts = dossiers::parts(tx, &rows::text(template, "templateNo"))?;
    for part in &mut parts {
        let is_result = rows::number(part, "partType") == 2;
        part.remove("dossierTemplateId");
        part.insert("esign".into(), json!(is_result.to_string()));
        part.insert("hasForm".into(), json!("false"));
        part.insert("eForm".into(), json!(false));
        part.insert("typeCode".into(), json!(""));
        part.insert("deliverableAction".into(), json!(0));
        part.insert("fileMark".into(), json!(0));
    }
    Ok(parts)
}

pub async fn read(State(app): State<App>, Path(id): Path<String>) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let mut template = find(tx, &id)?;
            let parts = parts_of(tx, &template)?;
            for empty in ["description", "newFormScript", "formMeta"] {
                template.insert(empty.into(), json!(""));
            }
            rows::as_dates(&mut template, &["createDate", "modifiedDate"], clock::day_and_time);
            template.insert("dossierParts".into(), json!(parts));
            Ok(Json(template))
        })
        .await
}

pub async fn parts(State(app): State<App>, Path(id): Path<String>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let found = parts_of(tx, &find(tx, &id)?)?
                .into_iter()
                .filter(|part| fields.allows("partType", &rows::text(part, "partType")))
                .collect();
            Ok(Json(page(found, &fields, None)))
        })
        .await
}

/// No part has an e-form.
pub async fn no_script() -> &'static str {
    ""
}

pub async fn no_sample() -> Json<Value> {
    Json(json!({ "value": "" }))
}
