//! What a deployment sets: `config.json`, served beside index.html.

use serde::Deserialize;

/// The file's content. Every field has a default, so that an empty object is a working local set-up.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Config {
    pub portal: PortalConfig,
    pub agency: AgencyConfig,
    pub mode: Mode,
}

/// Which portal stands behind the app.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PortalKind {
    #[default]
    Opencps,
}

/// Whose counter this is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AgencyConfig {
    pub name: String,
    /// The telephone number as people dial it.
    pub hotline: String,
    pub address: String,
    pub hours: String,
}

/// The setting in which the app runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// A citizen's own phone.
    #[default]
    Phone,
    /// A volunteer's desk at the counter.
    Desk,
    /// The touch screen in the lobby.
    Kiosk,
}

impl Default for Config {
    fn default() -> Self {
        Config { portal: PortalConfig::default(), agency: AgencyConfig::default(), mode: Mode::Phone }
    }
}

impl Default for PortalConfig {
    fn default() -> Self {
        PortalConfig { kind: PortalKind::Opencps, address: String::new(), group: 0, province: "92".to_owned() }
    }
}

impl Default for AgencyConfig {
    fn default() -> Self {
        AgencyConfig { name: String::new(), hotline: "1022".to_owned(), address: String::new(), hours: String::new() }
    }
}
