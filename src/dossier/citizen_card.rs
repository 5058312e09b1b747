//! What the QR code on a citizen card (căn cước) says.
//!
//! The code is one line: card number, old card number, name, day of birth, sex, address, day of issue, parted by upright
//! strokes, days as eight digits (`02091985`). That is how cards issued since 2021 carry it; the newest ones add more
//! fields behind, which nobody here asks for.

use super::{
    moment::date_of,
    person::{Person, Sex},
};
use crate::catalogue::{procedure::Named, spelling::fold};

/// The facts on a card. Nothing of them is kept or sent until the citizen says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitizenCard {
    pub number: String,
    pub name: String,
    /// `dd/mm/yyyy`.
    pub birth: String,
    pub sex: Sex,
    pub address: String,
    /// `dd/mm/yyyy`; empty if the card does not say.
    pub issued: String,
}

impl CitizenCard {
    /// Reads the text of a QR code; `None` if it is not a citizen card's.
    pub fn read(text: &str) -> Option<CitizenCard> {
        let fields: Vec<&str> = text.trim().split('|').map(str::trim).collect();
        let [number, _, name, birth, sex, address, issued, ..] = fields[..] else { return None };
        let whole = number.len() == 12 && number.bytes().all(|digit| digit.is_ascii_digit());
        let plain = |text: &str| text.chars().count() <= 200 && !text.chars().any(char::is_control);
        if !whole || name.is_empty() || !plain(name) || !plain(address) {
            return None;
        }
        Some(CitizenCard {
            number: number.to_owned(),
            name: name.to_owned(),
            birth: day(birth)?,
            sex: match fold(sex).as_str() {
                "nam" => Sex::Male,
                "nu" => Sex::Female,
                _ => Sex::Unsaid,
            },
            address: address.to_owned(),
            issued: day(issued).unwrap_or_default(),
        })
    }

    /// Writes the facts into a person's form. The ward is taken from the portal's list if exactly one of its names stands
    /// in the address; what comes before it is the street.
    pub fn fill(&self, person: &mut Person, wards: &[Named], province: &str) {
        person.name = self.name.clone();
        person.id_number = self.number.clone();
        person.birth = self.birth.clone();
        person.sex = self.sex;
        person.issued = self.issued.clone();
        let parts: Vec<&str> = self.address.split(',').map(str::trim).collect();
        let folded: Vec<String> = parts.iter().map(|part| fold(part)).collect();
        let mut named = wards.iter().filter_map(|ward| {
            let name = fold(&ward.name);
            folded.iter().position(|part| *part == name).map(|at| (ward, at))
        });
        match (named.next(), named.next()) {
            (Some((ward, at)), None) if at > 0 => {
                person.street = parts[..at].join(", ");
                person.ward = ward.clone();
                person.province.code = province.to_owned();
            }
            _ => person.street = self.address.clone(),
        }
    }
}

/// Eight digits as `dd/mm/yyyy`, if they are a day.
fn day(digits: &str) -> Option<String> {
    let date =
        format!("{}/{}/{}", digits.get(..2)?, digits.get(2..4)?, digits.get(4..8).filter(|_| digits.len() == 8)?);
    date_of(&date).map(|_| date)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "092085001234|361234567|Nguyễn Văn An|02091985|Nam|12/4 đường Thử Nghiệm, phường Ninh Kiều, TP. Cần Thơ|05032022";

    #[test]
    fn a_card_fills_the_form() {
        let card = CitizenCard::read(CODE).unwrap();
        assert_eq!((card.birth.as_str(), card.sex, card.issued.as_str()), ("02/09/1985", Sex::Male, "05/03/2022"));
        let ward = |code: &str, name: &str| Named { code: code.into(), name: name.into() };
        let wards = [ward("1", "Phường Cái Răng"), ward("2", "Phường Ninh Kiều")];
        let mut person = Person::default();
        card.fill(&mut person, &wards, "92");
        assert_eq!((person.name.as_str(), person.id_number.as_str()), ("Nguyễn Văn An", "092085001234"));
        assert_eq!((person.street.as_str(), person.ward.code.as_str()), ("12/4 đường Thử Nghiệm", "2"));
        card.fill(&mut person, &wards[..1], "92");
        assert_eq!(person.street, card.address, "a ward that the list does not know stays in the address");
    }

    #[test]
    fn other_codes_are_not_taken_for_cards() {
        for text in [
            "",
            "https://example.vn/?a|b|c|d|e|f|g",
            "09208500123|1|A B|02091985|Nam|x|05032022",
            "092085001234|1||02091985|Nam|x|05032022",
            "092085001234|1|A B|31021985|Nam|x|05032022",
            "092085001234|1|A\u{7}B|02091985|Nam|x|05032022",
            "092085001234|361234567|Nguyễn Văn An|02091985|Nam|x",
        ] {
            assert_eq!(CitizenCard::read(text), None, "{text}");
        }
        let card = CitizenCard::read("092085001234||Nguyễn Văn An|02091985|?|x||cha|mẹ").unwrap();
        assert_eq!((card.sex, card.issued.as_str()), (Sex::Unsaid, ""));
    }
}
