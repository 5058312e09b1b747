//! Everything the app says, from one table a language (`public/messages/`), loaded at the start. The build parts it in
//! two: what the first download says, and the rest.
//!
//! A key that the table lacks shows itself; `tests/messages.rs` finds keys that are missing or unused.

use std::cell::RefCell;

use serde_json::Value;

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

/// The message under a key.
pub fn say(key: &str) -> String {
    TABLE.with_borrow(|table| table[key].as_str().unwrap_or(key).to_owned())
}

/// The message under a key with its places filled in: `{name}` takes the value of `name`.
pub fn say_with(key: &str, values: &[(&str, &str)]) -> String {
    let mut text = say(key);
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}

/// A number with dots between thousands, as Vietnamese writes it: `1.250.000`.
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if value < 0 { format!("-{text}") } else { text }
}

/// A size for people: `430 kB`, `1,2 MB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} byte"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
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
    fn a_missing_key_shows_itself() {
        assert!(learn(br#"{"a":"Trang {n}"}"#) && !learn(b"<html>") && learn(br#"{"c":"Xong"}"#));
        assert_eq!(
            (say_with("a", &[("n", "2")]).as_str(), say("b").as_str(), say("c").as_str()),
            ("Trang 2", "b", "Xong")
        );
    }
}
