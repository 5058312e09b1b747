//! Numbers by chance that are the same in every run: splitmix64 (Steele, Lea, Flood, 2014).

pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5ca1_ab1e)
    }

    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Evenly spread from `low` to `high`.
    pub fn within(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.bits() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// A whole number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        (self.bits() % count as u64) as usize
    }

    /// True in this share of the cases.
    pub fn happens(&mut self, share: f32) -> bool {
        self.within(0.0, 1.0) < share
    }

    /// About normal, mean 0, deviation 1 (sum of twelve).
    pub fn normal(&mut self) -> f32 {
        let (mut bits, mut sum) = (self.bits(), 0u32);
        for _ in 0..3 {
            for _ in 0..4 {
                sum += (bits & 0xffff) as u32;
                bits >>= 16;
            }
            bits = self.bits();
        }
        sum as f32 / 65536.0 - 6.0
    }
}

/// Smooth noise over the plane, about −1 to 1: random values on a grid of `cell` pixels, blended.
pub struct Noise {
    seed: u64,
    pub across: f32,
    pub down: f32,
}

impl Noise {
    pub fn new(seed: u64, across: f32, down: f32) -> Noise {
        Noise { seed, across, down }
    }

    fn at_node(&self, x: i32, y: i32) -> f32 {
        let mut z = self.seed ^ (x as u32 as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (y as u32 as u64) << 32;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z >> 40) as f32 / (1u32 << 23) as f32) - 1.0
    }

    pub fn at(&self, x: f32, y: f32) -> f32 {
        let (u, v) = (x / self.across, y / self.down);
        let (left, top) = (u.floor(), v.floor());
        let smooth = |t: f32| t * t * (3.0 - 2.0 * t);
        let (fx, fy) = (smooth(u - left), smooth(v - top));
        let (i, j) = (left as i32, top as i32);
        let upper = self.at_node(i, j) * (1.0 - fx) + self.at_node(i + 1, j) * fx;
        let lower = self.at_node(i, j + 1) * (1.0 - fx) + self.at_node(i + 1, j + 1) * fx;
        upper * (1.0 - fy) + lower * fy
    }
}
