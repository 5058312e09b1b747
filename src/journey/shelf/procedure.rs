//! A procedure at hand: the portal's record, its cases and their papers, and the guide.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Known, fetch, own_file};
use crate::{
    catalogue::{
        case::Case,
        guide::{Drawing, Guide, PaperHint},
        procedure::Procedure,
        requirement::Requirement,
    },
    portal::Trouble,
    shell::shell,
};

/// A procedure at hand: the portal's record, its cases at one place, and the guide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    pub procedure: Procedure,
    /// The cases, place by place, as the portal lists them.
    pub cases: Vec<(i64, Vec<CaseWithPapers>)>,
    /// Plain words for it, where the office wrote some.
    pub guide: Option<Guide>,
    /// How papers look.
    #[serde(default)]
    pub drawings: Vec<Drawing>,
}

/// A case and its papers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseWithPapers {
    pub case: Case,
    pub requirements: Vec<Requirement>,
}

impl Opened {
    /// The guide, where it was written by the law that the portal names now: only then its questions count.
    pub fn current_guide(&self) -> Option<&Guide> {
        self.guide.as_ref().filter(|guide| guide.is_as_new_as(&self.procedure.legal_basis))
    }

    pub fn cases_at(&self, place: i64) -> &[CaseWithPapers] {
        self.cases.iter().find(|(config, _)| *config == place).map_or(&[], |(_, cases)| cases)
    }
}

/// The device keeps a procedure under this name.
pub fn procedure_name(code: &str) -> String {
    format!("procedure/{code}")
}

/// A procedure with its places, cases and papers.
pub fn procedure(code: &str) -> RwSignal<Known<Opened>, LocalStorage> {
    let code = code.to_owned();
    fetch(procedure_name(&code), async move || {
        let portal = &shell().portal;
        let procedure = portal.service(&code).await?;
        let mut known: Vec<CaseWithPapers> = Vec::new();
        let mut cases = Vec::new();
        for place in &procedure.places {
            let mut here = Vec::new();
            for case in portal.cases(place.config).await? {
                // Agencies share templates; each is read once.
                let requirements = match known.iter().find(|held| held.case.template == case.template) {
                    Some(held) => held.requirements.clone(),
                    None => portal.requirements(&case.template).await?,
                };
                let case = CaseWithPapers { case, requirements };
                known.push(case.clone());
                here.push(case);
            }
            cases.push((place.config, here));
        }
        // A guide that cannot be followed is as good as none: the portal's list speaks for itself.
        let count = cases.first().map_or(0, |(_, cases)| cases.len());
        let guide = guide_of(&code).await.filter(|guide| guide.sound(count).is_ok());
        let drawings = own_file("/pictures/papers/index.json").await.unwrap_or_default();
        Ok(Opened { procedure, cases, guide, drawings })
    })
}

/// The papers of a template with what the guide says of them, by part.
pub type Papers = (Vec<Requirement>, BTreeMap<String, PaperHint>);

/// The papers of a template, where the device keeps them with their procedure: no request is spent on them then.
pub async fn kept_papers(service: &str, template: &str) -> Option<Papers> {
    let kept = shell().library()?.kept::<Opened>(&procedure_name(service)).await.ok()??;
    let case = kept.cases.into_iter().flat_map(|(_, cases)| cases).find(|case| case.case.template == template)?;
    let hints = kept.guide.map(|guide| guide.hints(&case.requirements)).unwrap_or_default();
    Some((case.requirements, hints))
}

/// The same asked of the portal.
///
/// # Errors
/// Why the portal does not say.
pub async fn papers(service: &str, template: &str) -> Result<Papers, Trouble> {
    let listed = shell().portal.requirements(template).await?;
    let guide = guide_of(service).await;
    let hints = guide.map(|guide| guide.hints(&listed)).unwrap_or_default();
    Ok((listed, hints))
}

/// The guide of a procedure, where there is one.
async fn guide_of(code: &str) -> Option<Guide> {
    own_file::<Guide>(&format!("/guides/{code}.json")).await.filter(|guide| guide.entry.procedure == code)
}
