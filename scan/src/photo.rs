//! Pictures as pixels, and photographs of which parts can be had.

use crate::{
    fit, flatten,
    geometry::{Point, Quad},
};

/// A picture of four bytes a pixel (red, green, blue, and one that is not looked at), row by row.
#[derive(Clone)]
pub struct Picture {
    pub pixels: Vec<u8>,
    pub width: usize,
    pub height: usize,
}

/// A photograph that cannot be decoded, or not within the memory there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CannotOpen;

/// A photograph, opened; its sides are those of the upright picture.
pub trait Photo {
    fn width(&self) -> f32;
    fn height(&self) -> f32;

    /// The part of it between `from` and `to`, with this many pixels.
    ///
    /// # Errors
    /// Where there is no memory for it.
    fn part(&self, from: Point, to: Point, width: usize, height: usize) -> Result<Picture, CannotOpen>;

    /// What is inside the corners, as a straight picture with this many pixels.
    ///
    /// # Errors
    /// Where there is no memory for it.
    fn flat(&self, corners: &Quad, width: usize, height: usize) -> Result<Picture, CannotOpen> {
        let (flat_width, flat_height) = corners.flat_size(self.width(), self.height());
        // The photograph comes in with as many pixels as the result will have, so that each is used once.
        let scale = width.max(height) as f32 / flat_width.max(flat_height).max(1.0);
        let (from, to) = corners.bounds(self.width(), self.height());
        let length = |length: f32| ((length * scale).round() as usize).max(1);
        let part = self.part(from, to, length(to.x - from.x), length(to.y - from.y))?;
        if *corners == Quad::whole(self.width(), self.height()) && (part.width, part.height) == (width, height) {
            return Ok(part);
        }
        let (across, down) = (part.width as f32 / (to.x - from.x), part.height as f32 / (to.y - from.y));
        let inside = Quad(corners.0.map(|corner| Point::new(corner.x - from.x, corner.y - from.y)));
        Ok(flatten::flatten(&part, &inside.scaled(across, down), width, height))
    }
}

impl Photo for Picture {
    fn width(&self) -> f32 {
        self.width as f32
    }

    fn height(&self) -> f32 {
        self.height as f32
    }

    /// Each pixel is the mean of those under it.
    fn part(&self, from: Point, to: Point, width: usize, height: usize) -> Result<Picture, CannotOpen> {
        means(self, (from, to), (width, height))
    }
}

/// Pixels that are handed out row by row.
pub trait Rows {
    /// Width and height.
    fn sides(&self) -> (usize, usize);

    /// A row that there is.
    fn row(&mut self, y: usize) -> &[[u8; 4]];
}

impl Rows for &Picture {
    fn sides(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    fn row(&mut self, y: usize) -> &[[u8; 4]] {
        &self.pixels.as_chunks::<4>().0[y * self.width..(y + 1) * self.width]
    }
}

/// The part between two points with this many pixels: each is the mean of those under it.
///
/// # Errors
/// Where there are no pixels at all.
pub fn means(
    mut source: impl Rows,
    (from, to): (Point, Point),
    (width, height): (usize, usize),
) -> Result<Picture, CannotOpen> {
    let (source_width, source_height) = source.sides();
    if source_width == 0 || source_height == 0 {
        return Err(CannotOpen);
    }
    let edges = |start: f32, end: f32, count: usize, most: usize| -> Vec<(usize, usize)> {
        let edge = |at: usize| (start + (end - start) * at as f32 / count as f32).max(0.0) as usize;
        (0..count)
            .map(|at| {
                let first = edge(at).min(most - 1);
                (first, edge(at + 1).clamp(first + 1, most))
            })
            .collect()
    };
    let columns = edges(from.x, to.x, width, source_width);
    let mut pixels = Vec::with_capacity(width * height * 4);
    let mut sums = vec![[0u32; 3]; width];
    for (top, bottom) in edges(from.y, to.y, height, source_height) {
        sums.fill([0; 3]);
        for y in top..bottom {
            let row = source.row(y);
            for (&(left, right), sum) in columns.iter().zip(&mut sums) {
                row[left..right].chunks(256).for_each(|pixels| add(pixels, sum));
            }
        }
        for (&(left, right), sum) in columns.iter().zip(&sums) {
            let count = ((bottom - top) * (right - left)) as u32;
            pixels.extend(sum.map(|sum| (sum / count) as u8));
            pixels.push(255);
        }
    }
    Ok(Picture { pixels, width, height })
}

/// Adds up to 256 pixels to the sums of red, green and blue.
fn add(pixels: &[[u8; 4]], sum: &mut [u32; 3]) {
    let (mut red_blue, mut green) = (0, 0);
    for pixel in pixels {
        // Red and blue side by side in one number.
        let pixel = u32::from_le_bytes(*pixel);
        red_blue += pixel & 0x00ff_00ff;
        green += pixel >> 8 & 0xff;
    }
    sum[0] += red_blue & 0xffff;
    sum[1] += green;
    sum[2] += red_blue >> 16;
}

impl Picture {
    /// The picture mirrored left to right if so wanted, and then turned clockwise by quarters.
    pub fn turned(self, turn: u8, mirrored: bool) -> Picture {
        if turn.is_multiple_of(4) && !mirrored {
            return self;
        }
        let (width, height) = if turn % 2 == 1 { (self.height, self.width) } else { (self.width, self.height) };
        let (source, _) = self.pixels.as_chunks::<4>();
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..height {
            for x in 0..width {
                let (across, down) = match turn % 4 {
                    0 => (x, y),
                    1 => (y, self.height - 1 - x),
                    2 => (self.width - 1 - x, self.height - 1 - y),
                    _ => (self.width - 1 - y, x),
                };
                let across = if mirrored { self.width - 1 - across } else { across };
                pixels.extend(source[down * self.width + across]);
            }
        }
        Picture { pixels, width, height }
    }

    /// A grey copy `side` pixels long at most, and its width: each pixel is the mean of what lies under it, fractions of
    /// pixels counted as such, so that grain and edges come out the same whatever the picture's size.
    pub fn small_grey(&self, side: u32) -> (Vec<u8>, usize) {
        let (width, height) = fit::within(self.width as u32, self.height as u32, side);
        let (width, height) = (width as usize, height as usize);
        // First two by two, where that is not too much.
        let halves = self.width >= 2 * width && self.height >= 2 * height;
        let (lumas, from_width, from_height) = if halves { self.halved() } else { self.lumas() };
        if from_width.max(from_height) <= side as usize {
            return (lumas.iter().map(|luma| (luma >> 8) as u8).collect(), from_width);
        }
        let (across, down) = (shares(from_width, width), shares(from_height, height));
        let area = (width * height) as f32 / (from_width * from_height).max(1) as f32 / 256.0;
        let mut sums = vec![0f32; (width + 1) * (height + 1)];
        let mut row = vec![0f32; width + 1];
        for (levels, (line, part)) in lumas.chunks_exact(from_width.max(1)).zip(down) {
            row.fill(0.0);
            for (level, (at, share)) in levels.iter().zip(&across) {
                let level = f32::from(*level);
                row[*at] += level * share;
                row[at + 1] += level * (1.0 - share);
            }
            let (upper, lower) = sums[line * (width + 1)..].split_at_mut(width + 1);
            for ((upper, lower), level) in upper.iter_mut().zip(lower).zip(&row) {
                *upper += level * part;
                *lower += level * (1.0 - part);
            }
        }
        let grey = sums.chunks_exact(width + 1).take(height).flat_map(|row| &row[..width]);
        (grey.map(|sum| (sum * area) as u8).collect(), width)
    }

    /// The brightness of each pixel in 256ths, and the sides.
    fn lumas(&self) -> (Vec<u16>, usize, usize) {
        let lumas = self.pixels.as_chunks::<4>().0.iter().map(|pixel| luma(pixel) as u16);
        (lumas.collect(), self.width, self.height)
    }

    /// The same of a picture half as large: each the mean of four.
    fn halved(&self) -> (Vec<u16>, usize, usize) {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut lumas = vec![0; width * height];
        let rows = self.pixels.as_chunks::<4>().0.chunks_exact(2 * self.width.max(1));
        for (rows, out) in rows.zip(lumas.chunks_exact_mut(width.max(1))) {
            let (upper, lower) = rows.split_at(self.width);
            for ((above, below), out) in
                upper.as_chunks::<4>().0.iter().zip(lower.as_chunks::<4>().0).zip(out.as_chunks_mut::<2>().0)
            {
                *out = luma_of_eight(above, below);
            }
            let done = self.width / 4 * 2;
            let rest = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0).zip(out).skip(done);
            for ((above, below), out) in rest {
                let sum: u32 = above.iter().chain(below).map(luma).sum();
                *out = (sum / 4) as u16;
            }
        }
        (lumas, width, height)
    }

    /// The brightness of each pixel.
    pub fn grey(&self) -> Vec<u8> {
        self.pixels.as_chunks::<4>().0.iter().map(|pixel| (luma(pixel) >> 8) as u8).collect()
    }
}

/// For each of `from` pixels: into which of `to` pixels its first part falls, and how large that part is; the rest falls
/// into the next one.
fn shares(from: usize, to: usize) -> Vec<(usize, f32)> {
    let scale = to as f32 / from.max(1) as f32;
    (0..from)
        .map(|at| {
            let (start, end) = (at as f32 * scale, (at + 1) as f32 * scale);
            let first = (start as usize).min(to.saturating_sub(1));
            (first, ((first + 1) as f32 - start).min(end - start) / (end - start))
        })
        .collect()
}

/// Brightness times 256 (ITU-R BT.601 weights in 8 bits).
pub fn luma(pixel: &[u8; 4]) -> u32 {
    u32::from(pixel[0]) * 77 + u32::from(pixel[1]) * 150 + u32::from(pixel[2]) * 29
}

/// The brightness of two by four pixels: of the left four and of the right four, in 256ths.
#[cfg(not(all(target_arch = "wasm32", feature = "simd")))]
fn luma_of_eight(above: &[[u8; 4]; 4], below: &[[u8; 4]; 4]) -> [u16; 2] {
    const EVEN: u32 = 0x00ff_00ff;
    [0, 2].map(|at| {
        let four = [above[at], above[at + 1], below[at], below[at + 1]].map(u32::from_le_bytes);
        // Red and blue side by side in one number, green in another.
        let red_blue: u32 = four.iter().map(|pixel| pixel & EVEN).sum();
        let green: u32 = four.iter().map(|pixel| pixel >> 8 & 0xff).sum();
        (((red_blue & 0xffff) * 77 + green * 150 + (red_blue >> 16) * 29) / 4) as u16
    })
}

/// The same at once.
#[cfg(all(target_arch = "wasm32", feature = "simd"))]
#[target_feature(enable = "simd128")]
fn luma_of_eight(above: &[[u8; 4]; 4], below: &[[u8; 4]; 4]) -> [u16; 2] {
    use core::arch::wasm32::*;
    let row = |[a, b, c, d]: &[[u8; 4]; 4]| {
        let [a, b, c, d] = [a, b, c, d].map(|pixel| u32::from_le_bytes(*pixel));
        u32x4(a, b, c, d)
    };
    let (above, below) = (row(above), row(below));
    let weights = i16x8(77, 150, 29, 0, 77, 150, 29, 0);
    let left = i32x4_dot_i16x8(i16x8_add(u16x8_extend_low_u8x16(above), u16x8_extend_low_u8x16(below)), weights);
    let right = i32x4_dot_i16x8(i16x8_add(u16x8_extend_high_u8x16(above), u16x8_extend_high_u8x16(below)), weights);
    // Pairs of lanes belong to one pixel, and two pixels to each side.
    let sums = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(left, right), i32x4_shuffle::<2, 6, 3, 7>(left, right));
    let sums = i32x4_add(sums, i32x4_shuffle::<2, 3, 0, 1>(sums, sums));
    [(i32x4_extract_lane::<0>(sums) / 4) as u16, (i32x4_extract_lane::<1>(sums) / 4) as u16]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_quarter_turns_and_two_mirrors_change_nothing() {
        let pixels: Vec<u8> = (0..3 * 2 * 4).collect();
        let mut picture = Picture { pixels: pixels.clone(), width: 3, height: 2 };
        picture = picture.turned(1, false);
        assert_eq!(
            (picture.width, picture.height, picture.pixels[0]),
            (2, 3, 12),
            "the lower left comes to the upper left"
        );
        picture = picture.turned(3, false).turned(0, true).turned(2, true).turned(2, false);
        assert_eq!(picture.pixels, pixels);
    }

    #[test]
    fn a_grey_copy_keeps_the_mean() {
        let picture = Picture { pixels: [[0, 0, 0, 0], [200, 200, 200, 0]].concat().repeat(15), width: 10, height: 3 };
        let (grey, width) = picture.small_grey(4);
        assert_eq!((width, grey.len()), (4, 4));
        assert!(grey.iter().all(|level| (80..=120).contains(level)), "{grey:?}");
        let (same, _) = picture.small_grey(10);
        assert_eq!(same[..4], [0, 200, 0, 200]);
    }

    #[test]
    fn a_part_has_the_mean_of_what_lies_under_it() {
        let picture = Picture { pixels: (0..4 * 4).flat_map(|at| [at * 10, 0, 0, 255]).collect(), width: 4, height: 4 };
        let part = picture.part(Point::new(0.0, 0.0), Point::new(4.0, 4.0), 2, 2).unwrap();
        assert_eq!(part.pixels.as_chunks::<4>().0.iter().map(|p| p[0]).collect::<Vec<_>>(), [25, 45, 105, 125]);
        let large = picture.part(Point::new(1.0, 1.0), Point::new(2.0, 2.0), 3, 3).unwrap();
        assert!(large.pixels.as_chunks::<4>().0.iter().all(|pixel| pixel[0] == 50));
    }
}
