//! What a deployment sets: `config.json`, served beside index.html.

use serde_json::Value;

/// The file's content. Every field has a default, so that an empty object is a working local set-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    pub portal: PortalConfig,
    pub agency: AgencyConfig,
    pub mode: Mode,
}

/// Which portal stands behind the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalConfig {
    pub kind: PortalKind,
    /// Origin and prefix in front of the portal's API; empty for the app's own origin.
    pub address: String,
    /// The portal's site id.
    pub group: i64,
    /// The code of the province whose wards the people screen offers first.
    pub province: String,
}

/// The APIs that the app speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PortalKind {
    #[default]
    Opencps,
}

/// Whose counter this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyConfig {
    pub name: String,
    /// The telephone number as people dial it.
    pub hotline: String,
    pub address: String,
    pub hours: String,
}

/// The setting in which the app runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A citizen's own phone.
    #[default]
    Phone,
    /// A volunteer's desk at the counter.
    Desk,
    /// The touch screen in the lobby.
    Kiosk,
}

impl Config {
    /// Reads the file's content. What is missing or of another kind takes its default: site 0, province 92 (Cần Thơ),
    /// hotline 1022, a citizen's phone.
    pub fn read(file: &Value) -> Config {
        let text = |part: &str, name: &str, default: &str| file[part][name].as_str().unwrap_or(default).to_owned();
        Config {
            portal: PortalConfig {
                kind: PortalKind::Opencps,
                address: text("portal", "address", ""),
                group: file["portal"]["group"].as_i64().unwrap_or(0),
                province: text("portal", "province", "92"),
            },
            agency: AgencyConfig {
                name: text("agency", "name", ""),
                hotline: text("agency", "hotline", "1022"),
                address: text("agency", "address", ""),
                hours: text("agency", "hours", ""),
            },
            mode: match file["mode"].as_str() {
                Some("desk") => Mode::Desk,
                Some("kiosk") => Mode::Kiosk,
                _ => Mode::Phone,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_or_broken_file_is_a_working_set_up() {
        for text in ["{}", "null", r#"{"portal":3,"agency":{"hotline":1022}}"#] {
            let config = Config::read(&serde_json::from_str(text).unwrap());
            assert_eq!((config.agency.hotline.as_str(), config.mode), ("1022", Mode::Phone));
        }
        let config = Config::read(&serde_json::json!({ "portal": { "group": 51801 }, "mode": "kiosk" }));
        assert_eq!((config.portal.group, config.mode), (51801, Mode::Kiosk));
    }
}
