//! Accounts, applicants and sessions.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::{OptionalExtension, Transaction, params};
use uuid::Uuid;

use super::rows::{self, Object};
use crate::api::errors::{Answer, Failure};
use crate::clock::{self, Millis};

/// After so many wrong passwords a captcha is asked for (OpenCPS API, sign-in).
pub const FAILURES_BEFORE_CAPTCHA: i64 = 5;
/// After so many the account is closed for [`LOCKOUT`].
pub const FAILURES_BEFORE_LOCKOUT: i64 = 10;
pub const LOCKOUT: Millis = 10 * 60 * 1000;

/// Who calls.
#[derive(Clone, Debug, PartialEq)]
pub enum Caller {
    Guest,
    Citizen(Person),
    Officer(Person),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub user_id: i64,
    pub email: String,
    pub name: String,
}

impl Caller {
    pub fn person(&self) -> Option<&Person> {
        match self {
            Caller::Guest => None,
            Caller::Citizen(p) | Caller::Officer(p) => Some(p),
        }
    }

    /// The signed-in person, or the portal's answer to a guest.
    pub fn signed_in(&self) -> Answer<&Person> {
        self.person().ok_or(Failure::NotSignedIn)
    }

    pub fn is_officer(&self) -> bool {
        matches!(self, Caller::Officer(_))
    }
}

/// Light enough for a demonstration on any machine, still a real password hash.
fn hasher() -> Argon2<'static> {
    let params = Params::new(4 * 1024, 1, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

pub fn hash(password: &str) -> Answer<String> {
    let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>()).map_err(|e| Failure::Internal(e.to_string()))?;
    let hash = hasher().hash_password(password.as_bytes(), &salt).map_err(|e| Failure::Internal(e.to_string()))?;
    Ok(hash.to_string())
}

fn caller(user_id: i64, email: String, name: String, role: &str) -> Caller {
    let person = Person { user_id, email, name };
    if role == "Employee" { Caller::Officer(person) } else { Caller::Citizen(person) }
}

pub fn by_id(tx: &Transaction, user_id: i64) -> rusqlite::Result<Option<Caller>> {
    tx.query_row("SELECT userId, email, fullName, role FROM accounts WHERE userId = ?1", [user_id], |r| {
        Ok(caller(r.get(0)?, r.get(1)?, r.get(2)?, &r.get::<_, String>(3)?))
    })
    .optional()
}

pub fn by_email(tx: &Transaction, email: &str) -> rusqlite::Result<Option<Caller>> {
    let id = tx.query_row("SELECT userId FROM accounts WHERE email = ?1", [email], |r| r.get(0)).optional()?;
    id.map_or(Ok(None), |id| by_id(tx, id))
}

/// How often a password was wrong for this name, and whether it is closed now.
pub fn failures(tx: &Transaction, email: &str) -> rusqlite::Result<(i64, bool)> {
    let row: Option<(i64, i64)> = tx
        .query_row("SELECT failures, last FROM login_failures WHERE email = ?1", [email], |r| {
            Ok((r.get(0)?, r.get(1)?))
        })
        .optional()?;
    match row {
        Some((count, last)) if count >= FAILURES_BEFORE_LOCKOUT => {
            if clock::now() - last < LOCKOUT {
                return Ok((count, true));
            }
            tx.execute("DELETE FROM login_failures WHERE email = ?1", [email])?;
            Ok((0, false))
        }
        Some((count, _)) => Ok((count, false)),
        None => Ok((0, false)),
    }
}

/// Checks a password and counts the failures of that name; a closed name is never let in.
pub fn sign_in(tx: &Transaction, email: &str, password: &str) -> Answer<Option<Caller>> {
    if failures(tx, email)?.1 {
        return Ok(None);
    }
    let stored: Option<String> =
        tx.query_row("SELECT password FROM accounts WHERE email = ?1", [email], |r| r.get(0)).optional()?;
    let right = stored.is_some_and(|stored| {
        PasswordHash::new(&stored).is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok())
    });
    if right {
        tx.execute("DELETE FROM login_failures WHERE email = ?1", [email])?;
        return Ok(by_email(tx, email)?);
    }
    tx.execute(
        "INSERT INTO login_failures (email, failures, last) VALUES (?1, 1, ?2)
         ON CONFLICT (email) DO UPDATE SET failures = failures + 1, last = ?2",
        params![email, clock::now()],
    )?;
    Ok(None)
}

pub fn set_password(tx: &Transaction, user_id: i64, password: &str) -> Answer<()> {
    tx.execute("UPDATE accounts SET password = ?2 WHERE userId = ?1", params![user_id, hash(password)?])?;
    Ok(())
}

/// A new session with an unguessable id; `user_id` None for a guest (who needs one for a captcha).
pub fn open_session(tx: &Transaction, user_id: Option<i64>) -> rusqlite::Result<String> {
    let id = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
    tx.execute(
        "INSERT INTO sessions (sessionId, userId, lastSeen) VALUES (?1, ?2, ?3)",
        params![id, user_id, clock::now()],
    )?;
    Ok(id)
}

pub fn session_caller(tx: &Transaction, session: &str) -> rusqlite::Result<Option<Caller>> {
    let user: Option<Option<i64>> =
        tx.query_row("SELECT userId FROM sessions WHERE sessionId = ?1", [session], |r| r.get(0)).optional()?;
    match user {
        None => Ok(None),
        Some(None) => Ok(Some(Caller::Guest)),
        Some(Some(id)) => Ok(Some(by_id(tx, id)?.unwrap_or(Caller::Guest))),
    }
}

/// The profile of a citizen; None for staff.
pub fn applicant_of(tx: &Transaction, user_id: i64) -> rusqlite::Result<Option<Object>> {
    rows::one(tx, "SELECT * FROM applicants WHERE userId = ?1", [user_id])
}
