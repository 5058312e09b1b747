//! When the camera on the page takes its picture, and what it says until then.

use super::scanner::Glance;
use crate::dossier::paper::Corners;

/// What to tell someone who points the camera at a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// No sheet is seen.
    Seek,
    /// The sheet is far away.
    Closer,
    /// A part of it is outside.
    Whole,
    /// It is seen well; keep still.
    Hold,
    /// Take the picture now.
    Now,
    /// The picture is taken; next page.
    Next,
}

impl Hint {
    /// Its message key.
    pub fn key(self) -> &'static str {
        match self {
            Hint::Seek => "camera.seek",
            Hint::Closer => "camera.closer",
            Hint::Whole => "camera.whole",
            Hint::Hold => "camera.hold",
            Hint::Now => "camera.now",
            Hint::Next => "camera.next",
        }
    }
}

/// Decides, frame by frame, when to take the picture: the sheet is surely seen, whole, near, sharp, and has not moved
/// for a few frames. After a picture it waits until the sheet is taken away or moved.
#[derive(Clone, Copy, Debug, Default)]
pub struct Steady {
    last: Option<Corners>,
    still: u8,
    /// Where the sheet lay when its picture was taken.
    taken: Option<Corners>,
}

/// Frames without movement before the picture is taken.
const STILL: u8 = 4;
/// A hand that holds still moves the corners by less than this, in ten-thousandths.
const TREMBLE: u16 = 180;
/// A sheet that was moved on purpose moves by more than this.
const MOVED: u16 = 1200;

impl Steady {
    /// Takes in a glance at the newest frame.
    pub fn see(&mut self, glance: &Glance) -> Hint {
        let seen = glance.corners.filter(|_| glance.sure);
        if let Some(taken) = self.taken {
            if seen.is_some_and(|corners| corners.moved(&taken) < MOVED) {
                return Hint::Next;
            }
            self.taken = None;
        }
        let still = matches!((self.last, seen), (Some(last), Some(now)) if now.moved(&last) < TREMBLE);
        self.last = seen;
        self.still = if still && glance.sharp { self.still + 1 } else { 0 };
        let Some(corners) = seen else { return Hint::Seek };
        if corners.0.iter().any(|part| !(-100..=10_100).contains(part)) {
            self.still = 0;
            return Hint::Whole;
        }
        if corners.area() < 0.2 {
            self.still = 0;
            return Hint::Closer;
        }
        if self.still < STILL {
            return Hint::Hold;
        }
        self.taken_now(corners);
        Hint::Now
    }

    fn taken_now(&mut self, corners: Corners) {
        *self = Steady { taken: Some(corners), ..Steady::default() };
    }

    /// The citizen took the picture by hand.
    pub fn taken(&mut self) {
        if let Some(corners) = self.last {
            self.taken_now(corners);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(x: i16) -> Glance {
        let corners = Corners([1000 + x, 1000, 9000 + x, 1100, 8900 + x, 9000, 1100 + x, 8900]);
        Glance { corners: Some(corners), sure: true, sharp: true }
    }

    #[test]
    fn the_picture_is_taken_once_when_all_is_still() {
        let mut steady = Steady::default();
        assert_eq!(steady.see(&Glance { corners: None, sure: false, sharp: false }), Hint::Seek);
        let hints: Vec<Hint> = (0..6).map(|n| steady.see(&sheet(n * 5))).collect();
        assert_eq!(hints, [Hint::Hold, Hint::Hold, Hint::Hold, Hint::Hold, Hint::Now, Hint::Next]);
        assert_eq!(steady.see(&sheet(40)), Hint::Next, "the same sheet is not taken again");
        assert_eq!(steady.see(&Glance { sure: false, ..sheet(0) }), Hint::Seek);
        assert_eq!(steady.see(&sheet(0)), Hint::Hold, "it was taken away, so the next one counts");
    }

    #[test]
    fn a_moving_blurred_far_or_cut_sheet_is_not_taken() {
        let mut steady = Steady::default();
        assert!((0..9).all(|n| steady.see(&sheet(n % 2 * 300)) == Hint::Hold));
        assert!((0..9).all(|_| steady.see(&Glance { sharp: false, ..sheet(0) }) == Hint::Hold));
        let far = Glance { corners: Some(Corners([4000, 4000, 6000, 4000, 6000, 6000, 4000, 6000])), ..sheet(0) };
        assert!((0..9).all(|_| steady.see(&far) == Hint::Closer));
        let cut = Glance { corners: Some(Corners([-900, 1000, 9000, 1100, 8900, 9000, -800, 8900])), ..sheet(0) };
        assert!((0..9).all(|_| steady.see(&cut) == Hint::Whole));
    }
}
