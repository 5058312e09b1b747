//! View parts that several screens use. They know the domain's types and the device, and no portal.

pub mod camera;
pub mod code_camera;
pub mod corners;
pub mod dialogue;
pub mod element;
pub mod explained;
pub mod field;
pub mod film;
pub mod heading;
pub mod holidays;
pub mod keyboard;
pub mod listener;
pub mod notice;
pub mod opened;
pub mod paper_hint;
pub mod qr;
pub mod stepper;
pub mod timeline;
pub mod told;
pub mod viewer;
