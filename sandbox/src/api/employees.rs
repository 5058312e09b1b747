//! The staff a citizen can see and rate.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::calls::{Fields, Path, matches_words, page};
use super::errors::Answer;
use crate::clock;
use crate::server::App;
use crate::store::rows;

pub async fn list(State(app): State<App>, fields: Fields) -> Answer<Json<Value>> {
    of(app, String::new(), fields).await
}

pub async fn published(State(app): State<App>, Path(agency): Path<String>, fields: Fields) -> Answer<Json<Value>> {
    of(app, agency, fields).await
}

async fn of(app: App, agency: String, fields: Fields) -> Answer<Json<Value>> {
    app.store
        .with(move |tx| {
            let mut found = Vec::new();
            for mut row in rows::objects(
                tx,
                "SELECT * FROM employees WHERE ?1 = '' OR govAgencyCode = ?1 ORDER BY employeeId",
                [agency],
            )? {
                let name = rows::text(&row, "fullName");
                if !matches_words(fields.text("employeeName"), std::slice::from_ref(&name)) {
                    continue;
                }
                for (field, value) in [
                    ("userName", json!(name)),
                    ("birthdate", json!(clock::iso(0))),
                    ("workingStatus", json!(1)),
                    ("permission", json!("read")),
                    ("avatar", json!("")),
                    ("jobPosts", json!([])),
                    ("mappingUser", json!([])),
                    ("scope", rows_scope(&row)),
                ] {
                    row.insert(field.into(), value);
                }
                row.remove("govAgencyCode");
                found.push(row);
            }
            Ok(Json(page(found, &fields, None)))
        })
        .await
}

fn rows_scope(row: &rows::Object) -> Value {
    row.get("govAgencyCode").cloned().unwrap_or(json!(""))
}
