//! The files of a dossier: exactly one row a reference id, whatever is sent again.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::{Transaction, params};
use serde_json::{Value, json};
use uuid::Uuid;

use super::calls::{Call, Fields, Path, Visit, page};
use super::errors::{Answer, Failure};
use super::uploads::{self, Received, Upload, extension, shown_name};
use crate::clock;
use crate::seed::forms;
use crate::server::App;
use crate::store::blobs::Blobs;
use crate::store::dossiers::{Dossier, parts, with_secret};
use crate::store::rows::{self, Object};

/// Rule of a part that gives none (OpenCPS API, upload limits).
const USUAL_EXTENSIONS: &str = "pdf,doc,docx,xls,xlsx,png,jpg,jpeg,txt,rtf";
const USUAL_MEGABYTES: f64 = 100.0;

fn answered(mut row: Object) -> Object {
    row.remove("blob");
    rows::as_booleans(&mut row, &["removed"]);
    rows::as_dates(&mut row, &["createDate", "modifiedDate"], clock::day_and_time);
    let version = rows::text(&row, "fileVersion");
    for (field, value) in [
        ("fileVersion", json!(version)),
        ("dossierTemplateNo", row.get("dossierTemplateNo").cloned().unwrap_or(json!(""))),
        ("isNew", json!(false)),
        ("signCheck", json!(0)),
        ("signInfo", json!("")),
        ("eForm", json!(false)),
        ("formScript", json!("")),
        ("formReport", json!("")),
        ("isSync", json!(false)),
        ("eSign", json!(false)),
    ] {
        row.insert(field.into(), value);
    }
    row
}

const ROWS: &str = "SELECT f.*, d.dossierTemplateNo FROM files f JOIN dossiers d USING (dossierId)";

async fn listed(app: App, call: Call, id: String, fields: Fields, removed_too: bool) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let dossier = Dossier::readable(tx, &id, &call.caller)?;
            let sql = format!(
                "{ROWS} WHERE f.dossierId = ?1 AND (f.removed = 0 OR ?2) ORDER BY dossierPartNo, dossierFileId"
            );
            let found = rows::objects(tx, &sql, params![dossier.id(), removed_too])?;
            Ok(Json(page(found.into_iter().map(answered).collect(), &fields, None)))
        })
        .await
}

pub async fn list(State(app): State<App>, call: Call, Path(id): Path<String>, fields: Fields) -> Answer<Json<Value>> {
    listed(app, call, id, fields, false).await
}

pub async fn list_all(
    State(app): State<App>,
    call: Call,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer<Json<Value>> {
    listed(app, call, id, fields, true).await
}

/// Only its owner changes a dossier's files, and only while it is open to him.
fn open_to(tx: &Transaction, call: &Call, id: &str) -> Answer<Dossier> {
    let dossier = Dossier::own(tx, id, &call.caller)?;
    if !dossier.state().is_open_to_citizen() {
        return Err(Failure::invalid("DossierLockedException"));
    }
    Ok(dossier)
}

/// `POST /dossiers/{id}/files`.
pub async fn upload(
    State(app): State<App>,
    call: Call,
    Path(id): Path<String>,
    request: Request,
) -> Answer<Json<Object>> {
    call.caller.signed_in()?;
    let upload = uploads::receive(&app.store.blobs, request).await?;
    keep(app, call, id, None, upload).await
}

/// `POST /dossiers/{id}/files/{referenceUid}`: new content for a file that is there.
pub async fn replace(
    State(app): State<App>,
    call: Call,
    Path((id, uid)): Path<(String, String)>,
    request: Request,
) -> Answer<Json<Object>> {
    call.caller.signed_in()?;
    let upload = uploads::receive(&app.store.blobs, request).await?;
    keep(app, call, id, Some(uid), upload).await
}

async fn keep(app: App, call: Call, id: String, uid: Option<String>, upload: Upload) -> Answer<Json<Object>> {
    let blobs = app.store.blobs.clone();
    let written = blobs.clone();
    let outcome = app
        .store
        .with(move |tx| {
            let dossier = open_to(tx, &call, &id)?;
            let Upload { fields, file } = upload;
            let file = file.ok_or_else(|| Failure::invalid("DossierFileException: no file"))?;
            let existing = match &uid {
                Some(uid) => Some(find(tx, dossier.id(), uid)?),
                None => None,
            };
            let reference = uid.as_deref().or_else(|| fields.given("referenceUid"));
            let reference = match reference {
                Some(text) => Uuid::parse_str(text).map_err(|_| Failure::invalid("ReferenceUidException"))?,
                None => Uuid::new_v4(),
            };
            let part_no = match &existing {
                Some(row) => rows::text(row, "dossierPartNo"),
                None => fields.text("dossierPartNo").to_owned(),
            };
            let part = parts(tx, &dossier.text("dossierTemplateNo"))?
                .into_iter()
                .find(|p| rows::text(p, "partNo") == part_no && rows::number(p, "partType") != 2)
                .ok_or_else(|| Failure::no_such("SuchDossierPart"))?;
            check(&part, &fields, &file)?;
            put(tx, &blobs, dossier.id(), &part, reference, &fields, file)
        })
        .await;
    let (row, old, new) = outcome?;
    // the database has spoken: the content it no longer names can go
    if old != new {
        written.forget(&old);
    }
    Ok(Json(row))
}

/// The rules of the part, and what was announced against what came.
fn check(part: &Object, fields: &Fields, file: &Received) -> Answer<()> {
    let tip: Value = serde_json::from_str(&rows::text(part, "partTip")).unwrap_or(Value::Null);
    let megabytes = tip["maxSize"].as_f64().unwrap_or(USUAL_MEGABYTES);
    if file.size as f64 > megabytes * 1024.0 * 1024.0 {
        return Err(Failure::TooLarge(format!("FileSizeException: {} > {megabytes} MB", file.size)));
    }
    let allowed = tip["extensions"].as_str().unwrap_or(USUAL_EXTENSIONS);
    let name = fields.given("displayName").filter(|n| n.contains('.')).unwrap_or(&file.name);
    let given = extension(name);
    let listed = |extension: &str| allowed.split(',').any(|one| one.trim().eq_ignore_ascii_case(extension));
    if !listed(&given) || (!file.name.is_empty() && !listed(&extension(&file.name))) {
        return Err(Failure::invalid(format!("FileExtensionException: {given} ({allowed})")));
    }
    if let Some(announced) = fields.given("fileSize")
        && announced.parse() != Ok(file.size)
    {
        return Err(Failure::invalid(format!("FileSizeException: {announced} announced, {} received", file.size)));
    }
    Ok(())
}

/// Writes the row and moves the content to its place. Gives the row as answered, and the names of the
/// old and the new content.
fn put(
    tx: &Transaction,
    blobs: &Blobs,
    dossier: i64,
    part: &Object,
    reference: Uuid,
    fields: &Fields,
    file: Received,
) -> Answer<(Object, String, String)> {
    let now = clock::now();
    let uid = reference.to_string();
    let part_no = rows::text(part, "partNo");
    let name = shown_name(fields.given("displayName").unwrap_or(&file.name));
    let kind = extension(if file.name.contains('.') { &file.name } else { &name });
    let existing =
        rows::one(tx, "SELECT * FROM files WHERE dossierId = ?1 AND referenceUid = ?2", params![dossier, uid])?;
    let old = existing.as_ref().map(|row| rows::text(row, "blob")).unwrap_or_default();
    if rows::text(part, "multiple") != "true" {
        tx.execute(
            "UPDATE files SET removed = 1 WHERE dossierId = ?1 AND dossierPartNo = ?2 AND referenceUid <> ?3",
            params![dossier, part_no, uid],
        )?;
    }
    let size = file.size as i64;
    let blob = blobs.keep(file.coming, reference)?;
    let done = tx.execute(
        "INSERT INTO files (dossierId, createDate, modifiedDate, referenceUid, dossierPartNo, dossierPartType,
           dossierPartName, fileTemplateNo, displayName, fileType, fileSize, formData, blob)
         VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (dossierId, referenceUid) DO UPDATE SET modifiedDate = ?2, dossierPartNo = ?4, dossierPartType = ?5,
           dossierPartName = ?6, fileTemplateNo = ?7, displayName = ?8, fileType = ?9, fileSize = ?10, formData = ?11,
           blob = ?12, removed = 0, fileVersion = fileVersion + 1",
        params![
            dossier,
            now,
            uid,
            part_no,
            rows::number(part, "partType"),
            rows::text(part, "partName"),
            rows::text(part, "fileTemplateNo"),
            name,
            kind,
            size,
            fields.text("formData"),
            blob
        ],
    );
    if let Err(e) = done {
        blobs.forget(&blob);
        return Err(e.into());
    }
    Ok((answered(find(tx, dossier, &uid)?), old, blob))
}

/// Puts a result file into a dossier on the office's behalf.
pub fn put_result(tx: &Transaction, blobs: &Blobs, dossier: &Dossier, name: &str, pdf: &[u8]) -> Answer<()> {
    let part = parts(tx, &dossier.text("dossierTemplateNo"))?
        .into_iter()
        .find(|p| rows::number(p, "partType") == 2)
        .ok_or_else(|| Failure::no_such("SuchDossierPart"))?;
    let coming = blobs.start();
    std::fs::write(&coming.path, pdf)?;
    let file = Received { coming, name: name.to_owned(), size: pdf.len() as u64 };
    put(tx, blobs, dossier.id(), &part, Uuid::new_v4(), &Fields::default(), file)?;
    Ok(())
}

fn find(tx: &Transaction, dossier: i64, uid: &str) -> Answer<Object> {
    let sql = format!("{ROWS} WHERE f.dossierId = ?1 AND f.referenceUid = ?2");
    rows::one(tx, &sql, params![dossier, uid.to_lowercase()])?.ok_or_else(|| Failure::no_such("SuchDossierFile"))
}

const IN_FILE_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// A Content-Disposition that carries any name safely.
pub fn attachment(name: &str) -> String {
    disposition("attachment", name)
}

pub fn disposition(kind: &str, name: &str) -> String {
    let plain: String = forms::without_marks(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, IN_FILE_NAME))
}

/// Answers a file's bytes. Only PDF and pictures are shown in place; everything else is saved.
pub async fn send(blobs: &Blobs, row: &Object, in_place: bool) -> Answer<Response> {
    let Ok(bytes) = tokio::fs::read(blobs.path(&rows::text(row, "blob"))).await else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let kind = rows::text(row, "fileType");
    let mime = match kind.as_str() {
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    };
    let name = rows::text(row, "displayName");
    let name = if extension(&name) == kind { name } else { format!("{name}.{kind}") };
    let way = if in_place && mime != "application/octet-stream" { "inline" } else { "attachment" };
    let headers = [(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, disposition(way, &name))];
    Ok((headers, bytes).into_response())
}

pub async fn download(State(app): State<App>, call: Call, Path((id, uid)): Path<(String, String)>) -> Answer<Response> {
    let row = readable(&app, call, id, uid).await?;
    send(&app.store.blobs, &row, false).await
}

/// The PDF to look at; needs the owner or an officer, as every file does.
pub async fn preview(State(app): State<App>, call: Call, Path((id, uid)): Path<(String, String)>) -> Answer<Response> {
    let row = readable(&app, call, id, uid).await?;
    send(&app.store.blobs, &row, true).await
}

pub async fn readable(app: &App, call: Call, id: String, uid: String) -> Answer<Object> {
    app.store
        .with(move |tx| {
            let dossier = Dossier::readable(tx, &id, &call.caller)?;
            find(tx, dossier.id(), &uid)
        })
        .await
}

/// A guest's download with the dossier's secret.
pub async fn public(
    State(app): State<App>,
    Visit(call): Visit,
    Path((id, uid, secret)): Path<(String, String, String)>,
) -> Answer<Response> {
    let row = app
        .store
        .with(move |tx| match with_secret(tx, &id, &secret, &call.client)? {
            Ok(dossier) => Ok(find(tx, dossier.id(), &uid)),
            Err(refused) => Ok(Err(refused)),
        })
        .await??;
    send(&app.store.blobs, &row, false).await
}

pub async fn form_data(
    State(app): State<App>,
    call: Call,
    Path((id, uid)): Path<(String, String)>,
) -> Answer<Response> {
    let row = readable(&app, call, id, uid).await?;
    let text = rows::text(&row, "formData");
    Ok(([(header::CONTENT_TYPE, "application/json")], if text.is_empty() { "{}".into() } else { text }).into_response())
}

pub async fn set_form_data(
    State(app): State<App>,
    call: Call,
    Path((id, uid)): Path<(String, String)>,
    fields: Fields,
) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let dossier = open_to(tx, &call, &id)?;
            find(tx, dossier.id(), &uid)?;
            let text = fields.given("formdata").or_else(|| fields.given("formData")).unwrap_or("{}");
            serde_json::from_str::<Value>(text).map_err(|_| Failure::invalid("JSONException"))?;
            tx.execute(
                "UPDATE files SET formData = ?3, modifiedDate = ?4 WHERE dossierId = ?1 AND referenceUid = ?2",
                params![dossier.id(), uid.to_lowercase(), text, clock::now()],
            )?;
            Ok(Json(answered(find(tx, dossier.id(), &uid)?)))
        })
        .await
}

/// Removes a file; removing it again answers the same.
pub async fn remove(
    State(app): State<App>,
    call: Call,
    Path((id, uid)): Path<(String, String)>,
) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let dossier = open_to(tx, &call, &id)?;
            find(tx, dossier.id(), &uid)?;
            tx.execute(
                "UPDATE files SET removed = 1, modifiedDate = ?3 WHERE dossierId = ?1 AND referenceUid = ?2",
                params![dossier.id(), uid.to_lowercase(), clock::now()],
            )?;
            Ok(Json(answered(find(tx, dossier.id(), &uid)?)))
        })
        .await
}

pub async fn remove_by_template(
    State(app): State<App>,
    call: Call,
    Path((id, template)): Path<(String, String)>,
) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let dossier = open_to(tx, &call, &id)?;
            tx.execute(
                "UPDATE files SET removed = 1 WHERE dossierId = ?1 AND fileTemplateNo = ?2 AND dossierPartType <> 2",
                params![dossier.id(), template],
            )?;
            Ok(Json(json!({ "status": "success" })))
        })
        .await
}

/// Uses a paper of one's own earlier dossier again.
pub async fn copy(State(app): State<App>, call: Call, Path(id): Path<String>, fields: Fields) -> Answer<Json<Object>> {
    let blobs = app.store.blobs.clone();
    app.store
        .with(move |tx| {
            let dossier = open_to(tx, &call, &id)?;
            let source = rows::one(
                tx,
                "SELECT f.* FROM files f JOIN dossiers d USING (dossierId) WHERE f.dossierFileId = ?1 AND d.userId = ?2",
                params![fields.number("dossierFileId").unwrap_or(0), dossier.owner()],
            )?
            .ok_or_else(|| Failure::no_such("SuchDossierFile"))?;
            let part = parts(tx, &dossier.text("dossierTemplateNo"))?
                .into_iter()
                .find(|p| rows::text(p, "partNo") == fields.text("dossierPartNo") && rows::number(p, "partType") != 2)
                .ok_or_else(|| Failure::no_such("SuchDossierPart"))?;
            let coming = blobs.start();
            let size = std::fs::copy(blobs.path(&rows::text(&source, "blob")), &coming.path)?;
            let file = Received { coming, name: rows::text(&source, "displayName"), size };
            check(&part, &Fields::default(), &file)?;
            let (row, ..) = put(tx, &blobs, dossier.id(), &part, Uuid::new_v4(), &Fields::default(), file)?;
            Ok(Json(row))
        })
        .await
}
