//! The second download: the rest of the journey, fetched while the citizen reads the first screen.

fn main() {
    mot_cua::start::start(mot_cua::screens::rooms, &["href", "data-rest"], || {
        mot_cua::device::wipe::watch();
        mot_cua::journey::privacy::watch();
        mot_cua::journey::outbox::resume();
        mot_cua::journey::news::watch();
        mot_cua::journey::stock::journey();
    });
}
