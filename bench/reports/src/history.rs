//! A made history in a server's database, and what is asked of it.

use anyhow::Context as _;
use hookflash_bench::clock;
use hookflash_bench::database::Database;
use hookflash_bench::desk::Session;
use hookflash_bench::figures::Figures;
use hookflash_bench::machine;
use hookflash_bench::programs::Programs;
use hookflash_bench::server::Server;
use hookflash_domain::Timestamp;
use hookflash_store::figures::Stretch;
use hookflash_store::{Options, Store};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

const DAYS: i64 = 90;
const DAY_MS: i64 = 86_400_000;
/// 1 November 2026, 0:00 in the made centre: the moment after its last day.
const UNTIL: i64 = 1_793_487_600_000;
/// How often the query is asked.
const QUERIES: usize = 11;
/// How often each filter is asked.
const PAGES: usize = 20;

/// The file.
pub(crate) struct History {
    interactions: u64,
    file: PathBuf,
    _folder: TempDir,
}

/// What a database took.
pub(crate) struct Measured {
    /// The sums of each queue and half hour of 90 days: the median in seconds.
    pub(crate) interval_s: f64,
    /// The first page of each filter.
    pub(crate) pages: Figures,
}

impl History {
    /// Has the lab make it: `HOOKFLASH_BENCH_INTERACTIONS`, a million where that is not set.
    pub(crate) fn make(programs: &Programs) -> anyhow::Result<Self> {
        let wanted = std::env::var("HOOKFLASH_BENCH_INTERACTIONS");
        let interactions = wanted.map_or(Ok(1_000_000), |count| count.parse())?;
        let folder = machine::folder()?;
        let file = folder.path().join("history.ndjson");
        let mut command = Command::new(&programs.lab);
        command.args(["history", "--seed", "7", "--days", &DAYS.to_string()]);
        command.args(["--interactions", &interactions.to_string(), "--out"]).arg(&file);
        let made = command.output()?;
        anyhow::ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Ok(Self { interactions, file, _folder: folder })
    }

    /// Brings it into a database and asks.
    pub(crate) async fn measure(&self, programs: &Programs, database: Database) -> anyhow::Result<Measured> {
        let name = database.name();
        let mut server = Server::start(programs, "", database).await?;
        server.kill();
        let began = clock::now();
        server.run(&["import-history", self.file.to_str().context("a path in UTF-8")?])?;
        println!(
            "{name}: {} interactions came in within {:.0} s",
            self.interactions,
            began.elapsed().as_secs_f64()
        );
        let interval_s = intervals(&server.database_url(), name).await?;
        server.spawn()?;
        server.ready().await?;
        let pages = pages(&server.administrator().await?, name).await?;
        Ok(Measured { interval_s, pages })
    }
}

async fn intervals(url: &str, name: &str) -> anyhow::Result<f64> {
    let store = Store::open(url, Options::default()).await?;
    let stretch = Stretch { from_at: Timestamp(UNTIL - DAYS * DAY_MS), to_at: Timestamp(UNTIL) };
    let (mut times, mut rows) = (Vec::<Duration>::new(), 0);
    for _ in 0..QUERIES {
        let began = clock::now();
        rows = store.queue_intervals(stretch).await?.len();
        times.push(began.elapsed());
    }
    store.close().await;
    let times: Figures = times.into_iter().collect();
    println!("{name}: {rows} sums of queues and half hours: {}", times.line());
    Ok(times.p50() / 1_000.0)
}

async fn pages(root: &Session, name: &str) -> anyhow::Result<Figures> {
    let mut all = Vec::<Duration>::new();
    for filter in filters(root).await? {
        let mut times = Vec::<Duration>::new();
        let mut found = 0;
        for _ in 0..PAGES {
            let began = clock::now();
            let page = root.get(&format!("interactions?{filter}")).await?;
            times.push(began.elapsed());
            found = page["rows"].as_array().map_or(0, Vec::len);
        }
        all.extend(&times);
        let times: Figures = times.into_iter().collect();
        let named = filter.split('&').map(|part| part.split('=').next().unwrap_or_default());
        println!("{name}: {}: {found} rows, {}", named.collect::<Vec<_>>().join(" and "), times.line());
    }
    let all: Figures = all.into_iter().collect();
    println!("{name}: first pages: {}", all.line());
    Ok(all)
}

/// Each filter alone, with values that find much, little and nothing, and some together.
async fn filters(root: &Session) -> anyhow::Result<Vec<String>> {
    let ids = async |path: &str, key: &str| -> anyhow::Result<Vec<String>> {
        let list = root.get(path).await?;
        let rows = list.as_array().with_context(|| format!("{path} is no list"))?;
        Ok(rows.iter().filter_map(|row| row[key].as_str().map(str::to_owned)).collect())
    };
    let queues = ids("queues", "queue_id").await?;
    let agents = ids("users", "user_id").await?;
    let dispositions = ids("dispositions", "disposition_id").await?;
    let of = |list: &[String], n: usize| list.get(n % list.len().max(1)).cloned().unwrap_or_default();
    let (queue, agent, disposition) = (of(&queues, 1), of(&agents, 3), of(&dispositions, 2));
    let middle = UNTIL - DAYS / 2 * DAY_MS;
    let mut filters: Vec<String> = [
        "limit=50",
        "with_consult=true",
        "with_consult=false",
        "answered=false",
        "held=true",
        "with_note=true",
        "with_note=false",
        "wait_least_ms=60000",
        "wait_most_ms=1000",
        "talk_least_ms=3600000",
        "talk_most_ms=30000",
        "hold_least_ms=60000",
        "wrap_up_least_ms=60000",
        "number=12345",
        "number=000000000",
        "text=call",
        "text=nobody%20wrote%20this",
        "answered=true&held=true&with_consult=true&with_note=true&talk_least_ms=600000",
    ]
    .map(str::to_owned)
    .into();
    filters.extend([
        format!("queue_id={queue}"),
        format!("agent_id={agent}"),
        format!("disposition_id={disposition}"),
        format!("from_at={middle}&to_at={}", middle + DAY_MS),
        format!("queue_id={queue}&agent_id={agent}&disposition_id={disposition}"),
        format!("queue_id={queue}&from_at={middle}&to_at={}&held=true", middle + 7 * DAY_MS),
        format!("agent_id={agent}&text=call"),
        format!("to_at={middle}&with_consult=true&number=12345"),
    ]);
    Ok(filters)
}
