//! How often the sheet is found, on synthetic photographs with known corners.
//!
//! `SCENES` sets how many (48 without it; `make soak` takes all 240 of the benchmark's).

use scan::{
    find::Found,
    geometry::{Point, Quad},
    page,
    photo::Picture,
};
use scenes::{Photo, Trouble, each, number, paper::WRITTEN};

/// The largest distance of a corner from the truth, as a share of the picture's diagonal.
fn error(found: &Quad, truth: &[(f32, f32); 4], diagonal: f32) -> f32 {
    let truth = Quad(truth.map(|(x, y)| Point::new(x, y)));
    (0..4)
        .map(|turn| (0..4).map(|at| found.0[at].distance(truth.0[(at + turn) % 4])).fold(0.0, f32::max) / diagonal)
        .fold(f32::MAX, f32::min)
}

fn seek(photo: &Photo) -> Option<(Found, f32)> {
    let found = page::seek(&Picture { pixels: photo.rgba(), width: photo.width, height: photo.height }).unwrap()?;
    let diagonal = (photo.width as f32).hypot(photo.height as f32);
    let off = photo.corners.map_or(1.0, |truth| error(&found.corners, &truth, diagonal));
    Some((found, off))
}

#[test]
fn the_sheet_is_found_and_nothing_else_is_taken_for_it() {
    let (count, first) = (number("SCENES", 48), number("FIRST", 0));
    let seen = each(first..first + count, 1600, Trouble::Nothing, &WRITTEN, |seed, photo| (seed, seek(photo)));
    let within = seen.iter().filter(|(_, found)| found.is_some_and(|(_, off)| off <= 0.01)).count();
    let sure =
        seen.iter().filter(|(_, found)| found.is_some_and(|(found, off)| off <= 0.01 && found.is_sure())).count();
    let wrong =
        seen.iter().filter(|(_, found)| found.is_some_and(|(found, off)| off > 0.03 && found.is_sure())).count();
    let share = |part: usize| 100.0 * part as f32 / seen.len() as f32;
    println!(
        "{count} photographs: {:.1} % found within 1 %, {:.1} % surely, {:.1} % surely wrong",
        share(within),
        share(sure),
        share(wrong)
    );
    for (seed, found) in &seen {
        let name = WRITTEN[*seed as usize % WRITTEN.len()];
        match found {
            Some((found, off)) if *off > 0.01 => {
                println!("  {seed} {name}: off by {:.1} %, score {:.2}", off * 100.0, found.score);
            }
            None => println!("  {seed} {name}: not found"),
            Some((found, _)) if found.score < 0.72 => println!("  {seed} {name}: right, score {:.2}", found.score),
            _ => {}
        }
    }
    let empty = each(first..first + count / 2, 1600, Trouble::NoSheet, &WRITTEN, |seed, photo| (seed, seek(photo)));
    let nothing_sure = empty.iter().filter(|(_, found)| found.is_none_or(|(found, _)| !found.is_sure())).count();
    println!("{} of {} empty tables: nothing sure", nothing_sure, empty.len());
    for (seed, found) in &empty {
        if let Some((found, _)) = found {
            println!("  {seed}: {:.2}", found.score);
        }
    }
    assert!(share(within) >= 95.0 && share(wrong) <= 1.0);
}
