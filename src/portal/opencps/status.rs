//! The portal's states as national codes.

use crate::{catalogue::spelling::fold, dossier::status::Status};

/// The national code for an OpenCPS state (OpenCPS API, DVCQG status mapping). States that the mapping leaves open are
/// taken only where their meaning is a national one: at another agency is still being processed, asked to be withdrawn
/// is asked to be withdrawn, on its way by post is processed. All others show the portal's own text.
///
/// That the citizen has answered what was asked has no code of its own; the text of the state within says so.
pub fn status(code: &str, text: &str) -> Status {
    let answered = fold(text).starts_with("da bo sung");
    match code {
        "receiving" | "processing" if answered => Status::Supplemented,
        "new" => Status::Registered,
        "receiving" => Status::Received,
        "unresolved" => Status::Refused,
        "processing" | "interoperating" => Status::Processing,
        "waiting" => Status::SupplementAsked,
        "paying" => Status::DutyAsked,
        "cancelling" => Status::WithdrawalAsked,
        "cancelled" => Status::Withdrawn,
        "denied" => Status::Stopped,
        "releasing" => Status::Processed,
        "posting" => Status::Posted,
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
