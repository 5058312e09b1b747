//! A guide: an office's plain words for a procedure and its papers, kept as data in `public/guides/`.
//!
//! The portal's list stays the authority. A guide adds everyday names and hints; it never hides a paper, and what
//! it says about a paper is used only while the paper's published name still begins as the guide expects.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::requirement::Requirement;

/// One entry of the guides' index: what search and the list of results need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub procedure: String,
    #[serde(rename = "everydayName")]
    pub everyday_name: String,
    #[serde(default)]
    pub synonyms: Vec<String>,
    #[serde(default)]
    pub purpose: String,
    /// Events in life that it belongs to.
    #[serde(default, rename = "lifeEvents")]
    pub life_events: Vec<String>,
    /// The name of the drawing of what it is about (`public/pictures/events/`).
    #[serde(default)]
    pub picture: String,
}

/// An event in life, drawn on a tile: a way to procedures without reading or typing much.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LifeEvent {
    /// The drawing's name, and what guides call the event.
    pub picture: String,
    pub label: String,
}

/// What people say for a part of official names: whoever types one of `said` may mean a procedure whose official name
/// has every phrase of `official`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saying {
    pub official: Vec<String>,
    pub said: Vec<String>,
}

/// A drawing of how papers look whose names have one of these words (lower case).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    pub picture: String,
    pub alt: String,
    pub words: Vec<String>,
}

impl Drawing {
    /// The drawing for a paper: by the first of its names that fits one.
    pub fn of<'a>(drawings: &'a [Drawing], names: [&str; 2]) -> Option<&'a Drawing> {
        names.iter().map(|name| name.to_lowercase()).find_map(|name| {
            drawings.iter().find(|drawing| drawing.words.iter().any(|word| name.contains(word.as_str())))
        })
    }
}

/// What the office says in plain words about all its procedures: what search and the list of results need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    pub guides: Vec<Entry>,
    pub sayings: Vec<Saying>,
    pub events: Vec<LifeEvent>,
}

impl Wording {
    /// Reads the file that the build makes of all guides, sayings and events: a line each, in cells parted by tabs and texts
    /// in a cell parted by bars. A line that is not understood is passed over.
    ///
    /// Lines instead of JSON, because they cost the first download a fifth of the code.
    ///
    /// ```
    /// use mot_cua::catalogue::guide::Wording;
    /// let wording = Wording::read("guide\t1.1\tTách thửa\tchia đất|tách sổ\ttach-thua\ttach-thua\nsaying\tcấp lại\tlàm lại\n?");
    /// assert_eq!(wording.guides[0].synonyms, ["chia đất", "tách sổ"]);
    /// assert_eq!(wording.sayings[0].said, ["làm lại"]);
    /// ```
    pub fn read(text: &str) -> Wording {
        let mut wording = Wording::default();
        for line in text.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let texts = |cell: &str| cell.split('|').filter(|text| !text.is_empty()).map(str::to_owned).collect();
            match cells[..] {
                ["guide", code, name, synonyms, events, picture] => wording.guides.push(Entry {
                    procedure: code.to_owned(),
                    everyday_name: name.to_owned(),
                    synonyms: texts(synonyms),
                    purpose: String::new(),
                    life_events: texts(events),
                    picture: picture.to_owned(),
                }),
                ["saying", official, said] => {
                    wording.sayings.push(Saying { official: texts(official), said: texts(said) });
                }
                ["event", picture, label] => {
                    wording.events.push(LifeEvent { picture: picture.to_owned(), label: label.to_owned() });
                }
                _ => {}
            }
        }
        wording
    }

    /// What is said about the procedure with this code.
    pub fn guide(&self, code: &str) -> Option<&Entry> {
        self.guides.iter().find(|guide| guide.procedure == code)
    }
}

/// The whole guide of one procedure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    #[serde(flatten)]
    pub entry: Entry,
    #[serde(default, rename = "whoMayFile")]
    pub who_may_file: String,
    /// The law that the guide was written by.
    #[serde(default, rename = "legalBasis")]
    pub legal_basis: Vec<Law>,
    #[serde(default)]
    pub cases: Vec<CaseHint>,
    #[serde(default)]
    pub questions: Vec<Question>,
    #[serde(default)]
    pub papers: Vec<PaperHint>,
}

/// A legal text that a guide was written by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Law {
    pub name: String,
    /// Since when it is in force (`2026-01-31`), where the record says.
    #[serde(default)]
    pub effective: Option<String>,
}

/// A question whose answers lead to the case and decide which papers are needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub id: String,
    pub ask: String,
    #[serde(default)]
    pub help: String,
    /// Asked only then.
    #[serde(default)]
    pub when: Option<Condition>,
    pub answers: Vec<Answer>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub id: String,
    pub label: String,
    /// The case that it leads to: its place in the portal's list.
    #[serde(default)]
    pub case: Option<usize>,
}

/// Questions, each with the answers that fit. It holds if every one of them was asked and got one of these.
pub type Condition = BTreeMap<String, Vec<String>>;

/// Conditions of which any is enough; a file may give one without a list around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AnyOf {
    One(Condition),
    Several(Vec<Condition>),
}

impl AnyOf {
    pub fn conditions(&self) -> &[Condition] {
        match self {
            AnyOf::One(condition) => std::slice::from_ref(condition),
            AnyOf::Several(conditions) => conditions,
        }
    }
}

/// Plain words for a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseHint {
    /// How the published name begins.
    pub name: String,
    pub plain: String,
}

/// Plain words for a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperHint {
    /// How the published name begins.
    pub name: String,
    #[serde(rename = "everydayName")]
    pub everyday_name: String,
    #[serde(default)]
    pub why: String,
    /// Where to get the paper.
    #[serde(default, rename = "where")]
    pub source: String,
    /// Usual mistakes.
    #[serde(default)]
    pub mistakes: Vec<String>,
    /// The paper is needed exactly then.
    #[serde(default)]
    pub when: Option<AnyOf>,
}

impl Guide {
    /// What it says of a case's papers, by part.
    pub fn hints(&self, requirements: &[Requirement]) -> BTreeMap<String, PaperHint> {
        let hint = |paper: &Requirement| Some((paper.part.clone(), self.paper(&paper.name)?.clone()));
        requirements.iter().filter_map(hint).collect()
    }

    /// What the guide says about the paper of this published name: the hint with the longest matching beginning.
    pub fn paper(&self, published: &str) -> Option<&PaperHint> {
        self.papers.iter().filter(|hint| published.starts_with(&hint.name)).max_by_key(|hint| hint.name.len())
    }

    /// Whether the guide was written by all the law that the portal names for the procedure now. Else the portal's record is
    /// newer, and what the guide says of cases and conditions may be wrong.
    ///
    /// Legal texts are told apart by their numbers ("31/2024/QH15"). A guide that names no law makes no such promise.
    pub fn is_as_new_as(&self, published: &[String]) -> bool {
        let numbers = published.iter().flat_map(|line| line.split_whitespace()).filter(|word| {
            word.contains('/') && word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic)
        });
        let known = |number: &str| {
            let number = number.trim_matches(|c: char| !c.is_alphanumeric());
            self.legal_basis.iter().any(|law| law.name.contains(number))
        };
        self.legal_basis.is_empty() || numbers.into_iter().all(known)
    }

    /// Plain words for the case at `index` of the portal's list: only if the guide still has as many cases as the
    /// portal and that one's published name begins as expected.
    pub fn case(&self, index: usize, of: usize, published: &str) -> Option<&str> {
        let hint = self.cases.get(index)?;
        (self.cases.len() == of && published.trim_start().starts_with(&hint.name)).then_some(hint.plain.as_str())
    }
}
