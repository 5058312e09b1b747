//! What the browser and the phone lend us: storage, files, camera, speech, the scanner's worker, printing and sharing.
//!
//! The only room that touches the browser's own interfaces for them.

pub mod camera;
pub mod card_reader;
pub mod clock;
pub mod files;
pub mod identity;
pub mod lock;
pub mod network;
pub mod scanner;
pub mod share;
pub mod speech;
pub mod steady;
pub mod store;
pub mod visit;
pub mod warden;
pub mod worker;
