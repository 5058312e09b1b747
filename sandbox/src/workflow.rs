//! The life of a dossier: which step is possible in which state, and what each step writes. The
//! officer's desk and the citizen's actions both go through [`take`].

use rusqlite::{Transaction, params};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::errors::{Answer, Failure};
use crate::clock::{self, Millis};
use crate::seed::html::escape;
use crate::store::dossiers::{self, Dossier};
use crate::store::next_count;
use crate::store::people::Person;

/// The states of the API's status table; a code we do not know is kept apart and can go nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Draft,
    New,
    Collecting,
    Receiving,
    Processing,
    Waiting,
    Paying,
    Interoperating,
    Handover,
    Pausing,
    Correcting,
    Cancelling,
    Releasing,
    Posting,
    Done,
    Denied,
    Unresolved,
    Cancelled,
    Unknown,
}

impl State {
    pub const ALL: [State; 18] = [
        State::Draft,
        State::New,
        State::Collecting,
        State::Receiving,
        State::Processing,
        State::Waiting,
        State::Paying,
        State::Interoperating,
        State::Handover,
        State::Pausing,
        State::Correcting,
        State::Cancelling,
        State::Releasing,
        State::Posting,
        State::Done,
        State::Denied,
        State::Unresolved,
        State::Cancelled,
    ];

    pub fn read(code: &str) -> State {
        State::ALL.into_iter().find(|s| s.code() == code).unwrap_or(State::Unknown)
    }

    pub fn code(self) -> &'static str {
        self.facts().0
    }

    /// The usual Vietnamese name (OpenCPS API, status codes).
    pub fn name(self) -> &'static str {
        self.facts().1
    }

    pub fn english(self) -> &'static str {
        self.facts().2
    }

    fn step_code(self) -> &'static str {
        self.facts().3
    }

    /// What the citizen is told to do now.
    fn instruction(self) -> &'static str {
        match self {
            State::New => "Hồ sơ đã gửi, chờ cơ quan tiếp nhận kiểm tra.",
            State::Receiving => "Hồ sơ đã được tiếp nhận, công dân chờ thông báo.",
            State::Processing | State::Interoperating => "Hồ sơ đang được xử lý, công dân chờ thông báo.",
            State::Waiting => "Công dân xem giấy tờ cần bổ sung, tải lên lại rồi chọn “Đã bổ sung”.",
            State::Paying => "Công dân nộp khoản tiền được thông báo.",
            State::Releasing => "Đã có kết quả, công dân nhận kết quả.",
            State::Posting => "Kết quả đang được gửi qua bưu chính.",
            _ => "",
        }
    }

    /// Which of the three stages of the process a state belongs to.
    pub fn sequence(self) -> &'static str {
        match self {
            State::Draft | State::New | State::Collecting | State::Receiving | State::Correcting => "1",
            State::Releasing | State::Posting | State::Done => "3",
            _ => "2",
        }
    }

    fn facts(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            State::Draft => ("", "Hồ sơ nháp", "Draft", "100"),
            State::New => ("new", "Mới đăng ký", "New", "110"),
            State::Collecting => ("collecting", "Đang thu nhận", "Collecting", "120"),
            State::Receiving => ("receiving", "Được tiếp nhận", "Receiving", "200"),
            State::Processing => ("processing", "Đang xử lý", "Processing", "210"),
            State::Waiting => ("waiting", "Chờ bổ sung", "Waiting", "130"),
            State::Paying => ("paying", "Chờ thanh toán", "Paying", "202"),
            State::Interoperating => ("interoperating", "Đang xử lý liên thông", "Interoperating", "201"),
            State::Handover => ("handover", "Đã bàn giao", "Handover", "302"),
            State::Pausing => ("pausing", "Tạm dừng", "Pausing", "131"),
            State::Correcting => ("correcting", "Đang chỉnh sửa", "Correcting", "132"),
            State::Cancelling => ("cancelling", "Yêu cầu rút hồ sơ", "Cancelling", "310"),
            State::Releasing => ("releasing", "Đã xử lý xong", "Releasing", "300"),
            State::Posting => ("posting", "Đang gửi kết quả qua bưu chính", "Posting", "302"),
            State::Done => ("done", "Đã trả kết quả", "Done", "400"),
            State::Denied => ("denied", "Dừng xử lý", "Denied", "410"),
            State::Unresolved => ("unresolved", "Không giải quyết", "Unresolved", "410"),
            State::Cancelled => ("cancelled", "Đã rút hồ sơ", "Cancelled", "510"),
            State::Unknown => ("?", "", "", ""),
        }
    }

    pub fn is_final(self) -> bool {
        matches!(self, State::Done | State::Denied | State::Unresolved | State::Cancelled)
    }

    /// Whether the citizen may still change the form and the files.
    pub fn is_open_to_citizen(self) -> bool {
        matches!(self, State::Draft | State::Waiting | State::Correcting)
    }
}

/// What can be done to a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    // by the citizen
    Submit,
    Supplemented,
    ReportPaid,
    Withdraw,
    Correct,
    // by the office
    Receive,
    Refuse,
    AskSupplement,
    AskPayment,
    ConfirmPayment,
    Process,
    Pause,
    Finish,
    HandOut,
    Post,
    Apologise,
    Leave,
    Stop,
    AcceptWithdrawal,
    RefuseWithdrawal,
}

impl Step {
    pub const OFFICE: [Step; 15] = [
        Step::Receive,
        Step::Refuse,
        Step::AskSupplement,
        Step::Process,
        Step::AskPayment,
        Step::ConfirmPayment,
        Step::Pause,
        Step::Finish,
        Step::HandOut,
        Step::Post,
        Step::Apologise,
        Step::AcceptWithdrawal,
        Step::RefuseWithdrawal,
        Step::Leave,
        Step::Stop,
    ];

    pub const CITIZEN: [Step; 4] = [Step::Submit, Step::Supplemented, Step::ReportPaid, Step::Withdraw];

    /// The action code of the API; 1100, 1200 and 7100 are the portal's, the others this process's own.
    pub fn code(self) -> &'static str {
        self.facts().0
    }

    pub fn name(self) -> &'static str {
        self.facts().1
    }

    /// The last segment of the desk's address for this step.
    pub fn slug(self) -> &'static str {
        self.facts().2
    }

    fn facts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Step::Submit => ("1100", "Nộp hồ sơ", "nop"),
            Step::Supplemented => ("1200", "Đã bổ sung", "da-bo-sung"),
            Step::ReportPaid => ("3100", "Báo đã thanh toán", "bao-da-thanh-toan"),
            Step::Withdraw => ("7100", "Yêu cầu rút hồ sơ", "rut"),
            Step::Correct => ("1400", "Yêu cầu chỉnh sửa", "chinh-sua"),
            Step::Receive => ("2100", "Tiếp nhận", "tiep-nhan"),
            Step::Refuse => ("2200", "Từ chối", "tu-choi"),
            Step::AskSupplement => ("2300", "Yêu cầu bổ sung", "yeu-cau-bo-sung"),
            Step::AskPayment => ("3000", "Yêu cầu thanh toán", "yeu-cau-thanh-toan"),
            Step::ConfirmPayment => ("3200", "Xác nhận đã thanh toán", "xac-nhan-da-thanh-toan"),
            Step::Process => ("4100", "Chuyển xử lý", "chuyen-xu-ly"),
            Step::Pause => ("4200", "Tạm dừng", "tam-dung"),
            Step::Finish => ("5100", "Kết thúc xử lý", "ket-thuc-xu-ly"),
            Step::HandOut => ("6100", "Trả kết quả", "tra-ket-qua"),
            Step::Post => ("6200", "Gửi bưu chính", "gui-buu-chinh"),
            Step::Apologise => ("4300", "Xin lỗi và hẹn lại", "xin-loi-va-hen-lai"),
            Step::Leave => ("8100", "Không giải quyết", "khong-giai-quyet"),
            Step::Stop => ("8200", "Dừng xử lý", "dung-xu-ly"),
            Step::AcceptWithdrawal => ("7200", "Chấp nhận rút hồ sơ", "chap-nhan-rut-ho-so"),
            Step::RefuseWithdrawal => ("7300", "Không chấp nhận rút hồ sơ", "khong-chap-nhan-rut-ho-so"),
        }
    }

    pub fn by_code(code: &str) -> Option<Step> {
        Step::CITIZEN.into_iter().chain(Step::OFFICE).find(|s| s.code() == code)
    }

    pub fn by_slug(slug: &str) -> Option<Step> {
        Step::OFFICE.into_iter().find(|s| s.slug() == slug)
    }

    /// Whether the citizen must be told why.
    pub fn needs_reason(self) -> bool {
        use Step::*;
        matches!(self, Refuse | AskSupplement | Apologise | Leave | Stop | Withdraw | RefuseWithdrawal)
    }

    /// Whether this step can be taken now; a sentence says why not.
    pub fn possible(self, dossier: &Dossier) -> Result<(), String> {
        use State::*;
        let state = dossier.state();
        let numbered = dossier.is_numbered();
        let fits = match self {
            Step::Submit => matches!(state, Draft | Correcting),
            Step::Supplemented => state == Waiting,
            Step::ReportPaid => state == Paying,
            Step::Withdraw => matches!(state, New | Receiving | Processing | Waiting | Paying | Pausing),
            Step::Correct => state == New,
            Step::Receive => matches!(state, New | Receiving | Collecting) && !numbered,
            Step::Refuse => matches!(state, New | Receiving | Collecting) && !numbered,
            Step::AskSupplement => matches!(state, New | Receiving | Processing),
            Step::AskPayment => matches!(state, Receiving | Processing) && numbered,
            Step::ConfirmPayment => state == Paying,
            Step::Process => matches!(state, Receiving | Pausing | Interoperating | Handover | Cancelling) && numbered,
            Step::Pause => state == Processing,
            Step::Finish => matches!(state, Processing | Interoperating),
            Step::HandOut => matches!(state, Releasing | Posting),
            Step::Post => state == Releasing,
            Step::Apologise => matches!(state, Receiving | Processing | Paying | Interoperating | Handover) && numbered,
            Step::Leave => matches!(state, Processing | Waiting | Interoperating | Pausing),
            Step::Stop => matches!(state, Processing | Waiting | Paying | Interoperating | Pausing),
            Step::AcceptWithdrawal | Step::RefuseWithdrawal => state == Cancelling,
        };
        if !fits {
            return Err(format!("Không thể “{}” khi hồ sơ ở trạng thái “{}”.", self.name(), state.name()));
        }
        if self == Step::AskSupplement && dossier.row.get("supplements").and_then(Value::as_i64).unwrap_or(0) > 0 {
            return Err(
                "Hồ sơ này đã được yêu cầu bổ sung một lần; theo quy định không yêu cầu bổ sung lần nữa.".into()
            );
        }
        Ok(())
    }

    fn leads_to(self, dossier: &Dossier) -> State {
        match self {
            Step::Submit => State::New,
            Step::Supplemented | Step::Receive => State::Receiving,
            Step::Withdraw => State::Cancelling,
            Step::Correct => State::Correcting,
            Step::Refuse | Step::Leave => State::Unresolved,
            Step::AskSupplement => State::Waiting,
            Step::AskPayment | Step::ReportPaid => State::Paying,
            Step::ConfirmPayment | Step::Process => State::Processing,
            Step::Pause => State::Pausing,
            Step::Finish => State::Releasing,
            Step::HandOut => State::Done,
            Step::Post => State::Posting,
            Step::Apologise => dossier.state(),
            Step::Stop => State::Denied,
            Step::AcceptWithdrawal => State::Cancelled,
            Step::RefuseWithdrawal => State::read(&dossier.text("statusBefore")),
        }
    }
}

/// What an officer or a citizen says with a step; each step reads only what it needs.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Why, or a note.
    pub reason: String,
    /// The promised or re-promised day.
    pub due: Option<Millis>,
    /// Parts to be supplied again, each with a comment.
    pub parts: Vec<(String, String)>,
    /// Whole đồng.
    pub amount: i64,
    /// What the payment is for.
    pub title: String,
    /// The post office's tracking code.
    pub tracking: String,
}

/// Takes a step at a moment: checks it, moves the state and writes dates, marks, payment, action, log
/// and the notification to the owner. Gives the id of the new action.
pub fn take(tx: &Transaction, dossier: &Dossier, step: Step, by: &Person, words: &Words, now: Millis) -> Answer<i64> {
    step.possible(dossier).map_err(Failure::Impossible)?;
    if step.needs_reason() && words.reason.trim().is_empty() {
        return Err(Failure::invalid(format!("Cần ghi lý do để “{}”.", step.name())));
    }
    let id = dossier.id();
    let (from, to) = (dossier.state(), step.leads_to(dossier));
    let mut fields: Vec<(&str, Value)> = Vec::new();
    let mut say = |field: &'static str, value: Value| fields.push((field, value));
    let mut sub_text = to.name().to_owned();
    let mut sub_number = 1;
    match step {
        Step::Submit => {
            let missing = dossiers::missing_parts(tx, dossier)?;
            if !missing.is_empty() {
                return Err(Failure::Impossible(format!("Còn thiếu giấy tờ: {}", missing.join("; "))));
            }
            say("submitting", json!(true));
            if dossier.moment("submitDate").is_none() {
                say("submitDate", json!(now));
            }
        }
        Step::Supplemented => {
            (sub_text, sub_number) = match dossier.is_numbered() {
                true => ("Đã bổ sung, chờ kiểm tra".into(), 3),
                false => ("Đã bổ sung, chờ tiếp nhận".into(), 2),
            };
            say("submitting", json!(true));
            say("lockState", json!(""));
            // the time for handling starts anew with the complete dossier
            if dossier.is_numbered() {
                let days = dossier.row.get("durationCount").and_then(Value::as_f64).unwrap_or(0.0) as i64;
                say("dueDate", json!(clock::working_days_after(now, days)));
            }
            tx.execute("UPDATE marks SET fileCheck = 0 WHERE dossierId = ?1 AND fileCheck = 2", [id])?;
        }
        Step::Withdraw => {
            say("cancellingDate", json!(now));
            say("statusBefore", json!(from.code()));
        }
        Step::Correct => {
            say("correctingDate", json!(now));
            say("statusBefore", json!(from.code()));
        }
        Step::Receive => {
            let number = new_number(tx, &dossier.text("govAgencyCode"), now)?;
            let days = dossier.row.get("durationCount").and_then(Value::as_f64).unwrap_or(0.0) as i64;
            let due = words.due.unwrap_or_else(|| clock::working_days_after(now, days));
            if due <= now {
                return Err(Failure::invalid("Ngày hẹn trả phải sau hôm nay."));
            }
            say("dossierNo", json!(number));
            say("dossierIdCTN", json!(format!("{:08X}", Uuid::new_v4().as_fields().0)));
            say("receiveDate", json!(now));
            say("dueDate", json!(due));
            say("submitting", json!(false));
        }
        Step::Refuse => {
            sub_text = "Từ chối tiếp nhận".into();
            sub_number = 2;
            say("dossierNote", json!(escape(&words.reason)));
            say("submitting", json!(false));
            say("finishDate", json!(now));
        }
        Step::AskSupplement => {
            say("supplements", json!(1));
            say("dossierNote", json!(escape(&words.reason)));
            say("lockState", json!("PAUSE"));
            say("submitting", json!(false));
            for (part, comment) in &words.parts {
                tx.execute(
                    "INSERT INTO marks (dossierId, dossierPartNo, fileCheck, fileComment) VALUES (?1, ?2, 2, ?3)
                     ON CONFLICT (dossierId, dossierPartNo) DO UPDATE SET fileCheck = 2, fileComment = ?3",
                    params![id, part, comment],
                )?;
            }
        }
        Step::AskPayment => {
            if words.amount <= 0 {
                return Err(Failure::invalid("Số tiền phải lớn hơn 0."));
            }
            let title = if words.title.trim().is_empty() { "Phí, lệ phí" } else { words.title.trim() };
            tx.execute(
                "INSERT INTO payments (dossierId, createDate, modifiedDate, referenceUid, paymentFee, paymentNote, feeAmount,
                   paymentAmount, paymentStatus) VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?6, 2)
                 ON CONFLICT (dossierId) DO UPDATE SET modifiedDate = ?2, paymentFee = ?4, paymentNote = ?5, feeAmount = ?6,
                   paymentAmount = ?6, paymentStatus = 2, confirmDatetime = NULL, approveDatetime = NULL",
                params![id, now, Uuid::new_v4().to_string(), title, escape(&words.reason), words.amount],
            )?;
        }
        Step::ReportPaid => {
            sub_text = "Đã báo thanh toán, chờ xác nhận".into();
            sub_number = 2;
            report_paid(tx, id, now)?;
        }
        Step::ConfirmPayment => {
            tx.execute(
                "UPDATE payments SET paymentStatus = 5, approveDatetime = ?2, modifiedDate = ?2 WHERE dossierId = ?1",
                params![id, now],
            )?;
        }
        Step::Process => say("lockState", json!("")),
        Step::Pause => {
            say("lockState", json!("PAUSE"));
            say("dossierNote", json!(escape(&words.reason)));
        }
        Step::Finish => say("releaseDate", json!(now)),
        Step::HandOut => say("finishDate", json!(now)),
        Step::Post => {
            say("postalCodeSend", json!(words.tracking));
            say("vnpostalStatus", json!(3));
            say("viaPostal", json!("3"));
        }
        Step::Apologise => {
            let due = words.due.ok_or_else(|| Failure::invalid("Cần chọn ngày hẹn lại."))?;
            if due <= now {
                return Err(Failure::invalid("Ngày hẹn lại phải sau hôm nay."));
            }
            say("extendDate", json!(due));
            say("dossierNote", json!(escape(&words.reason)));
        }
        Step::Leave | Step::Stop => {
            say("dossierNote", json!(escape(&words.reason)));
            say("finishDate", json!(now));
            say("lockState", json!(""));
        }
        Step::AcceptWithdrawal => {
            say("finishDate", json!(now));
            say("lockState", json!(""));
        }
        Step::RefuseWithdrawal => {
            say("cancellingDate", Value::Null);
            say("dossierNote", json!(escape(&words.reason)));
        }
    }

    let note = note_of(step, words);
    let due = words.due.or_else(|| dossier.moment("dueDate"));
    tx.execute(
        "INSERT INTO actions (dossierId, userId, actionUser, actionCode, actionName, actionNote, fromStepCode, fromStepName,
           stepCode, stepName, sequenceNo, previousActionId, createDate, dueDate)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        params![
            id,
            by.user_id,
            by.name,
            step.code(),
            step.name(),
            note,
            from.step_code(),
            from.name(),
            to.step_code(),
            to.name(),
            from.sequence(),
            dossier.row.get("dossierActionId").and_then(Value::as_i64).unwrap_or(0),
            now,
            due
        ],
    )?;
    let action = tx.last_insert_rowid();
    if step != Step::Apologise {
        say("dossierStatus", json!(to.code()));
        say("dossierStatusText", json!(if step == Step::Refuse { "Từ chối tiếp nhận" } else { to.name() }));
        say("dossierSubStatus", json!(format!("{}_{sub_number}", to.code())));
        say("dossierSubStatusText", json!(sub_text));
        say("stepCode", json!(to.step_code()));
        say("stepName", json!(to.name()));
        say("stepInstruction", json!(to.instruction()));
    }
    say("lastActionDate", json!(now));
    say("lastActionCode", json!(step.code()));
    say("lastActionName", json!(step.name()));
    say("lastActionUser", json!(by.name));
    say("lastActionUserId", json!(by.user_id));
    say("lastActionNote", json!(note));
    say("dossierActionId", json!(action));
    dossiers::set(tx, id, &fields)?;
    tx.execute(
        "INSERT INTO logs (dossierId, author, content, createDate, notificationType, stepName, dossierActionId)
         VALUES (?1, ?2, ?3, ?4, 'PROCESS_TYPE', ?5, ?6)",
        params![id, by.name.to_uppercase(), note, now, step.name(), action],
    )?;
    if by.user_id != dossier.owner() {
        tx.execute(
            "INSERT INTO notifications (userId, dossierId, notificationDate, userName, title) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![dossier.owner(), id, now, by.name, step.name()],
        )?;
    }
    Ok(action)
}

/// The citizen says the money was paid; the office still has to confirm. (paymentStatus 3 and 5 are the office's words.)
pub fn report_paid(tx: &Transaction, dossier: i64, now: Millis) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE payments SET confirmDatetime = ?2, modifiedDate = ?2
         WHERE dossierId = ?1 AND paymentStatus IN (1, 2)",
        params![dossier, now],
    )?;
    Ok(())
}

/// Takes back a request to withdraw or correct: the state it had before.
pub fn reset(tx: &Transaction, dossier: &Dossier) -> Answer<()> {
    if !matches!(dossier.state(), State::Cancelling | State::Correcting) {
        return Ok(());
    }
    let before = State::read(&dossier.text("statusBefore"));
    dossiers::set(
        tx,
        dossier.id(),
        &[
            ("dossierStatus", json!(before.code())),
            ("dossierStatusText", json!(before.name())),
            ("dossierSubStatus", json!(format!("{}_1", before.code()))),
            ("dossierSubStatusText", json!(before.name())),
            ("stepCode", json!(before.step_code())),
            ("stepName", json!(before.name())),
            ("stepInstruction", json!(before.instruction())),
            ("cancellingDate", Value::Null),
            ("correctingDate", Value::Null),
        ],
    )?;
    Ok(())
}

/// Log text is HTML for the portal's own pages, so what people wrote is escaped.
fn note_of(step: Step, words: &Words) -> String {
    let mut said = Vec::new();
    let reason = words.reason.trim();
    if !reason.is_empty() {
        said.push(reason.to_owned());
    }
    for (part, comment) in &words.parts {
        said.push(if comment.trim().is_empty() { part.clone() } else { format!("{part}: {}", comment.trim()) });
    }
    match step {
        Step::AskPayment => said.push(format!("{}: {} đồng", words.title.trim(), words.amount)),
        Step::Post => said.push(format!("Mã vận đơn: {}", words.tracking)),
        Step::Apologise => said.extend(words.due.map(|due| format!("Hẹn lại ngày {}", clock::write(due, "%d/%m/%Y")))),
        _ => {}
    }
    escape(&said.join("; "))
}

/// A dossier number: the agency's identifier, the day, the day's counter of that agency
/// (`000.00.08.H92-261123-0007`).
fn new_number(tx: &Transaction, agency: &str, now: Millis) -> Answer<String> {
    let room: String = agency.chars().filter(char::is_ascii_digit).collect();
    let prefix = format!("000.00.{:0>2}.H92", room);
    let day = clock::write(now, "%y%m%d");
    let count = next_count(tx, &format!("{prefix}-{day}"))?;
    Ok(format!("{prefix}-{day}-{count:04}"))
}
