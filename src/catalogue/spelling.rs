//! Vietnamese letters and words as people type them: the plain letter under each accent, and the accents apart from it.
//!
//! A table of our own instead of a Unicode normalisation crate: those bring 20 kB and more of tables for all the world's
//! scripts into the first download, and Vietnamese needs twelve base letters. Both ways of writing an accented letter
//! (one code point, or letter and combining mark), and both places where people put a tone ("hòa", "hoà"), come to the
//! same.

/// A letter without its accents, and these: the mark that makes it another letter (â ê ô: 1; ă ơ ư: 2; đ: 3), and the tone
/// (sắc 1, huyền 2, hỏi 3, ngã 4, nặng 5).
type Letter = (char, u64, u64);

/// The letters from U+1EA0 on, capital and small each: base, mark and tone.
const ROWS: &[u8; 135] = b"a05a03a11a12a13a14a15a21a22a23a24a25e05e03e04e11e12e13e14e15i03i05o05o03o11o12o13o14o15o21o22o23o24o25u05u03u21u22u23u24u25y02y05y03y04";

/// The letter, lower-case; `None` for a combining accent. Characters of other scripts come back as they are.
fn letter(c: char) -> Option<Letter> {
    let plain = |letter: char, mark, tone| Some((letter, mark, tone));
    if c.is_ascii() {
        return plain(c.to_ascii_lowercase(), 0, 0);
    }
    // Small letters of Latin-1 come 32 after the capitals.
    let capital = if ('à'..='ý').contains(&c) { char::from_u32(c as u32 - 32).unwrap_or(c) } else { c };
    match capital {
        'À' => plain('a', 0, 2),
        'Á' => plain('a', 0, 1),
        'Â' => plain('a', 1, 0),
        'Ã' => plain('a', 0, 4),
        'È' => plain('e', 0, 2),
        'É' => plain('e', 0, 1),
        'Ê' => plain('e', 1, 0),
        'Ì' => plain('i', 0, 2),
        'Í' => plain('i', 0, 1),
        'Ò' => plain('o', 0, 2),
        'Ó' => plain('o', 0, 1),
        'Ô' => plain('o', 1, 0),
        'Õ' => plain('o', 0, 4),
        'Ù' => plain('u', 0, 2),
        'Ú' => plain('u', 0, 1),
        'Ý' => plain('y', 0, 1),
        'Ă' | 'ă' => plain('a', 2, 0),
        'Đ' | 'đ' | 'Ð' => plain('d', 3, 0),
        'Ĩ' | 'ĩ' => plain('i', 0, 4),
        'Ũ' | 'ũ' => plain('u', 0, 4),
        'Ơ' | 'ơ' => plain('o', 2, 0),
        'Ư' | 'ư' => plain('u', 2, 0),
        'Ạ'..='ỹ' => {
            let at = (c as usize - 'Ạ' as usize) / 2 * 3;
            plain(ROWS[at].into(), u64::from(ROWS[at + 1] - b'0'), u64::from(ROWS[at + 2] - b'0'))
        }
        '\u{300}'..='\u{36f}' => None,
        other => plain(other, 0, 0),
    }
}

/// What a combining accent adds: a mark or a tone.
fn combining(c: char) -> (u64, u64) {
    match c {
        '\u{302}' => (1, 0),
        '\u{306}' | '\u{31b}' => (2, 0),
        '\u{301}' => (0, 1),
        '\u{300}' => (0, 2),
        '\u{309}' => (0, 3),
        '\u{303}' => (0, 4),
        '\u{323}' => (0, 5),
        _ => (0, 0),
    }
}

/// The keys that type a character by VNI: itself, or its base and the digits of its accents.
///
/// ```
/// use mot_cua::catalogue::spelling::vni;
/// assert_eq!("Thừa Đất".chars().map(vni).collect::<String>(), "Thu72a D9a61t");
/// ```
pub fn vni(c: char) -> String {
    let Some((base, mark, tone)) = letter(c).filter(|(_, mark, tone)| mark + tone > 0) else { return c.to_string() };
    let base = if c.is_uppercase() { base.to_ascii_uppercase() } else { base };
    let mark = match (mark, base.to_ascii_lowercase()) {
        (1, _) => "6",
        (2, 'a') => "8",
        (2, _) => "7",
        (3, _) => "9",
        _ => "",
    };
    let tone = if tone > 0 { tone.to_string() } else { String::new() };
    format!("{base}{mark}{tone}")
}

/// The folded form of a text: lower case, no accents.
///
/// ```
/// assert_eq!(mot_cua::catalogue::spelling::fold("Sổ ĐỎ"), "so do");
/// ```
pub fn fold(text: &str) -> String {
    text.chars().filter_map(letter).map(|(letter, ..)| letter).collect()
}

/// How a word is accented: the tone in the three lowest bits, then two bits for each letter's mark. 0 is no accent.
pub type Accents = u64;

/// A word in plain letters, and how it is accented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    pub plain: String,
    pub accents: Accents,
}

impl Word {
    fn push(&mut self, (letter, mark, tone): Letter) {
        self.mark(self.plain.len(), mark);
        self.plain.push(letter);
        self.tone(tone);
    }

    fn mark(&mut self, at: usize, mark: u64) {
        if at < 30 {
            self.accents |= mark << (3 + 2 * at);
        }
    }

    fn tone(&mut self, tone: u64) {
        if tone > 0 {
            self.accents = self.accents & !7 | tone;
        }
    }
}

/// Whether a character belongs to a word: a letter or digit of ASCII, or what comes from the first accented letter on but is
/// no punctuation. (Unicode's own tables would cost the first download two kilobytes.)
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || c >= 'À' && !matches!(c, '×' | '÷' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}')
}

/// Whether a Khmer letter begins a syllable after what stands before it. Khmer leaves no spaces between words; a consonant or
/// an independent vowel begins a new syllable unless the sign coeng (U+17D2) puts it below the one before (The Unicode
/// Standard, "Khmer").
fn begins_syllable(before: &str, c: char) -> bool {
    matches!(c, '\u{1780}'..='\u{17b3}') && !before.ends_with('\u{17d2}')
}

/// The words of a text and where each lies in it (bytes): runs of letters and digits; between digits a dot belongs to the
/// word, as in a code ("1.116501"). Of Khmer each syllable is one.
///
/// ```
/// use mot_cua::catalogue::spelling::words;
/// let of = |text| words(text).map(|(word, _)| word.plain).collect::<Vec<_>>();
/// assert_eq!(of("Sổ đỏ, 1.116501"), ["so", "do", "1.116501"]);
/// assert_eq!(of("ផ្ទេរឈ្មោះ"), ["ផ្ទេ", "រ", "ឈ្មោះ"]);
/// ```
pub fn words(text: &str) -> impl Iterator<Item = (Word, std::ops::Range<usize>)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (mut word, mut start, mut end) = (Word::default(), 0, 0);
        while let Some(&(at, c)) = rest.peek() {
            let next = at + c.len_utf8();
            match letter(c) {
                None => {
                    let (mark, tone) = combining(c);
                    if let Some(last) = word.plain.len().checked_sub(1) {
                        word.mark(last, mark);
                        word.tone(tone);
                        end = next;
                    }
                }
                Some(read) => {
                    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                    let after = text.get(next..).and_then(|text| text.chars().next());
                    let in_code = c == '.' && digit(word.plain.chars().last()) && digit(after);
                    if !is_letter(read.0) && !in_code {
                        if !word.plain.is_empty() {
                            break;
                        }
                    } else if !word.plain.is_empty() && begins_syllable(&word.plain, c) {
                        break;
                    } else {
                        if word.plain.is_empty() {
                            start = at;
                        }
                        word.push(read);
                        end = next;
                    }
                }
            }
            rest.next();
        }
        (!word.plain.is_empty()).then_some((word, start..end))
    })
}

/// The word that was meant where the letters are what an input method for Vietnamese leaves when it is off: Telex
/// ("ddaats") or VNI ("d9a61t"). `None` if nothing in it is such a left-over.
pub fn left_over(word: &Word) -> Option<Word> {
    if !word.plain.is_ascii() {
        return None;
    }
    let letters: Vec<char> = word.plain.chars().collect();
    let vni = letters.iter().any(char::is_ascii_digit);
    let mut meant = Word { accents: word.accents & 7, ..Word::default() };
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    for (at, &c) in letters.iter().enumerate() {
        let held = meant.plain.len();
        let last = meant.plain.chars().last();
        let voiced = meant.plain.chars().any(vowel);
        // The vowel that a mark belongs to: the last one of these.
        let of = |wanted: &[u8]| meant.plain.bytes().rposition(|c| wanted.contains(&c));
        let old = |word: &Word, at: usize| word.accents >> (3 + 2 * at) & 3;
        let (place, mark, tone) = match c {
            '1'..='5' if vni && voiced => (None, 0, u64::from(c as u8 - b'0')),
            '6' if vni => (of(b"aeo"), 1, 0),
            '7' if vni => (of(b"uo"), 2, 0),
            '8' if vni => (of(b"a"), 2, 0),
            '9' if vni => (of(b"d"), 3, 0),
            // No Vietnamese word ends in one of these, nor has one after a vowel.
            's' if voiced => (None, 0, 1),
            'f' if voiced => (None, 0, 2),
            'r' if voiced => (None, 0, 3),
            'x' if voiced => (None, 0, 4),
            'j' if voiced => (None, 0, 5),
            'd' if last == Some('d') && held == 1 => (Some(0), 3, 0),
            'a' | 'e' | 'o' if of(&[c as u8]).is_some_and(|at| at + 2 >= held && old(&meant, at) == 0) => {
                (of(&[c as u8]), 1, 0)
            }
            'w' if voiced => (of(b"aou"), 2, 0),
            _ => {
                // What has an accent already keeps it.
                meant.mark(held, word.accents >> (3 + 2 * at) & 3);
                meant.plain.push(c);
                continue;
            }
        };
        match (place, mark, tone) {
            (_, 0, tone) => meant.tone(tone),
            (Some(at), mark, _) => meant.mark(at, mark),
            // A mark without its letter: not a left-over.
            (None, ..) => return None,
        }
    }
    // "uo" takes the horn on both ("đường").
    if let Some(at) = meant.plain.as_bytes().windows(2).position(|pair| pair == b"uo")
        && meant.accents >> (3 + 2 * (at + 1)) & 3 == 2
    {
        meant.mark(at, 2);
    }
    (meant.plain.len() < word.plain.len()).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Word> {
        words(text).map(|(word, _)| word).collect()
    }

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
            let all: Vec<u64> = letters.chars().map(|c| read(&c.to_string())[0].accents).collect();
            for (letter, accents) in letters.chars().zip(&all) {
                assert_eq!(fold(&letter.to_string()), base.to_string(), "{letter}");
                // Capital and small are one letter, and no others are.
                assert_eq!(all.iter().filter(|other| *other == accents).count(), 2, "{letter}");
            }
        }
    }

    #[test]
    fn one_word_however_it_is_composed_and_wherever_its_tone_stands() {
        assert_eq!(read("sổ đỏ"), read("so\u{302}\u{309} đo\u{309}"));
        assert_eq!(read("hoà thuỷ uỷ"), read("hòa thủy ủy"));
        assert_ne!(read("thửa"), read("thừa"));
    }

    #[test]
    fn a_code_is_one_word_and_places_are_told() {
        let plain = |text| read(text).into_iter().map(|word| word.plain).collect::<Vec<_>>();
        assert_eq!(plain("(1.010727) Đất-đai, "), ["1.010727", "dat", "dai"]);
        assert_eq!(plain("đất. Sổ"), ["dat", "so"]);
        let text = "Bán đất";
        assert_eq!(words(text).map(|(_, at)| &text[at]).collect::<Vec<_>>(), ["Bán", "đất"]);
    }

    #[test]
    fn left_overs_of_telex_and_vni_are_understood() {
        for (typed, meant) in [
            ("ddor", "đỏ"),
            ("teen", "tên"),
            ("ddaats", "đất"),
            ("dduwowngf", "đường"),
            ("dduowngf", "đường"),
            ("d9o3", "đỏ"),
            ("so63", "sổ"),
            ("d9u7o7ng2", "đường"),
            ("giaays", "giấy"),
            ("thuwaf", "thừa"),
        ] {
            assert_eq!(left_over(&read(typed)[0]).as_ref(), read(meant).first(), "{typed}");
        }
        for typed in ["dat", "tach", "1.116501", "xoa"] {
            assert_eq!(left_over(&read(typed)[0]), None, "{typed}");
        }
    }
}
