//! The scanner's worker where the browser has a canvas for workers: it decodes and encodes pictures itself.

fn main() {
    scan::worker::run::<scan::worker::canvas::Canvas>();
}
