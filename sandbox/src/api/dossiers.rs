//! Dossiers: drafts, search, reading and changing (OpenCPS API, dossier life cycle and tracking).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use rand::Rng;
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::{Value, json};
use uuid::Uuid;

use super::calls::{Call, Fields, Path, Visit, is_true, matches_words, page};
use super::captcha;
use super::errors::{Answer, Failure};
use crate::clock::{self, DAY};
use crate::server::App;
use crate::store::dossiers::{self, Dossier, with_secret};
use crate::store::people::{self, Caller};
use crate::store::rows::{self, Object};
use crate::workflow::State as DossierState;

/// Rows of a list when the caller names no end.
const DEFAULT_ROWS: usize = 10;

/// What the filer may write; the portal fills in the rest.
const FILED: [&str; 53] = [
    "dossierName",
    "applicantName",
    "applicantIdType",
    "applicantIdNo",
    "applicantIdDate",
    "address",
    "cityCode",
    "cityName",
    "districtCode",
    "districtName",
    "wardCode",
    "wardName",
    "contactName",
    "contactTelNo",
    "contactEmail",
    "isSameAsApplicant",
    "delegateName",
    "delegateIdNo",
    "delegateTelNo",
    "delegateEmail",
    "delegateAddress",
    "delegateCityCode",
    "delegateCityName",
    "delegateDistrictCode",
    "delegateDistrictName",
    "delegateWardCode",
    "delegateWardName",
    "delegateType",
    "documentNo",
    "documentDate",
    "viaPostal",
    "postalServiceCode",
    "postalServiceName",
    "postalAddress",
    "postalCityCode",
    "postalCityName",
    "postalDistrictCode",
    "postalDistrictName",
    "postalWardCode",
    "postalWardName",
    "postalTelNo",
    "fromViaPostal",
    "vnpostalStatus",
    "vnpostalProfile",
    "postalCodeSend",
    "postalCodeReceived",
    "applicantNote",
    "notification",
    "briefNote",
    "sampleCount",
    "metaData",
    "formMeta",
    "online",
];

/// Columns that hold whole numbers.
const NUMBERS: [&str; 4] = ["delegateType", "fromViaPostal", "vnpostalStatus", "sampleCount"];

/// What a new dossier is made from.
pub struct Filing {
    pub reference: Uuid,
    pub service: String,
    pub agency: String,
    pub template: String,
    pub originality: i64,
    /// Asked of guests who want to see the dossier.
    pub secret: String,
}

/// The caller's draft for a filing: the one with the same reference, else an unsent one of the same
/// kind (which keeps its reference), else a new one with the caller's profile filled in.
pub fn draft(tx: &Transaction, caller: &Caller, filing: &Filing) -> Answer<Dossier> {
    let person = caller.signed_in()?;
    let by = |sql: &str, with: &[&dyn rusqlite::ToSql]| -> rusqlite::Result<Option<i64>> {
        tx.query_row(sql, with, |r| r.get(0)).optional()
    };
    let reference = filing.reference.to_string();
    let same = by(
        "SELECT dossierId FROM dossiers WHERE userId = ?1 AND referenceUid = ?2 AND originality >= 0",
        &[&person.user_id, &reference],
    )?;
    if let Some(id) = same {
        return Dossier::by_id(tx, id);
    }
    let option = rows::one(
        tx,
        "SELECT s.*, c.govAgencyCode, c.govAgencyName, c.serviceLevel, t.templateNo, t.templateName, o.processNo
         FROM options o JOIN configs c USING (serviceConfigId) JOIN services s USING (serviceInfoId)
         JOIN templates t USING (dossierTemplateId)
         WHERE s.serviceCode = ?1 AND c.govAgencyCode = ?2 AND t.templateNo = ?3",
        [&filing.service, &filing.agency, &filing.template],
    )?
    .ok_or_else(|| Failure::no_such("SuchProcessOption"))?;
    let unsent = by(
        "SELECT dossierId FROM dossiers WHERE userId = ?1 AND serviceCode = ?2 AND govAgencyCode = ?3
           AND dossierTemplateNo = ?4 AND originality = ?5 AND dossierStatus = ''",
        &[&person.user_id, &filing.service, &filing.agency, &filing.template, &filing.originality],
    )?;
    if let Some(id) = unsent {
        return Dossier::by_id(tx, id);
    }
    let text = |field: &str| rows::text(&option, field);
    tx.execute(
        "INSERT INTO dossiers (referenceUid, userId, createDate, modifiedDate, serviceCode, serviceName, serviceLevel,
           domainCode, domainName, govAgencyCode, govAgencyName, dossierTemplateNo, dossierTemplateName, processNo,
           dossierName, originality, durationCount, secret, stepCode, stepName)
         VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?5, ?14, ?15, ?16, '100', '')",
        params![
            reference,
            person.user_id,
            clock::now(),
            text("serviceCode"),
            text("serviceName"),
            rows::number(&option, "serviceLevel"),
            text("domainCode"),
            text("domainName"),
            text("govAgencyCode"),
            text("govAgencyName"),
            text("templateNo"),
            text("templateName"),
            text("processNo"),
            filing.originality,
            rows::number(&option, "durationCount"),
            filing.secret,
        ],
    )?;
    let id = tx.last_insert_rowid();
    if let Some(profile) = people::applicant_of(tx, person.user_id)? {
        let from_profile = [
            "applicantName",
            "applicantIdType",
            "applicantIdNo",
            "applicantIdDate",
            "address",
            "cityCode",
            "cityName",
            "districtCode",
            "districtName",
            "wardCode",
            "wardName",
            "contactName",
            "contactTelNo",
            "contactEmail",
        ];
        let fields: Vec<(&str, Value)> =
            from_profile.iter().filter_map(|f| profile.get(*f).map(|v| (*f, v.clone()))).collect();
        dossiers::set(tx, id, &fields)?;
    }
    Dossier::by_id(tx, id)
}

/// Writes what the form gives. Names of regions are looked up when only their codes came.
fn fill_in(tx: &Transaction, id: i64, fields: &Fields) -> Answer<()> {
    let mut told: Vec<(&str, Value)> = Vec::new();
    for field in FILED {
        let Some(raw) = fields.0.get(field) else {
            continue;
        };
        // empty means "as in the profile" for the applicant, and "nothing" elsewhere
        let of_applicant = ["applicantName", "applicantIdNo", "applicantIdType", "contactName", "dossierName"];
        if raw.trim().is_empty() && of_applicant.contains(&field) {
            continue;
        }
        told.push((
            field,
            match field {
                "applicantName" => json!(raw.trim().to_uppercase()),
                "online" => json!(is_true(raw)),
                f if NUMBERS.contains(&f) => json!(raw.trim().parse::<i64>().unwrap_or(0)),
                _ => json!(raw),
            },
        ));
    }
    for (code, name) in [
        ("cityCode", "cityName"),
        ("wardCode", "wardName"),
        ("delegateCityCode", "delegateCityName"),
        ("delegateWardCode", "delegateWardName"),
        ("postalCityCode", "postalCityName"),
        ("postalWardCode", "postalWardName"),
    ] {
        if let (Some(given), None) = (fields.given(code), fields.given(name)) {
            let known: Option<String> = tx
                .query_row(
                    "SELECT itemName FROM dictionary WHERE collection = 'ADMINISTRATIVE_REGION' AND itemCode = ?1",
                    [given],
                    |r| r.get(0),
                )
                .optional()?;
            told.retain(|(field, _)| *field != name);
            told.push((name, json!(known.unwrap_or_default())));
        }
    }
    if let Some(password) = fields.given("password") {
        told.push(("secret", json!(password)));
    }
    Ok(dossiers::set(tx, id, &told)?)
}

/// `POST /dossiers`: safe to send again.
pub async fn create(State(app): State<App>, call: Call, fields: Fields) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            call.caller.signed_in()?;
            let reference = match fields.given("referenceUid") {
                Some(text) => Uuid::parse_str(text).map_err(|_| Failure::invalid("ReferenceUidException"))?,
                None => Uuid::new_v4(),
            };
            let filing = Filing {
                reference,
                service: fields.text("serviceCode").to_owned(),
                agency: fields.text("govAgencyCode").to_owned(),
                template: fields.text("dossierTemplateNo").to_owned(),
                originality: fields.number("originality").unwrap_or(1).max(0),
                secret: format!("{:04}", rand::rng().random_range(0..10_000)),
            };
            let dossier = draft(tx, &call.caller, &filing)?;
            if dossier.state() == DossierState::Draft {
                fill_in(tx, dossier.id(), &fields)?;
            }
            Ok(Json(Dossier::by_id(tx, dossier.id())?.detail()))
        })
        .await
}

/// `PUT /dossiers/{id}`: while it is a draft, or while the office waits for the citizen.
pub async fn change(
    State(app): State<App>,
    call: Call,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let dossier = Dossier::own(tx, &id, &call.caller)?;
            if !dossier.state().is_open_to_citizen() {
                return Err(Failure::invalid("DossierLockedException"));
            }
            fill_in(tx, dossier.id(), &fields)?;
            Ok(Json(Dossier::by_id(tx, dossier.id())?.detail()))
        })
        .await
}

/// Who may look at a dossier: its owner, an officer, or whoever has its secret. A given secret is
/// always checked, also for the owner.
///
/// The inner error is the caller's and must be committed with the count of wrong secrets.
pub fn open(tx: &Transaction, call: &Call, id: &str, secret: &str) -> Answer<Answer<Dossier>> {
    if secret.is_empty() || call.caller.is_officer() {
        return Ok(Dossier::readable(tx, id, &call.caller));
    }
    with_secret(tx, id, secret, &call.client)
}

/// The secret a call brings: the query's wins over the header's.
pub fn secret_of(fields: &Fields, headers: &HeaderMap) -> String {
    let header = headers.get("secretCode").and_then(|v| v.to_str().ok()).unwrap_or("");
    fields.given("secretKey").unwrap_or(header).trim().to_owned()
}

pub async fn read(
    State(app): State<App>,
    call: Call,
    Path(id): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Answer<Json<Object>> {
    let secret = secret_of(&fields, &headers);
    let opened = app.store.with(move |tx| open(tx, &call, &id, &secret)).await?;
    opened.map(|dossier| Json(dossier.detail()))
}

/// Only a draft can be thrown away; it stays in the database with a negative originality.
pub async fn remove(State(app): State<App>, call: Call, Path(id): Path<String>) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let dossier = Dossier::own(tx, &id, &call.caller)?;
            if dossier.state() != DossierState::Draft {
                return Err(Failure::invalid("DossierLockedException"));
            }
            let was = rows::number(&dossier.row, "originality");
            dossiers::set(tx, dossier.id(), &[("originality", json!(-was.max(1)))])?;
            let mut detail = dossier.detail();
            detail.insert("originality".into(), json!(-was.max(1)));
            Ok(Json(detail))
        })
        .await
}

pub async fn restore(State(app): State<App>, call: Call, Path(id): Path<i64>) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let person = call.caller.signed_in()?;
            tx.execute(
                "UPDATE OR IGNORE dossiers SET originality = -originality
                 WHERE dossierId = ?1 AND userId = ?2 AND originality < 0",
                params![id, person.user_id],
            )?;
            Ok(Json(Dossier::own(tx, &id.to_string(), &call.caller)?.detail()))
        })
        .await
}

pub async fn set_metadata(
    State(app): State<App>,
    call: Call,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let dossier = Dossier::own(tx, &id, &call.caller)?;
            let new: Value =
                serde_json::from_str(fields.text("data")).map_err(|_| Failure::invalid("JSONException"))?;
            let Value::Object(new) = new else {
                return Err(Failure::invalid("JSONException"));
            };
            let mut all: Object = serde_json::from_str(&dossier.text("metaData")).unwrap_or_default();
            all.extend(new);
            dossiers::set(tx, dossier.id(), &[("metaData", json!(Value::Object(all).to_string()))])?;
            Ok(Json(Dossier::by_id(tx, dossier.id())?.detail()))
        })
        .await
}

pub async fn metadata(State(app): State<App>, call: Call, Path((id, key)): Path<(String, String)>) -> Answer<String> {
    app.store
        .with(move |tx| {
            let dossier = Dossier::readable(tx, &id, &call.caller)?;
            let all: Object = serde_json::from_str(&dossier.text("metaData")).unwrap_or_default();
            Ok(rows::text(&all, &key))
        })
        .await
}

/// The dossier number as a QR picture.
pub async fn qr_code(State(app): State<App>, call: Call, Path(id): Path<String>) -> Answer<Response> {
    let number = app.store.with(move |tx| Ok(Dossier::readable(tx, &id, &call.caller)?.text("dossierNo"))).await?;
    if number.is_empty() {
        return Err(Failure::invalid("DossierNoException"));
    }
    let code = qrcodegen::QrCode::encode_text(&number, qrcodegen::QrCodeEcc::Medium)
        .map_err(|_| Failure::invalid("DossierNoException"))?;
    const DOT: i32 = 6;
    const MARGIN: i32 = 4;
    let side = ((code.size() + 2 * MARGIN) * DOT) as usize;
    let picture = captcha::draw_grey(side, side, |pixels, width| {
        for (at, pixel) in pixels.iter_mut().enumerate() {
            let (x, y) = ((at % width) as i32 / DOT - MARGIN, (at / width) as i32 / DOT - MARGIN);
            if code.get_module(x, y) {
                *pixel = 0;
            }
        }
    })?;
    Ok(([(header::CONTENT_TYPE, "image/png")], picture).into_response())
}

pub async fn site() -> &'static str {
    "/"
}

/// `GET /dossiers`. Citizens see their own; officers all that were sent; a guest sees one row for an
/// exact number, without personal fields.
pub async fn search(State(app): State<App>, call: Call, fields: Fields) -> Answer<Response> {
    app.store
        .with(move |tx| match &call.caller {
            Caller::Guest => guest_search(tx, &call, &fields),
            Caller::Citizen(person) => {
                let mine = kept(tx, "userId = ?1", person.user_id)?;
                Ok(Json(answered(mine, &fields)).into_response())
            }
            Caller::Officer(_) => {
                let sent = kept(tx, "dossierStatus <> '' AND ?1 = 0", 0)?;
                Ok(Json(answered(sent, &fields)).into_response())
            }
        })
        .await
}

fn kept(tx: &Transaction, filter: &str, with: i64) -> Answer<Vec<Dossier>> {
    let sql =
        format!("SELECT * FROM dossiers WHERE originality >= 0 AND {filter} ORDER BY createDate DESC, dossierId DESC");
    Ok(rows::objects(tx, &sql, [with])?.into_iter().map(|row| Dossier { row }).collect())
}

fn answered(mut found: Vec<Dossier>, fields: &Fields) -> Value {
    let now = clock::now();
    found.retain(|dossier| fits(dossier, fields, now));
    if let Some(sort) = fields.given("sort") {
        let sort = sort.trim_end_matches("_sortable").trim_end_matches("_Number").to_owned();
        found.sort_by(|a, b| match (a.moment(&sort), b.moment(&sort)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => a.is_some().cmp(&b.is_some()),
        });
        if found.iter().all(|d| d.moment(&sort).is_none()) {
            found.sort_by_key(|d| d.text(&sort));
        }
        if fields.text("order") == "true" {
            found.reverse();
        }
    }
    page(found.iter().map(Dossier::list_row).collect(), fields, Some(DEFAULT_ROWS))
}

/// Whether a dossier matches the query (OpenCPS API, tracking: semantics of the parameters).
fn fits(dossier: &Dossier, fields: &Fields, now: i64) -> bool {
    let text = |field: &str| dossier.text(field);
    let keyword = [
        "serviceName",
        "applicantName",
        "dossierNo",
        "dossierIdCTN",
        "briefNote",
        "dossierName",
        "lastActionUser",
        "serviceCode",
        "delegateName",
        "lastActionNote",
    ]
    .map(text);
    let starts = |value: String, wanted: &str| value.to_lowercase().starts_with(&wanted.to_lowercase());
    let number_fits = fields
        .text("dossierNo")
        .split_whitespace()
        .all(|word| ["dossierNo", "postalCodeSend", "postalCodeReceived"].into_iter().any(|f| starts(text(f), word)));
    let lists = [
        ("status", "dossierStatus"),
        ("substatus", "dossierSubStatus"),
        ("step", "stepCode"),
        ("agency", "govAgencyCode"),
        ("service", "serviceCode"),
        ("template", "dossierTemplateNo"),
        ("domain", "domainCode"),
        ("viapostal", "viaPostal"),
        ("originality", "originality"),
        ("vnpostalStatus", "vnpostalStatus"),
    ];
    let between = |field: &str, from: &str, to: &str| {
        let at = dossier.moment(field);
        let after = fields.given(from).and_then(clock::read_day).is_none_or(|from| at.is_some_and(|at| at >= from));
        after && fields.given(to).and_then(clock::read_day).is_none_or(|to| at.is_some_and(|at| at < to + DAY))
    };
    let finished_asked = fields.given("fromFinishDate").is_some() || fields.given("toFinishDate").is_some();
    let top = match fields.text("top") {
        "overdue" => dossier.lateness(now).0,
        "receive" => dossier.moment("receiveDate").is_some(),
        "release" => dossier.moment("releaseDate").is_some(),
        "cancelling" => dossier.state() == DossierState::Cancelling,
        "correcting" => dossier.state() == DossierState::Correcting,
        _ => true,
    };
    matches_words(fields.text("keyword"), &keyword)
        && number_fits
        && starts(text("applicantIdNo"), fields.text("applicantIdNo"))
        && text("applicantName").to_lowercase().contains(&fields.text("applicantName").to_lowercase())
        && lists.iter().all(|(name, field)| fields.allows(name, &text(field)))
        && between("receiveDate", "fromReceiveDate", "toReceiveDate")
        && between("submitDate", "fromSubmitDate", "toSubmitDate")
        && between("releaseDate", "fromReleaseDate", "toReleaseDate")
        && between("finishDate", "fromFinishDate", "toFinishDate")
        && between("dueDate", "fromDueDate", "toDueDate")
        && (!finished_asked || dossier.state() == DossierState::Done)
        && top
}

/// The row for an exact number. The session remembers that it was found: its log may be read then.
fn guest_search(tx: &Transaction, call: &Call, fields: &Fields) -> Answer<Response> {
    let wanted = fields.text("dossierNo");
    let found: Vec<Dossier> = if wanted.is_empty() {
        vec![]
    } else {
        rows::objects(
            tx,
            "SELECT * FROM dossiers WHERE originality >= 0 AND dossierNo <> '' AND lower(dossierNo) = lower(?1)",
            [wanted],
        )?
        .into_iter()
        .map(|row| Dossier { row })
        .filter(|d| d.text("applicantIdNo").starts_with(fields.text("applicantIdNo")))
        .collect()
    };
    let mut headers = HeaderMap::new();
    if let Some(dossier) = found.first() {
        let (session, cookie) = call.session_or_new(tx)?;
        call.remember_found(tx, &session, dossier.id())?;
        if let Some(cookie) = cookie {
            headers.insert(header::SET_COOKIE, cookie);
        }
    }
    let data = page(found.iter().map(Dossier::guest_row).collect(), fields, Some(DEFAULT_ROWS));
    Ok((headers, Json(data)).into_response())
}

/// `GET /dossiers/searchDossierNo`: as a guest's search, with a captcha.
pub async fn search_by_number(State(app): State<App>, Visit(call): Visit, fields: Fields) -> Answer<Response> {
    app.store
        .with(move |tx| {
            if !captcha::check(tx, call.session.as_deref(), fields.text("j_captcha_response"))? {
                return Ok(captcha::refused());
            }
            guest_search(tx, &call, &fields)
        })
        .await
}

/// `GET /dossiers/publish/searchDossiers`: results that are ready. Names stay hidden.
pub async fn published(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    const SHOWN: [&str; 16] = [
        "serviceCode",
        "serviceName",
        "applicantName",
        "applicantIdNo",
        "dossierNo",
        "receiveDate",
        "dueDate",
        "finishDate",
        "releaseDate",
        "dossierStatus",
        "dossierStatusText",
        "dossierSubStatus",
        "dossierSubStatusText",
        "govAgencyCode",
        "govAgencyName",
        "stepCode",
    ];
    app.store
        .with(move |tx| {
            let now = clock::now();
            let data = kept(tx, "dossierNo <> '' AND ?1 = 0", 0)?
                .iter()
                .filter(|d| fits(d, &fields, now))
                .map(|d| {
                    let mut row = d.guest_row();
                    row.retain(|field, _| SHOWN.contains(&field.as_str()));
                    row
                })
                .collect();
            Ok(Json(page(data, &fields, None)))
        })
        .await
}
