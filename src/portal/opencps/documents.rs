//! The citizen's own store of papers at the portal (OpenCPS API, citizen e-document store).

use super::{OpenCps, lenient::*};
use crate::{
    catalogue::requirement::OnFile,
    portal::{Result, http::Transport},
};

/// How many of them are looked at; the newest come first.
const MOST: &str = "100";
/// The state of a document that counts.
const IN_FORCE: &str = "1";

impl<T: Transport> OpenCps<T> {
    /// The papers that the portal keeps for the person who is signed in.
    ///
    /// The API does not look who owns a document (its description says so), and to ask for one person's would write their
    /// number into an address. So what comes is used only if all of it is one person's.
    ///
    /// # Errors
    /// `SignInNeeded` for guests.
    pub async fn documents(&self) -> Result<Vec<OnFile>> {
        let query = [("start", "0".to_owned()), ("end", MOST.to_owned()), ("status", IN_FORCE.to_owned())];
        let answer = self.get("/applicantdatas", &query).await?;
        let rows = list(&answer, "data");
        let owner = rows.first().map(|row| text(row, "applicantIdNo"));
        if rows.iter().any(|row| Some(text(row, "applicantIdNo")) != owner) {
            return Ok(Vec::new());
        }
        let document = |row| Some(OnFile { template: some_text(row, "fileTemplateNo")?, name: text(row, "fileName") });
        Ok(rows.into_iter().filter_map(document).collect())
    }
}
