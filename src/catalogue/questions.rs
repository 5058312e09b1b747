//! A guide's questions, answered one by one: which is asked, to which case they lead, which papers they call for.

use std::collections::BTreeMap;

use super::{
    guide::{Answer, AnyOf, Condition, Guide, Question},
    spelling::fold,
};

/// What was answered, by question.
pub type Answers = BTreeMap<String, String>;

/// What the answers say of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The guide says nothing; the published name counts.
    AsPublished,
    /// Too little was answered.
    Open,
    Needed(Because),
    NotNeeded(Because),
}

/// The question that decided, and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    pub ask: String,
    pub answer: String,
}

/// How a condition stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stand {
    Holds(Because),
    Fails(Because),
    Open,
}

/// Which of the answers was spoken: the one that was said word for word, or the only one that has all the words that were
/// heard, or all of whose words were heard. `None` where it could be several, or none.
///
/// ```
/// use mot_cua::catalogue::questions::spoken;
/// let answers = ["Có", "Không: Tòa án không thu hồi được sổ", "Không, vì lý do khác"].map(String::from);
/// assert_eq!(spoken(&answers, "dạ có"), Some(0));
/// assert_eq!(spoken(&answers, "tòa án không thu hồi được"), Some(1));
/// assert_eq!((spoken(&answers, "không"), spoken(&answers, "mai")), (None, None));
/// ```
pub fn spoken(answers: &[String], heard: &str) -> Option<usize> {
    // Khmer parts no words; its marks of no width are ours.
    let plain = |text: &str| fold(&text.replace('\u{200b}', ""));
    let words = |text: &str| -> Vec<String> {
        let parts = plain(text);
        parts.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut fitting = answers.iter().enumerate().filter(|(_, answer)| fits(answer)).map(|(at, _)| at);
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let said = words(heard);
    if said.is_empty() {
        return None;
    }
    only(&|answer| plain(answer) == plain(heard) || words(answer) == said)
        .or_else(|| only(&|answer| words(answer).iter().all(|word| said.contains(word))))
        .or_else(|| only(&|answer| said.iter().all(|word| words(answer).contains(word))))
}

impl Guide {
    /// Whether the questions can be followed, in a procedure with so many cases: every condition names earlier questions
    /// and answers that exist (so none can go in a circle), and answers lead to cases that exist.
    ///
    /// # Errors
    /// The place of the first fault.
    pub fn sound(&self, cases: usize) -> Result<(), String> {
        let check =
            |condition: &Condition, before: &[Question], place: String| match condition.iter().all(|(id, answers)| {
                let question = before.iter().find(|question| question.id == *id);
                !answers.is_empty()
                    && question.is_some_and(|question| answers.iter().all(|answer| question.answer(answer).is_some()))
            }) {
                true if !condition.is_empty() => Ok(()),
                _ => Err(place),
            };
        for (at, question) in self.questions.iter().enumerate() {
            let before = &self.questions[..at];
            if question.answers.len() < 2 || before.iter().any(|other| other.id == question.id) {
                return Err(format!("questions[{at}]"));
            }
            if let Some(when) = &question.when {
                check(when, before, format!("questions[{at}].when"))?;
            }
            if question.answers.iter().any(|answer| answer.case.is_some_and(|case| case >= cases)) {
                return Err(format!("questions[{at}].answers"));
            }
        }
        for (at, paper) in self.papers.iter().enumerate() {
            for condition in paper.when.iter().flat_map(AnyOf::conditions) {
                check(condition, &self.questions, format!("papers[{at}].when"))?;
            }
        }
        Ok(())
    }

    /// Whether a question is asked, as things stand.
    pub fn asks(&self, question: &Question, answers: &Answers) -> bool {
        question.when.as_ref().is_none_or(|when| matches!(self.stand(when, answers), Stand::Holds(_)))
    }

    /// The answers without those to questions that are not asked any more, since an earlier answer was changed.
    pub fn kept(&self, answers: &Answers) -> Answers {
        let mut kept = Answers::new();
        for question in &self.questions {
            if let Some(answer) = answers.get(&question.id).filter(|answer| question.answer(answer).is_some())
                && self.asks(question, &kept)
            {
                kept.insert(question.id.clone(), answer.clone());
            }
        }
        kept
    }

    /// The case that the answers lead to; `None` while they lead to none.
    pub fn case_of(&self, answers: &Answers) -> Option<usize> {
        self.questions.iter().find_map(|question| question.answer(answers.get(&question.id)?)?.case)
    }

    /// Whether the questions lead to cases at all.
    pub fn leads_to_cases(&self) -> bool {
        self.questions.iter().any(Question::leads_to_cases)
    }

    /// The first question that has to be answered to come to a case.
    pub fn next_for_case(&self, answers: &Answers) -> Option<&Question> {
        if !self.leads_to_cases() || self.case_of(answers).is_some() {
            return None;
        }
        let last = self.questions.iter().rposition(Question::leads_to_cases)?;
        let open = |question: &&Question| !answers.contains_key(&question.id) && self.asks(question, answers);
        self.questions[..=last].iter().find(open)
    }

    /// What the answers say of the paper with this published name.
    pub fn verdict(&self, published: &str, answers: &Answers) -> Verdict {
        let Some(when) = self.paper(published).and_then(|paper| paper.when.as_ref()) else {
            return Verdict::AsPublished;
        };
        let mut fails = None;
        for condition in when.conditions() {
            match self.stand(condition, answers) {
                Stand::Holds(because) => return Verdict::Needed(because),
                Stand::Open => fails = Some(None),
                Stand::Fails(because) if fails.is_none() => fails = Some(Some(because)),
                Stand::Fails(_) => {}
            }
        }
        fails.flatten().map_or(Verdict::Open, Verdict::NotNeeded)
    }

    /// How a condition stands. It fails for good when a question it names got another answer, or will not be asked.
    fn stand(&self, condition: &Condition, answers: &Answers) -> Stand {
        let mut open = false;
        let mut last = None;
        for (id, fitting) in condition {
            let Some(question) = self.questions.iter().find(|question| question.id == *id) else { return Stand::Open };
            if let Some(when) = &question.when {
                match self.stand(when, answers) {
                    Stand::Holds(_) => {}
                    Stand::Open => {
                        open = true;
                        continue;
                    }
                    fails => return fails,
                }
            }
            match answers.get(id).and_then(|answer| question.answer(answer)) {
                None => open = true,
                Some(answer) => {
                    let because = Because { ask: question.ask.clone(), answer: answer.label.clone() };
                    if !fitting.contains(&answer.id) {
                        return Stand::Fails(because);
                    }
                    last = Some(because);
                }
            }
        }
        match last {
            Some(because) if !open => Stand::Holds(because),
            _ => Stand::Open,
        }
    }
}

impl Question {
    pub fn answer(&self, id: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.id == id)
    }

    fn leads_to_cases(&self) -> bool {
        self.answers.iter().any(|answer| answer.case.is_some())
    }
}

/// Answers as they stand in a link: `the-chap.co,nop-thay.cho-minh`. Nothing else about the citizen does.
///
/// ```
/// use mot_cua::catalogue::questions::{from_link, to_link};
/// let answers = from_link("the-chap.co,nop-thay.cho-minh");
/// assert_eq!(to_link(&answers), "nop-thay.cho-minh,the-chap.co");
/// assert!(from_link("<script>,a.b.c,.").is_empty());
/// ```
pub fn to_link(answers: &Answers) -> String {
    let pairs: Vec<String> = answers.iter().map(|(question, answer)| format!("{question}.{answer}")).collect();
    pairs.join(",")
}

/// Reads answers back; what is not formed as an answer is passed over.
pub fn from_link(link: &str) -> Answers {
    let word = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    link.split(',')
        .filter_map(|pair| pair.split_once('.'))
        .filter(|(question, answer)| word(question) && word(answer))
        .map(|(question, answer)| (question.to_owned(), answer.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guide() -> Guide {
        serde_json::from_str(
            r#"{"procedure":"1","everydayName":"Sang tên","questions":[
                {"id":"viec","ask":"Việc gì?","answers":[{"id":"ban","label":"Bán","case":0},{"id":"hien","label":"Hiến","case":1}]},
                {"id":"the-chap","ask":"Thế chấp?","when":{"viec":["ban"]},
                 "answers":[{"id":"co","label":"Có"},{"id":"khong","label":"Không"}]}],
               "papers":[{"name":"Văn bản của bên nhận thế chấp","everydayName":"Giấy ngân hàng","when":{"the-chap":["co"]}}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn answers_lead_to_the_case_and_to_the_papers() {
        let guide = guide();
        let paper = "Văn bản của bên nhận thế chấp đồng ý";
        let said = |link: &str| from_link(link);
        assert_eq!(guide.sound(2), Ok(()));
        assert_eq!(guide.next_for_case(&said("")).unwrap().id, "viec");
        assert_eq!(guide.verdict(paper, &said("")), Verdict::Open);
        assert_eq!((guide.case_of(&said("viec.ban")), guide.next_for_case(&said("viec.ban"))), (Some(0), None));
        assert_eq!(guide.verdict(paper, &said("viec.ban")), Verdict::Open);
        let because = |ask: &str, answer: &str| Because { ask: ask.into(), answer: answer.into() };
        assert_eq!(guide.verdict(paper, &said("viec.ban,the-chap.co")), Verdict::Needed(because("Thế chấp?", "Có")));
        assert_eq!(guide.verdict(paper, &said("viec.hien")), Verdict::NotNeeded(because("Việc gì?", "Hiến")));
        assert_eq!(guide.verdict("Đơn", &said("viec.hien")), Verdict::AsPublished);
        assert_eq!(guide.kept(&said("viec.hien,the-chap.co,khac.x")), said("viec.hien"));
    }

    #[test]
    fn a_guide_that_cannot_be_followed_is_told() {
        assert_eq!(guide().sound(1), Err("questions[0].answers".into()), "a case that the portal does not have");
        let change = |from: &str, to: &str| {
            let text = serde_json::to_string(&guide()).unwrap().replace(from, to);
            serde_json::from_str::<Guide>(&text).unwrap().sound(2)
        };
        assert_eq!(change(r#""when":{"viec":"#, r#""when":{"the-chap":"#), Err("questions[1].when".into()), "a loop");
        assert_eq!(change(r#"{"the-chap":["co"]}"#, r#"{"the-chap":["roi"]}"#), Err("papers[0].when".into()));
        assert_eq!(change(r#"{"the-chap":["co"]}"#, r#"{"ngan-hang":["co"]}"#), Err("papers[0].when".into()));
    }

    #[test]
    fn a_guide_older_than_the_record_is_known_by_the_law() {
        let mut guide = guide();
        let published = ["Luật Đất đai 31/2024/QH15;".to_owned(), "Nghị định 49/2026/NĐ-CP ngày 31/01/2026".to_owned()];
        assert!(guide.is_as_new_as(&published), "it names no law");
        let law = |name: &str| super::super::guide::Law { name: name.into(), effective: None };
        guide.legal_basis = vec![law("31/2024/QH15")];
        assert!(!guide.is_as_new_as(&published) && guide.is_as_new_as(&published[..1]));
        guide.legal_basis.push(law("Nghị định 49/2026/NĐ-CP"));
        assert!(guide.is_as_new_as(&published));
    }
}
