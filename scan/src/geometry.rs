//! Points, quadrilaterals, and the perspective between a quadrilateral and a rectangle.

/// A place in a picture, in pixels from its upper left corner; pixel centres lie at halves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    pub const fn new(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    pub fn distance(self, other: Point) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The place `share` of the way to the other point.
    pub fn towards(self, other: Point, share: f32) -> Point {
        Point::new(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }
}

/// Four corners, clockwise as they are seen, the upper left one first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// The whole of a picture.
    pub fn whole(width: f32, height: f32) -> Quad {
        Quad([Point::new(0.0, 0.0), Point::new(width, 0.0), Point::new(width, height), Point::new(0.0, height)])
    }

    /// The same shape in a picture `across` times as wide and `down` times as high.
    pub fn scaled(self, across: f32, down: f32) -> Quad {
        Quad(self.0.map(|corner| Point::new(corner.x * across, corner.y * down)))
    }

    /// A little smaller: each corner moved by `share` of the way to the opposite one.
    pub fn inset(self, share: f32) -> Quad {
        let [a, b, c, d] = self.0;
        Quad([a.towards(c, share), b.towards(d, share), c.towards(a, share), d.towards(b, share)])
    }

    /// The four sides: upper, right, lower, left, each from one corner to the next.
    pub fn sides(&self) -> [(Point, Point); 4] {
        let [a, b, c, d] = self.0;
        [(a, b), (b, c), (c, d), (d, a)]
    }

    /// The area in square pixels.
    pub fn area(&self) -> f32 {
        self.sides().iter().map(|(from, to)| from.x * to.y - to.x * from.y).sum::<f32>().abs() / 2.0
    }

    /// The smallest upright part of a picture of these sides that holds the corners, in whole pixels: from its upper left
    /// to its lower right.
    pub fn bounds(&self, width: f32, height: f32) -> (Point, Point) {
        let span = |axis: fn(&Point) -> f32, most: f32| {
            let low = self.0.iter().map(axis).fold(f32::MAX, f32::min).floor().clamp(0.0, most - 1.0);
            let high = self.0.iter().map(axis).fold(f32::MIN, f32::max).ceil().clamp(low + 1.0, most);
            (low, high)
        };
        let ((left, right), (top, bottom)) = (span(|p| p.x, width), span(|p| p.y, height));
        (Point::new(left, top), Point::new(right, bottom))
    }

    /// Whether it bulges outwards at each corner, by at least a sixth of a half turn, and runs clockwise.
    pub fn is_sheet_like(&self) -> bool {
        (0..4).all(|at| {
            let (before, here, after) = (self.0[(at + 3) % 4], self.0[at], self.0[(at + 1) % 4]);
            let (ux, uy, vx, vy) = (before.x - here.x, before.y - here.y, after.x - here.x, after.y - here.y);
            let sine = (vx * uy - vy * ux) / (ux.hypot(uy) * vx.hypot(vy)).max(1e-6);
            sine > 0.5
        })
    }

    /// The corners in order: clockwise, beginning with the one nearest to the upper left, so that a paper which lies
    /// a little aslant is not turned.
    pub fn ordered(mut self) -> Quad {
        let turn: f32 = self.sides().iter().map(|(from, to)| from.x * to.y - to.x * from.y).sum();
        if turn < 0.0 {
            self.0.reverse();
        }
        let first = (0..4).fold(0, |best, at| {
            let sum = |at: usize| self.0[at].x + self.0[at].y;
            if sum(at) < sum(best) { at } else { best }
        });
        self.0.rotate_left(first);
        self
    }

    /// Width and height of the flat sheet that is seen as this quadrilateral, up to scale: their ratio is the paper's
    /// own, and neither side gets fewer pixels than it has here.
    ///
    /// The ratio comes from the vanishing points, with square pixels and the optical axis through the middle of a
    /// picture of `width` × `height` pixels (Zhang and He, "Whiteboard scanning and image enhancement", Digital Signal
    /// Processing 17, 2007). Where the sheet is seen almost straight that is ill-conditioned, and the mean lengths of
    /// opposite sides serve.
    pub fn flat_size(&self, width: f32, height: f32) -> (f32, f32) {
        let [a, b, c, d] = self.0;
        let (top, right, bottom, left) = (a.distance(b), b.distance(c), c.distance(d), d.distance(a));
        let (across, down) = (top.max(bottom), right.max(left));
        let plain = ((top + bottom) / (right + left).max(1.0)).clamp(0.02, 50.0);
        let ratio = self.ratio(width, height).filter(|ratio| (ratio / plain).ln().abs() < 0.5).unwrap_or(plain);
        if across / down.max(1.0) < ratio { (down * ratio, down) } else { (across, across / ratio) }
    }

    fn ratio(&self, width: f32, height: f32) -> Option<f32> {
        let centred = self.0.map(|corner| [corner.x - width / 2.0, corner.y - height / 2.0, 1.0]);
        let [m1, m2, m4, m3] = centred;
        let cross = |p: [f32; 3], q: [f32; 3]| {
            [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]]
        };
        let dot = |p: [f32; 3], q: [f32; 3]| p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
        let k2 = dot(cross(m1, m4), m3) / dot(cross(m2, m4), m3);
        let k3 = dot(cross(m1, m4), m2) / dot(cross(m3, m4), m2);
        let n2 = [k2 * m2[0] - m1[0], k2 * m2[1] - m1[1], k2 - 1.0];
        let n3 = [k3 * m3[0] - m1[0], k3 * m3[1] - m1[1], k3 - 1.0];
        let longer = width.max(height);
        // Of a telephone's camera the focal length is 0.6 to 1.3 times the picture's longer side. Where the vanishing
        // points say something else, the sheet is too straight (or too crooked) to be measured by them.
        let tilt = (n2[2].abs() * longer).max(n3[2].abs() * longer);
        let measured = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2]);
        let focal = if measured.is_finite() && measured > 0.0 && tilt > 0.1 {
            measured.clamp((0.6 * longer).powi(2), (1.3 * longer).powi(2))
        } else {
            (0.8 * longer).powi(2)
        };
        let length = |n: [f32; 3]| (n[0] * n[0] + n[1] * n[1]) / focal + n[2] * n[2];
        let ratio = (length(n2) / length(n3)).sqrt();
        ratio.is_finite().then_some(ratio)
    }
}

/// A perspective: where each point of one plane is seen on another.
#[derive(Clone, Copy, Debug)]
pub struct Perspective([f32; 9]);

impl Perspective {
    /// The perspective that maps the rectangle from the origin to (`width`, `height`) onto the quadrilateral, corner by
    /// corner (Heckbert, "Fundamentals of texture mapping", 1989, section 2.2.3).
    pub fn onto(quad: &Quad, width: f32, height: f32) -> Perspective {
        let [p0, p1, p2, p3] = quad.0;
        let (dx1, dy1, dx2, dy2) = (p1.x - p2.x, p1.y - p2.y, p3.x - p2.x, p3.y - p2.y);
        let (sx, sy) = (p0.x - p1.x + p2.x - p3.x, p0.y - p1.y + p2.y - p3.y);
        let whole = dx1 * dy2 - dx2 * dy1;
        let (g, h) = if whole.abs() < 1e-9 {
            (0.0, 0.0)
        } else {
            ((sx * dy2 - dx2 * sy) / whole, (dx1 * sy - sx * dy1) / whole)
        };
        Perspective([
            (p1.x - p0.x + g * p1.x) / width,
            (p3.x - p0.x + h * p3.x) / height,
            p0.x,
            (p1.y - p0.y + g * p1.y) / width,
            (p3.y - p0.y + h * p3.y) / height,
            p0.y,
            g / width,
            h / height,
            1.0,
        ])
    }

    /// Numerators and denominator of a point's image: a row of pixels adds the same to each.
    pub fn parts(&self, x: f32, y: f32) -> [f32; 3] {
        let m = &self.0;
        [m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5], m[6] * x + m[7] * y + m[8]]
    }

    /// What one step to the right adds to the parts.
    pub fn step(&self) -> [f32; 3] {
        [self.0[0], self.0[3], self.0[6]]
    }

    pub fn map(&self, point: Point) -> Point {
        let [x, y, w] = self.parts(point.x, point.y);
        Point::new(x / w, y / w)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perspective_meets_the_corners() {
        let quad =
            Quad([Point::new(10.0, 20.0), Point::new(310.0, 5.0), Point::new(350.0, 400.0), Point::new(2.0, 380.0)]);
        let seen = Perspective::onto(&quad, 210.0, 297.0);
        for (flat, corner) in Quad::whole(210.0, 297.0).0.iter().zip(quad.0) {
            assert!(seen.map(*flat).distance(corner) < 0.01);
        }
    }

    #[test]
    fn a_tilted_sheet_keeps_its_ratio() {
        // An A4 sheet through a pin-hole with a focal length of 1000 pixels, tilted by 35°, picture 1600 × 1200.
        let (sine, cosine) = 35f32.to_radians().sin_cos();
        let seen = |x: f32, y: f32| {
            let depth = 480.0 + y * sine;
            Point::new(800.0 + 1000.0 * x / depth, 600.0 + 1000.0 * y * cosine / depth)
        };
        let quad = Quad([seen(-105.0, -148.5), seen(105.0, -148.5), seen(105.0, 148.5), seen(-105.0, 148.5)]);
        let (width, height) = quad.flat_size(1600.0, 1200.0);
        assert!((height / width - 297.0 / 210.0).abs() < 0.03, "{}", height / width);
    }

    #[test]
    fn corners_come_in_order() {
        let [a, b, c, d] = Quad::whole(10.0, 20.0).0;
        for mixed in [[b, c, d, a], [d, c, b, a], [c, b, a, d]] {
            assert_eq!(Quad(mixed).ordered(), Quad([a, b, c, d]));
        }
        assert!(Quad([a, b, c, d]).is_sheet_like());
        assert!(!Quad([a, c, b, d]).is_sheet_like());
    }
}
