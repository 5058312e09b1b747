//! Sizes and qualities: how large a page is kept, and how it shrinks to pass a portal's limit.

/// The longer side of a page as it is kept, in pixels: A4 at 188 dots an inch, enough for the small print of a form.
pub const KEPT_SIDE: u32 = 2200;
/// The JPEG quality of a page as it is kept.
pub const KEPT_QUALITY: f64 = 0.85;

/// Longer side and JPEG quality to try, one after the other, until a file is small enough. The last is the least that
/// is still read without effort: A4 at 100 dots an inch.
pub const LADDER: [(u32, f64); 5] = [(2000, 0.75), (1750, 0.7), (1500, 0.65), (1300, 0.6), (1170, 0.55)];

/// Width and height of a picture that is to have `side` as its longer side at most.
///
/// ```
/// assert_eq!(scan::fit::within(4000, 3000, 2200), (2200, 1650));
/// assert_eq!(scan::fit::within(600, 800, 2200), (600, 800));
/// ```
pub fn within(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= side {
        return (width.max(1), height.max(1));
    }
    let scale =
        |length: u32| ((u64::from(length) * u64::from(side) + u64::from(longer) / 2) / u64::from(longer)) as u32;
    (scale(width).max(1), scale(height).max(1))
}
