//! The second download: the rest of the journey, fetched while the citizen reads the first screen.

use mot_cua::{
    device::{visit, wipe},
    journey::{news, outbox, privacy, stock},
    screens,
    start::{Part, behind, own_store, start},
};

fn main() {
    let part = Part {
        screens: screens::rooms,
        frame: screens::outgoing,
        tables: &["content", "data-rest"],
        is_shared: false,
        stores: own_store,
        sign_in: |_| None,
        then: || {
            wipe::watch();
            privacy::watch();
            outbox::resume();
            news::watch();
            stock::journey();
        },
    };
    if visit::is_behind() {
        behind(Part { then: stock::journey, ..part });
    } else {
        start(part);
    }
}
