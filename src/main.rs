//! The first download: the way in.

use mot_cua::{
    journey::stock,
    screens,
    start::{Part, own_store, start},
    widgets::element::group,
};

fn main() {
    start(Part {
        screens: screens::front,
        frame: group,
        tables: &["content"],
        is_shared: false,
        stores: own_store,
        sign_in: |_| None,
        then: stock::list,
    });
}
