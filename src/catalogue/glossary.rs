//! Official terms and their plain meaning, found in the texts that use them.

use serde::Deserialize;

/// A term in its spellings, the everyday word for it (may be empty), and what it means in the page's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Term {
    pub terms: Vec<String>,
    pub everyday: String,
    pub meaning: String,
}

/// A piece of a text: a term (its place in the glossary), or what stands between terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run<'a> {
    Text(&'a str),
    Term(&'a str, usize),
}

/// All terms, ready to be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    pub terms: Vec<Term>,
    /// Every spelling in lower case with the term that it belongs to: the longest first, so that "chứng nhận đăng ký" is
    /// not taken for "chứng nhận".
    spellings: Vec<(String, usize)>,
}

impl Glossary {
    pub fn new(terms: Vec<Term>) -> Glossary {
        let mut spellings: Vec<(String, usize)> = Vec::new();
        for (at, term) in terms.iter().enumerate() {
            spellings.extend(term.terms.iter().map(|spelling| (spelling.to_lowercase(), at)));
        }
        spellings.sort_unstable_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
        Glossary { terms, spellings }
    }

    /// Parts a text at its terms: whole words, whatever their case.
    ///
    /// ```
    /// use mot_cua::catalogue::glossary::{Glossary, Run, Term};
    /// let term = |name: &str| Term { terms: vec![name.into()], ..Term::default() };
    /// let glossary = Glossary::new(vec![term("trích lục"), term("trích lục khai tử")]);
    /// assert_eq!(
    ///     glossary.runs("Bản Trích lục khai tử"),
    ///     [Run::Text("Bản "), Run::Term("Trích lục khai tử", 1)]
    /// );
    /// ```
    pub fn runs<'a>(&self, text: &'a str) -> Vec<Run<'a>> {
        let mut runs = Vec::new();
        let (mut begin, mut at) = (0, 0);
        while at < text.len() {
            let rest = &text[at..];
            let starts = !text[..at].ends_with(char::is_alphanumeric);
            match self
                .spellings
                .iter()
                .filter(|_| starts)
                .find_map(|(spelling, term)| Some((length_of(rest, spelling)?, *term)))
            {
                Some((length, term)) => {
                    if begin < at {
                        runs.push(Run::Text(&text[begin..at]));
                    }
                    runs.push(Run::Term(&rest[..length], term));
                    at += length;
                    begin = at;
                }
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        if begin < text.len() {
            runs.push(Run::Text(&text[begin..]));
        }
        runs
    }
}

/// How many bytes of the text this spelling takes, where the text begins with it and the word ends there.
fn length_of(text: &str, spelling: &str) -> Option<usize> {
    let mut wanted = spelling.chars();
    let mut length = 0;
    for c in text.chars() {
        let Some(next) = wanted.next() else { break };
        // Vietnamese letters have one small letter each.
        if c.to_lowercase().next() != Some(next) {
            return None;
        }
        length += c.len_utf8();
    }
    let ends = !text[length..].starts_with(char::is_alphanumeric);
    (wanted.next().is_none() && ends).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_whole_words_and_the_longest_wins() {
        let term =
            |names: &[&str]| Term { terms: names.iter().map(|name| (*name).into()).collect(), ..Term::default() };
        let glossary = Glossary::new(vec![term(&["căn cước", "CCCD"]), term(&["giấy chứng nhận căn cước"])]);
        let found = |text: &str| {
            let terms = |run: &Run| matches!(run, Run::Term(..)).then_some(());
            glossary.runs(text).iter().filter_map(terms).count()
        };
        assert_eq!(found("Thẻ Căn cước (CCCD), Giấy chứng nhận căn cước"), 3);
        assert_eq!((found("căn cướcx"), found("xcăn cước"), found("")), (0, 0, 0));
        let text = "Giấy chứng nhận căn cước";
        assert_eq!(glossary.runs(text), [Run::Term(text, 1)]);
    }
}
