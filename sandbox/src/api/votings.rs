//! Ratings of a dossier's handling, an employee or an agency. One vote a person or session.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::{Value, json};

use super::calls::{Call, Fields, Path, page};
use super::errors::{Answer, Failure};
use crate::clock;
use crate::server::App;
use crate::store::rows::{self, Object};

/// The ratings of a thing; the templates (`classPK` 0) are copied when it has none yet.
fn of(tx: &Transaction, class: &str, id: &str, call: &Call) -> Answer<Vec<Object>> {
    let exists = match class {
        "dossier" => rows::one(tx, "SELECT 1 FROM dossiers WHERE dossierId = ?1 AND originality >= 0", [id])?,
        "employee" => rows::one(tx, "SELECT 1 FROM employees WHERE employeeId = ?1", [id])?,
        "govagency" => rows::one(
            tx,
            "SELECT 1 FROM dictionary WHERE collection IN ('GOVERNMENT_AGENCY', 'SERVICE_ADMINISTRATION') AND itemCode = ?1",
            [id],
        )?,
        _ => None,
    };
    if exists.is_none() {
        return Ok(vec![]);
    }
    tx.execute(
        "INSERT OR IGNORE INTO votings (className, classPK, createDate, subject, choices, votingCode)
         SELECT className, ?2, ?3, subject, choices, votingCode FROM votings WHERE className = ?1 AND classPK = '0'",
        params![class, id, clock::now()],
    )?;
    let mut found = rows::objects(
        tx,
        "SELECT * FROM votings WHERE className = ?1 AND classPK = ?2 ORDER BY votingId",
        [class, id],
    )?;
    for voting in &mut found {
        let choices: Vec<String> = serde_json::from_str(&rows::text(voting, "choices")).unwrap_or_default();
        let voting_id = rows::number(voting, "votingId");
        let mut answers = vec![0i64; choices.len()];
        for result in rows::objects(tx, "SELECT selected FROM voting_results WHERE votingId = ?1", [voting_id])? {
            if let Some(count) = answers.get_mut((rows::number(&result, "selected") - 1).max(0) as usize) {
                *count += 1;
            }
        }
        let own = own_vote(tx, voting_id, call)?.unwrap_or(0);
        voting.insert("choices".into(), json!(choices));
        voting.insert("answersCount".into(), json!(answers.iter().sum::<i64>()));
        voting.insert("answers".into(), json!(answers.iter().map(i64::to_string).collect::<Vec<_>>()));
        voting.insert("selected".into(), json!(own));
        voting.insert("commentable".into(), json!(true));
        voting.insert("templateNo".into(), json!(""));
        if let Ok(number) = rows::text(voting, "classPK").parse::<i64>() {
            voting.insert("classPK".into(), json!(number));
        }
        rows::as_dates(voting, &["createDate"], clock::day_and_time);
    }
    Ok(found)
}

fn own_vote(tx: &Transaction, voting: i64, call: &Call) -> Answer<Option<i64>> {
    let user = call.caller.person().map_or(0, |p| p.user_id);
    Ok(tx
        .query_row(
            "SELECT selected FROM voting_results WHERE votingId = ?1 AND ((?2 > 0 AND userId = ?2) OR (?2 = 0 AND client = ?3))",
            params![voting, user, call.client],
            |r| r.get(0),
        )
        .optional()?)
}

/// `GET /postal/votings/{className}/{classPK}`, and `GET /postal/votings/{id}/results`.
pub async fn list_or_results(
    State(app): State<App>,
    call: Call,
    Path((class, id)): Path<(String, String)>,
    fields: Fields,
) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            if id == "results" {
                let data = rows::objects(
                    tx,
                    "SELECT selected, count(*) AS count FROM voting_results WHERE votingId = ?1 GROUP BY selected",
                    [class],
                )?;
                return Ok(Json(page(data, &fields, None)));
            }
            let found = of(tx, &class, &id, &call)?;
            Ok(Json(page(found, &fields, None)))
        })
        .await
}

/// `POST /postal/votings/{votingId}/results`; a second vote of the same person or session is refused.
pub async fn vote(
    State(app): State<App>,
    call: Call,
    Path((voting, word)): Path<(String, String)>,
    fields: Fields,
) -> Answer<Response> {
    app.store
        .with(move |tx| {
            if word != "results" {
                return Err(Failure::NoSuchPath);
            }
            let row = rows::one(tx, "SELECT * FROM votings WHERE votingId = ?1", [voting.parse::<i64>().unwrap_or(0)])?
                .ok_or_else(|| Failure::no_such("SuchVoting"))?;
            let voting = rows::number(&row, "votingId");
            let choices: Vec<String> = serde_json::from_str(&rows::text(&row, "choices")).unwrap_or_default();
            let selected = fields.number("selected").unwrap_or(0);
            if selected < 1 || selected as usize > choices.len() {
                return Err(Failure::invalid("SelectedException"));
            }
            let (session, cookie) = call.session_or_new(tx)?;
            let call = Call { client: session, ..call };
            if own_vote(tx, voting, &call)?.is_some() {
                return Err(Failure::invalid("DuplicateVotingResultException"));
            }
            let (user, name) = call.caller.person().map_or((0, String::new()), |p| (p.user_id, p.name.clone()));
            tx.execute(
                "INSERT INTO voting_results (votingId, userId, client, createDate, fullName, email, comment, selected)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    voting,
                    user,
                    call.client,
                    clock::now(),
                    name,
                    fields.text("email"),
                    fields.text("comment"),
                    selected
                ],
            )?;
            let now = clock::day_and_time(clock::now());
            let body = Json(json!({
                "votingResultId": tx.last_insert_rowid(), "userId": user, "userName": name, "createDate": now,
                "modifiedDate": now, "fullName": name, "email": fields.text("email"), "comment": fields.text("comment"),
                "selected": selected, "currentUser": true,
            }));
            let mut headers = HeaderMap::new();
            if let Some(cookie) = cookie {
                headers.insert(header::SET_COOKIE, cookie);
            }
            Ok((headers, body).into_response())
        })
        .await
}

/// Whether a dossier with this number and identity number is done, so that it can be rated.
pub async fn may_vote(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let found = rows::one(
                tx,
                "SELECT 1 FROM dossiers WHERE originality >= 0 AND dossierNo = ?1 AND dossierNo <> '' AND applicantIdNo = ?2
                   AND dossierStatus = 'done'",
                [fields.text("dossierNo"), fields.text("applicantIdNo")],
            )?;
            Ok(Json(json!({ "hasPermission": found.is_some() })))
        })
        .await
}
