//! What the portal tells about a dossier on its way.

use serde::{Deserialize, Serialize};

use crate::catalogue::spelling::fold;

use super::{moment::Moment, status::Status, vietqr::Account};

/// A dossier as the portal shows it to its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The portal's id; how further questions name the dossier.
    pub dossier: i64,
    /// The official number; given at reception.
    pub number: Option<String>,
    pub service: String,
    pub agency: String,
    /// The template whose parts name the papers.
    pub template: String,
    pub status: Status,
    /// The owner's name, where the portal gives it.
    pub owner: String,
    /// The owner's card number, where the portal gives it; may be partly hidden by `*`.
    pub owner_id: String,
    pub submitted: Option<Moment>,
    pub received: Option<Moment>,
    pub due: Option<Moment>,
    /// The date the office named anew when it was late.
    pub extended: Option<Moment>,
    pub released: Option<Moment>,
    pub finished: Option<Moment>,
    /// What the portal says to the citizen about this state; lines of plain text.
    pub note: Vec<String>,
    /// The portal's clock stands still.
    pub paused: bool,
    /// The codes of the procedure and of the agency.
    #[serde(default)]
    pub codes: (String, String),
    /// What the portal wrote about state and new date, as it was: another print is news.
    #[serde(default)]
    pub print: String,
    /// The number under which the post follows the result.
    #[serde(default)]
    pub tracking: Option<String>,
    /// The citizen chose the post for the result, to this address; empty where the portal does not tell it.
    #[serde(default)]
    pub post_to: Option<String>,
    /// The step that the dossier stands at, and who has it in hand, in the office's own words; empty where it gives none.
    #[serde(default)]
    pub step: String,
    #[serde(default)]
    pub handler: String,
    /// When the office or the citizen last did something about it.
    #[serde(default)]
    pub acted: Option<Moment>,
}

impl Progress {
    /// How people call it: its number, or the portal's id before it has one.
    pub fn called(&self) -> String {
        self.number.clone().unwrap_or_else(|| self.dossier.to_string())
    }

    /// The date to wait for: the newly promised one where there is one.
    pub fn promised(&self) -> Option<Moment> {
        self.extended.or(self.due)
    }

    /// Whether the promised day is one that an office can have meant: not before the dossier came in.
    pub fn has_odd_date(&self) -> bool {
        self.promised()
            .zip(self.received.or(self.submitted))
            .is_some_and(|(promised, came)| promised.day() < came.day())
    }

    /// Late if the promised day is over and the work is not done (OpenCPS API, dates).
    pub fn late(&self, now: Moment) -> bool {
        self.released.is_none()
            && !self.paused
            && self.status.clock_runs()
            && !self.has_odd_date()
            && self.promised().is_some_and(|date| date.day() < now.day())
    }
}

/// One step in the dossier's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub when: Option<Moment>,
    /// Who did it, as the portal names them.
    pub who: String,
    pub step: String,
    pub note: Vec<String>,
}

impl Event {
    /// Whether the office asks something of the citizen here, papers or money, and waits for it.
    fn asks(&self) -> bool {
        let step = fold(&self.step);
        ["yeu cau bo sung", "yeu cau thanh toan", "yeu cau nop", "nghia vu tai chinh"]
            .iter()
            .any(|asked| step.contains(asked))
    }

    /// Whether the office said sorry for being late and named a new date with it (phiếu xin lỗi và hẹn lại).
    pub fn is_apology(&self) -> bool {
        fold(&self.step).contains("xin loi")
    }
}

/// The times in which the office waited for the citizen, from its log (oldest first); one that is not over lasts until `now`.
/// The term does not run in them.
///
/// ```
/// use mot_cua::dossier::{moment::Moment, progress::{Event, pauses}};
/// let event = |day, step: &str| Event { when: Some(Moment(day)), who: String::new(), step: step.to_owned(), note: vec![] };
/// let log = [event(1, "Tiếp nhận"), event(2, "Yêu cầu bổ sung"), event(5, "Công dân bổ sung"), event(9, "Yêu cầu thanh toán")];
/// assert_eq!(pauses(&log, Moment(12)), [(Moment(2), Moment(5)), (Moment(9), Moment(12))]);
/// ```
pub fn pauses(log: &[Event], now: Moment) -> Vec<(Moment, Moment)> {
    let mut pauses = Vec::new();
    let mut since = None;
    for event in log {
        match (event.asks(), since) {
            (true, None) => since = event.when,
            (false, Some(start)) => {
                pauses.extend(event.when.map(|end| (start, end)));
                since = None;
            }
            _ => {}
        }
    }
    pauses.extend(since.map(|start| (start, now)));
    pauses
}

/// A stage of the office's own process: which unit has the dossier there, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    pub name: String,
    /// The unit or post that the stage belongs to.
    pub role: String,
    /// Who works on it there, where the portal names them.
    pub people: Vec<String>,
    /// The days that the process gives it; 0 where it gives none.
    pub days: u32,
    /// When the dossier came there; `None` while it has not.
    pub since: Option<Moment>,
    /// How it stands, in the portal's words.
    pub status: String,
    /// The dossier is there now.
    pub is_current: bool,
}

/// What the office says about one paper that it wants again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub part: String,
    pub comment: String,
}

/// Money that the dossier waits for; whole đồng.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// How the portal names the demand when a receipt is handed in.
    pub id: String,
    pub title: String,
    pub amount: i64,
    pub note: Vec<String>,
    /// To whom.
    pub payee: String,
    /// The account to transfer to, where the portal gives one.
    pub account: Option<Account>,
    /// What the portal says of the account, where it is nothing that we can read.
    pub account_text: Vec<String>,
    /// The portal's own page for paying, where it has one.
    pub pay_at: Option<String>,
    /// The portal opens a payment at the national gateway.
    pub gateway: bool,
    /// When the citizen reported that it is paid.
    pub paid: Option<Moment>,
    /// The office has confirmed the payment.
    pub settled: bool,
}

/// A file that the office made as the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultFile {
    pub id: String,
    pub name: String,
    /// The ending that the portal names, in small letters.
    pub kind: String,
    /// Where the portal says.
    pub bytes: Option<u64>,
}

/// What is wrong with a file that was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAsSaid {
    Size,
    Kind,
}

impl ResultFile {
    /// Whether these bytes are what the portal says they are: as many, and of that kind by how they begin.
    ///
    /// # Errors
    /// What is not as said.
    pub fn check(&self, bytes: &[u8]) -> Result<(), NotAsSaid> {
        if self.bytes.is_some_and(|said| said != bytes.len() as u64) {
            return Err(NotAsSaid::Size);
        }
        let begins: &[&[u8]] = match self.kind.as_str() {
            "pdf" => &[b"%PDF-"],
            "jpg" | "jpeg" => &[&[0xff, 0xd8, 0xff]],
            "png" => &[b"\x89PNG\r\n\x1a\n"],
            "docx" | "xlsx" | "zip" => &[b"PK\x03\x04"],
            "doc" | "xls" => &[&[0xd0, 0xcf, 0x11, 0xe0]],
            // Nothing that a citizen should open.
            _ => return Err(NotAsSaid::Kind),
        };
        if begins.iter().any(|head| bytes.starts_with(head)) { Ok(()) } else { Err(NotAsSaid::Kind) }
    }

    /// The type to open it as.
    pub fn mime(&self) -> &'static str {
        match self.kind.as_str() {
            "pdf" => "application/pdf",
            "jpg" | "jpeg" => "image/jpeg",
            "png" => "image/png",
            _ => "application/octet-stream",
        }
    }
}

/// Whether what a person typed as their card number is the owner's, as far as the portal shows it: digits must be
/// equal, `*` hides a digit, and at least four must be visible.
///
/// ```
/// use mot_cua::dossier::progress::is_owner;
/// assert!(is_owner("********1234", "092 085 001 234"));
/// assert!(!is_owner("********1234", "092085009999") && !is_owner("************", "092085001234"));
/// ```
pub fn is_owner(shown: &str, typed: &str) -> bool {
    let typed = super::person::digits(typed);
    let shown = shown.trim();
    shown.chars().count() == typed.len()
        && shown.chars().filter(char::is_ascii_digit).count() >= 4
        && shown.chars().zip(typed.chars()).all(|(held, given)| held == '*' || held == given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(status: Status) -> Progress {
        Progress {
            dossier: 1,
            number: None,
            service: String::new(),
            agency: String::new(),
            template: String::new(),
            status,
            owner: String::new(),
            owner_id: String::new(),
            submitted: None,
            received: None,
            due: Some(Moment(1000)),
            extended: None,
            released: None,
            finished: None,
            note: vec![],
            paused: false,
            codes: Default::default(),
            print: String::new(),
            tracking: None,
            post_to: None,
            step: String::new(),
            handler: String::new(),
            acted: None,
        }
    }

    #[test]
    fn a_result_has_to_be_what_it_claims() {
        let file = ResultFile { id: "1".into(), name: "Kết quả".into(), kind: "pdf".into(), bytes: Some(9) };
        assert_eq!(file.check(b"%PDF-1.7\n"), Ok(()));
        assert_eq!(file.check(b"%PDF-1.7"), Err(NotAsSaid::Size));
        assert_eq!(file.check(b"MZ\x90\0\x03\0\0\0\x04"), Err(NotAsSaid::Kind));
        assert_eq!(ResultFile { bytes: None, ..file.clone() }.check(b"%PDF-1.7"), Ok(()));
        assert_eq!(ResultFile { kind: "exe".into(), ..file }.check(b"%PDF-1.7\n"), Err(NotAsSaid::Kind));
    }

    #[test]
    fn late_is_counted_only_while_the_office_works() {
        const DAY: i64 = 86_400_000;
        let (due, next) = (Moment(1000), Moment(1000 + DAY));
        assert!(progress(Status::Processing).late(next));
        // The whole of the promised day is the office's.
        assert!(!progress(Status::Processing).late(Moment(due.0 + 3_600_000)));
        assert!(!progress(Status::SupplementAsked).late(next));
        let promised_anew = Progress { extended: Some(Moment(3 * DAY)), ..progress(Status::Processing) };
        assert!(!promised_anew.late(next) && promised_anew.late(Moment(5 * DAY)));
        assert!(!Progress { due: None, ..progress(Status::Processing) }.late(next));
        // A day before the reception is no promise.
        let odd = Progress { received: Some(Moment(9 * DAY)), ..progress(Status::Processing) };
        assert!(odd.has_odd_date() && !odd.late(Moment(20 * DAY)));
    }
}
