//! What a dossier costs, and the citizen's word and proof that it was paid.

use std::sync::LazyLock;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rusqlite::{Transaction, params};
use serde_json::{Value, json};
use uuid::Uuid;

use super::calls::{Call, Fields, Path};
use super::dossiers::{open, secret_of};
use super::errors::{Answer, Failure};
use super::{files, uploads};
use crate::clock;
use crate::seed::forms::small_pdf;
use crate::seed::html::grouped;
use crate::server::App;
use crate::store::dossiers::Dossier;
use crate::store::rows::{self, Object};
use crate::workflow::{self, Step, Words};

fn find(tx: &Transaction, dossier: &Dossier) -> Answer<Object> {
    rows::one(tx, "SELECT * FROM payments WHERE dossierId = ?1", [dossier.id()])?
        .ok_or_else(|| Failure::no_such("SuchPaymentFile"))
}

/// Where to pay: invented. The API names the field and not its form; this one is JSON text.
static BANK: LazyLock<Value> = LazyLock::new(
    || json!({ "bankBin": "970405", "bankName": "Agribank", "accountNo": "1890201000001", "accountName": "KHO BAC NHA NUOC MAU" }),
);

fn answered(tx: &Transaction, dossier: &Dossier) -> Answer<Object> {
    let mut row = find(tx, dossier)?;
    row.remove("blob");
    row.remove("dossierId");
    for field in ["govAgencyCode", "govAgencyName", "applicantName", "applicantIdNo", "address"] {
        row.insert(field.into(), json!(dossier.text(field)));
    }
    row.insert("isNew".into(), json!(0));
    row.insert("bankInfo".into(), json!(BANK.to_string()));
    row.insert("epaymentProfile".into(), json!(json!({ "kpdvcqg": true }).to_string()));
    let settled = rows::number(&row, "paymentStatus") == 5;
    let invoice = if settled { format!("BL{:07}", rows::number(&row, "paymentFileId")) } else { String::new() };
    row.insert("invoiceNo".into(), json!(invoice));
    for empty in ["confirmPayload", "accountUserName", "govAgencyTaxNo", "einvoice"] {
        row.insert(empty.into(), json!(""));
    }
    rows::as_dates(
        &mut row,
        &["createDate", "modifiedDate", "confirmDatetime", "approveDatetime"],
        clock::day_and_time,
    );
    Ok(row)
}

/// For the owner, an officer, or a guest with the secret (`secretCode`, as query or header).
pub async fn read(
    State(app): State<App>,
    call: Call,
    Path(id): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Answer<Json<Object>> {
    let secret = fields.given("secretCode").map_or_else(|| secret_of(&fields, &headers), str::to_owned);
    app.store
        .with(move |tx| match open(tx, &call, &id, &secret)? {
            Ok(dossier) => Ok(answered(tx, &dossier)),
            Err(refused) => Ok(Err(refused)),
        })
        .await?
        .map(Json)
}

/// The citizen reports "paid" (`requestPayment` 3); amounts are the office's to set.
pub async fn change(
    State(app): State<App>,
    call: Call,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let person = call.caller.signed_in()?;
            let dossier = Dossier::own(tx, &id, &call.caller)?;
            find(tx, &dossier)?;
            if fields.number("requestPayment") != Some(3) {
                return Err(Failure::invalid("RequestPaymentException"));
            }
            let words = Words { reason: fields.text("paymentNote").to_owned(), ..Words::default() };
            workflow::take(tx, &dossier, Step::ReportPaid, person, &words, clock::now())?;
            Ok(Json(answered(tx, &Dossier::by_id(tx, dossier.id())?)?))
        })
        .await
}

/// The proof: one picture or PDF, replaced when sent again. It also reports "paid".
pub async fn put_proof(
    State(app): State<App>,
    call: Call,
    Path((id, uid)): Path<(String, String)>,
    request: Request,
) -> Answer<Json<Object>> {
    call.caller.signed_in()?;
    let upload = uploads::receive(&app.store.blobs, request).await?;
    let blobs = app.store.blobs.clone();
    let (row, old) = app
        .store
        .with(move |tx| {
            let dossier = Dossier::own(tx, &id, &call.caller)?;
            let payment = of_reference(tx, &dossier, &uid)?;
            let file = upload.file.ok_or_else(|| Failure::invalid("PaymentFileException: no file"))?;
            let kind = uploads::extension(&file.name);
            if !["png", "jpg", "jpeg", "pdf"].contains(&kind.as_str()) {
                return Err(Failure::invalid(format!("FileExtensionException: {kind} (png,jpg,jpeg,pdf)")));
            }
            let size = file.size as i64;
            let blob = blobs.keep(file.coming, Uuid::new_v4())?;
            tx.execute(
                "UPDATE payments SET blob = ?2, confirmFileType = ?3, confirmFileSize = ?4 WHERE dossierId = ?1",
                params![dossier.id(), blob, kind, size],
            )?;
            let person = call.caller.signed_in()?;
            workflow::take(tx, &dossier, Step::ReportPaid, person, &Words::default(), clock::now())?;
            Ok((answered(tx, &dossier)?, rows::text(&payment, "blob")))
        })
        .await?;
    app.store.blobs.forget(&old);
    Ok(Json(row))
}

fn of_reference(tx: &Transaction, dossier: &Dossier, uid: &str) -> Answer<Object> {
    let payment = find(tx, dossier)?;
    if rows::text(&payment, "referenceUid") != uid {
        return Err(Failure::no_such("SuchPaymentFile"));
    }
    Ok(payment)
}

pub async fn get_proof(
    State(app): State<App>,
    call: Call,
    Path((id, uid)): Path<(String, String)>,
) -> Answer<Response> {
    let mut row = app.store.with(move |tx| of_reference(tx, &Dossier::readable(tx, &id, &call.caller)?, &uid)).await?;
    if rows::text(&row, "blob").is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    row.insert("fileType".into(), row["confirmFileType"].clone());
    row.insert("displayName".into(), json!("bien-lai"));
    files::send(&app.store.blobs, &row, true).await
}

/// The office's own receipt, once it has confirmed the payment: a PDF.
pub async fn invoice(State(app): State<App>, call: Call, Path((id, uid)): Path<(String, String)>) -> Answer<Response> {
    let lines = app
        .store
        .with(move |tx| {
            let dossier = Dossier::readable(tx, &id, &call.caller)?;
            let payment = of_reference(tx, &dossier, &uid)?;
            let settled = rows::number(&payment, "paymentStatus") == 5;
            Ok(settled.then(|| {
                let amount = grouped(rows::number(&payment, "paymentAmount"));
                vec![
                    "Bien lai thu phi, le phi (ban mau)".to_owned(),
                    format!("So: BL{:07}", rows::number(&payment, "paymentFileId")),
                    rows::text(&payment, "paymentFee"),
                    format!("So tien: {amount} dong"),
                    dossier.text("dossierNo"),
                ]
            }))
        })
        .await?;
    let Some(lines) = lines else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    Ok(([(header::CONTENT_TYPE, "application/pdf")], small_pdf(&lines)).into_response())
}
