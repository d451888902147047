//! The `minirun` program.

/// A start is mostly small allocations of the engine's parser, which this one makes with fewer instructions.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    minirun::cli::main()
}
