//! The payment gateway: a transaction is opened, paid on a page of its own, and reported to the portal.
//!
//! The call and its answer are the API's (payment gates); the page is invented.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::calls::{Call, Fields, Path, text_header};
use super::errors::{Answer, Failure};
use crate::clock;
use crate::seed::html::{escape, grouped};
use crate::server::App;
use crate::store::dossiers::Dossier;
use crate::store::people::Person;
use crate::store::rows::{self, Object};
use crate::workflow::{self, Step, Words};

/// `POST /o/pgi/kpdvcqg/createtransaction`, form `dossierId`: where to pay.
pub async fn open(State(app): State<App>, call: Call, headers: HeaderMap, fields: Fields) -> Answer<Json<Value>> {
    let host = text_header(&headers, header::HOST).unwrap_or_default();
    app.store
        .with(move |tx| {
            let dossier = Dossier::own(tx, fields.text("dossierId"), &call.caller)?;
            let payment = rows::one(tx, "SELECT * FROM payments WHERE dossierId = ?1", [dossier.id()])?;
            Ok(Json(match payment.filter(|payment| rows::number(payment, "paymentStatus") == 2) {
                Some(payment) => {
                    let uid = rows::text(&payment, "referenceUid");
                    json!({ "error": "0", "payment_url": format!("http://{host}/o/pgi/ban-mau/{uid}") })
                }
                None => json!({ "error": "1", "msg": "Hồ sơ không có khoản phải nộp." }),
            }))
        })
        .await
}

fn of(tx: &Transaction, uid: &str) -> Answer<Object> {
    rows::one(tx, "SELECT * FROM payments WHERE referenceUid = ?1", [uid])?
        .ok_or_else(|| Failure::no_such("SuchPaymentFile"))
}

/// The gateway's page; whoever holds its address may pay.
pub async fn page(State(app): State<App>, Path(uid): Path<String>) -> Answer<Response> {
    let payment = app.store.with(move |tx| of(tx, &uid)).await?;
    let body = format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Cổng thanh toán (bản mẫu)</title><link rel=\"icon\" href=\"/icon.svg\"><link rel=\"stylesheet\" href=\"/desk/desk.css\"></head><body><main>\
         <h1>Cổng thanh toán (bản mẫu)</h1><p>{}: <b>{} đồng</b></p>\
         <form method=\"post\"><p><button>Nộp tiền</button></p></form></main></body></html>",
        escape(&rows::text(&payment, "paymentFee")),
        grouped(rows::number(&payment, "paymentAmount")),
    );
    Ok(Html(body).into_response())
}

/// Paid: the portal has the gateway's word, the office has yet to confirm.
pub async fn pay(State(app): State<App>, Path(uid): Path<String>) -> Answer<Response> {
    app.store
        .with(move |tx| {
            let dossier = Dossier::by_id(tx, rows::number(&of(tx, &uid)?, "dossierId"))?;
            let words = Words { reason: "Nộp qua cổng thanh toán".to_owned(), ..Words::default() };
            let gateway = Person { user_id: 0, name: "Cổng thanh toán".to_owned(), email: String::new() };
            workflow::take(tx, &dossier, Step::ReportPaid, &gateway, &words, clock::now())
        })
        .await?;
    Ok((StatusCode::SEE_OTHER, Redirect::to("/tra-cuu")).into_response())
}
