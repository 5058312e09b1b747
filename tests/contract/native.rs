//! A citizen's device without a browser: requests over a native client, and a draft to send.

use std::cell::{Cell, RefCell};

use mot_cua::{
    catalogue::{procedure::Named, requirement::Need},
    dossier::{
        draft::{Draft, Matter},
        moment::Moment,
        paper::{Made, Page, Paper, PaperFile, Source},
        person::{MatterOf, People, Person},
        sending::Sending,
    },
    portal::{
        Portal, Trouble,
        http::{Answer, Body, Method, Request, Transport, Upload, encode},
    },
};

/// The method as HTTP writes it.
pub fn verb(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    }
}

/// A client that keeps its cookies.
pub struct Native {
    pub agent: ureq::Agent,
    /// The answer after so many more is lost: the portal has acted, and we do not hear of it.
    pub lose: Cell<Option<u32>>,
    pub asked: RefCell<Vec<String>>,
}

impl Transport for &Native {
    async fn carry(&self, request: Request) -> Result<Answer, Trouble> {
        let call = self.call(&request);
        self.heard(match request.body {
            Body::Nothing => call.call(),
            Body::Form(fields) => {
                call.set("Content-Type", "application/x-www-form-urlencoded").send_string(&encode(&fields))
            }
        })
    }

    async fn carry_file(&self, request: Request, file: Upload<'_>) -> Result<Answer, Trouble> {
        let Upload { fields, name, mime, bytes, .. } = file;
        let mut body = Vec::new();
        for (field, value) in fields {
            body.extend(
                format!("--cut\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        body.extend(
            format!("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {mime}\r\n\r\n")
                .bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n--cut--\r\n");
        self.heard(self.call(&request).set("Content-Type", "multipart/form-data; boundary=cut").send_bytes(&body))
    }
}

impl Native {
    fn call(&self, request: &Request) -> ureq::Request {
        let method = verb(request.method);
        self.asked.borrow_mut().push(format!("{method} {}", request.url));
        let call = self.agent.request(method, &request.url);
        request.headers.iter().fold(call, |call, (name, value)| call.set(name, value))
    }

    fn heard(&self, answer: Result<ureq::Response, ureq::Error>) -> Result<Answer, Trouble> {
        let answer = match answer {
            Ok(answer) | Err(ureq::Error::Status(_, answer)) => answer,
            Err(_) => return Err(Trouble::Offline),
        };
        let status = answer.status();
        let retry_after = answer.header("Retry-After").and_then(|seconds| seconds.parse().ok());
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut answer.into_reader(), &mut bytes).map_err(|_| Trouble::Offline)?;
        match self.lose.get() {
            Some(0) => {
                self.lose.set(None);
                return Err(Trouble::Offline);
            }
            more => self.lose.set(more.map(|more| more - 1)),
        }
        Ok(Answer { status, retry_after, ahead: None, bytes })
    }
}

pub fn native() -> Native {
    Native { agent: ureq::AgentBuilder::new().build(), lose: Cell::new(None), asked: RefCell::default() }
}

pub fn chau() -> Person {
    Person {
        name: "Thạch Thị Châu".into(),
        id_number: "092177004321".into(),
        birth: "05/03/1977".into(),
        phone: "0900000003".into(),
        street: "Ấp Hòa Thạnh".into(),
        ward: Named { code: "31135".into(), name: "Phường Ninh Kiều".into() },
        province: Named { code: "92".into(), name: "Cần Thơ".into() },
        ..Person::default()
    }
}

/// A draft of the first case of "sang tên", with a file for each required part.
pub async fn draft(portal: &Portal<&Native>, run: u32) -> (Draft, Vec<PaperFile>) {
    let procedure = portal.service("1.116501").await.unwrap();
    let place = &procedure.places[0];
    let case = &portal.cases(place.config).await.unwrap()[0];
    let requirements = portal.requirements(&case.template).await.unwrap();
    assert!(requirements.len() > 5 && requirements[0].form.is_some());
    let id = |n: usize| format!("0b0b6a0e-2f5e-4f4c-9b3e-0a4f6d1c{run:02x}{n:02x}");
    let required: Vec<_> = requirements.iter().filter(|paper| paper.need == Need::Required).collect();
    let files = required.iter().enumerate().map(|(at, paper)| PaperFile {
        upload: id(at + 1),
        part: paper.part.clone(),
        name: "giay.pdf".into(),
        mime: "application/pdf",
        bytes: format!("%PDF-1.7 {at} {}", "x".repeat(1000 * (at + 1))).into_bytes(),
    });
    let files: Vec<PaperFile> = files.collect();
    let page = Page { source: Source::Pdf, made: Made::Ready, ..Page::new(id(99), 1) };
    let papers =
        files.iter().map(|file| (file.part.clone(), Paper { upload: file.upload.clone(), pages: vec![page.clone()] }));
    let draft = Draft {
        id: id(0),
        matter: Matter {
            service: Named { code: "1.116501".into(), name: procedure.summary.name.clone() },
            agency: place.agency.clone(),
            config: place.config,
            option: case.option,
            template: case.template.clone(),
            ..Matter::default()
        },
        papers: papers.collect(),
        requirements,
        hints: Default::default(),
        ticks: Default::default(),
        people: People { applicant: chau(), matter_of: MatterOf::Applicant },
        secret: "135790".into(),
        saved: Moment(0),
        place: String::new(),
        sending: Sending::Draft,
        queued: false,
        answers: None,
        relayed: Vec::new(),
        helped: None,
        spare_data: false,
    };
    assert_eq!(draft.gaps(Moment(1_790_000_000_000)), []);
    (draft, files)
}
