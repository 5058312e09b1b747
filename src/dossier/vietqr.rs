//! The QR code of a bank transfer that Vietnamese banking apps read (VietQR: NAPAS' profile of EMV's merchant-presented codes).

use crc::{CRC_16_IBM_3740, Crc};

/// Where to transfer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The bank's number at NAPAS: six digits.
    pub bin: String,
    pub bank: String,
    pub number: String,
    pub holder: String,
}

/// The text of the code for a transfer of so many đồng; `None` where the facts do not make one.
///
/// ```
/// use mot_cua::dossier::vietqr::{Account, transfer};
/// let account = Account { bin: "970405".into(), bank: "Agribank".into(), number: "1890201000001".into(), holder: "KHO BAC".into() };
/// let text = transfer(&account, 120_000, "HS 34").unwrap();
/// assert!(text.starts_with("00020101021238570010A00000072701270006970405"));
/// assert!(text.contains("5303704") && text.contains("5406120000") && text.contains("5802VN"));
/// assert_eq!(transfer(&account, 0, ""), None);
/// ```
pub fn transfer(account: &Account, amount: i64, content: &str) -> Option<String> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number_fits = account.number.len() <= 19 && account.number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if amount <= 0 || account.bin.len() != 6 || !digits(&account.bin) || account.number.is_empty() || !number_fits {
        return None;
    }
    // Field: its number, the length of its value, the value.
    let field = |id: &str, value: &str| format!("{id}{:02}{value}", value.len());
    let receiver = field("00", &account.bin) + &field("01", &account.number);
    let merchant = field("00", "A000000727") + &field("01", &receiver) + &field("02", "QRIBFTTA");
    let mut text = field("00", "01") + &field("01", "12") + &field("38", &merchant);
    text += &(field("53", "704") + &field("54", &amount.to_string()) + &field("58", "VN"));
    let content: String = plain(content);
    if !content.is_empty() {
        text += &field("62", &field("08", &content));
    }
    text += "6304";
    let sum = Crc::<u16>::new(&CRC_16_IBM_3740).checksum(text.as_bytes());
    Some(format!("{text}{sum:04X}"))
}

/// What banks take as the content of a transfer: plain letters and digits, few of them.
fn plain(content: &str) -> String {
    crate::catalogue::spelling::fold(content)
        .to_uppercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .take(25)
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_emvs() {
        // The check value of CRC-16/IBM-3740 (CCITT with FFFF), which EMV names.
        assert_eq!(Crc::<u16>::new(&CRC_16_IBM_3740).checksum(b"123456789"), 0x29b1);
    }

    #[test]
    fn what_is_no_account_makes_no_code() {
        let account =
            Account { bin: "970405".into(), bank: String::new(), number: "18 90".into(), holder: String::new() };
        assert_eq!(transfer(&account, 1, ""), None);
        assert_eq!(transfer(&Account { bin: "97040".into(), number: "1".into(), ..account.clone() }, 1, ""), None);
        let long = transfer(&Account { number: "1".into(), ..account }, i64::MAX, &"đất ".repeat(40)).unwrap();
        assert!(long.is_ascii() && long.len() < 200);
    }
}
