//! `minirun npm-build`: packages that npm has installed become `miniprogram_npm`.

use super::installed::InstalledOnDisk;
use super::{Code, Failure, diagnose};
use crate::package::{
    BuiltFolder, BuiltPackage, How, Installed, NpmBuild, PRIVATE_PROJECT_JSON, PROJECT_JSON, Problem, Problems,
    ProjectConfig, build_npm,
};
use crate::system::replace_folder;
use bytes::Bytes;
use console::style;
use indicatif::{ProgressBar, ProgressDrawTarget};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use unicode_width::UnicodeWidthStr;

/// Scripts may nest deeply, and the parser's own stack grows with them.
const STACK_BYTES: usize = 256 << 20;

/// Build miniprogram_npm from what npm has installed, as "Build npm" of the developer tools
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Packages with a folder for mini programs (\"miniprogram\" in package.json, else miniprogram_dist) are copied, of \
others the main script is bundled. Every package.json below miniprogramRoot is built into its own folder; with \
setting.packNpmManually of project.config.json, those of setting.packNpmRelationList are, where it says.")]
pub struct NpmBuildArgs {
    /// The project's folder
    #[arg(default_value = ".")]
    pub app: PathBuf,
    /// Print one JSON object instead of a table
    #[arg(long)]
    pub json: bool,
}

/// Runs the command. Every folder is built whole before any is replaced.
pub fn run(args: NpmBuildArgs) -> Result<Code, Failure> {
    if !args.app.is_dir() {
        let place = args.app.display().to_string();
        return Err(Failure::input(
            &place,
            "there is no such folder",
            "give the folder of the app's project",
        ));
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let built = build(&args.app, &bar);
    bar.finish_and_clear();
    let built = built?;
    diagnose::print(&built.warnings);
    let disk = InstalledOnDisk::new(&args.app);
    for folder in &built.folders {
        let place = disk.place(&folder.path);
        let files = folder.files.iter().map(|(name, bytes)| (name.as_str(), bytes));
        replace_folder(&place, files).map_err(|error| {
            let message = format!("failed to write: {error}");
            Failure::input(&place.display().to_string(), message, "what was there is still there")
        })?;
    }
    if args.json {
        println!("{}", as_json(&built));
    } else {
        built.folders.iter().for_each(print_table);
    }
    Ok(Code::Done)
}

fn build(app: &Path, bar: &ProgressBar) -> Result<NpmBuild, Failure> {
    let disk = InstalledOnDisk::new(app);
    let build = || {
        let project = project(&disk)?;
        build_npm(&project, &disk, &mut |name| bar.set_message(format!("building {name}")))
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
        let thread = thread
            .spawn_scoped(scope, build)
            .map_err(|error| Failure::of(Code::Internal, &error))?;
        match thread.join() {
            Ok(built) => Ok(built?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn project(disk: &InstalledOnDisk) -> Result<ProjectConfig, Problems> {
    let read =
        |name: &str| -> Result<Option<Bytes>, Box<Problem>> { disk.is_file(name).then(|| disk.read(name)).transpose() };
    let (shared, private) = (read(PROJECT_JSON)?, read(PRIVATE_PROJECT_JSON)?);
    Ok(ProjectConfig::parse(shared.as_deref(), private.as_deref())?)
}

/// What became of a package, with the file or folder of it.
fn told(how: &How) -> (&'static str, &str) {
    match how {
        How::Copied(from) => ("copied", from),
        How::Bundled(from) => ("bundled", from),
        How::Skipped(from) => ("skipped", from),
    }
}

fn print_table(folder: &BuiltFolder) {
    let width = |text: fn(&BuiltPackage) -> &str| {
        let widths = folder.packages.iter().map(|package| text(package).width());
        widths.max().unwrap_or(0)
    };
    let path = width(|package| &package.path);
    let version = width(|package| package.version.as_deref().unwrap_or_default());
    println!("{}", style(&folder.path).bold());
    for package in &folder.packages {
        let (how, from) = told(&package.how);
        let how = match package.how {
            How::Skipped(_) => style(how).yellow(),
            _ => style(how).green(),
        };
        let version_text = package.version.as_deref().unwrap_or_default();
        // The colours have no width.
        println!(
            "  {:path$}  {version_text:version$}  {how:<7}  {:>5} files  {:>9} bytes  {}",
            package.path,
            package.files,
            package.bytes,
            style(from).dim()
        );
    }
}

fn as_json(built: &NpmBuild) -> Value {
    let package = |package: &BuiltPackage| {
        let (how, from) = told(&package.how);
        json!({
            "name": package.name, "version": package.version, "path": package.path, "how": how, "from": from,
            "files": package.files, "bytes": package.bytes,
        })
    };
    let folder = |folder: &BuiltFolder| {
        let packages: Vec<_> = folder.packages.iter().map(package).collect();
        json!({ "path": folder.path, "packages": packages })
    };
    let warning = |warning: &Problem| {
        json!({
            "file": warning.file, "line": warning.span.map(|span| span.line),
            "column": warning.span.map(|span| span.column), "message": warning.message,
        })
    };
    json!({
        "folders": built.folders.iter().map(folder).collect::<Vec<_>>(),
        "warnings": built.warnings.iter().map(warning).collect::<Vec<_>>(),
    })
}
