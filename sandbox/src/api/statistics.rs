//! Counts, always taken live.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::calls::{Call, Fields};
use super::errors::Answer;
use crate::clock::{self, DAY};
use crate::server::App;
use crate::store::dossiers::Dossier;
use crate::store::people::Caller;
use crate::store::rows::{self, Object};
use crate::workflow::State as DossierState;

fn sent(tx: &rusqlite::Transaction) -> Answer<Vec<Dossier>> {
    let found = rows::objects(tx, "SELECT * FROM dossiers WHERE originality >= 0 AND dossierStatus <> ''", [])?;
    Ok(found.into_iter().map(|row| Dossier { row }).collect())
}

/// The caller's dossiers by state: `{key, title, count}`, and how many are overdue.
pub async fn counting(State(app): State<App>, call: Call) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let mine = of_caller(tx, &call)?;
            let mut data: Vec<Value> = DossierState::ALL
                .into_iter()
                .filter(|s| *s != DossierState::Draft)
                .map(|s| json!({ "key": s.code(), "title": s.name(), "count": mine.iter().filter(|d| d.state() == s).count() }))
                .collect();
            let late = mine.iter().filter(|d| d.lateness(clock::now()).0).count();
            data.push(json!({ "key": "overdue", "title": "Quá hạn", "count": late }));
            Ok(Json(json!({ "total": mine.len(), "data": data })))
        })
        .await
}

pub async fn to_do(State(app): State<App>, call: Call) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let mut steps: BTreeMap<(String, String), (String, String, i64)> = BTreeMap::new();
            for dossier in of_caller(tx, &call)? {
                let key = (dossier.text("stepCode"), dossier.text("dossierStatus"));
                let entry =
                    steps.entry(key).or_insert_with(|| (dossier.text("stepName"), dossier.text("dossierSubStatus"), 0));
                entry.2 += 1;
            }
            let data: Vec<Value> = steps
                .into_iter()
                .map(|((code, status), (name, sub, count))| {
                    json!({ "stepCode": code, "stepName": name, "dossierStatus": status, "dossierSubStatus": sub, "totalCount": count })
                })
                .collect();
            Ok(Json(json!({ "total": data.len(), "data": data })))
        })
        .await
}

fn of_caller(tx: &rusqlite::Transaction, call: &Call) -> Answer<Vec<Dossier>> {
    let person = call.caller.signed_in()?;
    let all = sent(tx)?;
    Ok(match call.caller {
        Caller::Officer(_) => all,
        _ => all.into_iter().filter(|d| d.owner() == person.user_id).collect(),
    })
}

/// `GET /o/rest/statistics`: `total` for agency or domain sums them up; month 0 is the whole year, -1
/// every month.
pub async fn published(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let now = clock::now();
            let year = fields.number("year").unwrap_or(i64::from(clock::year_and_month(now).0));
            let month = fields.number("month").unwrap_or(0);
            let from = fields.given("fromStatisticDate").and_then(clock::read_day);
            let to = fields.given("toStatisticDate").and_then(clock::read_day).map(|day| day + DAY);
            let mut groups: BTreeMap<(i64, String, String), Vec<Dossier>> = BTreeMap::new();
            for dossier in sent(tx)? {
                let Some(at) = dossier.moment("submitDate") else {
                    continue;
                };
                let (in_year, in_month) = clock::year_and_month(at);
                let counted = match (from, to) {
                    (None, None) => i64::from(in_year) == year && (month <= 0 || i64::from(in_month) == month),
                    _ => from.is_none_or(|f| at >= f) && to.is_none_or(|t| at < t),
                };
                let one = |asked: &str, field: &str| match asked {
                    "total" => String::new(),
                    _ => dossier.text(field),
                };
                let agency = one(fields.text("agency"), "govAgencyCode");
                let domain = one(fields.text("domain"), "domainCode");
                let asked =
                    |name: &str, value: &str| matches!(fields.text(name), "" | "total") || fields.allows(name, value);
                if counted && asked("agency", &agency) && asked("domain", &domain) {
                    let key_month = if month == -1 { i64::from(in_month) } else { month };
                    groups.entry((key_month, agency, domain)).or_default().push(dossier);
                }
            }
            let data: Vec<Object> = groups
                .into_iter()
                .map(|((month, agency, domain), all)| row(year, month, &agency, &domain, &all))
                .collect();
            Ok(Json(json!({ "total": data.len(), "agency": fields.text("agency"), "data": data })))
        })
        .await
}

fn row(year: i64, month: i64, agency: &str, domain: &str, all: &[Dossier]) -> Object {
    let now = clock::now();
    let is = |state: DossierState| all.iter().filter(|d| d.state() == state).count();
    let released: Vec<&Dossier> = all.iter().filter(|d| d.moment("releaseDate").is_some()).collect();
    let on_time = released.iter().filter(|d| !d.lateness(now).0).count();
    let early = released.iter().filter(|d| d.lateness(now).1 == "Sớm hạn").count();
    let running: Vec<&Dossier> =
        all.iter().filter(|d| d.moment("releaseDate").is_none() && !d.state().is_final() && d.is_numbered()).collect();
    let overdue = running.iter().filter(|d| d.lateness(now).0).count();
    let online = all.iter().filter(|d| rows::number(&d.row, "online") != 0).count();
    let level = |n: i64| all.iter().filter(|d| rows::number(&d.row, "serviceLevel") == n).count();
    let (agency_name, domain_name) = (
        all.first().filter(|_| !agency.is_empty()).map_or(String::new(), |d| d.text("govAgencyName")),
        all.first().filter(|_| !domain.is_empty()).map_or(String::new(), |d| d.text("domainName")),
    );
    let percent = if released.is_empty() { 100 } else { on_time * 100 / released.len() };
    let value = json!({
        "month": month, "year": year, "totalCount": all.len(), "deniedCount": is(DossierState::Denied),
        "cancelledCount": is(DossierState::Cancelled), "processCount": all.iter().filter(|d| d.is_numbered()).count(),
        "remainingCount": 0, "receivedCount": all.iter().filter(|d| d.is_numbered()).count(), "onlineCount": online,
        "onegateCount": all.len() - online, "outsideCount": 0, "insideCount": 0, "releaseCount": released.len(),
        "betimesCount": early, "ontimeCount": on_time - early, "overtimeCount": released.len() - on_time,
        "overtimeInside": 0, "overtimeOutside": 0, "doneCount": is(DossierState::Done),
        "releasingCount": is(DossierState::Releasing) + is(DossierState::Posting),
        "unresolvedCount": is(DossierState::Unresolved), "processingCount": running.len(),
        "undueCount": running.len() - overdue, "overdueCount": overdue,
        "interoperatingCount": is(DossierState::Interoperating), "waitingCount": is(DossierState::Waiting),
        "ontimePercentage": percent, "govAgencyCode": agency, "govAgencyName": agency_name, "domainCode": domain,
        "domainName": domain_name, "serviceCode": "", "serviceName": "", "reporting": 0, "groupId": 0, "companyId": 0,
        "system": "total", "viaPostalCount": all.iter().filter(|d| d.text("viaPostal").parse::<i64>().unwrap_or(0) >= 2).count(),
        "saturdayCount": 0, "dossierOnline3Count": level(3), "dossierOnline4Count": level(4),
    });
    value.as_object().cloned().unwrap_or_default()
}

/// Ratings of agencies (and, as `persons`, of employees), per subject.
async fn rated(app: App, class: &'static str, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let mut data = Vec::new();
            for voting in rows::objects(
                tx,
                "SELECT v.votingId, v.classPK, v.subject, v.votingCode, count(r.votingResultId) AS totalVoted,
                   coalesce(sum(r.selected = 1), 0) AS veryGoodCount, coalesce(sum(r.selected = 2), 0) AS goodCount,
                   coalesce(sum(r.selected = 3), 0) AS badCount
                 FROM votings v LEFT JOIN voting_results r USING (votingId)
                 WHERE v.className = ?1 AND v.classPK <> '0' GROUP BY v.votingId",
                [class],
            )? {
                let total = rows::number(&voting, "totalVoted").max(1);
                let percent = |field: &str| rows::number(&voting, field) * 100 / total;
                data.push(json!({
                    "month": 0, "year": fields.number("year").unwrap_or(0), "companyId": 0, "groupId": 0,
                    "totalVoted": voting["totalVoted"], "veryGoodCount": voting["veryGoodCount"],
                    "goodCount": voting["goodCount"], "badCount": voting["badCount"],
                    "percentVeryGood": percent("veryGoodCount"), "percentGood": percent("goodCount"),
                    "percentBad": percent("badCount"), "govAgencyCode": if class == "govagency" { voting["classPK"].clone() } else { json!("") },
                    "employeeId": if class == "employee" { voting["classPK"].clone() } else { json!("") },
                    "govAgencyName": "", "domain": "", "domainName": "",
                    "votingCode": voting["votingCode"], "votingSubject": voting["subject"],
                }));
            }
            Ok(Json(json!({ "total": data.len(), "data": data })))
        })
        .await
}

pub async fn votings(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    rated(app, "govagency", fields).await
}

pub async fn persons(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    rated(app, "employee", fields).await
}
