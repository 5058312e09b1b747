//! What papers lie on: wood, tiles, cloth, stone, a plain desk, a desk with other things on it.

use crate::chance::{Chance, Noise};

type Colour = [f32; 3];

/// A thing on the table: a strip or a sheet, at any angle.
struct Thing {
    x: f32,
    y: f32,
    cosine: f32,
    sine: f32,
    half_width: f32,
    half_height: f32,
    colour: Colour,
    /// Distance of lines of writing on it; 0 for none.
    lines: f32,
}

pub struct Table {
    kind: Kind,
    base: Colour,
    second: Colour,
    angle: (f32, f32),
    size: f32,
    coarse: Noise,
    fine: Noise,
    things: Vec<Thing>,
}

#[derive(Clone, Copy)]
enum Kind {
    Plain,
    Wood,
    Tiles,
    Cloth,
    Stone,
}

impl Table {
    /// A table for a picture whose longer side is `side` pixels.
    pub fn by_chance(chance: &mut Chance, side: f32) -> Table {
        let kind = [Kind::Plain, Kind::Wood, Kind::Wood, Kind::Tiles, Kind::Cloth, Kind::Stone][chance.below(6)];
        let bases: [Colour; 11] = [
            [96.0, 62.0, 38.0],
            [140.0, 98.0, 60.0],
            [178.0, 142.0, 100.0],
            [60.0, 52.0, 48.0],
            [120.0, 122.0, 126.0],
            [40.0, 70.0, 96.0],
            [110.0, 34.0, 36.0],
            [70.0, 96.0, 70.0],
            [196.0, 186.0, 170.0],
            [208.0, 208.0, 204.0],
            [160.0, 166.0, 172.0],
        ];
        let base = bases[chance.below(bases.len())].map(|level| level + chance.within(-14.0, 14.0));
        let shift = chance.within(0.72, 0.94);
        let second = match kind {
            Kind::Cloth => bases[chance.below(bases.len())],
            _ => base.map(|level| level * shift),
        };
        let turn = if chance.happens(0.5) { chance.within(-0.2, 0.2) } else { chance.within(-1.6, 1.6) };
        let size = side * chance.within(0.06, 0.2);
        let coarse = match kind {
            Kind::Wood => Noise::new(chance.bits(), side * 0.4, side * chance.within(0.006, 0.014)),
            Kind::Stone => Noise::new(chance.bits(), side * 0.06, side * 0.05),
            _ => Noise::new(chance.bits(), side * 0.3, side * 0.3),
        };
        let fine = Noise::new(chance.bits(), side * 0.0035, side * 0.003);
        let things = if chance.happens(0.45) {
            (0..1 + chance.below(4)).map(|_| Thing::by_chance(chance, side)).collect()
        } else {
            Vec::new()
        };
        Table { kind, base, second, angle: turn.sin_cos(), size, coarse, fine, things }
    }

    /// Takes away what could itself be taken for a sheet: papers, books, telephones.
    pub fn without_sheets(mut self) -> Table {
        self.things.retain(|thing| thing.half_height < 0.1 * thing.half_width);
        self
    }

    pub fn at(&self, x: f32, y: f32) -> Colour {
        if let Some(colour) = self.things.iter().find_map(|thing| thing.at(x, y)) {
            return colour.map(|level| level + 4.0 * self.fine.at(x, y));
        }
        let (sine, cosine) = self.angle;
        let (u, v) = (x * cosine + y * sine, y * cosine - x * sine);
        let mix = |share: f32| [0, 1, 2].map(|n| self.base[n] * (1.0 - share) + self.second[n] * share);
        let (share, grain) = match self.kind {
            Kind::Plain => (0.0, 2.0),
            Kind::Wood => {
                let seam = (v / self.size).rem_euclid(1.0) < 0.02;
                (if seam { 1.6 } else { 0.5 + 0.5 * self.coarse.at(u, v) }, 5.0)
            }
            Kind::Tiles => {
                let seam = (u / self.size / 2.0).rem_euclid(1.0) < 0.02 || (v / self.size / 2.0).rem_euclid(1.0) < 0.02;
                (if seam { 1.8 } else { 0.15 * self.coarse.at(u, v) }, 2.0)
            }
            Kind::Cloth => {
                let dark =
                    ((u / self.size).rem_euclid(1.0) < 0.5) as u8 + ((v / self.size).rem_euclid(1.0) < 0.5) as u8;
                (f32::from(dark) / 2.0, 6.0)
            }
            Kind::Stone => (0.6 * self.coarse.at(u, v) + 0.4, 7.0),
        };
        mix(share).map(|level| level + grain * self.fine.at(x, y))
    }
}

impl Thing {
    fn by_chance(chance: &mut Chance, side: f32) -> Thing {
        let (sine, cosine) = chance.within(-1.6, 1.6).sin_cos();
        // At the edge of the picture rather than in its middle.
        let (x, y) = match chance.below(4) {
            0 => (chance.within(0.0, 0.15), chance.within(0.0, 1.0)),
            1 => (chance.within(0.85, 1.0), chance.within(0.0, 1.0)),
            2 => (chance.within(0.0, 1.0), chance.within(0.0, 0.12)),
            _ => (chance.within(0.0, 1.0), chance.within(0.65, 0.8)),
        };
        let (half_width, half_height, colour, lines) = match chance.below(3) {
            // A pen, a ruler.
            0 => (
                0.13,
                0.008,
                [[30.0, 40.0, 120.0], [20.0; 3], [190.0, 40.0, 40.0], [220.0, 200.0, 90.0]][chance.below(4)],
                0.0,
            ),
            // Another paper.
            1 => (chance.within(0.1, 0.2), chance.within(0.1, 0.25), [chance.within(200.0, 245.0); 3], side * 0.014),
            // A telephone, a book.
            _ => (
                chance.within(0.06, 0.14),
                chance.within(0.1, 0.18),
                [[24.0, 26.0, 30.0], [150.0, 60.0, 50.0], [60.0, 90.0, 130.0]][chance.below(3)],
                0.0,
            ),
        };
        Thing {
            x: x * side,
            y: y * side,
            cosine,
            sine,
            half_width: half_width * side,
            half_height: half_height * side,
            colour,
            lines,
        }
    }

    fn at(&self, x: f32, y: f32) -> Option<Colour> {
        let (dx, dy) = (x - self.x, y - self.y);
        let (u, v) = (dx * self.cosine + dy * self.sine, dy * self.cosine - dx * self.sine);
        if u.abs() > self.half_width || v.abs() > self.half_height {
            return None;
        }
        let written = self.lines > 0.0 && (v / self.lines).rem_euclid(1.0) < 0.35 && u.abs() < self.half_width * 0.8;
        Some(if written && (u * 0.9).sin() > -0.3 { self.colour.map(|level| level * 0.55) } else { self.colour })
    }
}
