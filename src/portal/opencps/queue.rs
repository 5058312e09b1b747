//! Tickets for the queue at the counter (OpenCPS API, queue tickets).

use serde_json::Value;

use super::{OpenCps, json, lenient::*};
use crate::{
    dossier::moment::Moment,
    portal::{
        Result, Trouble,
        http::{Body, Method, Transport},
    },
};

/// A place in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub code: String,
    pub day: Option<Moment>,
    /// When it will be called, as the portal writes it: `08:15-08:30`.
    pub time: String,
}

impl<T: Transport> OpenCps<T> {
    /// Takes a ticket for today at an agency, with the letters of the picture.
    ///
    /// # Errors
    /// `WrongCaptcha`; `Refused` when the day is full.
    pub async fn book(&self, agency: &str, letters: &str) -> Result<Ticket> {
        let fields = vec![
            ("className", "DOSSIER".to_owned()),
            ("govAgencyCode", agency.to_owned()),
            ("online", "true".to_owned()),
            ("j_captcha_response", letters.trim().to_owned()),
        ];
        let answer = self.carry(Method::Post, self.url("/bookings", &[]), None, Body::Form(fields)).await?;
        if answer.status == 203 {
            return Err(Trouble::WrongCaptcha);
        }
        json(answer).map(|row: Value| Ticket {
            code: text(&row, "codeNumber"),
            day: moment(&row, "bookingDate"),
            time: text(&row, "bookingInTime"),
        })
    }
}
