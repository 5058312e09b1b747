//! The texts of a procedure as a portal publishes them: small HTML made from the record.

use super::cases;
use super::records::{Method, Record};

pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The words of a text that [`escape`] wrote.
pub fn plain(escaped: &str) -> String {
    escaped
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

fn list(items: impl IntoIterator<Item = String>) -> String {
    let items: String = items.into_iter().map(|i| format!("<li>{}</li>", escape(&i))).collect();
    if items.is_empty() { String::new() } else { format!("<ul>{items}</ul>") }
}

fn channel(method: &Method) -> &str {
    match method.channel.as_str() {
        "DIRECT" => "Trực tiếp",
        "ONLINE" => "Trực tuyến",
        "POSTAL" => "Bưu chính",
        other => other,
    }
}

/// One row a method: channel, time, note; where no time is fixed, what the note says.
pub fn duration(record: &Record) -> String {
    list(record.methods.iter().map(|m| {
        let unit = match m.unit.as_str() {
            "WORKING_DAY" => "ngày làm việc",
            "DAY" => "ngày",
            _ => "",
        };
        let note = m.note.trim();
        let time = match (unit, note) {
            ("", "") => "theo quy định".to_owned(),
            ("", note) => note.to_owned(),
            (unit, "") => format!("{:02} {unit}.", m.time),
            (unit, note) => format!("{:02} {unit}. {note}", m.time),
        };
        format!("{}: {time}", channel(m))
    }))
}

/// One row a distinct channel and fee. An amount is shown only when one is known.
pub fn fees(record: &Record) -> String {
    let mut rows: Vec<String> = Vec::new();
    for method in &record.methods {
        let mut said: Vec<String> = Vec::new();
        for fee in &method.fees {
            let note = fee.note.as_deref().unwrap_or("").trim();
            let amount = fee.value.filter(|v| *v > 0.0).map(|v| format!("{} đồng", grouped(v as i64)));
            let kind = if fee.kind == "SERVICE_FEE" { "Giá dịch vụ: " } else { "" };
            said.push(match (amount, note) {
                (Some(amount), "") => format!("{kind}{amount}"),
                (Some(amount), note) => format!("{kind}{amount}. {note}"),
                (None, "") => "Theo quy định".to_owned(),
                (None, note) => format!("{kind}{note}"),
            });
        }
        if said.is_empty() {
            said.push("Theo quy định".to_owned());
        }
        for fee in said {
            let row = format!("{}: {fee}", channel(method));
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
    }
    list(rows)
}

/// 120000 → `120.000`.
pub fn grouped(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if amount < 0 { format!("-{out}") } else { out }
}

pub fn method(record: &Record) -> String {
    let mut channels: Vec<String> = Vec::new();
    for m in &record.methods {
        let name = channel(m).to_owned();
        if !channels.contains(&name) {
            channels.push(name);
        }
    }
    list(channels)
}

/// The papers as lists, under the name of their case or group where it has one.
pub fn papers(record: &Record) -> String {
    let mut out = String::new();
    for case in &record.cases {
        if !case.name.trim().is_empty() {
            out.push_str(&format!("<h4>{}</h4>", escape(case.name.trim())));
        }
        out.push_str(&list(
            case.documents
                .iter()
                .map(|d| format!("{} (Bản chính: {}; Bản sao: {})", d.name.trim(), d.originals, d.copies)),
        ));
    }
    out
}

pub fn subjects(record: &Record) -> String {
    list(record.subjects.iter().cloned())
}

pub fn results(record: &Record) -> String {
    list(record.results.iter().cloned())
}

pub fn legal_basis(record: &Record) -> String {
    list(record.legal_basis.iter().cloned())
}

pub fn conditions(record: &Record) -> String {
    let text = record.conditions.trim();
    if text.is_empty() { String::new() } else { format!("<p>{}</p>", escape(text)) }
}

/// The steps every procedure goes through, in plain words.
pub fn process(record: &Record) -> String {
    let choose = if cases::ways(&record.cases).len() > 1 {
        " Chọn trường hợp đúng với việc của mình."
    } else {
        ""
    };
    let steps = [
        format!("Chuẩn bị giấy tờ theo thành phần hồ sơ.{choose}"),
        "Nộp hồ sơ trực tiếp, trực tuyến hoặc qua bưu chính.".to_owned(),
        "Cơ quan tiếp nhận kiểm tra, cấp giấy tiếp nhận hồ sơ và hẹn trả kết quả; nếu thiếu thì hướng dẫn bổ sung một lần."
            .to_owned(),
        "Cơ quan có thẩm quyền xử lý hồ sơ; người nộp thực hiện nghĩa vụ tài chính nếu có.".to_owned(),
        "Nhận kết quả theo ngày hẹn.".to_owned(),
    ];
    let items: String = steps.iter().map(|s| format!("<li>{}</li>", escape(s))).collect();
    format!("<ol>{items}</ol>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::records;

    #[test]
    fn an_unknown_fee_is_never_shown_as_zero() {
        for record in records::read().unwrap() {
            let text = fees(&record);
            assert!(!text.contains(": 0 đồng"), "{}: {text}", record.code);
            assert!(text.contains("<li>"), "{}", record.code);
        }
    }

    #[test]
    fn amounts_are_grouped_and_text_is_escaped() {
        assert_eq!(grouped(120_000), "120.000");
        assert_eq!(grouped(999), "999");
        assert_eq!(escape("<b>\"&'"), "&lt;b&gt;&quot;&amp;&#39;");
        assert_eq!(plain(&escape("&lt;<b>\"&'")), "&lt;<b>\"&'");
    }
}
