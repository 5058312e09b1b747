//! How often a citizen's own words lead to the right procedure.
//!
//! `PROCEDURES` may name another list (code, field and name, parted by tabs); `TUNE` leaves the queries out that were not
//! to be looked at while the engine was made.

use std::{fs, path::Path, time::Instant};

use mot_cua::catalogue::{
    guide::{Entry, Guide, Saying},
    procedure::{Named, Summary},
    search::Index,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Query {
    query: String,
    codes: Vec<String>,
    kind: String,
    #[serde(default)]
    held: bool,
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn guides() -> Vec<Entry> {
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("public/guides")).unwrap();
    let guide = |path: &Path| serde_json::from_str::<Guide>(&fs::read_to_string(path).unwrap()).ok();
    files.filter_map(|file| Some(guide(&file.unwrap().path())?.entry)).collect()
}

fn procedures(list: &str) -> Vec<Summary> {
    let row = |line: &str| {
        let mut cells = line.splitn(3, '\t').map(str::to_owned);
        let (code, field, name) = (cells.next()?, cells.next()?, cells.next()?);
        Some(Summary { code, name, field: Named { code: String::new(), name: field }, ..Summary::default() })
    };
    list.lines().filter_map(row).collect()
}

#[test]
fn everyday_words_lead_to_the_right_procedure() {
    let list = match std::env::var("PROCEDURES") {
        Ok(path) => fs::read_to_string(path).unwrap(),
        Err(_) => read("tests/bench/procedure-names.tsv"),
    };
    let (guides, procedures) = (guides(), procedures(&list));
    let sayings: Vec<Saying> = serde_json::from_str(&read("public/guides/words.json")).unwrap();
    let queries: Vec<Query> = serde_json::from_str(&read("tests/bench/queries.json")).unwrap();
    let start = Instant::now();
    let mut index = Index::new(&sayings);
    for procedure in &procedures {
        index.add(procedure, guides.iter().find(|guide| guide.procedure == procedure.code));
    }
    println!("{} procedures, {} sayings: built in {:?}", procedures.len(), sayings.len(), start.elapsed());
    let tune = std::env::var("TUNE").is_ok();
    let queries: Vec<&Query> = queries.iter().filter(|query| !(tune && query.held)).collect();
    let (mut first, mut fifth) = (0, 0);
    for query in &queries {
        let hits = index.find(&query.query, 5).hits;
        let rank = hits.iter().position(|at| query.codes.contains(&procedures[*at].code));
        first += usize::from(rank == Some(0));
        fifth += usize::from(rank.is_some());
        if rank != Some(0) && (tune || !query.held) {
            let got = hits.first().map_or("nothing".to_owned(), |at| {
                format!("{} {}", procedures[*at].code, procedures[*at].name.chars().take(90).collect::<String>())
            });
            println!("  {} «{}» {:?}, rank {rank:?}: {got}", query.kind, query.query, query.codes[0]);
        }
    }
    let share = |count: usize| 100.0 * count as f64 / queries.len() as f64;
    println!("{} queries: hit@1 {:.1} %, hit@5 {:.1} %", queries.len(), share(first), share(fifth));
    assert!(share(first) >= 90.0 && share(fifth) >= 98.0);
}
