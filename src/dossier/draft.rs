//! A draft: a filing before it is sent, with everything that was typed and photographed for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    moment::Moment,
    paper::{Paper, State},
    person::People,
    receipt::HeldFile,
    sending::Sending,
};
use crate::catalogue::{
    checklist::{Tick, Ticks},
    guide::PaperHint,
    procedure::Named,
    requirement::{Need, Requirement},
};

/// What is filed, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    pub service: Named,
    /// What people call it; empty where no guide names it.
    pub everyday: String,
    pub agency: Named,
    /// The portal's ids of the place and of the case.
    pub config: i64,
    pub option: i64,
    pub template: String,
    /// The case in words; empty where there is but one.
    pub case: String,
}

impl Matter {
    /// The name to show: what people call it, else the official one.
    pub fn title(&self) -> &str {
        if self.everyday.is_empty() { &self.service.name } else { &self.everyday }
    }
}

/// A filing before it is sent. Its id is made on the device and becomes the portal's `referenceUid`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub id: String,
    pub matter: Matter,
    /// The case's papers as the portal listed them when the draft was begun.
    pub requirements: Vec<Requirement>,
    /// Plain words for the papers, by part number, where a guide has some.
    #[serde(default)]
    pub hints: BTreeMap<String, PaperHint>,
    pub ticks: Ticks,
    /// What is handed in, by part number.
    pub papers: BTreeMap<String, Paper>,
    pub people: People,
    /// The look-up code the portal is asked to keep for this dossier.
    pub secret: String,
    pub saved: Moment,
    /// The address of the step the citizen was at.
    pub place: String,
    pub sending: Sending,
    /// The citizen said "send": it is tried until it is done, over reloads and days, or until they say stop.
    #[serde(default)]
    pub queued: bool,
    /// The portal's id of the dossier that this answers: what the office asked to be supplied. `None` for a filing of its own.
    #[serde(default)]
    pub answers: Option<i64>,
    /// Files that the citizen's own phone handed in to the portal's draft of this dossier, beside those that lie here.
    #[serde(default)]
    pub relayed: Vec<HeldFile>,
    /// Who helped at a counter, and that the citizen agreed to it.
    #[serde(default)]
    pub helped: Option<Helped>,
    /// Not over a network where each byte may cost money.
    #[serde(default)]
    pub spare_data: bool,
}

/// A volunteer's help, as it is recorded with the dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Helped {
    /// The volunteer's code, and where they help.
    pub by: String,
    pub place: String,
    /// When the citizen agreed.
    pub agreed: Moment,
    /// Having heard it read, and not on the screen.
    pub aloud: bool,
    /// The language in which they agreed, as its tag.
    #[serde(default)]
    pub language: String,
}

impl Draft {
    pub fn requirement(&self, part: &str) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| requirement.part == part)
    }

    /// What to call a paper: its everyday name where a guide gives one, else the official name.
    pub fn paper_name<'a>(&'a self, requirement: &'a Requirement) -> &'a str {
        self.hints.get(&requirement.part).map_or(requirement.title(), |hint| &hint.everyday_name)
    }

    /// A paper to change pages of. Other pages make another file, so it gets another id (`upload`): a file that the
    /// portal holds already is never taken for the new one.
    pub fn change_pages(&mut self, part: &str, upload: String) -> Option<&mut Paper> {
        let paper = self.papers.get_mut(part)?;
        paper.upload = upload;
        Some(paper)
    }

    /// How it is with a paper: as its pages here are, or ready where a phone has handed it in.
    pub fn paper_state(&self, part: &str) -> State {
        match self.papers.get(part).map_or(State::Missing, Paper::state) {
            State::Missing if self.relayed.iter().any(|file| file.part == part) => State::Ready,
            state => state,
        }
    }

    /// How many pages a paper has.
    pub fn page_count(&self, part: &str) -> usize {
        self.papers.get(part).map_or(0, |paper| paper.pages.len())
    }

    /// The part that takes the paper of authority when someone files for another: the one that the case names for it,
    /// else the part for other papers.
    pub fn authority_part(&self) -> Option<&Requirement> {
        self.requirements
            .iter()
            .find(|requirement| requirement.is_authority())
            .or_else(|| self.requirements.iter().find(|requirement| requirement.need == Need::Optional))
    }

    /// Whether this paper has to be there before the dossier can be sent.
    pub fn must_have(&self, requirement: &Requirement) -> bool {
        let authority =
            self.people.on_behalf() && self.authority_part().is_some_and(|part| part.part == requirement.part);
        let tick = self.ticks.get(&requirement.part).copied().unwrap_or_default();
        authority
            || match requirement.need {
                Need::Required => true,
                Need::If(_) => matches!(tick, Tick::Have | Tick::WillGet),
                Need::Optional => false,
            }
    }

    /// What still keeps the dossier from being sent.
    pub fn gaps(&self, today: Moment) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = Vec::new();
        for requirement in &self.requirements {
            match self.paper_state(&requirement.part) {
                State::Missing if self.must_have(requirement) => gaps.push(Gap::Paper(requirement.part.clone())),
                State::Unreadable(_) => gaps.push(Gap::Unreadable(requirement.part.clone())),
                _ => {}
            }
        }
        let people = &self.people;
        if self.answers.is_some() {
            return gaps;
        }
        if people.matter_of == super::person::MatterOf::Unsaid
            || !people.applicant.faults(today).is_empty()
            || !people.owner().faults(today).is_empty()
        {
            gaps.push(Gap::People);
        }
        gaps
    }

    /// The papers that the office has otherwise than they are here: they were changed when the dossier was on its way already.
    pub fn sent_otherwise(&self) -> impl Iterator<Item = &Requirement> {
        let has = move |upload: &str| match &self.sending {
            Sending::Sent(receipt) => receipt.files.iter().any(|file| file.upload == upload),
            _ => true,
        };
        self.requirements.iter().filter(move |requirement| {
            self.papers.get(&requirement.part).is_some_and(|paper| !paper.pages.is_empty() && !has(&paper.upload))
        })
    }

    /// How many papers are ready, of how many that must be there or are there.
    pub fn tally(&self) -> (usize, usize) {
        let counted = self
            .requirements
            .iter()
            .filter(|requirement| self.must_have(requirement) || self.paper_state(&requirement.part) != State::Missing);
        let (mut ready, mut all) = (0, 0);
        for requirement in counted {
            all += 1;
            ready += usize::from(self.paper_state(&requirement.part) == State::Ready);
        }
        (ready, all)
    }
}

/// A draft as a list shows it: little enough to be read for all drafts at the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    pub id: String,
    /// The portal's ids of the place and of the case, to find drafts of the same thing.
    pub config: i64,
    pub option: i64,
    pub title: String,
    pub case: String,
    pub ready: i64,
    pub all: i64,
    /// What its pages take on the device.
    pub bytes: i64,
    pub saved: Moment,
    pub place: String,
    pub is_sent: bool,
    /// When, if the portal told.
    pub sent: Option<Moment>,
    /// It waits in the outbox.
    pub queued: bool,
    /// The portal's id of what was sent; 0 before.
    pub dossier: i64,
}

impl Card {
    /// Reads a card as it is kept. What is missing is empty: it only goes into a list. (By value and not by a derived
    /// reader, which would cost the first download two kilobytes.)
    pub fn read(row: &Value) -> Card {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let number = |name: &str| row[name].as_i64().unwrap_or_default();
        let yes = |name: &str| row[name] == Value::Bool(true);
        Card {
            id: text("id"),
            config: number("config"),
            option: number("option"),
            title: text("title"),
            case: text("case"),
            ready: number("ready"),
            all: number("all"),
            bytes: number("bytes"),
            saved: Moment(number("saved")),
            place: text("place"),
            is_sent: yes("is_sent"),
            sent: row["sent"].as_i64().map(Moment),
            queued: yes("queued"),
            dossier: number("dossier"),
        }
    }
}

impl From<&Draft> for Card {
    fn from(draft: &Draft) -> Card {
        let (ready, all) = draft.tally();
        Card {
            id: draft.id.clone(),
            config: draft.matter.config,
            option: draft.matter.option,
            title: draft.matter.title().to_owned(),
            case: draft.matter.case.clone(),
            ready: ready as i64,
            all: all as i64,
            bytes: draft.papers.values().flat_map(|paper| &paper.pages).map(|page| page.bytes as i64).sum(),
            saved: draft.saved,
            place: draft.place.clone(),
            is_sent: matches!(draft.sending, Sending::Sent(_)),
            sent: match &draft.sending {
                Sending::Sent(receipt) => receipt.sent,
                _ => None,
            },
            queued: draft.queued,
            dossier: match &draft.sending {
                Sending::Sent(receipt) => receipt.dossier,
                _ => 0,
            },
        }
    }
}

/// One thing that keeps a draft from being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// This part's paper is missing.
    Paper(String),
    /// A page of this part's paper cannot be read.
    Unreadable(String),
    /// Something about the people is missing or wrong.
    People,
}
