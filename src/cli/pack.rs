//! `minirun pack`: a source tree becomes one file with the archives of all its parts.

use super::diagnose;
use super::input::{LimitArgs, open_source};
use crate::package::{PackedPart, pack, write_bundle};
use anyhow::Context as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Pack an app into one file: the canonical archives of its main package and subpackages
#[derive(Debug, clap::Args)]
pub struct PackArgs {
    /// Folder or .zip of the app
    pub source: PathBuf,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Print one JSON object instead of a table
    #[arg(long)]
    pub json: bool,
    /// Size limits
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Runs the command. A package that is not fit gives exit code 2, with what is wrong on standard error.
pub async fn run(args: PackArgs) -> anyhow::Result<ExitCode> {
    let limits = args.limits.limits();
    let packed = open_source(&args.source, &limits).and_then(|source| {
        diagnose::print(source.warnings());
        Ok((pack(&source, &limits)?, source))
    });
    let (parts, source) = match packed {
        Ok(packed) => packed,
        Err(problems) => {
            diagnose::print(&problems.0);
            return Ok(ExitCode::from(2));
        }
    };
    let bundle = write_bundle(source.app_id(), &parts).context("failed to compress")?;
    std::fs::write(&args.output, &bundle).with_context(|| format!("failed to write {}", args.output.display()))?;
    if args.json {
        println!("{}", as_json(&parts, bundle.len()));
    } else {
        print_table(&parts);
        println!("{} ({} bytes)", args.output.display(), bundle.len());
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(parts: &[PackedPart], bundle_bytes: usize) -> serde_json::Value {
    let part = |part: &PackedPart| {
        serde_json::json!({
            "name": part.name, "digest": part.digest, "files": part.files,
            "contentBytes": part.content_bytes, "archiveBytes": part.archive.len(),
        })
    };
    serde_json::json!({ "parts": parts.iter().map(part).collect::<Vec<_>>(), "bytes": bundle_bytes })
}

fn print_table(parts: &[PackedPart]) {
    let width = parts.iter().map(|part| part.name.to_string().len()).max().unwrap_or(0);
    for part in parts {
        let name = part.name.to_string();
        println!(
            "{name:width$}  {:>4} files  {:>9} bytes  sha256 {}",
            part.files, part.content_bytes, part.digest
        );
    }
}
