//! Every message that the code asks for stands in the table, and the table holds nothing that nobody asks for.

use std::collections::BTreeSet;
use std::path::Path;

/// Keys that are put together from parts: the prefix, and where the parts come from.
const BUILT: [&str; 4] = ["field.", "hint.", "status.", "kiosk.accent-"];

fn sources(folder: &Path, all: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            all.push_str(text.split("#[cfg(test)]").next().unwrap_or_default());
        }
    }
}

#[test]
fn the_table_and_the_code_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(root.join("public/messages/vi.json")).unwrap()).unwrap();
    let table: BTreeSet<&str> = table.as_object().unwrap().keys().map(String::as_str).collect();
    let mut code = String::new();
    sources(&root.join("src"), &mut code);
    let families: BTreeSet<&str> = table.iter().map(|key| &key[..key.find('.').unwrap() + 1]).collect();
    let asked: BTreeSet<&str> = code
        .split('"')
        .filter(|text| families.iter().any(|family| text.starts_with(family)))
        .filter(|text| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-')))
        .collect();
    let missing: Vec<_> = asked.difference(&table).collect();
    assert!(missing.is_empty(), "missing in the table: {missing:?}");
    let unused: Vec<_> =
        table.difference(&asked).filter(|key| !BUILT.iter().any(|prefix| key.starts_with(prefix))).collect();
    assert!(unused.is_empty(), "nobody asks for: {unused:?}");
}
