//! Reading the portal's JSON, which is not always what its description says.
//!
//! Depending on the provider behind it, the portal answers a number where the field is text, a bare object where the
//! list has one row, and nothing at all where it is empty (OpenCPS API, JSON conversion quirks). So every field is
//! optional, and every reader here takes each form that has been seen.

use serde_json::Value;

use super::plain;
use crate::dossier::moment::Moment;

/// Text, from a string, a number or a boolean; empty where the field is missing or null.
pub fn text(object: &Value, field: &str) -> String {
    match &object[field] {
        Value::String(text) => text.trim().to_owned(),
        // Codes and dates are whole numbers; a printer for fractions would cost 10 kB of tables.
        Value::Number(_) => int(object, field).map(|number| number.to_string()).unwrap_or_default(),
        Value::Bool(flag) => flag.to_string(),
        _ => String::new(),
    }
}

/// The text of a field, or `None` where it is empty.
pub fn some_text(object: &Value, field: &str) -> Option<String> {
    Some(text(object, field)).filter(|text| !text.is_empty())
}

/// The lines of a field that may hold HTML, as plain text.
pub fn lines(object: &Value, field: &str) -> Vec<String> {
    plain::lines(&text(object, field))
}

/// A whole number, from a number or a numeric string.
pub fn int(object: &Value, field: &str) -> Option<i64> {
    match &object[field] {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|number| number as i64)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A flag, from a boolean, `"true"`, 1 or `"1"`.
pub fn flag(object: &Value, field: &str) -> bool {
    matches!(text(object, field).as_str(), "true" | "1")
}

/// The rows of a list: many, one bare object, or none.
pub fn list<'a>(object: &'a Value, field: &str) -> Vec<&'a Value> {
    match &object[field] {
        Value::Array(rows) => rows.iter().collect(),
        row @ Value::Object(_) => vec![row],
        _ => Vec::new(),
    }
}

/// A point in time, from the portal's date text or from milliseconds.
pub fn moment(object: &Value, field: &str) -> Option<Moment> {
    match &object[field] {
        Value::Number(_) => int(object, field).filter(|ms| *ms > 0).map(Moment),
        Value::String(text) => {
            Moment::from_portal(text).or_else(|| text.trim().parse().ok().filter(|ms| *ms > 1_000_000_000).map(Moment))
        }
        _ => None,
    }
}

/// JSON kept as text inside JSON; null where it is none.
pub fn inner(object: &Value, field: &str) -> Value {
    match &object[field] {
        Value::String(text) => serde_json::from_slice(text.as_bytes()).unwrap_or(Value::Null),
        Value::Object(_) => object[field].clone(),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_form_that_was_seen_is_read() {
        let row = json!({ "no": 1232435393, "code": "004", "online": true, "submitting": "true", "one": { "a": 1 },
            "many": [1, 2], "due": "05/03/2021 17:00:00", "ms": 1614648000000u64, "ms_text": "1614648000000",
            "tip": "{\"maxSize\":5}", "empty": null, "html": "<p>Một</p><p>Hai</p>" });
        assert_eq!((text(&row, "no").as_str(), text(&row, "code").as_str()), ("1232435393", "004"));
        assert!(flag(&row, "online") && flag(&row, "submitting") && !flag(&row, "missing"));
        assert_eq!((list(&row, "one").len(), list(&row, "many").len(), list(&row, "none").len()), (1, 2, 0));
        assert_eq!(moment(&row, "ms"), moment(&row, "ms_text"));
        assert_eq!(moment(&row, "due").unwrap().date(), "05/03/2021");
        assert_eq!(int(&inner(&row, "tip"), "maxSize"), Some(5));
        assert_eq!(some_text(&row, "empty"), None);
        assert_eq!(lines(&row, "html"), ["Một", "Hai"]);
    }
}
