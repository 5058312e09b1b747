//! What the browser and the phone lend us: storage, files, camera, speech, the scanner's worker, printing and sharing.
//!
//! The only room that touches the browser's own interfaces for them.

pub mod camera;
pub mod clock;
pub mod code_reader;
pub mod crypto;
pub mod files;
pub mod identity;
pub mod idle;
pub mod language;
pub mod lock;
pub mod memory;
pub mod mirror;
pub mod network;
pub mod news;
pub mod scanner;
pub mod share;
pub mod shelves;
pub mod speech;
pub mod squeeze;
pub mod steady;
pub mod store;
pub mod vault;
pub mod visit;
pub mod walls;
pub mod warden;
pub mod wedge;
pub mod wipe;
pub mod worker;
