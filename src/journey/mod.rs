//! What several screens of the journey do with portal and device together: the catalogue kept for the next visit,
//! drafts that are saved as they grow, pages taken in, the dossier sent.

pub mod answers;
pub mod calendar;
pub mod copying;
pub mod drafts;
pub mod glossary;
pub mod leaving;
pub mod moving;
pub mod news;
pub mod offices;
pub mod outbox;
pub mod pages;
pub mod privacy;
pub mod progress;
pub mod relay;
pub mod scanned;
pub mod shelf;
pub mod spaces;
pub mod stock;
pub mod supplement;
