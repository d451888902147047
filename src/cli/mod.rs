//! The command line: one file for each command; the only room that prints.

mod api;
mod check;
pub mod device;
mod device_file;
mod diagnose;
mod downloads;
mod exit_code;
mod explain;
mod failure;
mod init;
mod input;
mod installed;
mod npm_build;
pub mod pack;
mod person;
mod printer;
mod project_file;
pub mod release;
mod run;
mod scenarios;
pub mod serve;
mod simulate;
mod size;
mod surroundings;
mod test;
mod time_of_run;
mod timeline_text;
mod timestamp;
mod traffic;

pub use exit_code::Code;
pub use failure::Failure;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use project_file::Refused;
use std::path::Path;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Runs mini programs without a phone, and updates them as the platforms do.
#[derive(Debug, Parser)]
#[command(name = "minirun", version, after_help = exit_code::HELP, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Show what the engine itself does, on standard error (-v, -vv, -vvv).
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run an app and print its timeline.
    #[command(after_help = exit_code::HELP)]
    Run(Box<run::RunArgs>),
    /// Pack an app into one file, as a release would carry it.
    Pack(pack::PackArgs),
    /// Build miniprogram_npm from what npm has installed, as the developer tools do.
    NpmBuild(npm_build::NpmBuildArgs),
    /// Publish releases and look after them.
    Release(release::ReleaseArgs),
    /// Serve a registry of releases over HTTP.
    Serve(serve::ServeArgs),
    /// List the names of `wx`: what does its work, what is simulated, what is refused.
    Api(api::ApiArgs),
    /// Look for faults in an app without running it.
    #[command(after_help = check::HELP)]
    Check(check::CheckArgs),
    /// Look at a device folder, let time pass on it, or clear it.
    Device(device::DeviceArgs),
    /// Write a first test for an app, and types for editors.
    Init(init::InitArgs),
    /// Run tests in JavaScript (*.test.js).
    #[command(after_help = exit_code::HELP)]
    Test(Box<test::TestArgs>),
    /// Go through everything that can become of an update, and say what goes wrong in the app.
    #[command(after_help = exit_code::HELP)]
    Scenarios(Box<scenarios::ScenariosArgs>),
    /// Serve one world over standard input and output.
    #[command(name = "__world", hide = true)]
    World,
}

/// Runs the program.
pub fn main() -> ExitCode {
    if let Some(code) = as_world() {
        return code;
    }
    let cli = match parsed() {
        Ok(cli) => cli,
        Err(Refused::File(failure)) => return fail(&failure),
        Err(Refused::Usage(error)) => {
            // Printing help or a usage error can only fail when nobody reads it.
            let _ = error.print();
            return if error.use_stderr() {
                Code::BadInput.into()
            } else {
                Code::Done.into()
            };
        }
    };
    // In scenarios things go wrong on purpose.
    let least = if matches!(cli.command, Command::Scenarios(_)) {
        "error"
    } else {
        "warn"
    };
    log_to_stderr(cli.verbose, least);
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Failure::of(Code::Internal, &error)),
    };
    let code = match runtime.block_on(execute(cli.command)) {
        Ok(code) => code,
        Err(failure) => fail(&failure),
    };
    // A prompt that nobody answers any more must not hold the program up.
    runtime.shutdown_background();
    code
}

/// The command line, with what the project's own file adds to it.
fn parsed() -> Result<Cli, Refused> {
    let matches = project_file::matches(&Cli::command(), std::env::args_os().collect(), Path::new(""))?;
    Cli::from_arg_matches(&matches).map_err(Refused::Usage)
}

/// The program as a world, or as the process that worlds are forked from. Neither has arguments for people, and
/// both are started often.
fn as_world() -> Option<ExitCode> {
    let mut args = std::env::args().skip(1);
    let served = match args.next()?.as_str() {
        "__world" => crate::app::carrier::serve_stdio(),
        "__zygote" => crate::app::carrier::serve_zygote(&args.next()?, &args.collect::<Vec<_>>()),
        _ => return None,
    };
    Some(served.map_or(Code::Internal, |()| Code::Done).into())
}

async fn execute(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Run(args) => Ok(run::run(*args).await?.into()),
        Command::Pack(args) => Ok(pack::run(args).await?),
        Command::NpmBuild(args) => Ok(npm_build::run(args)?.into()),
        Command::Release(args) => Ok(release::run(args).await?),
        Command::Serve(args) => Ok(serve::run(args).await?),
        Command::Api(args) => Ok(api::run(&args).into()),
        Command::Check(args) => Ok(check::run(&args)?.into()),
        Command::Device(args) => Ok(device::run(&args)?),
        Command::Init(args) => Ok(init::run(&args)?.into()),
        Command::Test(args) => Ok(test::test(*args).await?.into()),
        Command::Scenarios(args) => Ok(scenarios::run(&args)?.into()),
        Command::World => Ok(Code::Done.into()),
    }
}

fn fail(failure: &Failure) -> ExitCode {
    failure.print();
    failure.code.into()
}

fn log_to_stderr(verbose: u8, least: &str) {
    let level = match verbose {
        0 => least,
        1 => "minirun=info",
        2 => "minirun=debug",
        _ => "minirun=trace",
    };
    let filter = EnvFilter::try_from_env("MINIRUN_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let colours = console::colors_enabled_stderr();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        .init();
}

#[cfg(test)]
mod registry_tests;
