//! From a photograph to a page: find the sheet, cut it out, flatten, judge and clean it.

use crate::{
    clean::{self, Finish},
    find::{self, Found},
    fit,
    geometry::{Point, Quad},
    judge::{self, Doubt, Grey},
    photo::{CannotOpen, Photo, Picture},
};

/// What was seen in a page before it was cleaned.
pub struct Judged {
    /// What makes the page hard to read.
    pub doubt: Option<Doubt>,
    /// A print of it, to know the same page again.
    pub print: u64,
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

/// Makes the page inside these corners, and judges it.
///
/// # Errors
/// Where there is no memory for the pixels.
pub fn make(photo: &impl Photo, corners: &Quad, finish: Finish) -> Result<(Picture, Judged), CannotOpen> {
    let (flat_width, flat_height) = corners.flat_size(photo.width(), photo.height());
    let (width, height) = fit::within(flat_width.round() as u32, flat_height.round() as u32, fit::KEPT_SIDE);
    let mut page = photo.flat(corners, width as usize, height as usize)?;
    let (pixels, grey_width) = page.small_grey(judge::SIDE);
    let grey = Grey { pixels: &pixels, width: grey_width };
    let judge = || judge::judge(&grey, flat_width.max(flat_height) as u32, fit::is_card(flat_width, flat_height));
    let doubt = is_cut(corners, photo).then_some(Doubt::Cut).or_else(judge);
    let judged = Judged { doubt, print: judge::print(&grey) };
    clean::clean(&mut page, finish);
    Ok((page, judged))
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
