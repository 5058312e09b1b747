//! The public-service portal: what it can do for a citizen, and how it says no.
//!
//! Everything that knows the portal's own formats stands in the folder of its API. The rest of the house sees the
//! catalogue's and the dossier's types, and `Trouble`.

pub mod http;
pub mod opencps;
mod trouble;

pub use opencps::{OpenCps as Portal, account, feedback, follow, queue};
pub use trouble::{Result, Trouble};
