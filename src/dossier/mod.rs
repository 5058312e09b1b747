//! A citizen's dossier: the draft with its papers and people, the way it is sent, and what the office does with it.
//!
//! This room knows no browser and no HTTP.

pub mod calendar_file;
pub mod citizen_card;
pub mod draft;
pub mod merging;
pub mod moment;
pub mod moving;
pub mod paper;
pub mod patience;
pub mod person;
pub mod progress;
pub mod receipt;
pub mod sending;
pub mod status;
pub mod vietqr;
pub mod working_days;
