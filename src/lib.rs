//! Một Cửa: a citizen's way through the one-stop office. `docs/` tells how the rooms lie; floors point down only.

pub mod app;
pub mod catalogue;
pub mod config;
pub mod device;
pub mod dossier;
pub mod journey;
pub mod messages;
pub mod portal;
pub mod route;
pub mod screens;
pub mod shell;
pub mod start;
pub mod widgets;
