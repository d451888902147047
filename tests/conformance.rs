//! The JavaScript half's tests, run by the program itself as any app's tests are: `minirun test tests/conformance`.

use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let jobs = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance");
    let mut program = Command::new(env!("CARGO_BIN_EXE_minirun"));
    program.args(["test", folder, "--jobs", &jobs.to_string()]);
    match program.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{}: {error}", env!("CARGO_BIN_EXE_minirun"));
            ExitCode::FAILURE
        }
    }
}
