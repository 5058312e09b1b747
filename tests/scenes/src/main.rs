//! Writes scenes as JPEG files with the truth beside them: `scenes FOLDER FIRST COUNT SIDE [TROUBLE]`.

use std::{fs, path::PathBuf, process::ExitCode};

use scenes::{Paper, Recipe, Trouble, paper::WRITTEN};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| args.get(at).and_then(|text| text.parse::<u64>().ok());
    let (Some(folder), Some(first), Some(count), Some(side)) = (args.first(), number(1), number(2), number(3)) else {
        eprintln!("scenes FOLDER FIRST COUNT SIDE [TROUBLE]");
        return ExitCode::FAILURE;
    };
    let word = args.get(4).map_or("good", String::as_str);
    let Some(trouble) = Trouble::ALL.into_iter().find(|trouble| trouble.word() == word) else {
        eprintln!("no such trouble: {word}");
        return ExitCode::FAILURE;
    };
    let folder = PathBuf::from(folder);
    if let Err(error) = fs::create_dir_all(&folder) {
        eprintln!("{}: {error}", folder.display());
        return ExitCode::FAILURE;
    }
    let papers: Vec<Paper> = WRITTEN.iter().map(|name| Paper::read(name)).collect();
    let mut truth = Vec::new();
    for seed in first..first + count {
        let paper = &papers[seed as usize % papers.len()];
        let photo = Recipe { seed, side: side as usize, trouble }.take(paper);
        let name = format!("{}-{seed}.jpg", word.replace(' ', "-"));
        if let Err(error) = fs::write(folder.join(&name), photo.jpeg(seed)) {
            eprintln!("{name}: {error}");
            return ExitCode::FAILURE;
        }
        truth.push(serde_json::json!({
            "file": name, "paper": paper.name, "trouble": word, "width": photo.width, "height": photo.height, "corners": photo.corners,
        }));
    }
    let text = serde_json::to_string_pretty(&truth).unwrap_or_default();
    match fs::write(folder.join(format!("{}.json", word.replace(' ', "-"))), text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
