//! The `minirun` binary: parses arguments, runs the command, gives the exit code.

use clap::{Parser, Subcommand};
use minirun::cli::{pack, release, serve};
use std::process::ExitCode;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Pack(pack::PackArgs),
    Release(release::ReleaseArgs),
    Serve(serve::ServeArgs),
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Pack(args) => pack::run(args).await,
        Command::Release(args) => release::run(args).await,
        Command::Serve(args) => serve::run(args).await,
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(5)
    })
}
