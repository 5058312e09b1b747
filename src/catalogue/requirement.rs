//! A requirement (thành phần hồ sơ): one paper that a case asks for.

use serde::{Deserialize, Serialize};

/// Whether the paper is needed, as far as the portal says.
///
/// The portal's own mark is not enough: Cần Thơ publishes `required: false` for everything, and the condition
/// stands in the paper's name. A paper whose name states no condition counts as required; one that states a
/// condition is needed if the condition holds, and the citizen sees it word for word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Need {
    Required,
    /// The condition as the published name words it.
    If(String),
    /// The portal takes it if handed in, and never waits for it ("Giấy tờ khác").
    Optional,
}

/// A form to fill in, kept by the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// The portal's number of the file template.
    pub number: String,
}

/// What the portal takes as a file for one requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLimit {
    pub max_bytes: u64,
    /// Lower-case extensions without the dot.
    pub extensions: Vec<String>,
}

impl Default for FileLimit {
    /// The portal's front-end defaults where a part gives no rule (OpenCPS API, upload limits): 100 MB. We ask for
    /// less than half of it, so that a file that was sent once can also be read back on a weak network.
    fn default() -> Self {
        FileLimit { max_bytes: 40_000_000, extensions: ["pdf", "jpg", "jpeg", "png"].map(String::from).to_vec() }
    }
}

impl FileLimit {
    pub fn takes(&self, extension: &str) -> bool {
        self.extensions.iter().any(|held| held == extension)
    }
}

/// One paper that a case asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// The portal's number of the part, such as `TP01`; unique in its template.
    pub part: String,
    /// The official name, word for word.
    pub name: String,
    pub need: Need,
    /// How many originals and copies to hand in, where the portal says.
    pub originals: Option<u32>,
    pub copies: Option<u32>,
    /// The heading of the group that the paper is listed under, such as "Giấy tờ phải xuất trình".
    pub group: Option<String>,
    pub form: Option<Form>,
    pub limit: FileLimit,
    /// Takes several files.
    pub multiple: bool,
}

impl Requirement {
    /// The official name without the dash that portals put before the items of a list.
    pub fn title(&self) -> &str {
        self.name.trim_start_matches(|sign: char| matches!(sign, '-' | '–' | '+' | '•') || sign.is_whitespace())
    }

    /// A paper by which one person acts for another: its name speaks of "ủy quyền" or of "đại diện".
    pub fn is_authority(&self) -> bool {
        let name = self.name.to_lowercase();
        ["ủy quyền", "uỷ quyền", "đại diện"].iter().any(|word| name.contains(word))
    }
}

/// Words by which a published name states a condition.
const CONDITIONS: [&str; 12] = [
    "trừ trường hợp",
    "trường hợp",
    "đối với",
    "nếu có",
    "nếu ",
    "(nếu",
    "khi có",
    "khi thực hiện",
    "trong trường hợp",
    "mà có",
    "có nhu cầu",
    "thuộc diện",
];

/// The condition that a published paper name states, word for word from where it begins; `None` if it states none.
///
/// ```
/// use mot_cua::catalogue::requirement::condition;
/// assert_eq!(condition("Giấy chứng nhận đã cấp"), None);
/// assert_eq!(condition("Sổ gốc (nếu có)").unwrap(), "nếu có");
/// assert_eq!(condition("Văn bản đại diện đối với người nộp thay").unwrap(), "đối với người nộp thay");
/// ```
pub fn condition(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let at = CONDITIONS.iter().filter_map(|word| lower.find(word)).min()?;
    // Lower-casing keeps the byte length of Vietnamese letters; where it ever does not, the whole name is shown.
    let text = if lower.len() == name.len() { name.get(at..).unwrap_or(name) } else { name };
    Some(text.trim_matches(['(', ')', ' ', ';', '.', ',']).to_owned())
}
/// A paper that the portal keeps for the citizen: its kind, and the name of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnFile {
    pub template: String,
    pub name: String,
}

impl Requirement {
    /// The paper among these that is of the kind that this asks for.
    pub fn on_file<'a>(&self, papers: &'a [OnFile]) -> Option<&'a OnFile> {
        let form = self.form.as_ref()?;
        papers.iter().find(|paper| paper.template == form.number)
    }
}
