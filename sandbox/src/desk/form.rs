//! What a form of the desk sends: fields that may repeat, and perhaps a file.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header;

use crate::api::calls::text_header;
use crate::api::errors::{Answer, Failure};
use crate::api::uploads::{self, Received};
use crate::store::blobs::Blobs;

const FORM_LIMIT: usize = 256 * 1024;

#[derive(Default)]
pub struct Form {
    pairs: Vec<(String, String)>,
    pub file: Option<Received>,
}

impl Form {
    pub async fn read(blobs: &Blobs, request: Request) -> Answer<Form> {
        let kind = text_header(request.headers(), header::CONTENT_TYPE).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            let upload = uploads::receive(blobs, request).await?;
            return Ok(Form { pairs: upload.fields.0.into_iter().collect(), file: upload.file });
        }
        let body = to_bytes(request.into_body(), FORM_LIMIT)
            .await
            .map_err(|_| Failure::TooLarge("Biểu mẫu quá dài.".into()))?;
        Ok(Form { pairs: form_urlencoded::parse(&body).into_owned().collect(), file: None })
    }

    pub fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(n, _)| n == name).map(|(_, v)| v.trim()).collect()
    }
}
