//! Questions, complaints and praise to the office (OpenCPS API, questions).

use super::{OpenCps, json, lenient::*};
use crate::portal::{
    Result, Trouble,
    http::{Body, Method, Transport},
};

/// What a citizen writes to the office. Only the text is needed; the rest is for an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    pub name: String,
    pub phone: String,
    pub email: String,
    pub text: String,
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
        let answer = self.carry(Method::Post, url, None, Body::Form(fields), None).await?;
        if answer.status == 203 {
            return Err(Trouble::WrongCaptcha);
        }
        json(answer).map(|row| int(&row, "questionId"))
    }
}
