//! How far two words are apart, in slips of a thumb.

/// Whether one slip makes one word of the other: a letter too many, one too few, another one, or two swapped.
///
/// ```
/// use mot_cua::catalogue::search::near::is_one_slip;
/// assert!(is_one_slip(b"thua", b"tha") && is_one_slip(b"thua", b"thau") && is_one_slip(b"thua", b"thia"));
/// assert!(!is_one_slip(b"thua", b"thua") && !is_one_slip(b"thua", b"tich"));
/// ```
pub fn is_one_slip(one: &[u8], other: &[u8]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 if same == short.len() => false,
        0 => {
            short[same + 1..] == long[same + 1..]
                || same + 1 < short.len()
                    && short[same] == long[same + 1]
                    && short[same + 1] == long[same]
                    && short[same + 2..] == long[same + 2..]
        }
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}
