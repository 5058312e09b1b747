//! From a photograph to a page, and from pages to a PDF.
//!
//! This crate knows pixels and bytes, and nothing of dossiers, portals or screens. `bin/scan_worker.rs` runs it in a
//! browser's worker.

pub mod clean;
#[cfg(feature = "code")]
pub mod code;
pub mod find;
pub mod fit;
pub mod flatten;
pub mod geometry;
pub mod jpeg;
pub mod judge;
pub mod page;
pub mod pdf;
pub mod photo;
pub mod planes;
pub mod sniff;
pub mod upright;
pub mod worker;
