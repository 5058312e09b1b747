//! Where a procedure can be filed, and as which case.

use axum::Json;
use axum::extract::State;
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::calls::{Fields, Path, matches_words, page};
use super::errors::{Answer, Failure};
use crate::clock;
use crate::server::App;
use crate::store::rows::{self, Object};

const ROWS: &str =
    "SELECT c.serviceConfigId, s.createDate, s.modifiedDate, s.serviceInfoId, s.serviceCode, s.serviceName,
  s.domainCode, s.domainName, c.govAgencyCode, c.govAgencyName, c.serviceInstruction,
  CAST(c.serviceLevel AS TEXT) AS serviceLevel, c.serviceUrl
  FROM configs c JOIN services s USING (serviceInfoId) ORDER BY c.serviceConfigId";

fn all(tx: &Transaction) -> Answer<Vec<Object>> {
    let mut found = rows::objects(tx, ROWS, [])?;
    for row in &mut found {
        for flag in ["forCitizen", "forBusiness", "postalService", "registration"] {
            row.insert(flag.into(), json!("true"));
        }
        rows::as_dates(row, &["createDate", "modifiedDate"], clock::iso);
    }
    Ok(found)
}

fn listed(data: Vec<Object>) -> Json<Value> {
    Json(json!({ "total": data.len(), "data": data }))
}

pub async fn list(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let found = all(tx)?
                .into_iter()
                .filter(|row| {
                    let text = |field: &str| rows::text(row, field);
                    matches_words(fields.text("keyword"), &["serviceName", "serviceCode", "govAgencyName"].map(text))
                        && fields.allows("level", &text("serviceLevel"))
                        && fields.allows("agency", &text("govAgencyCode"))
                        && fields.allows("service", &text("serviceCode"))
                        && fields.allows("domain", &text("domainCode"))
                        && fields.allows("serviceConfigId", &text("serviceConfigId"))
                })
                .collect();
            Ok(Json(page(found, &fields, None)))
        })
        .await
}

pub async fn read(State(app): State<App>, Path(id): Path<i64>) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            all(tx)?
                .into_iter()
                .find(|row| rows::number(row, "serviceConfigId") == id)
                .map(Json)
                .ok_or_else(|| Failure::no_such("SuchServiceConfig"))
        })
        .await
}

/// The process options: with more than one, the citizen chooses ("trường hợp hồ sơ").
pub async fn processes(State(app): State<App>, Path(id): Path<i64>) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let mut data = rows::objects(
                tx,
                "SELECT o.processOptionId, o.seqOrder, o.serviceConfigId, o.dossierTemplateId, t.templateNo, t.templateName,
                   o.serviceConfigId AS serviceProcessId, o.processNo, o.processName, o.optionName
                 FROM options o JOIN templates t USING (dossierTemplateId) WHERE o.serviceConfigId = ?1 ORDER BY o.seqOrder",
                [id],
            )?;
            for row in &mut data {
                for empty in ["autoSelect", "instructionNote", "submissionNote", "registerBookCode"] {
                    row.insert(empty.into(), json!(""));
                }
                row.insert("sampleCount".into(), json!(1));
            }
            Ok(listed(data))
        })
        .await
}

pub async fn agencies_counted(State(app): State<App>) -> Answer<Json<Value>> {
    app.store
        .with(|tx| {
            Ok(listed(rows::objects(
                tx,
                "SELECT govAgencyCode, govAgencyName, count(*) AS count FROM configs GROUP BY govAgencyCode ORDER BY govAgencyCode",
                [],
            )?))
        })
        .await
}

pub async fn agencies(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            Ok(listed(rows::objects(
                tx,
                "SELECT govAgencyCode, govAgencyName FROM configs WHERE ?1 IN ('', '0') OR CAST(serviceLevel AS TEXT) = ?1
                 GROUP BY govAgencyCode ORDER BY govAgencyCode",
                [fields.text("level")],
            )?))
        })
        .await
}

pub async fn agencies_with_domains(State(app): State<App>) -> Answer<Json<Value>> {
    app.store
        .with(|tx| {
            let mut agencies: Vec<Value> = Vec::new();
            for row in all(tx)? {
                let agency = place(&mut agencies, "govAgencyCode", &row, |row| {
                    json!({ "govAgencyCode": row["govAgencyCode"], "govAgencyName": row["govAgencyName"], "domains": [] })
                });
                let Some(domains) = agency["domains"].as_array_mut() else { continue };
                let domain = place(domains, "domainCode", &row, |row| {
                    json!({ "domainCode": row["domainCode"], "domainName": row["domainName"], "serviceConfigs": [] })
                });
                if let Some(configs) = domain["serviceConfigs"].as_array_mut() {
                    configs.push(json!({
                        "serviceInfoId": row["serviceInfoId"], "serviceConfigId": row["serviceConfigId"],
                        "serviceInfoName": row["serviceName"], "level": row["serviceLevel"],
                    }));
                }
            }
            Ok(Json(json!({ "govAgencies": agencies })))
        })
        .await
}

/// The entry with the row's code, made when it is not there yet.
fn place<'a>(list: &'a mut Vec<Value>, code: &str, row: &Object, make: impl Fn(&Object) -> Value) -> &'a mut Value {
    let at = list.iter().position(|entry| entry[code] == row[code]).unwrap_or_else(|| {
        list.push(make(row));
        list.len() - 1
    });
    &mut list[at]
}

pub async fn domains(State(app): State<App>) -> Answer<Json<Value>> {
    domains_where(&app, String::new()).await
}

pub async fn domains_of(State(app): State<App>, Path(administration): Path<String>) -> Answer<Json<Value>> {
    domains_where(&app, administration).await
}

async fn domains_where(app: &App, administration: String) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let mut data = rows::objects(
                tx,
                "SELECT domainCode, domainName FROM services WHERE ?1 = '' OR administrationCode = ?1
                 GROUP BY domainCode ORDER BY min(serviceInfoId)",
                [administration],
            )?;
            for (i, row) in data.iter_mut().enumerate() {
                row.insert("domainIndex".into(), json!(i + 1));
            }
            Ok(listed(data))
        })
        .await
}
