//! Which way up is a page? Told by its lines of writing.
//!
//! Latin letters with Vietnamese marks are not symmetric: above the small letters stand capitals, ascenders and most
//! accents, below them only a few tails and dots. So the ink of a line thins out upwards more slowly than downwards.
//! (The same observation serves in Caprari, "Algorithm for text page up/down orientation determination", Pattern
//! Recognition Letters 21, 2000.)

use crate::judge::Grey;

/// How a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    Upright,
    UpsideDown,
    /// Its lines run up or down.
    Sideways,
    /// Too little writing to tell.
    Unknown,
}

/// Strips across the page: lines that are a little aslant are still straight within one.
const STRIPS: usize = 12;

/// How the page lies. `picture` is flat, about 1000 pixels on its longer side.
pub fn lie(picture: &Grey<'_>) -> Lie {
    let width = picture.width;
    let height = picture.pixels.len().checked_div(width).unwrap_or(0);
    if width < 120 || height < 120 {
        return Lie::Unknown;
    }
    let ink = ink(picture, height);
    let along = Lines::read(|line, place| ink[line * width + place], height, width);
    let across = Lines::read(|line, place| ink[place * width + line], width, height);
    if across.count >= 50.0 && across.clear > 2.2 * along.clear && across.count > 1.5 * along.count {
        return Lie::Sideways;
    }
    if along.count < 12.0 || along.clear < across.clear {
        return Lie::Unknown;
    }
    match along.above / along.around.max(0.01) {
        lean if lean < -0.12 && along.count >= 40.0 => Lie::UpsideDown,
        lean if lean > 0.0 => Lie::Upright,
        _ => Lie::Unknown,
    }
}

/// Where there is ink: darker than the mean of the surroundings by a good part.
fn ink(picture: &Grey<'_>, height: usize) -> Vec<bool> {
    const REACH: usize = 12;
    let width = picture.width;
    // Sums over all pixels above and to the left.
    let mut sums = vec![0u32; (width + 1) * (height + 1)];
    for y in 0..height {
        let mut row = 0;
        for x in 0..width {
            row += u32::from(picture.pixels[y * width + x]);
            sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
        }
    }
    let mut ink = Vec::with_capacity(width * height);
    for y in 0..height {
        let (top, bottom) = (y.saturating_sub(REACH), (y + REACH + 1).min(height));
        for x in 0..width {
            let (left, right) = (x.saturating_sub(REACH), (x + REACH + 1).min(width));
            let at = |x: usize, y: usize| sums[y * (width + 1) + x];
            let sum = at(right, bottom) + at(left, top) - at(left, bottom) - at(right, top);
            let mean = sum / ((right - left) * (bottom - top)) as u32;
            ink.push(u32::from(picture.pixels[y * width + x]) * 100 < mean * 86);
        }
    }
    ink
}

/// What the lines of writing in one direction tell, weighed over all strips.
#[derive(Default)]
struct Lines {
    /// How many lines there are, counted strip by strip.
    count: f32,
    /// How clearly lines and gaps alternate.
    clear: f32,
    /// How much more ink is above the body of a line than below, and how much there is above and below together, each as
    /// a share of the line's ink; summed up.
    above: f32,
    around: f32,
}

impl Lines {
    fn read(ink: impl Fn(usize, usize) -> bool, count: usize, length: usize) -> Lines {
        let mut lines = Lines::default();
        // The outermost part of a page holds frames and shadows, not lines.
        let (first, last) = (count / 25, count - count / 25);
        for strip in 0..STRIPS {
            let (from, to) = (length * (strip + 1) / (STRIPS + 2), length * (strip + 2) / (STRIPS + 2));
            let profile: Vec<f32> = (first..last)
                .map(|line| (from..to).filter(|place| ink(line, *place)).count() as f32 / (to - from) as f32)
                .collect();
            lines.add(&profile);
        }
        lines
    }

    /// Takes in the profile of one strip: the share of ink in each row.
    fn add(&mut self, profile: &[f32]) {
        // Rules and the edges of shadows fill a row altogether; letters do not.
        self.clear += profile.windows(4).map(|w| (w[3].min(0.5) - w[0].min(0.5)).powi(2)).sum::<f32>();
        let mut start = 0;
        while start < profile.len() {
            if profile[start] < 0.015 {
                start += 1;
                continue;
            }
            let end = start + profile[start..].iter().position(|ink| *ink < 0.015).unwrap_or(profile.len() - start);
            // From small print to a heading; what is taller is a picture, what is thinner a rule.
            if (7..=48).contains(&(end - start)) {
                self.add_line(&profile[start..end]);
            }
            start = end;
        }
    }

    fn add_line(&mut self, line: &[f32]) {
        let most = line.iter().fold(0.0, |most: f32, ink| most.max(*ink));
        let total: f32 = line.iter().sum();
        // The body: the rows that hold at least half of the fullest row's ink.
        let body = |ink: &f32| *ink >= 0.5 * most;
        let (Some(top), Some(bottom)) = (line.iter().position(body), line.iter().rposition(body)) else { return };
        if !(0.06..=0.75).contains(&most) || bottom - top < 3 {
            return;
        }
        let above: f32 = line[..top].iter().sum();
        let below: f32 = line[bottom + 1..].iter().sum();
        self.above += (above - below) / total;
        self.around += (above + below) / total;
        self.count += 1.0;
    }
}
