//! `minirun init`: a first test for an app, and types for editors. What is there already stays as it is.

use super::exit_code::Code;
use super::failure::Failure;
use crate::package::{AppJson, CodePackage, PackagePath, SourcePackage, is_code};
use crate::system::read_source_folder;
use clap::Args;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What editors know of a test file.
const TYPES: &str = concat!(
    include_str!("../../types/minirun.d.ts"),
    include_str!("../../types/driver.d.ts")
);

/// Tells editors that the files of the folder belong together.
const EDITOR: &str = "{\n  \"compilerOptions\": { \"target\": \"es2022\", \"lib\": [\"es2023\"], \"types\": [] },\n  \
                      \"include\": [\".\"]\n}\n";

/// Write a first test for an app, and types for editors
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The app's folder
    #[arg(default_value = ".")]
    app: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// There is no app, or a file cannot be written.
pub fn run(args: &InitArgs) -> Result<Code, Failure> {
    let files = read_source_folder(&args.app, is_code).map_err(|error| {
        Failure::input(
            &args.app.display().to_string(),
            error.to_string(),
            "name the folder of an app",
        )
    })?;
    let app = SourcePackage::open(files)?;
    let tests = args.app.join("tests");
    let wanted = [
        (
            tests.join("first.test.js"),
            first_test(app.app_json(), uses_updates(&app)),
        ),
        (tests.join("minirun.d.ts"), TYPES.to_owned()),
        (tests.join("jsconfig.json"), EDITOR.to_owned()),
    ];
    for (path, text) in wanted {
        let told = if write_new(&path, &text)? { "wrote" } else { "kept " };
        println!("{told} {}", path.display());
    }
    if is_packed(&args.app, &app) {
        println!(
            "note: tests/ is in the folder that is packed; add {{ \"type\": \"folder\", \"value\": \"tests\" }} to \
             packOptions.ignore in project.config.json"
        );
    }
    println!(
        "run it with: minirun test {}",
        tests.strip_prefix(".").unwrap_or(&tests).display()
    );
    Ok(Code::Done)
}

/// Writes a file that is not there yet; says whether it was written.
fn write_new(path: &Path, text: &str) -> Result<bool, Failure> {
    let failed = |error: std::io::Error| {
        let message = format!("cannot write {}: {error}", path.display());
        Failure::input("init", message, "name a folder that can be written")
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map_err(failed).map(|()| true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

/// Whether the project's folder is the package's too, and the tests would be packed.
fn is_packed(folder: &Path, app: &SourcePackage) -> bool {
    let same = folder.join("app.json").is_file() || folder.join("game.json").is_file();
    let test = PackagePath::parse("tests/first.test.js");
    same && test.is_ok_and(|test| !app.project().ignore.iter().any(|rule| rule.matches(&test)))
}

/// Whether the app listens to the update manager.
fn uses_updates(app: &SourcePackage) -> bool {
    let name = b"getUpdateManager";
    let mut scripts = app
        .files()
        .iter()
        .filter(|(path, _)| path.as_str().ends_with(".js") || path.as_str().ends_with(".ts"));
    scripts.any(|(_, text)| text.windows(name.len()).any(|word| word == name))
}

/// A test that an app passes as it is, and what could come next.
fn first_test(app: &AppJson, uses_updates: bool) -> String {
    let start = match app.home_page() {
        Some(page) => format!(
            "  test('opens its first page', () => {{\n    expect(getCurrentPages().map((page) => page.route)).toEqual(['{page}']);\n  }});\n"
        ),
        None => "  test('starts', () => {\n    expect(wx.getLaunchOptionsSync().scene).toBe(1001);\n  });\n".to_owned(),
    };
    let update = if uses_updates {
        "\n  test.todo('asks the person when an update is ready');\n"
    } else {
        ""
    };
    format!(
        "// app: ..\n/// <reference path=\"./minirun.d.ts\" />\n\n\
         // The file runs inside the app, after its first page is ready, in virtual time: a wait takes no time.\n\
         describe('the app', () => {{\n{start}{update}}});\n"
    )
}
