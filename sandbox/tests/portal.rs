//! The portal over real HTTP: the journey of a dossier, who may see what, and what happens twice.

// the error is the HTTP client's own
#![allow(clippy::result_large_err)]

mod house;

use house::{BOUNDARY, House, json, multipart};
use serde_json::Value;

const UID: &str = "11111111-1111-4111-8111-111111111111";
const FILE: &str = "22222222-2222-4222-8222-222222222222";

#[test]
fn a_dossier_goes_from_draft_to_result() {
    let house = House::open();
    let (an, desk) = (house.an(), house.officer());
    let draft = an.draft("1.116493", 0, UID, &[("password", "4821"), ("delegateName", "<script>alert(1)</script>")]);
    let id = draft["dossierId"].to_string();
    assert_eq!((draft["dossierStatus"].as_str(), draft["dossierNo"].as_str()), (Some(""), Some("")));
    assert_eq!(draft["applicantName"], "NGUYỄN VĂN AN", "filled in from the profile");

    // not before the required papers are there
    assert_eq!(an.post(&format!("/dossiers/{id}/actions"), &[("actionCode", "1100")]).0, 405);
    an.upload_required(&draft);
    assert_eq!(an.post(&format!("/dossiers/{id}/actions"), &[("actionCode", "1100")]).0, 200);
    assert_eq!(an.post(&format!("/dossiers/{id}/actions"), &[("actionCode", "1100")]).0, 405, "sent once");
    let again = an.post(&format!("/dossiers/{id}/submitting"), &[]);
    assert_eq!((again.0, json(&again)["dossierStatus"].as_str()), (200, Some("new")));

    let step = |slug: &str, form: &[(&str, &str)]| desk.post(&format!("/desk/ho-so/{id}/{slug}"), form).0;
    let detail = || json(&an.get(&format!("/dossiers/{id}")));
    let page = desk.get(&format!("/desk/ho-so/{id}")).1;
    assert!(page.contains(">Tiếp nhận</button>") && !page.contains(">Trả kết quả</button>"));
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));

    assert_eq!(step("tra-ket-qua", &[]), 409, "not possible yet, and said so");
    assert_eq!(step("tiep-nhan", &[("due", "2099-01-05")]), 303);
    let received = detail();
    assert_eq!(received["dossierStatus"], "receiving");
    assert_eq!(received["dueDate"], "05/01/2099 17:00:00");
    let number = received["dossierNo"].as_str().unwrap().to_owned();
    assert!(number.starts_with("000.00.") && number.ends_with("-0001"), "{number}");

    assert_eq!(step("chuyen-xu-ly", &[]), 303);
    assert_eq!(step("yeu-cau-bo-sung", &[]), 400, "without a reason");
    let asked =
        [("reason", "Ảnh mờ"), ("part", "TP01"), ("comment-TP01", "Chụp lại"), ("part", "TP02"), ("comment-TP02", "")];
    assert_eq!(step("yeu-cau-bo-sung", &asked), 303);
    let marks = json(&an.get(&format!("/dossiers/{id}/marks?type=1")));
    assert_eq!(marks["total"], 2);
    assert_eq!(
        (&marks["data"][0]["fileCheck"], &marks["data"][0]["fileComment"]),
        (&Value::from(2), &Value::from("Chụp lại"))
    );
    assert_eq!(an.upload(&id, "TP01", FILE, "mới.pdf", b"%PDF-1.4 new", &[]).0, 200);
    let next = json(&an.get(&format!("/dossiers/{id}/nextactions")));
    assert_eq!(next["data"][0]["actionCode"], "1200");
    assert_eq!(an.post(&format!("/dossiers/{id}/actions"), &[("actionCode", "1200")]).0, 200);
    assert_eq!(detail()["dossierSubStatus"], "receiving_3");
    assert_eq!(step("yeu-cau-bo-sung", &asked), 409, "at most once");

    assert_eq!(step("yeu-cau-thanh-toan", &[("amount", "120.000"), ("title", "Lệ phí")]), 303);
    let payment = json(&an.get(&format!("/dossiers/{id}/payment")));
    assert_eq!((&payment["paymentAmount"], &payment["paymentStatus"]), (&Value::from(120_000), &Value::from(2)));
    let proof = format!("/dossiers/{id}/payments/{}/confirmfile", payment["referenceUid"].as_str().unwrap());
    assert_eq!(an.upload_to(&proof, "PUT", &[], "bien-lai.png", b"png").0, 200);
    let reported = json(&an.get(&format!("/dossiers/{id}/payment")));
    assert_eq!(reported["paymentStatus"], 2, "reported is not confirmed");
    assert_ne!(reported["confirmDatetime"], "");
    assert_eq!(detail()["dossierSubStatus"], "paying_2");
    assert_eq!(step("xac-nhan-da-thanh-toan", &[]), 303);
    assert_eq!(step("xin-loi-va-hen-lai", &[("due", "2099-02-05"), ("reason", "Chờ đo đạc")]), 303);
    assert_eq!(detail()["extendDate"], "05/02/2099 17:00:00");
    assert_eq!(step("ket-thuc-xu-ly", &[]), 303);
    assert_eq!(detail()["dossierStatus"], "releasing");
    let files = json(&an.get(&format!("/dossiers/{id}/files")));
    let result = files["data"].as_array().unwrap().iter().find(|f| f["dossierPartType"] == 2).unwrap();
    assert!(
        an.get(&format!("/dossiers/{id}/files/{}", result["referenceUid"].as_str().unwrap())).1.starts_with("%PDF")
    );
    assert_eq!(step("tra-ket-qua", &[]), 303);
    let done = detail();
    assert_eq!(
        (done["dossierStatus"].as_str(), done["dossierStatusText"].as_str()),
        (Some("done"), Some("Đã trả kết quả"))
    );

    let log = json(&an.get(&format!("/dossierlogs/{id}/logs")));
    assert!(
        log["data"]
            .as_array()
            .unwrap()
            .iter()
            .all(|e| e["notificationType"] == "PROCESS_TYPE" && e["payload"].is_object())
    );
    assert_eq!(log["total"], 11);
    let stages = json(&an.get(&format!("/dossiers/{id}/sequences")));
    assert_eq!(stages["total"], 3);
    assert!(json(&an.get("/notifications/count?archived=false"))["total"].as_i64().unwrap() >= 8);
}

#[test]
fn nobody_sees_what_is_not_theirs() {
    let house = House::open();
    let (an, chau, guest) = (house.an(), house.citizen("chau@example.vn", "matkhau3"), house.guest());
    let draft = an.draft("1.116493", 0, UID, &[("password", "4821")]);
    an.upload_required(&draft);
    let id = draft["dossierId"].to_string();
    assert_eq!(an.post(&format!("/dossiers/{id}/submit"), &[]).0, 200);
    let file = json(&an.get(&format!("/dossiers/{id}/files")))["data"][0]["referenceUid"].as_str().unwrap().to_owned();
    house.officer().post(&format!("/desk/ho-so/{id}/tiep-nhan"), &[]);
    let number = json(&an.get(&format!("/dossiers/{id}")))["dossierNo"].as_str().unwrap().to_owned();

    for path in [
        format!("/dossiers/{id}"),
        format!("/dossiers/{UID}"),
        format!("/dossiers/{number}"),
        format!("/dossiers/{id}/files"),
        format!("/dossiers/{id}/files/{file}"),
        format!("/dossiers/{id}/files/{file}/preview.pdf"),
        format!("/dossiers/{id}/payment"),
        format!("/dossiers/{id}/sequences"),
        format!("/dossierlogs/{id}/logs"),
        format!("/dossiers/{id}/marks"),
        format!("/dossiers/{id}/nextactions"),
    ] {
        let (stranger, missing) = (chau.get(&path), chau.get(&path.replace(&format!("/{id}"), "/999999")));
        assert_eq!(stranger.0, 403, "{path}");
        if path.contains(&format!("/{id}")) && !path.contains("/999999") {
            assert_eq!(stranger.1, missing.1, "a stranger learns nothing: {path}");
        }
        let asked = guest.get(&path);
        assert_eq!(asked.0, 203, "{path}");
        assert_eq!(json(&asked)["message"], "Non-Authoritative Information.");
    }
    assert_eq!(json(&chau.get("/dossiers"))["total"], 0);
    assert_eq!(chau.send("DELETE", &format!("/dossiers/{id}"), &[]).0, 403);
    assert_eq!(json(&guest.get("/dossiers?start=0&end=10"))["total"], 0);
    assert_eq!(json(&guest.get(&format!("/dossiers?dossierNo={}", &number[..20])))["total"], 0, "no prefix for guests");

    let row = &json(&guest.get(&format!("/dossiers?dossierNo={number}")))["data"][0];
    assert_eq!((row["applicantName"].as_str(), row["applicantIdNo"].as_str()), (Some(""), Some("********1234")));
    assert_eq!((row["contactTelNo"].as_str(), row["hasPassword"].as_str()), (Some(""), Some("")));
    assert_eq!(guest.get(&format!("/dossierlogs/{id}/logs")).0, 200, "found by its exact number");
    assert_eq!(guest.get(&format!("/dossiers/{id}")).0, 203, "the rest still needs the secret");

    assert_eq!(json(&guest.get_with(&format!("/dossiers/{id}"), ("secretCode", "4821")))["dossierNo"], number);
    let wrong = guest.get_with(&format!("/dossiers/{id}"), ("secretCode", "0000"));
    assert_eq!(wrong, (203, "secretKey not sucess".into()));
    assert_eq!(guest.get_with("/dossiers/999999", ("secretCode", "0000")), wrong, "unknown looks the same");
    for _ in 0..4 {
        guest.get(&format!("/dossiers/{id}?secretKey=1111"));
    }
    assert_eq!(house.guest().get_with(&format!("/dossiers/{id}"), ("secretCode", "4821")).0, 429, "now it waits");
}

#[test]
fn sending_again_changes_nothing() {
    let house = House::open();
    let an = house.an();
    let first = an.draft("1.116501", 0, UID, &[]);
    let id = first["dossierId"].to_string();
    assert_eq!(an.draft("1.116501", 0, UID, &[])["dossierId"], first["dossierId"]);
    let other = an.draft("1.116501", 0, "33333333-3333-4333-8333-333333333333", &[("applicantNote", "mới")]);
    assert_eq!(
        (&other["dossierId"], &other["referenceUid"]),
        (&first["dossierId"], &first["referenceUid"]),
        "the unsent draft"
    );
    assert_eq!(other["applicantNote"], "mới");

    assert_eq!(an.upload(&id, "TP01", FILE, "a.pdf", b"%PDF-1.4 one", &[]).0, 200);
    let (kept, _) = house.files_on_disk();
    assert_eq!(an.upload(&id, "TP01", FILE, "a.pdf", b"%PDF-1.4 two!", &[("fileSize", "13")]).0, 200);
    let files = json(&an.get(&format!("/dossiers/{id}/files")));
    assert_eq!((&files["total"], &files["data"][0]["fileSize"]), (&Value::from(1), &Value::from(13)));
    assert_eq!(an.get(&format!("/dossiers/{id}/files/{FILE}")).1, "%PDF-1.4 two!");
    assert_eq!(house.files_on_disk(), (kept, 0), "the old content is gone");
    // a part for one file has one file
    assert_eq!(an.upload(&id, "TP01", UID, "b.pdf", b"%PDF-1.4 b", &[]).0, 200);
    assert_eq!(json(&an.get(&format!("/dossiers/{id}/files")))["total"], 1);
    // and "other papers" as many as come
    for uid in [FILE, "44444444-4444-4444-8444-444444444444"] {
        assert_eq!(an.upload(&id, "TP99", uid, "c.pdf", b"%PDF-1.4 c", &[]).0, 200);
    }
    assert_eq!(json(&an.get(&format!("/dossiers/{id}/files")))["total"], 3);

    an.upload_required(&first);
    let faults = r#"[{"method":"POST","path":"/o/rest/v2/dossiers/*/actions","kind":"drop-after"}]"#;
    assert_eq!(house::heard(an.request("PUT", "/sandbox/faults").send_string(faults)).0, 204);
    assert_eq!(an.post(&format!("/dossiers/{id}/actions"), &[("actionCode", "1100")]).0, 0, "the answer was lost");
    assert_eq!(an.post(&format!("/dossiers/{id}/actions"), &[("actionCode", "1100")]).0, 405);
    assert_eq!(an.draft("1.116501", 0, UID, &[])["dossierStatus"], "new", "the same reference finds what was sent");
    let seen = json(&an.get("/sandbox/requests"));
    assert!(seen.as_array().unwrap().iter().any(|r| r["method"] == "POST" && r["status"] == 405));
}

#[test]
fn limits_hold_and_leave_nothing_behind() {
    let house = House::open();
    let an = house.an();
    let id = an.draft("1.116501", 0, UID, &[])["dossierId"].to_string();
    let before = house.files_on_disk();
    let big = vec![b'x'; 5 * 1024 * 1024 + 1];
    let told = an.upload(&id, "TP01", FILE, "a.pdf", &big, &[]);
    assert_eq!((told.0, json(&told)["code"].as_i64()), (413, Some(413)));
    let huge = vec![b'x'; 21 * 1024 * 1024];
    assert_eq!(an.upload(&id, "TP01", FILE, "a.pdf", &huge, &[]).0, 413);
    for (name, more) in [("a.exe", ("isSync", "false")), ("a.pdf", ("fileSize", "9"))] {
        let told = an.upload(&id, "TP01", FILE, name, b"%PDF-1.4", &[more]);
        assert_eq!((told.0, json(&told)["message"].as_str()), (403, Some("No Content.")), "{name}");
    }
    assert_eq!(an.upload(&id, "KQ01", FILE, "a.pdf", b"%PDF", &[]).0, 403, "results are the office's");
    assert_eq!(an.upload(&id, "TP01", "../../x", "a.pdf", b"%PDF", &[]).0, 403);
    // a body that breaks off
    let body = multipart(&[("dossierPartNo", "TP01"), ("referenceUid", FILE)], "a.pdf", &vec![b'y'; 100_000]);
    let pair = "Basic YW5AZXhhbXBsZS52bjptYXRraGF1MQ==";
    let head = format!(
        "POST /o/rest/v2/dossiers/{id}/files HTTP/1.1\r\nHost: x\r\nAuthorization: {pair}\r\nContent-Length: {}\r\n\
         Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n",
        body.len()
    );
    house.send_raw(&[head.as_bytes(), &body[..body.len() / 2]].concat());
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(house.files_on_disk(), before);
    assert_eq!(json(&an.get(&format!("/dossiers/{id}/files")))["total"], 0);

    assert_eq!(an.upload(&id, "TP01", FILE, "..%2f..%2fđơn\u{202e}.pdf", b"%PDF-1.4", &[]).0, 200);
    let name = json(&an.get(&format!("/dossiers/{id}/files")))["data"][0]["displayName"].as_str().unwrap().to_owned();
    assert!(!name.contains(['/', '%', '\\']), "{name}");
}

#[test]
fn a_power_cut_loses_nothing() {
    let mut house = House::open();
    let an = house.an();
    let draft = an.draft("1.116493", 0, UID, &[]);
    an.upload_required(&draft);
    let before = an.get(&format!("/dossiers/{UID}/files"));
    house.kill_and_reopen();
    let an = house.an();
    assert_eq!(an.get(&format!("/dossiers/{UID}/files")), before);
    assert_eq!(json(&an.get("/serviceinfos?end=1"))["total"], 33);
}

#[test]
fn signing_in_as_the_portal_does() {
    let house = House::open();
    let person = house.guest();
    assert_eq!(json(&person.get("/users/login"))[0]["role"], "Guest");
    for _ in 0..5 {
        assert_eq!(person.sign_in("an@example.vn", "sai"), (200, String::new()));
    }
    assert_eq!(person.sign_in("an@example.vn", "matkhau1"), (200, "captcha".into()));
    person.captcha();
    assert_eq!(person.sign_in_with("an@example.vn", "matkhau1", "x"), (203, "captcha".into()));
    let captcha = person.captcha();
    assert_eq!(person.sign_in_with("an@example.vn", "matkhau1", &captcha), (200, "ok".into()));
    assert_eq!(json(&person.get("/users/login"))[0]["email"], "an@example.vn");
    let me = json(&person.get("/o/v1/opencps/users/0"));
    assert_eq!(
        (me["applicantName"].as_str(), me["applicantContactEmail"].as_str()),
        (Some("NGUYỄN VĂN AN"), Some("an@example.vn"))
    );
    for _ in 0..6 {
        let captcha = person.captcha();
        person.sign_in_with("binh@example.vn", "sai", &captcha);
    }
    for _ in 0..4 {
        let captcha = person.captcha();
        person.sign_in_with("binh@example.vn", "sai", &captcha);
    }
    assert_eq!(person.sign_in("binh@example.vn", "matkhau2"), (200, "lockout".into()));

    let token = json(&house::heard(
        person.request("POST", "/login").set("Authorization", "Basic YW5AZXhhbXBsZS52bjptYXRraGF1MQ==").call(),
    ));
    let bearer = format!("Bearer {}", token["token"].as_str().unwrap());
    assert_eq!(json(&house.guest().get_with("/dossiers", ("Authorization", &bearer)))["total"], 2);
    assert_eq!(house.guest().get_with("/notifications", ("Authorization", "Bearer a.b.c")).0, 203);

    let new = house.guest();
    let captcha = new.captcha();
    let form = [
        ("applicantName", "Lê Văn Dũng"),
        ("applicantIdType", "citizen"),
        ("applicantIdNo", "092099000001"),
        ("contactEmail", "dung@example.vn"),
        ("password", "matkhau4"),
        ("j_captcha_response", captcha.as_str()),
    ];
    assert_eq!(json(&new.post("/applicants/withcaptcha", &form))["applicantName"], "LÊ VĂN DŨNG");
    assert_eq!(new.post("/applicants/withcaptcha", &form).0, 203, "a captcha is good once");
    assert_eq!(new.sign_in("dung@example.vn", "matkhau4").1, "ok");
    new.post("/sandbox/logout-all", &[]);
    assert_eq!(new.post("/dossiers", &[]).0, 203);
}

#[test]
fn the_catalogue_reads_as_described() {
    let house = House::open();
    let guest = house.guest();
    let found = json(&guest.get("/serviceinfos?keyword=khai%20sinh&level=0&start=0&end=15"));
    assert_eq!((&found["total"], &found["data"][0]["serviceCode"]), (&Value::from(1), &Value::from("1.001193")));
    assert_eq!(json(&guest.get("/serviceinfos?keyword=khai%20sịnh"))["total"], 0, "marks count");
    assert_eq!(guest.get("/serviceinfos/9.999999").0, 403);
    let service = json(&guest.get("/serviceinfos/1.011441"));
    let config = &service["serviceConfigs"][0]["serviceConfigId"];
    assert_eq!(json(&guest.get(&format!("/serviceconfigs/{config}/processes")))["total"], 3);
    let form = service["fileTemplates"][0]["fileTemplateNo"].as_str().unwrap();
    assert!(guest.get(&format!("/serviceinfos/1.011441/filetemplates/{form}")).1.starts_with("%PDF"));
    let template = json(&guest.get("/dossiertemplates/T-1.001193-1"));
    let parts = template["dossierParts"].as_array().unwrap();
    let shown = parts.iter().filter(|p| p["partTip"].as_str().unwrap().contains("Nhóm: Giấy tờ phải xuất trình"));
    assert!(shown.clone().count() == 6 && shown.clone().all(|p| p["required"] == "false"));
    assert_eq!(parts.iter().filter(|p| p["partNo"] == "TP99" || p["partNo"] == "KQ01").count(), 2);
    let levels = json(&guest.get("/serviceinfos/statistics/levels"));
    assert_eq!(levels["data"].as_array().unwrap().iter().map(|l| l["count"].as_i64().unwrap()).sum::<i64>(), 33);
    let wards = json(&guest.get("/dictcollections/ADMINISTRATIVE_REGION/dictitems?parent=92"));
    assert!(wards["total"].as_i64().unwrap() >= 12);
    let year = json(&guest.get("/o/rest/statistics?domain=total&agency=total&month=0"));
    assert!(year["data"][0]["totalCount"].as_i64().unwrap() > 20);
    let through = guest.post("/proxy", &[("url", "/serviceinfos/1.001193"), ("method", "GET"), ("data", "{}")]);
    assert_eq!(json(&through)["serviceCode"], "1.001193");
}

#[test]
fn the_app_is_served_with_its_headers() {
    let house = House::open();
    let guest = house.guest();
    let ask = |path: &str| guest.request("GET", &format!("//{path}")).set("Accept-Encoding", "br").call();
    let page = ask("ho-so/12").unwrap();
    assert_eq!((page.status(), page.header("cache-control")), (200, Some("no-cache")));
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    let script = ask("app-0123456789abcdef.js").unwrap();
    assert_eq!(script.header("content-encoding"), Some("br"));
    assert_eq!(script.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(house::heard(ask("missing.js")).0, 404);
    assert_eq!(house::heard(ask("o/rest/v2/nothing")).0, 404);
    assert_eq!(guest.request("GET", "/users/login").call().unwrap().header("cache-control"), Some("no-store"));
    // a form of another site is refused at the desk
    let forged =
        guest.request("POST", "/desk/dang-nhap").set("Origin", "http://evil.example").send_form(&[("user", "canbo")]);
    assert_eq!(house::heard(forged).0, 403);
}

#[test]
fn faults_strike_as_asked() {
    let house = House::open();
    let guest = house.guest();
    let set = |faults: &str| {
        assert_eq!(house::heard(guest.request("PUT", "/sandbox/faults").send_string(faults)).0, 204, "{faults}");
    };
    set(
        r#"[{"path":"/o/rest/v2/ping","skip":1,"times":1,"kind":"answer","status":503,"contentType":"text/html","body":"<p>bận</p>","headers":{"Retry-After":"1"}}]"#,
    );
    assert_eq!(guest.get("/ping"), (200, "ok".into()));
    assert_eq!(guest.get("/ping"), (503, "<p>bận</p>".into()));
    assert_eq!(guest.get("/ping"), (200, "ok".into()));
    // a client may try once more by itself when a kept connection breaks
    set(r#"[{"path":"/o/rest/v2/ping","times":2,"kind":"drop-before"}]"#);
    assert_eq!(house.guest().get("/ping").0, 0);
    set(r#"[{"path":"/o/rest/v2/serviceinfos","kind":"truncate"}]"#);
    let cut = house.guest().get("/serviceinfos?end=3");
    assert!(cut.0 == 0 && cut.1.len() > 100, "{} {}", cut.0, cut.1.len());
    let an = house.an();
    set(r#"[{"method":"POST","path":"/o/rest/v2/dossiers","kind":"twice"}]"#);
    an.draft("1.116493", 0, UID, &[]);
    assert_eq!(json(&an.get("/dossiers"))["total"], 3, "two of the seed and one");
    set(r#"[{"method":"POST","path":"/o/rest/v2/dossiers/*/files","times":2,"kind":"drop-in"}]"#);
    let id = json(&an.get(&format!("/dossiers/{UID}")))["dossierId"].to_string();
    assert_eq!(an.upload(&id, "TP01", FILE, "a.pdf", &vec![b'x'; 300_000], &[]).0, 0);
    assert_eq!(json(&an.get(&format!("/dossiers/{id}/files")))["total"], 0);
}

#[test]
fn hostile_and_odd_fields_can_be_planted() {
    let house = House::open();
    let an = house.an();
    let id = json(&an.get("/dossiers"))["data"][0]["dossierId"].to_string();
    let new = r#"{"dueDate":"31/02/2026","extendDate":null,"dossierStatus":"strange","dossierStatusText":"<b>?</b>"}"#;
    let set = house::heard(
        an.request("POST", &format!("/sandbox/dossiers/{id}")).set("Content-Type", "application/json").send_string(new),
    );
    assert_eq!(set.0, 200, "{set:?}");
    let detail = json(&an.get(&format!("/dossiers/{id}")));
    assert_eq!(
        (detail["dueDate"].as_str(), detail["dossierStatusText"].as_str()),
        (Some("31/02/2026"), Some("<b>?</b>"))
    );
    assert!(house.officer().get(&format!("/desk/ho-so/{id}")).1.contains("&lt;b&gt;?&lt;/b&gt;"));
}
