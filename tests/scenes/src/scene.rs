//! A scene: pose, table, light, troubles; and the photograph of it.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::{
    chance::{Chance, Noise},
    paper::{Paper, decoded},
    table::Table,
};

/// What is wrong with a photograph, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Nothing,
    /// Out of focus.
    Blurred,
    /// The hand moved.
    Shaken,
    Dark,
    /// A lamp mirrors in the paper, over writing.
    Glare,
    /// At least one corner lies outside the picture.
    CutOff,
    /// Taken from so far away that small print is lost.
    Far,
    UpsideDown,
    /// A table without a paper.
    NoSheet,
}

impl Trouble {
    pub const ALL: [Trouble; 9] = [
        Trouble::Nothing,
        Trouble::Blurred,
        Trouble::Shaken,
        Trouble::Dark,
        Trouble::Glare,
        Trouble::CutOff,
        Trouble::Far,
        Trouble::UpsideDown,
        Trouble::NoSheet,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Trouble::Nothing => "good",
            Trouble::Blurred => "out of focus",
            Trouble::Shaken => "shaken",
            Trouble::Dark => "dark",
            Trouble::Glare => "glare",
            Trouble::CutOff => "corner cut off",
            Trouble::Far => "too far away",
            Trouble::UpsideDown => "upside down",
            Trouble::NoSheet => "no sheet",
        }
    }
}

/// How to take a photograph.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    pub seed: u64,
    /// The picture's longer side in pixels; the other is three quarters of it.
    pub side: usize,
    pub trouble: Trouble,
}

/// A photograph and the truth about it.
pub struct Photo {
    /// Three bytes a pixel.
    pub rgb: Vec<u8>,
    pub width: usize,
    pub height: usize,
    /// Where the paper's own corners are, its upper left one first, then clockwise; `None` if there is no paper.
    pub corners: Option<[(f32, f32); 4]>,
    /// The paper lies across the picture, so that its lines run up or down.
    pub sideways: bool,
    /// The mean light on the paper; 1 is what white paper needs to be white.
    pub light: f32,
}

impl Photo {
    /// How long the paper is in the picture: the mean of its two longer sides, in pixels; 0 without a paper.
    pub fn paper_length(&self) -> f32 {
        let Some(c) = self.corners else { return 0.0 };
        let side = |a: usize, b: usize| (c[a].0 - c[b].0).hypot(c[a].1 - c[b].1);
        (side(0, 1) + side(2, 3)).max(side(1, 2) + side(3, 0)) / 2.0
    }

    /// The file that a telephone would make of it: large pictures with little loss, their colour
    /// at half the resolution.
    pub fn jpeg(&self, seed: u64) -> Vec<u8> {
        let large = self.width.max(self.height) >= 3000;
        let quality = if large { 90 + seed % 4 } else { 76 + seed % 4 * 5 } as u8;
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, quality);
        if large {
            encoder.set_sampling_factor(SamplingFactor::F_2_2);
        }
        let written = encoder.encode(&self.rgb, self.width as u16, self.height as u16, ColorType::Rgb);
        written.expect("a picture that JPEG can hold");
        file
    }

    /// The same picture as it comes back from that file.
    pub fn filed(self, seed: u64) -> Photo {
        let (rgb, ..) = decoded(&self.jpeg(seed));
        Photo { rgb, ..self }
    }

    /// Four bytes a pixel.
    pub fn rgba(&self) -> Vec<u8> {
        self.rgb.chunks_exact(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255]).collect()
    }
}

impl Recipe {
    /// Takes the photograph of a paper.
    pub fn take(&self, paper: &Paper) -> Photo {
        let mut chance = Chance::new(self.seed);
        let longer = self.side as f32;
        let lying = (paper.width() > paper.height()) != chance.happens(0.15);
        let (width, height) = if lying { (self.side, self.side * 3 / 4) } else { (self.side * 3 / 4, self.side) };
        let (across, down) = (width as f32, height as f32);
        let mut table = Table::by_chance(&mut chance, longer);
        if self.trouble == Trouble::NoSheet {
            table = table.without_sheets();
        }
        let corners = self.pose(&mut chance, paper, across, down);
        let light = Light::by_chance(&mut chance, across, down);
        let finger = chance.happens(0.25).then(|| Finger::by_chance(&mut chance, &corners, longer));
        let lamp = self.lamp(&mut chance, &corners);
        let sheet = (self.trouble != Trouble::NoSheet).then(|| Sheet::new(paper, &corners));
        let edge_shadow = chance.within(0.0, 0.35);
        let curl = Noise::new(chance.bits(), longer * 0.5, longer * 0.5);

        let mut picture = vec![[0f32; 3]; width * height];
        for y in 0..height {
            for x in 0..width {
                let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
                let mut colour = match &sheet {
                    None => table.at(px, py),
                    Some(sheet) => {
                        let (u, v, size) = sheet.under(px, py);
                        let edge = sheet.depth(u, v) / size;
                        if edge < -12.0 {
                            table.at(px, py)
                        } else {
                            // Near the edge: how much of the pixel the paper covers, and the shadow it throws.
                            let cover = (edge + 0.5).clamp(0.0, 1.0);
                            let shade = 1.0 - edge_shadow * (1.0 + edge / (longer * 0.006)).clamp(0.0, 1.0);
                            let under =
                                if cover < 1.0 { table.at(px, py).map(|level| level * shade) } else { [0.0; 3] };
                            let bend = 1.0 + 0.03 * curl.at(px, py);
                            let on =
                                if cover > 0.0 { paper.at(u, v, size).map(|level| level * bend) } else { [0.0; 3] };
                            [0, 1, 2].map(|n| on[n] * cover + under[n] * (1.0 - cover))
                        }
                    }
                };
                if let Some(skin) = finger.as_ref().and_then(|finger| finger.at(px, py)) {
                    colour = skin;
                }
                let lit = light.at(px, py);
                picture[y * width + x] = [0, 1, 2].map(|n| colour[n] * lit[n]);
                if let Some((lx, ly, rx, ry)) = lamp {
                    let off = ((px - lx) / rx).powi(2) + ((py - ly) / ry).powi(2);
                    let glow = (1.6 - off).clamp(0.0, 1.0) * 260.0;
                    picture[y * width + x] = picture[y * width + x].map(|level| level + glow);
                }
            }
        }
        self.through_the_lens(&mut chance, &mut picture, width, height);
        let noise = chance.within(1.5, 5.0) * if self.trouble == Trouble::Dark { 1.6 } else { 1.0 };
        let mut rgb = Vec::with_capacity(width * height * 3);
        for pixel in &picture {
            let grain = chance.normal() * noise;
            rgb.extend(pixel.map(|level| (level + grain).clamp(0.0, 255.0) as u8));
        }
        let lit: f32 =
            corners.iter().map(|(x, y)| light.at((x + across) / 3.0, (y + down) / 3.0)[1]).sum::<f32>() / 4.0;
        let corners = sheet.is_some().then_some(corners);
        Photo { rgb, width, height, corners, sideways: (paper.width() > paper.height()) != lying, light: lit }
    }

    /// The paper's corners in the picture: a pin-hole camera over a table.
    fn pose(&self, chance: &mut Chance, paper: &Paper, across: f32, down: f32) -> [(f32, f32); 4] {
        let focal = across.max(down) * chance.within(0.72, 0.95);
        let (w, h) = (paper.width() / 2.0, paper.height() / 2.0);
        let wild = chance.happens(0.2);
        let tilt = if wild { 0.6 } else { 0.38 };
        let (alpha, beta) = (chance.within(-tilt, tilt), chance.within(-tilt, tilt) * 0.8);
        let mut phi = chance.within(-0.3, 0.3) * if wild { 2.0 } else { 1.0 };
        if (paper.width() > paper.height()) != (across > down) {
            phi += std::f32::consts::FRAC_PI_2;
        }
        if self.trouble == Trouble::UpsideDown {
            phi += std::f32::consts::PI;
        }
        let corner = |x: f32, y: f32, depth: f32| {
            let (x, y) = (x * phi.cos() - y * phi.sin(), x * phi.sin() + y * phi.cos());
            let (y, z) = (y * alpha.cos(), y * alpha.sin());
            let (x, z) = (x * beta.cos() + z * beta.sin(), z * beta.cos() - x * beta.sin());
            (focal * x / (depth + z), focal * y / (depth + z))
        };
        let fill = match self.trouble {
            Trouble::Far => chance.within(0.2, 0.28),
            Trouble::CutOff => chance.within(0.85, 1.05),
            _ if chance.happens(0.25) => chance.within(0.5, 0.7),
            _ => chance.within(0.7, 0.95),
        };
        let quad =
            |depth: f32| [corner(-w, -h, depth), corner(w, -h, depth), corner(w, h, depth), corner(-w, h, depth)];
        let bounds = |quad: &[(f32, f32); 4]| {
            quad.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |b, p| {
                [b[0].min(p.0), b[1].min(p.1), b[2].max(p.0), b[3].max(p.1)]
            })
        };
        let mut depth = focal * w.max(h) * 3.0 / across;
        for _ in 0..12 {
            let [left, top, right, bottom] = bounds(&quad(depth));
            depth *= ((right - left) / across).max((bottom - top) / down) / fill;
            depth = depth.max(w.max(h) * 1.1);
        }
        let corners = quad(depth);
        let [left, top, right, bottom] = bounds(&corners);
        let slack = |low: f32, high: f32, room: f32| (-low + 0.01 * room, room - high - 0.01 * room);
        let (x0, x1) = slack(left, right, across);
        let (y0, y1) = slack(top, bottom, down);
        let (mut dx, mut dy) = (chance.within(x0, x1.max(x0)), chance.within(y0, y1.max(y0)));
        if self.trouble == Trouble::CutOff {
            let beyond = chance.within(0.04, 0.12);
            match chance.below(4) {
                0 => dx = -left - beyond * across,
                1 => dx = across - right + beyond * across,
                2 => dy = -top - beyond * down,
                _ => dy = down - bottom + beyond * down,
            }
        }
        corners.map(|(x, y)| (x + dx, y + dy))
    }

    /// Where a lamp mirrors: middle and half axes.
    fn lamp(&self, chance: &mut Chance, corners: &[(f32, f32); 4]) -> Option<(f32, f32, f32, f32)> {
        if self.trouble != Trouble::Glare {
            return None;
        }
        let (u, v) = (chance.within(0.3, 0.7), chance.within(0.25, 0.75));
        let along = |n: usize, m: usize, t: f32| {
            (corners[n].0 + (corners[m].0 - corners[n].0) * t, corners[n].1 + (corners[m].1 - corners[n].1) * t)
        };
        let (upper, lower) = (along(0, 1, u), along(3, 2, u));
        let (x, y) = (upper.0 + (lower.0 - upper.0) * v, upper.1 + (lower.1 - upper.1) * v);
        let size = (corners[0].0 - corners[2].0).hypot(corners[0].1 - corners[2].1);
        Some((x, y, size * chance.within(0.09, 0.16), size * chance.within(0.07, 0.13)))
    }

    fn through_the_lens(&self, chance: &mut Chance, picture: &mut [[f32; 3]], width: usize, height: usize) {
        let side = width.max(height) as f32;
        if self.trouble == Trouble::Dark {
            let dim = chance.within(0.12, 0.28);
            picture.iter_mut().for_each(|pixel| *pixel = pixel.map(|level| level * dim));
        }
        let (across, down) = match self.trouble {
            Trouble::Blurred => {
                let radius = chance.within(0.0026, 0.005) * side;
                (radius, radius)
            }
            Trouble::Shaken => {
                let reach = chance.within(0.004, 0.008) * side;
                if chance.happens(0.5) { (reach, 0.5) } else { (0.5, reach) }
            }
            _ => {
                let radius = chance.within(0.2, 0.00055 * side);
                (radius, radius)
            }
        };
        for _ in 0..2 {
            smear(picture, width, height, across, true);
            smear(picture, width, height, down, false);
        }
    }
}

/// The mean over `2 radius + 1` pixels along rows or columns, with fractions at both ends.
fn smear(picture: &mut [[f32; 3]], width: usize, height: usize, radius: f32, rows: bool) {
    let (lines, length) = if rows { (height, width) } else { (width, height) };
    let (whole, part) = (radius as usize, radius.fract());
    let mut line = vec![[0f32; 3]; length];
    for at in 0..lines {
        let index = |place: usize| if rows { at * width + place } else { place * width + at };
        (0..length).for_each(|place| line[place] = picture[index(place)]);
        let near = |place: isize| line[place.clamp(0, length as isize - 1) as usize];
        let mut sum = [0f32; 3];
        for offset in -(whole as isize)..=whole as isize {
            (0..3).for_each(|n| sum[n] += near(offset)[n]);
        }
        for place in 0..length as isize {
            let (before, after) = (near(place - whole as isize - 1), near(place + whole as isize + 1));
            picture[index(place as usize)] =
                [0, 1, 2].map(|n| (sum[n] + part * (before[n] + after[n])) / (2.0 * radius + 1.0));
            let leaving = near(place - whole as isize);
            (0..3).for_each(|n| sum[n] += after[n] - leaving[n]);
        }
    }
}

/// The paper as it lies: from picture to paper.
struct Sheet {
    inverse: [f64; 9],
    width: f32,
    height: f32,
}

impl Sheet {
    fn new(paper: &Paper, corners: &[(f32, f32); 4]) -> Sheet {
        let (w, h) = (f64::from(paper.width()), f64::from(paper.height()));
        let [p0, p1, p2, p3] = corners.map(|(x, y)| (f64::from(x), f64::from(y)));
        let (dx1, dy1, dx2, dy2) = (p1.0 - p2.0, p1.1 - p2.1, p3.0 - p2.0, p3.1 - p2.1);
        let (sx, sy) = (p0.0 - p1.0 + p2.0 - p3.0, p0.1 - p1.1 + p2.1 - p3.1);
        let whole = dx1 * dy2 - dx2 * dy1;
        let (g, k) = ((sx * dy2 - dx2 * sy) / whole, (dx1 * sy - sx * dy1) / whole);
        let m = [
            (p1.0 - p0.0 + g * p1.0) / w,
            (p3.0 - p0.0 + k * p3.0) / h,
            p0.0,
            (p1.1 - p0.1 + g * p1.1) / w,
            (p3.1 - p0.1 + k * p3.1) / h,
            p0.1,
            g / w,
            k / h,
            1.0,
        ];
        let inverse = [
            m[4] * m[8] - m[5] * m[7],
            m[2] * m[7] - m[1] * m[8],
            m[1] * m[5] - m[2] * m[4],
            m[5] * m[6] - m[3] * m[8],
            m[0] * m[8] - m[2] * m[6],
            m[2] * m[3] - m[0] * m[5],
            m[3] * m[7] - m[4] * m[6],
            m[1] * m[6] - m[0] * m[7],
            m[0] * m[4] - m[1] * m[3],
        ];
        Sheet { inverse, width: paper.width(), height: paper.height() }
    }

    /// The place on the paper, and how many of its pixels one pixel of the picture spans.
    fn under(&self, x: f32, y: f32) -> (f32, f32, f32) {
        let m = &self.inverse;
        let at = |x: f64, y: f64| {
            let w = m[6] * x + m[7] * y + m[8];
            ((m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w)
        };
        let (u, v) = at(x.into(), y.into());
        let (u1, v1) = at(f64::from(x) + 0.7, f64::from(y) + 0.7);
        (u as f32, v as f32, ((u1 - u).hypot(v1 - v) as f32).max(0.05))
    }

    /// How far inside the paper's edge a place is, in the paper's pixels; negative outside.
    fn depth(&self, u: f32, v: f32) -> f32 {
        u.min(v).min(self.width - u).min(self.height - v)
    }
}

/// Lamps and what stands in their way.
struct Light {
    tint: [f32; 3],
    slope: (f32, f32, f32),
    vignette: f32,
    middle: (f32, f32),
    reach: f32,
    /// Edge point, normal, softness and strength of shadows.
    shadows: Vec<[f32; 6]>,
}

impl Light {
    fn by_chance(chance: &mut Chance, across: f32, down: f32) -> Light {
        let warm = chance.within(-0.06, 0.08);
        let strength = chance.within(0.82, 1.02);
        let longer = across.max(down);
        let turn = chance.within(0.0, std::f32::consts::TAU);
        let fall = chance.within(0.0, 0.35) / longer;
        let shadows = (0..[0, 0, 1, 1, 2][chance.below(5)])
            .map(|_| {
                let turn = chance.within(0.0, std::f32::consts::TAU);
                let (x, y) = (chance.within(0.2, 0.8) * across, chance.within(0.2, 0.8) * down);
                let soft = longer * if chance.happens(0.4) { 0.008 } else { chance.within(0.03, 0.1) };
                [x, y, turn.cos(), turn.sin(), soft, chance.within(0.2, 0.5)]
            })
            .collect();
        Light {
            tint: [strength * (1.0 + warm), strength, strength * (1.0 - warm)],
            slope: (turn.cos() * fall, turn.sin() * fall, 1.0),
            vignette: chance.within(0.0, 0.18),
            middle: (across / 2.0, down / 2.0),
            reach: across.hypot(down) / 2.0,
            shadows,
        }
    }

    fn at(&self, x: f32, y: f32) -> [f32; 3] {
        let (dx, dy) = (x - self.middle.0, y - self.middle.1);
        let far = dx.hypot(dy) / self.reach;
        let mut lit = (self.slope.2 + dx * self.slope.0 + dy * self.slope.1) * (1.0 - self.vignette * far * far);
        for [sx, sy, nx, ny, soft, strength] in &self.shadows {
            let inside = (((x - sx) * nx + (y - sy) * ny) / soft).clamp(-1.0, 1.0);
            lit *= 1.0 - strength * (0.5 + 0.5 * inside);
        }
        self.tint.map(|tint| tint * lit)
    }
}

/// A finger that holds the paper at an edge.
struct Finger {
    tip: (f32, f32),
    root: (f32, f32),
    half: f32,
    skin: [f32; 3],
}

impl Finger {
    fn by_chance(chance: &mut Chance, corners: &[(f32, f32); 4], longer: f32) -> Finger {
        let side = chance.below(4);
        let (from, to) = (corners[side], corners[(side + 1) % 4]);
        let along = chance.within(0.2, 0.8);
        let edge = (from.0 + (to.0 - from.0) * along, from.1 + (to.1 - from.1) * along);
        let middle = corners.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.0 / 4.0, sum.1 + p.1 / 4.0));
        let (dx, dy) = (middle.0 - edge.0, middle.1 - edge.1);
        let length = dx.hypot(dy).max(1.0);
        let (nx, ny) = (dx / length, dy / length);
        let inside = longer * chance.within(0.02, 0.06);
        let tone = chance.within(0.55, 1.0);
        Finger {
            tip: (edge.0 + nx * inside, edge.1 + ny * inside),
            root: (edge.0 - nx * longer * 0.4 + ny * longer * 0.1, edge.1 - ny * longer * 0.4 - nx * longer * 0.1),
            half: longer * chance.within(0.014, 0.024),
            skin: [224.0 * tone, 172.0 * tone, 140.0 * tone],
        }
    }

    fn at(&self, x: f32, y: f32) -> Option<[f32; 3]> {
        let (ax, ay) = (self.root.0 - self.tip.0, self.root.1 - self.tip.1);
        let along = (((x - self.tip.0) * ax + (y - self.tip.1) * ay) / (ax * ax + ay * ay)).clamp(0.0, 1.0);
        let off = (x - self.tip.0 - ax * along).hypot(y - self.tip.1 - ay * along) / self.half;
        (off < 1.0).then(|| self.skin.map(|level| level * (1.0 - 0.35 * off * off)))
    }
}
