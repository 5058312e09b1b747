//! Time limits and fees as the portal words them, sorted by channel.

use super::spelling::fold;

/// The unit of days on which offices work.
pub const WORKING_DAYS: &str = "ngày làm việc";
/// Days whatever they are.
const DAYS: &str = "ngày";

/// How a dossier reaches the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// At the counter (trực tiếp).
    Counter,
    /// Through the portal (trực tuyến).
    Online,
    /// By post (bưu chính).
    Post,
}

impl Channel {
    pub const ALL: [Channel; 3] = [Channel::Online, Channel::Counter, Channel::Post];
}

/// The lines of a published text that speak of one channel, without the channel's own name; a line that names no
/// channel is for all of them.
///
/// ```
/// use mot_cua::catalogue::terms::{Channel, of_channel};
/// let lines = ["Trực tuyến: 08 ngày làm việc".to_string(), "Trực tiếp: 10 ngày".to_string()];
/// assert_eq!(of_channel(&lines, Channel::Online), ["08 ngày làm việc"]);
/// ```
pub fn of_channel(lines: &[String], channel: Channel) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        let (named, rest) = split(line);
        let line = if named == Some(channel) { rest } else { line };
        if (named.is_none() || named == Some(channel)) && !found.iter().any(|held| held == line) {
            found.push(line.to_owned());
        }
    }
    found
}

/// What one channel costs one kind of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// Who pays it so; empty where the portal makes no difference.
    pub subject: String,
    /// As published.
    pub text: String,
}

/// The fees of one channel, parted by subject where the portal parts them: "Hộ gia đình: 60.000 đồng; tổ chức: …", and
/// "Miễn lệ phí cho …".
///
/// ```
/// use mot_cua::catalogue::terms::{Channel, fees};
/// let lines = ["Trực tuyến: Hộ gia đình: 60.000 đồng; tổ chức: 100.000 đồng. Miễn lệ phí cho hộ nghèo.".to_string()];
/// let fees = fees(&lines, Channel::Online);
/// let of = |n: usize| (fees[n].subject.as_str(), fees[n].text.as_str());
/// assert_eq!((of(0), of(1), of(2)), (("Hộ gia đình", "60.000 đồng"), ("tổ chức", "100.000 đồng"), ("hộ nghèo", "Miễn lệ phí")));
/// ```
pub fn fees(lines: &[String], channel: Channel) -> Vec<Fee> {
    let mut found: Vec<Fee> = Vec::new();
    for line in of_channel(lines, channel) {
        for sentence in line.split(". ").map(|text| text.trim().trim_end_matches('.')).filter(|text| !text.is_empty()) {
            let freed = [" đối với ", " cho "].iter().find_map(|word| sentence.split_once(word));
            if let Some((text, subject)) = freed.filter(|(text, _)| fold(text).starts_with("mien ")) {
                found.push(Fee { subject: subject.to_owned(), text: text.to_owned() });
                continue;
            }
            for part in sentence.split(';').map(str::trim).filter(|part| !part.is_empty()) {
                let of_subject = part.split_once(':').filter(|(head, rest)| {
                    amounts(&[(*rest).to_owned()]).is_some() && !fold(head).contains("phi") && !head.contains("ịch vụ")
                });
                let (subject, text) = of_subject.unwrap_or(("", part));
                found.push(Fee { subject: subject.trim().to_owned(), text: text.trim().to_owned() });
            }
        }
    }
    found
}

/// The channel a line begins with, and what follows it.
fn split(line: &str) -> (Option<Channel>, &str) {
    let Some((head, rest)) = line.split_once(':') else {
        return (None, line);
    };
    let head = fold(head);
    let channel = [
        ("truc tiep", Channel::Counter),
        ("truc tuyen", Channel::Online),
        ("buu chinh", Channel::Post),
        ("dich vu buu chinh", Channel::Post),
        ("qua buu chinh", Channel::Post),
    ]
    .iter()
    .find(|(word, _)| head.trim() == *word)
    .map(|(_, channel)| *channel);
    (channel, if channel.is_some() { rest.trim() } else { line })
}

/// The shortest of the published time limits, as (8, "ngày làm việc"), for a line in a list of results; `None` where
/// no line begins with a number of days. The rest of the limits stand on the procedure's own screen.
pub fn shortest(lines: &[String]) -> Option<(u32, &'static str)> {
    lines.iter().filter_map(|line| days(split(line).1)).min_by_key(|(count, _)| *count)
}

/// The shortest and the longest of the published limits and their unit: days of work, or where none is in those, any days.
/// Which of them holds for a citizen stands in words that only people understand.
///
/// ```
/// use mot_cua::catalogue::terms::span;
/// let lines = ["08 ngày làm việc. Chung", "18 ngày làm việc. Vùng xa", "20 ngày"].map(String::from);
/// assert_eq!(span(&lines), Some((8, 18, "ngày làm việc")));
/// assert_eq!(span(&lines[2..]), Some((20, 20, "ngày")));
/// ```
pub fn span(lines: &[String]) -> Option<(u32, u32, &'static str)> {
    [WORKING_DAYS, DAYS].into_iter().find_map(|unit| {
        let counts =
            || lines.iter().filter_map(|line| days(split(line).1)).filter(|day| day.1 == unit).map(|day| day.0);
        Some((counts().min()?, counts().max()?, unit))
    })
}

/// The least and the most of the amounts of money that the lines name ("120.000 đồng", "1.200.000đ"), in whole đồng; `None`
/// where they name none. Rules in words, and a 0 beside them, are no amounts.
///
/// ```
/// use mot_cua::catalogue::terms::amounts;
/// let lines = ["Hộ gia đình: 60.000 đồng/hồ sơ; tổ chức: 1.200.000đ", "Theo Nghị quyết 12/2024"].map(String::from);
/// assert_eq!(amounts(&lines), Some((60_000, 1_200_000)));
/// assert_eq!(amounts(&["0 đồng, theo quy định".to_string()]), None);
/// ```
pub fn amounts(lines: &[String]) -> Option<(i64, i64)> {
    let mut range: Option<(i64, i64)> = None;
    for line in lines {
        // The digits just before each đ, dots and spaces between them left out.
        let mut amount = 0;
        for c in line.chars() {
            match c {
                '0'..='9' => amount = (amount * 10 + i64::from(c as u32 - 48)).min(1_000_000_000_000),
                '.' | ' ' => {}
                'đ' if amount >= 1_000 => {
                    let (least, most) = range.unwrap_or((amount, amount));
                    range = Some((least.min(amount), most.max(amount)));
                    amount = 0;
                }
                _ => amount = 0,
            }
        }
    }
    range
}

/// The number of days and the unit that a line begins with.
fn days(line: &str) -> Option<(u32, &'static str)> {
    let digits: String = line.chars().take_while(char::is_ascii_digit).collect();
    let count = digits.parse().ok()?;
    let rest = line[digits.len()..].trim_start();
    [WORKING_DAYS, DAYS].into_iter().find(|unit| rest.starts_with(unit)).map(|unit| (count, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_limit_is_read_whatever_the_channel() {
        let lines = ["Trực tiếp: 13 ngày làm việc. Vùng xa", "Trực tuyến: 03 ngày làm việc. Chung", "Theo quy định"]
            .map(String::from);
        assert_eq!(shortest(&lines), Some((3, WORKING_DAYS)));
        assert_eq!(shortest(&["Theo quy định".to_string()]), None);
    }
}
