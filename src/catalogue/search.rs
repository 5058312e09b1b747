//! Finding a procedure in one's own words, without accents, on the device.

use super::{folding, guide::Entry, procedure::Summary};

/// A list of procedures made ready to be searched.
pub struct Index {
    rows: Vec<Row>,
}

struct Row {
    /// What people call it: everyday name and synonyms.
    everyday: Vec<Vec<String>>,
    official: Vec<String>,
    code: String,
}

impl Index {
    /// Takes the procedures in the order of the list that answers will point into, and the guides' entries.
    pub fn new(procedures: &[Summary], guides: &[Entry]) -> Index {
        let rows = procedures
            .iter()
            .map(|procedure| {
                let guide = guides.iter().find(|guide| guide.procedure == procedure.code);
                let everyday = guide.into_iter().flat_map(|guide| {
                    std::iter::once(&guide.everyday_name).chain(&guide.synonyms).map(|name| folding::words(name))
                });
                Row {
                    everyday: everyday.collect(),
                    official: folding::words(&format!("{} {}", procedure.name, procedure.field.name)),
                    code: folding::fold(&procedure.code),
                }
            })
            .collect();
        Index { rows }
    }

    /// Positions in the list that fit the query, best first; every word must fit somewhere (the last one may be
    /// unfinished). An empty query fits nothing.
    pub fn find(&self, query: &str) -> Vec<usize> {
        let words = folding::words(query);
        if words.is_empty() {
            return Vec::new();
        }
        // Best first; among equals the order of the list. Put in place one by one: hits are few, and a sort of their
        // own would cost the first download more than they cost here.
        let mut hits: Vec<(u32, usize)> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            if let Some(score) = row.score(&words) {
                hits.insert(hits.partition_point(|hit| hit.0 >= score), (score, at));
            }
        }
        hits.into_iter().map(|(_, at)| at).collect()
    }
}

impl Row {
    /// How well the words fit: names people use count most, and those that hold the words side by side more.
    fn score(&self, words: &[String]) -> Option<u32> {
        if words.len() == 1 && words[0].contains('.') && words[0].starts_with(|c: char| c.is_ascii_digit()) {
            return (self.code.starts_with(&words[0]) || words[0].starts_with(&self.code)).then_some(1000);
        }
        let mut score = 0;
        for (at, word) in words.iter().enumerate() {
            let last = at + 1 == words.len();
            let fits = |candidate: &String| {
                if last { candidate.starts_with(word.as_str()) } else { candidate == word }
            };
            let everyday = self.everyday.iter().any(|name| name.iter().any(fits));
            let official = self.official.iter().any(fits);
            score += match (everyday, official) {
                (true, _) => 10,
                (false, true) => 4,
                (false, false) => return None,
            };
        }
        let together = |name: &Vec<String>| {
            name.windows(words.len()).any(|run| {
                let (head, tail) = run.split_at(words.len() - 1);
                head == &words[..words.len() - 1] && tail[0].starts_with(words[words.len() - 1].as_str())
            })
        };
        if let Some(name) = self.everyday.iter().filter(|name| together(name)).min_by_key(|name| name.len()) {
            score += 60 - (name.len().min(20) as u32);
        } else if together(&self.official) {
            score += 15;
        }
        Some(score)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let procedure = |code: &str, name: &str| Summary { code: code.into(), name: name.into(), ..Summary::default() };
        Index::new(
            &[
                procedure("1.012784", "Tách thửa hoặc hợp thửa đất."),
                procedure("1.116501", "Đăng ký biến động quyền sử dụng đất, chuyển nhượng, tặng cho"),
                procedure("1.116495", "Cấp lại Giấy chứng nhận do bị mất (UBND thành phố Cần Thơ)"),
            ],
            &[Entry {
                procedure: "1.116501".into(),
                everyday_name: "Sang tên sổ đỏ".into(),
                synonyms: vec!["mua bán đất".into()],
                purpose: String::new(),
            }],
        )
    }

    #[test]
    fn everyday_words_and_unfinished_ones_find_it() {
        for query in ["sang tên", "sang ten so d", "SO DO", "mua ban dat", "1.116501", "1.116501.000.00.00.H92"] {
            assert_eq!(index().find(query).first(), Some(&1), "{query}");
        }
        assert_eq!(index().find("tach thua"), [0]);
        assert_eq!(index().find("bi mat"), [2]);
    }

    #[test]
    fn nothing_is_found_for_nothing_or_for_strange_words() {
        assert!(index().find("  ").is_empty());
        assert!(index().find("xe máy").is_empty());
    }
}
