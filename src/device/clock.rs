//! The device's clock. It may be wrong; where the portal gives a time, that one counts.

use crate::dossier::moment::Moment;

/// Now, as the device believes.
pub fn now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}
