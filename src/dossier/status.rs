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
    /// Within 2 or 4: the citizen has answered, and the office has not looked at it yet.
    Supplemented,
    /// 6 Yêu cầu thực hiện nghĩa vụ tài chính
    DutyAsked,
    /// 7 Công dân yêu cầu rút hồ sơ, which the office has not agreed to yet.
    WithdrawalAsked,
    /// 7, and the office has agreed.
    Withdrawn,
    /// 8 Dừng xử lý
    Stopped,
    /// 9 Đã xử lý xong
    Processed,
    /// Within 9: on its way by post.
    Posted,
    /// 10 Đã trả kết quả
    Returned,
    /// Any other state, in the portal's own words: shown, never guessed.
    Unknown(String),
}

/// Whose move is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Citizen,
    Office,
    /// Nothing more is to come.
    Nobody,
    /// A state that says nothing of it.
    Unsaid,
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
            Status::Supplemented => "status.5a",
            Status::DutyAsked => "status.6",
            Status::WithdrawalAsked => "status.7a",
            Status::Withdrawn => "status.7",
            Status::Stopped => "status.8",
            Status::Processed => "status.9",
            Status::Posted => "status.9a",
            Status::Returned => "status.10",
            Status::Unknown(_) => "status.unknown",
        }
    }

    /// Whose move is next.
    pub fn turn(&self) -> Turn {
        match self {
            Status::SupplementAsked | Status::DutyAsked | Status::Processed => Turn::Citizen,
            Status::Unknown(_) => Turn::Unsaid,
            over if over.is_final() => Turn::Nobody,
            _ => Turn::Office,
        }
    }

    /// Whether the next move is the citizen's.
    pub fn waits_for_citizen(&self) -> bool {
        self.turn() == Turn::Citizen
    }

    /// Whether the office still works towards its due date. The clock stands still while it waits for the citizen.
    pub fn clock_runs(&self) -> bool {
        matches!(self, Status::Received | Status::Processing | Status::Supplemented | Status::WithdrawalAsked)
    }

    /// Whether nothing more is to come.
    pub fn is_final(&self) -> bool {
        matches!(self, Status::Refused | Status::Withdrawn | Status::Stopped | Status::Returned)
    }

    /// Whether money may have been paid and confirmed before.
    pub fn may_have_paid(&self) -> bool {
        matches!(self, Status::Processing | Status::Processed | Status::Posted | Status::Returned)
    }

    /// Whether the citizen may ask for it back (OpenCPS API, withdrawal); the portal has the last word.
    pub fn can_be_withdrawn(&self) -> bool {
        use Status::{DutyAsked, Processing, Received, Registered, SupplementAsked, Supplemented};
        matches!(self, Registered | Received | Processing | SupplementAsked | Supplemented | DutyAsked)
    }
}
