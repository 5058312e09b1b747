//! Rows as JSON: column names are API field names, so a row reads as an answer.

use rusqlite::{Connection, OptionalExtension, Params, Row, types::ValueRef};
use serde_json::{Map, Value};

pub type Object = Map<String, Value>;

/// One row as a JSON object, columns in order. NULL is the empty string, as the portal writes it.
pub fn object(row: &Row) -> rusqlite::Result<Object> {
    let mut out = Map::new();
    for (i, name) in row.as_ref().column_names().enumerate() {
        let value = match row.get_ref(i)? {
            ValueRef::Null => Value::from(""),
            ValueRef::Integer(n) => Value::from(n),
            ValueRef::Real(n) => Value::from(n),
            ValueRef::Text(t) => Value::from(String::from_utf8_lossy(t).into_owned()),
            ValueRef::Blob(_) => Value::from(""),
        };
        out.insert(name.to_owned(), value);
    }
    Ok(out)
}

pub fn objects(db: &Connection, sql: &str, with: impl Params) -> rusqlite::Result<Vec<Object>> {
    db.prepare_cached(sql)?.query_map(with, object)?.collect()
}

pub fn one(db: &Connection, sql: &str, with: impl Params) -> rusqlite::Result<Option<Object>> {
    db.prepare_cached(sql)?.query_row(with, object).optional()
}

/// The first column of every row.
pub fn texts(db: &Connection, sql: &str, with: impl Params) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(sql)?.query_map(with, |r| r.get(0))?.collect()
}

/// A field as text; "" when missing, digits when a number.
pub fn text(row: &Object, field: &str) -> String {
    match row.get(field) {
        Some(Value::String(s)) => s.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

/// A field as a whole number; 0 when it is not one.
pub fn number(row: &Object, field: &str) -> i64 {
    row.get(field).and_then(Value::as_i64).unwrap_or(0)
}

/// A field as a moment; None when empty or not a number.
pub fn moment(row: &Object, field: &str) -> Option<i64> {
    row.get(field).and_then(Value::as_i64)
}

/// Turns 0/1 columns into JSON booleans.
pub fn as_booleans(row: &mut Object, fields: &[&str]) {
    for field in fields {
        if let Some(value) = row.get_mut(*field)
            && let Some(n) = value.as_i64()
        {
            *value = Value::from(n != 0);
        }
    }
}

/// Writes columns that hold moments by `write`; a text that stands there is left word for word.
pub fn as_dates(row: &mut Object, fields: &[&str], write: impl Fn(i64) -> String) {
    for field in fields {
        if let Some(value) = row.get_mut(*field)
            && let Some(at) = value.as_i64()
        {
            *value = Value::from(write(at));
        }
    }
}
