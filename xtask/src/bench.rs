//! Runs the benchmark drivers under `bench/`.

use std::process::Command;

use anyhow::Context as _;

use crate::house::House;

/// A benchmark: its name and the command that runs it, from the repository's root. The last line that the
/// command prints is `RESULT <name> key=value ...`.
struct Bench {
    name: &'static str,
    command: &'static [&'static str],
}

const BENCHES: &[Bench] = &[
    Bench { name: "agents", command: &["bench/run", "bench-agents"] },
    Bench { name: "consult", command: &["bench/run", "bench-consult"] },
    Bench { name: "desks", command: &["bench/run", "bench-desks"] },
    Bench { name: "directory", command: &["bench/directory/run"] },
    Bench { name: "hunts", command: &["bench/run", "bench-hunts"] },
    Bench { name: "reports", command: &["bench/reports/run"] },
    Bench { name: "soak", command: &["bench/run", "bench-soak"] },
    Bench { name: "xmpp", command: &["bench/run", "bench-xmpp"] },
];

/// Runs every benchmark, or the one that is named.
///
/// # Errors
/// When there is none of that name, or one of them fails.
pub(crate) fn run(house: &House, only: Option<&str>) -> anyhow::Result<()> {
    for bench in chosen(BENCHES, only)? {
        eprintln!("bench {}", bench.name);
        let (program, arguments) = bench.command.split_first().context("a benchmark has no command")?;
        let status = Command::new(program).args(arguments).current_dir(&house.root).status()?;
        anyhow::ensure!(status.success(), "bench {} failed: {status}", bench.name);
    }
    Ok(())
}

fn chosen<'a>(benches: &'a [Bench], only: Option<&str>) -> anyhow::Result<Vec<&'a Bench>> {
    let chosen: Vec<_> = benches.iter().filter(|bench| only.is_none_or(|name| name == bench.name)).collect();
    let names: Vec<_> = benches.iter().map(|bench| bench.name).collect();
    anyhow::ensure!(!chosen.is_empty(), "no such benchmark; there are: {}", names.join(", "));
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::{Bench, chosen};

    const BENCHES: &[Bench] =
        &[Bench { name: "consult", command: &["true"] }, Bench { name: "desks", command: &["true"] }];

    fn names(only: Option<&str>) -> Vec<&'static str> {
        chosen(BENCHES, only).unwrap().iter().map(|bench| bench.name).collect()
    }

    #[test]
    fn one_or_all() {
        assert_eq!(names(None), ["consult", "desks"]);
        assert_eq!(names(Some("desks")), ["desks"]);
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_known_ones() {
        let refusal = chosen(BENCHES, Some("nope")).err().unwrap().to_string();
        assert_eq!(refusal, "no such benchmark; there are: consult, desks");
    }
}
