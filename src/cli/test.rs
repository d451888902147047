//! `minirun test`: runs JavaScript conformance tests inside the engine.

use super::device_file::DeviceFileArgs;
use super::exit_code::Code;
use super::surroundings::SurroundingsArgs;
use super::traffic::TrafficArgs;
use crate::app::carrier::Carrier;
use crate::app::traffic::Traffic;
use crate::conformance::{AppLauncher, Json, Options, Pretty, Reporter, Totals, discover, echo_server, run};
use crate::package::Plugin;
use crate::wx::Profile;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::PathBuf;

/// Run *.test.js and *.test.ts files inside an app's world
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Files or folders with tests
    #[arg(default_value = "tests")]
    pub paths: Vec<PathBuf>,
    /// Only tests whose full name contains this
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t)]
    pub reporter: ReporterName,
    /// Stop after the first file with a failure
    #[arg(long)]
    pub bail: bool,
    /// How many worlds run at the same time
    #[arg(short, long, value_name = "N", default_value_t = 1)]
    pub jobs: usize,
    #[command(flatten)]
    device_file: DeviceFileArgs,
    #[command(flatten)]
    around: SurroundingsArgs,
    /// Time for each test, in milliseconds of the world's time, which is virtual
    #[arg(long, value_name = "MS", default_value_t = 300_000)]
    pub timeout: u64,
    #[command(flatten)]
    traffic: TrafficArgs,
}

/// The reporters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ReporterName {
    /// For people.
    #[default]
    Pretty,
    /// One JSON object a line.
    Json,
}

/// Runs the command and returns the exit code.
pub async fn test(args: TestArgs) -> Code {
    let files = match discover(&args.paths) {
        Ok(files) => files,
        Err(error) => {
            eprintln!("error: {error}");
            return Code::BadInput;
        }
    };
    let options = Options {
        filter: args.filter,
        bail: args.bail,
        jobs: args.jobs,
        timeout_ms: args.timeout,
    };
    let mut reporter: Box<dyn Reporter> = match args.reporter {
        ReporterName::Pretty => Box::new(Pretty::new(console::colors_enabled())),
        ReporterName::Json => Box::new(Json),
    };
    let traffic = match args.traffic.open() {
        Ok(traffic) => traffic,
        Err(failure) => {
            failure.print();
            return failure.code;
        }
    };
    let profile = match args.device_file.read() {
        Ok(file) => file.profile,
        Err(error) => {
            eprintln!("error: {error}");
            return Code::BadInput;
        }
    };
    let cloud_fixtures = match args.around.cloud_fixtures() {
        Ok(folder) => folder,
        Err(failure) => {
            failure.print();
            return failure.code;
        }
    };
    let plugins = match args.around.plugins(None) {
        Ok(plugins) => plugins,
        Err(failure) => {
            failure.print();
            return failure.code;
        }
    };
    let launcher = match launcher(profile, traffic, cloud_fixtures, plugins).await {
        Ok(launcher) => launcher,
        Err(error) => {
            eprintln!("error: failed to start: {error}");
            return Code::Internal;
        }
    };
    let totals = run(&files, &launcher, &options, |event| print(&reporter.event(event))).await;
    exit_code(totals)
}

/// A reader that went away is no reason to stop: the exit code still tells.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn exit_code(totals: Totals) -> Code {
    match totals {
        Totals { failed: 1.., .. } => Code::TestsFailed,
        Totals { passed: 0, .. } => Code::NoTests,
        _ => Code::Done,
    }
}

/// Starts the test server, and gives what boots worlds for test files.
async fn launcher(
    profile: Profile,
    traffic: Traffic,
    cloud_fixtures: Option<PathBuf>,
    plugins: Vec<Plugin>,
) -> std::io::Result<AppLauncher> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let server_url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(echo_server::serve(listener));
    let carrier = Carrier::Process {
        program: std::env::current_exe()?,
    };
    Ok(AppLauncher {
        carrier,
        server_url,
        traffic,
        profile,
        cloud_fixtures,
        plugins,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes() {
        let totals = |passed, failed, skipped| Totals {
            passed,
            failed,
            skipped,
            files: 1,
        };
        let rows = [
            (totals(1, 0, 1), Code::Done),
            (totals(1, 1, 0), Code::TestsFailed),
            (totals(0, 1, 0), Code::TestsFailed),
            (totals(0, 0, 0), Code::NoTests),
            (totals(0, 0, 3), Code::NoTests),
        ];
        for (totals, code) in rows {
            assert_eq!(exit_code(totals), code, "{totals:?}");
        }
    }
}
