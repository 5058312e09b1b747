//! A procedure (thủ tục hành chính) as the portal publishes it, in plain text.

use serde::{Deserialize, Serialize};

/// A code and the name people see for it: a field, an agency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub code: String,
    pub name: String,
}

/// What a list of procedures shows of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The portal's code, such as `1.116501`; opaque text.
    pub code: String,
    /// The official name, word for word.
    pub name: String,
    /// The field (lĩnh vực).
    pub field: Named,
    /// Agencies that take the dossier, by name; the owning agency where none is given.
    pub agencies: Vec<String>,
    /// Lines of the published time limit.
    pub duration: Vec<String>,
    /// Lines of the published fees.
    pub fees: Vec<String>,
}

/// Between the texts of one cell; no portal's text holds it.
const BAR: char = '\u{1f}';

impl Summary {
    /// One line for the device to keep: cells parted by tabs. Lists of thousands are read back many times faster than JSON,
    /// with a fraction of the code.
    pub fn line(&self) -> String {
        let mut line = String::new();
        let mut put = |text: &str, end: char| {
            line.extend(text.chars().map(|c| if c.is_ascii_control() { ' ' } else { c }));
            line.push(end);
        };
        for text in [&self.code, &self.name, &self.field.code, &self.field.name] {
            put(text, '\t');
        }
        for texts in [&self.agencies, &self.duration, &self.fees] {
            texts.iter().for_each(|text| put(text, BAR));
            put("", '\t');
        }
        line
    }

    /// Reads a line back; `None` for one that is no procedure's.
    ///
    /// ```
    /// use mot_cua::catalogue::procedure::Summary;
    /// let one = Summary { code: "1.1".into(), fees: vec!["0 đ".into(), "5\tđ".into()], ..Summary::default() };
    /// let read = Summary::read(&one.line()).unwrap();
    /// assert_eq!((read.code, read.fees[1].as_str(), read.agencies.len()), ("1.1".into(), "5 đ", 0));
    /// assert_eq!(Summary::read("1.1"), None);
    /// ```
    pub fn read(line: &str) -> Option<Summary> {
        let mut cells = line.split('\t');
        let mut one = || cells.next().map(str::to_owned);
        let (code, name, field) = (one()?, one()?, Named { code: one()?, name: one()? });
        let mut many = || {
            let texts = cells.next()?.split(BAR).filter(|text| !text.is_empty());
            Some(texts.map(str::to_owned).collect())
        };
        Some(Summary { code, name, field, agencies: many()?, duration: many()?, fees: many()? })
    }
}

/// Where a procedure can be filed: one agency's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The portal's id of "this procedure at this agency".
    pub config: i64,
    pub agency: Named,
    /// Filed on another site, under this address, and not through this portal.
    pub elsewhere: Option<String>,
}

/// A procedure with all that the portal says of it, as lines of plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    pub summary: Summary,
    pub places: Vec<Place>,
    /// Who may apply.
    pub subjects: Vec<String>,
    pub results: Vec<String>,
    pub legal_basis: Vec<String>,
    pub conditions: Vec<String>,
    /// The order of steps.
    pub steps: Vec<String>,
}
