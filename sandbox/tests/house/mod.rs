//! A running sandbox, and people who use it over real HTTP.
#![allow(dead_code)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use base64::Engine;
use serde_json::Value;
use tempfile::TempDir;

pub struct House {
    child: Child,
    pub port: u16,
    folder: TempDir,
}

impl House {
    pub fn open() -> House {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("dist");
        std::fs::create_dir(&dist).unwrap();
        std::fs::write(dist.join("index.html"), "<!doctype html><title>Một Cửa</title>").unwrap();
        std::fs::write(dist.join("app-0123456789abcdef.js"), "let plain = 1;").unwrap();
        std::fs::write(dist.join("app-0123456789abcdef.js.br"), "brotli bytes").unwrap();
        let (child, port) = start(&folder.path().join("data"), &dist);
        House { child, port, folder }
    }

    /// Ends the process as a power cut does, and starts it again on the same data.
    pub fn kill_and_reopen(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let (child, port) = start(&self.data(), &self.folder.path().join("dist"));
        (self.child, self.port) = (child, port);
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// How many files lie in the folder of files, and how many are half-received.
    pub fn files_on_disk(&self) -> (usize, usize) {
        let kept =
            std::fs::read_dir(self.data().join("files")).unwrap().filter(|e| e.as_ref().unwrap().path().is_file());
        (kept.count(), std::fs::read_dir(self.data().join("files/coming")).unwrap().count())
    }

    pub fn guest(&self) -> Person {
        Person { base: format!("http://127.0.0.1:{}", self.port), agent: agent() }
    }

    pub fn citizen(&self, email: &str, password: &str) -> Person {
        let person = self.guest();
        let answer = person.sign_in(email, password);
        assert_eq!(answer, (200, "ok".to_owned()));
        person
    }

    pub fn an(&self) -> Person {
        self.citizen("an@example.vn", "matkhau1")
    }

    pub fn officer(&self) -> Person {
        let person = self.guest();
        assert_eq!(person.sign_in("canbo", "canbo"), (200, "/desk".to_owned()));
        person
    }

    /// Sends bytes as they are and closes the line.
    pub fn send_raw(&self, bytes: &[u8]) {
        let mut line = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        line.write_all(bytes).unwrap();
        line.flush().unwrap();
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(data: &Path, dist: &Path) -> (Child, u16) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(["--port", "0", "--testing", "--data"])
        .arg(data)
        .arg("--app")
        .arg(dist)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
    assert_eq!(line, format!("Một Cửa: http://127.0.0.1:{port}/\n"));
    (child, port)
}

fn agent() -> ureq::Agent {
    ureq::AgentBuilder::new().redirects(0).build()
}

#[derive(Clone)]
pub struct Person {
    pub base: String,
    agent: ureq::Agent,
}

/// Status and text of an answer; 0 when the line broke.
pub type Heard = (u16, String);

pub fn heard(result: Result<ureq::Response, ureq::Error>) -> Heard {
    match result {
        Ok(answer) | Err(ureq::Error::Status(_, answer)) => {
            let status = answer.status();
            let mut text = Vec::new();
            match answer.into_reader().read_to_end(&mut text) {
                Ok(_) => (status, String::from_utf8_lossy(&text).into_owned()),
                Err(_) => (0, String::from_utf8_lossy(&text).into_owned()),
            }
        }
        Err(ureq::Error::Transport(_)) => (0, String::new()),
    }
}

pub fn json(heard: &Heard) -> Value {
    serde_json::from_str(&heard.1).unwrap_or_else(|e| panic!("{e}: {heard:?}"))
}

impl Person {
    pub fn request(&self, method: &str, path: &str) -> ureq::Request {
        let path = if path.starts_with("/o/")
            || path.starts_with("/desk")
            || path.starts_with("/sandbox")
            || path.starts_with("//")
        {
            path.trim_start_matches("//").to_owned()
        } else {
            format!("/o/rest/v2{path}")
        };
        self.agent
            .request(method, &format!("{}/{}", self.base, path.trim_start_matches('/')))
            .set("Accept", "application/json")
    }

    pub fn get(&self, path: &str) -> Heard {
        heard(self.request("GET", path).call())
    }

    pub fn get_with(&self, path: &str, header: (&str, &str)) -> Heard {
        heard(self.request("GET", path).set(header.0, header.1).call())
    }

    pub fn send(&self, method: &str, path: &str, form: &[(&str, &str)]) -> Heard {
        heard(self.request(method, path).send_form(form))
    }

    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Heard {
        self.send("POST", path, form)
    }

    pub fn sign_in(&self, email: &str, password: &str) -> Heard {
        self.sign_in_with(email, password, "")
    }

    pub fn sign_in_with(&self, email: &str, password: &str, captcha: &str) -> Heard {
        let pair = base64::engine::general_purpose::STANDARD.encode(format!("{email}:{password}"));
        let request = self.request("POST", "/o/v1/opencps/login").set("Authorization", &format!("BASIC {pair}"));
        heard(if captcha.is_empty() { request.call() } else { request.send_form(&[("j_captcha_response", captcha)]) })
    }

    pub fn captcha(&self) -> String {
        let picture = heard(self.request("GET", "/applicants/jcaptcha").call());
        assert_eq!(picture.0, 200);
        self.get("/sandbox/captcha").1
    }

    /// A draft of a procedure's n-th option at its first agency.
    pub fn draft(&self, code: &str, option: usize, uid: &str, more: &[(&str, &str)]) -> Value {
        let service = json(&self.get(&format!("/serviceinfos/{code}")));
        let config = &service["serviceConfigs"][0];
        let options = json(&self.get(&format!("/serviceconfigs/{}/processes", config["serviceConfigId"])));
        let template = options["data"][option]["templateNo"].as_str().unwrap().to_owned();
        let agency = config["govAgencyCode"].as_str().unwrap();
        let mut form = vec![
            ("referenceUid", uid),
            ("serviceCode", code),
            ("govAgencyCode", agency),
            ("dossierTemplateNo", &template),
        ];
        form.extend_from_slice(more);
        let answer = self.post("/dossiers", &form);
        assert_eq!(answer.0, 200, "{answer:?}");
        json(&answer)
    }

    pub fn upload(
        &self,
        dossier: &str,
        part: &str,
        uid: &str,
        name: &str,
        bytes: &[u8],
        more: &[(&str, &str)],
    ) -> Heard {
        let mut fields = vec![("dossierPartNo", part), ("referenceUid", uid), ("isSync", "false")];
        fields.extend_from_slice(more);
        self.upload_to(&format!("/dossiers/{dossier}/files"), "POST", &fields, name, bytes)
    }

    pub fn upload_to(&self, path: &str, method: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Heard {
        let body = multipart(fields, name, bytes);
        heard(
            self.request(method, path)
                .set("Content-Type", &format!("multipart/form-data; boundary={BOUNDARY}"))
                .send_bytes(&body),
        )
    }

    /// Uploads a small PDF to every part that is required.
    pub fn upload_required(&self, dossier: &Value) {
        let id = dossier["dossierId"].to_string();
        let template =
            json(&self.get(&format!("/dossiertemplates/{}", dossier["dossierTemplateNo"].as_str().unwrap())));
        for part in template["dossierParts"].as_array().unwrap() {
            if part["required"] == "true" {
                let uid = uuid::Uuid::new_v4().to_string();
                let answer = self.upload(&id, part["partNo"].as_str().unwrap(), &uid, "giấy.pdf", b"%PDF-1.4 x", &[]);
                assert_eq!(answer.0, 200, "{answer:?}");
            }
        }
    }
}

pub const BOUNDARY: &str = "ranh-gioi-7d1";

pub fn multipart(fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, value) in fields {
        write!(body, "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").unwrap();
    }
    write!(body, "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n").unwrap();
    write!(body, "Content-Type: application/octet-stream\r\n\r\n").unwrap();
    body.extend_from_slice(bytes);
    write!(body, "\r\n--{BOUNDARY}--\r\n").unwrap();
    body
}
