//! Cleaning: even light, white paper white, stamps red and signatures blue.
//!
//! How bright the bare paper would be at each place is read from the page itself, cell by cell; the page is then divided
//! by it. What is written stays as dark against its paper as it was.

use crate::photo::{Picture, luma};

/// How a page is to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Finish {
    /// As the camera saw it.
    AsTaken,
    /// Clean, in colour.
    #[default]
    Colour,
    Grey,
    /// Black on white.
    Black,
}

impl Finish {
    /// The word for it in messages between the worker and the app.
    pub fn from_word(word: &str) -> Finish {
        match word {
            "as-taken" => Finish::AsTaken,
            "grey" => Finish::Grey,
            "black" => Finish::Black,
            _ => Finish::Colour,
        }
    }
}

/// The side of a cell in pixels.
const CELL: usize = 32;
/// How far a dark spot is bridged, in cells: a passport photograph, a stamp, a heading in a box.
const BRIDGE: usize = 3;
/// Nothing is made brighter than this many times, so that a black page stays black.
const MOST: f32 = 3.5;

/// Cleans a page in place.
pub fn clean(page: &mut Picture, finish: Finish) {
    if finish == Finish::AsTaken || page.pixels.is_empty() || page.width == 0 {
        return;
    }
    let paper = Paper::under(page);
    let (stretch, black) = finish.stretch();
    let width = page.width;
    let (pixels, _) = page.pixels.as_chunks_mut::<4>();
    let mut gains = vec![[0u16; 4]; width];
    for (y, row) in pixels.chunks_exact_mut(width).enumerate() {
        // The light changes slowly.
        if y % 4 == 0 {
            paper.gains(y, stretch, &mut gains);
        }
        if finish == Finish::Colour {
            colour(row, &gains, black);
        } else {
            grey(row, &gains, black);
        }
    }
}

impl Finish {
    /// Once the paper is at 240: by how much contrast is stretched, and from which level (times the stretch) black begins.
    fn stretch(self) -> (f32, i32) {
        // From `black` down all is black, from `white` up all is white.
        let (black, white) = match self {
            Finish::Black => (120.0, 190.0),
            _ => (28.0, 228.0),
        };
        let stretch = 255.0 / (white - black);
        (stretch, (black * stretch) as i32)
    }
}

#[cfg(not(all(target_arch = "wasm32", feature = "simd")))]
fn colour(row: &mut [[u8; 4]], gains: &[[u16; 4]], black: i32) {
    for (pixel, gain) in row.iter_mut().zip(gains) {
        for n in 0..3 {
            pixel[n] = (((u32::from(pixel[n]) * u32::from(gain[n])) >> 8) as i32 - black).clamp(0, 255) as u8;
        }
    }
}

/// The same, two pixels at a time.
#[cfg(all(target_arch = "wasm32", feature = "simd"))]
#[target_feature(enable = "simd128")]
fn colour(row: &mut [[u8; 4]], gains: &[[u16; 4]], black: i32) {
    use core::arch::wasm32::*;
    let black = black as i16;
    // The fourth byte of a pixel stays as it is.
    let black = i16x8(black, black, black, 0, black, black, black, 0);
    let (pairs, last) = row.as_chunks_mut::<2>();
    let (gains, rest) = gains.as_chunks::<2>();
    let both = |pixels: [[u8; 4]; 2], gain: [[u16; 4]; 2]| {
        let [[a, b, c, d], [e, f, g, h]] = gain;
        let gain = u16x8(a, b, c, d, e, f, g, h);
        let levels =
            u16x8_extend_low_u8x16(u64x2(u64::from_le_bytes(*pixels.as_flattened().as_array().unwrap_or(&[0; 8])), 0));
        // Times the gain, in 256ths: (level << 7) · gain >> 15.
        let even = i16x8_sub(i16x8_q15mulr_sat(i16x8_shl(levels, 7), gain), black);
        u64x2_extract_lane::<0>(u8x16_narrow_i16x8(even, even)).to_le_bytes()
    };
    for (pair, gain) in pairs.iter_mut().zip(gains) {
        let [a, b, c, d, e, f, g, h] = both(*pair, *gain);
        *pair = [[a, b, c, d], [e, f, g, h]];
    }
    if let (Some(pixel), Some(gain)) = (last.first_mut(), rest.first()) {
        let [a, b, c, d, ..] = both([*pixel; 2], [*gain; 2]);
        *pixel = [a, b, c, d];
    }
}

fn grey(row: &mut [[u8; 4]], gains: &[[u16; 4]], black: i32) {
    for (pixel, gain) in row.iter_mut().zip(gains) {
        let even = |n: usize, weight: u32| (u32::from(pixel[n]) * u32::from(gain[n]) * weight) >> 8;
        let level = ((even(0, 77) + even(1, 150) + even(2, 29)) >> 8) as i32 - black;
        pixel[..3].fill(level.clamp(0, 255) as u8);
    }
}

/// The colour of the bare paper over the page, cell by cell.
struct Paper {
    cells: Vec<[f32; 3]>,
    across: usize,
    down: usize,
}

impl Paper {
    fn under(page: &Picture) -> Paper {
        let (across, down) = (page.width.div_ceil(CELL), page.height.div_ceil(CELL));
        let mut cells = Vec::with_capacity(across * down);
        for row in 0..down {
            for column in 0..across {
                cells.push(brightest(page, column * CELL, row * CELL));
            }
        }
        let mut paper = Paper { cells, across, down };
        // Closing (widen what is bright, then narrow it again) fills dark spots and keeps the edges of shadows.
        for widen in [true, false] {
            paper.spread(widen, 1);
            paper.spread(widen, paper.across);
        }
        paper.smooth();
        paper.settle();
        paper
    }

    /// Replaces each cell by the brightest (or darkest) of those `BRIDGE` cells before and after it, in rows (stride 1)
    /// or columns.
    fn spread(&mut self, brighter: bool, stride: usize) {
        let length = if stride == 1 { self.across } else { self.down };
        let old = self.cells.clone();
        for (at, cell) in self.cells.iter_mut().enumerate() {
            let place = at / stride % length;
            let first = at - place.min(BRIDGE) * stride;
            let last = at + (length - 1 - place).min(BRIDGE) * stride;
            for near in (first..=last).step_by(stride) {
                if (old[near][1] > cell[1]) == brighter {
                    *cell = old[near];
                }
            }
        }
    }

    /// The mean of each cell and its neighbours.
    fn smooth(&mut self) {
        let old = self.cells.clone();
        for row in 0..self.down {
            for column in 0..self.across {
                let (mut sum, mut count) = ([0.0; 3], 0.0);
                for y in row.saturating_sub(1)..(row + 2).min(self.down) {
                    for x in column.saturating_sub(1)..(column + 2).min(self.across) {
                        (0..3).for_each(|n| sum[n] += old[y * self.across + x][n]);
                        count += 1.0;
                    }
                }
                self.cells[row * self.across + column] = sum.map(|level| level / count);
            }
        }
    }

    /// Paper that is nearly white is white: its tint is the lamp's. Pink paper stays pink.
    fn settle(&mut self) {
        let count = self.cells.len() as f32;
        let mean = [0, 1, 2].map(|n| self.cells.iter().map(|cell| cell[n]).sum::<f32>() / count);
        let (high, low) = (mean[0].max(mean[1]).max(mean[2]), mean[0].min(mean[1]).min(mean[2]));
        let whole = (mean[0] + mean[1] + mean[2]) / 3.0;
        let white = high - low < 0.17 * high;
        let floor = whole / 2.2;
        for cell in &mut self.cells {
            let here = (cell[0] + cell[1] + cell[2]) / 3.0;
            // A dark picture that fills much of the page is not shadow.
            let lift = (floor / here.max(1.0)).max(1.0);
            *cell = if white { cell.map(|level| level * lift) } else { mean.map(|level| level * here * lift / whole) };
            if !white {
                // The brightest of its channels takes the place of white.
                let tint = high / whole;
                *cell = [here * lift * tint; 3];
            }
        }
    }

    /// What each channel of each pixel in row `y` is multiplied by, in 256ths, to bring the paper to 240 and stretch the
    /// contrast.
    fn gains(&self, y: usize, stretch: f32, gains: &mut [[u16; 4]]) {
        let place = |at: usize, count: usize| {
            let at = ((at as f32 + 0.5) / CELL as f32 - 0.5).clamp(0.0, count as f32 - 1.0);
            let first = (at as usize).min(count.saturating_sub(2));
            (first, (first + 1).min(count - 1), at - first as f32)
        };
        let (upper, lower, fy) = place(y, self.down);
        // In 65536ths.
        let column = |x: usize| {
            let (one, other) = (self.cells[upper * self.across + x], self.cells[lower * self.across + x]);
            let level = |n: usize| one[n] * (1.0 - fy) + other[n] * fy;
            let gain = |n: usize| (65536.0 * stretch * (240.0 / level(n).max(1.0)).min(MOST)) as i32;
            [gain(0), gain(1), gain(2)]
        };
        // Even steps from the middle of one cell to the middle of the next; before the first and after the last, none.
        let (mut now, mut next) = (column(0), column(0));
        for (at, run) in gains.chunks_mut(CELL / 2).enumerate() {
            if at % 2 == 1 {
                now = next;
                next = column((at / 2 + 1).min(self.across - 1));
            }
            let half = if at % 2 == 1 || at == 0 { 0 } else { CELL as i32 / 2 };
            let step = [0, 1, 2].map(|n| (next[n] - now[n]) / CELL as i32);
            let mut gain = [0, 1, 2].map(|n| now[n] + step[n] * half);
            for out in run {
                *out = [(gain[0] >> 8) as u16, (gain[1] >> 8) as u16, (gain[2] >> 8) as u16, 256];
                gain = [0, 1, 2].map(|n| gain[n] + step[n]);
            }
        }
    }
}

/// The colour of the brighter part of a cell: the mean of the pixels at or above its 80th percentile of brightness.
fn brightest(page: &Picture, left: usize, top: usize) -> [f32; 3] {
    let (right, bottom) = ((left + CELL).min(page.width), (top + CELL).min(page.height));
    let (pixels, _) = page.pixels.as_chunks::<4>();
    let mut counts = [0u32; 64];
    let mut sums = [[0u32; 3]; 64];
    // Every second pixel of every second row tells enough.
    for y in (top..bottom).step_by(2) {
        for pixel in pixels[y * page.width + left..y * page.width + right].iter().step_by(2) {
            let level = (luma(pixel) >> 10) as usize;
            counts[level] += 1;
            (0..3).for_each(|n| sums[level][n] += u32::from(pixel[n]));
        }
    }
    let wanted = counts.iter().sum::<u32>().div_ceil(5);
    let (mut count, mut sum) = (0, [0u32; 3]);
    for level in (0..64).rev() {
        count += counts[level];
        (0..3).for_each(|n| sum[n] += sums[level][n]);
        if count >= wanted {
            break;
        }
    }
    sum.map(|sum| sum as f32 / count.max(1) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page in half shadow with a line of black, a red stamp and a blue signature.
    fn page() -> Picture {
        let (width, height) = (640usize, 640usize);
        let mut pixels = Vec::with_capacity(width * height * 4);
        for y in 0..height {
            for x in 0..width {
                let ink = match (x / 8 % 10, y / 8 % 10) {
                    (1..6, 2) => [30.0, 30.0, 30.0],
                    (1..6, 5) => [200.0, 40.0, 50.0],
                    (1..6, 8) => [40.0, 60.0, 160.0],
                    _ => [235.0, 232.0, 224.0],
                };
                let light = 0.9 - 0.4 * (x as f32 / width as f32);
                pixels.extend([0, 1, 2].map(|n| (ink[n] * light) as u8));
                pixels.push(255);
            }
        }
        Picture { pixels, width, height }
    }

    fn at(page: &Picture, x: usize, y: usize) -> [u8; 3] {
        let at = (y * page.width + x) * 4;
        [page.pixels[at], page.pixels[at + 1], page.pixels[at + 2]]
    }

    #[test]
    fn shadow_goes_paper_is_white_and_colours_stay() {
        let mut clean_page = page();
        clean(&mut clean_page, Finish::Colour);
        for x in [60, 300, 540] {
            let x = x / 80 * 80;
            assert_eq!(at(&clean_page, x + 60, 4), [255; 3], "paper at {x}");
            let [red, green, blue] = at(&clean_page, x + 20, 44);
            assert!(red > 150 && green < 80 && blue < 90, "stamp {red} {green} {blue}");
            let [red, green, blue] = at(&clean_page, x + 20, 68);
            assert!(blue > 120 && red < 80 && green < 90, "signature {red} {green} {blue}");
            assert!(at(&clean_page, x + 20, 20).iter().all(|level| *level < 40));
        }
    }

    #[test]
    fn grey_is_grey_and_black_is_black() {
        let (mut grey, mut black) = (page(), page());
        clean(&mut grey, Finish::Grey);
        clean(&mut black, Finish::Black);
        let [red, green, blue] = at(&grey, 20, 44);
        assert!(red == green && green == blue && (40..200).contains(&red));
        assert_eq!((at(&black, 20, 20), at(&black, 60, 4)), ([0; 3], [255; 3]));
        assert!(at(&black, 20, 44)[0] < 60, "a stamp is black on white too");
    }

    #[test]
    fn pink_paper_stays_pink() {
        let mut pink = Picture { pixels: [230, 180, 178, 255].repeat(320 * 320), width: 320, height: 320 };
        clean(&mut pink, Finish::Colour);
        let [red, green, blue] = at(&pink, 100, 100);
        assert!(red >= 250 && green < 225 && blue < 225, "{red} {green} {blue}");
    }
}
