//! The scanner's worker where the browser has no canvas for workers: decoding and encoding are in here.

fn main() {
    scan::worker::run::<scan::worker::codec::Codec>();
}
