//! Following a dossier (OpenCPS API, tracking).

use serde_json::Value;

use super::{OpenCps, catalogue::path_part, lenient::*, status::status};
use crate::{
    dossier::progress::{Duty, Event, Progress, Remark},
    portal::{Result, Trouble, http::Transport},
};

impl<T: Transport> OpenCps<T> {
    /// The dossier of this number, opened by its secret code: one request. The number may be the official one or,
    /// before reception, the portal's own id.
    ///
    /// # Errors
    /// `WrongSecret` if number and code do not belong together; the portal does not tell which of them is wrong.
    pub async fn dossier_by_secret(&self, number: &str, secret: &str) -> Result<Progress> {
        match self.get_with_secret(&format!("/dossiers/{}", path_part(number.trim())), Some(secret.trim())).await {
            Ok(row) => progress(&row).ok_or(Trouble::Nonsense),
            Err(Trouble::SignInNeeded | Trouble::Refused(_)) => Err(Trouble::WrongSecret),
            Err(trouble) => Err(trouble),
        }
    }

    /// The dossiers with exactly this number. Only the number travels in the address; the second fact is compared on
    /// the device.
    pub async fn dossiers_by_number(&self, number: &str) -> Result<Vec<Progress>> {
        let number = number.trim();
        let query = [("start", "0".to_owned()), ("end", "10".to_owned()), ("dossierNo", number.to_owned())];
        let answer = self.get("/dossiers", &query).await?;
        // The portal matches beginnings; ours is a whole number.
        let mine = |row: &&Value| text(row, "dossierNo").eq_ignore_ascii_case(number);
        Ok(list(&answer, "data").into_iter().filter(mine).filter_map(progress).collect())
    }

    /// The dossier of the signed-in citizen, by the portal's id.
    pub async fn dossier(&self, dossier: i64) -> Result<Progress> {
        progress(&self.get(&format!("/dossiers/{dossier}"), &[]).await?).ok_or(Trouble::Nonsense)
    }

    /// The sent dossiers of the signed-in citizen, newest first.
    pub async fn my_dossiers(&self) -> Result<Vec<Progress>> {
        let query = [
            ("start", "0".to_owned()),
            ("end", "50".to_owned()),
            ("owner", "true".to_owned()),
            ("sort", "createDate".to_owned()),
            ("order", "true".to_owned()),
        ];
        let answer = self.get("/dossiers", &query).await?;
        let sent = |row: &&Value| !text(row, "dossierStatus").is_empty();
        Ok(list(&answer, "data").into_iter().filter(sent).filter_map(progress).collect())
    }

    /// What the office has written down about the dossier, oldest first.
    pub async fn log(&self, dossier: i64, secret: Option<&str>) -> Result<Vec<Event>> {
        let answer = self.get_with_secret(&format!("/dossierlogs/{dossier}/logs"), secret).await?;
        let mut events: Vec<Event> = list(&answer, "data")
            .into_iter()
            .filter(|row| text(row, "notificationType") == "PROCESS_TYPE")
            .map(|row| Event {
                when: moment(row, "createDate"),
                who: text(row, "author"),
                step: text(&inner(row, "payload"), "stepName"),
                note: lines(row, "content"),
            })
            .collect();
        events.sort_by_key(|event| event.when);
        Ok(events)
    }

    /// The papers that the office wants again, with its reasons.
    pub async fn remarks(&self, dossier: i64, secret: Option<&str>) -> Result<Vec<Remark>> {
        let answer = self.get_with_secret(&format!("/dossiers/{dossier}/marks"), secret).await?;
        // fileCheck 2: rejected (OpenCPS API, marks).
        let rejected = |row: &&Value| int(row, "fileCheck") == Some(2);
        let remark =
            |row: &Value| Remark { part: text(row, "dossierPartNo"), comment: lines(row, "fileComment").join(" ") };
        Ok(list(&answer, "data").into_iter().filter(rejected).map(remark).collect())
    }

    /// The money that the dossier waits for; `None` where the portal asks for none.
    pub async fn duty(&self, dossier: i64, secret: Option<&str>) -> Result<Option<Duty>> {
        let row = match self.get_with_secret(&format!("/dossiers/{dossier}/payment"), secret).await {
            Ok(row) => row,
            Err(Trouble::Refused(_)) => return Ok(None),
            Err(trouble) => return Err(trouble),
        };
        let Some(amount) = int(&row, "paymentAmount").filter(|amount| *amount > 0) else {
            return Ok(None);
        };
        Ok(Some(Duty {
            title: text(&row, "paymentFee"),
            amount,
            note: lines(&row, "paymentNote"),
            settled: matches!(int(&row, "paymentStatus"), Some(3 | 5)),
        }))
    }
}

fn progress(row: &Value) -> Option<Progress> {
    let status_text = some_text(row, "dossierSubStatusText").unwrap_or_else(|| text(row, "dossierStatusText"));
    let mut note = lines(row, "stepInstruction");
    note.extend(lines(row, "dossierNote").into_iter().filter(|line| !line.starts_with('{')));
    note.dedup();
    Some(Progress {
        dossier: int(row, "dossierId")?,
        number: some_text(row, "dossierNo"),
        service: text(row, "serviceName"),
        agency: text(row, "govAgencyName"),
        template: text(row, "dossierTemplateNo"),
        status: status(&text(row, "dossierStatus"), &status_text),
        owner: text(row, "applicantName"),
        owner_id: text(row, "applicantIdNo"),
        submitted: moment(row, "submitDate"),
        received: moment(row, "receiveDate"),
        due: moment(row, "dueDate"),
        extended: moment(row, "extendDate"),
        released: moment(row, "releaseDate"),
        finished: moment(row, "finishDate"),
        note,
        paused: text(row, "lockState").starts_with("PAUSE"),
    })
}
