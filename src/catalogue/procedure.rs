//! A procedure (thủ tục hành chính) as the portal publishes it, in plain text.

use serde::{Deserialize, Serialize};

/// A code and the name people see for it: a field, an agency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub code: String,
    pub name: String,
}

/// What a list of procedures shows of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The portal's code, such as `1.116501`; opaque text.
    pub code: String,
    /// The official name, word for word.
    pub name: String,
    /// The field (lĩnh vực).
    pub field: Named,
    /// Agencies that take the dossier, by name; the owning agency where none is given.
    pub agencies: Vec<String>,
    /// Lines of the published time limit.
    pub duration: Vec<String>,
    /// Lines of the published fees.
    pub fees: Vec<String>,
}

/// Where a procedure can be filed: one agency's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The portal's id of "this procedure at this agency".
    pub config: i64,
    pub agency: Named,
    /// Filed on another site, under this address, and not through this portal.
    pub elsewhere: Option<String>,
}

/// A procedure with all that the portal says of it, as lines of plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    pub summary: Summary,
    pub places: Vec<Place>,
    /// Who may apply.
    pub subjects: Vec<String>,
    pub results: Vec<String>,
    pub legal_basis: Vec<String>,
    pub conditions: Vec<String>,
    /// The order of steps.
    pub steps: Vec<String>,
}
