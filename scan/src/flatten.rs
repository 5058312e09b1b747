//! Flattening: from a sheet seen aslant to a sheet seen straight.

use crate::{
    geometry::{Perspective, Quad},
    photo::Picture,
};

/// The part of the photograph inside the corners as a straight picture of `width` × `height` pixels; what lies outside
/// of the photograph is white. Each pixel is blended from its four neighbours, so the photograph should have about as
/// many pixels there as the result.
pub fn flatten(photo: &Picture, corners: &Quad, width: usize, height: usize) -> Picture {
    let seen = Perspective::onto(corners, width as f32, height as f32);
    let step = seen.step();
    let (source, _) = photo.pixels.as_chunks::<4>();
    let across = photo.width;
    let (right, bottom) = (photo.width as i32 - 1, photo.height as i32 - 1);
    let mut pixels = vec![255u8; width * height * 4];
    let (rows, _) = pixels.as_chunks_mut::<4>();
    for (y, row) in rows.chunks_exact_mut(width).enumerate() {
        let [mut u, mut v, mut w] = seen.parts(0.5, y as f32 + 0.5);
        for pixel in row {
            let scale = 256.0 / w;
            // Places in 256ths of a pixel, from the middle of the first one.
            let (px, py) = ((u * scale) as i32 - 128, (v * scale) as i32 - 128);
            (u, v, w) = (u + step[0], v + step[1], w + step[2]);
            let (x, y) = (px >> 8, py >> 8);
            if x < -1 || y < -1 || x > right || y > bottom {
                continue;
            }
            let (left, top) = (x.max(0) as usize, y.max(0) as usize);
            let (beside, below) = ((x + 1).min(right) as usize, (y + 1).min(bottom) as usize);
            let at = |x: usize, y: usize| source.get(y * across + x).map_or(u32::MAX, |p| u32::from_le_bytes(*p));
            let (fx, fy) = ((px & 255) as u32, (py & 255) as u32);
            let upper = blend(at(left, top), at(beside, top), fx);
            let lower = blend(at(left, below), at(beside, below), fx);
            *pixel = blend(upper, lower, fy).to_le_bytes();
        }
    }
    Picture { pixels, width, height }
}

/// Two pixels mixed, `share` 256ths of the second, two bytes at a time.
fn blend(one: u32, other: u32, share: u32) -> u32 {
    const EVEN: u32 = 0x00ff_00ff;
    let even = ((one & EVEN) * (256 - share) + (other & EVEN) * share) >> 8 & EVEN;
    let odd = ((one >> 8 & EVEN) * (256 - share) + (other >> 8 & EVEN) * share) & !EVEN;
    even | odd
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
