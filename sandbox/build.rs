//! The form files are embedded when the sandbox is built: a new or changed one builds it again.
fn main() {
    println!("cargo:rerun-if-changed=seed/forms");
    println!("cargo:rerun-if-changed=seed/procedures.json");
}
