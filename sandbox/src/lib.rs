//! A stand-in for an OpenCPS 2 portal: the API of a public-service portal over HTTP, kept in SQLite
//! and files on disk, with an officer's desk to move dossiers along and faults on demand for tests.

pub mod api;
pub mod clock;
pub mod desk;
pub mod faults;
pub mod seed;
pub mod server;
pub mod store;
pub mod workflow;
