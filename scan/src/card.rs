//! Reading the QR code that is printed on a citizen card (căn cước).
//!
//! rqrr finds and decodes the code; here the photograph is shown to it at several sizes, and cut out where a card is
//! seen: the code is a few millimetres wide, and a telephone's photograph has too many pixels or too few for it.

use rqrr::PreparedImage;

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

/// What the first QR code that can be read says; `None` if there is none.
///
/// # Errors
/// Where there is no memory for the pixels.
pub fn read(photo: &impl Photo) -> Result<Option<String>, CannotOpen> {
    let whole = page::whole(photo);
    for side in SIDES {
        let (width, height) = fit::within(photo.width() as u32, photo.height() as u32, side);
        let picture = photo.part(whole.0[0], whole.0[2], width as usize, height as usize)?;
        if let Some(text) = decoded(&picture) {
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
    use scenes::{Trouble, each};

    use super::*;

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
