//! Papers and their pages, as the citizen hands them in.

use serde::{Deserialize, Serialize};

use crate::catalogue::requirement::FileLimit;

/// A quarter turn clockwise, 0 to 3.
pub type Turn = u8;

/// What a page is made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A photograph; becomes one page.
    Photo,
    /// A PDF file; sent as it is.
    Pdf,
}

/// How far a page has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Made {
    /// The file is safe on the device; its picture is still to be made.
    Waiting,
    /// Ready to look at and to send.
    Ready,
    /// It cannot be read; the message key says why.
    Unreadable(Flaw),
}

/// Why a file cannot serve as a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flaw {
    Empty,
    /// Neither a picture nor a PDF, whatever its name says.
    NotAPaper,
    /// A picture that this browser cannot open, HEIC among them.
    CannotOpen,
    /// A picture that breaks off or is damaged.
    Broken,
    /// A picture with more pixels than any camera takes.
    Giant,
    /// A PDF with a password.
    Locked,
    BrokenPdf,
}

impl Flaw {
    /// The word for it in message keys.
    pub fn key(self) -> &'static str {
        match self {
            Flaw::Empty => "flaw.empty",
            Flaw::NotAPaper => "flaw.not-a-paper",
            Flaw::CannotOpen => "flaw.cannot-open",
            Flaw::Broken => "flaw.broken",
            Flaw::Giant => "flaw.giant",
            Flaw::Locked => "flaw.locked",
            Flaw::BrokenPdf => "flaw.broken-pdf",
        }
    }
}

/// What makes a readable page hard to read. The citizen is told at once and may use the page all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    Small,
    Dark,
    Blank,
    Blurred,
    Glare,
    /// A corner of the paper lies outside of the photograph.
    Cut,
    UpsideDown,
    Sideways,
    /// The same page stands in the paper already.
    Twice,
}

impl Doubt {
    /// The word for it in message keys.
    pub fn key(self) -> &'static str {
        match self {
            Doubt::Small => "doubt.small",
            Doubt::Dark => "doubt.dark",
            Doubt::Blank => "doubt.blank",
            Doubt::Blurred => "doubt.blurred",
            Doubt::Glare => "doubt.glare",
            Doubt::Cut => "doubt.cut",
            Doubt::UpsideDown => "doubt.upside-down",
            Doubt::Sideways => "doubt.sideways",
            Doubt::Twice => "doubt.twice",
        }
    }

    /// Quarter turns that mend it, where turning does.
    pub fn mended_by_turning(self) -> Option<Turn> {
        match self {
            Doubt::UpsideDown => Some(2),
            Doubt::Sideways => Some(1),
            _ => None,
        }
    }
}

/// The four corners of a sheet in its photograph: x and y in ten-thousandths of the upright photograph's width and height,
/// the upper left corner first, clockwise. A corner that is cut off lies outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corners(pub [i16; 8]);

impl Default for Corners {
    /// The whole photograph.
    fn default() -> Corners {
        Corners([0, 0, 10_000, 0, 10_000, 10_000, 0, 10_000])
    }
}

impl Corners {
    /// From shares of width and height.
    pub fn from_shares(shares: &[f64; 8]) -> Corners {
        Corners(shares.map(|share| (share * 10_000.0) as i16))
    }

    pub fn shares(&self) -> [f64; 8] {
        self.0.map(|part| f64::from(part) / 10_000.0)
    }

    /// Puts corner `at` (0 to 3) to a place, kept inside the photograph.
    pub fn put(&mut self, at: usize, x: i16, y: i16) {
        self.0[at * 2] = x.clamp(0, 10_000);
        self.0[at * 2 + 1] = y.clamp(0, 10_000);
    }

    /// How far the corner that moved most is from where it was, in ten-thousandths.
    pub fn moved(&self, from: &Corners) -> u16 {
        self.0.iter().zip(from.0).map(|(here, there)| here.abs_diff(there)).max().unwrap_or(0)
    }

    /// The share of the photograph that the sheet fills.
    pub fn area(&self) -> f64 {
        let shares = self.shares();
        let at = |n: usize| (shares[n % 4 * 2], shares[n % 4 * 2 + 1]);
        (0..4).map(|n| at(n).0 * at(n + 1).1 - at(n + 1).0 * at(n).1).sum::<f64>().abs() / 2.0
    }

    /// Whether a sheet can be cut out: going round, each corner turns to the right.
    pub fn is_sheet(&self) -> bool {
        let at = |n: usize| (i64::from(self.0[n % 4 * 2]), i64::from(self.0[n % 4 * 2 + 1]));
        (0..4).all(|n| {
            let ((ax, ay), (bx, by), (cx, cy)) = (at(n), at(n + 1), at(n + 2));
            (bx - ax) * (cy - by) - (by - ay) * (cx - bx) > 200_000
        })
    }
}

/// How a page looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finish {
    AsTaken,
    /// Even light, white paper, colours kept.
    #[default]
    Colour,
    Grey,
    /// Black on white.
    Black,
}

impl Finish {
    pub const ALL: [Finish; 4] = [Finish::Colour, Finish::Grey, Finish::Black, Finish::AsTaken];

    /// The word for it in messages to the scanner.
    pub fn word(self) -> &'static str {
        match self {
            Finish::AsTaken => "as-taken",
            Finish::Colour => "colour",
            Finish::Grey => "grey",
            Finish::Black => "black",
        }
    }

    /// Its message key.
    pub fn key(self) -> &'static str {
        match self {
            Finish::AsTaken => "finish.as-taken",
            Finish::Colour => "finish.colour",
            Finish::Grey => "finish.grey",
            Finish::Black => "finish.black",
        }
    }
}

/// One page of a paper. Its bytes stand in the device's store under `id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub id: String,
    pub source: Source,
    pub made: Made,
    pub turn: Turn,
    /// The size of the citizen's own file in bytes.
    pub bytes: u64,
    /// What makes it hard to read, until the citizen says "use it all the same".
    #[serde(default)]
    pub doubt: Option<Doubt>,
    /// A print of its look, to know the same page again; 0 if there is none.
    #[serde(default)]
    pub print: u64,
    /// Where the sheet is in its photograph: what the page was cut out by, or only a guess.
    #[serde(default)]
    pub corners: Corners,
    /// Whether the page is cut out by its corners; else it is the whole photograph.
    #[serde(default)]
    pub cut_out: bool,
    #[serde(default)]
    pub finish: Finish,
}

impl Page {
    /// A page whose picture is still to be made.
    pub fn new(id: String, bytes: u64) -> Page {
        Page {
            id,
            source: Source::Photo,
            made: Made::Waiting,
            turn: 0,
            bytes,
            doubt: None,
            print: 0,
            corners: Corners::default(),
            cut_out: false,
            finish: Finish::default(),
        }
    }
}

/// What the citizen hands in for one requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The id that the uploaded file will carry, made on the device before the first byte leaves.
    pub upload: String,
    pub pages: Vec<Page>,
}

/// Where a paper stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Missing,
    /// These pages (counted from one) cannot be read.
    Unreadable(Vec<usize>),
    Ready,
}

impl Paper {
    pub fn state(&self) -> State {
        let unreadable: Vec<usize> =
            self.pages.iter().enumerate().filter(|(_, page)| page.made != Made::Ready).map(|(at, _)| at + 1).collect();
        match (self.pages.is_empty(), unreadable.is_empty()) {
            (true, _) => State::Missing,
            (_, false) => State::Unreadable(unreadable),
            _ => State::Ready,
        }
    }

    /// Whether one more page from this source can join. A part takes one file, and PDF files are passed on
    /// untouched, so a PDF stands alone.
    pub fn can_add(&self, source: &Source) -> bool {
        self.pages.is_empty()
            || (*source == Source::Photo && self.pages.iter().all(|page| page.source == Source::Photo))
    }

    /// The doubt about a new page of this paper: the scanner's, or that a page of the same look stands here already
    /// (at most 4 of the 64 bits of their prints differ).
    pub fn doubt(&self, found: Option<Doubt>, print: u64) -> Option<Doubt> {
        let same = |page: &Page| page.print != 0 && (page.print ^ print).count_ones() <= 4;
        found.or_else(|| (print != 0 && self.pages.iter().any(same)).then_some(Doubt::Twice))
    }

    /// Moves the page at `from` one place to the front or to the back; at the edge nothing happens.
    pub fn shift(&mut self, from: usize, forward: bool) {
        let to = if forward { from + 1 } else { from.wrapping_sub(1) };
        if from < self.pages.len() && to < self.pages.len() {
            self.pages.swap(from, to);
        }
    }
}

/// The file made of a paper's pages, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperFile {
    pub upload: String,
    pub part: String,
    pub name: String,
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

/// A file name that any portal takes: the paper's folded name, at most 60 letters, and the extension.
pub fn file_name(paper: &str, extension: &str) -> String {
    let mut name: String = crate::catalogue::spelling::words(paper)
        .map(|(word, _)| word.plain)
        .collect::<Vec<_>>()
        .join("-")
        .replace('.', "-");
    name.truncate(60);
    format!("{}.{extension}", if name.is_empty() { "giay-to" } else { name.trim_end_matches('-') })
}

/// The extension under which the pages of photographs go: one PDF where the portal takes PDF, else JPEG.
pub fn extension_for(limit: &FileLimit) -> &'static str {
    if limit.takes("pdf") || !limit.takes("jpg") { "pdf" } else { "jpg" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(id: &str, made: Made) -> Page {
        Page { made, ..Page::new(id.into(), 1) }
    }

    #[test]
    fn a_paper_is_missing_unreadable_or_ready() {
        let mut paper = Paper { upload: "u".into(), pages: vec![] };
        assert_eq!(paper.state(), State::Missing);
        paper.pages = vec![page("a", Made::Ready), page("b", Made::Unreadable(Flaw::Broken))];
        assert_eq!(paper.state(), State::Unreadable(vec![2]));
        paper.pages.pop();
        assert_eq!(paper.state(), State::Ready);
        assert!(!paper.can_add(&Source::Pdf) && paper.can_add(&Source::Photo));
    }

    #[test]
    fn pages_move_one_place_and_stop_at_the_edges() {
        let mut paper = Paper { upload: "u".into(), pages: ["a", "b", "c"].map(|id| page(id, Made::Ready)).to_vec() };
        let order = |paper: &Paper| paper.pages.iter().map(|page| page.id.clone()).collect::<String>();
        paper.shift(0, false);
        paper.shift(2, true);
        assert_eq!(order(&paper), "abc");
        paper.shift(0, true);
        assert_eq!(order(&paper), "bac");
    }

    #[test]
    fn corners_stay_inside_and_make_a_sheet_or_not() {
        let mut corners = Corners::default();
        assert!(corners.is_sheet());
        corners.put(0, -300, 12_000);
        assert_eq!(corners.0[..2], [0, 10_000]);
        assert!(!corners.is_sheet(), "two corners in one place");
        corners.put(0, 500, 400);
        assert!(corners.is_sheet());
        assert_eq!(corners.moved(&Corners::default()), 500);
        assert_eq!(Corners::from_shares(&corners.shares()), corners);
        let crossed = Corners([0, 0, 10_000, 10_000, 10_000, 0, 0, 10_000]);
        assert!(!crossed.is_sheet());
    }

    #[test]
    fn file_names_are_harmless() {
        assert_eq!(file_name("Giấy chứng nhận đã cấp (bản gốc)/../x", "pdf"), "giay-chung-nhan-da-cap-ban-goc-x.pdf");
        assert_eq!(file_name("***", "pdf"), "giay-to.pdf");
    }
}
