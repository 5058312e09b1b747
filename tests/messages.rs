//! What the app says: every message that the code asks for stands in the tables, the three tables agree, the guides and
//! drawings are told in each language, and nothing is said that does not come from a table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Keys that are put together from parts: the prefix, and where the parts come from.
const BUILT: [&str; 4] = ["field.", "hint.", "status.", "kiosk.accent-"];

/// Sources that hold Vietnamese which nobody is told: what they read in the portal's texts, what they write for the office,
/// the names of days in a calendar of the law.
const READERS: [&str; 13] = [
    "src/catalogue/case.rs",
    "src/catalogue/requirement.rs",
    "src/catalogue/questions.rs",
    "src/catalogue/search/mod.rs",
    "src/catalogue/spelling.rs",
    "src/catalogue/terms.rs",
    "src/catalogue/typing.rs",
    "src/dossier/working_days/mod.rs",
    "src/journey/spaces.rs",
    "src/portal/opencps/catalogue.rs",
    "src/portal/opencps/dossier.rs",
    "src/widgets/keyboard.rs",
    "src/widgets/paper_hint.rs",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn table(path: &str) -> BTreeMap<String, String> {
    serde_json::from_str(&std::fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

/// Every source below `folder` with its code: no comments, no tests.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(root().join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root()).unwrap().to_path_buf();
        if path.is_dir() {
            all.extend(sources(name.to_str().unwrap()));
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "js") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = code.lines().filter(|line| {
                let line = line.trim_start();
                !line.starts_with("//") && !line.starts_with("* ") && !line.starts_with("/**")
            });
            all.push((name, lines.collect::<Vec<_>>().join("\n")));
        }
    }
    all
}

#[test]
fn the_table_and_the_code_agree() {
    let table = table("public/messages/vi.json");
    let table: BTreeSet<&str> = table.keys().map(String::as_str).collect();
    let mut code: String = sources("src").into_iter().map(|(_, code)| code).collect();
    // The static page and the scripts are given their words by the build.
    code += &std::fs::read_to_string(root().join("tools/post-build.mjs")).unwrap();
    let code = code.replace(['\'', '`'], "\"").replace("home.${name}-hint", "home.do-hint");
    let families: BTreeSet<&str> = table.iter().map(|key| &key[..key.find('.').unwrap() + 1]).collect();
    let asked: BTreeSet<&str> = code
        .split('"')
        .filter(|text| families.iter().any(|family| text.starts_with(family) && text.len() > family.len()))
        .filter(|text| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-')))
        .filter(|text| !text.ends_with(".rs") && !text.ends_with(".json"))
        .collect();
    let missing: Vec<_> = asked.difference(&table).collect();
    assert!(missing.is_empty(), "missing in the table: {missing:?}");
    let unused: Vec<_> =
        table.difference(&asked).filter(|key| !BUILT.iter().any(|prefix| key.starts_with(prefix))).collect();
    assert!(unused.is_empty(), "nobody asks for: {unused:?}");
}

/// The places of a message: `{n}`, `{name}`.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

#[test]
fn the_languages_agree() {
    let vi = table("public/messages/vi.json");
    let mut faults = Vec::new();
    for language in ["en", "km"] {
        let own = table(&format!("public/messages/{language}.json"));
        for (key, text) in &vi {
            match own.get(key) {
                None => faults.push(format!("{language}: no {key}")),
                Some(said) if said.trim().is_empty() || places(said) != places(text) => {
                    faults.push(format!("{language}: {key}: {said}"));
                }
                // The office reads Vietnamese.
                Some(said) if key.starts_with("office.") && said != text => {
                    faults.push(format!("{language}: {key} goes to the office"));
                }
                Some(_) => {}
            }
        }
        for key in own.keys() {
            let base = key.split('#').next().unwrap();
            if !vi.contains_key(base) || (key != base && places(&own[key]) != places(&vi[base])) {
                faults.push(format!("{language}: {key} has no Vietnamese"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What of a guide or a drawing is shown.
const SHOWN: [&str; 12] =
    ["everydayName", "purpose", "whoMayFile", "plain", "ask", "help", "label", "why", "where", "mistakes", "alt", ""];

fn shown(value: &Value, name: &str, all: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if SHOWN.contains(&name) && !name.is_empty() && !text.is_empty() => {
            all.extend([text.clone()])
        }
        Value::Array(many) => many.iter().for_each(|one| shown(one, name, all)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| shown(value, name, all)),
        _ => {}
    }
}

#[test]
fn guides_drawings_and_terms_are_told_in_every_language() {
    let mut texts = BTreeSet::new();
    let guides = std::fs::read_dir(root().join("public/guides")).unwrap().map(|entry| entry.unwrap().path());
    let guides = guides.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with('1'));
    let drawings =
        ["public/pictures/papers/index.json", "public/pictures/events/index.json"].map(|name| root().join(name));
    for path in guides.chain(drawings) {
        let value: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        shown(&value, "", &mut texts);
    }
    assert!(texts.len() > 700, "{}", texts.len());
    for language in ["en", "km"] {
        let told = table(&format!("public/guides/{language}.json"));
        let missing: Vec<_> = texts.iter().filter(|text| told.get(*text).is_none_or(String::is_empty)).collect();
        assert!(missing.is_empty(), "{language}: {missing:#?}");
        let unused: Vec<_> = told.keys().filter(|text| !texts.contains(*text)).collect();
        assert!(unused.is_empty(), "{language}: nobody shows {unused:#?}");
    }
    let terms: Value =
        serde_json::from_str(&std::fs::read_to_string(root().join("public/glossary/terms.json")).unwrap()).unwrap();
    for term in terms.as_array().unwrap() {
        for field in ["term", "vi", "en", "km"] {
            assert!(term[field].as_str().is_some_and(|text| !text.is_empty()), "{term}: {field}");
        }
    }
}

#[test]
fn what_is_said_comes_from_a_table() {
    let is_vietnamese = |c: char| ('\u{1ea0}'..='\u{1ef9}').contains(&c) || "ăâđêôơưĂÂĐÊÔƠƯ".contains(c);
    let mut faults = Vec::new();
    for (path, code) in sources("src") {
        if READERS.iter().any(|reader| path == Path::new(reader)) {
            continue;
        }
        faults.extend(
            code.lines().filter(|line| line.contains(is_vietnamese)).map(|line| format!("{}: {line}", path.display())),
        );
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
