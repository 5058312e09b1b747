//! The device's clock. It may be wrong: what depends on the day asks `shell::now`.

use crate::dossier::moment::Moment;

/// Now, as the device believes.
pub fn now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}
