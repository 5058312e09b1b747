//! Decoding and encoding in WebAssembly, for browsers without a canvas for workers. JPEG only: phones take no other.
//!
//! jpeg-decoder, though its makers now prefer zune-jpeg, is the one that decodes at a half, a quarter or an eighth of
//! the size: fifty million pixels do not fit into a small phone.

use jpeg_decoder::{Decoder, PixelFormat};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use js_sys::{Array, Uint8Array};
use web_sys::{Blob, ImageBitmap};

use super::{CANNOT_OPEN, Facts, Flaw, Pictures, bytes};
use crate::{
    fit,
    geometry::Point,
    jpeg::Orientation,
    photo::{Photo, Picture},
};

pub struct Codec;

impl Pictures for Codec {
    type Photo = Picture;
    type Pixels = Picture;
    type Sheet = Picture;

    async fn open(file: &Blob, facts: Facts) -> Result<Picture, Flaw> {
        decoded(&bytes(file).await?, facts)
    }

    async fn read(_: &Blob, _: Uint8Array, bytes: &[u8], facts: Facts) -> Result<Picture, Flaw> {
        decoded(bytes, facts)
    }

    async fn encode(page: Picture, quality: f64) -> Result<Blob, Flaw> {
        written(&page, quality)
    }

    fn frame(_: ImageBitmap) -> Result<Picture, Flaw> {
        Err(CANNOT_OPEN)
    }

    fn sides(photo: &Picture) -> (u32, u32) {
        (photo.width as u32, photo.height as u32)
    }

    fn sheet(width: u32, height: u32) -> Result<Picture, Flaw> {
        let (width, height) = (width as usize, height as usize);
        Ok(Picture { pixels: vec![255; width * height * 4], width, height })
    }

    fn draw(sheet: &mut Picture, photo: &Picture, top: u32, size: (u32, u32), turn: u8) -> Result<(), Flaw> {
        let end = Point::new(photo.width as f32, photo.height as f32);
        let part = photo.part(Point::default(), end, size.0 as usize, size.1 as usize)?.turned(turn, false);
        let rows = sheet.pixels.chunks_exact_mut(sheet.width * 4).skip(top as usize);
        for (row, from) in rows.zip(part.pixels.chunks_exact(part.width * 4)) {
            row[..from.len()].copy_from_slice(from);
        }
        Ok(())
    }

    fn tiles(_: &Picture) -> Result<Option<(Picture, f64)>, Flaw> {
        Ok(None)
    }

    async fn write(sheet: &Picture, quality: f64) -> Result<Blob, Flaw> {
        written(sheet, quality)
    }
}

/// Decodes a JPEG, upright; one with more than `fit::LARGE` pixels at a reduced size.
///
/// # Errors
/// The flaw, if it is no JPEG, is broken, or of a kind that is not known (CMYK without Adobe's mark).
pub fn decoded(jpeg: &[u8], Facts { size, held, .. }: Facts) -> Result<Picture, Flaw> {
    let mut decoder = Decoder::new(jpeg);
    decoder.set_max_decoding_buffer_size(4 * fit::LARGE);
    if size.0.saturating_mul(size.1) > fit::LARGE {
        let (width, height) = fit::within(size.0 as u32, size.1 as u32, fit::LARGE_SIDE * 3 / 4);
        decoder.scale(width as u16, height as u16).map_err(|_| CANNOT_OPEN)?;
    }
    let data = decoder.decode().map_err(|_| CANNOT_OPEN)?;
    let info = decoder.info().ok_or(CANNOT_OPEN)?;
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    let pixels: Vec<u8> = match info.pixel_format {
        PixelFormat::L8 => data.iter().flat_map(|level| [*level, *level, *level, 255]).collect(),
        PixelFormat::RGB24 => data.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect(),
        _ => return Err(CANNOT_OPEN),
    };
    let (turn, mirrored) = held.map_or((0, false), Orientation::turn);
    Ok(Picture { pixels, width, height }.turned(turn, mirrored))
}

fn written(page: &Picture, quality: f64) -> Result<Blob, Flaw> {
    let jpeg = encoded(page, quality).ok_or(CANNOT_OPEN)?;
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(&jpeg[..]))).map_err(|_| CANNOT_OPEN)
}

/// Writes a JPEG; `None` for a picture that JPEG cannot hold.
pub fn encoded(page: &Picture, quality: f64) -> Option<Vec<u8>> {
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, (quality * 100.0) as u8);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let (width, height) = (u16::try_from(page.width).ok()?, u16::try_from(page.height).ok()?);
    encoder.encode(&page.pixels, width, height, ColorType::Rgba).ok()?;
    Some(jpeg)
}
