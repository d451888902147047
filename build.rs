//! Links the program at a fixed address where the system's linker can.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    // The time zones and words of Intl are tables of 100 000 pointers. In a program that may be loaded
    // anywhere each of them is written at every start, in the host and in every world.
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
