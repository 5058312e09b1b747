//! Dossiers as they are kept: finding one, who may see it, and how it is answered.

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::people::Caller;
use super::rows::{self, Object};
use crate::api::errors::{Answer, Failure};
use crate::clock::{self, DAY, Millis};
use crate::workflow::State;

/// Wrong secrets are forgotten after this.
const SECRET_WINDOW: Millis = 10 * 60 * 1000;
const WRONG_PER_DOSSIER: usize = 5;
const WRONG_PER_CLIENT: usize = 10;

const MOMENTS: [&str; 11] = [
    "createDate",
    "modifiedDate",
    "submitDate",
    "receiveDate",
    "dueDate",
    "releaseDate",
    "finishDate",
    "extendDate",
    "cancellingDate",
    "correctingDate",
    "lastActionDate",
];

/// A dossier row; fields by their API names.
#[derive(Clone, Debug)]
pub struct Dossier {
    pub row: Object,
}

impl Dossier {
    pub fn id(&self) -> i64 {
        rows::number(&self.row, "dossierId")
    }

    pub fn owner(&self) -> i64 {
        rows::number(&self.row, "userId")
    }

    pub fn text(&self, field: &str) -> String {
        rows::text(&self.row, field)
    }

    pub fn moment(&self, field: &str) -> Option<Millis> {
        rows::moment(&self.row, field)
    }

    pub fn state(&self) -> State {
        State::read(&self.text("dossierStatus"))
    }

    /// Whether it has been received: only then it has a number.
    pub fn is_numbered(&self) -> bool {
        !self.text("dossierNo").is_empty()
    }

    pub fn by_id(tx: &Transaction, id: i64) -> Answer<Dossier> {
        rows::one(tx, "SELECT * FROM dossiers WHERE dossierId = ?1 AND originality >= 0", [id])?
            .map(|row| Dossier { row })
            .ok_or_else(|| Failure::no_such("SuchDossier"))
    }

    /// Resolves `{id}` of a path (OpenCPS API, identifying a dossier): a positive number is the
    /// dossierId, else the dossier number, else the reference id; the caller's own comes first.
    pub fn find(tx: &Transaction, id: &str, caller: &Caller) -> Answer<Dossier> {
        if let Ok(number) = id.parse::<i64>()
            && number > 0
        {
            return Self::by_id(tx, number);
        }
        let found: Option<i64> = tx
            .query_row(
                "SELECT dossierId FROM dossiers WHERE originality >= 0
                   AND ((dossierNo = ?1 AND ?1 <> '') OR referenceUid = ?1)
                 ORDER BY userId = ?2 DESC LIMIT 1",
                params![id, caller.person().map_or(0, |p| p.user_id)],
                |r| r.get(0),
            )
            .optional()?;
        Self::by_id(tx, found.ok_or_else(|| Failure::no_such("SuchDossier"))?)
    }

    /// The dossier, if the caller is its owner or an officer. A stranger's answer does not tell
    /// whether it exists.
    pub fn readable(tx: &Transaction, id: &str, caller: &Caller) -> Answer<Dossier> {
        let person = caller.signed_in()?;
        let dossier = Self::find(tx, id, caller)?;
        if caller.is_officer() || dossier.owner() == person.user_id {
            Ok(dossier)
        } else {
            Err(Failure::no_such("SuchDossier"))
        }
    }

    /// The dossier, if the caller filed it.
    pub fn own(tx: &Transaction, id: &str, caller: &Caller) -> Answer<Dossier> {
        let person = caller.signed_in()?;
        let dossier = Self::find(tx, id, caller)?;
        if dossier.owner() == person.user_id { Ok(dossier) } else { Err(Failure::no_such("SuchDossier")) }
    }

    /// Compares without telling by its duration how much was right. Case does not matter.
    pub fn is_secret(&self, given: &str) -> bool {
        let (right, given) = (self.text("secret").to_lowercase(), given.trim().to_lowercase());
        right.as_bytes().ct_eq(given.as_bytes()).into()
    }

    /// Whether it is late now (OpenCPS API, dates): past the re-promised or promised day, not released.
    pub fn lateness(&self, now: Millis) -> (bool, String) {
        let state = self.state();
        let due = self.moment("extendDate").or_else(|| self.moment("dueDate"));
        let Some(due) = due else {
            return (false, String::new());
        };
        if let Some(released) = self.moment("releaseDate").or_else(|| self.moment("finishDate")) {
            let text = match released {
                r if r > due => "Quá hạn",
                r if r < due - DAY => "Sớm hạn",
                _ => "Đúng hạn",
            };
            return (released > due, text.to_owned());
        }
        if matches!(state, State::Pausing | State::Waiting) {
            return (false, "Tạm dừng xử lý".to_owned());
        }
        if state.is_final() {
            return (false, String::new());
        }
        let (word, span) = if now > due { ("Quá", now - due) } else { ("Còn", due - now) };
        let text = if span < DAY {
            format!("{word} {} giờ", (span + 3_599_999) / 3_600_000)
        } else {
            // in quarters of a day, rounded up
            let quarters = (span * 4 + DAY - 1) / DAY;
            format!("{word} {} ngày", quarters as f64 / 4.0)
        };
        (now > due, text)
    }

    /// The detail object (OpenCPS API, dossier detail).
    pub fn detail(&self) -> Object {
        let mut out = self.row.clone();
        for kept_here in ["secret", "supplements", "statusBefore"] {
            out.remove(kept_here);
        }
        rows::as_booleans(&mut out, &["submitting", "online"]);
        rows::as_dates(&mut out, &MOMENTS, clock::day_and_time);
        let (late, text) = self.lateness(clock::now());
        out.insert("dossierOverdue".into(), json!(text));
        out.insert("stepOverdue".into(), json!(late.to_string()));
        out.insert("counter".into(), json!(0));
        out.insert("dossierCounter".into(), json!(""));
        out
    }

    /// A row of a list: the detail and what lists add. The secret is never told.
    pub fn list_row(&self) -> Object {
        let mut out = self.detail();
        let (late, text) = self.lateness(clock::now());
        out.insert("hasPassword".into(), json!(""));
        out.insert("timeOverdueText".into(), json!(text));
        out.insert("dossierFinishOverdue".into(), json!(late.to_string()));
        out.insert("lock".into(), json!(self.text("lockState")));
        out.insert("assigned".into(), json!(0));
        out.insert("currentActionUser".into(), json!(self.text("lastActionUser")));
        let due = self.moment("extendDate").or_else(|| self.moment("dueDate"));
        out.insert("dueDateComing".into(), due.map_or(json!(""), |at| json!(at)));
        out
    }

    /// A row for a guest who knows the number only: whose it is stays hidden, but for the last four
    /// digits of the identity number, by which an owner recognises it.
    pub fn guest_row(&self) -> Object {
        let mut out = self.list_row();
        const PERSONAL: [&str; 14] = [
            "applicantName",
            "applicantIdDate",
            "address",
            "dossierName",
            "briefNote",
            "applicantNote",
            "dossierNote",
            "lastActionNote",
            "submissionNote",
            "metaData",
            "formMeta",
            "currentActionUser",
            "lastActionUser",
            "vnpostalProfile",
        ];
        for (field, value) in out.iter_mut() {
            let personal = PERSONAL.contains(&field.as_str())
                || ["contact", "delegate", "postal", "city", "district", "ward", "document"]
                    .iter()
                    .any(|start| field.starts_with(start));
            if personal {
                *value = json!("");
            }
        }
        out.insert("applicantIdNo".into(), json!(masked(&self.text("applicantIdNo"))));
        out.insert("userId".into(), json!(0));
        out.insert("referenceUid".into(), json!(""));
        out
    }
}

/// `092085001234` → `********1234`; short numbers are hidden whole.
fn masked(number: &str) -> String {
    let signs: Vec<char> = number.chars().collect();
    let shown = if signs.len() >= 8 { 4 } else { 0 };
    let hidden = signs.len() - shown;
    signs.iter().enumerate().map(|(i, c)| if i < hidden { '*' } else { *c }).collect()
}

/// Reads a dossier with its secret. `client` names the session or address that asks; too many wrong
/// answers make it wait. An unknown dossier answers as a wrong secret does.
///
/// The outer error is ours; the inner one belongs to the caller and must be committed with the count.
pub fn with_secret(tx: &Transaction, id: &str, secret: &str, client: &str) -> Answer<Answer<Dossier>> {
    let now = clock::now();
    tx.execute("DELETE FROM wrong_secrets WHERE at < ?1", [now - SECRET_WINDOW])?;
    let dossier = Dossier::find(tx, id, &Caller::Guest).ok().filter(|d| d.state() != State::Draft);
    let dossier_id = dossier.as_ref().map(Dossier::id);
    let since = |sql: &str, key: &dyn rusqlite::ToSql| -> rusqlite::Result<Vec<Millis>> {
        tx.prepare_cached(sql)?.query_map([key], |r| r.get(0))?.collect()
    };
    let for_dossier = match dossier_id {
        Some(id) => since("SELECT at FROM wrong_secrets WHERE dossierId = ?1 ORDER BY at", &id)?,
        None => vec![],
    };
    let for_client = since("SELECT at FROM wrong_secrets WHERE client = ?1 ORDER BY at", &client)?;
    for (wrong, limit) in [(for_dossier, WRONG_PER_DOSSIER), (for_client, WRONG_PER_CLIENT)] {
        if wrong.len() >= limit {
            let free_again = wrong[wrong.len() - limit] + SECRET_WINDOW;
            return Ok(Err(Failure::TooMany(((free_again - now).max(1000) / 1000) as u64)));
        }
    }
    match dossier {
        Some(dossier) if dossier.is_secret(secret) => Ok(Ok(dossier)),
        _ => {
            tx.execute(
                "INSERT INTO wrong_secrets (dossierId, client, at) VALUES (?1, ?2, ?3)",
                params![dossier_id, client, now],
            )?;
            Ok(Err(Failure::NotAccepted("secretKey not sucess")))
        }
    }
}

/// Sets fields of a dossier and its modification time. `fields` must be column names.
pub fn set(tx: &Transaction, id: i64, fields: &[(&str, Value)]) -> rusqlite::Result<()> {
    for (field, value) in fields {
        let sql = format!("UPDATE dossiers SET \"{field}\" = ?2 WHERE dossierId = ?1");
        let mut stmt = tx.prepare_cached(&sql)?;
        match value {
            Value::Null => stmt.execute(params![id, rusqlite::types::Null])?,
            Value::Bool(b) => stmt.execute(params![id, b])?,
            Value::Number(n) if n.is_i64() => stmt.execute(params![id, n.as_i64()])?,
            Value::Number(n) => stmt.execute(params![id, n.as_f64()])?,
            Value::String(s) => stmt.execute(params![id, s])?,
            other => stmt.execute(params![id, other.to_string()])?,
        };
    }
    tx.prepare_cached("UPDATE dossiers SET modifiedDate = ?2 WHERE dossierId = ?1")?
        .execute(params![id, clock::now()])?;
    Ok(())
}

/// Names of the parts that are marked required and have no file yet.
pub fn missing_parts(tx: &Transaction, dossier: &Dossier) -> rusqlite::Result<Vec<String>> {
    rows::texts(
        tx,
        "SELECT p.partName FROM parts p JOIN templates t USING (dossierTemplateId)
         WHERE t.templateNo = ?1 AND p.partType = 1 AND p.required = 'true' AND NOT EXISTS
           (SELECT 1 FROM files f WHERE f.dossierId = ?2 AND f.dossierPartNo = p.partNo AND f.removed = 0)",
        params![dossier.text("dossierTemplateNo"), dossier.id()],
    )
}

/// The parts of a dossier's template.
pub fn parts(tx: &Transaction, template: &str) -> rusqlite::Result<Vec<Object>> {
    rows::objects(
        tx,
        "SELECT p.* FROM parts p JOIN templates t USING (dossierTemplateId) WHERE t.templateNo = ?1 ORDER BY dossierPartId",
        [template],
    )
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn only_the_last_four_digits_show() {
        assert_eq!(masked("092185678901"), "********8901");
        assert_eq!(masked("1234"), "****");
        assert_eq!(masked(""), "");
    }
}
