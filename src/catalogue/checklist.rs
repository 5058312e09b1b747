//! The checklist of one case: which papers, and which of them the citizen has.

use serde::{Deserialize, Serialize};

use super::requirement::{Need, Requirement};

/// Where a paper stands in the citizen's own check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tick {
    /// Not said yet.
    #[default]
    Open,
    Have,
    /// The condition on the paper does not hold for this citizen.
    NotMine,
}

/// The ticks of a checklist by part number.
pub type Ticks = std::collections::BTreeMap<String, Tick>;

/// The papers still to get before the case is ready.
pub fn missing<'a>(requirements: &'a [Requirement], ticks: &Ticks) -> Vec<&'a Requirement> {
    requirements
        .iter()
        .filter(|requirement| {
            let tick = ticks.get(&requirement.part).copied().unwrap_or_default();
            match requirement.need {
                Need::Required => tick != Tick::Have,
                Need::If(_) => tick == Tick::Open,
                Need::Optional => false,
            }
        })
        .collect()
}
