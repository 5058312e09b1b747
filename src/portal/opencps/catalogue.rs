//! Procedures, their cases and the papers of a case (OpenCPS API, service catalogue).

use serde_json::Value;

use super::{OpenCps, lenient::*};
use crate::{
    catalogue::{
        case::Case,
        procedure::{Named, Place, Procedure, Summary},
        requirement::{FileLimit, Form, Need, Requirement, condition},
    },
    portal::{Result, http::Transport},
};

/// The city's code in the portal's dictionary of regions.
const REGIONS: &str = "/dictcollections/ADMINISTRATIVE_REGION/dictitems";

impl<T: Transport> OpenCps<T> {
    /// Procedures from `start` to before `end` in the portal's order, and how many there are in all.
    pub async fn services(&self, start: usize, end: usize) -> Result<(Vec<Summary>, usize)> {
        let query = [("start", start.to_string()), ("end", end.to_string()), ("active", "true".into())];
        let answer = self.get("/serviceinfos", &query).await?;
        let rows: Vec<Summary> = list(&answer, "data").into_iter().map(summary).collect();
        let total = int(&answer, "total").and_then(|total| usize::try_from(total).ok()).unwrap_or(rows.len());
        Ok((rows, total))
    }

    /// One procedure with all that the portal says of it.
    pub async fn service(&self, code: &str) -> Result<Procedure> {
        let row = self.get(&format!("/serviceinfos/{}", path_part(code)), &[]).await?;
        Ok(Procedure {
            places: list(&row, "serviceConfigs").into_iter().filter_map(place).collect(),
            subjects: lines(&row, "applicantText"),
            results: lines(&row, "resultText"),
            legal_basis: lines(&row, "regularText"),
            conditions: lines(&row, "conditionText"),
            steps: lines(&row, "processText"),
            summary: summary(&row),
        })
    }

    /// The cases of a procedure at one place.
    pub async fn cases(&self, config: i64) -> Result<Vec<Case>> {
        let answer = self.get(&format!("/serviceconfigs/{config}/processes"), &[]).await?;
        let case = |row: &Value| {
            Some(Case {
                option: int(row, "processOptionId")?,
                template: some_text(row, "templateNo")?,
                name: text(row, "optionName"),
            })
        };
        Ok(list(&answer, "data").into_iter().filter_map(case).collect())
    }

    /// The papers that a case asks for, in the portal's order.
    pub async fn requirements(&self, template: &str) -> Result<Vec<Requirement>> {
        let answer = self.get(&format!("/dossiertemplates/{}", path_part(template)), &[]).await?;
        Ok(list(&answer, "dossierParts").into_iter().filter_map(requirement).collect())
    }

    /// The address of a form file, for a link.
    pub fn form_url(&self, service: &str, form: &Form) -> String {
        self.url(&format!("/serviceinfos/{}/filetemplates/{}", path_part(service), path_part(&form.number)), &[])
    }

    /// The regions below one, by name: provinces below `None`, wards below a province.
    pub async fn regions(&self, parent: Option<&str>) -> Result<Vec<Named>> {
        let answer = self.get(REGIONS, &[("parent", parent.unwrap_or("0").to_owned())]).await?;
        let region = |row: &Value| Some(Named { code: some_text(row, "itemCode")?, name: some_text(row, "itemName")? });
        Ok(list(&answer, "data").into_iter().filter_map(region).collect())
    }
}

/// A code as one segment of a path.
pub(super) fn path_part(code: &str) -> String {
    code.chars()
        .flat_map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
                vec![c]
            } else {
                let mut bytes = [0; 4];
                let text = c.encode_utf8(&mut bytes);
                text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>().chars().collect()
            }
        })
        .collect()
}

fn summary(row: &Value) -> Summary {
    let configs = list(row, "serviceConfigs");
    let mut agencies: Vec<String> = configs.iter().filter_map(|config| some_text(config, "govAgencyName")).collect();
    if agencies.is_empty() {
        agencies.extend(some_text(row, "administrationName"));
    }
    Summary {
        code: text(row, "serviceCode"),
        name: text(row, "serviceName"),
        field: Named { code: text(row, "domainCode"), name: text(row, "domainName") },
        agencies,
        duration: lines(row, "durationText"),
        fees: lines(row, "feeText"),
    }
}

fn place(row: &Value) -> Option<Place> {
    Some(Place {
        config: int(row, "serviceConfigId")?,
        agency: Named { code: text(row, "govAgencyCode"), name: text(row, "govAgencyName") },
        // Only web addresses: a portal's text must not become a script's.
        elsewhere: some_text(row, "serviceUrl").filter(|url| url.starts_with("https://") || url.starts_with('/')),
    })
}

/// A part of a template as a requirement; `None` for the parts that hold results (types 2 and 7).
fn requirement(row: &Value) -> Option<Requirement> {
    let kind = int(row, "partType").unwrap_or(1);
    if matches!(kind, 2 | 7) {
        return None;
    }
    let name = text(row, "partName");
    let part = some_text(row, "partNo")?;
    let rule = inner(row, "partTip");
    let tip = if rule.is_object() { text(&rule, "tip") } else { text(row, "partTip") };
    let need = if flag(row, "required") {
        Need::Required
    } else if kind == 3 || part == "TP99" {
        Need::Optional
    } else {
        condition(&name).map_or(Need::Required, Need::If)
    };
    let mut limit = FileLimit::default();
    if let Some(megabytes) = int(&rule, "maxSize").filter(|size| *size > 0) {
        limit.max_bytes = megabytes as u64 * 1_000_000;
    }
    let extensions: Vec<String> = text(&rule, "extensions")
        .split(',')
        .map(|ext| ext.trim().to_lowercase())
        .filter(|ext| !ext.is_empty())
        .collect();
    if !extensions.is_empty() {
        limit.extensions = extensions;
    }
    Some(Requirement {
        part,
        name,
        need,
        originals: count(&tip, "bản chính"),
        copies: count(&tip, "bản sao"),
        group: after(&tip, "nhóm:"),
        form: some_text(row, "fileTemplateNo").map(|number| Form { number }),
        limit,
        multiple: flag(row, "multiple"),
    })
}

/// The number that follows a word and a colon in a hint: "Bản chính: 1; Bản sao: 0".
fn count(tip: &str, word: &str) -> Option<u32> {
    after(tip, &format!("{word}:"))?.split_whitespace().next()?.parse().ok()
}

/// What follows a word in a hint, up to the next semicolon.
fn after(tip: &str, word: &str) -> Option<String> {
    let lower = tip.to_lowercase();
    let at = lower.find(word)? + word.len();
    let text = tip.get(at..)?.split(';').next()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
