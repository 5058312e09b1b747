//! The second download: the rest of the journey, fetched while the citizen reads the first screen.

fn main() {
    mot_cua::start::start(mot_cua::screens::rooms, &["href", "data-rest"]);
}
