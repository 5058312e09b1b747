//! Files and pictures that are broken, cut or made in bad faith: no panic and no hang, only an answer.
//!
//! `ROUNDS` sets how many of each (40 without it; `make soak` takes thousands).

use scan::{
    clean::Finish,
    find,
    geometry::{Point, Quad},
    jpeg, page,
    photo::Picture,
    sniff,
    worker::{Facts, codec},
};
use scenes::{chance::Chance, number};

const FILES: [&str; 6] = ["phieu.jpg", "hop-dong.jpg", "anh.png", "anh.webp", "anh.heic", "mot-trang.pdf"];

fn rounds() -> u64 {
    number("ROUNDS", 40)
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../tests/photos/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Cuts, changes bytes, repeats a part, or writes the largest number somewhere in the header.
fn spoilt(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + chance.below(3) {
        let header = bytes.len().clamp(1, 1500);
        match chance.below(4) {
            0 => bytes.truncate(chance.below(bytes.len().max(1))),
            1 => {
                for _ in 0..1 + chance.below(20) {
                    let (at, value) = (chance.below(header), chance.below(256) as u8);
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = value;
                    }
                }
            }
            2 => {
                let at = chance.below(header).min(bytes.len());
                let part = bytes[at..].iter().take(200).copied().collect::<Vec<u8>>();
                bytes.splice(at..at, part);
            }
            _ => {
                let at = chance.below(header);
                bytes.iter_mut().skip(at).take(4).for_each(|byte| *byte = 0xff);
            }
        }
    }
    bytes
}

#[test]
fn spoilt_files_are_answered() {
    let (mut whole, mut opened) = (0, 0);
    for seed in 0..rounds() {
        let mut chance = Chance::new(seed);
        let bytes = spoilt(&file(FILES[seed as usize % FILES.len()]), &mut chance);
        let _ = (jpeg::orientation(&bytes), jpeg::quality(&bytes));
        if sniff::kind(&bytes).is_ok() {
            whole += 1;
            if let Ok(Some(facts)) = Facts::of(&bytes)
                && let Ok(picture) = codec::decoded(&bytes, facts)
            {
                opened += 1;
                assert_eq!(picture.pixels.len(), picture.width * picture.height * 4);
            }
        }
    }
    println!("{whole} passed for whole, {opened} were opened");
    assert!(whole > 0 && whole < rounds(), "some are told, some are not");
}

#[test]
fn giant_pictures_are_refused_before_they_are_opened() {
    let mut bytes = file("phieu.jpg");
    let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    bytes[frame + 5..frame + 9].fill(0xff);
    assert_eq!(Facts::of(&bytes).err(), Some("giant"));
    let mut bytes = file("anh.png");
    bytes[16..24].fill(0x7f);
    assert_eq!(Facts::of(&bytes).err(), Some("giant"));
}

#[test]
fn a_photograph_of_fifty_megapixels_is_opened_at_a_reduced_size() {
    let grey = scan::photo::Picture { pixels: [120, 130, 140, 255].repeat(8160 * 6120), width: 8160, height: 6120 };
    let jpeg = codec::encoded(&grey, 0.8).unwrap();
    let facts = Facts::of(&jpeg).unwrap().unwrap();
    let picture = codec::decoded(&jpeg, facts).unwrap();
    assert!(picture.width <= 4100 && picture.width >= 2000, "{} × {}", picture.width, picture.height);
}

/// Noise, stripes, one colour: pictures without any sense.
fn senseless(chance: &mut Chance) -> Picture {
    let (width, height) = (1 + chance.below(700), 1 + chance.below(700));
    let kind = chance.below(3);
    let pixels = (0..width * height * 4)
        .map(|at| match kind {
            0 => chance.below(256) as u8,
            1 => (at / 4 % width * 7 / 20 % 2 * 255) as u8,
            _ => 255,
        })
        .collect();
    Picture { pixels, width, height }
}

#[test]
fn senseless_pictures_and_corners_make_some_page_or_none() {
    for seed in 0..rounds() {
        let mut chance = Chance::new(seed + 7_000);
        let picture = senseless(&mut chance);
        let _ = find::sheet(&picture.pixels, picture.width);
        let _ = page::seek(&picture).unwrap();
        let mut corner = || Point::new(chance.within(-900.0, 1600.0), chance.within(-900.0, 1600.0));
        let corners = Quad([corner(), corner(), corner(), corner()]);
        for finish in [Finish::AsTaken, Finish::Colour, Finish::Grey, Finish::Black] {
            let (page, _) = page::make(&picture, &corners, finish).unwrap();
            assert_eq!(page.pixels.len(), page.width * page.height * 4);
        }
    }
}

#[test]
fn lines_in_wild_pictures_do_not_take_for_ever() {
    // As many crossing lines as can be: the search looks at a bounded number of them.
    let (width, height) = (480, 360);
    let pixels = (0..width * height)
        .flat_map(|at| {
            let (x, y) = (at % width, at / width);
            let level = if (x * 3 + y * 5) / 37 % 2 == (x * 5 + 4000 - y * 2) / 41 % 2 { 250 } else { 20 };
            [level, level, level, 255]
        })
        .collect::<Vec<u8>>();
    let _ = find::sheet(&pixels, width);
}
