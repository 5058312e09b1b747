//! The desk's pages. Everything that people wrote goes through [`escape`].

use rusqlite::Transaction;

use crate::api::errors::Answer;
use crate::clock;
use crate::seed::html::{escape, grouped, plain};
use crate::store::dossiers::{Dossier, parts};
use crate::store::people::Person;
use crate::store::rows::{self, Object};
use crate::workflow::{State, Step};

/// The whole page. Its own referrer rule lets a browser name the origin of our forms, which the desk checks.
pub(super) fn frame(title: &str, officer: Option<&Person>, body: &str) -> String {
    let top = officer.map_or(String::new(), |officer| {
        format!(
            "<nav aria-label=\"Bàn làm việc\"><a href=\"/desk\">Danh sách hồ sơ</a><a href=\"/desk/phan-anh\">Phản ánh</a>\
             <span>{}</span><form method=\"post\" action=\"/desk/dang-xuat\"><button class=\"plain\">Đăng xuất</button></form></nav>",
            escape(&officer.name)
        )
    });
    format!(
        "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"referrer\" content=\"same-origin\">\
         <title>{title} – Bàn làm việc</title><link rel=\"stylesheet\" href=\"/desk/desk.css\"></head>\
         <body><header><p class=\"site\">Bàn làm việc của cán bộ (bản mẫu)</p>{top}</header>\
         <main><h1>{title}</h1>{body}</main></body></html>",
        title = escape(title)
    )
}

/// A page that only says something.
pub fn message(title: &str, text: &str) -> String {
    frame(
        title,
        None,
        &format!("<p role=\"alert\">{}</p><p><a href=\"/desk\">Về danh sách hồ sơ</a></p>", escape(text)),
    )
}

pub fn sign_in(error: &str) -> String {
    let error = if error.is_empty() { String::new() } else { format!("<p role=\"alert\">{}</p>", escape(error)) };
    frame(
        "Đăng nhập",
        None,
        &format!(
            "{error}<form method=\"post\" action=\"/desk/dang-nhap\" class=\"card\">\
             <p><label for=\"user\">Tên đăng nhập</label><input id=\"user\" name=\"user\" autocomplete=\"username\" required></p>\
             <p><label for=\"password\">Mật khẩu</label>\
             <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required></p>\
             <p><button>Đăng nhập</button></p>\
             <p class=\"hint\">Tài khoản dùng thử: tên đăng nhập <b>canbo</b>, mật khẩu <b>canbo</b>.</p></form>"
        ),
    )
}

fn day(dossier: &Dossier, field: &str) -> String {
    match dossier.moment(field) {
        Some(at) => clock::write(at, "%d/%m/%Y %H:%M"),
        None => escape(&dossier.text(field)),
    }
}

pub fn list(officer: &Person, found: &[Dossier], status: &str, text: &str) -> String {
    let options: String = State::ALL
        .into_iter()
        .filter(|s| *s != State::Draft)
        .map(|s| {
            let chosen = if s.code() == status { " selected" } else { "" };
            format!("<option value=\"{}\"{chosen}>{}</option>", s.code(), escape(s.name()))
        })
        .collect();
    let rows: String = found
        .iter()
        .map(|d| {
            let number = d.text("dossierNo");
            let number = if number.is_empty() { format!("(chưa có số, mã {})", d.id()) } else { number };
            let (late, time) = d.lateness(clock::now());
            let late = if late { " class=\"late\"" } else { "" };
            format!(
                "<li><h2><a href=\"/desk/ho-so/{}\">{}</a></h2><p>{}</p><p>{}</p><p><b>{}</b> <span{late}>{}</span></p></li>",
                d.id(),
                escape(&number),
                escape(&d.text("serviceName")),
                escape(&d.text("applicantName")),
                escape(&d.text("dossierStatusText")),
                escape(&time)
            )
        })
        .collect();
    let body = format!(
        "<form method=\"get\" action=\"/desk\" class=\"filter\" role=\"search\">\
         <p><label for=\"status\">Trạng thái</label><select id=\"status\" name=\"status\"><option value=\"\">Tất cả</option>{options}</select></p>\
         <p><label for=\"q\">Số hồ sơ, người nộp hoặc thủ tục</label><input id=\"q\" name=\"q\" value=\"{}\"></p>\
         <p><button>Tìm</button></p></form><p role=\"status\">{} hồ sơ</p><ul class=\"dossiers\">{rows}</ul>\
         <section><h2>Đồng hồ của bản mẫu</h2><p>Bây giờ là {}.</p>\
         <form method=\"post\" action=\"/desk/dong-ho\" class=\"filter\">\
         <p><label for=\"days\">Tua tới (ngày)</label><input id=\"days\" name=\"days\" inputmode=\"numeric\" value=\"30\" required></p>\
         <p><button>Tua đồng hồ</button></p></form>\
         <form method=\"post\" action=\"/desk/dong-ho\"><button class=\"plain\">Về giờ thật</button></form></section>",
        escape(text),
        found.len(),
        clock::write(clock::now(), "%d/%m/%Y %H:%M"),
    );
    frame("Danh sách hồ sơ", Some(officer), &body)
}

/// Rows of a description list; empty values are left out.
fn facts(rows: &[(&str, String)]) -> String {
    let rows: String = rows
        .iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| format!("<dt>{name}</dt><dd>{value}</dd>"))
        .collect();
    format!("<dl>{rows}</dl>")
}

/// One dossier, with what can be done now. `told` is good news, `refused` says why a step was not taken.
pub fn dossier(tx: &Transaction, officer: &Person, id: i64, told: &str, refused: &str) -> Answer<String> {
    let d = Dossier::by_id(tx, id)?;
    let text = |field: &str| escape(&d.text(field));
    let files = rows::objects(
        tx,
        "SELECT * FROM files WHERE dossierId = ?1 AND removed = 0 ORDER BY dossierPartNo, dossierFileId",
        [id],
    )?;
    let payment = rows::one(tx, "SELECT * FROM payments WHERE dossierId = ?1", [id])?;
    let log = rows::objects(tx, "SELECT * FROM logs WHERE dossierId = ?1 ORDER BY dossierLogId DESC", [id])?;
    let marks = rows::objects(tx, "SELECT * FROM marks WHERE dossierId = ?1 AND fileCheck > 0", [id])?;
    let (late, time) = d.lateness(clock::now());

    let mut body = String::new();
    if !told.is_empty() {
        body.push_str(&format!("<p role=\"status\" class=\"told\">{}</p>", escape(told)));
    }
    if !refused.is_empty() {
        body.push_str(&format!("<p role=\"alert\">{}</p>", escape(refused)));
    }
    body.push_str("<section><h2>Hồ sơ</h2>");
    body.push_str(&facts(&[
        ("Trạng thái", format!("<b>{}</b> ({})", text("dossierStatusText"), text("dossierSubStatusText"))),
        ("Thủ tục", format!("{} – {}", text("serviceCode"), text("serviceName"))),
        ("Trường hợp", text("dossierTemplateName")),
        ("Cơ quan", text("govAgencyName")),
        ("Ngày nộp", day(&d, "submitDate")),
        ("Ngày tiếp nhận", day(&d, "receiveDate")),
        ("Ngày hẹn trả", day(&d, "dueDate")),
        ("Hẹn lại", day(&d, "extendDate")),
        ("Thời hạn", if late { format!("<span class=\"late\">{}</span>", escape(&time)) } else { escape(&time) }),
        ("Xử lý xong", day(&d, "releaseDate")),
        ("Kết thúc", day(&d, "finishDate")),
        ("Ghi chú của cơ quan", escape(&plain(&d.text("dossierNote")))),
        ("Ghi chú của người nộp", text("applicantNote")),
        ("Mã vận đơn", text("postalCodeSend")),
    ]));
    body.push_str("</section><section><h2>Chủ hồ sơ</h2>");
    let place = |start: &str| {
        let field = |end: &str| {
            let name = if start.is_empty() {
                format!("{}{}", end[..1].to_lowercase(), &end[1..])
            } else {
                format!("{start}{end}")
            };
            text(&name)
        };
        [field("Address"), field("WardName"), field("CityName")]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    };
    body.push_str(&facts(&[
        ("Họ và tên", text("applicantName")),
        ("Số định danh", text("applicantIdNo")),
        ("Địa chỉ", place("")),
        ("Liên hệ", text("contactName")),
        ("Điện thoại", text("contactTelNo")),
        ("Thư điện tử", text("contactEmail")),
        (
            "Nhận kết quả qua bưu chính",
            if d.text("viaPostal").parse::<i64>().unwrap_or(0) >= 2 { place("postal") } else { String::new() },
        ),
    ]));
    body.push_str("</section>");
    if !d.text("delegateName").is_empty() {
        body.push_str("<section><h2>Người nộp thay</h2>");
        body.push_str(&facts(&[
            ("Họ và tên", text("delegateName")),
            ("Số định danh", text("delegateIdNo")),
            ("Điện thoại", text("delegateTelNo")),
            ("Địa chỉ", place("delegate")),
            ("Giấy ủy quyền", text("documentNo")),
        ]));
        body.push_str("</section>");
    }
    body.push_str(&file_section(id, &files, &marks));
    if let Some(payment) = &payment {
        body.push_str(&payment_section(id, payment));
    }
    body.push_str(&step_section(tx, &d)?);
    body.push_str("<section><h2>Nhật ký</h2><ol class=\"log\">");
    for entry in &log {
        // a log's content is markup already: it was escaped when it was written
        body.push_str(&format!(
            "<li><time>{}</time> <b>{}</b> – {}<br>{}</li>",
            clock::write(rows::number(entry, "createDate"), "%d/%m/%Y %H:%M"),
            escape(&rows::text(entry, "stepName")),
            escape(&rows::text(entry, "author")),
            rows::text(entry, "content")
        ));
    }
    body.push_str("</ol></section>");
    let number = d.text("dossierNo");
    let title =
        if number.is_empty() { format!("Hồ sơ mã {id} (chưa có số)") } else { format!("Hồ sơ {number}") };
    Ok(frame(&title, Some(officer), &body))
}

fn file_section(id: i64, files: &[Object], marks: &[Object]) -> String {
    let mut out = String::from("<section><h2>Giấy tờ</h2>");
    if files.is_empty() {
        out.push_str("<p>Chưa có giấy tờ.</p>");
    }
    out.push_str("<ul class=\"files\">");
    for file in files {
        let text = |field: &str| escape(&rows::text(file, field));
        let base = format!("/o/rest/v2/dossiers/{id}/files/{}", text("referenceUid"));
        let mark = marks
            .iter()
            .find(|m| m["dossierPartNo"] == file["dossierPartNo"] && rows::number(m, "fileCheck") == 2)
            .map_or(String::new(), |m| {
                format!("<p class=\"late\">Cần bổ sung: {}</p>", escape(&rows::text(m, "fileComment")))
            });
        out.push_str(&format!(
            "<li><p><b>{}</b> {}</p>{mark}<p>{} ({} byte) <a href=\"{base}/preview.pdf\">Xem</a> <a href=\"{base}\">Tải về</a></p></li>",
            text("dossierPartNo"),
            text("dossierPartName"),
            text("displayName"),
            grouped(rows::number(file, "fileSize"))
        ));
    }
    out.push_str("</ul></section>");
    out
}

fn payment_section(id: i64, payment: &Object) -> String {
    let status = match rows::number(payment, "paymentStatus") {
        1 => "Cần tạm ứng",
        2 => "Chờ thanh toán",
        3 => "Người nộp báo đã thanh toán",
        5 => "Đã xác nhận thanh toán",
        _ => "",
    };
    let proof = if rows::number(payment, "confirmFileSize") > 0 {
        let uid = escape(&rows::text(payment, "referenceUid"));
        format!("<a href=\"/o/rest/v2/dossiers/{id}/payments/{uid}/confirmfile\">Xem chứng từ</a>")
    } else {
        String::new()
    };
    let rows = facts(&[
        ("Khoản", escape(&rows::text(payment, "paymentFee"))),
        ("Số tiền", format!("{} đồng", grouped(rows::number(payment, "paymentAmount")))),
        ("Tình trạng", status.to_owned()),
        ("Chứng từ", proof),
    ]);
    format!("<section><h2>Thanh toán</h2>{rows}</section>")
}

/// A form for each step that is possible now.
fn step_section(tx: &Transaction, d: &Dossier) -> Answer<String> {
    let mut out = String::new();
    for step in Step::OFFICE.into_iter().filter(|s| s.possible(d).is_ok()) {
        let slug = step.slug();
        let fields = step_fields(tx, d, step)?;
        let multipart = if step == Step::Finish { " enctype=\"multipart/form-data\"" } else { "" };
        out.push_str(&format!(
            "<form method=\"post\" action=\"/desk/ho-so/{}/{slug}\" class=\"card\"{multipart}><h3 id=\"{slug}\">{name}</h3>\
             {fields}<p><button>{name}</button></p></form>",
            d.id(),
            name = step.name()
        ));
    }
    if out.is_empty() {
        out.push_str("<p>Không còn bước nào cho cán bộ ở trạng thái này.</p>");
    }
    Ok(format!("<section><h2>Xử lý</h2><div class=\"steps\">{out}</div></section>"))
}

fn field(step: Step, name: &str, label: &str, attributes: &str) -> String {
    let id = format!("{}-{name}", step.slug());
    format!("<p><label for=\"{id}\">{label}</label><input id=\"{id}\" name=\"{name}\" {attributes}></p>")
}

fn step_fields(tx: &Transaction, d: &Dossier, step: Step) -> Answer<String> {
    let slug = step.slug();
    let reason = |label: &str, required: &str| {
        format!(
            "<p><label for=\"{slug}-reason\">{label}</label><textarea id=\"{slug}-reason\" name=\"reason\" rows=\"3\"{required}></textarea></p>"
        )
    };
    let days = rows::text(&d.row, "durationCount").parse::<f64>().unwrap_or(0.0) as i64;
    let date = |days: i64| {
        let at = clock::working_days_after(clock::now(), days.max(1));
        format!("type=\"date\" required value=\"{}\"", clock::write(at, "%Y-%m-%d"))
    };
    Ok(match step {
        Step::Receive => field(step, "due", "Ngày hẹn trả", &date(days)),
        Step::Refuse | Step::Leave | Step::Stop | Step::RefuseWithdrawal => reason("Lý do", " required"),
        Step::Pause => reason("Lý do (không bắt buộc)", ""),
        Step::AskSupplement => {
            let mut out = reason("Lý do", " required");
            out.push_str("<fieldset><legend>Giấy tờ cần bổ sung</legend>");
            for part in parts(tx, &d.text("dossierTemplateNo"))?.iter().filter(|p| rows::number(p, "partType") != 2) {
                let no = escape(&rows::text(part, "partNo"));
                out.push_str(&format!(
                    "<div class=\"part\"><p class=\"tick\"><input type=\"checkbox\" id=\"part-{no}\" name=\"part\" value=\"{no}\">\
                     <label for=\"part-{no}\">{no} {}</label></p>\
                     <p><label for=\"comment-{no}\">Cần sửa gì ở {no}</label><input id=\"comment-{no}\" name=\"comment-{no}\"></p></div>",
                    escape(&rows::text(part, "partName"))
                ));
            }
            out + "</fieldset>"
        }
        Step::AskPayment => {
            field(step, "title", "Khoản phải nộp", "value=\"Phí, lệ phí\" required")
                + &field(step, "amount", "Số tiền (đồng)", "inputmode=\"numeric\" required")
                + &reason("Ghi chú (không bắt buộc)", "")
        }
        Step::Finish => {
            field(step, "result", "Kết quả (PDF, không bắt buộc)", "type=\"file\" accept=\"application/pdf\"")
        }
        Step::Post => field(step, "tracking", "Mã vận đơn", "required"),
        Step::Apologise => field(step, "due", "Ngày hẹn lại", &date(5)) + &reason("Lý do", " required"),
        _ => String::new(),
    })
}
