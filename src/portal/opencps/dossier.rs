//! Creating, filling and submitting a dossier (OpenCPS API, dossier life cycle).

use serde_json::{Value, json};

use super::{OpenCps, catalogue::path_part, follow::WITHDRAW, good, lenient::*};
use crate::{
    dossier::{
        draft::{Draft, Helped},
        paper::PaperFile,
        person::{Person, phone},
        receipt::{HeldFile, Receipt},
        sending::{Office, Opened, Sending},
    },
    portal::{
        Result, Trouble,
        http::{Body, Fields, Method, Transport, Upload},
    },
};

/// The citizen's action "send to the office" in the usual process (OpenCPS API, how the front end sends a file).
const SEND: &str = "1100";

impl<T: Transport> Office for OpenCps<T> {
    type Error = Trouble;

    async fn open(&self, draft: &Draft) -> Result<Opened> {
        if let Some(dossier) = draft.answers {
            let row = self.get(&format!("/dossiers/{dossier}"), &[]).await?;
            return Ok(if is_in(&row, draft) { Opened::AlreadySent(dossier) } else { Opened::Open(dossier) });
        }
        let known = match draft.sending {
            Sending::Begun(dossier) => Some(dossier.to_string()),
            Sending::Opening => Some(draft.id.clone()),
            _ => None,
        };
        let mut found = None;
        if let Some(known) = known {
            found = match self.get(&format!("/dossiers/{known}"), &[]).await {
                Ok(row) => Some(row),
                // The API answers 403 for "not found" too.
                Err(Trouble::Refused(_)) => None,
                Err(trouble) => return Err(trouble),
            };
        }
        let row = match found {
            Some(row) if was_sent(&row) => row,
            Some(row) => {
                let id = int(&row, "dossierId").ok_or(Trouble::Nonsense)?;
                self.submit_form(Method::Put, &format!("/dossiers/{id}"), form(draft)).await?
            }
            None => self.submit_form(Method::Post, "/dossiers", form(draft)).await?,
        };
        let dossier = int(&row, "dossierId").filter(|id| *id > 0).ok_or(Trouble::Nonsense)?;
        Ok(if was_sent(&row) { Opened::AlreadySent(dossier) } else { Opened::Open(dossier) })
    }

    async fn held(&self, dossier: i64) -> Result<Vec<HeldFile>> {
        let answer = self.get(&format!("/dossiers/{dossier}/files"), &[]).await?;
        let rows = list(&answer, "data");
        Ok(rows
            .into_iter()
            .filter(|row| !flag(row, "removed") && int(row, "dossierPartType") != Some(2))
            .map(|row| HeldFile {
                upload: text(row, "referenceUid"),
                part: text(row, "dossierPartNo"),
                name: some_text(row, "dossierPartName").unwrap_or_else(|| text(row, "displayName")),
                bytes: int(row, "fileSize").and_then(|size| u64::try_from(size).ok()).unwrap_or(0),
            })
            .collect())
    }

    async fn content(&self, dossier: i64, upload: &str) -> Result<Vec<u8>> {
        let url = self.url(&format!("/dossiers/{dossier}/files/{}", path_part(upload)), &[]);
        good(self.carry(Method::Get, url, None, Body::Nothing).await?)
    }

    async fn attach(&self, dossier: i64, draft: &Draft, file: &PaperFile, progress: &dyn Fn(u64)) -> Result<()> {
        let fields = vec![
            ("displayName", file.name.clone()),
            ("fileType", file.mime.to_owned()),
            ("fileSize", file.bytes.len().to_string()),
            ("isSync", "false".to_owned()),
            ("dossierPartNo", file.part.clone()),
            ("dossierTemplateNo", draft.matter.template.clone()),
            ("referenceUid", file.upload.clone()),
        ];
        let upload = Upload { fields, name: &file.name, mime: file.mime, bytes: &file.bytes, progress };
        let url = self.url(&format!("/dossiers/{dossier}/files"), &[]);
        good(self.carry_file(Method::Post, url, upload).await?).map(drop)
    }

    async fn remove(&self, dossier: i64, upload: &str) -> Result<()> {
        let url = self.url(&format!("/dossiers/{dossier}/files/{}", path_part(upload)), &[]);
        good(self.carry(Method::Delete, url, None, Body::Nothing).await?).map(drop)
    }

    async fn submit(&self, dossier: i64, draft: &Draft) -> Result<()> {
        let mut enabled = self.next_actions(dossier).await?;
        enabled.retain(|code| code != WITHDRAW);
        let code = match &enabled[..] {
            codes if codes.iter().any(|code| code == SEND) => SEND.to_owned(),
            [only] => only.clone(),
            _ => return Err(Trouble::NotNow),
        };
        let path = format!("/dossiers/{dossier}/actions");
        match self.submit_form(Method::Post, &path, vec![("actionCode", code)]).await {
            Ok(_) => Ok(()),
            // Refused, or an answer that says nothing: what counts is whether the portal has taken it in.
            Err(trouble) => match self.get(&format!("/dossiers/{dossier}"), &[]).await {
                Ok(row) if is_in(&row, draft) => Ok(()),
                _ => Err(trouble),
            },
        }
    }

    async fn receipt(&self, dossier: i64, draft: &Draft) -> Result<Receipt> {
        let row = self.get(&format!("/dossiers/{dossier}"), &[]).await?;
        if !is_in(&row, draft) {
            return Err(Trouble::Nonsense);
        }
        Ok(Receipt {
            dossier,
            number: some_text(&row, "dossierNo"),
            // Of an answer the portal notes no day but that of the last change.
            sent: moment(&row, if draft.answers.is_some() { "modifiedDate" } else { "submitDate" }),
            due: moment(&row, "extendDate").or_else(|| moment(&row, "dueDate")),
            agency: text(&row, "govAgencyName"),
            files: Vec::new(),
            secret: draft.secret.clone(),
        })
    }
}

impl<T: Transport> OpenCps<T> {
    /// Takes back what was begun and not sent: the portal keeps neither the dossier nor its files; of an answer to what the office
    /// asked, the files that were handed in for it. `false` if the portal has taken it in meanwhile: then nothing is taken back.
    ///
    /// # Errors
    /// What the portal said no to; asking again does no harm.
    pub async fn take_back(&self, draft: &Draft) -> Result<bool> {
        let known = match (draft.answers, &draft.sending) {
            (Some(dossier), _) => dossier.to_string(),
            (None, Sending::Begun(dossier)) => dossier.to_string(),
            _ => draft.id.clone(),
        };
        let row = match self.get(&format!("/dossiers/{known}"), &[]).await {
            Ok(row) => row,
            // Not found: there is nothing to take back.
            Err(Trouble::Refused(_)) => return Ok(true),
            Err(trouble) => return Err(trouble),
        };
        if is_in(&row, draft) {
            return Ok(false);
        }
        let dossier = int(&row, "dossierId").ok_or(Trouble::Nonsense)?;
        if draft.answers.is_some() {
            for file in self.held(dossier).await? {
                if draft.papers.values().any(|paper| paper.upload == file.upload) {
                    self.remove(dossier, &file.upload).await?;
                }
            }
        } else {
            let url = self.url(&format!("/dossiers/{dossier}"), &[]);
            good(self.carry(Method::Delete, url, None, Body::Nothing).await?)?;
        }
        Ok(true)
    }
}

/// Whether the portal has taken in what the draft is for: the dossier, or the answer that it waited for.
fn is_in(row: &Value, draft: &Draft) -> bool {
    if draft.answers.is_some() { text(row, "dossierStatus") != "waiting" } else { was_sent(row) }
}

/// Whether the portal has taken the dossier in: a draft has neither a state nor a date of submission.
fn was_sent(row: &Value) -> bool {
    !text(row, "dossierStatus").is_empty() || moment(row, "submitDate").is_some()
}

/// The form of a dossier. In the portal's words the *applicant* is the owner of the matter, and the *delegate* is the
/// one who files.
fn form(draft: &Draft) -> Fields {
    let (owner, filer) = (draft.people.owner(), &draft.people.applicant);
    let helped = draft.helped.as_ref();
    // The form has no field for the day of birth, nor for a helper beside the one who files; the portal keeps free keys here.
    let mut free = json!({ "applicantBirthDate": owner.birth, "delegateBirthDate": filer.birth });
    if let Some(helped) = helped {
        free["helper"] = json!({
            "code": helped.by,
            "place": helped.place,
            "agreed": helped.agreed.date_time(),
            "aloud": helped.aloud,
            "language": helped.language,
        });
    }
    let mut fields = vec![
        ("referenceUid", draft.id.clone()),
        ("serviceCode", draft.matter.service.code.clone()),
        ("serviceName", draft.matter.service.name.clone()),
        ("govAgencyCode", draft.matter.agency.code.clone()),
        ("dossierTemplateNo", draft.matter.template.clone()),
        ("dossierName", draft.matter.service.name.clone()),
        // 1: filed through the online portal (OpenCPS API, originality).
        ("originality", "1".to_owned()),
        ("online", "true".to_owned()),
        ("applicantName", owner.name.trim().to_owned()),
        ("applicantIdType", "citizen".to_owned()),
        ("applicantIdNo", owner.id_digits()),
        ("applicantIdDate", owner.issued.trim().to_owned()),
        ("address", owner.street.trim().to_owned()),
        ("cityCode", owner.province.code.clone()),
        ("wardCode", owner.ward.code.clone()),
        ("contactName", owner.name.trim().to_owned()),
        ("contactTelNo", telephone(owner)),
        ("isSameAsApplicant", (!draft.people.on_behalf()).to_string()),
        ("delegateName", filer.name.trim().to_owned()),
        ("delegateIdNo", filer.id_digits()),
        ("delegateTelNo", telephone(filer)),
        ("delegateAddress", filer.street.trim().to_owned()),
        ("delegateCityCode", filer.province.code.clone()),
        ("delegateWardCode", filer.ward.code.clone()),
        ("viaPostal", "0".to_owned()),
        ("metaData", free.to_string()),
        // The paper by which the delegate acts: here the agreement to be helped.
        ("documentNo", helped.map(acted_for).unwrap_or_default()),
        ("documentDate", helped.map(|helped| helped.agreed.date()).unwrap_or_default()),
        ("password", draft.secret.clone()),
    ];
    fields.retain(|(_, value)| !value.is_empty());
    fields
}

/// Who helped, and where; a place that has no name is left out.
fn acted_for(helped: &Helped) -> String {
    let place = if helped.place.is_empty() { String::new() } else { format!(", {}", helped.place) };
    format!("Hỗ trợ tại quầy: {}{place}", helped.by)
}

fn telephone(person: &Person) -> String {
    phone(&person.phone).unwrap_or_default()
}
