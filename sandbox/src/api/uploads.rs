//! Receiving a multipart body: text fields, and one file written to disk as it comes.

use std::collections::HashMap;

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use tokio::io::AsyncWriteExt;

use super::calls::Fields;
use super::errors::{Answer, Failure};
use crate::store::blobs::{Blobs, Coming};

/// Most bytes of files in one request.
pub const REQUEST_LIMIT: u64 = 20 * 1024 * 1024;
/// Longest text field (form data of an e-form).
const FIELD_LIMIT: usize = 1024 * 1024;
/// A body too large is read to its end up to here, so that the sender hears the answer.
const PATIENCE: u64 = 200 * 1024 * 1024;

/// What came.
pub struct Upload {
    pub fields: Fields,
    pub file: Option<Received>,
}

pub struct Received {
    pub coming: Coming,
    /// What the sender calls it: to show, never to use as a path.
    pub name: String,
    pub size: u64,
}

fn broken(e: MultipartError) -> Failure {
    Failure::invalid(format!("MultipartException: {e}"))
}

/// Reads a body to its end. When it breaks off, or is too large, nothing of it stays.
pub async fn receive(blobs: &Blobs, request: Request) -> Answer<Upload> {
    let mut multipart = Multipart::from_request(request, &())
        .await
        .map_err(|e| Failure::invalid(format!("MultipartException: {e}")))?;
    let mut fields = HashMap::new();
    let mut file = None;
    let mut total: u64 = 0;
    while let Some(mut part) = multipart.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or("").to_owned();
        let is_file = name == "file" || part.file_name().is_some();
        if !is_file {
            let mut text = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(broken)? {
                if text.len() + chunk.len() > FIELD_LIMIT {
                    return Err(Failure::TooLarge("FieldTooLargeException".into()));
                }
                text.extend_from_slice(&chunk);
            }
            fields.insert(name, String::from_utf8_lossy(&text).into_owned());
            continue;
        }
        let called = part.file_name().unwrap_or("").to_owned();
        let coming = blobs.start();
        let mut out = tokio::fs::File::create(&coming.path).await?;
        let mut size: u64 = 0;
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            total += chunk.len() as u64;
            size += chunk.len() as u64;
            if total > PATIENCE {
                return Err(Failure::TooLarge("FileSizeException".into()));
            }
            if total <= REQUEST_LIMIT {
                out.write_all(&chunk).await?;
            }
        }
        out.flush().await?;
        out.sync_all().await?;
        file.get_or_insert(Received { coming, name: called, size });
    }
    if total > REQUEST_LIMIT {
        return Err(Failure::TooLarge(format!("FileSizeException: {total} > {REQUEST_LIMIT}")));
    }
    Ok(Upload { fields: Fields(fields), file })
}

/// A name fit to be shown: without path marks and control characters, not too long.
pub fn shown_name(given: &str) -> String {
    let clean: String = given.chars().filter(|c| !c.is_control() && !matches!(c, '%' | '/' | '\\')).collect();
    let clean = clean.trim().trim_start_matches('.');
    let shown: String = clean.chars().take(200).collect();
    if shown.is_empty() { "tep".to_owned() } else { shown }
}

/// The last extension of a name, in small letters; "" when there is none.
pub fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or(String::new(), |(_, ext)| ext.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_lose_their_teeth() {
        assert_eq!(shown_name("../../etc/passwd"), "....etcpasswd".trim_start_matches('.'));
        assert_eq!(shown_name("a\r\nb\0.pdf"), "ab.pdf");
        assert_eq!(shown_name("..."), "tep");
        assert_eq!(extension("Đơn.PDF"), "pdf");
        assert_eq!(extension("không đuôi"), "");
    }
}
