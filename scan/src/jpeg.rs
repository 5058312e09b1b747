//! The few things about JPEG files that have to be known before a browser decodes them.

/// Whether the file's main picture ends as it should: after the start of scan an end-of-image marker follows.
///
/// Browsers show the upper half of a file that was cut and say nothing. Thumbnails inside the header have an end of
/// their own, so the header is stepped over segment by segment (ITU-T T.81, Annex B).
pub fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, marker]) = bytes.get(at..at + 2) {
        match marker {
            // Start of scan: from here on an FF D9 cannot be anything but the end.
            0xda => return bytes[at..].windows(2).any(|pair| pair == [0xff, 0xd9]),
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
