//! Tickets for the queue at the counter.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::calls::{Call, Fields, Path, page};
use super::captcha;
use super::errors::{Answer, Failure};
use crate::clock::{self, DAY};
use crate::server::App;
use crate::store::next_count;
use crate::store::rows::{self, Object};

/// Opening hours, in minutes of the day, and how long one ticket takes.
const HOURS: [(i64, i64); 2] = [(8 * 60, 11 * 60), (13 * 60 + 30, 16 * 60 + 30)];
const MINUTES_EACH: i64 = 15;

/// When the n-th ticket of a day (from 1) is called; None when the day is full.
fn slot(n: i64) -> Option<String> {
    let mut left = n - 1;
    for (opens, closes) in HOURS {
        let here = (closes - opens) / MINUTES_EACH;
        if left < here {
            let from = opens + left * MINUTES_EACH;
            let to = from + MINUTES_EACH;
            return Some(format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60));
        }
        left -= here;
    }
    None
}

fn find(tx: &Transaction, id: i64) -> Answer<Object> {
    let mut row = rows::one(tx, "SELECT * FROM bookings WHERE bookingId = ?1", [id])?.unwrap_or_default();
    rows::as_booleans(&mut row, &["online"]);
    row.insert("modifiedDate".into(), row.get("createDate").cloned().unwrap_or(json!(0)));
    row.insert("checkinDate".into(), json!(0));
    row.insert("speaking".into(), json!(false));
    row.remove("telNo");
    Ok(row)
}

/// `POST /bookings`: a signed-in citizen needs no captcha.
pub async fn book(State(app): State<App>, call: Call, fields: Fields) -> Answer<Response> {
    app.store
        .with(move |tx| {
            let given = fields.text("j_captcha_response");
            if call.caller.person().is_none() && !captcha::check(tx, call.session.as_deref(), given)? {
                return Ok(captcha::refused());
            }
            let now = clock::now();
            let day = match fields.given("bookingDate") {
                Some(text) => clock::read_day(text).ok_or_else(|| Failure::invalid("BookingDateException"))?,
                None => clock::read_day(&clock::write(now, "%d/%m/%Y")).unwrap_or(now),
            };
            if day + DAY <= now || day > now + 60 * DAY {
                return Err(Failure::invalid("BookingDateException"));
            }
            let agency = fields.text("govAgencyCode");
            let date = clock::write(day, "%y%m%d");
            let count = next_count(tx, &format!("booking-{agency}-{date}"))?;
            let time = slot(count).ok_or_else(|| Failure::invalid("BookingFullException"))?;
            let code = fields.given("codeNumber").map_or_else(|| format!("{date}-{count:03}"), str::to_owned);
            tx.execute(
                "INSERT INTO bookings (createDate, className, classPK, serviceCode, codeNumber, bookingName, gateNumber, state,
                   bookingDate, serviceGroupCode, telNo, govAgencyCode, count, online, bookingInTime)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, ?10, ?11, ?12, 1, ?13)",
                params![
                    now,
                    fields.given("className").unwrap_or("DOSSIER"),
                    fields.text("classPK"),
                    fields.text("serviceCode"),
                    code,
                    fields.text("bookingName"),
                    fields.text("gateNumber"),
                    day,
                    fields.text("serviceGroupCode"),
                    fields.text("telNo"),
                    agency,
                    count,
                    time
                ],
            )?;
            Ok(Json(find(tx, tx.last_insert_rowid())?).into_response())
        })
        .await
}

/// Tickets of a class; names are for officers.
pub async fn list(
    State(app): State<App>,
    call: Call,
    Path(class): Path<String>,
    fields: Fields,
) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let mut found = Vec::new();
            for row in
                rows::objects(tx, "SELECT bookingId FROM bookings WHERE className = ?1 ORDER BY bookingId", [class])?
            {
                let mut row = find(tx, rows::number(&row, "bookingId"))?;
                if !call.caller.is_officer() {
                    row.insert("bookingName".into(), json!(""));
                    row.insert("codeNumber".into(), json!(""));
                }
                found.push(row);
            }
            Ok(Json(page(found, &fields, None)))
        })
        .await
}

/// How many tickets were given for today.
pub async fn counter(State(app): State<App>) -> Answer<Json<Value>> {
    app.store
        .with(|tx| {
            let today = clock::read_day(&clock::write(clock::now(), "%d/%m/%Y")).unwrap_or(0);
            let row = rows::one(tx, "SELECT count(*) AS total FROM bookings WHERE bookingDate = ?1", [today])?;
            Ok(Json(json!({ "total": row.map_or(0, |r| rows::number(&r, "total")), "data": [] })))
        })
        .await
}

/// The ticket with a code.
pub async fn by_code(State(app): State<App>, fields: Fields) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let row = rows::one(
                tx,
                "SELECT bookingId FROM bookings WHERE codeNumber = ?1 ORDER BY bookingId DESC LIMIT 1",
                [fields.text("codeNumber")],
            )?
            .ok_or_else(|| Failure::no_such("SuchBooking"))?;
            Ok(Json(find(tx, rows::number(&row, "bookingId"))?))
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::slot;

    #[test]
    fn tickets_fill_the_morning_then_the_afternoon() {
        assert_eq!(slot(1).as_deref(), Some("08:00-08:15"));
        assert_eq!(slot(12).as_deref(), Some("10:45-11:00"));
        assert_eq!(slot(13).as_deref(), Some("13:30-13:45"));
        assert_eq!(slot(25), None);
    }
}
