//! Sizes and qualities: how large a page is kept, and how it shrinks to pass a portal's limit.

/// The longer side of a page as it is kept, in pixels: A4 at 171 dots an inch, enough for the small print of a form.
pub const KEPT_SIDE: u32 = 2000;
/// The JPEG quality of a page as it is kept.
pub const KEPT_QUALITY: f64 = 0.85;

/// The longer side of a photograph as the screen shows it, for choosing the corners.
pub const SHOWN_SIDE: u32 = 1400;
/// How tall a picture may be that every browser still draws: pages one below the other.
pub const TALLEST: u32 = 16_000;

/// A photograph with more pixels than this is decoded at a reduced size …
pub const LARGE: usize = 16_000_000;
/// … with so many on its longer side.
pub const LARGE_SIDE: u32 = 4000;
/// No camera takes this many pixels: a file that says so is broken or hostile.
pub const TOO_LARGE: usize = 220_000_000;

/// The least that is still read without effort: A4 at 100 dots an inch, and this quality.
pub const LEAST_SIDE: u32 = 1170;
const LEAST_QUALITY: f64 = 0.55;

/// A sample of a sheet has so many tiles each way, of so many pixels a side: where JPEG's blocks begin, each tile begins
/// too (16 pixels at half the colour).
pub const TILES: u32 = 6;
pub const TILE: u32 = 128;

/// Where the tiles of a sheet begin; none for a sheet that is hardly larger than the sample.
pub fn tiles(width: u32, height: u32) -> Option<[[(u32, u32); TILES as usize]; TILES as usize]> {
    let worth = width >= 2 * TILES * TILE && height >= 2 * TILES * TILE;
    let place = |length: u32, n: usize| (length - TILE) * n as u32 / (TILES - 1) / 16 * 16;
    worth.then(|| std::array::from_fn(|y| std::array::from_fn(|x| (place(width, x), place(height, y)))))
}

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

/// Whether a flat paper of these sides is a card: 85.6 × 53.98 mm (ISO/IEC 7810, ID-1), give or take.
pub fn is_card(width: f32, height: f32) -> bool {
    let ratio = width.max(height) / width.min(height).max(1.0);
    (1.5..1.68).contains(&ratio)
}

/// A picture that has to shrink keeps at most so many pixels on its longer side (A4 at 342 dots an inch): bytes are better
/// spent on sharp letters than on more pixels.
pub const SQUEEZED_SIDE: u32 = 4000;

/// One way to write the pages: the longer side at most, and the JPEG quality.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    pub side: u32,
    pub quality: f64,
}

/// The search for the best file that passes a limit: a few tries, each told how large the one before came out.
#[derive(Clone)]
pub struct Squeeze {
    limit: usize,
    longest: u32,
    /// The quality that the pages were written with, 1 to 100.
    written: f64,
    /// How large the next try should come out, as a share of what the pages take whole at `KEPT_QUALITY`; `None` at
    /// the end.
    share: Option<f64>,
    tries: u32,
    /// The largest share that passed and the least that did not, each with how large the file came out.
    passed: Option<(f64, f64)>,
    failed: Option<(f64, f64)>,
    /// How large the largest file was that passed.
    best: usize,
}

/// The share that remains at quality 0.6, roughly; the next try corrects it.
const AT_GOOD: f64 = 0.55;
const GOOD: f64 = 0.6;
/// Above this quality a file only grows.
const BEST: f64 = 0.93;
const MOST_TRIES: u32 = 5;
/// Each try aims at this share of the limit …
const AIM: f64 = 0.95;
/// … and the search ends with a file that takes this share, or a little less where there is no room to search.
const ENOUGH: f64 = 0.78;
const FAIR: f64 = 0.7;

impl Squeeze {
    /// For pages whose longest side is `longest`, written with this quality (1 to 100). The first to be tried are the
    /// pages as they are, unless they have to be written anew whatever their size.
    pub fn new(limit: usize, longest: u32, written: f64, anew: bool) -> Squeeze {
        Squeeze { limit, longest, written, share: anew.then_some(1.0), tries: 0, passed: None, failed: None, best: 0 }
    }

    /// How to write the pages in the next try; `None` when the search is over.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Option<Step> {
        let step = self.now()?;
        self.tries += 1;
        Some(step)
    }

    /// How to write them, as the search stands.
    pub fn now(&self) -> Option<Step> {
        self.share.map(|share| self.step(share))
    }

    /// First quality goes, down to good; then pixels, down to the least; then quality, down to the least.
    fn step(&self, share: f64) -> Step {
        if share >= AT_GOOD {
            let quality = GOOD + (KEPT_QUALITY - GOOD) * (share - AT_GOOD) / (1.0 - AT_GOOD);
            return Step { side: self.longest, quality: quality.min(BEST) };
        }
        let scale = (share / AT_GOOD).sqrt();
        let least = f64::from(LEAST_SIDE) / f64::from(self.longest.max(LEAST_SIDE));
        if scale >= least {
            return Step { side: (f64::from(self.longest) * scale) as u32, quality: GOOD };
        }
        let left = (share / AT_GOOD) / (least * least);
        let quality = (LEAST_QUALITY + (GOOD - LEAST_QUALITY) * (left - 0.92) / 0.08).clamp(LEAST_QUALITY, GOOD);
        Step { side: self.longest.min(LEAST_SIDE), quality }
    }

    /// How large the last try came out; whether it is the best so far.
    pub fn tried(&mut self, size: usize) -> bool {
        let fits = size <= self.limit;
        let better = fits && size > self.best;
        if better {
            self.best = size;
        }
        if self.tries == 0 {
            let side = self.longest.min(SQUEEZED_SIDE);
            let pixels = (f64::from(side) / f64::from(self.longest.max(1))).powi(2);
            let at_kept = size as f64 * pixels * relative(KEPT_QUALITY * 100.0) / relative(self.written);
            self.longest = side;
            self.share = (!fits).then_some((AIM * self.limit as f64 / at_kept).min(MOST_SHARE));
            return better;
        }
        let Some(share) = self.share else { return better };
        let tried = Some((share, size as f64));
        if fits {
            self.passed = tried
        } else {
            self.failed = tried
        }
        let target = AIM * self.limit as f64;
        let wanted = match (self.passed, self.failed) {
            // Sizes grow by factors, so they are compared by their logarithms.
            (Some((low, least)), Some((high, most))) => {
                let part = (target / least).ln() / (most / least).ln().max(1e-6);
                low + (high - low) * part.clamp(0.1, 0.9)
            }
            // Quality that rises a little brings in the grain.
            _ if share >= AT_GOOD => (share * (target / size.max(1) as f64).sqrt()).min(MOST_SHARE),
            _ => (share * target / size.max(1) as f64).min(MOST_SHARE),
        };
        let (now, then) = (self.step(share), self.step(wanted));
        // Near enough under the limit, or nothing more to change.
        let best = self.best as f64 / self.limit as f64;
        let narrow = matches!((self.passed, self.failed), (Some((low, _)), Some((high, _))) if high - low < 0.06);
        let done = best >= ENOUGH || best >= FAIR && narrow || now == then || self.tries >= MOST_TRIES;
        self.share = (!done).then_some(wanted);
        better
    }

    /// Goes on where a search among estimates ended.
    pub fn follow(&mut self, rehearsal: &Squeeze) {
        self.share = rehearsal.passed.map(|(share, _)| share).or(self.share);
    }
}

/// The share beyond which `BEST` lets nothing grow.
const MOST_SHARE: f64 = 1.2;

/// How large a photograph of writing comes out at a quality, beside the size at 80 (read off the benchmark's pages).
fn relative(quality: f64) -> f64 {
    const SIZES: [(f64, f64); 7] =
        [(50.0, 0.58), (60.0, 0.66), (70.0, 0.79), (80.0, 1.0), (85.0, 1.2), (90.0, 1.55), (98.0, 3.2)];
    let after = SIZES.iter().position(|(at, _)| *at >= quality).unwrap_or(SIZES.len() - 1).max(1);
    let ((q0, s0), (q1, s1)) = (SIZES[after - 1], SIZES[after]);
    s0 + (s1 - s0) * ((quality - q0) / (q1 - q0)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sizes as a JPEG encoder gives them: by pixels, and by quality more steeply than the search assumes.
    fn size(step: Step, longest: u32, whole: f64) -> usize {
        let scale = f64::from(step.side) / f64::from(longest);
        (whole * scale.powf(1.8) * (step.quality / 0.85).powf(1.7)) as usize
    }

    fn search(limit: usize, longest: u32, whole: f64) -> (Option<usize>, Vec<Step>) {
        let mut squeeze = Squeeze::new(limit, longest, 85.0, false);
        let mut best = squeeze.tried(whole as usize).then_some(whole as usize);
        let mut steps = Vec::new();
        while let Some(step) = squeeze.next() {
            steps.push(step);
            let size = size(step, longest, whole);
            if squeeze.tried(size) {
                best = Some(size);
            }
        }
        (best, steps)
    }

    #[test]
    fn the_search_ends_just_under_the_limit() {
        assert_eq!(search(1000, 2200, 900.0), (Some(900), vec![]));
        for limit in [800_000, 500_000, 300_000] {
            let (found, steps) = search(limit, 2200, 1_000_000.0);
            let found = found.unwrap();
            assert!(found <= limit && found * 10 >= limit * 7, "{found} of {limit}: {steps:?}");
            assert!(steps.len() <= MOST_TRIES as usize);
        }
    }

    #[test]
    fn nothing_is_written_that_cannot_be_read() {
        let (found, steps) = search(20_000, 2200, 1_000_000.0);
        assert_eq!(found, None);
        assert!(steps.iter().all(|step| step.side >= LEAST_SIDE && step.quality >= LEAST_QUALITY));
        let (_, steps) = search(20_000, 900, 500_000.0);
        assert!(steps.iter().all(|step| step.side == 900));
    }
}
