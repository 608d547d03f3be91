//! The house's own tool: `cargo xtask tidy`, `cargo xtask api`, `cargo xtask bench`.

mod api;
mod bench;
mod house;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::house::House;

#[derive(Parser)]
#[command(about = "The house's own checks, the API description and the benchmark driver")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check every rule of the house; `cargo test -p xtask` does the same
    Tidy,
    /// Write the OpenAPI description and the desk's TypeScript schema anew
    Api,
    /// Run the benchmarks
    Bench {
        /// Run this one only
        #[arg(long)]
        only: Option<String>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{trouble:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    let house = House::open()?;
    match task {
        Task::Tidy => report(&tidy::complaints(&house)?),
        Task::Api => api::write(&house),
        Task::Bench { only } => bench::run(&house, only.as_deref()),
    }
}

fn report(complaints: &[String]) -> anyhow::Result<()> {
    for complaint in complaints {
        eprintln!("{complaint}");
    }
    anyhow::ensure!(complaints.is_empty(), "tidy: complaints: {}", complaints.len());
    eprintln!("tidy: nothing to complain about");
    Ok(())
}
