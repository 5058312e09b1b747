//! A calendar file (RFC 5545) for the day on which a dossier is due. A dozen fixed lines: a crate for the format would bring a
//! parser and time zones that this needs none of.

use super::moment::Moment;

/// One all-day event. `id` makes a second file of the same dossier replace the first; nothing in it may be personal.
///
/// ```
/// use mot_cua::dossier::{calendar_file::event, moment::Moment};
/// let file = event("34", Moment::from_portal("25/11/2026 17:00:00").unwrap(), Moment(0), "Hẹn trả; hồ sơ 34", "Nơi trả");
/// assert!(file.contains("DTSTART;VALUE=DATE:20261125\r\n") && file.contains("SUMMARY:Hẹn trả\\; hồ sơ 34\r\n"));
/// ```
pub fn event(id: &str, day: Moment, now: Moment, title: &str, place: &str) -> String {
    let date = |day: time::Date| format!("{:04}{:02}{:02}", day.year(), u8::from(day.month()), day.day());
    let stamp = date(now.day());
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Mot Cua//VI".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{id}@mot-cua"),
        format!("DTSTAMP:{stamp}T000000Z"),
        format!("DTSTART;VALUE=DATE:{}", date(day.day())),
        format!("SUMMARY:{}", text(title)),
        format!("LOCATION:{}", text(place)),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        format!("DESCRIPTION:{}", text(title)),
        "TRIGGER:-P1D".to_owned(),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

/// Marks escaped (section 3.3.11).
fn text(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace(['\r', '\n'], " ")
}

/// No line is longer than 75 bytes; what follows begins with a blank (section 3.1).
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let file = event("1", Moment(0), Moment(0), &"Đăng ký ".repeat(40), "a,b");
        assert!(file.split("\r\n").all(|line| line.len() <= 75) && file.contains("LOCATION:a\\,b"));
        assert!(file.replace("\r\n ", "").contains("Đăng ký Đăng ký"));
    }
}
