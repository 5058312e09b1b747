//! Who files and whose matter it is, and the checks on what they write about themselves.

use serde::{Deserialize, Serialize};

use super::moment::{Moment, date_of};
use crate::catalogue::procedure::Named;

/// A person as the dossier needs them. Texts stand as typed, until they are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    /// The twelve digits of the citizen card (CCCD).
    pub id_number: String,
    /// Day of birth as typed, `dd/mm/yyyy`.
    pub birth: String,
    #[serde(default)]
    pub sex: Sex,
    /// Day of issue of the citizen card as typed, `dd/mm/yyyy`; may be left empty.
    #[serde(default)]
    pub issued: String,
    pub phone: String,
    /// House number, street, hamlet.
    pub street: String,
    pub ward: Named,
    pub province: Named,
}

/// What a person says, or their card says for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    #[default]
    Unsaid,
    Male,
    Female,
}

/// Applicant (người nộp) and owner (chủ hồ sơ): often not the same person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    pub applicant: Person,
    pub matter_of: MatterOf,
}

/// Whose matter the dossier is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MatterOf {
    /// Not asked yet.
    #[default]
    Unsaid,
    Applicant,
    Other(Box<Person>),
}

impl People {
    /// The owner of the matter; the applicant while nothing else was said.
    pub fn owner(&self) -> &Person {
        match &self.matter_of {
            MatterOf::Other(person) => person,
            _ => &self.applicant,
        }
    }

    pub fn on_behalf(&self) -> bool {
        matches!(self.matter_of, MatterOf::Other(_))
    }
}

/// A field of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    IdNumber,
    Birth,
    Issued,
    Phone,
    Street,
    Ward,
}

impl Field {
    pub const ALL: [Field; 7] =
        [Field::Name, Field::IdNumber, Field::Birth, Field::Issued, Field::Phone, Field::Street, Field::Ward];

    /// The word for it in message keys and in the names of form fields.
    pub fn key(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::IdNumber => "id-number",
            Field::Birth => "birth",
            Field::Issued => "issued",
            Field::Phone => "phone",
            Field::Street => "street",
            Field::Ward => "ward",
        }
    }
}

/// What is wrong with a field; the name is the message key.
pub type Fault = &'static str;

impl Person {
    /// What is wrong, field by field, in the order of the form; empty when all is well.
    /// `today` decides what lies in the future.
    pub fn faults(&self, today: Moment) -> Vec<(Field, Fault)> {
        Field::ALL.into_iter().filter_map(|field| self.fault(field, today).map(|fault| (field, fault))).collect()
    }

    /// What is wrong with one field.
    pub fn fault(&self, field: Field, today: Moment) -> Option<Fault> {
        match field {
            Field::Name => match self.name.split_whitespace().count() {
                0 => Some("fault.name-empty"),
                1 => Some("fault.name-short"),
                _ if self.name.chars().any(|c| c.is_ascii_digit()) => Some("fault.name-digits"),
                _ => None,
            },
            Field::IdNumber => {
                let digits = digits(&self.id_number);
                match digits.len() {
                    0 => Some("fault.id-empty"),
                    9 => Some("fault.id-old"),
                    12 if !agrees(&digits, &self.birth) => Some("fault.id-birth"),
                    12 => None,
                    _ => Some("fault.id-length"),
                }
            }
            Field::Birth => match date_of(&self.birth) {
                None if self.birth.trim().is_empty() => Some("fault.birth-empty"),
                None => Some("fault.birth-form"),
                Some(date) if date.year() < 1900 || date > date_of(&today.date()).unwrap_or(date) => {
                    Some("fault.birth-range")
                }
                Some(_) => None,
            },
            Field::Issued => match date_of(&self.issued) {
                None if self.issued.trim().is_empty() => None,
                None => Some("fault.issued-form"),
                Some(date) if date > date_of(&today.date()).unwrap_or(date) => Some("fault.issued-range"),
                Some(_) => None,
            },
            Field::Phone => match phone(&self.phone) {
                Some(_) => None,
                None if self.phone.trim().is_empty() => Some("fault.phone-empty"),
                None => Some("fault.phone-form"),
            },
            Field::Street => self.street.trim().is_empty().then_some("fault.street-empty"),
            Field::Ward => self.ward.name.trim().is_empty().then_some("fault.ward-empty"),
        }
    }

    /// The number of the citizen card without spaces and dots.
    pub fn id_digits(&self) -> String {
        digits(&self.id_number)
    }
}

/// The digits of a text.
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether the number fits the day of birth: the fourth digit tells century and sex (0 and 1 for 1900–1999, 2 and 3
/// for 2000–2099, and so on), digits five and six the year (Nghị định 137/2015/NĐ-CP, Điều 13; Thông tư
/// 59/2021/TT-BCA, Điều 4). A date that cannot be read is told at its own field, so it agrees here.
fn agrees(number: &str, birth: &str) -> bool {
    let Some(date) = date_of(birth) else {
        return true;
    };
    let digit = |at: usize| i32::from(number.as_bytes()[at] - b'0');
    date.year() == 1900 + digit(3) / 2 * 100 + digit(4) * 10 + digit(5)
}

/// A Vietnamese telephone number as ten or eleven digits from 0 on; `+84` and `84` in front are understood.
///
/// ```
/// use mot_cua::dossier::person::phone;
/// assert_eq!(phone("+84 912 345 678").unwrap(), "0912345678");
/// assert_eq!(phone("12345"), None);
/// ```
pub fn phone(text: &str) -> Option<String> {
    if text.chars().any(|c| c.is_alphabetic()) {
        return None;
    }
    let digits = digits(text);
    let local = match digits.strip_prefix("84") {
        Some(rest) if digits.len() >= 11 => format!("0{}", rest.trim_start_matches('0')),
        _ => digits,
    };
    (local.starts_with('0') && !local.starts_with("00") && (10..=11).contains(&local.len())).then_some(local)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn an() -> Person {
        Person {
            name: "Nguyễn Văn An".into(),
            id_number: "092085001234".into(),
            birth: "02/09/1985".into(),
            sex: Sex::Male,
            issued: "".into(),
            phone: "0900000001".into(),
            street: "12 Nguyễn Trãi".into(),
            ward: Named { code: "31135".into(), name: "Phường Ninh Kiều".into() },
            province: Named { code: "92".into(), name: "Cần Thơ".into() },
        }
    }

    #[test]
    fn every_field_says_its_own_fault() {
        let today = Moment::from_portal("24/11/2026").unwrap();
        assert_eq!(an().faults(today), []);
        let fault = |change: fn(&mut Person), field| {
            let mut person = an();
            change(&mut person);
            person.fault(field, today)
        };
        for (change, field, expected) in [
            ((|p| p.name = "".into()) as fn(&mut Person), Field::Name, "fault.name-empty"),
            (|p| p.name = "An".into(), Field::Name, "fault.name-short"),
            (|p| p.name = "An 2 Nguyễn".into(), Field::Name, "fault.name-digits"),
            (|p| p.id_number = "092 085 001".into(), Field::IdNumber, "fault.id-old"),
            (|p| p.id_number = "0920850012345".into(), Field::IdNumber, "fault.id-length"),
            (|p| p.id_number = "092086001234".into(), Field::IdNumber, "fault.id-birth"),
            (|p| p.id_number = "092285001234".into(), Field::IdNumber, "fault.id-birth"),
            (|p| p.birth = "31/2/1985".into(), Field::Birth, "fault.birth-form"),
            (|p| p.birth = "25/11/2026".into(), Field::Birth, "fault.birth-range"),
            (|p| p.issued = "5/2022".into(), Field::Issued, "fault.issued-form"),
            (|p| p.issued = "25/11/2026".into(), Field::Issued, "fault.issued-range"),
            (|p| p.phone = "090".into(), Field::Phone, "fault.phone-form"),
            (|p| p.street = " ".into(), Field::Street, "fault.street-empty"),
            (|p| p.ward = Named::default(), Field::Ward, "fault.ward-empty"),
        ] {
            assert_eq!(fault(change, field), Some(expected));
        }
    }

    #[test]
    fn a_card_of_someone_born_in_this_century_agrees() {
        assert!(agrees("092205001234", "01/01/2005") && agrees("092304001234", "01/01/2004"));
    }
}
