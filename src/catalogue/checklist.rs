//! The checklist of one case: which papers this citizen needs, and which of them are there.

use serde::{Deserialize, Serialize};

use super::{
    guide::Guide,
    questions::{Answers, Because, Verdict},
    requirement::{Need, Requirement},
};

/// Where a paper stands in the citizen's own check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tick {
    /// Not said yet, or not there yet.
    #[default]
    Open,
    Have,
    /// On its way: asked for, to be fetched.
    WillGet,
    /// The condition on the paper does not hold for this citizen.
    NotMine,
}

/// The ticks of a checklist by part number.
pub type Ticks = std::collections::BTreeMap<String, Tick>;

/// Whether a paper is called for in this citizen's case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// It is, always or by an answer.
    Needed(Option<Because>),
    /// Under the published condition; the citizen says whether it holds.
    If(String),
    /// By the answers it is not. It stays on the list: the portal's list is the authority.
    NotNeeded(Because),
    Optional,
}

/// Whether a paper is called for: what the answers say counts, then the published name.
pub fn call(paper: &Requirement, guide: Option<&Guide>, answers: &Answers) -> Call {
    let verdict = guide.map_or(Verdict::AsPublished, |guide| guide.verdict(&paper.name, answers));
    match (verdict, &paper.need) {
        (_, Need::Optional) => Call::Optional,
        (Verdict::Needed(because), _) => Call::Needed(Some(because)),
        (Verdict::NotNeeded(because), _) => Call::NotNeeded(because),
        (_, Need::If(condition)) => Call::If(condition.clone()),
        (_, Need::Required) => Call::Needed(None),
    }
}

/// How far a citizen is with the papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readiness<'a> {
    pub have: usize,
    /// Needed, and not there yet.
    pub missing: Vec<&'a Requirement>,
    /// Under a condition of which the citizen has not said whether it holds.
    pub unsaid: Vec<&'a Requirement>,
}

impl Readiness<'_> {
    /// How many are needed, as far as is known.
    pub fn all(&self) -> usize {
        self.have + self.missing.len()
    }
}

pub fn readiness<'a>(
    papers: &'a [Requirement],
    guide: Option<&Guide>,
    answers: &Answers,
    ticks: &Ticks,
) -> Readiness<'a> {
    let mut readiness = Readiness::default();
    for paper in papers {
        let tick = ticks.get(&paper.part).copied().unwrap_or_default();
        match (call(paper, guide, answers), tick) {
            (Call::Needed(_) | Call::If(_), Tick::Have) => readiness.have += 1,
            (Call::Needed(_), _) | (Call::If(_), Tick::WillGet) => readiness.missing.push(paper),
            (Call::If(_), Tick::Open) => readiness.unsaid.push(paper),
            (Call::If(_), Tick::NotMine) | (Call::NotNeeded(_) | Call::Optional, _) => {}
        }
    }
    readiness
}

/// What a draft is begun with: the papers as the answers leave them (one that is called for by an answer is required; one
/// that is not called for waits for nobody), and the ticks that say so.
pub fn settled(
    papers: &[Requirement],
    guide: Option<&Guide>,
    answers: &Answers,
    mut ticks: Ticks,
) -> (Vec<Requirement>, Ticks) {
    let settle = |paper: &Requirement| {
        let need = match call(paper, guide, answers) {
            Call::Needed(_) => Need::Required,
            Call::If(condition) => Need::If(condition),
            Call::NotNeeded(because) => {
                ticks.insert(paper.part.clone(), Tick::NotMine);
                Need::If(match &paper.need {
                    Need::If(condition) => condition.clone(),
                    _ => because.ask,
                })
            }
            Call::Optional => Need::Optional,
        };
        Requirement { need, ..paper.clone() }
    };
    let papers = papers.iter().map(settle).collect();
    (papers, ticks)
}
