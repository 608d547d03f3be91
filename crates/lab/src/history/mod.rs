//! A made history of a contact centre, in Hookflash's documented import format, and what it adds up to,
//! counted here by code of our own.
//!
//! What is not sure: how real centres look. The curves (two humps a day, quiet week-ends, patience of a
//! minute or two, a consult in one call of twelve) are chosen to be believable, not measured.

mod call;
mod consult;
mod dice;
mod floor;
mod lines;
mod moment;
mod stays;
mod totals;

use self::dice::Dice;
use self::floor::Floor;
use self::lines::Line;
use self::totals::{Clock, Totals};
use anyhow::Context as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

const DAY_MS: i64 = 86_400_000;

/// How much history to make.
#[derive(Debug, clap::Args)]
pub(crate) struct HistoryArgs {
    /// Days, the last of which ends at `--until`.
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    days: u32,
    /// Interactions.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=20_000_000))]
    interactions: u64,
    /// The same seed makes the same file.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// The day after the last one, as YYYY-MM-DD.
    #[arg(long, default_value = "2026-11-01", value_parser = moment::day)]
    until: i64,
    /// How far the centre's clocks are ahead of universal time, in minutes.
    #[arg(long, default_value_t = 60, allow_negative_numbers = true)]
    ahead_minutes: i64,
    /// The file to write.
    #[arg(long, default_value = "history.ndjson")]
    out: PathBuf,
    /// Write agents' states too, several for each call.
    #[arg(long)]
    states: bool,
    /// A folder for what it adds up to: `queues.csv` by half hour and queue, `agents.csv` by agent, and for each
    /// report of Hookflash what has to be in it.
    #[arg(long)]
    totals: Option<PathBuf>,
}

pub(crate) fn run(args: &HistoryArgs) -> anyhow::Result<()> {
    let mut dice = Dice::new(args.seed);
    let file = File::create(&args.out).with_context(|| format!("cannot write {}", args.out.display()))?;
    let mut out = BufWriter::with_capacity(1 << 20, file);
    let shares = day_shares(args, &mut dice);
    let busiest = shares.iter().max().copied().unwrap_or(1);
    let mut floor = Floor::new(busiest, &mut dice);
    let clock = Clock { ahead_minutes: args.ahead_minutes };
    let begin = |folder: &PathBuf| Totals::begin(folder, clock, floor.agent_names());
    let mut totals = args.totals.as_ref().map(begin).transpose()?;
    write(&mut out, &Line::History { version: 1, source: "hookflash-lab history" })?;
    for line in floor.names() {
        write(&mut out, &line)?;
    }
    for (day, count) in shares.iter().enumerate() {
        let first = args.until - i64::from(args.days) * DAY_MS - args.ahead_minutes * 60_000;
        let midnight = first + i64::try_from(day)? * DAY_MS;
        let mut busy = stays::Day::default();
        for interaction in call::day(&mut floor, &mut dice, midnight, *count) {
            if let Some(totals) = &mut totals {
                totals.count(&interaction)?;
            }
            if args.states {
                busy.count(&interaction);
            }
            write(&mut out, &Line::Interaction(Box::new(interaction)))?;
        }
        let stays = if args.states { busy.stays(&floor, midnight) } else { Vec::new() };
        if let Some(totals) = &mut totals {
            totals.stays(&stays)?;
        }
        for stay in stays {
            write(&mut out, &Line::AgentState(stay))?;
        }
    }
    out.flush()?;
    if let Some((folder, totals)) = args.totals.as_ref().zip(totals) {
        totals.end(folder)?;
    }
    eprintln!("{} interactions of {} days are in {}.", args.interactions, args.days, args.out.display());
    Ok(())
}

fn write(out: &mut impl std::io::Write, line: &Line) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    Ok(out.write_all(b"\n")?)
}

/// How many interactions each day has: five days busy, Saturday a third, Sunday a tenth, none quite alike.
fn day_shares(args: &HistoryArgs, dice: &mut Dice) -> Vec<u64> {
    let weight = |day: u32, dice: &mut Dice| {
        let weekday = (args.until / DAY_MS - i64::from(args.days) + i64::from(day) + 3).rem_euclid(7);
        let usual = match weekday {
            0 => 1_150,
            1..=4 => 1_000,
            5 => 330,
            _ => 100,
        };
        usual * (85 + dice.below(31)) / 100
    };
    let weights: Vec<u64> = (0..args.days).map(|day| weight(day, dice)).collect();
    let all: u64 = weights.iter().sum();
    let (mut seen, mut given) = (0, 0);
    let share = |weight: &u64| {
        seen += weight;
        let until = args.interactions * seen / all;
        let share = until - given;
        given = until;
        share
    };
    weights.iter().map(share).collect()
}
