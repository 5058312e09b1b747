//! Whether a photographed page can be read, told at the moment of capture, while the paper still lies on the table.
//!
//! Everything is measured on a small grey copy of the page (`SIDE` pixels on its longer side), tile by tile: a page is
//! mostly white, so only tiles with writing tell whether the writing is sharp. The thresholds come from labelled
//! photographs: `tests/judging.rs` says how often they are right.

use crate::upright::{self, Lie};

/// The longer side of the grey copy in pixels.
pub const SIDE: u32 = 1000;
/// Writing that is sharper than this can be read.
const SHARP: f32 = 0.13;
/// The side of a tile.
const TILE: usize = 25;

/// What makes a page hard to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Too few pixels for the small print.
    Small,
    /// Taken in the dark.
    Dark,
    /// Nothing is written on it.
    Blank,
    /// Out of focus, or the hand moved.
    Blurred,
    /// A lamp mirrors in it and hides writing.
    Glare,
    /// A corner of the paper lies outside of the photograph.
    Cut,
    UpsideDown,
    /// Its lines run up or down.
    Sideways,
}

impl Doubt {
    /// The word for it in messages between the worker and the app.
    pub fn word(self) -> &'static str {
        match self {
            Doubt::Small => "small",
            Doubt::Dark => "dark",
            Doubt::Blank => "blank",
            Doubt::Blurred => "blurred",
            Doubt::Glare => "glare",
            Doubt::Cut => "cut",
            Doubt::UpsideDown => "upside-down",
            Doubt::Sideways => "sideways",
        }
    }
}

/// A grey picture, row by row.
pub struct Grey<'a> {
    pub pixels: &'a [u8],
    pub width: usize,
}

/// What is seen in one tile.
struct Tile {
    mean: f32,
    /// Spread of brightness: writing makes it large.
    spread: f32,
    /// Spread of the second derivative across and down: sharp writing makes it large. A hand that moved leaves one of
    /// them small.
    detail: [f32; 2],
}

impl Tile {
    fn sharpness(&self, direction: usize) -> f32 {
        self.detail[direction] / self.spread
    }
}

/// The worst thing about a page, if there is one. `longer_side` is the page's in the photograph, in pixels; a card
/// (ID-1) needs fewer than a sheet.
pub fn judge(picture: &Grey<'_>, longer_side: u32, card: bool) -> Option<Doubt> {
    if longer_side < if card { 600 } else { 1000 } {
        return Some(Doubt::Small);
    }
    let tiles = tiles(picture);
    if tiles.is_empty() {
        return Some(Doubt::Small);
    }
    // The paper is the bright part of the picture: its level is that of the brighter tiles.
    let paper = percentile(tiles.iter().map(|tile| tile.mean), 0.8);
    if paper < 95.0 {
        return Some(Doubt::Dark);
    }
    // Writing spreads the brightness of a tile by a good part of the paper's level.
    let written: Vec<&Tile> =
        tiles.iter().filter(|tile| tile.mean > paper * 0.5 && tile.spread > paper * 0.055).collect();
    // The edge of a shadow and a finger spread it too, but nothing in them is sharp, and they are few; writing out of
    // focus is faint, but there is much of it.
    let bare = percentile(tiles.iter().map(|tile| tile.spread), 0.3);
    let faint = tiles.iter().filter(|tile| tile.spread > (paper * 0.03).max(bare * 1.8)).count();
    let sharp = written.iter().filter(|tile| tile.sharpness(0).max(tile.sharpness(1)) > 0.3).count();
    if faint * 9 < tiles.len() && (written.len() * 100 < tiles.len() || sharp * 100 < tiles.len()) {
        return Some(Doubt::Blank);
    }
    // A lamp's mirror is clipped and without grain, on paper that is not; a scan's white margins are clipped throughout.
    let glare = tiles.iter().filter(|tile| tile.mean > 253.5 && tile.spread < 3.0).count();
    if paper < 247.0 && glare * 25 > tiles.len() {
        return Some(Doubt::Glare);
    }
    let sharpness = sharpness(&tiles);
    if sharpness < SHARP {
        return Some(Doubt::Blurred);
    }
    // A card has too few lines to tell how it lies, and half of it is a picture.
    match if card { Lie::Unknown } else { upright::lie(picture) } {
        Lie::UpsideDown => Some(Doubt::UpsideDown),
        Lie::Sideways => Some(Doubt::Sideways),
        Lie::Upright | Lie::Unknown => None,
    }
}

/// Whether a frame of the camera's film is worth taking: what is written in it has edges.
pub fn is_sharp(picture: &Grey<'_>) -> bool {
    sharpness(&tiles(picture)) > 0.12
}

/// How sharp the writing is, in the direction in which it is less so: the median over the tiles with the most contrast,
/// less the camera's own grain as it shows where nothing is written.
fn sharpness(tiles: &[Tile]) -> f32 {
    let clear = 0.5 * percentile(tiles.iter().map(|tile| tile.spread), 0.95);
    let bare = percentile(tiles.iter().map(|tile| tile.spread), 0.3);
    let in_direction = |direction: usize| {
        let detail = |tile: &Tile| tile.detail[direction].powi(2);
        let grain = percentile(tiles.iter().filter(|tile| tile.spread <= bare).map(detail), 0.5);
        let written = tiles.iter().filter(|tile| tile.spread >= clear);
        percentile(written.map(|tile| (detail(tile) - grain).max(0.0).sqrt() / tile.spread), 0.5)
    };
    in_direction(0).min(in_direction(1))
}

fn tiles(picture: &Grey<'_>) -> Vec<Tile> {
    let width = picture.width;
    let height = picture.pixels.len().checked_div(width).unwrap_or(0);
    // A sliver of the table may run along the edge of a page.
    let edge = width.max(height) / 40 + 1;
    let mut tiles = Vec::new();
    for top in (edge..height.saturating_sub(TILE + edge)).step_by(TILE) {
        for left in (edge..width.saturating_sub(TILE + edge)).step_by(TILE) {
            tiles.push(tile(picture, left, top));
        }
    }
    tiles
}

fn tile(picture: &Grey<'_>, left: usize, top: usize) -> Tile {
    let at = |x: usize, y: usize| f32::from(picture.pixels[y * picture.width + x]);
    let (mut sum, mut squares, mut bends) = (0.0, 0.0, [0.0; 2]);
    for y in top..top + TILE {
        for x in left..left + TILE {
            let here = at(x, y);
            sum += here;
            squares += here * here;
            bends[0] += (at(x - 1, y) + at(x + 1, y) - 2.0 * here).powi(2);
            bends[1] += (at(x, y - 1) + at(x, y + 1) - 2.0 * here).powi(2);
        }
    }
    let count = (TILE * TILE) as f32;
    let mean = sum / count;
    let spread = (squares / count - mean * mean).max(0.0).sqrt().max(0.5);
    Tile { mean, spread, detail: bends.map(|bends| (bends / count).sqrt()) }
}

fn percentile(values: impl Iterator<Item = f32>, share: f32) -> f32 {
    let mut values: Vec<u32> = values.map(|value| (value * 1000.0) as u32).collect();
    values.sort_unstable();
    values.get(((values.len() as f32 - 1.0).max(0.0) * share) as usize).map_or(0.0, |value| *value as f32 / 1000.0)
}

/// A print of the page's look: 64 bits, one for each place where it gets brighter to the right on an 9 × 8 grid
/// (difference hash). Prints of the same page differ in a few bits, of different pages in many.
pub fn print(picture: &Grey<'_>) -> u64 {
    let height = picture.pixels.len().checked_div(picture.width).unwrap_or(0);
    if picture.width < 18 || height < 16 {
        return 0;
    }
    let cell = |column: usize, row: usize| -> u32 {
        let (left, right) = (column * picture.width / 9, (column + 1) * picture.width / 9);
        let (top, bottom) = (row * height / 8, (row + 1) * height / 8);
        let sum: u32 = (top..bottom)
            .flat_map(|y| picture.pixels[y * picture.width + left..y * picture.width + right].iter())
            .map(|pixel| u32::from(*pixel))
            .sum();
        sum / ((right - left) * (bottom - top)) as u32
    };
    let mut bits = 0;
    for row in 0..8 {
        for column in 0..8 {
            bits = bits << 1 | u64::from(cell(column + 1, row) > cell(column, row));
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use zune_jpeg::JpegDecoder;
    use zune_jpeg::zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};

    const GOOD: [&str; 3] = ["phieu.jpg", "giay-chung-nhan.jpg", "hop-dong.jpg"];

    /// A photograph as the worker sees it: grey, `SIDE` pixels long (the mean of the pixels under each).
    fn page(name: &str) -> (Vec<u8>, usize) {
        let bytes = std::fs::read(format!("{}/../tests/photos/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
        let pixels = decoder.decode().unwrap();
        let info = decoder.info().unwrap();
        let (width, height) = (usize::from(info.width), usize::from(info.height));
        let half = width.max(height) / SIDE as usize;
        let (across, down) = (width / half, height / half);
        let mut small = Vec::with_capacity(across * down);
        for y in 0..down {
            for x in 0..across {
                let sum: usize = (0..half * half)
                    .map(|at| usize::from(pixels[(y * half + at / half) * width + x * half + at % half]))
                    .sum();
                small.push((sum / (half * half)) as u8);
            }
        }
        (small, across)
    }

    fn each((pixels, width): &(Vec<u8>, usize), change: impl Fn(usize, usize, u8) -> u8) -> (Vec<u8>, usize) {
        (pixels.iter().enumerate().map(|(at, pixel)| change(at % width, at / width, *pixel)).collect(), *width)
    }

    #[test]
    fn without_writing_or_pixels_there_is_nothing_to_read() {
        let white = (vec![215u8; 1000 * 700], 1000);
        let grain = each(&white, |x, y, pixel| pixel + ((x * 31 + y * 17) % 5) as u8);
        assert_eq!(judge(&Grey { pixels: &grain.0, width: 1000 }, 2000, false), Some(Doubt::Blank));
        assert_eq!(judge(&Grey { pixels: &white.0, width: 1000 }, 640, false), Some(Doubt::Small));
        assert_eq!(judge(&Grey { pixels: &[], width: 0 }, 2000, false), Some(Doubt::Small));
    }

    #[test]
    fn the_same_page_is_known_again_and_others_are_not() {
        let prints = GOOD.map(|name| {
            let (pixels, width) = page(name);
            let lighter = each(&(pixels.clone(), width), |_, _, pixel| pixel.saturating_add(12));
            (print(&Grey { pixels: &pixels, width }), print(&Grey { pixels: &lighter.0, width }))
        });
        // The bound by which the app knows a page again.
        let alike = |one: u64, other: u64| (one ^ other).count_ones() <= 4;
        for (at, (one, again)) in prints.iter().enumerate() {
            assert!(alike(*one, *again), "{}", GOOD[at]);
            for (_, other) in prints.iter().skip(at + 1) {
                assert!(!alike(*one, *other));
            }
        }
    }
}
