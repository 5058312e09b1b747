//! The ways in which a portal says no, each of which a screen can answer with one sentence that tells what to do.

/// What went wrong between us and the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No answer: no network, or the connection broke.
    Offline,
    /// No answer in time.
    TooSlow,
    /// The portal wants the person to sign in (HTTP 203 in OpenCPS).
    SignInNeeded,
    /// Signed in, but not allowed (401).
    NotAllowed,
    /// Refused, not found or not valid (403, 404, 409), with the portal's own reason where it gives one.
    Refused(String),
    /// This step is not possible now (405).
    NotNow,
    /// The file or form is larger than the portal takes (413).
    TooLarge,
    /// Wait and try again (429, 503), after so many seconds where the portal says so.
    Busy(Option<u32>),
    /// The portal has a fault of its own (5xx).
    Broken(u16),
    /// The answer is not what the API promises: HTML, broken JSON, nothing.
    Nonsense,
    /// The letters of the picture were wrong.
    WrongCaptcha,
    /// The second fact does not open this dossier.
    WrongSecret,
}

/// An answer of the portal, or why there is none.
pub type Result<T> = std::result::Result<T, Trouble>;

impl Trouble {
    /// Whether the same may well be answered otherwise in a while. All else is a no that stays a no.
    pub fn may_pass(&self) -> bool {
        matches!(self, Trouble::Offline | Trouble::TooSlow | Trouble::Busy(_) | Trouble::Broken(_) | Trouble::Nonsense)
    }

    /// The message that says what happened and what to do.
    pub fn key(&self) -> &'static str {
        match self {
            Trouble::Offline => "trouble.offline",
            Trouble::TooSlow => "trouble.too-slow",
            Trouble::SignInNeeded => "trouble.sign-in",
            Trouble::NotAllowed => "trouble.not-allowed",
            Trouble::Refused(_) => "trouble.refused",
            Trouble::NotNow => "trouble.not-now",
            Trouble::TooLarge => "trouble.too-large",
            Trouble::Busy(_) => "trouble.busy",
            Trouble::Broken(_) => "trouble.broken",
            Trouble::Nonsense => "trouble.nonsense",
            Trouble::WrongCaptcha => "trouble.captcha",
            Trouble::WrongSecret => "trouble.secret",
        }
    }
}
