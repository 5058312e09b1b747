//! Vietnamese as people type it: case and accents folded away, so that "so do" finds "sổ đỏ".
//!
//! A table of our own instead of a Unicode normalisation crate: those bring 20 kB and more of tables for all the
//! world's scripts into the first download, and Vietnamese needs twelve base letters. Both ways of writing an
//! accented letter (one code point, or letter and combining mark) fold to the same text.

/// The plain lower-case letter under a Vietnamese or ASCII one; characters of other scripts come back as they are.
/// A combining accent gives `None`.
pub fn fold_char(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    Some(match c {
        'À'..='Ã' | 'à'..='ã' | 'Ă' | 'ă' | 'Ạ'..='ặ' => 'a',
        'È'..='Ê' | 'è'..='ê' | 'Ẹ'..='ệ' => 'e',
        'Ì' | 'Í' | 'ì' | 'í' | 'Ĩ' | 'ĩ' | 'Ỉ'..='ị' => 'i',
        'Ò'..='Õ' | 'ò'..='õ' | 'Ơ' | 'ơ' | 'Ọ'..='ợ' => 'o',
        'Ù' | 'Ú' | 'ù' | 'ú' | 'Ũ' | 'ũ' | 'Ư' | 'ư' | 'Ụ'..='ự' => 'u',
        'Ý' | 'ý' | 'Ỳ'..='ỹ' => 'y',
        'Đ' | 'đ' | 'Ð' | 'ð' => 'd',
        '\u{300}'..='\u{36f}' => return None,
        other => other,
    })
}

/// The folded form of a text.
pub fn fold(text: &str) -> String {
    text.chars().filter_map(fold_char).collect()
}

/// The folded words of a text: runs of letters and digits, with dots kept inside a code ("1.116501").
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded
        .split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_folds_to_its_base() {
        for (letters, base) in [
            ("aàáảãạăằắẳẵặâầấẩẫậAÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", 'a'),
            ("eèéẻẽẹêềếểễệEÈÉẺẼẸÊỀẾỂỄỆ", 'e'),
            ("iìíỉĩịIÌÍỈĨỊ", 'i'),
            ("oòóỏõọôồốổỗộơờớởỡợOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ", 'o'),
            ("uùúủũụưừứửữựUÙÚỦŨỤƯỪỨỬỮỰ", 'u'),
            ("yỳýỷỹỵYỲÝỶỸỴ", 'y'),
            ("dđDĐ", 'd'),
        ] {
            for letter in letters.chars() {
                assert_eq!(fold_char(letter), Some(base), "{letter}");
            }
        }
    }

    #[test]
    fn composed_and_decomposed_input_are_the_same() {
        assert_eq!(fold("sổ đỏ"), fold("so\u{302}\u{309} đo\u{309}"));
    }

    #[test]
    fn a_code_is_one_word() {
        assert_eq!(words("(1.010727) Đất-đai, "), ["1.010727", "dat", "dai"]);
    }
}
