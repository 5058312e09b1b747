//! Photographs that never were: a flat paper from `tests/papers`, seen through a telephone's camera on a table, with
//! light, shadow, fingers and noise; and the truth about it: where its corners are, and what is wrong with it.
//!
//! Everything follows from a seed, so that a scene can be named, looked at and drawn again.

pub mod chance;
pub mod paper;
pub mod scene;
pub mod table;

pub use paper::Paper;
pub use scene::{Photo, Recipe, Trouble};

/// A whole number from the environment: how large a campaign is to be.
pub fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Takes the photographs of these seeds, each of the paper that its seed picks, on all cores; gives what `look` says of
/// each, in the order of the seeds.
pub fn each<T: Send>(
    seeds: std::ops::Range<u64>,
    side: usize,
    trouble: Trouble,
    papers: &[&str],
    look: impl Fn(u64, &Photo) -> T + Sync,
) -> Vec<T> {
    let papers: Vec<Paper> = papers.iter().map(|name| Paper::read(name)).collect();
    let cores = std::thread::available_parallelism().map_or(2, usize::from) as u64;
    let (papers, look) = (&papers, &look);
    let take = move |seed: u64| {
        let photo = Recipe { seed, side, trouble }.take(&papers[seed as usize % papers.len()]).filed(seed);
        (seed, look(seed, &photo))
    };
    let mut seen: Vec<(u64, T)> = std::thread::scope(|scope| {
        let start = seeds.start;
        let hands: Vec<_> = (0..cores)
            .map(|core| {
                let seeds = seeds.clone().filter(move |seed| (seed - start) % cores == core);
                scope.spawn(move || seeds.map(take).collect::<Vec<_>>())
            })
            .collect();
        hands.into_iter().flat_map(|hand| hand.join().expect("a scene without a panic")).collect()
    });
    seen.sort_by_key(|(seed, _)| *seed);
    seen.into_iter().map(|(_, said)| said).collect()
}
