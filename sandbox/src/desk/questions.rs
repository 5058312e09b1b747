//! What citizens wrote to the office, and the office's answers.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use rusqlite::params;

use super::{is_from_here, pages, refused_origin};
use crate::api::calls::{Fields, Path, Visit};
use crate::api::errors::{Answer, Failure};
use crate::clock;
use crate::seed::html::escape;
use crate::server::App;
use crate::store::people::Caller;
use crate::store::rows;

/// All questions, newest first, each with a form to answer it.
pub async fn list(State(app): State<App>, Visit(call): Visit) -> Answer<Response> {
    let Caller::Officer(officer) = call.caller else {
        return Ok(Html(pages::sign_in("")).into_response());
    };
    app.store
        .with(move |tx| {
            let mut body = String::new();
            for row in rows::objects(tx, "SELECT * FROM questions ORDER BY questionId DESC", [])? {
                let id = rows::number(&row, "questionId");
                let said = rows::texts(tx, "SELECT content FROM answers WHERE questionId = ?1", [id])?;
                // contents are markup already: they were escaped when they were written
                let said: String = said.iter().map(|text| format!("<p class=\"told\">{text}</p>")).collect();
                body.push_str(&format!(
                    "<section class=\"card\"><h2>Phản ánh số {id}</h2><p>{} {}</p><p>{}</p>{said}\
                     <form method=\"post\" action=\"/desk/phan-anh/{id}\">\
                     <p><label for=\"answer-{id}\">Trả lời (ai có số phản ánh đều đọc được)</label>\
                     <textarea id=\"answer-{id}\" name=\"answer\" rows=\"3\" required></textarea></p>\
                     <p><button>Trả lời</button></p></form></section>",
                    escape(&rows::text(&row, "fullname")),
                    escape(&rows::text(&row, "phone")),
                    rows::text(&row, "content"),
                ));
            }
            Ok(Html(pages::frame("Phản ánh", Some(&officer), &body)).into_response())
        })
        .await
}

/// Answers a question. The question itself stays unpublished.
pub async fn answer(
    State(app): State<App>,
    Visit(call): Visit,
    Path(id): Path<i64>,
    headers: HeaderMap,
    fields: Fields,
) -> Answer<Response> {
    if !is_from_here(&headers) {
        return Ok(refused_origin());
    }
    let Caller::Officer(officer) = call.caller else {
        return Ok((StatusCode::UNAUTHORIZED, Html(pages::sign_in("Cần đăng nhập lại."))).into_response());
    };
    app.store
        .with(move |tx| {
            if fields.text("answer").is_empty() {
                return Err(Failure::invalid("AnswerException"));
            }
            rows::one(tx, "SELECT 1 FROM questions WHERE questionId = ?1", [id])?.ok_or(Failure::NoSuchPath)?;
            tx.execute(
                "INSERT INTO answers (questionId, createDate, userName, content) VALUES (?1, ?2, ?3, ?4)",
                params![id, clock::now(), officer.name, escape(fields.text("answer"))],
            )?;
            Ok(Redirect::to("/desk/phan-anh").into_response())
        })
        .await
}
