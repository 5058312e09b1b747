//! The first download: the way in.

fn main() {
    mot_cua::start::start(mot_cua::screens::front, &["href"], mot_cua::journey::stock::list);
}
