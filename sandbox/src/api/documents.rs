//! The citizen's own store of papers.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::Response;
use rusqlite::{Transaction, params};
use serde_json::{Value, json};
use uuid::Uuid;

use super::calls::{Call, Fields, Path, matches_words, page};
use super::errors::{Answer, Failure};
use super::{files, uploads};
use crate::clock;
use crate::server::App;
use crate::store::people;
use crate::store::rows::{self, Object};

fn answered(mut row: Object) -> Object {
    row.remove("blob");
    for (field, value) in
        [("groupId", json!(0)), ("fileEntryId", row["applicantDataId"].clone()), ("filePath", json!(""))]
    {
        row.insert(field.into(), value);
    }
    rows::as_dates(&mut row, &["createDate", "modifiedDate"], clock::iso);
    row
}

pub async fn list(State(app): State<App>, call: Call, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let person = call.caller.signed_in()?;
            let found = rows::objects(
                tx,
                "SELECT * FROM applicant_data WHERE userId = ?1 ORDER BY applicantDataId DESC",
                [person.user_id],
            )?
            .into_iter()
            .filter(|row| {
                matches_words(fields.text("keyword"), &[rows::text(row, "fileName"), rows::text(row, "fileNo")])
                    && fields.allows("fileTemplateNo", &rows::text(row, "fileTemplateNo"))
                    && fields.allows("status", &rows::text(row, "status"))
            })
            .map(answered)
            .collect();
            Ok(Json(page(found, &fields, None)))
        })
        .await
}

fn own(tx: &Transaction, call: &Call, id: i64) -> Answer<Object> {
    rows::one(
        tx,
        "SELECT * FROM applicant_data WHERE applicantDataId = ?1 AND userId = ?2",
        params![id, call.caller.signed_in()?.user_id],
    )?
    .ok_or_else(|| Failure::no_such("SuchApplicantData"))
}

pub async fn add(State(app): State<App>, call: Call, request: Request) -> Answer<Json<Object>> {
    let person = call.caller.signed_in()?.clone();
    let upload = uploads::receive(&app.store.blobs, request).await?;
    let blobs = app.store.blobs.clone();
    app.store
        .with(move |tx| {
            let fields = upload.fields;
            let file = upload.file.ok_or_else(|| Failure::invalid("ApplicantDataException: no file"))?;
            let extension = uploads::extension(&file.name);
            if !["pdf", "png", "jpg", "jpeg"].contains(&extension.as_str()) {
                return Err(Failure::invalid(format!("FileExtensionException: {extension}")));
            }
            let id_no = people::applicant_of(tx, person.user_id)?.map_or(String::new(), |a| rows::text(&a, "applicantIdNo"));
            let name = uploads::shown_name(fields.given("fileName").unwrap_or(&file.name));
            let blob = blobs.keep(file.coming, Uuid::new_v4())?;
            tx.execute(
                "INSERT INTO applicant_data (userId, createDate, modifiedDate, userName, fileTemplateNo, fileNo, fileName,
                   fileExtension, status, applicantIdNo, blob) VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8, ?9)",
                params![
                    person.user_id,
                    clock::now(),
                    person.name,
                    fields.text("fileTemplateNo"),
                    fields.text("fileNo"),
                    name,
                    extension,
                    id_no,
                    blob
                ],
            )?;
            Ok(Json(answered(own(tx, &call, tx.last_insert_rowid())?)))
        })
        .await
}

pub async fn preview(State(app): State<App>, call: Call, Path(id): Path<i64>) -> Answer<Response> {
    let mut row = app.store.with(move |tx| own(tx, &call, id)).await?;
    row.insert("fileType".into(), row["fileExtension"].clone());
    row.insert("displayName".into(), row["fileName"].clone());
    files::send(&app.store.blobs, &row, true).await
}

pub async fn remove(State(app): State<App>, call: Call, Path(id): Path<i64>) -> Answer<Json<Object>> {
    let row = app
        .store
        .with(move |tx| {
            let row = own(tx, &call, id)?;
            tx.execute("DELETE FROM applicant_data WHERE applicantDataId = ?1", [id])?;
            Ok(row)
        })
        .await?;
    app.store.blobs.forget(&rows::text(&row, "blob"));
    Ok(Json(answered(row)))
}
