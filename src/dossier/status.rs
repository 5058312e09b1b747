//! Where a dossier stands: the ten national codes, and what the portal says when it says something else.

use serde::{Deserialize, Serialize};

/// The state of a dossier that was sent. The numbers are the national ones (trạng thái hồ sơ 1–10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// 1 Mới đăng ký
    Registered,
    /// 2 Được tiếp nhận
    Received,
    /// 3 Không được tiếp nhận
    Refused,
    /// 4 Đang xử lý
    Processing,
    /// 5 Yêu cầu bổ sung giấy tờ
    SupplementAsked,
    /// 6 Yêu cầu thực hiện nghĩa vụ tài chính
    DutyAsked,
    /// 7 Công dân yêu cầu rút hồ sơ
    Withdrawn,
    /// 8 Dừng xử lý
    Stopped,
    /// 9 Đã xử lý xong
    Processed,
    /// 10 Đã trả kết quả
    Returned,
    /// Any other state, in the portal's own words: shown, never guessed.
    Unknown(String),
}

impl Status {
    /// The word for it in message keys.
    pub fn key(&self) -> &'static str {
        match self {
            Status::Registered => "status.1",
            Status::Received => "status.2",
            Status::Refused => "status.3",
            Status::Processing => "status.4",
            Status::SupplementAsked => "status.5",
            Status::DutyAsked => "status.6",
            Status::Withdrawn => "status.7",
            Status::Stopped => "status.8",
            Status::Processed => "status.9",
            Status::Returned => "status.10",
            Status::Unknown(_) => "status.unknown",
        }
    }

    /// Whether the next move is the citizen's.
    pub fn waits_for_citizen(&self) -> bool {
        matches!(self, Status::SupplementAsked | Status::DutyAsked | Status::Processed)
    }

    /// Whether the office still works towards its due date. The clock stands still while it waits for the citizen.
    pub fn clock_runs(&self) -> bool {
        matches!(self, Status::Received | Status::Processing)
    }
}
