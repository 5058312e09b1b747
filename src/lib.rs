//! Một Cửa: a citizen's way through the one-stop office. `docs/` tells how the rooms lie; floors point down only.

pub mod catalogue;
pub mod dossier;
pub mod portal;
pub mod app;
pub mod config;
pub mod device;
pub mod journey;
pub mod messages;
pub mod route;
pub mod screens;
pub mod shell;
pub mod widgets;
