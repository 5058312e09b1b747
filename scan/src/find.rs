//! Finding the sheet: where in a photograph are the four corners of a paper?
//!
//! A sheet is seen as a quadrilateral of four long straight steps of brightness or colour. So: steps are measured on a
//! small blurred copy (the blur makes writing and the grain of wood faint); straight lines are found by letting each
//! step vote for the lines that it may lie on (Hough transform, with the step's own direction; Duda and Hart, 1972;
//! O'Gorman and Clowes, 1976); four of the lines make a sheet, and the best four are those whose sides are steps from
//! corner to corner, and no further. How well they do says how sure the answer is.

use crate::geometry::{Point, Quad};

/// The longer side of the picture in which a sheet is looked for, in pixels.
pub const SIDE: u32 = 560;

/// A sheet that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// In pixels of the picture that was given; may lie a little outside of it, where a corner is cut off.
    pub corners: Quad,
    /// How well the sides are seen, 0 to 1.
    pub score: f32,
}

impl Found {
    /// From this score on the sheet is cut out without asking. In between, the corners are shown as a proposal.
    pub const SURE: f32 = 0.68;
    /// Below this score nothing was found.
    pub const LEAST: f32 = 0.45;

    pub fn is_sure(&self) -> bool {
        self.score >= Found::SURE
    }
}

/// How many candidates are looked at closely.
const FINALISTS: usize = 48;
/// A sheet around the best one is taken instead if it does nearly as well.
const NEARLY: f32 = 0.8;
/// What a sheet that is cut off counts for beside a whole one.
const CUT: f32 = 0.92;
/// How far outside of the picture a side that is cut off is put: enough to be told from one that is seen.
const BORDER: f32 = 9.0;
/// What such a side counts for.
const UNSEEN: f32 = 0.55;
/// How many lines across a pair of opposite sides are tried, and how much of one has to be seen.
const ACROSS: usize = 10;
const BARELY: f32 = 0.2;
/// How many lines are tried.
const LINES: usize = 72;
/// Steps fainter than this are noise.
const FAINT: f32 = 3.0;
/// How far outside the picture a corner may lie, as a share of its longer side.
const OUTSIDE: f32 = 0.16;

/// Looks for a sheet in RGBA pixels whose longer side is about `SIDE`. `None` if there is none to be seen.
pub fn sheet(rgba: &[u8], width: usize) -> Option<Found> {
    let height = (rgba.len() / 4).checked_div(width)?;
    if width < 48 || height < 48 {
        return None;
    }
    let steps = Steps::of(rgba, width, height);
    let lines = lines(&steps);
    let (corners, score) = best_quad(&steps, &lines)?;
    (score >= Found::LEAST).then_some(Found { corners, score })
}

/// Steps of brightness or colour: for each pixel in which direction it gets brighter, and how much.
struct Steps {
    width: usize,
    height: usize,
    /// Brightness and two differences of colour, blurred.
    planes: [Vec<f32>; 3],
    across: Vec<f32>,
    down: Vec<f32>,
    strength: Vec<f32>,
}

impl Steps {
    fn of(rgba: &[u8], width: usize, height: usize) -> Steps {
        let count = width * height;
        // A white sheet on a pale yellow table shows only in the differences of colour.
        let planes: [fn(&[u8]) -> f32; 3] = [
            |p| 0.299 * f32::from(p[0]) + 0.587 * f32::from(p[1]) + 0.114 * f32::from(p[2]),
            |p| f32::from(p[0]) - f32::from(p[1]),
            |p| 0.5 * (f32::from(p[0]) + f32::from(p[1])) - f32::from(p[2]),
        ];
        let planes = planes.map(|plane| {
            let mut level: Vec<f32> = rgba.chunks_exact(4).map(plane).collect();
            blur(&mut level, width, height);
            blur(&mut level, width, height);
            level
        });
        let (across, down, strength) = (vec![0.0; count], vec![0.0; count], vec![0.0; count]);
        let mut steps = Steps { width, height, planes, across, down, strength };
        for level in &steps.planes {
            for y in 2..height - 2 {
                for x in 2..width - 2 {
                    let at = y * width + x;
                    let across = level[at + 2] - level[at - 2];
                    let down = level[at + 2 * width] - level[at - 2 * width];
                    let strength = (across * across + down * down).sqrt();
                    if strength > steps.strength[at] {
                        (steps.across[at], steps.down[at], steps.strength[at]) = (across, down, strength);
                    }
                }
            }
        }
        steps
    }

    /// Whether the step at this pixel is the steepest of those in its direction.
    fn is_crest(&self, x: usize, y: usize) -> bool {
        let at = y * self.width + x;
        let (across, down, here) = (self.across[at], self.down[at], self.strength[at]);
        let aside = if across.abs() > 2.4 * down.abs() {
            1
        } else if down.abs() > 2.4 * across.abs() {
            self.width
        } else if across * down > 0.0 {
            self.width + 1
        } else {
            self.width - 1
        };
        here > FAINT && here >= self.strength[at - aside] && here > self.strength[at + aside]
    }

    /// What a step counts for. Faint ones count too: a white sheet on a white table has no others.
    fn weight(&self, at: usize) -> f32 {
        self.strength[at] / (self.strength[at] + 10.0)
    }

    /// How surely the inside of a candidate differs from its outside along its sides, 0 to 1: a sheet does so in the same
    /// way from corner to corner; a seam between tiles, a fold or the squares of a cloth do not.
    fn contrast(&self, quad: &Quad) -> f32 {
        const SAMPLES: usize = 32;
        const APART: f32 = 6.0;
        let (mut sum, mut sides, mut least) = (0.0, 0.0, 1.0f32);
        for (from, to) in quad.sides() {
            let length = from.distance(to).max(1.0);
            let (nx, ny) = ((from.y - to.y) / length * APART, (to.x - from.x) / length * APART);
            let (mut mean, mut square, mut count) = ([0.0f32; 3], 0.0f32, 0.0f32);
            for sample in 0..SAMPLES {
                let on = from.towards(to, (sample as f32 + 1.0) / (SAMPLES as f32 + 1.0));
                let (Some(inside), Some(outside)) = (self.at(on.x + nx, on.y + ny), self.at(on.x - nx, on.y - ny))
                else {
                    continue;
                };
                for (mean, plane) in mean.iter_mut().zip(&self.planes) {
                    let step = plane[inside] - plane[outside];
                    *mean += step;
                    square += step * step;
                }
                count += 1.0;
            }
            if count < 4.0 {
                continue;
            }
            let mean = mean.map(|step| step / count);
            let strength = mean.iter().map(|step| step * step).sum::<f32>();
            let spread = (square / count - strength).max(0.0).sqrt();
            let strength = strength.sqrt();
            let sure = strength / (strength + 0.5 * spread + 3.0);
            sum += sure;
            sides += 1.0;
            least = least.min(sure);
        }
        if sides < 2.0 { 0.0 } else { 0.5 * sum / sides + 0.5 * least }
    }

    fn at(&self, x: f32, y: f32) -> Option<usize> {
        let inside = x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32;
        inside.then(|| y as usize * self.width + x as usize)
    }
}

/// The mean over 5 pixels along rows and then along columns.
fn blur(level: &mut Vec<f32>, width: usize, height: usize) {
    const REACH: usize = 2;
    const COUNT: f32 = (2 * REACH + 1) as f32;
    let mut line = vec![0.0; width];
    for row in level.chunks_exact_mut(width) {
        line.copy_from_slice(row);
        let mut sum = line[0] * REACH as f32 + line[..=REACH].iter().sum::<f32>();
        for (place, out) in row.iter_mut().enumerate() {
            *out = sum / COUNT;
            sum += line[(place + REACH + 1).min(width - 1)] - line[place.saturating_sub(REACH)];
        }
    }
    // Columns side by side: one row of sums runs down the picture.
    let rows: Vec<&[f32]> = level.chunks_exact(width).collect();
    let row = |at: isize| rows[at.clamp(0, height as isize - 1) as usize];
    let mut sums = vec![0.0; width];
    for at in -(REACH as isize)..=REACH as isize {
        sums.iter_mut().zip(row(at)).for_each(|(sum, level)| *sum += level);
    }
    let mut out = Vec::with_capacity(level.len());
    for at in 0..height as isize {
        out.extend(sums.iter().map(|sum| sum / COUNT));
        let (coming, leaving) = (row(at + REACH as isize + 1), row(at - REACH as isize));
        sums.iter_mut().zip(coming).zip(leaving).for_each(|((sum, coming), leaving)| *sum += coming - leaving);
    }
    *level = out;
}

/// A straight line: all points whose product with the normal is `offset`. Along it runs the direction (−down, across).
struct Line {
    /// The normal, of length one.
    across: f32,
    down: f32,
    offset: f32,
    /// How much of the line lies on steps, summed up from its beginning (`reach` before its foot) to each place: for
    /// steps that get brighter along the normal, and against it.
    with: Vec<f32>,
    against: Vec<f32>,
    reach: f32,
    /// The places between which it runs through the picture.
    start: f32,
    end: f32,
    /// The picture ends here: a side that is not seen at all, of a sheet that is cut off.
    is_border: bool,
}

impl Line {
    fn crossing(&self, other: &Line) -> Option<Point> {
        let sine = self.across * other.down - self.down * other.across;
        (sine.abs() > 0.3).then(|| {
            Point::new(
                (self.offset * other.down - other.offset * self.down) / sine,
                (self.across * other.offset - other.across * self.offset) / sine,
            )
        })
    }

    /// The place of a point along the line.
    fn place(&self, point: Point) -> f32 {
        point.y * self.across - point.x * self.down + self.reach
    }

    /// The shares of the stretch between two places that lie on steps with the normal and against it.
    fn cover(&self, from: f32, to: f32) -> (f32, f32) {
        let last = self.with.len() - 1;
        let (from, to) = ((from.max(0.0) as usize).min(last), (to.max(0.0) as usize).min(last));
        if to <= from {
            return (0.0, 0.0);
        }
        let length = (to - from) as f32;
        ((self.with[to] - self.with[from]) / length, (self.against[to] - self.against[from]) / length)
    }
}

/// One vote a degree.
const DEGREES: usize = 180;

/// The straight lines in the picture, the clearest first.
fn lines(steps: &Steps) -> Vec<Line> {
    let (width, height) = (steps.width, steps.height);
    let reach = (width as f32).hypot(height as f32);
    let rows = (2.0 * reach) as usize / 2 + 2;
    let turns: Vec<(f32, f32)> = (0..DEGREES).map(|degree| (degree as f32).to_radians().sin_cos()).collect();
    let mut votes = vec![0f32; DEGREES * rows];
    let mut crests: Vec<(f32, f32, usize)> = Vec::new();
    for y in 3..height - 3 {
        for x in 3..width - 3 {
            if !steps.is_crest(x, y) {
                continue;
            }
            let at = y * width + x;
            crests.push((x as f32 + 0.5, y as f32 + 0.5, at));
            let weight = steps.weight(at);
            let direction = steps.down[at].atan2(steps.across[at]).to_degrees().rem_euclid(180.0) as usize;
            for off in 0..=6 {
                let degree = (direction + DEGREES + off - 3) % DEGREES;
                let (sine, cosine) = turns[degree];
                let offset = (x as f32 + 0.5) * cosine + (y as f32 + 0.5) * sine + reach;
                votes[degree * rows + (offset / 2.0) as usize] += weight;
            }
        }
    }
    let mut lines = Vec::new();
    let least = 0.03 * width.max(height) as f32;
    let highest = |votes: &[f32]| {
        votes.iter().enumerate().fold((0, 0.0), |best, (at, votes)| if *votes > best.1 { (at, *votes) } else { best })
    };
    let mut tops: Vec<(usize, f32)> = votes.chunks_exact(rows).map(highest).collect();
    for _ in 0..LINES {
        let (degree, (row, most)) = tops
            .iter()
            .enumerate()
            .fold((0, (0, 0.0)), |best, (at, top)| if top.1 > best.1.1 { (at, *top) } else { best });
        if most < least {
            break;
        }
        // What lies close by is the same line again.
        for turn in 0..=8 {
            let near = degree + DEGREES + turn - 4;
            // Across the seam at 180° the normal points the other way.
            let wrapped = !(DEGREES..2 * DEGREES).contains(&near);
            let middle = if wrapped { ((2.0 * reach) as usize / 2).saturating_sub(row) } else { row };
            let line = &mut votes[near % DEGREES * rows..][..rows];
            line[middle.saturating_sub(2)..(middle + 3).min(rows)].fill(0.0);
            tops[near % DEGREES] = highest(line);
        }
        let (sine, cosine) = turns[degree];
        let offset = (row as f32 + 0.5) * 2.0 - reach;
        let (across, down, offset) = straightened(steps, &crests, (cosine, sine, offset));
        lines.push(measured(steps, across, down, offset, reach));
    }
    for (across, down, offset) in [
        (1.0, 0.0, -BORDER),
        (1.0, 0.0, width as f32 + BORDER),
        (0.0, 1.0, -BORDER),
        (0.0, 1.0, height as f32 + BORDER),
    ] {
        let unseen = Line {
            across,
            down,
            offset,
            with: vec![0.0],
            against: vec![0.0],
            reach,
            start: 0.0,
            end: 0.0,
            is_border: true,
        };
        lines.push(unseen);
    }
    lines
}

/// The line through the crests close to a rough line (weighted least squares, twice).
fn straightened(steps: &Steps, crests: &[(f32, f32, usize)], rough: (f32, f32, f32)) -> (f32, f32, f32) {
    let (mut across, mut down, mut offset) = rough;
    let near = |&&(x, y, at): &&(f32, f32, usize)| {
        let along = (steps.across[at] * across + steps.down[at] * down).abs();
        (x * across + y * down - offset).abs() < 4.0 && along > 0.94 * steps.strength[at]
    };
    let crests: Vec<&(f32, f32, usize)> = crests.iter().filter(near).collect();
    for width in [3.0, 2.0] {
        let (mut total, mut sx, mut sy, mut sxx, mut sxy, mut syy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for &&(x, y, at) in &crests {
            if (x * across + y * down - offset).abs() > width {
                continue;
            }
            let weight = steps.weight(at);
            total += weight;
            (sx, sy) = (sx + weight * x, sy + weight * y);
            (sxx, sxy, syy) = (sxx + weight * x * x, sxy + weight * x * y, syy + weight * y * y);
        }
        if total < 4.0 {
            break;
        }
        let (mx, my) = (sx / total, sy / total);
        let (cxx, cxy, cyy) = (sxx / total - mx * mx, sxy / total - mx * my, syy / total - my * my);
        // The normal is the direction in which the crests spread least.
        let turn = 0.5 * (2.0 * cxy).atan2(cxx - cyy);
        let (cosine, sine) = (-turn.sin(), turn.cos());
        if (cosine * across + sine * down).abs() < 0.99 {
            break;
        }
        let sign = if cosine * across + sine * down < 0.0 { -1.0 } else { 1.0 };
        (across, down) = (cosine * sign, sine * sign);
        offset = mx * across + my * down;
    }
    (across, down, offset)
}

/// The places between which a line runs through a picture of this size.
fn within(across: f32, down: f32, offset: f32, reach: f32, width: f32, height: f32) -> (f32, f32) {
    let (mut start, mut end) = (0.0f32, 2.0 * reach);
    for (origin, slope, size) in [(offset * across, -down, width), (offset * down, across, height)] {
        if slope.abs() < 1e-6 {
            continue;
        }
        let (one, other) = ((2.0 - origin) / slope, (size - 2.0 - origin) / slope);
        start = start.max(one.min(other) + reach);
        end = end.min(one.max(other) + reach);
    }
    (start, end)
}

/// Walks along a line and notes where it lies on steps.
fn measured(steps: &Steps, across: f32, down: f32, offset: f32, reach: f32) -> Line {
    let (start, end) = within(across, down, offset, reach, steps.width as f32, steps.height as f32);
    let length = (2.0 * reach) as usize;
    let (mut with, mut against) = (Vec::with_capacity(length + 1), Vec::with_capacity(length + 1));
    let (mut plus, mut minus) = (0.0, 0.0);
    for place in 0..length {
        with.push(plus);
        against.push(minus);
        if (place as f32) < start || place as f32 > end {
            continue;
        }
        let along = place as f32 - reach;
        let (x, y) = (offset * across - along * down, offset * down + along * across);
        let mut best = 0.0f32;
        for aside in [-1.0, 0.0, 1.0] {
            let (px, py) = (x + aside * across, y + aside * down);
            if px < 2.0 || py < 2.0 || px >= (steps.width - 2) as f32 || py >= (steps.height - 2) as f32 {
                continue;
            }
            let at = py as usize * steps.width + px as usize;
            let step = steps.across[at] * across + steps.down[at] * down;
            if steps.strength[at] > FAINT && step.abs() > 0.9 * steps.strength[at] && step.abs() > best.abs() {
                best = step;
            }
        }
        let weight = best.abs() / (best.abs() + 2.0);
        if best > 0.0 {
            plus += weight;
        } else {
            minus += weight;
        }
    }
    with.push(plus);
    against.push(minus);
    Line { across, down, offset, with, against, reach, start, end, is_border: false }
}

/// The four lines that make the best sheet.
fn best_quad(steps: &Steps, lines: &[Line]) -> Option<(Quad, f32)> {
    let (width, height) = (steps.width as f32, steps.height as f32);
    // Opposite sides: at most 40° apart, and not crossing inside the picture.
    let mut pairs = Vec::new();
    for (at, one) in lines.iter().enumerate() {
        for (after, other) in lines.iter().enumerate().skip(at + 1) {
            let cosine = one.across * other.across + one.down * other.down;
            if cosine.abs() < 0.76 {
                continue;
            }
            let crossing = one.crossing(other);
            let inside = crossing.is_some_and(|p| (0.0..width).contains(&p.x) && (0.0..height).contains(&p.y));
            let apart = (one.offset - other.offset * cosine.signum()).abs();
            if !inside && (apart > 0.08 * height.min(width) || cosine.abs() < 0.98) {
                pairs.push((at, after));
            }
        }
    }
    let margin = OUTSIDE * width.max(height);
    let near = |p: Point| p.x > -margin && p.y > -margin && p.x < width + margin && p.y < height + margin;
    let mut finalists: Vec<(Quad, f32)> = Vec::new();
    for (a, c) in pairs {
        // Of the lines that cross both, those that are seen best between them.
        let mut across: Vec<(&Line, Point, Point, f32)> = Vec::with_capacity(ACROSS + 1);
        for (_, line) in lines.iter().enumerate().filter(|(b, _)| *b != a && *b != c) {
            let Some((from, to)) = lines[a].crossing(line).zip(line.crossing(&lines[c])) else { continue };
            let cover = if line.is_border { UNSEEN } else { line.seen_between(from, to) };
            let full = across.len() == ACROSS;
            if !near(from) || !near(to) || cover < BARELY || full && across[ACROSS - 1].3 >= cover {
                continue;
            }
            across.truncate(ACROSS - 1);
            let rank = across.iter().position(|held| held.3 < cover).unwrap_or(across.len());
            across.insert(rank, (line, from, to, cover));
        }
        for (at, &(one, upper, lower, _)) in across.iter().enumerate() {
            for &(other, before, after, _) in &across[at + 1..] {
                let quad = Quad([before, upper, lower, after]);
                if !is_sheet(&quad) || quad.area() < 0.02 * width * height {
                    continue;
                }
                let score = score([&lines[a], one, &lines[c], other], &quad, width, height);
                enter(&mut finalists, quad.ordered(), score);
            }
        }
    }
    for (quad, score) in &mut finalists {
        *score *= 0.4 + 0.6 * steps.contrast(quad);
    }
    // Of two sheets the one that is whole is meant.
    let merit = |(quad, score): &(Quad, f32)| {
        let whole = quad.0.iter().all(|p| (0.0..=width).contains(&p.x) && (0.0..=height).contains(&p.y));
        if whole { *score } else { CUT * score }
    };
    let winner = finalists.iter().max_by(|one, other| merit(one).total_cmp(&merit(other)))?;
    // A frame printed on a paper is a sheet in a sheet: then the paper around it is meant.
    let around = finalists.iter().filter(|outer| outer.1 > NEARLY * winner.1 && outer.0.frames(&winner.0));
    Some(*around.max_by(|one, other| one.1.total_cmp(&other.1)).unwrap_or(winner))
}

/// Keeps the best candidates, each but once.
fn enter(finalists: &mut Vec<(Quad, f32)>, quad: Quad, score: f32) {
    if finalists.len() == FINALISTS && finalists[FINALISTS - 1].1 >= score {
        return;
    }
    let same = |held: &(Quad, f32)| (0..4).all(|at| (0..4).any(|to| held.0.0[to].distance(quad.0[at]) < 4.0));
    if let Some(at) = finalists.iter().position(same) {
        if finalists[at].1 >= score {
            return;
        }
        finalists.remove(at);
    }
    finalists.truncate(FINALISTS - 1);
    let rank = finalists.iter().position(|(_, held)| *held < score).unwrap_or(finalists.len());
    finalists.insert(rank, (quad, score));
}

impl Quad {
    /// Whether the other lies inside, as a printed frame does: each of its corners within, and filling most of it.
    fn frames(&self, other: &Quad) -> bool {
        let inside = |p: &Point| {
            self.sides()
                .iter()
                .all(|(from, to)| (to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x) > 0.0)
        };
        let share = other.area() / self.area().max(1.0);
        (0.45..0.97).contains(&share) && other.0.iter().all(inside)
    }
}

/// Whether four corners make a sheet, whichever way round they run.
fn is_sheet(quad: &Quad) -> bool {
    let [a, b, c, d] = quad.0;
    quad.is_sheet_like() || Quad([a, d, c, b]).is_sheet_like()
}

/// How well four lines do as the sides of a sheet: side `n` runs from corner `n` to corner `n + 1`.
fn score(sides: [&Line; 4], quad: &Quad, width: f32, height: f32) -> f32 {
    let middle = quad.0[0].towards(quad.0[2], 0.5).towards(quad.0[1].towards(quad.0[3], 0.5), 0.5);
    let (mut sum, mut least, mut beyond, mut around) = (0.0, 1.0f32, 0.0, 0.0);
    if sides.iter().filter(|line| line.is_border).count() > 2 {
        return 0.0;
    }
    for (at, line) in sides.iter().enumerate() {
        let (from, to) = (line.place(quad.0[at]), line.place(quad.0[(at + 1) % 4]));
        let (from, to) = if from < to { (from, to) } else { (to, from) };
        let length = to - from;
        if line.is_border {
            sum += UNSEEN * length;
            around += length;
            continue;
        }
        let (start, end) = (line.start, line.end);
        let (seen_from, seen_to) = ((from + 4.0).max(start), (to - 4.0).min(end));
        if seen_to - seen_from < 0.4 * length {
            return 0.0;
        }
        let (with, against) = line.cover(seen_from, seen_to);
        let inwards = middle.x * line.across + middle.y * line.down > line.offset;
        // Mostly the sheet is brighter than the table.
        let (brighter, darker) = if inwards { (with, against) } else { (against, with) };
        let cover = (brighter + 0.9 * darker).min(1.0);
        let tail = (0.15 * length).min(30.0);
        let before = line.cover((from - 5.0 - tail).max(start), from - 5.0);
        let after = line.cover(to + 5.0, (to + 5.0 + tail).min(end));
        beyond += (before.0.max(before.1) + after.0.max(after.1)) * 0.5 * length;
        sum += cover * length;
        least = least.min(cover);
        around += length;
    }
    let large = (quad.area() / (width * height)).min(1.0).sqrt();
    (0.75 * sum / around + 0.25 * least - 0.18 * beyond / around) * (0.85 + 0.15 * large)
}

impl Line {
    /// The share of the stretch between two points that lies on steps, as far as the picture goes.
    fn seen_between(&self, from: Point, to: Point) -> f32 {
        let (from, to) = (self.place(from), self.place(to));
        let (with, against) = self.cover(from.min(to).max(self.start), from.max(to).min(self.end));
        with + against
    }
}
