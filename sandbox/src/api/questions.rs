//! Questions of the public and the office's answers.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rusqlite::params;
use serde_json::{Value, json};

use super::calls::{Fields, Path, Visit, matches_words, page};
use super::captcha;
use super::errors::{Answer, Failure};
use crate::clock;
use crate::seed::html::escape;
use crate::server::App;
use crate::store::rows::{self, Object};

/// Published questions; who asked stays hidden but for the name.
pub async fn list(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let mut found = Vec::new();
            for mut row in rows::objects(
                tx,
                "SELECT q.*, EXISTS (SELECT 1 FROM answers a WHERE a.questionId = q.questionId) AS answered
                 FROM questions q WHERE publish = 1 ORDER BY questionId DESC",
                [],
            )? {
                rows::as_booleans(&mut row, &["answered"]);
                let fits = ["domainCode", "govAgencyCode", "subDomainCode", "questionType", "answered"]
                    .iter()
                    .all(|f| fields.allows(f, &rows::text(&row, f)))
                    && matches_words(fields.text("keyword"), &[rows::text(&row, "content")]);
                if fits {
                    for hidden in ["email", "phone", "address"] {
                        row.insert(hidden.into(), json!(""));
                    }
                    rows::as_dates(&mut row, &["createDate"], clock::day_and_time);
                    found.push(row);
                }
            }
            Ok(Json(page(found, &fields, None)))
        })
        .await
}

/// A new question waits for the office to publish it.
pub async fn ask(State(app): State<App>, Visit(call): Visit, fields: Fields) -> Answer<Response> {
    app.store
        .with(move |tx| {
            if !captcha::check(tx, call.session.as_deref(), fields.text("j_captcha_response"))? {
                return Ok(captcha::refused());
            }
            if fields.text("content").is_empty() {
                return Err(Failure::invalid("ContentException"));
            }
            tx.execute(
                "INSERT INTO questions (createDate, fullname, email, phone, address, content, publish, questionType,
                   domainCode, domainName, govAgencyCode, govAgencyName, subDomainCode, subDomainName)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                params![
                    clock::now(),
                    fields.text("fullname"),
                    fields.text("email"),
                    fields.text("phone"),
                    fields.text("address"),
                    escape(fields.text("content")),
                    fields.text("questionType"),
                    fields.text("domainCode"),
                    fields.text("domainName"),
                    fields.text("govAgencyCode"),
                    fields.text("govAgencyName"),
                    fields.text("subDomainCode"),
                    fields.text("subDomainName"),
                ],
            )?;
            let mut row: Object =
                rows::one(tx, "SELECT * FROM questions WHERE questionId = ?1", [tx.last_insert_rowid()])?
                    .unwrap_or_default();
            row.insert("answered".into(), json!(false));
            rows::as_dates(&mut row, &["createDate"], clock::day_and_time);
            Ok(Json(row).into_response())
        })
        .await
}

pub async fn answers(State(app): State<App>, Path(id): Path<i64>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let mut found = rows::objects(
                tx,
                "SELECT a.answerId, a.questionId, a.createDate, a.createDate AS modifiedDate, a.userName, a.content, a.publish
                 FROM answers a WHERE a.questionId = ?1 AND a.publish = 1",
                [id],
            )?;
            for row in &mut found {
                rows::as_dates(row, &["createDate", "modifiedDate"], clock::day_and_time);
            }
            Ok(Json(page(found, &fields, None)))
        })
        .await
}
