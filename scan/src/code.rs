//! Reading codes: the QR code of a citizen card (căn cước) or of a receipt, and the bar code (Code 128) of a receipt.
//!
//! rqrr finds and decodes QR codes, rxing bar codes; here the photograph is shown to them at several sizes, and cut out where
//! a card is seen: the code is a few millimetres wide, and a telephone's photograph has too many pixels or too few for it.
//! (rxing reads QR codes as well, but fewer of those on cards; its bar codes cost 15 kB.)

use rqrr::PreparedImage;
use rxing::{BinaryBitmap, DecodeHints, Luma8LuminanceSource, Reader, common::HybridBinarizer, oned::Code128Reader};

use crate::{
    fit,
    geometry::Quad,
    page,
    photo::{CannotOpen, Photo, Picture, luma},
};

/// The longer side of the whole photograph, in the order of the tries.
const SIDES: [u32; 3] = [1400, 2200, 800];
/// The longer side of a card that was cut out.
const CARD_SIDE: f32 = 1500.0;

/// What the first code that can be read says; `None` if there is none.
///
/// # Errors
/// Where there is no memory for the pixels.
pub fn read(photo: &impl Photo) -> Result<Option<String>, CannotOpen> {
    let whole = page::whole(photo);
    for side in SIDES {
        let (width, height) = fit::within(photo.width() as u32, photo.height() as u32, side);
        let picture = photo.part(whole.0[0], whole.0[2], width as usize, height as usize)?;
        if let Some(text) = decoded(&picture).or_else(|| bars(&picture)) {
            return Ok(Some(text));
        }
    }
    match page::seek(photo)? {
        Some(found) => Ok(decoded(&card(photo, &found.corners)?)),
        None => Ok(None),
    }
}

/// The card inside the corners, flat.
fn card(photo: &impl Photo, corners: &Quad) -> Result<Picture, CannotOpen> {
    let (width, height) = corners.flat_size(photo.width(), photo.height());
    let scale = CARD_SIDE / width.max(height).max(1.0);
    photo.flat(corners, (width * scale) as usize, (height * scale) as usize)
}

/// What a bar code says, in any of the four directions.
fn bars(picture: &Picture) -> Option<String> {
    let (pixels, _) = picture.pixels.as_chunks::<4>();
    let grey = pixels.iter().map(|pixel| (luma(pixel) >> 8) as u8).collect();
    let source = Luma8LuminanceSource::new(grey, picture.width as u32, picture.height as u32).ok()?;
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let read = Code128Reader.decode_with_hints(&mut bitmap, &hints).ok()?;
    Some(read.getText().to_owned()).filter(|text| !text.is_empty())
}

fn decoded(picture: &Picture) -> Option<String> {
    let (pixels, _) = picture.pixels.as_chunks::<4>();
    let grey = |x: usize, y: usize| (luma(&pixels[y * picture.width + x]) >> 8) as u8;
    let mut image = PreparedImage::prepare_from_greyscale(picture.width, picture.height, grey);
    image.detect_grids().iter().find_map(|grid| {
        let mut bytes = Vec::new();
        grid.decode_to(&mut bytes).ok()?;
        String::from_utf8(bytes).ok()
    })
}

#[cfg(test)]
mod tests {
    use rxing::{BarcodeFormat, Writer, oned::Code128Writer};
    use scenes::{Trouble, each};

    use super::*;

    /// A sheet with a bar code on it, somewhat grey and blurred as a photograph is, lying as given.
    fn sheet_with_bars(text: &str, upright: bool) -> Picture {
        let bars = Code128Writer.encode(text, &BarcodeFormat::CODE_128, 0, 0).unwrap();
        let (module, high) = (3, 120);
        let (width, height) = (bars.width() as usize * module + 400, 900);
        let dark = |x: usize, y: usize| {
            let inside = (200..width - 200).contains(&x) && (300..300 + high).contains(&y);
            inside && bars.get(((x - 200) / module) as u32, 0)
        };
        let soft = |x: usize, y: usize| {
            let near = (x.saturating_sub(1)..=x + 1).filter(|x| dark(*x, y)).count();
            215 - (near * 55) as u8
        };
        let (wide, tall) = if upright { (width, height) } else { (height, width) };
        let mut pixels = Vec::with_capacity(wide * tall * 4);
        for y in 0..tall {
            for x in 0..wide {
                let grey = if upright { soft(x, y) } else { soft(y, x) };
                pixels.extend([grey, grey, grey, 255]);
            }
        }
        Picture { pixels, width: wide, height: tall }
    }

    #[test]
    fn the_bar_code_of_a_receipt_is_read_in_each_direction() {
        for upright in [true, false] {
            let said = read(&sheet_with_bars("D-482193-77602", upright)).unwrap();
            assert_eq!(said.as_deref(), Some("D-482193-77602"), "upright: {upright}");
        }
        let empty = Picture { pixels: vec![200; 600 * 400 * 4], width: 600, height: 400 };
        assert_eq!(read(&empty).unwrap(), None);
    }

    #[test]
    fn the_code_of_a_card_is_read_from_photographs() {
        let read = each(0..24, 2400, Trouble::Nothing, &["can-cuoc"], |_, photo| {
            read(&Picture { pixels: photo.rgba(), width: photo.width, height: photo.height }).unwrap()
        });
        let right =
            read.iter().flatten().filter(|text| text.starts_with("092085001234|361234567|Nguyễn Văn An|")).count();
        println!("{right} of {}", read.len());
        assert_eq!(right, read.iter().flatten().count(), "a code is read rightly or not at all");
        assert!(right >= 18, "{right} of 24");
    }
}
