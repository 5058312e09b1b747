//! Flattening: from a sheet seen aslant to a sheet seen straight.

use crate::{
    geometry::{Perspective, Quad},
    photo::Picture,
};

/// So many pixels of a row are taken as evenly spaced between two exact places: the error stays below a fiftieth of a
/// pixel at any slant a paper can still be read at, and a division is spared.
const SPAN: usize = 16;

/// The part of the photograph inside the corners as a straight picture of `width` × `height` pixels; what lies outside
/// of the photograph is white. Each pixel is blended from its four neighbours, so the photograph should have about as
/// many pixels there as the result.
pub fn flatten(photo: &Picture, corners: &Quad, width: usize, height: usize) -> Picture {
    let seen = Perspective::onto(corners, width as f32, height as f32);
    let mut pixels = vec![255u8; width * height * 4];
    let source = Source { pixels: photo.pixels.as_chunks::<4>().0, width: photo.width, height: photo.height };
    // Places in 256ths of a pixel, from the middle of the first one.
    let place = |x: usize, y: usize| {
        let [u, v, w] = seen.parts(x as f32 + 0.5, y as f32 + 0.5);
        ((u * 256.0 / w) as i32 - 128, (v * 256.0 / w) as i32 - 128)
    };
    let (rows, _) = pixels.as_chunks_mut::<4>();
    for (y, row) in rows.chunks_exact_mut(width.max(1)).enumerate() {
        let mut start = place(0, y);
        for (at, span) in row.chunks_mut(SPAN).enumerate() {
            let end = place(at * SPAN + SPAN, y);
            let step = (end.0.wrapping_sub(start.0).wrapping_mul(16), end.1.wrapping_sub(start.1).wrapping_mul(16));
            if source.holds(start) && source.holds(end) {
                source.blend_inside(span, start, step);
            } else {
                source.blend_edge(span, start, step);
            }
            start = end;
        }
    }
    Picture { pixels, width, height }
}

struct Source<'a> {
    pixels: &'a [[u8; 4]],
    width: usize,
    height: usize,
}

impl Source<'_> {
    /// Whether a place has all four neighbours.
    fn holds(&self, (x, y): (i32, i32)) -> bool {
        x >= 0 && y >= 0 && (x >> 8) + 1 < self.width as i32 && (y >> 8) + 1 < self.height as i32
    }

    /// Fills a span from places that all have their four neighbours. Steps are in 65536ths.
    #[cfg(all(target_arch = "wasm32", feature = "simd"))]
    #[target_feature(enable = "simd128")]
    fn blend_inside(&self, span: &mut [[u8; 4]], (x, y): (i32, i32), step: (i32, i32)) {
        use core::arch::wasm32::*;
        let (mut x, mut y) = (x << 8, y << 8);
        // A pixel and its right neighbour.
        let pair = |at: usize| {
            let pair = self.pixels.get(at..).and_then(|rest| rest.first_chunk::<2>());
            let bytes = pair.and_then(|pair| pair.as_flattened().first_chunk::<8>());
            u16x8_extend_low_u8x16(u64x2(bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes)), 0))
        };
        for pixel in span {
            let at = (y >> 16) as usize * self.width + (x >> 16) as usize;
            let (fx, fy) = ((x >> 8 & 255) as u16, (y >> 8 & 255) as u16);
            let (upper, lower) = (pair(at), pair(at + self.width));
            let both =
                u16x8_shr(u16x8_add(u16x8_mul(upper, u16x8_splat(256 - fy)), u16x8_mul(lower, u16x8_splat(fy))), 8);
            let right = i64x2_shuffle::<1, 1>(both, both);
            let one =
                u16x8_shr(u16x8_add(u16x8_mul(both, u16x8_splat(256 - fx)), u16x8_mul(right, u16x8_splat(fx))), 8);
            *pixel = u32x4_extract_lane::<0>(u8x16_narrow_i16x8(one, one)).to_le_bytes();
            (x, y) = (x.wrapping_add(step.0), y.wrapping_add(step.1));
        }
    }

    /// The same without SIMD.
    #[cfg(not(all(target_arch = "wasm32", feature = "simd")))]
    fn blend_inside(&self, span: &mut [[u8; 4]], (x, y): (i32, i32), step: (i32, i32)) {
        let (mut x, mut y) = (x << 8, y << 8);
        for pixel in span {
            let at = (y >> 16) as usize * self.width + (x >> 16) as usize;
            if let (Some([a, b]), Some([c, d])) =
                (self.pixels.get(at..at + 2), self.pixels.get(at + self.width..at + self.width + 2))
            {
                *pixel = mixed([*a, *b], [*c, *d], (x >> 8 & 255) as u32, (y >> 8 & 255) as u32);
            }
            (x, y) = (x.wrapping_add(step.0), y.wrapping_add(step.1));
        }
    }

    /// The same where the photograph ends.
    fn blend_edge(&self, span: &mut [[u8; 4]], (x, y): (i32, i32), step: (i32, i32)) {
        let (right, bottom) = (self.width as i32 - 1, self.height as i32 - 1);
        for (n, pixel) in span.iter_mut().enumerate() {
            let n = n as i64;
            let (px, py) =
                (i64::from(x) + ((i64::from(step.0) * n) >> 8), i64::from(y) + ((i64::from(step.1) * n) >> 8));
            let (px, py) = (px.clamp(-1 << 20, 1 << 24) as i32, py.clamp(-1 << 20, 1 << 24) as i32);
            let (x, y) = (px >> 8, py >> 8);
            if x < -1 || y < -1 || x > right || y > bottom {
                continue;
            }
            let (left, top) = (x.max(0) as usize, y.max(0) as usize);
            let (beside, below) = ((x + 1).min(right) as usize, (y + 1).min(bottom) as usize);
            let at = |x: usize, y: usize| self.pixels.get(y * self.width + x).copied().unwrap_or([255; 4]);
            let (upper, lower) = ([at(left, top), at(beside, top)], [at(left, below), at(beside, below)]);
            *pixel = mixed(upper, lower, (px & 255) as u32, (py & 255) as u32);
        }
    }
}

/// Four neighbours mixed: `fx` 256ths of the right ones, `fy` of the lower ones.
fn mixed(upper: [[u8; 4]; 2], lower: [[u8; 4]; 2], fx: u32, fy: u32) -> [u8; 4] {
    // Two bytes at a time.
    const EVEN: u32 = 0x00ff_00ff;
    let blend = |one: u32, other: u32, share: u32| {
        let even = ((one & EVEN) * (256 - share) + (other & EVEN) * share) >> 8 & EVEN;
        let odd = ((one >> 8 & EVEN) * (256 - share) + (other >> 8 & EVEN) * share) & !EVEN;
        even | odd
    };
    let [upper, lower] = [upper, lower].map(|[a, b]| blend(u32::from_le_bytes(a), u32::from_le_bytes(b), fx));
    blend(upper, lower, fy).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;

    #[test]
    fn flattening_the_whole_changes_nothing_and_corners_meet() {
        let (width, height) = (40usize, 30usize);
        let pixels: Vec<u8> = (0..width * height * 4).map(|at| (at * 37 % 251) as u8).collect();
        let photo = Picture { pixels, width, height };
        let same = flatten(&photo, &Quad::whole(40.0, 30.0), 40, 30);
        let off = photo.pixels.iter().zip(&same.pixels).filter(|(a, b)| a.abs_diff(**b) > 1).count();
        assert_eq!(off, 0);
        let turned = Quad([Point::new(40.0, 0.0), Point::new(40.0, 30.0), Point::new(0.0, 30.0), Point::new(0.0, 0.0)]);
        let quarter = flatten(&photo, &turned, 30, 40);
        assert!(quarter.pixels[0].abs_diff(photo.pixels[39 * 4]) <= 1);
    }

    #[test]
    fn outside_of_the_photograph_is_white_and_nothing_panics() {
        let photo = Picture { pixels: vec![0; 64], width: 4, height: 4 };
        let far = Quad([(-9.0, -9.0), (30.0, -2.0), (40.0, 40.0), (-3.0, 20.0)].map(|(x, y)| Point::new(x, y)));
        let page = flatten(&photo, &far, 50, 50);
        assert_eq!(page.pixels[..3], [255; 3]);
        let empty = Picture { pixels: vec![], width: 0, height: 0 };
        assert_eq!(flatten(&empty, &far, 5, 5).pixels.len(), 100);
        let flat = Quad([Point::new(1.0, 1.0); 4]);
        assert_eq!(flatten(&photo, &flat, 5, 5).pixels.len(), 100);
    }
}
