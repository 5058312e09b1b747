//! Signing in to the portal with the portal's own account, and registering one (OpenCPS API, accounts).
//!
//! The password goes to the portal and is kept nowhere. The session is the portal's cookie.

use base64::{Engine, prelude::BASE64_STANDARD};

use super::{OpenCps, good, json, lenient::*};
use crate::{
    dossier::person::{Person, phone},
    portal::{
        Result, Trouble,
        http::{Body, Method, Transport},
    },
};

/// What the portal says to an e-mail address and a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    Done,
    /// Wrong e-mail address or password.
    Wrong,
    /// The account waits to be activated or verified.
    NotActive,
    /// The letters of a picture are wanted as well.
    CaptchaWanted,
    /// Too many failures: locked for ten minutes.
    LockedOut,
    /// The portal wants a new password first, on its own page.
    PasswordExpired,
}

impl<T: Transport> OpenCps<T> {
    /// Signs in; `captcha` holds the letters of the picture once the portal wants them.
    pub async fn sign_in(&self, email: &str, password: &str, captcha: Option<&str>) -> Result<SignIn> {
        let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("{}:{password}", email.trim())));
        let fields = captcha.map(|letters| ("j_captcha_response", letters.trim().to_owned())).into_iter().collect();
        let url = self.url("/o/v1/opencps/login", &[]);
        let answer = self.carry(Method::Post, url, Some(("Authorization", basic)), Body::Form(fields)).await?;
        if answer.status == 203 {
            return Err(Trouble::WrongCaptcha);
        }
        let said = String::from_utf8(good(answer)?).map_err(|_| Trouble::Nonsense)?;
        Ok(match said.trim().trim_matches('"') {
            "ok" => SignIn::Done,
            "" => SignIn::Wrong,
            "pending" | "verify" => SignIn::NotActive,
            "captcha" => SignIn::CaptchaWanted,
            "lockout" => SignIn::LockedOut,
            "changeSecrect" => SignIn::PasswordExpired,
            path if path.starts_with('/') || path.starts_with("http") => SignIn::Done,
            _ => return Err(Trouble::Nonsense),
        })
    }

    /// A token that lets another device act for this person for a quarter of an hour (OpenCPS API, JWT).
    ///
    /// # Errors
    /// `NotAllowed` for a wrong address or password.
    pub async fn token(&self, email: &str, password: &str) -> Result<String> {
        let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("{}:{password}", email.trim())));
        let more = Some(("Authorization", basic));
        let answer = json(self.carry(Method::Post, self.url("/login", &[]), more, Body::Nothing).await?)?;
        some_text(&answer, "token").ok_or(Trouble::Nonsense)
    }

    /// From now on acts with this token, or with none.
    pub fn act_with(&self, token: Option<String>) {
        self.bearer.replace(token);
    }

    /// Ends the session.
    pub async fn sign_out(&self) -> Result<()> {
        let url = self.url("/o/v1/opencps/logout", &[]);
        good(self.carry(Method::Post, url, None, Body::Nothing).await?).map(|_| ())
    }

    /// The e-mail address of who is signed in, or `None` for a guest.
    pub async fn who(&self) -> Result<Option<String>> {
        let answer = self.get("/users/login", &[]).await?;
        let roles: Vec<_> = answer.as_array().into_iter().flatten().collect();
        let citizen = roles.iter().find(|role| !text(role, "role").eq_ignore_ascii_case("guest"));
        Ok(citizen.map(|role| text(role, "email")))
    }

    /// Registers an account for a person who already wrote down who they are.
    ///
    /// # Errors
    /// `WrongCaptcha`; `Refused` if an account for this person or address exists.
    pub async fn register(&self, person: &Person, email: &str, password: &str, captcha: &str) -> Result<()> {
        let fields = vec![
            ("applicantName", person.name.trim().to_owned()),
            ("applicantIdType", "citizen".to_owned()),
            ("applicantIdNo", person.id_digits()),
            ("address", person.street.trim().to_owned()),
            ("cityCode", person.province.code.clone()),
            ("cityName", person.province.name.clone()),
            ("wardCode", person.ward.code.clone()),
            ("wardName", person.ward.name.clone()),
            ("contactName", person.name.trim().to_owned()),
            ("contactTelNo", phone(&person.phone).unwrap_or_default()),
            ("contactEmail", email.trim().to_owned()),
            ("password", password.to_owned()),
            ("j_captcha_response", captcha.trim().to_owned()),
        ];
        let url = self.url("/applicants/withcaptcha", &[]);
        let answer = self.carry(Method::Post, url, None, Body::Form(fields)).await?;
        if answer.status == 203 {
            return Err(Trouble::WrongCaptcha);
        }
        json(answer).map(drop)
    }

    /// The PNG picture with letters: for signing in, or for everything else that asks a guest.
    pub async fn captcha(&self, for_sign_in: bool) -> Result<Vec<u8>> {
        let path = if for_sign_in { "/o/v1/opencps/users/login/jcaptcha" } else { "/applicants/jcaptcha" };
        good(self.carry(Method::Get, self.url(path, &[]), None, Body::Nothing).await?)
    }
}
