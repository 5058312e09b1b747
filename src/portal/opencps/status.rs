//! The portal's states as national codes.

use crate::dossier::status::Status;

/// The national code for an OpenCPS state (OpenCPS API, DVCQG status mapping). States that the mapping leaves open are
/// taken only where their meaning is a national one: at another agency is still being processed, asked to be withdrawn
/// is asked to be withdrawn, on its way by post is processed. All others show the portal's own text.
pub fn status(code: &str, text: &str) -> Status {
    match code {
        "new" => Status::Registered,
        "receiving" => Status::Received,
        "unresolved" => Status::Refused,
        "processing" | "interoperating" => Status::Processing,
        "waiting" => Status::SupplementAsked,
        "paying" => Status::DutyAsked,
        "cancelling" | "cancelled" => Status::Withdrawn,
        "denied" => Status::Stopped,
        "releasing" | "posting" => Status::Processed,
        "done" => Status::Returned,
        other => Status::Unknown(if text.is_empty() { other.to_owned() } else { text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_state_keeps_the_portals_words() {
        assert_eq!(status("pausing", "Tạm dừng"), Status::Unknown("Tạm dừng".into()));
        assert_eq!(status("zzz", ""), Status::Unknown("zzz".into()));
    }
}
