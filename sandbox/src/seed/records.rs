//! The published records of procedures, as they are in `seed/procedures.json`.

use serde::Deserialize;

use crate::api::errors::{Answer, Failure};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    pub code: String,
    pub name: String,
    pub field: String,
    pub level: String,
    pub agencies: Vec<String>,
    pub subjects: Vec<String>,
    pub full_online: bool,
    pub methods: Vec<Method>,
    pub cases: Vec<Case>,
    pub results: Vec<String>,
    pub legal_basis: Vec<String>,
    #[serde(default)]
    pub conditions: String,
}

#[derive(Deserialize)]
pub struct Method {
    pub channel: String,
    pub time: i64,
    pub unit: String,
    pub fees: Vec<Fee>,
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize)]
pub struct Fee {
    #[serde(rename = "type", default)]
    pub kind: String,
    pub value: Option<f64>,
    #[serde(default)]
    pub note: Option<String>,
}

#[derive(Deserialize, Clone)]
pub struct Case {
    pub name: String,
    pub documents: Vec<Document>,
}

#[derive(Deserialize, Clone)]
pub struct Document {
    pub code: String,
    pub name: String,
    pub originals: i64,
    pub copies: i64,
    pub form: Option<String>,
}

pub fn read() -> Answer<Vec<Record>> {
    serde_json::from_str(include_str!("../../seed/procedures.json")).map_err(|e| Failure::Internal(e.to_string()))
}
