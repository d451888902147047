//! The `minirun` program.

fn main() -> std::process::ExitCode {
    minirun::cli::main()
}
