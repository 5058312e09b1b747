//! Pages into one PDF. Each page is a JPEG picture, put in as it is.
//!
//! Written by hand: a file of pictures is the simplest kind of PDF there is (ISO 32000-1, 7.5), and pdf-writer would be an
//! eighth of the scanner's download. qpdf, mutool and pdf.js read what comes out; the benchmark asks them.

/// One page: an upright JPEG and how it is to be turned.
pub struct Page<'a> {
    pub jpeg: &'a [u8],
    /// Pixels of the JPEG.
    pub width: u32,
    pub height: u32,
    /// Quarter turns clockwise.
    pub turn: u8,
}

/// Width and height of a sheet in hundredths of a point.
type Size = (u32, u32);

/// A4 (ISO 216), and a card (ISO/IEC 7810, ID-1), upright.
const A4: Size = (59528, 84189);
const CARD: Size = (15301, 24265);

/// The sheet for a picture: A4 or a card where the picture has their shape, give or take what a crooked cut adds; else as
/// long as A4 and as wide as the picture asks for.
fn sheet(width: u32, height: u32) -> Size {
    let (shorter, longer) = (width.min(height).max(1), width.max(height).max(1));
    let like = |&(short, long): &Size| (longer as f32 / shorter as f32 * short as f32 / long as f32 - 1.0).abs() < 0.03;
    let (short, long) = match [CARD, A4].iter().find(|paper| like(paper)) {
        Some(paper) => *paper,
        None => ((u64::from(A4.1) * u64::from(shorter) / u64::from(longer)) as u32, A4.1),
    };
    if width > height { (long, short) } else { (short, long) }
}

/// A PDF of the pages, each on a sheet of its paper's size. `title` goes into the document's information; nothing else
/// about the citizen does.
pub fn write(pages: &[Page<'_>], title: &str) -> Vec<u8> {
    let sizes: Vec<Size> = pages.iter().map(|page| sheet(page.width, page.height)).collect();
    // Pages on sheets of one size share the one line that draws the picture.
    let mut kinds: Vec<Size> = Vec::new();
    for size in &sizes {
        if !kinds.contains(size) {
            kinds.push(*size);
        }
    }
    let length = pages.iter().map(|page| page.jpeg.len() + 500).sum::<usize>() + 1000;
    let mut file = File { bytes: Vec::with_capacity(length), places: Vec::new() };
    // The second line tells programs that this is not text (7.5.2).
    file.put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    let (first_kind, first_page) = (4, 4 + kinds.len());
    file.object("<</Type/Catalog/Pages 2 0 R/Lang(vi)>>");
    let kids: String = (0..pages.len()).map(|at| format!("{} 0 R ", first_page + 2 * at)).collect();
    file.object(&format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.trim_end()));
    // Text beyond Latin is UTF-16 with its mark (7.9.2.2).
    let title: String = title.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    file.object(&format!("<</Title<FEFF{title}>>>"));
    for (width, height) in &kinds {
        let drawn = format!("{} 0 0 {} 0 0 cm/P Do", points(*width), points(*height));
        file.stream(&format!("/Length {}", drawn.len()), drawn.as_bytes());
    }
    for (at, (page, size)) in pages.iter().zip(&sizes).enumerate() {
        let kind = kinds.iter().position(|kind| kind == size).unwrap_or(0);
        let turn =
            if page.turn % 4 == 0 { String::new() } else { format!("/Rotate {}", u32::from(page.turn % 4) * 90) };
        file.object(&format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {} {}]/Contents {} 0 R{turn}/Resources<</XObject<</P {} 0 R>>>>>>",
            points(size.0),
            points(size.1),
            first_kind + kind,
            first_page + 2 * at + 1,
        ));
        let facts = format!(
            "/Type/XObject/Subtype/Image/Width {}/Height {}/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode/Length {}",
            page.width,
            page.height,
            page.jpeg.len()
        );
        file.stream(&facts, page.jpeg);
    }
    file.end()
}

/// Hundredths of a point as PDF writes numbers.
fn points(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A PDF as it grows, and where its objects begin.
struct File {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl File {
    fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn begin(&mut self) {
        self.places.push(self.bytes.len());
        let number = self.places.len();
        self.put(format!("{number} 0 obj").as_bytes());
    }

    fn object(&mut self, text: &str) {
        self.begin();
        self.put(text.as_bytes());
        self.put(b"endobj\n");
    }

    fn stream(&mut self, facts: &str, content: &[u8]) {
        self.begin();
        self.put(format!("<<{facts}>>stream\n").as_bytes());
        self.put(content);
        self.put(b"\nendstream endobj\n");
    }

    /// The table of places (7.5.4) and the trailer. Objects 1 and 3 are the catalogue and the information.
    fn end(mut self) -> Vec<u8> {
        let (start, count) = (self.bytes.len(), self.places.len() + 1);
        self.put(format!("xref\n0 {count}\n0000000000 65535 f \n").as_bytes());
        for place in std::mem::take(&mut self.places) {
            self.put(format!("{place:010} 00000 n \n").as_bytes());
        }
        self.put(format!("trailer<</Size {count}/Root 1 0 R/Info 3 0 R>>\nstartxref\n{start}\n%%EOF\n").as_bytes());
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sniff;

    #[test]
    fn a_written_pdf_is_whole_and_holds_the_pictures_untouched() {
        let jpeg = std::fs::read(format!("{}/../tests/photos/hop-dong.jpg", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let page = |turn| Page { jpeg: &jpeg, width: 2000, height: 1500, turn };
        let pdf = write(&[page(0), page(1)], "Hợp đồng");
        assert_eq!(sniff::kind(&pdf), Ok(sniff::Kind::Pdf));
        assert_eq!(pdf.windows(jpeg.len()).filter(|window| *window == jpeg).count(), 2);
        assert!(pdf.windows(10).any(|window| window == b"/Rotate 90"));
        assert!(pdf.windows(20).any(|window| window == b"FEFF00481EE300700020"), "the title's first letters: Hợp");
    }

    #[test]
    fn the_table_of_places_is_right() {
        let pdf = write(&[Page { jpeg: b"x", width: 10, height: 14, turn: 0 }], "");
        let text = String::from_utf8_lossy(&pdf[15..]);
        let table: Vec<&str> = text.lines().skip_while(|line| *line != "xref").skip(3).collect();
        for (at, entry) in table.iter().take_while(|line| line.ends_with("n ")).enumerate() {
            let place: usize = entry[..10].parse().unwrap();
            assert!(pdf[place..].starts_with(format!("{} 0 obj", at + 1).as_bytes()));
        }
        assert_eq!(table.len(), 6 + 4);
    }

    #[test]
    fn papers_have_their_own_size() {
        assert_eq!(sheet(1414, 2000), A4);
        assert_eq!(sheet(2000, 1400), (A4.1, A4.0));
        assert_eq!(sheet(1590, 1000), (CARD.1, CARD.0));
        assert_eq!(sheet(500, 2000), (A4.1 / 4, A4.1));
    }
}
