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
    /// The portal's code of the agency, for queue tickets and for rating its service; empty where neither is wished.
    pub code: String,
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

impl Mode {
    /// The mode of this name, as `config.json` and addresses write it.
    pub fn named(name: &str) -> Option<Mode> {
        match name {
            "phone" => Some(Mode::Phone),
            "desk" => Some(Mode::Desk),
            "kiosk" => Some(Mode::Kiosk),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Mode::Phone => "phone",
            Mode::Desk => "desk",
            Mode::Kiosk => "kiosk",
        }
    }

    /// Whether nothing of a citizen's stays when they go.
    pub fn forgets(self) -> bool {
        self == Mode::Kiosk
    }

    /// Whether one citizen after another uses this device: then all of the app is one page that ends with each of them.
    pub fn is_shared(self) -> bool {
        self != Mode::Phone
    }
}

/// What a kiosk's office sets: a part of the file that only kiosks read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KioskConfig {
    /// After so many seconds without a touch the kiosk asks whether someone is there.
    pub idle: u32,
    /// So many seconds it waits for the answer, and then forgets; 20 at least (WCAG 2.2, 2.2.1).
    pub warning: u32,
    /// The SHA-256 print of the staff's PIN; without one the staff's page does not open.
    pub pin: String,
}

impl KioskConfig {
    /// Reads its part of the file. What is missing takes its default: it asks after 60 seconds and forgets 20 seconds later.
    pub fn read(file: &Value) -> KioskConfig {
        let kiosk = &file["kiosk"];
        let seconds =
            |name: &str, least: u64, default: u64| kiosk[name].as_u64().unwrap_or(default).clamp(least, 3_600) as u32;
        KioskConfig {
            idle: seconds("idleSeconds", 5, 60),
            warning: seconds("warningSeconds", 20, 20),
            pin: kiosk["staffPin"].as_str().unwrap_or_default().to_owned(),
        }
    }
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
                code: text("agency", "code", ""),
                name: text("agency", "name", ""),
                hotline: text("agency", "hotline", "1022"),
                address: text("agency", "address", ""),
                hours: text("agency", "hours", ""),
            },
            mode: file["mode"].as_str().and_then(Mode::named).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_or_broken_file_is_a_working_set_up() {
        for text in ["{}", "null", r#"{"portal":3,"agency":{"hotline":1022}}"#] {
            let file = serde_json::from_str(text).unwrap();
            let config = Config::read(&file);
            assert_eq!((config.agency.hotline.as_str(), config.mode), ("1022", Mode::Phone));
            let kiosk = KioskConfig::read(&file);
            assert_eq!((kiosk.idle, kiosk.warning), (60, 20));
        }
        let config = Config::read(&serde_json::json!({ "portal": { "group": 51801 }, "mode": "kiosk" }));
        assert_eq!((config.portal.group, config.mode), (51801, Mode::Kiosk));
        let hasty = KioskConfig::read(&serde_json::json!({ "kiosk": { "idleSeconds": 0, "warningSeconds": 1 } }));
        assert_eq!((hasty.idle, hasty.warning), (5, 20), "nobody is thrown out without a word");
    }
}
