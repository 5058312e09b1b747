//! What the browser and the phone lend us: storage, files, the scanner's worker, printing and sharing.
//!
//! The only room that touches the browser's own interfaces for them.

pub mod clock;
pub mod files;
pub mod identity;
pub mod scanner;
pub mod share;
pub mod store;
pub mod visit;
pub mod warden;
