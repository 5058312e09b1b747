//! Questions, complaints and praise to the office (OpenCPS API, questions).

use serde_json::Value;

use super::{OpenCps, json, lenient::*};

use crate::{
    dossier::moment::Moment,
    portal::{
        Result, Trouble,
        http::{Body, Method, Transport},
    },
};

/// What a citizen writes to the office. Only the text is needed; the rest is for an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    pub name: String,
    pub phone: String,
    pub email: String,
    pub text: String,
}

/// An answer of the office; lines of plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub when: Option<Moment>,
    pub who: String,
    pub lines: Vec<String>,
}

impl<T: Transport> OpenCps<T> {
    /// Sends it with the letters of the picture and gives the number under which the portal keeps it.
    pub async fn send_feedback(&self, feedback: &Feedback, captcha: &str) -> Result<Option<i64>> {
        let fields = vec![
            ("fullname", feedback.name.trim().to_owned()),
            ("phone", feedback.phone.trim().to_owned()),
            ("email", feedback.email.trim().to_owned()),
            ("content", feedback.text.trim().to_owned()),
            // 0: for the office to read, not for the public list.
            ("publish", "0".to_owned()),
            ("j_captcha_response", captcha.trim().to_owned()),
        ];
        let url = self.url("/faq/questions", &[]);
        let answer = self.carry(Method::Post, url, None, Body::Form(fields)).await?;
        if answer.status == 203 {
            return Err(Trouble::WrongCaptcha);
        }
        json(answer).map(|row| int(&row, "questionId"))
    }

    /// What the office has answered, oldest first.
    pub async fn answers(&self, question: i64) -> Result<Vec<Answered>> {
        let answer = self.get(&format!("/faq/questions/{question}/answers"), &[]).await?;
        let row = |row: &Value| Answered {
            when: moment(row, "createDate"),
            who: text(row, "userName"),
            lines: lines(row, "content"),
        };
        Ok(list(&answer, "data").into_iter().map(row).collect())
    }
}
