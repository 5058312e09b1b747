//! From a photograph to a page: find the sheet, cut it out, flatten, judge and clean it.

use crate::{
    clean::{self, Finish},
    find::{self, Found},
    fit, flatten,
    geometry::{Point, Quad},
    judge::{self, Doubt, Grey},
    photo::{CannotOpen, Photo, Picture},
};

/// A page as it is kept.
pub struct Page {
    pub picture: Picture,
    pub doubt: Option<Doubt>,
    /// A print of its look (`judge::print`).
    pub print: u64,
}

/// Looks for the sheet, in the photograph's own pixels.
pub fn seek(photo: &impl Photo) -> Result<Option<Found>, CannotOpen> {
    let (width, height) = fit::within(photo.width() as u32, photo.height() as u32, find::SIDE);
    let small = photo.part(Point::default(), end(photo), width as usize, height as usize)?;
    let (across, down) = (photo.width() / width as f32, photo.height() / height as f32);
    let found = find::sheet(&small.pixels, small.width);
    Ok(found.map(|found| Found { corners: found.corners.scaled(across, down), ..found }))
}

/// Makes the page inside these corners.
pub fn make(photo: &impl Photo, corners: &Quad, finish: Finish) -> Result<Page, CannotOpen> {
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
    let (pixels, small) = picture.small_grey(judge::SIDE);
    let grey = Grey { pixels: &pixels, width: small };
    let cut = is_cut(corners, photo).then_some(Doubt::Cut);
    let doubt = cut.or_else(|| judge::judge(&grey, longer as u32, fit::is_card(flat_width, flat_height)));
    let print = judge::print(&grey);
    clean::clean(&mut picture, finish);
    Ok(Page { picture, doubt, print })
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
