//! From a photograph to a page: find the sheet, cut it out, flatten, judge and clean it.

use crate::{
    clean::{self, Finish},
    find::{self, Found},
    fit,
    geometry::{Point, Quad},
    judge::{self, Doubt, Grey},
    photo::{CannotOpen, Photo, Picture},
};

/// A page's look before it was cleaned, to be judged.
pub struct Look {
    flat: Picture,
    /// The page's longer side in the photograph, in pixels.
    longer_side: u32,
    is_card: bool,
    is_cut: bool,
}

/// What was seen in a page's look.
pub struct Judged {
    /// What makes the page hard to read.
    pub doubt: Option<Doubt>,
    /// A print of it, to know the same page again.
    pub print: u64,
}

impl Look {
    pub fn judged(&self) -> Judged {
        let (pixels, width) = self.flat.small_grey(judge::SIDE);
        let grey = Grey { pixels: &pixels, width };
        let cut = self.is_cut.then_some(Doubt::Cut);
        Judged {
            doubt: cut.or_else(|| judge::judge(&grey, self.longer_side, self.is_card)),
            print: judge::print(&grey),
        }
    }
}

/// Looks for the sheet, in the photograph's own pixels.
///
/// # Errors
/// Where there is no memory for the pixels.
pub fn seek(photo: &impl Photo) -> Result<Option<Found>, CannotOpen> {
    let (width, height) = fit::within(photo.width() as u32, photo.height() as u32, find::SIDE);
    let small = photo.part(Point::default(), end(photo), width as usize, height as usize)?;
    let (across, down) = (photo.width() / width as f32, photo.height() / height as f32);
    let found = find::sheet(&small.pixels, small.width);
    Ok(found.map(|found| Found { corners: found.corners.scaled(across, down), ..found }))
}

/// Makes the page inside these corners. Its look is told apart, so that it can be judged while the browser already
/// writes the file.
///
/// # Errors
/// Where there is no memory for the pixels.
pub fn make(photo: &impl Photo, corners: &Quad, finish: Finish) -> Result<(Picture, Look), CannotOpen> {
    let (flat_width, flat_height) = corners.flat_size(photo.width(), photo.height());
    let (width, height) = fit::within(flat_width.round() as u32, flat_height.round() as u32, fit::KEPT_SIDE);
    let flat = photo.flat(corners, width as usize, height as usize)?;
    let mut page = flat.clone();
    clean::clean(&mut page, finish);
    let look = Look {
        flat,
        longer_side: flat_width.max(flat_height) as u32,
        is_card: fit::is_card(flat_width, flat_height),
        is_cut: is_cut(corners, photo),
    };
    Ok((page, look))
}

/// All of the photograph, where no sheet is seen.
pub fn whole(photo: &impl Photo) -> Quad {
    Quad::whole(photo.width(), photo.height())
}

fn end(photo: &impl Photo) -> Point {
    Point::new(photo.width(), photo.height())
}

/// Whether a corner lies outside of the photograph by more than a sliver.
fn is_cut(corners: &Quad, photo: &impl Photo) -> bool {
    let Point { x, y } = end(photo);
    let sliver = 0.008 * x.max(y);
    corners.0.iter().any(|p| p.x < -sliver || p.y < -sliver || p.x > x + sliver || p.y > y + sliver)
}
