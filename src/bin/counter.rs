//! The third download: all of the journey in one page, with what desks and kiosks have beside it.

use mot_cua::{
    device::wipe,
    journey::{leaving, outbox, stock},
    screens::counter,
    start::{Part, start},
};

fn main() {
    start(Part {
        screens: counter::counter,
        frame: counter::frame,
        tables: &["content", "data-rest", "data-counter"],
        is_shared: true,
        stores: leaving::stores,
        sign_in: counter::sign_in,
        then: || {
            wipe::watch();
            counter::open();
            outbox::resume();
            stock::journey();
        },
    });
}
