//! The flat papers that scenes are made of.

use std::path::Path;

use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

/// Papers with writing on them, by file name in `tests/papers`.
pub const WRITTEN: [&str; 12] = [
    "phieu",
    "hop-dong",
    "giay-chung-nhan",
    "don",
    "bien-ban",
    "ban-ve",
    "to-a5",
    "so-mo",
    "can-cuoc",
    "bien-lai",
    "xam",
    "viet-tay",
];

/// A flat picture of a paper in linear steps of brightness, with smaller copies of itself.
pub struct Paper {
    pub name: String,
    levels: Vec<Level>,
}

struct Level {
    pixels: Vec<[f32; 3]>,
    width: usize,
    height: usize,
}

impl Paper {
    /// Reads `tests/papers/<name>.jpg`.
    ///
    /// # Panics
    /// If it is not there or no JPEG.
    pub fn read(name: &str) -> Paper {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../papers").join(format!("{name}.jpg"));
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (pixels, width, height) = decoded(&bytes);
        let pixels = pixels.chunks_exact(3).map(|rgb| [rgb[0].into(), rgb[1].into(), rgb[2].into()]).collect();
        let mut levels = vec![Level { pixels, width, height }];
        while levels.last().is_some_and(|level| level.width.min(level.height) > 64) {
            levels.push(levels[levels.len() - 1].halved());
        }
        Paper { name: name.to_owned(), levels }
    }

    pub fn width(&self) -> f32 {
        self.levels[0].width as f32
    }

    pub fn height(&self) -> f32 {
        self.levels[0].height as f32
    }

    /// The colour at a place, averaged over about `size` pixels of the paper.
    pub fn at(&self, x: f32, y: f32, size: f32) -> [f32; 3] {
        let level = (size.max(1.0).log2().round() as usize).min(self.levels.len() - 1);
        let scale = (1 << level) as f32;
        self.levels[level].at(x / scale, y / scale)
    }
}

impl Level {
    fn halved(&self) -> Level {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let at = |dx: usize, dy: usize| self.pixels[(2 * y + dy) * self.width + 2 * x + dx];
                let four = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
                pixels.push([0, 1, 2].map(|channel| four.iter().map(|pixel| pixel[channel]).sum::<f32>() / 4.0));
            }
        }
        Level { pixels, width, height }
    }

    fn at(&self, x: f32, y: f32) -> [f32; 3] {
        let x = (x - 0.5).clamp(0.0, self.width as f32 - 1.001);
        let y = (y - 0.5).clamp(0.0, self.height as f32 - 1.001);
        let (left, top) = (x as usize, y as usize);
        let (fx, fy) = (x - left as f32, y - top as f32);
        let at = |x: usize, y: usize| self.pixels[y * self.width + x.min(self.width - 1)];
        let below = (top + 1).min(self.height - 1);
        let (a, b, c, d) = (at(left, top), at(left + 1, top), at(left, below), at(left + 1, below));
        [0, 1, 2].map(|n| (a[n] * (1.0 - fx) + b[n] * fx) * (1.0 - fy) + (c[n] * (1.0 - fx) + d[n] * fx) * fy)
    }
}

/// The pixels of a JPEG, three bytes each, with width and height.
///
/// # Panics
/// If it is none.
pub fn decoded(jpeg: &[u8]) -> (Vec<u8>, usize, usize) {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    let pixels = decoder.decode().expect("a JPEG");
    let info = decoder.info().expect("its size");
    (pixels, info.width.into(), info.height.into())
}
