//! Links the program at a fixed address where the system's linker can, and puts the component framework, which comes
//! from npm, where the program can embed it.

use std::path::{Path, PathBuf};
use std::process::{Command, exit};

/// What makes the embedded files of the framework's published ones, and what it is told by.
const MAKERS: [&str; 2] = ["framework.mjs", "framework_scene.mjs"];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    // The time zones and words of Intl are tables of 100 000 pointers. In a program that may be loaded
    // anywhere each of them is written at every start, in the host and in every world.
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
    if std::env::var_os("CARGO_FEATURE_VIEW").is_some() {
        println!("cargo:rerun-if-changed=js/package.json");
        println!("cargo:rerun-if-changed=js/package-lock.json");
        for file in MAKERS {
            println!("cargo:rerun-if-changed=js/{file}");
        }
        if let Err(problem) = framework() {
            eprintln!("error: {problem}");
            exit(1);
        }
    }
}

/// Installs what the lock names beside the build's other output, and makes the framework's files of the JS half of it.
fn framework() -> Result<(), String> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo gave no OUT_DIR")?);
    let npm = out.join("npm");
    std::fs::create_dir_all(&npm).map_err(|error| format!("{}: {error}", npm.display()))?;
    for file in ["package.json", "package-lock.json", ".npmrc"]
        .into_iter()
        .chain(MAKERS)
    {
        let from = Path::new("js").join(file);
        std::fs::copy(&from, npm.join(file)).map_err(|error| format!("{}: {error}", from.display()))?;
    }
    install(&npm)?;
    let ran = Command::new("node")
        .arg(MAKERS[0])
        .arg(&npm)
        .arg(&out)
        .current_dir(&npm)
        .output();
    match ran {
        Err(error) => Err(format!("node does not run: {error}")),
        Ok(ran) if !ran.status.success() => Err(format!(
            "js/{} failed:\n{}",
            MAKERS[0],
            String::from_utf8_lossy(&ran.stderr)
        )),
        Ok(_) => Ok(()),
    }
}

fn install(folder: &Path) -> Result<(), String> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let ran = Command::new(npm)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder)
        .output();
    let help = "npm gets the framework that components and WXML run on. Install Node.js with npm, or build without it: \
                cargo build --no-default-features (then there are pages, and no components)";
    match ran {
        Err(error) => Err(format!("{npm} does not run: {error}\n{help}")),
        Ok(ran) if !ran.status.success() => {
            let said = String::from_utf8_lossy(&ran.stderr);
            Err(format!("npm ci failed in {}:\n{said}\n{help}", folder.display()))
        }
        Ok(_) => Ok(()),
    }
}
