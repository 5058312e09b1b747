//! The portal's dictionaries.

use axum::Json;
use axum::extract::State;
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::calls::{Fields, Path, matches_words, page};
use super::errors::{Answer, Failure};
use crate::clock;
use crate::server::App;
use crate::store::rows::{self, Object};

fn all(tx: &Transaction, collection: &str) -> Answer<Vec<Object>> {
    Ok(rows::objects(tx, "SELECT * FROM dictionary WHERE collection = ?1 ORDER BY dictItemId", [collection])?)
}

fn answered(row: &Object, all: &[Object]) -> Object {
    let mut out = row.clone();
    let parent = rows::text(row, "parent");
    let above: Vec<Value> = all
        .iter()
        .filter(|other| rows::text(other, "itemCode") == parent)
        .map(|p| json!({ "itemCode": p["itemCode"], "itemName": p["itemName"], "itemNameEN": p["itemNameEN"] }))
        .collect();
    for inner in ["collection", "parent", "metaData"] {
        out.remove(inner);
    }
    // in lists the real portal answers the level here
    out.insert("sibling".into(), json!(rows::text(row, "level")));
    out.insert("parentItem".into(), json!(above));
    out.insert("groups".into(), json!([]));
    out.insert("createDate".into(), json!(clock::iso(0)));
    out.insert("modifiedDate".into(), json!(clock::iso(0)));
    out
}

pub async fn list(State(app): State<App>, Path(collection): Path<String>, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let all = all(tx, &collection)?;
            let mut found: Vec<Object> = all
                .iter()
                .filter(|row| fields.allows("parent", &rows::text(row, "parent")))
                .filter(|row| fields.allows("level", &rows::text(row, "level")))
                .filter(|row| {
                    matches_words(fields.text("keywords"), &[rows::text(row, "itemName"), rows::text(row, "itemCode")])
                })
                .map(|row| answered(row, &all))
                .collect();
            if fields.text("order") == "true" {
                found.reverse();
            }
            Ok(Json(page(found, &fields, None)))
        })
        .await
}

pub async fn read(State(app): State<App>, Path((collection, code)): Path<(String, String)>) -> Answer<Json<Object>> {
    app.store
        .with(move |tx| {
            let all = all(tx, &collection)?;
            let row = all
                .iter()
                .find(|row| rows::text(row, "itemCode") == code)
                .ok_or_else(|| Failure::no_such("SuchDictItem"))?;
            let mut out = answered(row, &all);
            out.insert("metaData".into(), row["metaData"].clone());
            Ok(Json(out))
        })
        .await
}

/// There are no groups here.
pub async fn of_group() -> Json<Value> {
    Json(json!({ "total": 0, "data": [] }))
}
