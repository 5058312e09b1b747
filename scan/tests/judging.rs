//! How often the judge is right, on labelled synthetic photographs.
//!
//! `SCENES` sets how many of each kind (12 without it).

use scan::{clean::Finish, find::Found, judge::Doubt, page, photo::Picture};
use scenes::{Photo, Trouble, each, number, paper::WRITTEN};

/// What the citizen is told about a photograph; and whether the sheet was surely seen, which is told otherwise (take it
/// from nearer, or put the corners right by hand).
fn doubt(photo: &Photo) -> (Option<Doubt>, bool) {
    let picture = Picture { pixels: photo.rgba(), width: photo.width, height: photo.height };
    let found = page::seek(&picture).unwrap().filter(Found::is_sure);
    let sure = found.is_some();
    let corners = found.map_or(page::whole(&picture), |found| found.corners);
    (page::make(&picture, &corners, Finish::default()).unwrap().1.doubt, sure)
}

fn count() -> u64 {
    number("SCENES", 12)
}

/// How many of the photographs of a kind are told as expected, in percent; prints what else was said.
fn rate(kind: &str, trouble: Trouble, papers: &[&str], expected: &[Option<Doubt>]) -> f32 {
    let first = number("FIRST", 0);
    let said = each(first..first + count(), 2400, trouble, papers, |seed, photo| {
        // Some scenes come out worse than their label says: too far away, or in deep shadow.
        let fair = trouble == Trouble::Far || (photo.paper_length() > 1050.0 && photo.light > 0.55);
        // A page that lies across the picture is rightly said to.
        let (told, sure) = fair.then(|| doubt(photo))?;
        let right = photo.sideways && told == Some(Doubt::Sideways) || trouble == Trouble::Far && !sure;
        Some((seed, if right { expected[0] } else { told }))
    });
    let said: Vec<_> = said.into_iter().flatten().collect();
    let right = said.iter().filter(|(_, doubt)| expected.contains(doubt)).count();
    let rate = 100.0 * right as f32 / said.len() as f32;
    println!("{kind}: {rate:.1} % of {}", said.len());
    for (seed, doubt) in said.iter().filter(|(_, doubt)| !expected.contains(doubt)) {
        println!("    {seed} {}: {doubt:?}", papers[*seed as usize % papers.len()]);
    }
    rate
}

#[test]
fn good_pages_pass_and_bad_ones_are_told() {
    use Doubt::{Blank, Blurred, Cut, Dark, Glare, Small, UpsideDown};
    let blurred = [Some(Blurred)];
    let mut least: f32 = 100.0;
    for (kind, trouble, papers, expected, wanted) in [
        ("good", Trouble::Nothing, &WRITTEN[..], &[None][..], 90.0),
        ("sparse", Trouble::Nothing, &["trang-thua"], &[None], 85.0),
        ("blank", Trouble::Nothing, &["trang-trang"], &[Some(Blank)], 90.0),
        ("out of focus", Trouble::Blurred, &WRITTEN, &blurred, 85.0),
        ("shaken", Trouble::Shaken, &WRITTEN, &blurred, 80.0),
        ("dark", Trouble::Dark, &WRITTEN, &[Some(Dark)], 90.0),
        ("glare", Trouble::Glare, &WRITTEN, &[Some(Glare)], 80.0),
        ("corner cut off", Trouble::CutOff, &WRITTEN, &[Some(Cut)], 80.0),
        ("too far away", Trouble::Far, &WRITTEN, &[Some(Small), Some(Dark), Some(Cut), Some(Blurred)], 85.0),
        (
            "upside down",
            Trouble::UpsideDown,
            &["phieu", "hop-dong", "don", "bien-ban", "xam"],
            &[Some(UpsideDown)],
            80.0,
        ),
    ] {
        least = least.min(rate(kind, trouble, papers, expected) - wanted);
    }
    // A dozen of each is a sample too small for the aims themselves.
    let allowed = if count() < 36 { -15.0 } else { 0.0 };
    assert!(least >= allowed);
}
