//! The catalogue: services, where they can be filed, their cases as process options, the papers of
//! each case as a dossier template, and form files.

use rusqlite::{Transaction, params};
use serde_json::json;

use super::cases::{self, Paper};
use super::forms;
use super::html;
use super::records::{self, Record};
use crate::api::errors::Answer;
use crate::clock;

/// An agency that takes dossiers in.
pub struct Agency {
    pub code: String,
    pub name: String,
}

/// Fields of law by their code; a field that is not here gets a number.
const DOMAINS: [(&str, &str); 5] = [
    ("Đất đai", "DD"),
    ("Đăng ký biện pháp bảo đảm", "BPBD"),
    ("Môi trường", "MT"),
    ("Tài nguyên nước", "TNN"),
    ("Hộ tịch", "HT"),
];

/// Days for handling where the record fixes none.
const DAYS_WHEN_NONE: i64 = 10;

pub const ADMINISTRATIONS: [(&str, &str); 3] = [
    ("UBNDTP", "UBND thành phố Cần Thơ"),
    ("SNNMT", "Sở Nông nghiệp và Môi trường thành phố Cần Thơ"),
    ("UBNDCX", "UBND cấp xã, thành phố Cần Thơ"),
];

/// Who owns a procedure, by its level.
fn administration(record: &Record) -> (&'static str, &'static str) {
    let by_province = record.agencies.iter().any(|a| a.to_lowercase().contains("ủy ban nhân dân cấp tỉnh"));
    if by_province {
        ADMINISTRATIONS[0]
    } else if record.level.contains("Cấp tỉnh") {
        ADMINISTRATIONS[1]
    } else {
        ADMINISTRATIONS[2]
    }
}

/// Gives the agencies in the order they were met.
pub fn plant(tx: &Transaction) -> Answer<Vec<Agency>> {
    let now = clock::now();
    let mut agencies: Vec<Agency> = Vec::new();
    for (i, record) in records::read()?.iter().enumerate() {
        let service = 1201 + i as i64;
        plant_service(tx, service, record, now)?;
        let mut templates = Vec::new();
        for (n, way) in cases::ways(&record.cases).iter().enumerate() {
            let template = service * 10 + n as i64 + 1;
            let name = if way.name.is_empty() { &record.name } else { &way.name };
            tx.execute(
                "INSERT INTO templates (dossierTemplateId, serviceInfoId, templateNo, templateName) VALUES (?1, ?2, ?3, ?4)",
                params![template, service, format!("T-{}-{}", record.code, n + 1), name],
            )?;
            plant_parts(tx, template, service, record, &way.papers)?;
            templates.push((template, way.name.clone()));
        }
        for agency in &record.agencies {
            let known = agencies.iter().position(|a| a.name.to_lowercase() == agency.trim().to_lowercase());
            let place = known.unwrap_or_else(|| {
                let code = format!("CQ{:02}", agencies.len() + 1);
                agencies.push(Agency { code, name: agency.trim().to_owned() });
                agencies.len() - 1
            });
            plant_config(tx, service, record, &agencies[place], &templates)?;
        }
    }
    Ok(agencies)
}

fn plant_service(tx: &Transaction, id: i64, record: &Record, now: i64) -> Answer<()> {
    let place = DOMAINS.iter().find(|(name, _)| *name == record.field);
    let domain = place.map_or_else(|| format!("LV{id}"), |(_, code)| (*code).to_owned());
    let (administration_code, administration_name) = administration(record);
    let days = record
        .methods
        .iter()
        .find(|m| m.channel == "ONLINE" && m.unit != "OTHER" && m.time > 0)
        .map_or(DAYS_WHEN_NONE, |m| m.time);
    tx.execute(
        "INSERT INTO services (serviceInfoId, createDate, modifiedDate, serviceCode, serviceCodeDVCQG, serviceNameDVCQG,
           serviceName, processText, methodText, dossierText, conditionText, durationText, applicantText, resultText,
           regularText, feeText, administrationCode, administrationName, domainCode, domainName, maxLevel, durationCount)
         VALUES (?1, ?2, ?2, ?3, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        params![
            id,
            now,
            record.code,
            record.name,
            html::process(record),
            html::method(record),
            html::papers(record),
            html::conditions(record),
            html::duration(record),
            html::subjects(record),
            html::results(record),
            html::legal_basis(record),
            html::fees(record),
            administration_code,
            administration_name,
            domain,
            record.field,
            if record.full_online { 4 } else { 3 },
            days,
        ],
    )?;
    for document in record.cases.iter().flat_map(|c| &c.documents) {
        let Some(form) = &document.form else { continue };
        let name = form.rsplit_once('.').map_or(form.as_str(), |(name, _)| name);
        let size = forms::pdf(&document.code, name).len() as i64;
        tx.execute(
            "INSERT OR IGNORE INTO form_files (serviceInfoId, fileTemplateNo, templateName, fileType, fileSize)
             VALUES (?1, ?2, ?3, 'pdf', ?4)",
            params![id, document.code, name, size],
        )?;
    }
    Ok(())
}

fn plant_parts(tx: &Transaction, template: i64, service: i64, record: &Record, papers: &[Paper]) -> Answer<()> {
    let mut n = 0;
    let mut part = |no: String, name: &str, tip: String, kind: i64, multiple: bool, required: bool, form: &str| {
        n += 1;
        tx.execute(
            "INSERT INTO parts (dossierPartId, dossierTemplateId, partNo, partName, partTip, partType, multiple, required,
               fileTemplateNo) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                service * 1000 + (template % 10) * 100 + n,
                template,
                no,
                name,
                tip,
                kind,
                multiple.to_string(),
                required.to_string(),
                form
            ],
        )
        .map(|_| ())
    };
    for (i, paper) in papers.iter().enumerate() {
        let d = &paper.document;
        let mut tip = format!("Bản chính: {}; Bản sao: {}", d.originals, d.copies);
        if !paper.group.is_empty() {
            tip.push_str(&format!("; Nhóm: {}", paper.group));
        }
        let tip = json!({ "tip": tip, "maxSize": 5, "extensions": "pdf,jpg,jpeg,png" }).to_string();
        let form = d.form.as_ref().map_or("", |_| d.code.as_str());
        part(format!("TP{:02}", i + 1), &d.name, tip, 1, false, cases::is_required(paper), form)?;
    }
    let other = json!({ "tip": "", "maxSize": 5, "extensions": "pdf,jpg,jpeg,png" }).to_string();
    part("TP99".into(), "Giấy tờ khác", other, 3, true, false, "")?;
    let result = record.results.first().map_or("Kết quả giải quyết", String::as_str);
    part("KQ01".into(), result, String::new(), 2, true, false, "")?;
    Ok(())
}

fn plant_config(
    tx: &Transaction,
    service: i64,
    record: &Record,
    agency: &Agency,
    templates: &[(i64, String)],
) -> Answer<()> {
    tx.execute(
        "INSERT OR IGNORE INTO configs (serviceInfoId, govAgencyCode, govAgencyName, serviceInstruction, serviceLevel)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            service,
            agency.code,
            agency.name,
            format!("<p>Nộp hồ sơ tại: {}</p>", html::escape(&agency.name)),
            if record.full_online { 4 } else { 3 }
        ],
    )?;
    let config = tx.query_row(
        "SELECT serviceConfigId FROM configs WHERE serviceInfoId = ?1 AND govAgencyCode = ?2",
        params![service, agency.code],
        |r| r.get::<_, i64>(0),
    )?;
    for (n, (template, name)) in templates.iter().enumerate() {
        tx.execute(
            "INSERT INTO options (serviceConfigId, dossierTemplateId, seqOrder, optionName, processNo, processName)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![config, template, n as i64 + 1, name, format!("QT-{}", record.code), record.name],
        )?;
    }
    Ok(())
}
