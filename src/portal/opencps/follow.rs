//! Following a dossier (OpenCPS API, tracking).

use serde::Serialize;
use serde_json::Value;

use super::{OpenCps, catalogue::path_part, good, lenient::*, status::status};
use crate::{
    catalogue::{procedure::Named, spelling::fold},
    dossier::{
        person::{MatterOf, People, Person},
        progress::{Duty, Event, Progress, Remark, ResultFile, Stage},
        status::Status,
        vietqr::Account,
    },
    portal::{
        Result, Trouble,
        http::{Body, Method, Transport, Upload},
    },
};

impl<T: Transport> OpenCps<T> {
    /// The dossier of this number, opened by its secret code: one request. The number may be the official one or,
    /// before reception, the portal's own id.
    ///
    /// # Errors
    /// `WrongSecret` if number and code do not belong together; the portal does not tell which of them is wrong.
    pub async fn dossier_by_secret(&self, number: &str, secret: &str) -> Result<Progress> {
        match self.get_with_secret(&format!("/dossiers/{}", path_part(number.trim())), Some(secret.trim())).await {
            Ok(row) => progress(&row).ok_or(Trouble::Nonsense),
            Err(Trouble::SignInNeeded | Trouble::Refused(_)) => Err(Trouble::WrongSecret),
            Err(trouble) => Err(trouble),
        }
    }

    /// The dossiers with exactly this number. Only the number travels in the address; the second fact is compared on
    /// the device. `letters` are those of the portal's picture, for portals that want to see a person behind the question.
    ///
    /// # Errors
    /// `SignInNeeded` from a portal that wants the letters and got none; `WrongCaptcha` if they are not right.
    pub async fn dossiers_by_number(&self, number: &str, letters: Option<&str>) -> Result<Vec<Progress>> {
        let number = number.trim();
        let mut query = vec![("start", "0".to_owned()), ("end", "10".to_owned()), ("dossierNo", number.to_owned())];
        let answer = match letters {
            None => self.get("/dossiers", &query).await?,
            Some(letters) => {
                query.push(("j_captcha_response", letters.trim().to_owned()));
                match self.get("/dossiers/searchDossierNo", &query).await {
                    Err(Trouble::SignInNeeded) => return Err(Trouble::WrongCaptcha),
                    answer => answer?,
                }
            }
        };
        // The portal matches beginnings; ours is a whole number.
        let mine = |row: &&Value| text(row, "dossierNo").eq_ignore_ascii_case(number);
        Ok(list(&answer, "data").into_iter().filter(mine).filter_map(progress).collect())
    }

    /// The dossier of the signed-in citizen, by the portal's id.
    pub async fn dossier(&self, dossier: i64) -> Result<Progress> {
        progress(&self.get(&format!("/dossiers/{dossier}"), &[]).await?).ok_or(Trouble::Nonsense)
    }

    /// The people of a dossier of the signed-in citizen: whose matter it is, and who filed it where that is someone else. Names
    /// are in capitals, as the portal keeps them.
    pub async fn people(&self, dossier: i64) -> Result<People> {
        let row = self.get(&format!("/dossiers/{dossier}"), &[]).await?;
        let free = inner(&row, "metaData");
        let person = |who: &str, [phone, street, ward, ward_name, city, city_name]: [&str; 6]| Person {
            name: text(&row, &format!("{who}Name")),
            id_number: text(&row, &format!("{who}IdNo")),
            birth: text(&free, &format!("{who}BirthDate")),
            phone: text(&row, phone),
            street: text(&row, street),
            ward: Named { code: text(&row, ward), name: text(&row, ward_name) },
            province: Named { code: text(&row, city), name: text(&row, city_name) },
            ..Person::default()
        };
        let owner = person("applicant", ["contactTelNo", "address", "wardCode", "wardName", "cityCode", "cityName"]);
        let filer = person(
            "delegate",
            [
                "delegateTelNo",
                "delegateAddress",
                "delegateWardCode",
                "delegateWardName",
                "delegateCityCode",
                "delegateCityName",
            ],
        );
        Ok(if filer.id_number.is_empty() || filer.id_number == owner.id_number {
            People { applicant: owner, matter_of: MatterOf::Applicant }
        } else {
            People { applicant: filer, matter_of: MatterOf::Other(Box::new(owner)) }
        })
    }

    /// The sent dossiers of the signed-in citizen, newest first.
    pub async fn my_dossiers(&self) -> Result<Vec<Progress>> {
        let query = [
            ("start", "0".to_owned()),
            ("end", "50".to_owned()),
            ("owner", "true".to_owned()),
            ("sort", "createDate".to_owned()),
            ("order", "true".to_owned()),
        ];
        let answer = self.get("/dossiers", &query).await?;
        let sent = |row: &&Value| !text(row, "dossierStatus").is_empty();
        Ok(list(&answer, "data").into_iter().filter(sent).filter_map(progress).collect())
    }

    /// What the office has written down about the dossier, oldest first.
    pub async fn log(&self, dossier: i64, secret: Option<&str>) -> Result<Vec<Event>> {
        let answer = self.get_with_secret(&format!("/dossierlogs/{dossier}/logs"), secret).await?;
        let mut events: Vec<Event> = list(&answer, "data")
            .into_iter()
            .filter(|row| text(row, "notificationType") == "PROCESS_TYPE")
            .map(|row| Event {
                when: moment(row, "createDate"),
                who: text(row, "author"),
                step: text(&inner(row, "payload"), "stepName"),
                note: lines(row, "content"),
            })
            .collect();
        events.sort_by_key(|event| event.when);
        Ok(events)
    }

    /// The stages of the office's process, in order.
    pub async fn stages(&self, dossier: i64, secret: Option<&str>) -> Result<Vec<Stage>> {
        let answer = self.get_with_secret(&format!("/dossiers/{dossier}/sequences"), secret).await?;
        let stage = |row: &Value| {
            let status = text(row, "statusText");
            let names = list(row, "assignUsers").into_iter().map(|user| text(user, "userName"));
            Stage {
                name: text(row, "sequenceName"),
                role: text(row, "sequenceRole"),
                people: names.filter(|name| !name.is_empty()).collect(),
                days: row["durationCount"].as_f64().map_or(0, |days| days.ceil() as u32),
                since: moment(row, "startDate").filter(|since| since.0 > 0),
                // The running stage's words begin so (OpenCPS API, sequences).
                is_current: fold(&status).starts_with("dang thuc hien"),
                status,
            }
        };
        Ok(list(&answer, "data").into_iter().map(stage).collect())
    }

    /// The papers that the office wants again, with its reasons.
    pub async fn remarks(&self, dossier: i64, secret: Option<&str>) -> Result<Vec<Remark>> {
        let answer = self.get_with_secret(&format!("/dossiers/{dossier}/marks"), secret).await?;
        // fileCheck 2: rejected (OpenCPS API, marks).
        let rejected = |row: &&Value| int(row, "fileCheck") == Some(2);
        let remark =
            |row: &Value| Remark { part: text(row, "dossierPartNo"), comment: lines(row, "fileComment").join(" ") };
        Ok(list(&answer, "data").into_iter().filter(rejected).map(remark).collect())
    }

    /// The money that the dossier waits for; `None` where the portal asks for none, or for an amount that is none.
    pub async fn duty(&self, dossier: i64, secret: Option<&str>) -> Result<Option<Duty>> {
        let row = match self.get_with_secret(&format!("/dossiers/{dossier}/payment"), secret).await {
            Ok(row) => row,
            Err(Trouble::Refused(_)) => return Ok(None),
            Err(trouble) => return Err(trouble),
        };
        let Some(amount) = int(&row, "paymentAmount").filter(|amount| *amount > 0) else {
            return Ok(None);
        };
        let bank = inner(&row, "bankInfo");
        let account = Account {
            bin: text(&bank, "bankBin"),
            bank: text(&bank, "bankName"),
            number: text(&bank, "accountNo"),
            holder: text(&bank, "accountName"),
        };
        let account = Some(account).filter(|account| !account.number.is_empty());
        let profile = inner(&row, "epaymentProfile");
        let pay_at = some_text(&profile, "keypayUrl").filter(|url| url.starts_with("https://"));
        let gateway = !profile["kpdvcqg"].is_null() && text(&profile, "kpdvcqg") != "false";
        Ok(Some(Duty {
            id: text(&row, "referenceUid"),
            title: text(&row, "paymentFee"),
            amount,
            note: lines(&row, "paymentNote"),
            payee: text(&row, "govAgencyName"),
            account_text: if account.is_some() { Vec::new() } else { lines(&row, "bankInfo") },
            account,
            pay_at,
            gateway,
            paid: moment(&row, "confirmDatetime"),
            settled: matches!(int(&row, "paymentStatus"), Some(3 | 5)),
        }))
    }

    /// Hands in the picture of a receipt, a JPEG: the citizen has paid, the office has to confirm.
    pub async fn report_paid(&self, dossier: i64, duty: &Duty, receipt: &[u8]) -> Result<()> {
        let url = self.url(&format!("/dossiers/{dossier}/payments/{}/confirmfile", path_part(&duty.id)), &[]);
        let (name, mime) = ("bien-lai.jpg", "image/jpeg");
        let upload = Upload { fields: Vec::new(), name, mime, bytes: receipt, progress: &|_| {} };
        good(self.carry_file(Method::Put, url, upload).await?).map(drop)
    }

    /// Opens a payment at the national gateway and gives the address of its page: a safe one, or one of the portal's own.
    ///
    /// # Errors
    /// `NotNow` where the gateway opens none, `Nonsense` for an address that is neither.
    pub async fn open_payment(&self, dossier: i64) -> Result<String> {
        let fields = vec![("dossierId", dossier.to_string())];
        let answer = self.submit_form(Method::Post, "/o/pgi/kpdvcqg/createtransaction", fields).await?;
        if text(&answer, "error") != "0" {
            return Err(Trouble::NotNow);
        }
        Ok(text(&answer, "payment_url"))
    }

    /// The office's own receipt for a payment, a PDF; empty while there is none.
    pub async fn invoice(&self, dossier: i64, duty: &Duty) -> Result<Vec<u8>> {
        let url = self.url(&format!("/dossiers/{dossier}/payments/{}/invoicefile", path_part(&duty.id)), &[]);
        good(self.carry(Method::Get, url, None, Body::Nothing).await?)
    }

    /// How to ask for news of a dossier without the app.
    pub fn watch(&self, dossier: i64, secret: &str) -> Watch {
        Watch {
            url: self.url(&format!("/dossiers/{dossier}"), &[]),
            headers: vec![("groupId", self.group.clone()), ("secretCode", secret.to_owned())],
            fields: PRINTED.to_vec(),
        }
    }

    /// The files that the office made as the result. For the signed-in owner.
    pub async fn results(&self, dossier: i64) -> Result<Vec<ResultFile>> {
        let answer = self.get(&format!("/dossiers/{dossier}/files"), &[]).await?;
        let rows = list(&answer, "data").into_iter();
        // Part type 2: what the office hands out (OpenCPS API, parts of a dossier).
        let made = rows.filter(|row| !flag(row, "removed") && int(row, "dossierPartType") == Some(2));
        Ok(made
            .map(|row| {
                let name = text(row, "displayName");
                let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
                // The portal names an ending, or a MIME type, or leaves it to the name.
                let said = text(row, "fileType").rsplit('/').next().unwrap_or_default().to_lowercase();
                let said = match said.as_str() {
                    "msword" => "doc",
                    "vnd.ms-excel" => "xls",
                    "vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
                    "vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
                    "x-zip-compressed" => "zip",
                    "octet-stream" => "",
                    said => said,
                };
                ResultFile {
                    id: text(row, "referenceUid"),
                    kind: if said.is_empty() { ending.unwrap_or_default() } else { said.to_owned() },
                    bytes: int(row, "fileSize").and_then(|size| u64::try_from(size).ok()).filter(|size| *size > 0),
                    name,
                }
            })
            .collect())
    }

    /// Asks the office for the dossier back.
    ///
    /// # Errors
    /// `NotNow` where the portal does not offer it in this state.
    pub async fn withdraw(&self, dossier: i64, reason: &str) -> Result<()> {
        if !self.next_actions(dossier).await?.iter().any(|code| code == WITHDRAW) {
            return Err(Trouble::NotNow);
        }
        let fields = vec![("actionCode", WITHDRAW.to_owned()), ("actionNote", serde_json::json!(reason).to_string())];
        self.submit_form(Method::Post, &format!("/dossiers/{dossier}/actions"), fields).await.map(drop)
    }

    /// The codes of what the citizen may do now.
    pub(super) async fn next_actions(&self, dossier: i64) -> Result<Vec<String>> {
        let actions = self.get(&format!("/dossiers/{dossier}/nextactions"), &[]).await?;
        let enabled = list(&actions, "data").into_iter().filter(|action| int(action, "enable") == Some(1));
        Ok(enabled.map(|action| text(action, "actionCode")).collect())
    }

    /// Says how content the citizen is with how the dossier was handled: 1 for very, 2, 3 for not. `false` if they have said
    /// so before, or nothing is asked.
    pub async fn rate(&self, dossier: i64, answer: usize) -> Result<bool> {
        self.vote(&format!("/postal/votings/dossier/{dossier}"), answer).await
    }

    /// The same about the service of an agency, by its code.
    pub async fn rate_agency(&self, agency: &str, answer: usize) -> Result<bool> {
        self.vote(&format!("/postal/votings/govagency/{}", path_part(agency)), answer).await
    }

    async fn vote(&self, about: &str, answer: usize) -> Result<bool> {
        let asked = self.get(about, &[]).await?;
        let Some(voting) = list(&asked, "data").first().and_then(|row| int(row, "votingId")) else { return Ok(false) };
        let path = format!("/postal/votings/{voting}/results");
        match self.submit_form(Method::Post, &path, vec![("selected", answer.to_string())]).await {
            Ok(_) => Ok(true),
            Err(Trouble::Refused(_)) => Ok(false),
            Err(trouble) => Err(trouble),
        }
    }
}

/// The fields that change when there is news.
const PRINTED: [&str; 3] = ["dossierStatus", "dossierSubStatus", "extendDate"];

/// A question to the portal that a service worker can ask. The fields of its answer, joined by `|`, are a dossier's `print`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Watch {
    url: String,
    headers: Vec<(&'static str, String)>,
    fields: Vec<&'static str>,
}

/// The citizen's action "give it back"; the only one of the API's with a fixed meaning.
pub(super) const WITHDRAW: &str = "7100";

fn postal_address(row: &Value) -> String {
    let parts = ["postalAddress", "postalWardName", "postalDistrictName", "postalCityName"].map(|part| text(row, part));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn progress(row: &Value) -> Option<Progress> {
    let status_text = some_text(row, "dossierSubStatusText").unwrap_or_else(|| text(row, "dossierStatusText"));
    let mut note = lines(row, "stepInstruction");
    note.extend(lines(row, "dossierNote").into_iter().filter(|line| !line.starts_with('{')));
    note.dedup();
    let received = moment(row, "receiveDate");
    let status = match status(&text(row, "dossierStatus"), &status_text) {
        // The national code for both is "not taken in"; a dossier that was taken in is one that is not worked on any more.
        Status::Refused if received.is_some() => Status::Stopped,
        status => status,
    };
    Some(Progress {
        dossier: int(row, "dossierId")?,
        number: some_text(row, "dossierNo"),
        service: text(row, "serviceName"),
        agency: text(row, "govAgencyName"),
        template: text(row, "dossierTemplateNo"),
        status,
        owner: text(row, "applicantName"),
        owner_id: text(row, "applicantIdNo"),
        submitted: moment(row, "submitDate"),
        received,
        due: moment(row, "dueDate"),
        extended: moment(row, "extendDate"),
        released: moment(row, "releaseDate"),
        finished: moment(row, "finishDate"),
        note,
        paused: text(row, "lockState").starts_with("PAUSE"),
        codes: (text(row, "serviceCode"), text(row, "govAgencyCode")),
        print: PRINTED.map(|field| text(row, field)).join("|"),
        tracking: some_text(row, "postalCodeSend"),
        // 2 chosen, 3 sent, 4 received (OpenCPS API, creating a dossier).
        post_to: int(row, "viaPostal").filter(|via| *via >= 2).map(|_| postal_address(row)),
        step: text(row, "stepName"),
        handler: text(row, "lastActionUser"),
        acted: moment(row, "lastActionDate"),
    })
}
