//! The captcha: five digits as a picture, bound to the session, good for one try.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use rand::Rng;
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::json;
use subtle::ConstantTimeEq;

use super::calls::{Call, Fields};
use super::errors::{Answer, Failure};
use crate::server::App;

const LENGTH: usize = 5;

/// Digits as 3 × 5 dots, one row after the other.
const DIGITS: [[u8; 5]; 10] = [
    [0b111, 0b101, 0b101, 0b101, 0b111],
    [0b010, 0b110, 0b010, 0b010, 0b111],
    [0b111, 0b001, 0b111, 0b100, 0b111],
    [0b111, 0b001, 0b111, 0b001, 0b111],
    [0b101, 0b101, 0b111, 0b001, 0b001],
    [0b111, 0b100, 0b111, 0b001, 0b111],
    [0b111, 0b100, 0b111, 0b101, 0b111],
    [0b111, 0b001, 0b010, 0b010, 0b010],
    [0b111, 0b101, 0b111, 0b101, 0b111],
    [0b111, 0b101, 0b111, 0b001, 0b111],
];

async fn new_one(app: &App, call: Call) -> Answer<(String, HeaderMap)> {
    app.store
        .with(move |tx| {
            let (session, cookie) = call.session_or_new(tx)?;
            let text: String = (0..LENGTH).map(|_| char::from(b'0' + rand::rng().random_range(0..10u8))).collect();
            tx.execute("UPDATE sessions SET captcha = ?2 WHERE sessionId = ?1", params![session, text])?;
            let mut headers = HeaderMap::new();
            if let Some(cookie) = cookie {
                headers.insert(header::SET_COOKIE, cookie);
            }
            Ok((text, headers))
        })
        .await
}

pub async fn picture(State(app): State<App>, call: Call) -> Answer<Response> {
    let (text, mut headers) = new_one(&app, call).await?;
    headers.insert(header::CONTENT_TYPE, "image/png".parse().map_err(|_| Failure::Internal("type".into()))?);
    Ok((headers, draw(&text)?).into_response())
}

/// The picture as base64 text.
pub async fn simple(State(app): State<App>, call: Call) -> Answer<Response> {
    let (text, headers) = new_one(&app, call).await?;
    Ok((headers, base64::engine::general_purpose::STANDARD.encode(draw(&text)?)).into_response())
}

/// Whether a captcha is right. One try a picture: asked again, the id is no longer valid.
pub async fn validate(State(app): State<App>, call: Call, fields: Fields) -> Answer<Response> {
    let given = fields.given("value").or_else(|| fields.given("j_captcha_response")).unwrap_or("").to_owned();
    let right = app
        .store
        .with(move |tx| {
            let kept = current(tx, call.session.as_deref())?;
            if kept.is_empty() {
                return Err(Failure::invalid("Invalid ID, could not validate unexisting or already validated captcha"));
            }
            check(tx, call.session.as_deref(), &given)
        })
        .await?;
    Ok(if right { "true" } else { "false" }.into_response())
}

/// The captcha of a session that was not tried yet; "" when there is none.
pub fn current(tx: &Transaction, session: Option<&str>) -> Answer<String> {
    let Some(session) = session else {
        return Ok(String::new());
    };
    let text = tx.query_row("SELECT captcha FROM sessions WHERE sessionId = ?1", [session], |r| r.get(0)).optional()?;
    Ok(text.unwrap_or_default())
}

/// Tries a captcha and uses it up.
pub fn check(tx: &Transaction, session: Option<&str>, given: &str) -> Answer<bool> {
    let kept = current(tx, session)?;
    if let Some(session) = session {
        tx.execute("UPDATE sessions SET captcha = '' WHERE sessionId = ?1", [session])?;
    }
    Ok(!kept.is_empty() && bool::from(kept.as_bytes().ct_eq(given.trim().as_bytes())))
}

/// The answer to a wrong captcha.
pub fn refused() -> Response {
    let body = Json(json!({ "message": "Captcha incorrect", "code": 203, "description": "Captcha incorrect" }));
    (axum::http::StatusCode::NON_AUTHORITATIVE_INFORMATION, body).into_response()
}

/// Digits with a little slope and some dots in the way. A demonstration, not a defence.
fn draw(text: &str) -> Answer<Vec<u8>> {
    draw_grey(160, 60, |pixels, width| {
        let mut rng = rand::rng();
        const DOT: usize = 7;
        for (n, digit) in text.bytes().enumerate() {
            let glyph = DIGITS[usize::from(digit.saturating_sub(b'0')).min(9)];
            let (left, top) = (10 + n * 29, 8 + rng.random_range(0..10));
            for (row, bits) in glyph.iter().enumerate() {
                for column in 0..3 {
                    if bits & (0b100 >> column) == 0 {
                        continue;
                    }
                    for y in 0..DOT {
                        for x in 0..DOT {
                            pixels[(top + row * DOT + y) * width + left + column * DOT + x] = 40;
                        }
                    }
                }
            }
        }
        for _ in 0..300 {
            let at = rng.random_range(0..pixels.len());
            pixels[at] = 130;
        }
    })
}

/// A grey PNG painted by `paint`, which gets white pixels and the width.
pub fn draw_grey(width: usize, height: usize, paint: impl FnOnce(&mut [u8], usize)) -> Answer<Vec<u8>> {
    let mut pixels = vec![255u8; width * height];
    paint(&mut pixels, width);
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width as u32, height as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&pixels))
        .map_err(|e| Failure::Internal(e.to_string()))?;
    Ok(out)
}
