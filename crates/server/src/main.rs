//! The binary `hookflash`; everything is in the library.

fn main() -> std::process::ExitCode {
    hookflash::cli::main()
}
