//! The few things about JPEG files that have to be known before a browser decodes them.

/// How the camera was held: how the stored picture has to be turned and mirrored to stand upright (EXIF 2.32, tag 274).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation {
    /// 1 (upright) to 8, as the standard counts them.
    pub value: u8,
    /// Where in the file the value's byte stands.
    pub place: usize,
}

impl Orientation {
    /// Quarter turns clockwise after mirroring, and whether to mirror left to right first.
    pub fn turn(self) -> (u8, bool) {
        match self.value {
            2 => (0, true),
            3 => (2, false),
            4 => (2, true),
            5 => (3, true),
            6 => (1, false),
            7 => (1, true),
            8 => (3, false),
            _ => (0, false),
        }
    }
}

/// The orientation that a JPEG file states, if it does.
///
/// Browsers differ in whether they turn a picture when they decode it in a worker, so the scanner blanks the value in
/// the copy it decodes and turns the picture itself.
pub fn orientation(bytes: &[u8]) -> Option<Orientation> {
    segments(bytes).find_map(|(marker, place, segment)| {
        let tiff = segment.strip_prefix(b"Exif\0\0").filter(|_| marker == 0xe1)?;
        let found = in_tiff(tiff)?;
        Some(Orientation { place: found.place + place + 6, ..found })
    })
}

/// The quality (1 to 100, as the Independent JPEG Group counts it) that the file was written with, told by its first
/// quantisation table: each entry is the standard's (ITU-T T.81, table K.1) times a factor that follows from the quality.
pub fn quality(bytes: &[u8]) -> Option<f64> {
    const STANDARD: [f64; 6] = [16.0, 11.0, 12.0, 14.0, 12.0, 10.0];
    let table = segments(bytes).find_map(|(marker, _, segment)| segment.get(1..7).filter(|_| marker == 0xdb))?;
    let factor = table.iter().zip(STANDARD).map(|(entry, standard)| f64::from(*entry) / standard).sum::<f64>() / 6.0;
    Some(if factor > 1.0 { 50.0 / factor } else { 100.0 - 50.0 * factor }.clamp(1.0, 99.0))
}

/// Whether colour has half as many pixels as brightness, across and down (4:2:0), as the frame header says (ITU-T T.81,
/// B.2.2).
pub fn halves_colour(bytes: &[u8]) -> bool {
    let is_frame = |marker: u8| matches!(marker, 0xc0..=0xc2);
    let frame = segments(bytes).find_map(|(marker, _, segment)| segment.get(5..).filter(|_| is_frame(marker)));
    // Each component: its name, the sampling across and down, its table.
    matches!(frame, Some([3, _, 0x22, _, _, 0x11, _, _, 0x11, ..]))
}

/// The segments of the header: marker, where the content begins, and the content.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, usize, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        loop {
            let [0xff, marker] = *bytes.get(at..at + 2)? else { return None };
            match marker {
                0xff => at += 1,
                0x01 | 0xd0..=0xd8 => at += 2,
                0xd9 | 0xda => return None,
                _ => {
                    let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?])).max(2);
                    let place = at + 4;
                    at += 2 + length;
                    return Some((marker, place, bytes.get(place..at)?));
                }
            }
        }
    })
}

/// The orientation in the first directory of a TIFF structure (TIFF 6.0, section 2).
fn in_tiff(tiff: &[u8]) -> Option<Orientation> {
    let big = match tiff.get(..2)? {
        b"MM" => true,
        b"II" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    };
    let long = |at: usize| {
        let (one, other) = (usize::from(short(at)?), usize::from(short(at + 2)?));
        Some(if big { one << 16 | other } else { other << 16 | one })
    };
    let directory = long(4)?;
    for entry in 0..usize::from(short(directory)?) {
        let at = directory.checked_add(2 + entry * 12)?;
        if short(at)? == 0x0112 {
            let value = u8::try_from(short(at + 8)?).ok().filter(|value| (1..=8).contains(value))?;
            return Some(Orientation { value, place: at + 8 + usize::from(big) });
        }
    }
    None
}

/// Whether the file's main picture ends as it should: after the start of scan an end-of-image marker follows.
///
/// Browsers show the upper half of a file that was cut and say nothing. Thumbnails inside the header have an end of
/// their own, so the header is stepped over segment by segment (ITU-T T.81, Annex B).
pub fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, marker]) = bytes.get(at..at + 2) {
        match marker {
            // Start of scan: from here on an FF D9 cannot be anything but the end. It is looked for from behind, where it is.
            0xda => return bytes[at..].windows(2).rev().any(|pair| pair == [0xff, 0xd9]),
            // Fill bytes, and markers without a length.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => match bytes.get(at + 2..at + 4) {
                Some(length) => at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]])).max(2),
                None => return false,
            },
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning of a JPEG with an EXIF segment that says how the camera was held.
    fn held(value: u8, big: bool) -> Vec<u8> {
        let number = |value: u16| if big { value.to_be_bytes() } else { value.to_le_bytes() };
        let mut tiff = if big { b"MM\0*\0\0\0\x08".to_vec() } else { b"II*\0\x08\0\0\0".to_vec() };
        tiff.extend(number(1));
        for part in [0x0112, 3] {
            tiff.extend(number(part));
        }
        tiff.extend(if big { [0, 0, 0, 1] } else { [1, 0, 0, 0] });
        tiff.extend(number(value.into()));
        tiff.extend([0; 6]);
        let mut file = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xe1];
        file.extend((tiff.len() as u16 + 8).to_be_bytes());
        file.extend(b"Exif\0\0");
        file.extend(tiff);
        file.extend([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
        file
    }

    #[test]
    fn the_quality_is_read_back() {
        let photo = std::fs::read(format!("{}/../tests/papers/don.jpg", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!((quality(&photo).unwrap() - 82.0).abs() < 2.0, "written with 82");
        assert_eq!(quality(b"\xff\xd8\xff\xd9"), None);
    }

    #[test]
    fn the_sampling_is_read() {
        let read = |name: &str| std::fs::read(format!("{}/../tests/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!(halves_colour(&read("papers/don.jpg")));
        assert!(!halves_colour(b"\xff\xd8\xff\xc0\0\x11\x08\0\x08\0\x08\x03\x01\x11\0\x02\x11\0\x03\x11\0"));
        assert!(!halves_colour(b""));
    }

    #[test]
    fn the_orientation_and_its_place_are_found() {
        for big in [true, false] {
            for value in 1..=8 {
                let mut file = held(value, big);
                let found = orientation(&file).unwrap();
                assert_eq!(found.value, value);
                file[found.place] = 1;
                assert_eq!(orientation(&file).unwrap().value, 1);
            }
            assert_eq!(orientation(&held(9, big)), None);
            for cut in 0..held(6, big).len() - 9 {
                assert_eq!(orientation(&held(6, big)[..cut]), None);
            }
        }
    }
}
