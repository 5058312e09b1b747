//! Vietnamese typed key by key: by Telex, by VNI, or by letters and then accents. The `vi` crate knows where a mark belongs.

use super::spelling;

/// How accents are typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// By keys that bear the accents themselves; the keyboard writes VNI's digits for them.
    #[default]
    Tap,
    Telex,
    Vni,
}

/// The keys of accents and the digits of VNI that they stand for.
pub const ACCENTS: [(char, char); 9] =
    [('´', '1'), ('`', '2'), ('̉', '3'), ('˜', '4'), ('.', '5'), ('^', '6'), ('ʼ', '7'), ('˘', '8'), ('đ', '9')];

/// The word that is being typed: its keys, and what stands in the field for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    keys: String,
    shown: String,
}

impl Word {
    /// Takes a key in. `before` is the text before the cursor. Gives how many characters before the cursor go, and what comes in
    /// their place.
    ///
    /// ```
    /// use mot_cua::catalogue::typing::{Method, Word};
    /// let mut word = Word::default();
    /// assert_eq!(word.key("so ", 'd', Method::Telex), (0, "d".into()));
    /// assert_eq!(word.key("so d", 'd', Method::Telex), (1, "đ".into()));
    /// assert_eq!(word.key("so đ", 'o', Method::Telex), (1, "đo".into()));
    /// assert_eq!(word.key("so đo", 'r', Method::Telex), (2, "đỏ".into()));
    /// ```
    pub fn key(&mut self, before: &str, key: char, method: Method) -> (usize, String) {
        // The cursor was moved, or something was deleted: another word begins with what stands there.
        if !before.ends_with(&self.shown) || (self.shown.is_empty() && before.ends_with(char::is_alphanumeric)) {
            let start = before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| at + 1);
            let standing = before.get(start..).unwrap_or_default();
            let keys = match method {
                // Telex has letters for accents: a word that has some already is left as it is.
                Method::Telex if !standing.is_ascii() => return (0, key.to_string()),
                Method::Telex => standing.to_owned(),
                Method::Tap | Method::Vni => standing.chars().map(spelling::vni).collect(),
            };
            *self = Word { keys, shown: standing.to_owned() };
        }
        if key.is_whitespace() {
            *self = Word::default();
            return (0, key.to_string());
        }
        self.keys.push(key);
        let mut shown = String::new();
        match method {
            Method::Telex => drop(vi::transform_buffer(&vi::TELEX, self.keys.chars(), &mut shown)),
            Method::Tap | Method::Vni => drop(vi::transform_buffer(&vi::VNI, self.keys.chars(), &mut shown)),
        }
        let gone = self.shown.chars().count();
        self.shown = shown.clone();
        (gone, shown)
    }

    /// Forgets the word: the next key begins another one.
    pub fn end(&mut self) {
        *self = Word::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a field holds after these keys.
    fn typed(keys: &str, method: Method) -> String {
        let (mut field, mut word) = (String::new(), Word::default());
        for key in keys.chars() {
            let (gone, text) = word.key(&field, key, method);
            let keep = field.chars().count() - gone;
            field = field.chars().take(keep).collect::<String>() + &text;
        }
        field
    }

    #[test]
    fn words_of_land_come_out_by_each_method() {
        assert_eq!(
            typed("Giaays chuwngs nhaanj quyeenf suwr dungj ddaats", Method::Telex),
            "Giấy chứng nhận quyền sử dụng đất"
        );
        assert_eq!(typed("Nguye64n Va8n D9u7o7c5", Method::Vni), "Nguyễn Văn Được");
        assert_eq!(typed("thua72 ke61", Method::Tap), "thừa kế");
        assert_eq!(typed("so 12", Method::Telex), "so 12");
    }

    #[test]
    fn an_accent_is_put_on_a_word_that_was_left() {
        let mut word = Word::default();
        assert_eq!(word.key("Thach", '5', Method::Tap), (5, "Thạch".into()), "typed by something else");
        word.end();
        assert_eq!(word.key("Thạch", '1', Method::Tap), (5, "Thách".into()), "one tone in place of another");
        word.end();
        assert_eq!(word.key("Thạc", 'h', Method::Vni), (4, "Thạch".into()));
        word.end();
        assert_eq!(word.key("Thạc", 'h', Method::Telex), (0, "h".into()));
    }
}
