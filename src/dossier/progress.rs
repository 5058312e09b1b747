//! What the portal tells about a dossier on its way.

use serde::{Deserialize, Serialize};

use super::{moment::Moment, status::Status};

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
}

impl Progress {
    /// The date to wait for: the newly promised one where there is one.
    pub fn promised(&self) -> Option<Moment> {
        self.extended.or(self.due)
    }

    /// Late if the promised date has passed and the work is not done (OpenCPS API, dates).
    pub fn late(&self, now: Moment) -> bool {
        self.released.is_none()
            && !self.paused
            && self.status.clock_runs()
            && self.promised().is_some_and(|date| date < now)
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

/// What the office says about one paper that it wants again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub part: String,
    pub comment: String,
}

/// Money that the dossier waits for; whole đồng.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    pub title: String,
    pub amount: i64,
    pub note: Vec<String>,
    /// The office has confirmed the payment.
    pub settled: bool,
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
        }
    }

    #[test]
    fn late_is_counted_only_while_the_office_works() {
        assert!(progress(Status::Processing).late(Moment(2000)));
        assert!(!progress(Status::Processing).late(Moment(1000)));
        assert!(!progress(Status::SupplementAsked).late(Moment(2000)));
        let promised_anew = Progress { extended: Some(Moment(3000)), ..progress(Status::Processing) };
        assert!(!promised_anew.late(Moment(2000)) && promised_anew.late(Moment(4000)));
        assert!(!Progress { due: None, ..progress(Status::Processing) }.late(Moment(2000)));
    }
}
