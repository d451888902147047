//! The exit codes of the program; documented in `--help` and in the README.

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Code {
    /// Done.
    Done = 0,
    /// The app failed: an uncaught error, it could not be opened, or a check found errors.
    AppFailed = 1,
    /// Bad arguments or input.
    BadInput = 2,
    /// Tests failed.
    TestsFailed = 3,
    /// No tests ran.
    NoTests = 4,
    /// A fault of minirun itself.
    Internal = 5,
}

impl From<Code> for std::process::ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code as u8)
    }
}

/// The table for `--help`.
pub const HELP: &str = "Exit codes:
  0  done
  1  the app failed (uncaught error, it could not be opened, or a check or scenarios found something)
  2  bad arguments or input
  3  tests failed
  4  no tests ran
  5  a fault of minirun itself";
