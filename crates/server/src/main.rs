//! The binary `hookflash`; everything is in the library.

/// Many small pieces of JSON, made on one thread and dropped on another, are its strong side.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    hookflash::cli::main()
}
