//! The catalogue of procedures (OpenCPS API, service catalogue).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::calls::{Call, Fields, Path, matches_words, page};
use super::errors::{Answer, Failure};
use super::files::attachment;
use crate::clock;
use crate::seed::forms;
use crate::server::App;
use crate::store::rows::{self, Object};

/// Marks the front ends take out of a keyword.
const NOT_IN_KEYWORDS: &str = "!@#$%^&*(),?\":{}|<>";

fn configs(tx: &Transaction, service: &Object) -> Answer<Vec<Object>> {
    Ok(rows::objects(
        tx,
        "SELECT serviceConfigId, govAgencyCode, govAgencyName, serviceInstruction, serviceLevel, serviceUrl
         FROM configs WHERE serviceInfoId = ?1 ORDER BY serviceConfigId",
        [rows::number(service, "serviceInfoId")],
    )?)
}

fn with_configs(tx: &Transaction, mut service: Object) -> Answer<Object> {
    service.insert("serviceConfigs".into(), json!(configs(tx, &service)?));
    service.insert("public".into(), service.get("active").cloned().unwrap_or(json!("true")));
    service.remove("durationCount");
    Ok(service)
}

pub async fn list(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let keyword = fields.text("keyword").replace(|c| NOT_IN_KEYWORDS.contains(c), " ");
            let mut found = Vec::new();
            for row in rows::objects(tx, "SELECT * FROM services ORDER BY serviceCode", [])? {
                let text = |field: &str| rows::text(&row, field);
                let searched = [
                    "serviceName",
                    "serviceCode",
                    "serviceCodeDVCQG",
                    "domainCode",
                    "domainName",
                    "administrationCode",
                    "administrationName",
                ]
                .map(text);
                let level = fields.text("level");
                let fits = matches_words(&keyword, &searched)
                    && fields.allows("administration", &text("administrationCode"))
                    && fields.allows("domain", &text("domainCode"))
                    && (level == "0" || fields.allows("level", &text("maxLevel")))
                    && (fields.text("active") != "true" || text("active") == "true")
                    && fields.allows("tagCode", &text("tagCode"));
                if !fits {
                    continue;
                }
                let agency = fields.text("agency");
                if agency.is_empty() || configs(tx, &row)?.iter().any(|config| config["govAgencyCode"] == agency) {
                    found.push(row);
                }
            }
            let key = |s: &Object| match fields.text("sort") {
                "maxLevel" => rows::number(s, "maxLevel"),
                "siblingSearch" | "siblingDomain" | "siblingAgency" => rows::number(s, "serviceInfoId"),
                _ => 0,
            };
            found.sort_by_key(key);
            if fields.text("order") == "true" {
                found.reverse();
            }
            let mut answer = page(found, &fields, None);
            for row in answer["data"].as_array_mut().into_iter().flatten() {
                if let Value::Object(service) = row.take() {
                    let mut service = with_configs(tx, service)?;
                    rows::as_dates(&mut service, &["createDate", "modifiedDate"], |at| {
                        clock::write(at, "%Y%m%d%H%M%S")
                    });
                    *row = Value::Object(service);
                }
            }
            Ok(Json(answer))
        })
        .await
}

/// By id or by code.
fn find(tx: &Transaction, id: &str) -> Answer<Object> {
    rows::one(
        tx,
        "SELECT * FROM services WHERE serviceCode = ?1 OR CAST(serviceInfoId AS TEXT) = ?1 OR serviceCodeDVCQG = ?1",
        [id],
    )?
    .ok_or_else(|| Failure::no_such("SuchServiceInfo"))
}

fn forms_of(tx: &Transaction, service: i64) -> Answer<Vec<Object>> {
    let mut found = rows::objects(
        tx,
        "SELECT fileTemplateNo, templateName, fileType, fileSize FROM form_files WHERE serviceInfoId = ?1 ORDER BY rowid",
        [service],
    )?;
    for form in &mut found {
        form.insert("eForm".into(), json!(false));
        form.insert("formScriptFileId".into(), json!(0));
        form.insert("formReportFileId".into(), json!(0));
        form.insert("eFormNoPattern".into(), json!(""));
        form.insert("eFormNamePattern".into(), json!(""));
    }
    Ok(found)
}

pub async fn read(State(app): State<App>, Path(id): Path<String>) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let mut service = with_configs(tx, find(tx, &id)?)?;
            rows::as_dates(&mut service, &["createDate", "modifiedDate"], |at| clock::write(at, "%d-%m-%Y %I:%M:%S"));
            let names: Vec<String> = service["serviceConfigs"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|c| c["govAgencyName"].as_str().map(str::to_owned))
                .collect();
            let files = forms_of(tx, rows::number(&service, "serviceInfoId"))?;
            service.insert("govAgencyText".into(), json!(names.join(", ")));
            service.insert("isNotarization".into(), json!(false));
            service.insert("fileTemplates".into(), json!(files));
            Ok(Json(service))
        })
        .await
}

/// Form files of a procedure. None is an e-form, so `eForm=true` does not narrow the list: front ends
/// always send it and show what comes.
pub async fn form_files(State(app): State<App>, Path(id): Path<String>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let service = rows::number(&find(tx, &id)?, "serviceInfoId");
            let found = forms_of(tx, service)?
                .into_iter()
                .filter(|f| {
                    matches_words(
                        fields.text("keyword"),
                        &[rows::text(f, "templateName"), rows::text(f, "fileTemplateNo")],
                    )
                })
                .collect();
            Ok(Json(page(found, &fields, None)))
        })
        .await
}

pub async fn form_file(State(app): State<App>, Path((id, no)): Path<(String, String)>) -> Answer<Response> {
    let (name, bytes) = app
        .store
        .with(move |tx| {
            let service = rows::number(&find(tx, &id)?, "serviceInfoId");
            let form = rows::one(
                tx,
                "SELECT templateName FROM form_files WHERE serviceInfoId = ?1 AND fileTemplateNo = ?2",
                params![service, no],
            )?
            .ok_or_else(|| Failure::no_such("SuchServiceFileTemplate"))?;
            let name = rows::text(&form, "templateName");
            let bytes = forms::pdf(&no, &name);
            Ok((format!("{name}.pdf"), bytes))
        })
        .await?;
    let headers =
        [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, attachment(&name))];
    Ok((headers, bytes).into_response())
}

/// Counts public services by a pair of columns.
fn counted(tx: &Transaction, code: &str, name: &str, filter: (&str, &str)) -> Answer<Json<Value>> {
    let sql = format!(
        "SELECT {code}, {name}, count(*) AS count FROM services
         WHERE active = 'true' AND (?1 = '' OR {} = ?1) GROUP BY {code} ORDER BY min(serviceInfoId)",
        filter.0
    );
    let data = rows::objects(tx, &sql, [filter.1])?;
    Ok(Json(json!({ "total": data.len(), "data": data })))
}

pub async fn by_agency(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| counted(tx, "administrationCode", "administrationName", ("domainCode", fields.text("domain"))))
        .await
}

pub async fn by_domain(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| counted(tx, "domainCode", "domainName", ("administrationCode", fields.text("agency"))))
        .await
}

pub async fn by_level(State(app): State<App>) -> Answer<Json<Value>> {
    app.store
        .with(|tx| {
            let mut levels: BTreeMap<i64, i64> = BTreeMap::new();
            for row in rows::objects(tx, "SELECT maxLevel FROM services WHERE active = 'true'", [])? {
                *levels.entry(rows::number(&row, "maxLevel")).or_default() += 1;
            }
            let data: Vec<Value> = levels
                .iter()
                .map(|(level, count)| json!({ "level": level, "levelName": level.to_string(), "count": count }))
                .collect();
            Ok(Json(json!({ "total": data.len(), "data": data })))
        })
        .await
}

/// Procedures the caller filed last.
pub async fn recently(State(app): State<App>, call: Call, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let person = call.caller.signed_in()?;
            let data = rows::objects(
                tx,
                "SELECT s.serviceInfoId, s.serviceCode, s.serviceName, s.domainCode, s.domainName, s.maxLevel
                 FROM services s JOIN dossiers d USING (serviceCode) WHERE d.userId = ?1 AND d.originality >= 0
                 GROUP BY s.serviceInfoId ORDER BY max(d.createDate) DESC LIMIT ?2",
                params![person.user_id, fields.number("top").unwrap_or(5).clamp(1, 50)],
            )?;
            Ok(Json(json!({ "total": data.len(), "data": data })))
        })
        .await
}
