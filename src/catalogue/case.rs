//! The cases (trường hợp) of a procedure, and how to call one whose published name says nothing.

use serde::{Deserialize, Serialize};

use super::spelling::fold;

/// One way a procedure can apply, with papers of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The portal's id of the case.
    pub option: i64,
    /// The portal's template that lists the papers.
    pub template: String,
    /// The published name, word for word; may be empty or a file's name.
    pub name: String,
}

impl Case {
    /// The published name without its list letter and closing colon, or `None` where it names nothing: it is empty,
    /// or somebody's file name stands in its place.
    ///
    /// ```
    /// use mot_cua::catalogue::case::Case;
    /// let case = |name: &str| Case { option: 1, template: "T".into(), name: name.into() };
    /// assert_eq!(case("b) Đối với trường hợp mất Trang bổ sung:").title().unwrap(), "Trường hợp mất Trang bổ sung");
    /// assert_eq!(case("SNNMT_QD4413_TTHC03_Mẫu số 21. Phiếu yêu cầu").title(), None);
    /// ```
    pub fn title(&self) -> Option<String> {
        let mut name = self.name.trim().trim_end_matches([':', ';', '.']).trim();
        if name.contains('_') || name.ends_with(".docx") || name.ends_with(".doc") {
            return None;
        }
        name = name.trim_start_matches(['-', '*', '+', ' ']);
        if let Some((letter, rest)) = name.split_once(')')
            && letter.chars().count() <= 2
        {
            name = rest.trim_start();
        }
        for opening in ["Đối với trường hợp ", "Đối với "] {
            if let Some(rest) = name.strip_prefix(opening) {
                return capital(&if opening.ends_with("hợp ") {
                    format!("trường hợp {rest}")
                } else {
                    rest.to_owned()
                });
            }
        }
        capital(name)
    }
}

fn capital(text: &str) -> Option<String> {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect())
}

/// What only this case's papers share and no other case's do: the longest stretch of words about the case
/// ("theo quy định tại …", "đối với …") that stands in at least two of its papers, or in its only paper.
/// `None` where there is no such stretch; the case then goes by its number alone.
pub fn named_by_papers(papers: &[&str], others: &[&str]) -> Option<String> {
    let openings = ["đối với", "trường hợp", "quy định tại", "theo quy định"];
    let mut best: Option<String> = None;
    for paper in papers {
        for opening in openings {
            let Some(at) = paper.find(opening) else {
                continue;
            };
            let stretch = paper[at..].split([',', ';', '.', '(']).next().unwrap_or_default().trim();
            let folded = fold(stretch);
            let shared = papers.iter().filter(|other| fold(other).contains(&folded)).count();
            let foreign = others.iter().any(|other| fold(other).contains(&folded));
            let telling = stretch.split_whitespace().count() >= 5;
            if telling
                && !foreign
                && (shared >= 2 || papers.len() == 1)
                && best.as_ref().is_none_or(|held| held.len() < stretch.len())
            {
                best = Some(stretch.to_owned());
            }
        }
    }
    best.and_then(|text| capital(&text))
}
