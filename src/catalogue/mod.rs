//! What can be asked of the office: procedures, their cases, the papers each case wants, and how to find them.
//!
//! This room knows no browser and no HTTP. The portal fills it, the screens show it.

pub mod case;
pub mod checklist;
pub mod glossary;
pub mod guide;
pub mod procedure;
pub mod questions;
pub mod requirement;
pub mod search;
pub mod spelling;
pub mod terms;
pub mod typing;
