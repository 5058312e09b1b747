//! Which of a record's "cases" are alternatives to choose from, and which are groups of one filing.
//!
//! The records use one list for both. The rule, from reading all of them:
//! - "* Giấy tờ phải nộp:", "* Giấy tờ phải xuất trình:" and "… theo một trong các trường hợp sau:" are
//!   headings inside one filing. Where such headings stand, with nothing beside them but other headings
//!   or unnamed rests, all papers belong to one option.
//! - "Tùy từng trường hợp thì nộp thêm" beside true alternatives is added to each of them.
//! - Everything else is an alternative, also when it has no name.

use super::records::{Case, Document};

/// One way of filing: the case's published name and its papers.
pub struct Way {
    pub name: String,
    pub papers: Vec<Paper>,
}

pub struct Paper {
    pub document: Document,
    /// The heading it stood under, when groups were merged; else empty.
    pub group: String,
}

#[derive(PartialEq)]
enum Kind {
    Alternative,
    Unnamed,
    Heading,
    Addition,
}

fn kind(name: &str) -> Kind {
    let name = name.trim().to_lowercase();
    if name.is_empty() {
        Kind::Unnamed
    } else if name.contains("thì nộp thêm") {
        Kind::Addition
    } else if name.contains("giấy tờ phải nộp")
        || name.contains("giấy tờ phải xuất trình")
        || name.trim_end_matches(':').ends_with("theo một trong các trường hợp sau")
    {
        Kind::Heading
    } else {
        Kind::Alternative
    }
}

fn under(case: &Case, group: &str) -> Vec<Paper> {
    case.documents.iter().map(|d| Paper { document: d.clone(), group: group.to_owned() }).collect()
}

/// The ways of filing of one record, at least one papers list each.
pub fn ways(cases: &[Case]) -> Vec<Way> {
    let kinds: Vec<Kind> = cases.iter().map(|c| kind(&c.name)).collect();
    let has_heading = kinds.contains(&Kind::Heading);
    let has_alternative = kinds.contains(&Kind::Alternative);
    if has_heading && !has_alternative {
        let papers = cases.iter().flat_map(|case| under(case, heading(&case.name))).collect();
        return vec![Way { name: String::new(), papers }];
    }
    let is_added = |kind: &Kind| *kind == Kind::Addition && (has_alternative || kinds.contains(&Kind::Unnamed));
    let added: Vec<&Case> = cases.iter().zip(&kinds).filter(|(_, k)| is_added(k)).map(|(c, _)| c).collect();
    cases
        .iter()
        .zip(&kinds)
        .filter(|(_, k)| !is_added(k))
        .map(|(case, _)| {
            let mut papers = under(case, "");
            papers.extend(added.iter().flat_map(|more| under(more, heading(&more.name))));
            Way { name: case.name.clone(), papers }
        })
        .collect()
}

/// A group's heading as words: without list marks.
fn heading(name: &str) -> &str {
    name.trim().trim_start_matches(['*', '-', ' ']).trim_end_matches([':', ' '])
}

/// Whether a paper is needed. What is published never says; its name does: one that states a
/// condition is needed only then, and one that is only shown is not handed in.
pub fn is_required(paper: &Paper) -> bool {
    const CONDITIONS: [&str; 14] = [
        "nếu có",
        "(nếu",
        "nếu người",
        "trường hợp",
        "đối với",
        "khi có",
        "nếu được",
        "nếu chưa",
        "nếu không",
        "thì nộp",
        "một trong các",
        "tùy từng",
        "nếu thuộc",
        "khi được",
    ];
    let name = paper.document.name.to_lowercase();
    let group = paper.group.to_lowercase();
    let to_show = group.contains("xuất trình") || name.contains("xuất trình");
    let conditional = CONDITIONS.iter().any(|c| name.contains(c)) || group.contains("trường hợp");
    // a rule printed among the papers asks for nothing by itself
    let nothing_asked = paper.document.originals == 0 && paper.document.copies == 0;
    !to_show && !conditional && !nothing_asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::records;

    /// Every record, read one by one: how many ways of filing it has.
    const EXPECTED: [(&str, usize); 33] = [
        ("1.116489", 1),
        ("1.116490", 1),
        ("1.116491", 3), // two unnamed beside "c) …": alternatives that lost their names
        ("1.116492", 1),
        ("1.116493", 1),
        ("1.116495", 2),
        ("1.116496", 1),
        ("1.116497", 1),
        ("1.116498", 2),
        ("1.116501", 2),
        ("1.116502", 4),
        ("1.116505", 1),
        ("1.116506", 1),
        ("1.116507", 1),
        ("1.116512", 2),
        ("1.116527", 1),
        ("1.116532", 2), // "a)" and "c)": a letter skipped
        ("1.116533", 1),
        ("1.116535", 1),
        ("1.116536", 1),
        ("1.012784", 1),
        ("1.012812", 1),
        ("1.011441", 3), // and "Tùy từng trường hợp thì nộp thêm" in each
        ("1.010727", 1), // "… theo một trong các trường hợp sau:" and its rest
        ("1.010729", 1),
        ("1.010736", 1),
        ("1.004122", 1),
        ("1.004223", 1),
        ("1.004232", 1),
        ("1.011518", 1),
        ("1.000656", 1), // to hand in, to show, and a rest
        ("1.001193", 1),
        ("1.004873", 1),
    ];

    #[test]
    fn every_record_has_as_many_ways_as_a_reader_finds() {
        let records = records::read().unwrap();
        let found: Vec<(&str, usize)> = records.iter().map(|r| (r.code.as_str(), ways(&r.cases).len())).collect();
        assert_eq!(found, EXPECTED);
    }

    #[test]
    fn no_paper_is_lost() {
        for record in records::read().unwrap() {
            let published: usize = record.cases.iter().map(|c| c.documents.len()).sum();
            let ways = ways(&record.cases);
            let kept: usize = ways.iter().map(|w| w.papers.len()).sum();
            assert!(kept >= published, "{}", record.code);
            assert!(ways.iter().all(|w| !w.papers.is_empty()), "{}", record.code);
        }
    }

    #[test]
    fn additions_come_to_each_alternative_with_their_heading() {
        let records = records::read().unwrap();
        let record = records.iter().find(|r| r.code == "1.011441").unwrap();
        for way in ways(&record.cases) {
            assert_eq!(way.papers.iter().filter(|p| p.group == "Tùy từng trường hợp thì nộp thêm").count(), 4);
        }
    }

    #[test]
    fn a_stated_condition_makes_a_paper_optional() {
        let paper = |name: &str, group: &str| Paper {
            document: Document { code: String::new(), name: name.into(), originals: 1, copies: 0, form: None },
            group: group.into(),
        };
        assert!(is_required(&paper("Giấy chứng nhận đã cấp.", "")));
        assert!(!is_required(&paper("Mảnh trích đo bản đồ địa chính thửa đất (nếu có).", "")));
        assert!(!is_required(&paper("Văn bản về việc đại diện đối với trường hợp thông qua người đại diện", "")));
        assert!(!is_required(&paper("Hộ chiếu/Thẻ căn cước", "Giấy tờ phải xuất trình")));
    }
}
