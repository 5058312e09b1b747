//! Invented people: three citizens, the officer of the desk, and the staff a citizen can rate.

use rusqlite::{Transaction, params};

use super::catalogue::Agency;
use crate::api::errors::Answer;
use crate::clock;
use crate::store::people;

/// E-mail, password, name, identity number, telephone, address, ward.
const CITIZENS: [[&str; 8]; 3] = [
    [
        "an@example.vn",
        "matkhau1",
        "NGUYỄN VĂN AN",
        "092085001234",
        "0900000001",
        "12 đường Mẫu",
        "31135",
        "Phường Ninh Kiều",
    ],
    [
        "binh@example.vn",
        "matkhau2",
        "TRẦN THỊ BÌNH",
        "092190005678",
        "0900000002",
        "34 đường Mẫu",
        "31186",
        "Phường Cái Răng",
    ],
    [
        "chau@example.vn",
        "matkhau3",
        "THẠCH THỊ CHÂU",
        "092177004321",
        "0900000003",
        "56 ấp Mẫu",
        "31299",
        "Xã Phong Điền",
    ],
];

/// Name, gender (0 woman, 1 man), post.
const STAFF: [(&str, i64, &str); 5] = [
    ("Lê Thị Hòa", 0, "Cán bộ tiếp nhận"),
    ("Phạm Văn Khoa", 1, "Cán bộ thụ lý"),
    ("Lý Thị Linh", 0, "Cán bộ thụ lý"),
    ("Danh Minh", 1, "Lãnh đạo phòng"),
    ("Võ Thị Nga", 0, "Cán bộ trả kết quả"),
];

pub fn plant(tx: &Transaction, agencies: &[Agency]) -> Answer<()> {
    let now = clock::now();
    let account = |email: &str, name: &str, password: &str, role: &str| -> Answer<i64> {
        tx.execute(
            "INSERT INTO accounts (email, fullName, password, role) VALUES (?1, ?2, ?3, ?4)",
            params![email, name, people::hash(password)?, role],
        )?;
        Ok(tx.last_insert_rowid())
    };
    for [email, password, name, id_no, telephone, address, ward, ward_name] in CITIZENS {
        let user = account(email, name, password, "Applicant")?;
        tx.execute(
            "INSERT INTO applicants (userId, createDate, modifiedDate, applicantName, applicantIdNo, applicantIdDate,
               address, cityCode, cityName, wardCode, wardName, contactName, contactTelNo, contactEmail)
             VALUES (?1, ?2, ?2, ?3, ?4, '01/07/2021', ?5, '92', 'Thành phố Cần Thơ', ?6, ?7, ?3, ?8, ?9)",
            params![user, now, name, id_no, address, ward, ward_name, telephone, email],
        )?;
    }
    account("canbo", "Lê Thị Hòa", "canbo", "Employee")?;
    let votings = [("employee", "Thái độ phục vụ của cán bộ"), ("govagency", "Chất lượng phục vụ của cơ quan")];
    let choices = r#"["Rất hài lòng","Hài lòng","Không hài lòng"]"#;
    for (class, subject) in votings {
        tx.execute(
            "INSERT INTO votings (className, classPK, createDate, subject, choices, votingCode) VALUES (?1, '0', ?2, ?3, ?4, '01')",
            params![class, now, subject, choices],
        )?;
    }
    for (i, subject) in ["Thái độ phục vụ", "Thời gian giải quyết hồ sơ"].iter().enumerate() {
        tx.execute(
            "INSERT INTO votings (className, classPK, createDate, subject, choices, votingCode)
             VALUES ('dossier', '0', ?1, ?2, ?3, ?4)",
            params![now, subject, choices, format!("{:02}", i + 1)],
        )?;
    }
    for (i, (name, gender, post)) in STAFF.iter().enumerate() {
        let agency = &agencies[i % agencies.len().max(1)];
        tx.execute(
            "INSERT INTO employees (employeeId, userId, employeeNo, fullName, gender, telNo, email, jobPosTitle,
               workingUnitName, govAgencyCode) VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                501 + i as i64,
                format!("CB{:03}", i + 1),
                name,
                gender,
                format!("02920000{:03}", i + 1),
                format!("canbo{}@example.vn", i + 1),
                post,
                agency.name,
                agency.code
            ],
        )?;
    }
    tx.execute(
        "INSERT INTO questions (createDate, fullname, email, content, publish, domainCode, domainName)
         VALUES (?1, 'Người dân', '', 'Nộp hồ sơ trực tuyến có phải đến cơ quan không?', 1, 'DD', 'Đất đai')",
        [now],
    )?;
    tx.execute(
        "INSERT INTO answers (questionId, createDate, userName, content)
         VALUES (1, ?1, 'Lê Thị Hòa', '<p>Chỉ cần đến khi nhận kết quả bản giấy, hoặc chọn nhận qua bưu chính.</p>')",
        [now],
    )?;
    Ok(())
}
