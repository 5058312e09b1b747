//! Everything the app says, from one table a language (`public/messages/`), loaded at the start. The build parts each in
//! three: what the first download says, the rest, and what only desks and kiosks say. With the tables of other languages
//! come the guides' texts, each under its Vietnamese wording.
//!
//! A key that the table lacks shows itself: `tests/messages.rs` finds keys that are missing or unused, and a guide's text
//! is its own key.

use std::cell::RefCell;

use serde_json::Value;

use crate::device::language;

thread_local! {
    static TABLE: RefCell<Value> = const { RefCell::new(Value::Null) };
}

/// Takes in a table, beside what is known already: a flat JSON object. `false` if it is none.
pub fn learn(json: &[u8]) -> bool {
    match serde_json::from_slice(json) {
        Ok(Value::Object(mut new)) => {
            TABLE.with_borrow_mut(|table| match table {
                Value::Object(known) => known.append(&mut new),
                _ => *table = Value::Object(new),
            });
            true
        }
        _ => false,
    }
}

/// Forgets what is known, for another language.
pub fn unlearn() {
    TABLE.set(Value::Null);
}

/// The message under a key, or a guide's text in the page's language.
pub fn say(key: &str) -> String {
    TABLE.with_borrow(|table| table[key].as_str().unwrap_or(key).to_owned())
}

/// The message under a key with its places filled in: `{name}` takes the value of `name`. Where the table has a form of it
/// for the count in `{n}`, such as `pages.count#one`, that form is said.
pub fn say_with(key: &str, values: &[(&str, &str)]) -> String {
    let form = |count: &str| {
        let one = TABLE.with_borrow(|table| !table[&*format!("{key}#one")].is_null());
        count.parse().ok().filter(|_| one).map(|count| format!("{key}#{}", language::plural(count)))
    };
    let form = values.iter().find(|(name, _)| *name == "n").and_then(|(_, count)| form(count));
    let known = form.filter(|form| TABLE.with_borrow(|table| !table[&**form].is_null()));
    let mut text = say(known.as_deref().unwrap_or(key));
    for (name, value) in values {
        let value = if NAMES.contains(name) { (*value).to_owned() } else { digits(value) };
        text = text.replace(&format!("{{{name}}}"), &value);
    }
    text
}

/// Places that take numbers by which something is called, not counts or dates: they stay as they are written elsewhere.
const NAMES: [&str; 7] = ["hotline", "number", "phone", "code", "secret", "dossier", "file"];

/// Counts and dates by the digits that are wished. Other texts stay as they are.
pub fn digits(text: &str) -> String {
    let counts = |c: char| c.is_ascii_digit() || " /:.,-".contains(c);
    if !language::has_khmer_digits() || !text.chars().all(counts) {
        return text.to_owned();
    }
    text.chars().map(|c| c.to_digit(10).and_then(|digit| char::from_u32(0x17E0 + digit)).unwrap_or(c)).collect()
}

/// A whole number as the page's language writes it; in Vietnamese with dots between thousands: `1.250.000`.
pub fn number(value: i64) -> String {
    language::number(value as f64)
}

/// A size for people: `430 kB`, `1,2 MB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{} byte", number(bytes as i64)),
        1_000..1_000_000 => format!("{} kB", number(bytes as i64 / 1_000)),
        _ => format!("{} MB", language::number((bytes / 100_000) as f64 / 10.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_sizes_read_as_people_write_them() {
        assert_eq!(
            (number(1_250_000).as_str(), number(-20).as_str(), number(999).as_str()),
            ("1.250.000", "-20", "999")
        );
        assert_eq!(
            (size(0).as_str(), size(430_500).as_str(), size(1_260_000).as_str()),
            ("0 byte", "430 kB", "1,2 MB")
        );
    }

    #[test]
    fn a_missing_key_shows_itself_and_a_count_has_its_form() {
        assert!(learn("{\"a\":\"Trang {n}\"}".as_bytes()) && !learn(b"<html>") && learn(br#"{"c":"Xong"}"#));
        assert!(learn(br#"{"p":"{n} pages","p#one":"{n} page"}"#));
        assert_eq!(
            (say_with("a", &[("n", "2")]).as_str(), say("b").as_str(), say("c").as_str()),
            ("Trang 2", "b", "Xong")
        );
        assert_eq!((say_with("p", &[("n", "1")]), say_with("p", &[("n", "2")])), ("1 page".into(), "2 pages".into()));
        unlearn();
        assert_eq!(say("c"), "c");
    }
}
