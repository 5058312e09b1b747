//! From a photograph to a page: find the sheet, cut it out, flatten, judge and clean it.

use crate::{
    clean::{self, Finish},
    find::{self, Found},
    fit, flatten,
    geometry::{Point, Quad},
    judge::{self, Doubt, Grey},
    photo::{CannotOpen, Photo, Picture},
};

/// What is known of a page's look, before it was cleaned.
pub struct Look {
    grey: Vec<u8>,
    width: usize,
    /// The page's longer side in the photograph, in pixels.
    longer_side: u32,
    is_card: bool,
    is_cut: bool,
}

impl Look {
    /// What makes the page hard to read.
    pub fn doubt(&self) -> Option<Doubt> {
        let cut = self.is_cut.then_some(Doubt::Cut);
        cut.or_else(|| judge::judge(&self.grey(), self.longer_side, self.is_card))
    }

    /// A print of it, to know the same page again.
    pub fn print(&self) -> u64 {
        judge::print(&self.grey())
    }

    fn grey(&self) -> Grey<'_> {
        Grey { pixels: &self.grey, width: self.width }
    }
}

/// Looks for the sheet, in the photograph's own pixels.
///
/// # Errors
/// Where there is no memory for the pixels.
pub fn seek(photo: &impl Photo) -> Result<Option<Found>, CannotOpen> {
    // Browsers skip pixels when they shrink a picture this much; so they shrink it half the way, and we the rest.
    let (width, height) = fit::within(photo.width() as u32, photo.height() as u32, 2 * find::SIDE);
    let half = photo.part(Point::default(), end(photo), width as usize, height as usize)?;
    let (width, height) = fit::within(width, height, find::SIDE);
    let small = half.part(Point::default(), end(&half), width as usize, height as usize)?;
    let (across, down) = (photo.width() / width as f32, photo.height() / height as f32);
    let found = find::sheet(&small.pixels, small.width);
    Ok(found.map(|found| Found { corners: found.corners.scaled(across, down), ..found }))
}

/// Makes the page inside these corners. What it looks like is told apart, so that it can be judged while the browser
/// already writes the file.
///
/// # Errors
/// Where there is no memory for the pixels.
pub fn make(photo: &impl Photo, corners: &Quad, finish: Finish) -> Result<(Picture, Look), CannotOpen> {
    let (flat_width, flat_height) = corners.flat_size(photo.width(), photo.height());
    let longer = flat_width.max(flat_height);
    let (width, height) = fit::within(flat_width.round() as u32, flat_height.round() as u32, fit::KEPT_SIDE);
    // The photograph comes in with as many pixels as the page will have, so that each is used once.
    let scale = width.max(height) as f32 / longer.max(1.0);
    let (from, to) = bounds(corners, photo);
    let length = |length: f32| ((length * scale).round() as usize).max(1);
    let part = photo.part(from, to, length(to.x - from.x), length(to.y - from.y))?;
    let mut picture = if *corners == whole(photo) {
        part
    } else {
        let (across, down) = (part.width as f32 / (to.x - from.x), part.height as f32 / (to.y - from.y));
        let inside = Quad(corners.0.map(|corner| Point::new(corner.x - from.x, corner.y - from.y)));
        flatten::flatten(&part, &inside.scaled(across, down), width as usize, height as usize)
    };
    let (grey, small) = picture.small_grey(judge::SIDE);
    let look = Look {
        grey,
        width: small,
        longer_side: longer as u32,
        is_card: fit::is_card(flat_width, flat_height),
        is_cut: is_cut(corners, photo),
    };
    clean::clean(&mut picture, finish);
    Ok((picture, look))
}

/// All of the photograph, where no sheet is seen.
pub fn whole(photo: &impl Photo) -> Quad {
    Quad::whole(photo.width(), photo.height())
}

fn end(photo: &impl Photo) -> Point {
    Point::new(photo.width(), photo.height())
}

/// The smallest upright part of the photograph that holds the corners.
fn bounds(corners: &Quad, photo: &impl Photo) -> (Point, Point) {
    let span = |axis: fn(&Point) -> f32, most: f32| {
        let low = corners.0.iter().map(axis).fold(f32::MAX, f32::min).floor().clamp(0.0, most - 1.0);
        let high = corners.0.iter().map(axis).fold(f32::MIN, f32::max).ceil().clamp(low + 1.0, most);
        (low, high)
    };
    let ((left, right), (top, bottom)) = (span(|p| p.x, photo.width()), span(|p| p.y, photo.height()));
    (Point::new(left, top), Point::new(right, bottom))
}

/// Whether a corner lies outside of the photograph by more than a sliver.
fn is_cut(corners: &Quad, photo: &impl Photo) -> bool {
    let Point { x, y } = end(photo);
    let sliver = 0.008 * x.max(y);
    corners.0.iter().any(|p| p.x < -sliver || p.y < -sliver || p.x > x + sliver || p.y > y + sliver)
}
