//! A photograph as JPEG files keep it: a plane of brightness, and two of colour with half as many pixels each way (4:2:0).
//!
//! A browser that hands out the planes spares itself the work of mixing colours for every pixel of a photograph of which
//! one in four is needed. Here the colours are mixed for the pixels that a page is made of.

use crate::{
    flatten,
    geometry::{Perspective, Point, Quad},
    photo::{CannotOpen, Photo, Picture, Rows, means},
};

/// Where a plane lies among the bytes: its first byte, and how many bytes each row takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plane {
    pub offset: usize,
    pub stride: usize,
}

/// A photograph in planes.
pub struct Planes {
    bytes: Vec<u8>,
    /// Brightness, blue and red, as JFIF 1.02 has them: all of the range from 0 to 255 is used.
    planes: [Plane; 3],
    /// As it is stored.
    width: usize,
    height: usize,
    /// How it has to be turned (quarters, clockwise) and before that mirrored to stand upright.
    turn: u8,
    mirrored: bool,
}

/// With how many of its pixels a photograph is looked at.
#[derive(Clone, Copy)]
enum Detail {
    Whole,
    /// Half as wide and half as high.
    Half,
}

/// A result with fewer pixels than this for each of the photograph's is taken from the half.
const ENOUGH: f32 = 0.65;

impl Planes {
    /// Takes the planes of a photograph with these sides, as it is stored; `None` where the bytes do not hold them.
    pub fn new(
        bytes: Vec<u8>,
        planes: [Plane; 3],
        (width, height): (usize, usize),
        (turn, mirrored): (u8, bool),
    ) -> Option<Planes> {
        let sides = [(width, height), (width.div_ceil(2), height.div_ceil(2)), (width.div_ceil(2), height.div_ceil(2))];
        let held = |(plane, (across, down)): (&Plane, (usize, usize))| {
            let end = plane.stride.checked_mul(down).and_then(|size| size.checked_add(plane.offset));
            plane.stride >= across && end.is_some_and(|end| end <= bytes.len())
        };
        let whole = width >= 2 && height >= 2 && planes.iter().zip(sides).all(held);
        whole.then_some(Planes { bytes, planes, width, height, turn: turn % 4, mirrored })
    }

    /// A row of a plane, from pixel `from` on.
    fn row(&self, plane: usize, y: usize, from: usize) -> &[u8] {
        let Plane { offset, stride } = self.planes[plane];
        let start = offset + y * stride;
        self.bytes.get(start + from..(start + stride).min(self.bytes.len())).unwrap_or(&[])
    }

    /// Its sides as it is stored; of the whole, even ones.
    fn sides(&self, detail: Detail) -> (usize, usize) {
        match detail {
            Detail::Whole => (self.width / 2 * 2, self.height / 2 * 2),
            Detail::Half => (self.width / 2, self.height / 2),
        }
    }

    /// A row of the half, from pixel `from` on. `brightness` is where its brightness is worked out.
    fn half_row(&self, y: usize, from: usize, brightness: &mut [u8], row: &mut [[u8; 4]]) {
        halve(self.row(0, 2 * y, 2 * from), self.row(0, 2 * y + 1, 2 * from), brightness);
        mix(brightness, self.row(1, y, from), self.row(2, y, from), row);
    }

    /// The part from `from` to `to` (all even).
    fn cut(&self, detail: Detail, from: (usize, usize), to: (usize, usize)) -> Picture {
        let (width, height) = (to.0 - from.0, to.1 - from.1);
        let mut pixels = vec![255; width * height * 4];
        let rows = (from.1..).zip(pixels.as_chunks_mut::<4>().0.chunks_exact_mut(width.max(1)));
        match detail {
            Detail::Whole => {
                let (mut blue, mut red) = (vec![0; width], vec![0; width]);
                for (y, row) in rows {
                    if y % 2 == 0 {
                        double(self.row(1, y / 2, from.0 / 2), &mut blue);
                        double(self.row(2, y / 2, from.0 / 2), &mut red);
                    }
                    mix(self.row(0, y, from.0), &blue, &red, row);
                }
            }
            Detail::Half => {
                let mut brightness = vec![0; width];
                rows.for_each(|(y, row)| self.half_row(y, from.0, &mut brightness, row));
            }
        }
        Picture { pixels, width, height }
    }

    /// Where an upright point lies in the stored picture.
    fn stored(&self, Point { x, y }: Point) -> Point {
        let (width, height) = (self.width as f32, self.height as f32);
        let (across, down) = match self.turn {
            0 => (x, y),
            1 => (y, height - x),
            2 => (width - x, height - y),
            _ => (width - y, x),
        };
        Point::new(if self.mirrored { width - across } else { across }, down)
    }
}

impl Photo for Planes {
    fn width(&self) -> f32 {
        (if self.turn % 2 == 1 { self.height } else { self.width }) as f32
    }

    fn height(&self) -> f32 {
        (if self.turn % 2 == 1 { self.width } else { self.height }) as f32
    }

    fn part(&self, from: Point, to: Point, width: usize, height: usize) -> Result<Picture, CannotOpen> {
        let (a, b) = (self.stored(from), self.stored(to));
        let (from, to) = (Point::new(a.x.min(b.x), a.y.min(b.y)), Point::new(a.x.max(b.x), a.y.max(b.y)));
        let (width, height) = if self.turn % 2 == 1 { (height, width) } else { (width, height) };
        let half = |point: Point| Point::new(point.x / 2.0, point.y / 2.0);
        let part = if (width as f32) < ENOUGH * (to.x - from.x) {
            let (across, _) = self.sides(Detail::Half);
            let half_rows = HalfRows { photo: self, brightness: vec![0; across], row: vec![[255; 4]; across] };
            means(half_rows, (half(from), half(to)), (width, height))?
        } else {
            let (whole, start) = self.around(Detail::Whole, [from, to]);
            let inside = |point: Point| Point::new(point.x - start.x, point.y - start.y);
            whole.part(inside(from), inside(to), width, height)?
        };
        Ok(part.turned(self.turn, self.mirrored))
    }

    fn flat(&self, corners: &Quad, width: usize, height: usize) -> Result<Picture, CannotOpen> {
        let stored = Quad(corners.0.map(|corner| self.stored(corner)));
        let scale = (width as f32 * height as f32 / stored.area().max(1.0)).sqrt();
        let (detail, stored) =
            if scale < ENOUGH { (Detail::Half, stored.scaled(0.5, 0.5)) } else { (Detail::Whole, stored) };
        // Seen too much aslant, a single tile may need all of the photograph.
        let flat = if stored.is_sheet_like() { Planes::flat_in_tiles } else { Planes::flat_tile };
        Ok(flat(self, detail, &stored, width, height))
    }
}

/// The rows of the half, made one at a time.
struct HalfRows<'a> {
    photo: &'a Planes,
    brightness: Vec<u8>,
    row: Vec<[u8; 4]>,
}

impl Rows for HalfRows<'_> {
    fn sides(&self) -> (usize, usize) {
        self.photo.sides(Detail::Half)
    }

    fn row(&mut self, y: usize) -> &[[u8; 4]] {
        self.photo.half_row(y, 0, &mut self.brightness, &mut self.row);
        &self.row
    }
}

/// The side of a tile: its pixels and those it is made of fit into a small phone's cache.
const TILE: usize = 256;

impl Planes {
    /// What is inside the corners, tile by tile. The colours of all the photograph never lie in memory at once.
    fn flat_in_tiles(&self, detail: Detail, corners: &Quad, width: usize, height: usize) -> Picture {
        let seen = Perspective::onto(corners, width as f32, height as f32);
        let mut pixels = vec![255; width * height * 4];
        for top in (0..height).step_by(TILE) {
            for left in (0..width).step_by(TILE) {
                let (across, down) = (TILE.min(width - left), TILE.min(height - top));
                let place = |corner: Point| seen.map(Point::new(corner.x + left as f32, corner.y + top as f32));
                let seen = Quad(Quad::whole(across as f32, down as f32).0.map(place));
                let tile = self.flat_tile(detail, &seen, across, down);
                let rows = pixels.chunks_exact_mut(width * 4).skip(top);
                for (row, from) in rows.zip(tile.pixels.chunks_exact(across * 4)) {
                    row[left * 4..(left + across) * 4].copy_from_slice(from);
                }
            }
        }
        Picture { pixels, width, height }
    }

    /// What is inside the corners, from all pixels around them.
    fn flat_tile(&self, detail: Detail, corners: &Quad, width: usize, height: usize) -> Picture {
        let (part, start) = self.around(detail, corners.0);
        let inside = Quad(corners.0.map(|corner| Point::new(corner.x - start.x, corner.y - start.y)));
        flatten::flatten(&part, &inside, width, height)
    }

    /// A part that holds the points and their neighbours, with all of its pixels, and where it begins.
    fn around<const N: usize>(&self, detail: Detail, points: [Point; N]) -> (Picture, Point) {
        let span = |axis: fn(&Point) -> f32, most: usize| {
            let low = (points.iter().map(axis).fold(f32::MAX, f32::min).max(0.0) as usize).saturating_sub(1);
            let high = (points.iter().map(axis).fold(0.0, f32::max).ceil() as usize).saturating_add(1);
            let low = low.min(most.saturating_sub(2)) / 2 * 2;
            (low, high.min(most).next_multiple_of(2).clamp((low + 2).min(most), most))
        };
        let (width, height) = self.sides(detail);
        let ((left, right), (top, bottom)) = (span(|p| p.x, width), span(|p| p.y, height));
        (self.cut(detail, (left, top), (right, bottom)), Point::new(left as f32, top as f32))
    }
}

/// The mean of each two by two pixels of two rows.
fn halve(upper: &[u8], lower: &[u8], out: &mut [u8]) {
    let done = halve_sixteens(upper, lower, out);
    let (above, below) = (upper.as_chunks::<2>().0.iter().skip(done), lower.as_chunks::<2>().0.iter().skip(done));
    for (out, ([a, b], [c, d])) in out.iter_mut().skip(done).zip(above.zip(below)) {
        *out = ((u16::from(*a) + u16::from(*b) + u16::from(*c) + u16::from(*d) + 2) >> 2) as u8;
    }
}

/// The same for as many pixels as come in sixteens; how many those were.
#[cfg(all(target_arch = "wasm32", feature = "simd"))]
#[target_feature(enable = "simd128")]
fn halve_sixteens(upper: &[u8], lower: &[u8], out: &mut [u8]) -> usize {
    use core::arch::wasm32::*;
    let sums = |row: &[u8; 16]| u16x8_extadd_pairwise_u8x16(all(row));
    let rows = upper.as_chunks::<16>().0.iter().zip(lower.as_chunks::<16>().0);
    let mut done = 0;
    for (out, (above, below)) in out.as_chunks_mut::<8>().0.iter_mut().zip(rows) {
        let sum = u16x8_add(u16x8_add(sums(above), sums(below)), u16x8_splat(2));
        let mean = u16x8_shr(sum, 2);
        *out = u64x2_extract_lane::<0>(u8x16_narrow_i16x8(mean, mean)).to_le_bytes();
        done += 8;
    }
    done
}

#[cfg(not(all(target_arch = "wasm32", feature = "simd")))]
fn halve_sixteens(_: &[u8], _: &[u8], _: &mut [u8]) -> usize {
    0
}

#[cfg(all(target_arch = "wasm32", feature = "simd"))]
#[target_feature(enable = "simd128")]
pub(crate) fn all(bytes: &[u8; 16]) -> core::arch::wasm32::v128 {
    let [low, high] = [0, 8].map(|at| u64::from_le_bytes(std::array::from_fn(|n| bytes[at + n])));
    core::arch::wasm32::u64x2(low, high)
}

/// Each pixel twice.
fn double(row: &[u8], out: &mut [u8]) {
    for (pair, level) in out.as_chunks_mut::<2>().0.iter_mut().zip(row) {
        *pair = [*level; 2];
    }
}

/// Mixes red, green and blue (ITU-T T.871, 7).
#[cfg(not(all(target_arch = "wasm32", feature = "simd")))]
fn mix(brightness: &[u8], blue: &[u8], red: &[u8], out: &mut [[u8; 4]]) {
    for (((pixel, y), b), r) in out.iter_mut().zip(brightness).zip(blue).zip(red) {
        let (y, b, r) = (i32::from(*y) << 16, i32::from(*b) - 128, i32::from(*r) - 128);
        let level = |sum: i32| ((sum + (1 << 15)) >> 16).clamp(0, 255) as u8;
        *pixel = [level(y + 91_881 * r), level(y - 22_554 * b - 46_802 * r), level(y + 116_130 * b), 255];
    }
}

/// The same, eight pixels at a time.
#[cfg(all(target_arch = "wasm32", feature = "simd"))]
#[target_feature(enable = "simd128")]
fn mix(brightness: &[u8], blue: &[u8], red: &[u8], out: &mut [[u8; 4]]) {
    use core::arch::wasm32::*;
    let wide = |eight: &[u8; 8]| u16x8_extend_low_u8x16(u64x2(u64::from_le_bytes(*eight), 0));
    let times = |levels: v128, share: i16| i16x8_q15mulr_sat(levels, i16x8_splat(share));
    let middle = i16x8_splat(128);
    let eight = |y: &[u8; 8], b: &[u8; 8], r: &[u8; 8]| {
        let (y, b, r) = (wide(y), i16x8_sub(wide(b), middle), i16x8_sub(wide(r), middle));
        // Shares are in 32768ths, below one.
        let red = i16x8_add(y, i16x8_add(r, times(r, 13_173)));
        let green = i16x8_sub(i16x8_sub(y, times(b, 11_277)), times(r, 23_401));
        let blue = i16x8_add(y, i16x8_add(b, times(b, 25_297)));
        let red_green = u8x16_narrow_i16x8(red, green);
        let blue_white = u8x16_narrow_i16x8(blue, i16x8_splat(255));
        let low = i8x16_shuffle::<0, 8, 16, 24, 1, 9, 17, 25, 2, 10, 18, 26, 3, 11, 19, 27>(red_green, blue_white);
        let high = i8x16_shuffle::<4, 12, 20, 28, 5, 13, 21, 29, 6, 14, 22, 30, 7, 15, 23, 31>(red_green, blue_white);
        [
            u64x2_extract_lane::<0>(low),
            u64x2_extract_lane::<1>(low),
            u64x2_extract_lane::<0>(high),
            u64x2_extract_lane::<1>(high),
        ]
    };
    let count = out.len().min(brightness.len()).min(blue.len()).min(red.len());
    let (brightness, blue, red, out) = (&brightness[..count], &blue[..count], &red[..count], &mut out[..count]);
    let put = |out: &mut [[u8; 4]; 8], y: &[u8; 8], b: &[u8; 8], r: &[u8; 8]| {
        for (pair, two) in out.as_flattened_mut().as_chunks_mut::<8>().0.iter_mut().zip(eight(y, b, r)) {
            *pair = two.to_le_bytes();
        }
    };
    let (eights, rest) = out.as_chunks_mut::<8>();
    let all = brightness.as_chunks::<8>().0.iter().zip(blue.as_chunks::<8>().0).zip(red.as_chunks::<8>().0);
    for (out, ((y, b), r)) in eights.iter_mut().zip(all) {
        put(out, y, b, r);
    }
    let done = count - rest.len();
    let last = |row: &[u8]| std::array::from_fn(|n| row.get(done + n).copied().unwrap_or(0));
    let mut mixed = [[0; 4]; 8];
    put(&mut mixed, &last(brightness), &last(blue), &last(red));
    rest.copy_from_slice(&mixed[..rest.len()]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture in planes whose colours change slowly, and the same in pixels.
    fn both(width: usize, height: usize, turn: u8, mirrored: bool) -> (Planes, Picture) {
        let level = |x: usize, y: usize| [(x * 200 / width) as u8, (y * 200 / height) as u8, 90];
        let mut pixels = Vec::new();
        let (mut brightness, mut blue, mut red) = (vec![9; 7], Vec::new(), Vec::new());
        for y in 0..height {
            for x in 0..width {
                let [r, g, b] = level(x, y);
                pixels.extend([r, g, b, 255]);
                let [r, g, b] = [r, g, b].map(f32::from);
                brightness.push((0.299 * r + 0.587 * g + 0.114 * b).round() as u8);
                if x % 2 == 0 && y % 2 == 0 {
                    blue.push((128.0 - 0.168_736 * r - 0.331_264 * g + 0.5 * b).round() as u8);
                    red.push((128.0 + 0.5 * r - 0.418_688 * g - 0.081_312 * b).round() as u8);
                }
            }
        }
        let (second, stride) = (brightness.len(), width.div_ceil(2));
        let third = second + blue.len();
        let planes =
            [Plane { offset: 7, stride: width }, Plane { offset: second, stride }, Plane { offset: third, stride }];
        let bytes = [brightness, blue, red].concat();
        let planes = Planes::new(bytes, planes, (width, height), (turn, mirrored)).unwrap();
        (planes, Picture { pixels, width, height }.turned(turn, mirrored))
    }

    fn furthest(one: &Picture, other: &Picture) -> u8 {
        assert_eq!((one.width, one.height), (other.width, other.height));
        one.pixels.iter().zip(&other.pixels).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
    }

    #[test]
    fn planes_show_the_same_picture_as_pixels_however_the_camera_was_held() {
        for turn in 0..4 {
            for mirrored in [false, true] {
                for (width, height) in [(120, 80), (81, 121)] {
                    let (planes, picture) = both(width, height, turn, mirrored);
                    assert_eq!((planes.width(), planes.height()), (picture.width(), picture.height()));
                    let end = Point::new(picture.width(), picture.height());
                    for side in [20, 40] {
                        let [one, other] = [&planes as &dyn Asked, &picture]
                            .map(|photo| photo.part_of(Point::new(10.0, 20.0), end, side, side + 7));
                        assert!(furthest(&one, &other) <= 8, "{turn} {mirrored} {side}: {}", furthest(&one, &other));
                    }
                    let corners =
                        Quad([(9.0, 12.0), (70.0, 15.0), (66.0, 75.0), (12.0, 70.0)].map(|(x, y)| Point::new(x, y)));
                    for side in [30, 64] {
                        let [one, other] =
                            [&planes as &dyn Asked, &picture].map(|photo| photo.flat_of(&corners, side, side + 3));
                        assert!(furthest(&one, &other) <= 8, "{turn} {mirrored} {side}: {}", furthest(&one, &other));
                    }
                }
            }
        }
    }

    #[test]
    fn tiles_have_no_seams() {
        let (planes, picture) = both(900, 700, 1, false);
        let corners = Quad([(20.0, 30.0), (650.0, 12.0), (690.0, 880.0), (4.0, 850.0)].map(|(x, y)| Point::new(x, y)));
        let (width, height) = (600, 810);
        let tiled = planes.flat_of(&corners, width, height);
        let stored = Quad(corners.0.map(|corner| planes.stored(corner)));
        assert!(furthest(&tiled, &planes.flat_tile(Detail::Whole, &stored, width, height)) <= 2);
        assert!(furthest(&tiled, &picture.flat_of(&corners, width, height)) <= 8);
    }

    trait Asked {
        fn part_of(&self, from: Point, to: Point, width: usize, height: usize) -> Picture;
        fn flat_of(&self, corners: &Quad, width: usize, height: usize) -> Picture;
    }

    impl<P: Photo> Asked for P {
        fn part_of(&self, from: Point, to: Point, width: usize, height: usize) -> Picture {
            self.part(from, to, width, height).unwrap()
        }

        fn flat_of(&self, corners: &Quad, width: usize, height: usize) -> Picture {
            self.flat(corners, width, height).unwrap()
        }
    }

    #[test]
    fn bytes_that_are_too_few_are_refused() {
        let plane = |offset, stride| Plane { offset, stride };
        let planes = [plane(0, 4), plane(16, 2), plane(20, 2)];
        let made = |length: usize, planes, sides| Planes::new(vec![0; length], planes, sides, (0, false)).is_some();
        assert!(made(24, planes, (4, 4)));
        assert!(!made(23, planes, (4, 4)) && !made(24, planes, (6, 4)) && !made(24, planes, (1, 1)));
        assert!(!made(24, [plane(usize::MAX, 4), plane(0, 2), plane(0, 2)], (4, 4)));
    }
}
