//! The officer's desk: plain pages and forms, made on the server, without scripts.

mod form;
mod pages;
mod questions;
mod steps;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::api::calls::{Fields, Path, Visit, set_cookie};
use crate::api::errors::{Answer, Failure};
use crate::clock;
use crate::server::App;
use crate::store::dossiers::Dossier;
use crate::store::people::{self, Caller};
use crate::store::rows;

pub fn router() -> Router<App> {
    Router::new()
        .route("/desk", get(list))
        .route("/desk/", get(|| async { Redirect::permanent("/desk") }))
        .route("/desk/desk.css", get(style))
        .route("/desk/dang-nhap", post(sign_in))
        .route("/desk/dang-xuat", post(sign_out))
        .route("/desk/dong-ho", post(put_clock))
        .route("/desk/phan-anh", get(questions::list))
        .route("/desk/phan-anh/{id}", post(questions::answer))
        .route("/desk/ho-so/{id}", get(show))
        .route("/desk/ho-so/{id}/{step}", post(steps::take).layer(DefaultBodyLimit::disable()))
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("desk.css")).into_response()
}

/// Whether a form came from our own pages. A browser says where a request comes from; a request that
/// says nothing was not sent by a page of another site.
fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match (text("origin"), text("host")) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
    }
}

async fn list(State(app): State<App>, Visit(call): Visit, fields: Fields) -> Answer<Response> {
    let Caller::Officer(officer) = call.caller else {
        return Ok(Html(pages::sign_in("")).into_response());
    };
    app.store
        .with(move |tx| {
            let (status, text) = (fields.text("status").to_owned(), fields.text("q").to_lowercase());
            let found: Vec<Dossier> = rows::objects(
                tx,
                "SELECT * FROM dossiers WHERE originality >= 0 AND dossierStatus <> '' AND (?1 = '' OR dossierStatus = ?1)
                 ORDER BY modifiedDate DESC, dossierId DESC",
                [&status],
            )?
            .into_iter()
            .map(|row| Dossier { row })
            .filter(|d| {
                let searched = ["dossierNo", "applicantName", "serviceName", "applicantIdNo", "delegateName", "referenceUid"];
                searched.iter().any(|f| d.text(f).to_lowercase().contains(&text))
            })
            .collect();
            Ok(Html(pages::list(&officer, &found, &status, fields.text("q"))).into_response())
        })
        .await
}

async fn sign_in(State(app): State<App>, Visit(call): Visit, headers: HeaderMap, fields: Fields) -> Answer<Response> {
    if !is_from_here(&headers) {
        return Ok(refused_origin());
    }
    app.store
        .with(move |tx| {
            let caller = people::sign_in(tx, fields.text("user"), fields.text("password"))?;
            let Some(Caller::Officer(officer)) = caller else {
                let page = pages::sign_in("Tên đăng nhập hoặc mật khẩu không đúng.");
                return Ok((StatusCode::UNAUTHORIZED, Html(page)).into_response());
            };
            if let Some(old) = &call.session {
                tx.execute("DELETE FROM sessions WHERE sessionId = ?1", [old])?;
            }
            let session = people::open_session(tx, Some(officer.user_id))?;
            Ok(([(header::SET_COOKIE, set_cookie(&session))], Redirect::to("/desk")).into_response())
        })
        .await
}

async fn sign_out(State(app): State<App>, Visit(call): Visit, headers: HeaderMap) -> Answer<Response> {
    if !is_from_here(&headers) {
        return Ok(refused_origin());
    }
    app.store
        .with(move |tx| {
            tx.execute("DELETE FROM sessions WHERE sessionId = ?1", [call.session])?;
            Ok(())
        })
        .await?;
    let gone = HeaderValue::from_static("JSESSIONID=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok(([(header::SET_COOKIE, gone)], Redirect::to("/desk")).into_response())
}

/// Puts the clock ahead, to play what happens later, or right again.
async fn put_clock(Visit(call): Visit, headers: HeaderMap, fields: Fields) -> Answer<Response> {
    let (true, Caller::Officer(_)) = (is_from_here(&headers), call.caller) else {
        return Ok(refused_origin());
    };
    clock::put_ahead(fields.number("days"));
    Ok(Redirect::to("/desk").into_response())
}

fn refused_origin() -> Response {
    let page = pages::message("Không thực hiện", "Yêu cầu này không đến từ trang của bàn làm việc.");
    (StatusCode::FORBIDDEN, Html(page)).into_response()
}

async fn show(State(app): State<App>, Visit(call): Visit, Path(id): Path<i64>, fields: Fields) -> Answer<Response> {
    let Caller::Officer(officer) = call.caller else {
        return Ok(Html(pages::sign_in("")).into_response());
    };
    app.store
        .with(move |tx| {
            let done = fields.given("xong").and_then(crate::workflow::Step::by_slug);
            let told = done.map_or(String::new(), |step| format!("Đã thực hiện: {}.", step.name()));
            match pages::dossier(tx, &officer, id, &told, "") {
                Ok(page) => Ok(Html(page).into_response()),
                Err(Failure::Invalid(_)) => {
                    let page = pages::message("Không có hồ sơ này", "Hồ sơ không tồn tại.");
                    Ok((StatusCode::NOT_FOUND, Html(page)).into_response())
                }
                Err(other) => Err(other),
            }
        })
        .await
}
