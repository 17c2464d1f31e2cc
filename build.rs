//! The theme is embedded by a macro that cannot tell cargo which files it read.

fn main() {
    println!("cargo:rerun-if-changed=themes");
    println!("cargo:rerun-if-changed=starter");
}
