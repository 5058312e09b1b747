//! A guide: an office's plain words for a procedure and its papers, kept as data in `public/guides/`.
//!
//! The portal's list stays the authority. A guide adds everyday names and hints; it never hides a paper, and what
//! it says about a paper is used only while the paper's published name still begins as the guide expects.

use serde::{Deserialize, Serialize};

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
}

/// The whole guide of one procedure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    #[serde(flatten)]
    pub entry: Entry,
    #[serde(default, rename = "whoMayFile")]
    pub who_may_file: String,
    #[serde(default)]
    pub cases: Vec<CaseHint>,
    #[serde(default)]
    pub papers: Vec<PaperHint>,
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
}

impl Guide {
    /// What the guide says about the paper of this published name: the hint with the longest matching beginning.
    pub fn paper(&self, published: &str) -> Option<&PaperHint> {
        self.papers.iter().filter(|hint| published.starts_with(&hint.name)).max_by_key(|hint| hint.name.len())
    }

    /// Plain words for the case at `index` of the portal's list: only if the guide still has as many cases as the
    /// portal and that one's published name begins as expected.
    pub fn case(&self, index: usize, of: usize, published: &str) -> Option<&str> {
        let hint = self.cases.get(index)?;
        (self.cases.len() == of && published.trim_start().starts_with(&hint.name)).then_some(hint.plain.as_str())
    }
}
