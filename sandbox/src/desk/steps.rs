//! Taking a step from the desk.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::form::Form;
use super::{is_from_here, pages, refused_origin};
use crate::api::calls::{Path, Visit};
use crate::api::errors::{Answer, Failure};
use crate::api::files;
use crate::clock;
use crate::seed::forms::small_pdf;
use crate::server::App;
use crate::store::dossiers::Dossier;
use crate::store::people::Caller;
use crate::workflow::{self, Step, Words};

/// `POST /desk/ho-so/{id}/{step}`: on to the dossier's page, or the page again with a sentence why not.
pub async fn take(
    State(app): State<App>,
    Visit(call): Visit,
    Path((id, slug)): Path<(i64, String)>,
    request: Request,
) -> Answer<Response> {
    if !is_from_here(request.headers()) {
        return Ok(refused_origin());
    }
    let Caller::Officer(officer) = call.caller else {
        return Ok((StatusCode::UNAUTHORIZED, Html(pages::sign_in("Cần đăng nhập lại."))).into_response());
    };
    let Some(step) = Step::by_slug(&slug) else {
        return Err(Failure::NoSuchPath);
    };
    let blobs = app.store.blobs.clone();
    let by = officer.clone();
    let outcome = match Form::read(&blobs, request).await {
        Ok(form) => {
            app.store
                .with(move |tx| {
                    let dossier = Dossier::by_id(tx, id)?;
                    let words = read_words(step, &form)?;
                    workflow::take(tx, &dossier, step, &by, &words, clock::now())?;
                    if step == Step::Finish {
                        attach_result(tx, &blobs, &dossier, form)?;
                    }
                    Ok(())
                })
                .await
        }
        Err(e) => Err(e),
    };
    let status = match &outcome {
        Ok(()) => return Ok(Redirect::to(&format!("/desk/ho-so/{id}?xong={slug}")).into_response()),
        Err(Failure::Internal(_)) => {
            return outcome.map(|()| StatusCode::NO_CONTENT.into_response());
        }
        Err(Failure::Impossible(_)) => StatusCode::CONFLICT,
        Err(Failure::TooLarge(_)) => StatusCode::PAYLOAD_TOO_LARGE,
        Err(_) => StatusCode::BAD_REQUEST,
    };
    let sentence = outcome.err().map_or(String::new(), |e| e.sentence());
    let page = app.store.with(move |tx| pages::dossier(tx, &officer, id, "", &sentence)).await;
    match page {
        Ok(page) => Ok((status, Html(page)).into_response()),
        Err(_) => {
            let page = pages::message("Không có hồ sơ này", "Hồ sơ không tồn tại.");
            Ok((StatusCode::NOT_FOUND, Html(page)).into_response())
        }
    }
}

fn read_words(step: Step, form: &Form) -> Answer<Words> {
    let due = match form.text("due") {
        "" => None,
        text => Some(clock::read_due(text).ok_or_else(|| Failure::invalid("Ngày không hợp lệ."))?),
    };
    let amount = match form.text("amount") {
        "" => 0,
        text => {
            let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ' | ',')).collect();
            digits.parse().map_err(|_| Failure::invalid("Số tiền không hợp lệ."))?
        }
    };
    let parts = match step {
        Step::AskSupplement => form
            .all("part")
            .into_iter()
            .map(|part| (part.to_owned(), form.text(&format!("comment-{part}")).to_owned()))
            .collect(),
        _ => vec![],
    };
    Ok(Words {
        reason: form.text("reason").to_owned(),
        due,
        parts,
        amount,
        title: form.text("title").to_owned(),
        tracking: form.text("tracking").to_owned(),
    })
}

/// The result: the officer's PDF, else a small one that says which dossier it answers.
fn attach_result(
    tx: &rusqlite::Transaction,
    blobs: &crate::store::blobs::Blobs,
    dossier: &Dossier,
    form: Form,
) -> Answer<()> {
    match form.file.filter(|file| file.size > 0) {
        Some(file) => {
            let bytes = std::fs::read(&file.coming.path)?;
            if !bytes.starts_with(b"%PDF-") {
                return Err(Failure::invalid("Kết quả phải là tệp PDF."));
            }
            files::put_result(tx, blobs, dossier, &file.name, &bytes)
        }
        None => {
            let number = dossier.text("dossierNo");
            let pdf = small_pdf(&["Ket qua giai quyet (ban mau)", &number, &dossier.text("serviceName")]);
            files::put_result(tx, blobs, dossier, "ket-qua.pdf", &pdf)
        }
    }
}
