//! Invented dossiers in every state. Each is led there by the same steps an office takes, at moments
//! in the past, so that its log, marks and dates belong together.

use rusqlite::{Transaction, params};
use serde_json::json;
use uuid::Uuid;

use super::forms::small_pdf;
use crate::api::dossiers::{Filing, draft};
use crate::api::errors::{Answer, Failure};
use crate::clock::{self, DAY};
use crate::store::blobs::Blobs;
use crate::store::dossiers::{self as kept, Dossier};
use crate::store::people::{self, Caller, Person};
use crate::store::rows;
use crate::workflow::{self, State, Step, Words};

use Step::*;

/// How many days ago it was sent, the steps since, and the state it is set to when no step leads there.
type Story = (i64, &'static [Step], Option<State>);

/// Bình's dossiers; every state of the table occurs.
const STORIES: [Story; 31] = [
    (1, &[Submit], None),
    (2, &[Submit], None),
    (1, &[Submit], Some(State::Collecting)),
    (2, &[Submit, Receive], None),
    (3, &[Submit, Receive], None),
    (3, &[Submit, Receive, Process], None),
    (4, &[Submit, Receive, Process], None),
    (60, &[Submit, Receive, Process], None), // late
    (90, &[Submit, Receive, Process], None), // late
    (5, &[Submit, Receive, Process, AskSupplement], None),
    (3, &[Submit, AskSupplement], None),
    (6, &[Submit, Receive, AskSupplement, Supplemented], None),
    (6, &[Submit, Receive, Process, AskPayment], None),
    (7, &[Submit, Receive, Process, AskPayment, ReportPaid], None),
    (9, &[Submit, Receive, Process, AskPayment, ConfirmPayment], None),
    (6, &[Submit, Receive, Process], Some(State::Interoperating)),
    (7, &[Submit, Receive, Process], Some(State::Handover)),
    (8, &[Submit, Receive, Process, Pause], None),
    (2, &[Submit, Correct], None),
    (4, &[Submit, Withdraw], None),
    (10, &[Submit, Receive, Process, Finish], None),
    (11, &[Submit, Receive, Process, Finish], None),
    (12, &[Submit, Receive, Process, Finish, Post], None),
    (20, &[Submit, Receive, Process, Finish, HandOut], None),
    (21, &[Submit, Receive, Process, AskPayment, ConfirmPayment, Finish, HandOut], None),
    (15, &[Submit, Refuse], None),
    (18, &[Submit, Receive, Process, Leave], None),
    (19, &[Submit, Receive, Process, Stop], None),
    (14, &[Submit, Withdraw, AcceptWithdrawal], None),
    (70, &[Submit, Receive, Process, Apologise], None),
    (0, &[], None),
];

pub fn plant(tx: &Transaction, blobs: &Blobs) -> Answer<()> {
    let person = |email: &str| -> Answer<Person> {
        people::by_email(tx, email)?.and_then(|c| c.person().cloned()).ok_or_else(|| Failure::Internal(email.into()))
    };
    let officer = person("canbo")?;
    let (an, binh) = (person("an@example.vn")?, person("binh@example.vn")?);
    let options = rows::objects(
        tx,
        "SELECT s.serviceCode, c.govAgencyCode, t.templateNo FROM options o JOIN configs c USING (serviceConfigId)
         JOIN services s USING (serviceInfoId) JOIN templates t USING (dossierTemplateId) ORDER BY o.processOptionId",
        [],
    )?;
    let stories = STORIES.iter().map(|s| (&binh, s)).chain([(&an, &STORIES[6]), (&an, &STORIES[23])]);
    for (i, (owner, story)) in stories.enumerate() {
        let option = &options[(i * 7) % options.len()];
        let filing = Filing {
            reference: Uuid::new_v4(),
            service: rows::text(option, "serviceCode"),
            agency: rows::text(option, "govAgencyCode"),
            template: rows::text(option, "templateNo"),
            originality: 1,
            // distinct, so that a test finds its way and a guess does not
            secret: format!("{:04}", 1000 + (i * 271) % 9000),
        };
        let dossier = draft(tx, &Caller::Citizen(owner.clone()), &filing)?;
        live(tx, blobs, &dossier, owner, &officer, story)?;
    }
    Ok(())
}

fn live(
    tx: &Transaction,
    blobs: &Blobs,
    dossier: &Dossier,
    owner: &Person,
    officer: &Person,
    story: &Story,
) -> Answer<()> {
    let (days_ago, steps, end) = story;
    let id = dossier.id();
    let sent = clock::now() - days_ago * DAY;
    let stride = (days_ago * DAY - DAY / 12) / steps.len().max(1) as i64;
    let mut first_part = String::new();
    for part in kept::parts(tx, &dossier.text("dossierTemplateNo"))? {
        let (no, name) = (rows::text(&part, "partNo"), rows::text(&part, "partName"));
        if first_part.is_empty() {
            first_part = no.clone();
        }
        if rows::text(&part, "required") == "true" || no == "TP01" {
            file(tx, blobs, id, &part, &format!("{no}.pdf"), &small_pdf(&[&name, "Ban mau"]), sent)?;
        }
        if steps.contains(&Finish) && rows::number(&part, "partType") == 2 {
            file(tx, blobs, id, &part, "ket-qua.pdf", &small_pdf(&[&name, "Ket qua mau"]), sent)?;
        }
    }
    tx.execute("UPDATE dossiers SET createDate = ?2 WHERE dossierId = ?1", params![id, sent])?;
    for (n, step) in steps.iter().enumerate() {
        let at = sent + n as i64 * stride.min(DAY);
        let by = if matches!(step, Submit | Supplemented | ReportPaid | Withdraw | Correct) { owner } else { officer };
        let words = Words {
            reason: reason(*step).into(),
            due: (*step == Apologise).then(|| clock::working_days_after(clock::now(), 5)),
            parts: if *step == AskSupplement {
                vec![(first_part.clone(), "Bản chụp bị mờ, xin chụp lại.".into())]
            } else {
                vec![]
            },
            amount: 120_000,
            title: "Lệ phí đăng ký".into(),
            tracking: "EX000000000VN".into(),
        };
        workflow::take(tx, &Dossier::by_id(tx, id)?, *step, by, &words, at)?;
    }
    if let Some(state) = end {
        kept::set(
            tx,
            id,
            &[
                ("dossierStatus", json!(state.code())),
                ("dossierStatusText", json!(state.name())),
                ("dossierSubStatus", json!(format!("{}_1", state.code()))),
                ("dossierSubStatusText", json!(state.name())),
            ],
        )?;
    }
    Ok(())
}

fn reason(step: Step) -> &'static str {
    match step {
        AskSupplement => "Giấy tờ chưa đọc được.",
        Refuse => "Hồ sơ không thuộc thẩm quyền tiếp nhận.",
        Apologise => "Khối lượng hồ sơ lớn, xin lỗi và hẹn lại.",
        Leave => "Hồ sơ không đủ điều kiện giải quyết.",
        Stop => "Người nộp không bổ sung trong thời hạn.",
        Withdraw => "Tôi muốn nộp lại sau.",
        Pause => "Chờ ý kiến cơ quan phối hợp.",
        _ => "",
    }
}

fn file(
    tx: &Transaction,
    blobs: &Blobs,
    dossier: i64,
    part: &rows::Object,
    name: &str,
    pdf: &[u8],
    at: i64,
) -> Answer<()> {
    let uid = Uuid::new_v4();
    let blob = blobs.write(pdf, uid)?;
    tx.execute(
        "INSERT INTO files (dossierId, createDate, modifiedDate, referenceUid, dossierPartNo, dossierPartType,
           dossierPartName, fileTemplateNo, displayName, fileType, fileSize, blob)
         VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'pdf', ?9, ?10)",
        params![
            dossier,
            at,
            uid.to_string(),
            rows::text(part, "partNo"),
            rows::number(part, "partType"),
            rows::text(part, "partName"),
            rows::text(part, "fileTemplateNo"),
            name,
            pdf.len() as i64,
            blob
        ],
    )?;
    Ok(())
}
